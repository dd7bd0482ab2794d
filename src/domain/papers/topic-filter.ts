import { alias, join, type Sql, sql } from '../../db/sql.ts'
import { paperKeywords } from '../../db/tables/keywords.ts'
import { papers } from '../../db/tables/papers.ts'
import { paperTopics } from '../../db/tables/topics.ts'
import { topicIdAt, topicName } from '../entity/topic-slug.ts'
import { topicKeyOf } from '../record/keywords/topic-key.ts'
import { slugify } from '../record/title-key.ts'
import type { PaperFilter } from './filter.ts'

const p = alias(papers, 'p')
const k = alias(paperKeywords, 'k')

/** Conditions on the topics and keywords of the paper `p`. */
export function topicConditions(filter: PaperFilter): Sql[] {
  const { topics: any, topicsAll: all, topicsNone: none, topicsWithin: within, topicIds } = filter
  const idsOf = (slugs: readonly string[]) =>
    topicIds
      ? sql`${slugs.flatMap((slug) => topicIds.get(slug) ?? [])}::bigint[]`
      : slugs.length === 0
        ? sql`'{}'::bigint[]`
        : sql`array[${join(slugs.map(topicIdAt))}]::bigint[]`
  const about = (slugs: readonly string[]) => aboutAny(idsOf(slugs))
  return [
    ...(filter.keywords ? [printing(filter.keywords)] : []),
    ...(within ? [aboutAny(withinAny(within))] : []),
    ...(any ? [about(any)] : []),
    ...(all ?? []).map((slug) => about([slug])),
    ...(none && none.length > 0 ? [sql`not ${about(none)}`] : []),
  ]
}

/** Condition: the paper has one of the keywords, in any spelling. */
function printing(keywords: readonly string[]): Sql {
  const x = alias(paperKeywords, 'x')
  const keys = keywords.flatMap((name) => topicKeyOf(name).key || [])
  return sql`exists (select from ${x} where ${x.paperId} = ${p.id}
    and (${x.slug} = any(${keywords.map(slugify)}::text[]) or ${x.key} = any(${keys}::text[])
      or ${isAcronymOfKey(x)} and ${x.acronym} = any(${keys}::text[])))`
}

/** Condition: the keyword is only the acronym of the key's long form, as the abstract explains it. */
export const isAcronymOfKey = (x: Pick<typeof k, 'slug' | 'key' | 'acronym'>): Sql =>
  sql`coalesce(${x.acronym} <> ${x.key} and replace(${x.slug}, '-', '') in (${x.acronym}, ${x.acronym} || 's', ${x.acronym} || 'es'), false)`

/** Ids of the topics and of all their descendants. */
function withinAny(slugs: readonly string[]): Sql {
  const names = slugs.map(topicName)
  const curated = names.map((name) => name.curated)
  return sql`topics_led_within(${[...new Set([...slugs, ...curated])]}::text[], ${names.map(({ key }) => key)}::text[])`
}

/** Condition: the paper has one of the topics in an array of ids. */
export function aboutAny(topicIds: Sql): Sql {
  const x = alias(paperTopics, 'x')
  return sql`exists (select from ${x} where ${x.paperId} = ${p.id} and ${x.topicId} = any(${topicIds}))`
}

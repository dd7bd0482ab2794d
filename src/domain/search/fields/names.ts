import { alias, join, type Sql, sql } from '../../../db/sql.ts'
import { paperKeywords } from '../../../db/tables/keywords.ts'
import { papers, venues } from '../../../db/tables/papers.ts'
import { paperTopics, topics } from '../../../db/tables/topics.ts'
import { topicIdAt } from '../../entity/topic-slug.ts'
import { papersOfInstitution } from '../../institutions/search.ts'
import { topicKeyOf } from '../../record/keywords/topic-key.ts'
import { slugify, titleKey } from '../../record/title-key.ts'
import { isVenueOf } from '../../venues/slugs.ts'
import { printTerm, type SearchField, type SearchTerm } from './field.ts'

const p = alias(papers, 'p')
const t = alias(topics, 't')
const v = alias(venues, 'v')
const xKeywords = alias(paperKeywords, 'x')

export const TERM = 'a word, a prefix* or a "phrase"'

/** A field whose value names an entity. */
export function named(
  one: Pick<SearchField<SearchTerm>, 'examples' | 'meaning' | 'most' | 'isPlannedOnce'>,
) {
  const read = (term: SearchTerm) => (term.kind === 'pattern' ? null : term)
  return { expected: TERM, read, print: printTerm, isName: true, ...one }
}

export const affiliation = named({
  examples: [
    [
      'affiliation:stanford',
      'with an author at the institution with this name or short form, or with the words in the affiliation',
    ],
  ],
  meaning: ({ text, kind }) => papersOfInstitution(text, kind === 'phrase'),
  most: 10,
})

export const topic = named({
  examples: [
    [
      'topic:parsing',
      'on the topic with this slug or name or, if there is none, on topics whose names have the words',
    ],
  ],
  meaning(term) {
    const x = alias(paperTopics, 'x')
    return { from: sql`${x}`, where: sql`${x.topicId} in (${topicIdsByWords(term)})` }
  },
})

export const keyword = named({
  examples: [['keyword:"mixture of experts"', 'with this keyword, in any spelling']],
  meaning: (term) => ({ from: sql`${xKeywords}`, where: isKeyword(term) }),
})

export const venue = named({
  examples: [
    [
      'venue:acl',
      'at the venue with this slug, acronym or name, also a former one, or, if there is none, at venues whose names have the words',
    ],
  ],
  meaning: (term) => ({ condition: sql`${p.venueId} = any(array(${venueIdsByWords(term)}))` }),
})

/** The id of the topic with this slug or name, as in filters; if there is none, ids of topics whose names have the words. */
function topicIdsByWords(term: SearchTerm): Sql {
  const holds = holdsWords(sql`${t.nameKey}`, term, titleKey)
  if (term.kind === 'prefix') return sql`select ${t.id} from ${t} where ${holds}`
  const own = topicIdAt(slugify(term.text))
  return sql`select ${own} union select ${t.id} from ${t} where ${holds} and ${own} is null`
}

/** Whether `x` is the keyword, or begins with it. */
function isKeyword({ kind, text }: SearchTerm): Sql {
  const slug = slugify(text)
  if (kind === 'prefix')
    return sql`${xKeywords.slug} >= ${slug} and ${xKeywords.slug} < ${`${slug}\u{10ffff}`}`
  return sql`(${xKeywords.slug} = ${slug} or ${xKeywords.key} = ${topicKeyOf(text).key})`
}

/**
 * Ids of the venues that filters find by the term; if none, of those with that acronym or name; if none, of those whose names have the words.
 */
export function venueIdsByWords(term: SearchTerm): Sql {
  const holds = holdsWords(sql`${v.nameKey}`, term, titleKey)
  if (term.kind === 'prefix') return sql`select ${v.id} from ${v} where ${holds}`
  const isFiltered = isVenueOf([term.text])
  const isCalled = sql`(lower(${v.acronym}) = ${term.text.toLowerCase()} or ${v.nameKey} = ${titleKey(term.text)})`
  return sql`select n.id from (
    select id, step, min(step) over () as first from (
      select ${v.id} as id, case when ${isFiltered} then 1 when ${isCalled} then 2 else 3 end as step from ${v}
      where ${isFiltered} or ${isCalled} or ${holds}) as s) as n where n.step = n.first`
}

/**
 * A condition on the key of a name, answered by its index of words. Keys contain only letters, digits and spaces, which need no escaping in a
 * tsquery or a pattern.
 */
export function holdsWords(
  key: Sql,
  term: SearchTerm,
  keyOf: (text: string) => string,
  isBeginning: (word: string) => boolean = () => false,
): Sql {
  const words = keyOf(term.text).split(' ').filter(Boolean)
  if (words.length === 0) return sql`false`
  const last = words.length - 1
  const query = words
    .map(
      (word, i) =>
        `'${word}'${(term.kind === 'prefix' && i === last) || isBeginning(word) ? ':*' : ''}`,
    )
    .join(' & ')
  const conditions = [sql`key_vector(${key}) @@ ${query}::tsquery`]
  if (term.kind === 'phrase' && words.length > 1)
    conditions.push(
      sql`' ' || ${key} || ' ' like ${`% ${words.map((word) => (isBeginning(word) ? `${word}%` : word)).join(' ')} %`}`,
    )
  return sql`(${join(conditions, ' and ')})`
}

import { alias, type Stored, sql } from '../../../db/sql.ts'
import { topicKeys } from '../../../db/tables/keywords.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { type KeywordUse, keywordUses } from '../../record/keywords/keyword-use.ts'
import {
  isFixed,
  keyOfTopic,
  vocabularyTopicOfKey,
  vocabularyTopicsOf,
} from '../../record/keywords/vocabulary-keys.ts'
import type { MergedPaper } from '../../record/merge/merge.ts'
import type { TopicClaim } from '../../record/paper-record.ts'
import { compare } from '../../record/precedence.ts'
import { nameKey } from '../../record/title-key.ts'
import type { Curated } from '../relations/curated.ts'
import type { PaperTopicRow } from '../relations/relations.ts'
import { ensureTopics } from '../relations/topics.ts'

const k = alias(topicKeys, 'k')

/** The topics and keywords stated for a paper, by kind. */
export interface PaperSubjects {
  paperId: number
  publishedSort: string
  authorGroup: string
  keywords: KeywordUse[]
  /** Topics of the vocabulary and categories. */
  fixed: TopicClaim[]
  /** Other topics that sources state, including those that operators hid or merged into another. */
  claims: (TopicClaim & { key: string })[]
}

/** The score and source of a topic that follows from a keyword. */
export const BY_KEYWORD = { score: 1, source: 'keywords' } as const

/** The topics and keywords in the papers' records. Does not access the database. */
export function subjectsOf(
  papers: readonly { paperId: number; merged: MergedPaper }[],
  { leads }: Curated,
): PaperSubjects[] {
  const isDecided = (claim: TopicClaim) => leads.size > 0 && leads.has(keyOfTopic(claim))
  return papers.map(({ paperId, merged }) => {
    const keywords = keywordUses(merged.keywords, merged.title, merged.abstract)
    const meant = keywords.flatMap(({ name, key }) =>
      key === null ? [] : vocabularyTopicsOf(name, key),
    )
    const byKeyword = meant.map(({ slug, name, kind }) => ({ slug, name, kind, ...BY_KEYWORD }))
    const stated = merged.topics.map((claim) => ({ claim, curated: curatedOf(claim) }))
    const fixed = [...stated.flatMap(({ curated }) => curated ?? []), ...byKeyword]
    const open = stated.flatMap(({ claim, curated }) => (curated === null ? claim : []))
    return {
      paperId,
      keywords,
      publishedSort: merged.published?.on ?? '-infinity',
      authorGroup: nameKey(merged.authors.at(-1)?.name ?? ''),
      fixed: fixed.filter((claim) => !isDecided(claim)),
      claims: strongestBy(({ slug }) => slug, [...open, ...fixed.filter(isDecided)]).map(
        (claim) => ({ ...claim, key: keyOfTopic(claim) }),
      ),
    }
  })
}

/** The claim if its topic is fixed, else null. Sources also state other spellings of topics of the vocabulary. */
function curatedOf(claim: TopicClaim): TopicClaim | null {
  if (isFixed(claim)) return claim
  const curated = vocabularyTopicOfKey(keyOfTopic(claim))
  if (curated === null) return null
  const { slug, name, kind } = curated
  return { ...claim, slug, name, kind }
}

/** The topics of papers, each once with its strongest claim. Inserts missing fixed topics. */
export async function topicsOfPapers(
  tx: Transaction,
  subjects: readonly PaperSubjects[],
  curated: Curated,
): Promise<PaperTopicRow[]> {
  const fixed = subjects.flatMap((paper) => paper.fixed)
  const ids = await ensureTopics(tx, fixed, curated)
  const open = subjects.flatMap(({ keywords, claims }) => [
    ...keywords.flatMap(({ key }) => key ?? []),
    ...claims.map(({ key }) => key),
  ])
  const byKey = await leadsOf(tx, open)
  return subjects.flatMap((paper) => {
    const rows = [
      ...paper.fixed.map((claim) => rowOf(paper, ids.get(claim.slug), claim)),
      ...paper.claims.map((claim) => rowOf(paper, byKey.get(claim.key), claim)),
      ...paper.keywords.map(({ key }) => rowOf(paper, byKey.get(key ?? ''), BY_KEYWORD)),
    ]
    return strongestBy(
      ({ topicId }) => topicId,
      rows.flatMap((row) => row ?? []),
    )
  })
}

type Claimed = Pick<TopicClaim, 'score' | 'source'>

function rowOf(
  { paperId, publishedSort }: PaperSubjects,
  topicId: number | null | undefined,
  { score, source }: Claimed,
): PaperTopicRow | null {
  return topicId == null ? null : { paperId, topicId, score, source, publishedSort }
}

function strongestBy<T extends Claimed>(keyOf: (row: T) => string | number, rows: T[]): T[] {
  const best = new Map<string | number, T>()
  for (const row of rows) {
    const known = best.get(keyOf(row))
    if (!known || isStronger(row, known)) best.set(keyOf(row), row)
  }
  return [...best.values()]
}

/** The same order as `IS_STRONGER` in `refresh.ts`, which compares rows in SQL. */
const isStronger = (a: Claimed, b: Claimed) =>
  (a.score ?? -1) > (b.score ?? -1) ||
  ((a.score ?? -1) === (b.score ?? -1) && compare(a.source, b.source) < 0)

/** The topic of each key; null for hidden ones, missing for keys without a topic. */
async function leadsOf(
  tx: Transaction,
  keys: readonly string[],
): Promise<Map<string, number | null>> {
  if (keys.length === 0) return new Map()
  const rows = await tx.query<Stored<typeof topicKeys, 'key' | 'topic_id'>>(sql`
    select ${k.key}, ${k.topicId} from ${k} where ${k.key} = any(${[...new Set(keys)]}::text[])`)
  return new Map(rows.map(({ key, topic_id }) => [key, topic_id]))
}

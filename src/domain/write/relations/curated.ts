import { alias, type Stored, sql } from '../../../db/sql.ts'
import { curationDecisions } from '../../../db/tables/curation.ts'
import { curatedTopics } from '../../../db/tables/keywords.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { topicName } from '../../entity/topic-slug.ts'
import { keyOfTopic } from '../../record/keywords/vocabulary-keys.ts'

const c = alias(curatedTopics, 'c')
const d = alias(curationDecisions, 'd')

/** Operators' decisions on topics by key. There are few in any catalogue. */
export interface Curated {
  /** The other key for each key that was merged or renamed; null if it is hidden. */
  leads: ReadonlyMap<string, string | null>
  /** The slugs that operators wrote for the keys that others lead to. */
  slugs: ReadonlyMap<string, string>
  names: ReadonlyMap<string, string>
  /** Slugs of the parent topics; null for no parent. */
  places: ReadonlyMap<string, string | null>
  /** Keys of these parent topics. */
  wider: readonly string[]
}

/** Reads the decisions in force. */
export async function readCurated(tx: Transaction): Promise<Curated> {
  const rows = await tx.query<
    Stored<typeof curatedTopics, 'key' | 'aspect' | 'value'> & { slug: string | null }
  >(sql`
    select ${c.key}, ${c.aspect}, ${c.value}, ${d.topic}->'into'->>'slug' as slug
    from ${c} join ${d} on ${d.id} = ${c.decisionId} order by ${c.decisionId}`)
  const of = (aspect: string) =>
    new Map(rows.flatMap((row) => (row.aspect === aspect ? [[row.key, row.value] as const] : [])))
  const names = [...of('name')].flatMap(([key, name]) =>
    name === null ? [] : [[key, name] as const],
  )
  const places = of('place')
  const wider = [...places.values()].flatMap((slug) => (slug === null ? [] : topicName(slug).key))
  const slugs = rows.flatMap(({ value, slug }) =>
    value === null || slug === null ? [] : [[value, slug] as const],
  )
  return { leads: of('lead'), slugs: new Map(slugs), names: new Map(names), places, wider }
}

/** The possible keys of a topic whose kind is unknown, by its slug. */
const keysOfSlug = (slug: string): string[] => [
  keyOfTopic({ slug, kind: 'field' }),
  keyOfTopic({ slug, kind: 'category' }),
]

/** The decision on the topic with this slug; undefined without one. */
export function decidedOn<T>(decisions: ReadonlyMap<string, T>, slug: string): T | undefined {
  if (decisions.size === 0) return undefined
  const key = keysOfSlug(slug).find((one) => decisions.has(one))
  return key === undefined ? undefined : decisions.get(key)
}

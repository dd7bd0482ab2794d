import { alias, type Stored, sql } from '../../../db/sql.ts'
import { curationDecisions } from '../../../db/tables/curation.ts'
import { curatedTopics } from '../../../db/tables/keywords.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { topicName } from '../../entity/topic-slug.ts'
import { keyOfTopic } from '../../record/keywords/vocabulary-keys.ts'

const c = alias(curatedTopics, 'c')
const d = alias(curationDecisions, 'd')

/** What operators decided on topics, by their keys: few in any catalogue. */
export interface Curated {
  /** Keys that lead elsewhere: the other key, or null of what is hidden. */
  leads: ReadonlyMap<string, string | null>
  /** The slugs by which operators gave the keys that others lead to. */
  slugs: ReadonlyMap<string, string>
  names: ReadonlyMap<string, string>
  /** Slugs of the wider topics; null of what has none. */
  places: ReadonlyMap<string, string | null>
  /** Keys of these wider topics. */
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

/** The key of a topic by its slug alone, where its kind is not at hand. */
const keysOfSlug = (slug: string): string[] => [
  keyOfTopic({ slug, kind: 'field' }),
  keyOfTopic({ slug, kind: 'category' }),
]

/** What a decision says of the topic with this slug; undefined without one. */
export function decidedOn<T>(decisions: ReadonlyMap<string, T>, slug: string): T | undefined {
  if (decisions.size === 0) return undefined
  const key = keysOfSlug(slug).find((one) => decisions.has(one))
  return key === undefined ? undefined : decisions.get(key)
}

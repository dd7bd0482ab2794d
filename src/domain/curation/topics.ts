import { uniqBy } from 'es-toolkit'
import { LOCKS, takeLock } from '../../db/locks/locks.ts'
import { orm } from '../../db/orm.ts'
import { alias, columns, recordset, type Stored, sql } from '../../db/sql.ts'
import { curationDecisions } from '../../db/tables/curation.ts'
import { curatedTopics, paperKeywords } from '../../db/tables/keywords.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import { topics } from '../../db/tables/topics.ts'
import type { Transaction } from '../../db/transaction.ts'
import { type AppError, badInput, quote } from '../../errors.ts'
import { topicIdBy, topicName, topicNameRows } from '../entity/topic-slug.ts'
import { keyOfTopic, phraseKeys, slugOfFixedKey } from '../record/keywords/vocabulary-keys.ts'
import { readCurated } from '../write/relations/curated.ts'
import { placeDecided } from '../write/relations/places.ts'
import { dropTopics } from '../write/relations/recount.ts'
import { papersOfKeys, refreshAllTopics } from '../write/topics/refresh.ts'
import { rewriteTopics } from '../write/topics/rewrite.ts'
import { noteChangedKeys } from '../write/topics/rows.ts'
import { placeAnew } from '../write/topics/tree.ts'
import type { Decider } from './decider.ts'

const d = alias(curationDecisions, 'd')
const t = alias(topics, 't')
const k = alias(paperKeywords, 'k')
const s = alias(sourceRecords, 's')

/** An operator's change of topics. */
export type TopicChange =
  | { kind: 'merge-topics'; slugs: string[]; into: string }
  | { kind: 'rename-topic'; slug: string; name: string }
  | { kind: 'hide-topic'; slugs: string[] }
  /** `under` is the slug of the parent topic; null for a top-level topic. */
  | { kind: 'place-topic'; slug: string; under: string | null }

/** A stored decision. It refers to keys, so that it applies to all spellings that imports bring. */
export interface TopicDecision {
  topics: { slug: string; key: string }[]
  into?: { slug: string; key: string }
  name?: string
  under?: string | null
}

export const TOPIC_DECISIONS = [
  'merge-topics',
  'rename-topic',
  'hide-topic',
  'place-topic',
] as const
export type TopicDecisionKind = (typeof TOPIC_DECISIONS)[number]

/** The names of aspects in `curated_topics`: the newest decision on each is in force. */
const ASPECT: Record<TopicDecisionKind, string> = {
  'merge-topics': 'lead',
  'hide-topic': 'lead',
  'rename-topic': 'name',
  'place-topic': 'place',
}

const LONGEST_NAME = 120

/** Changes topics permanently, whatever later imports bring. Throws BAD_USER_INPUT for an unknown topic. */
export async function decideOnTopics(
  tx: Transaction,
  change: TopicChange,
  { by, reason }: Decider,
): Promise<{ id: number; topics: { slug: string; name: string }[] }> {
  await takeLock(tx, LOCKS.write)
  const topic = await asDecision(tx, change)
  const [made] = await orm(tx)
    .insert(curationDecisions)
    .values({ kind: change.kind, records: [], topic, reason, decidedBy: by })
    .returning({ id: curationDecisions.id })
  await followTopicDecisions(tx, [topic])
  return { id: made?.id ?? 0, topics: await outcomeOf(tx, topic) }
}

/** Applies decisions on topics that were made or undone. */
export async function followTopicDecisions(
  tx: Transaction,
  changed: readonly TopicDecision[],
): Promise<void> {
  const keys = [
    ...new Set(
      changed.flatMap(({ topics, into }) =>
        [...topics, ...(into ? [into] : [])].map(({ key }) => key),
      ),
    ),
  ]
  const before = await readCurated(tx)
  await writeCurated(tx)
  const curated = await readCurated(tx)
  const formerParents = await placeDecided(tx, curated)
  // Also parents from replaced decisions: a keyword is a topic as long as another is placed below it.
  const wider = [...before.wider, ...curated.wider]
  const spellings = [...new Set(keys.flatMap((key) => [key, ...phraseKeys(key)]))]
  await noteChangedKeys(tx, [...spellings, ...wider])
  await rewriteTopics(tx, [
    ...new Set([...(await papersOfKeys(tx, spellings)), ...(await papersStating(tx, keys))]),
  ])
  await refreshAllTopics(tx)
  await placeAnew(tx, keys)
  await dropTopics(tx, formerParents)
}

/** The current topics of a decision. */
export async function outcomeOf(
  tx: Transaction,
  { topics: given, into }: TopicDecision,
): Promise<{ slug: string; name: string }[]> {
  const slugs = (into ? [into] : given).map(({ slug }) => slug)
  return tx.query<{ slug: string; name: string }>(sql`
    select distinct ${t.slug}, ${t.name} from ${topicNameRows(slugs)}
    join ${t} on ${t.id} = ${topicIdBy(sql`n.name`, sql`n.key`, sql`n.curated`)} order by ${t.slug}`)
}

async function asDecision(tx: Transaction, change: TopicChange): Promise<TopicDecision> {
  switch (change.kind) {
    case 'merge-topics': {
      const [into] = await findTopics(tx, [change.into])
      const topics = await findTopics(tx, change.slugs)
      if (topics.some(({ key }) => key === into?.key)) throw await oneAlready(tx, change)
      if (into) await refuseHidden(tx, [into])
      return { topics, ...(into && { into }) }
    }
    case 'rename-topic': {
      const name = change.name.replace(/\s+/g, ' ').trim()
      if (name === '' || name.length > LONGEST_NAME)
        throw badInput(`The name has ${name.length} characters; expected 1 to ${LONGEST_NAME}.`)
      const topics = await refuseHidden(tx, await findTopics(tx, [change.slug]))
      await refuseTaken(tx, name, topics[0]?.slug ?? '')
      return { topics, name }
    }
    case 'hide-topic':
      return { topics: await refuseHidden(tx, await findTopics(tx, change.slugs)) }
    case 'place-topic': {
      const topics = await refuseHidden(tx, await findTopics(tx, [change.slug]))
      if (change.under === null) return { topics, under: null }
      const [under] = await refuseHidden(tx, await findTopics(tx, [change.under]))
      await refuseCircle(tx, topics[0]?.slug ?? '', under?.slug ?? '')
      return { topics, under: under?.slug ?? null }
    }
  }
}

type Merge = Extract<TopicChange, { kind: 'merge-topics' }>

/** The error for topics that are already one, naming the first of them as it was given. */
async function oneAlready(tx: Transaction, { slugs, into }: Merge): Promise<AppError> {
  const [wanted] = await findTopics(tx, [into])
  for (const slug of slugs) {
    const [topic] = await findTopics(tx, [slug])
    if (topic?.key === wanted?.key)
      return badInput(`${quote(slug)} and ${quote(into)} are one topic already.`)
  }
  return badInput(`${quote(into)} cannot be merged into itself.`)
}

/** Rejects changes of a hidden topic, which would have no visible effect and need two undos. Merging it into another topic is allowed. */
async function refuseHidden(
  tx: Transaction,
  topics: TopicDecision['topics'],
): Promise<TopicDecision['topics']> {
  const { leads } = await readCurated(tx)
  const hidden = topics.find(({ key }) => leads.get(key) === null)
  if (hidden) throw await unknownTopic(tx, hidden.slug)
  return topics
}

/** Rejects a name that another topic has, also as a spelling, because the two could not be distinguished. */
async function refuseTaken(tx: Transaction, name: string, slug: string): Promise<void> {
  const [other] = await tx.query<{ slug: string }>(sql`
    select ${t.slug} from ${topicNameRows([name])} join ${t} on lower(${t.name}) = lower(${name})
      or ${t.id} = ${topicIdBy(sql`n.name`, sql`n.key`, sql`n.curated`)}
    where ${t.slug} <> ${slug} order by lower(${t.name}) = lower(${name}) desc, ${t.slug} limit 1`)
  if (other)
    throw badInput(
      `${quote(name)} is a name of the topic ${quote(other.slug)} already; paperql topics merge makes the two one.`,
    )
}

/** Topics or keywords by their slugs: a keyword that an operator renames, places or merges into becomes a topic. */
async function findTopics(
  tx: Transaction,
  slugs: readonly string[],
): Promise<TopicDecision['topics']> {
  const rows = await tx.query<{
    given: string
    slug: string | null
    kind: string | null
    keyword: string | null
  }>(sql`
    select n.name as given, ${t.slug}, ${t.kind},
      case when exists (select from ${k} where ${k.key} = n.key) then n.key else (
        select min(${k.key}) from ${k} where ${k.slug} = n.name having count(distinct ${k.key}) = 1) end as keyword
    from ${topicNameRows(slugs)}
    left join ${t} on ${t.id} = ${topicIdBy(sql`n.name`, sql`n.key`, sql`n.curated`)}`)
  const found = slugs.map((given) => {
    const row = rows.find((one) => one.given === given)
    if (row?.slug && row.kind)
      return { slug: row.slug, key: keyOfTopic({ slug: row.slug, kind: row.kind }) }
    if (row?.keyword) return { slug: given, key: row.keyword }
    return given
  })
  const unknown = found.find((one) => typeof one === 'string')
  if (unknown !== undefined) throw await unknownTopic(tx, unknown)
  return uniqBy(
    found.filter((one) => typeof one !== 'string'),
    ({ key }) => key,
  )
}

const n = alias(curatedTopics, 'n')

/** The error for an unknown slug: the topic is hidden, or a suggestion. */
export async function unknownTopic(
  db: Pick<Transaction, 'query'>,
  slug: string,
): Promise<AppError> {
  const { key, curated } = topicName(slug)
  const keys = [key, ...['field', 'category'].map((kind) => keyOfTopic({ slug: curated, kind }))]
  const [row] = await db.query<{ hidden: number | null; near: string | null }>(sql`
    select (select max(${n.decisionId}) from ${n}
        where ${n.key} = any(${keys}::text[]) and ${n.aspect} = 'lead' and ${n.value} is null) as hidden,
      (select ${t.slug} from ${t} where ${t.slug} % ${slug.slice(0, LONGEST_NAME)}
        order by similarity(${t.slug}, ${slug.slice(0, LONGEST_NAME)}) desc, ${t.paperCount} desc, ${t.slug} limit 1) as near`)
  if (row?.hidden)
    return badInput(
      `The topic ${quote(slug)} is hidden by decision ${row.hidden}; paperql undo ${row.hidden} shows it again.`,
    )
  const hint = row?.near
    ? `did you mean ${quote(row.near)}?`
    : 'expected one of { topics { nodes { slug } } }, or a keyword with hyphens for spaces.'
  return badInput(`No topic has the slug ${quote(slug)}, and no keyword; ${hint}`)
}

async function refuseCircle(tx: Transaction, slug: string, under: string): Promise<void> {
  const rows = await tx.query<{ slug: string }>(sql`
    with recursive above(id, parent_id, level) as (
      select ${t.id}, ${t.parentId}, 1 from ${t} where ${t.slug} = ${under}
      union all select ${t.id}, ${t.parentId}, level + 1 from above a join ${t} on ${t.id} = a.parent_id where level < 20
    ) select ${t.slug} from above a join ${t} on ${t.id} = a.id`)
  if (rows.some((row) => row.slug === slug))
    throw badInput(
      `${quote(under)} is ${quote(slug)} itself or within it; expected a topic outside of it.`,
    )
}

type DecisionRow = { id: number; kind: TopicDecisionKind; topic: TopicDecision }

interface CuratedRow {
  key: string
  aspect: string
  decisionId: number
  value: string | null
}

/** Removes cycles of merges, which combined catalogues may have, by ignoring the oldest of each. `rows` are oldest first. */
function withoutCircles(rows: readonly CuratedRow[]): CuratedRow[] {
  const leads = new Map<string, string | null>()
  return rows.toReversed().filter(({ key, aspect, value }) => {
    if (aspect !== 'lead') return true
    let at = value
    while (at !== null && at !== key) at = leads.get(at) ?? null
    if (at === key) return false
    leads.set(key, value)
    return true
  })
}

/** Rebuilds `curated_topics` from the decisions in force, of which there are few. */
async function writeCurated(tx: Transaction): Promise<void> {
  const rows = await tx.query<DecisionRow>(sql`
    select ${d.id}, ${d.kind}, ${d.topic} from ${d} where ${d.topic} is not null and ${d.undoneAt} is null
    order by ${d.decidedAt}, ${d.id}`)
  const newest = new Map<string, CuratedRow>()
  for (const { id, kind, topic } of rows)
    for (const { key } of topic.topics) {
      const aspect = ASPECT[kind]
      const value = topic.into?.key ?? topic.name ?? topic.under ?? null
      const place = `${aspect} ${key}`
      newest.delete(place)
      newest.set(place, { key, aspect, decisionId: id, value })
    }
  const keys = ['key', 'aspect', 'decisionId', 'value'] as const
  const r = alias(curatedTopics, 'r')
  await orm(tx).delete(curatedTopics)
  await tx.query(sql`
    insert into ${curatedTopics} (${columns(curatedTopics, ...keys)})
    select ${columns(r, ...keys)} from ${recordset(curatedTopics, 'r', keys, withoutCircles([...newest.values()]))}`)
}

/** Papers whose records state fixed topics with these keys; no table has those that decisions changed. */
async function papersStating(tx: Transaction, keys: readonly string[]): Promise<number[]> {
  const slugs = keys.flatMap((key) => slugOfFixedKey(key) ?? [])
  if (slugs.length === 0) return []
  const patterns = slugs.map((slug) => JSON.stringify([{ slug }]))
  const rows = await tx.query<Stored<typeof sourceRecords, 'paper_id'>>(sql`
    select distinct ${s.paperId} from ${s}
    where ${s.paperId} is not null and ${s.record}->'topics' @> any(${patterns}::jsonb[])`)
  return rows.flatMap((row) => row.paper_id ?? [])
}

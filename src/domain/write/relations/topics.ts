import { alias, columns, overwrites, type Stored, sql } from '../../../db/sql.ts'
import { topicRecords } from '../../../db/tables/profiles.ts'
import { topics as topicsTable } from '../../../db/tables/topics.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { noteRenamed, type Renamed } from '../../changes/fan-out.ts'
import { compareTopicNames } from '../../record/merge/merge.ts'
import type { TopicClaim } from '../../record/paper-record.ts'
import type { TopicRecord } from '../../record/profile-record.ts'
import { titleKey } from '../../record/title-key.ts'
import { findVocabularyTopic, type VocabularyTopic } from '../../record/topic-vocabulary.ts'
import { type Curated, decidedOn } from './curated.ts'
import { idFor } from './former.ts'
import { placeDecided } from './places.ts'

const o = alias(topicsTable, 'o')
const excluded = alias(topicsTable, 'excluded')
const t = alias(topicsTable, 't')
const r = alias(topicRecords, 'r')
const p = alias(topicsTable, 'p')

type NamedTopic = Pick<TopicClaim, 'slug' | 'name' | 'kind'>
interface TreeStep {
  slug: string
  parent: string | null
}

/**
 * Inserts missing topics, with their ancestors in the vocabulary, and sets the parents unless operators decided otherwise. Returns the ids by
 * slug.
 */
export async function ensureTopics(
  tx: Transaction,
  claims: NamedTopic[],
  curated: Curated,
): Promise<Map<string, number>> {
  if (claims.length === 0) return new Map()
  const distinct = new Map(
    claims.map((claim) => [`${claim.slug}\n${claim.kind}\n${claim.name}`, claim]),
  )
  const named = [...distinct.values()].map(({ slug, name, kind }) => {
    const known = findVocabularyTopic(slug)
    return known ? { ...known } : { slug, name, kind, parent: null }
  })
  const withParents = named.flatMap((topic) => [topic, ...widerTopics(topic.slug, curated)])
  const best = withParents.toSorted((a, b) => compareTopicNames(b, a))
  const bySlug = new Map(best.map((t) => [t.slug, { ...t, name_key: titleKey(t.name) }]))
  const written = await upsertTopics(tx, [...bySlug.values()], curated)
  await setParents(tx, [...bySlug.values()], curated)
  await placeTopics(tx, written, curated)
  await placeDecided(tx, curated)
  const found = await tx.query<Stored<typeof topicsTable, 'id' | 'slug'>>(sql`
    select ${topicsTable.id}, ${topicsTable.slug} from ${topicsTable} where ${topicsTable.slug} = any(${[...bySlug.keys()]}::text[])`)
  return new Map(found.map(({ id, slug }) => [slug, id]))
}

const MOST_LEVELS = 20

/** The ancestors of a topic in the vocabulary, nearest first. An operator's placement overrides that of the vocabulary. */
function widerTopics(slug: string, curated: Curated, levels = MOST_LEVELS): VocabularyTopic[] {
  const decided = decidedOn(curated.places, slug)
  const parent = decided === undefined ? findVocabularyTopic(slug)?.parent : decided
  const wider = parent == null || levels === 0 ? null : findVocabularyTopic(parent)
  if (wider === null || isLed(curated, wider.slug)) return []
  return [wider, ...widerTopics(wider.slug, curated, levels - 1)]
}

/** Whether an operator hides the topic with this slug, or merged it into another. */
const isLed = ({ leads }: Curated, slug: string) => decidedOn(leads, slug) !== undefined

/**
 * Inserts topics, and gives existing ones the best name that sources state, unless an operator named them. Returns the slugs of topics that
 * are new or renamed.
 */
async function upsertTopics(
  tx: Transaction,
  given: (NamedTopic & { name_key: string })[],
  { names }: Curated,
): Promise<string[]> {
  const topics = given.map((topic) => {
    const name = decidedOn(names, topic.slug)
    return {
      ...topic,
      ...(name !== undefined && { name, name_key: titleKey(name) }),
      is_named: name !== undefined,
    }
  })
  const rows = await tx.query<Renamed & Stored<typeof topicsTable, 'slug'>>(sql`
    insert into ${topicsTable} as t (${columns(topicsTable, 'id', 'slug', 'name', 'nameKey', 'kind')}) overriding system value
    select ${idFor('topics', sql`r.slug`)}, r.slug, r.name, r.name_key, r.kind::topic_kind
    from jsonb_to_recordset(${JSON.stringify(topics)}::text::jsonb)
      as r(slug text, name text, name_key text, kind text, is_named boolean)
    where not exists (
      select from ${o} where ${o.slug} = r.slug
        and (r.is_named or ${o.name} = r.name and ${o.kind} = r.kind::topic_kind))
    on conflict (${topicsTable.slug}) do update set ${overwrites(topicsTable, 'name', 'nameKey', 'kind')}
    where (${excluded.kind}, ${excluded.name} collate "C") < (${t.kind}, ${t.name} collate "C")
    returning ${t.id}, ${t.slug}, t.xmax <> 0 as was_there`)
  await noteRenamed(tx, 'topics', rows)
  return rows.map(({ slug }) => slug)
}

/**
 * Sets the parents of existing topics, and the parents of those, from records of topics; missing parents are inserted. Of several records of
 * a topic, the first by source and key counts.
 */
export async function placeTopics(
  tx: Transaction,
  slugs: readonly string[],
  curated: Curated,
): Promise<void> {
  if (slugs.length === 0) return
  const ways = await tx.query<
    Stored<typeof topicRecords, 'slug'> & { parents: TopicRecord['parents'] }
  >(sql`
    select distinct on (${r.slug}) ${r.slug}, ${r.record}->'parents' as parents
    from ${r} join ${t} on ${t.slug} = ${r.slug}
    where ${r.slug} = any(${slugs}::text[]) order by ${columns(r, 'slug', 'source', 'key')}`)
  const wider = ways.flatMap(({ parents }) => parents).filter(({ slug }) => !isLed(curated, slug))
  if (wider.length === 0) return
  const bySlug = new Map(wider.map((t) => [t.slug, { ...t, name_key: titleKey(t.name) }]))
  await upsertTopics(tx, [...bySlug.values()], curated)
  const steps = ways.flatMap(({ slug, parents }) =>
    parents.map((parent, i) => ({ slug: parents[i - 1]?.slug ?? slug, parent: parent.slug })),
  )
  await setParents(tx, [...new Map(steps.map((step) => [step.slug, step])).values()], curated)
}

async function setParents(tx: Transaction, given: TreeStep[], { places }: Curated): Promise<void> {
  const steps = given.filter(({ slug }) => decidedOn(places, slug) === undefined)
  await tx.query(sql`
    update ${t} set ${topicsTable.parentId} = ${p.id}
    from jsonb_to_recordset(${JSON.stringify(steps)}::text::jsonb) as r(slug text, parent text)
    join ${p} on ${p.slug} = r.parent
    where ${t.slug} = r.slug and ${t.parentId} is distinct from ${p.id}`)
}

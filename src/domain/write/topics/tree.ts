import { alias, type Stored, sql } from '../../../db/sql.ts'
import { topicKeys } from '../../../db/tables/keywords.ts'
import { topics } from '../../../db/tables/topics.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { noteShown } from '../../changes/fan-out.ts'
import { slugOfFixedKey } from '../../record/keywords/vocabulary-keys.ts'
import { findVocabularyTopic } from '../../record/topic-vocabulary.ts'
import { decidedOn, readCurated } from '../relations/curated.ts'
import { placeDecided } from '../relations/places.ts'
import { dropTopics } from '../relations/recount.ts'
import { ensureTopics, placeTopics } from '../relations/topics.ts'

const t = alias(topics, 't')
const l = alias(topicKeys, 'l')

/**
 * Recomputes the parents of topics and of their descendants from decisions, the vocabulary and records of topics, after decisions on these
 * keys were made or undone.
 */
export async function placeAnew(tx: Transaction, keys: readonly string[]): Promise<void> {
  const curated = await readCurated(tx)
  const slugs = keys.flatMap((key) => slugOfFixedKey(key) ?? [])
  const own = await tx.query<Stored<typeof topics, 'id' | 'slug' | 'parent_id'>>(sql`
    select ${t.id}, ${t.slug}, ${t.parentId} from ${t} where ${t.slug} = any(${slugs}::text[])
      or ${t.id} in (select ${l.topicId} from ${l} where ${l.key} = any(${keys}::text[]))`)
  const led = own.filter(({ slug }) => decidedOn(curated.leads, slug) !== undefined)
  await tx.query(sql`
    update ${t} set ${topics.parentId} = null where ${t.parentId} = any(${led.map(({ id }) => id)}::bigint[])`)
  await dropTopics(
    tx,
    led.map(({ id }) => id),
  )
  // The target of a key has another slug.
  const known = new Set([...slugs, ...own.map(({ slug }) => slug)])
  const curatedOnes = await readOrBelow(tx, known)
  await tx.query(sql`
    update ${t} set ${topics.parentId} = null
    where ${t.slug} = any(${own.map(({ slug }) => slug)}::text[])`)
  await ensureTopics(tx, curatedOnes, curated)
  await placeTopics(
    tx,
    own.map(({ slug }) => slug),
    curated,
  )
  const formerParents = await placeDecided(tx, curated)
  const now = await tx.query<Stored<typeof topics, 'id' | 'parent_id'>>(sql`
    select ${t.id}, ${t.parentId} from ${t} where ${t.id} = any(${own.map(({ id }) => id)}::bigint[])`)
  await dropTopics(tx, [...formerParents, ...own.flatMap(({ parent_id }) => parent_id ?? [])])
  const before = new Map(own.map((row) => [row.id, row.parent_id]))
  await noteShown(
    tx,
    'topics',
    now.flatMap(({ id, parent_id }) => (before.get(id) === parent_id ? [] : id)),
  )
}

/** The topics with these slugs, and their children in the vocabulary. */
async function readOrBelow(tx: Transaction, slugs: ReadonlySet<string>) {
  const all = await tx.query<Stored<typeof topics, 'slug' | 'name' | 'kind'>>(sql`
    select ${t.slug}, ${t.name}, ${t.kind} from ${t}`)
  return all.filter(({ slug }) => {
    const parent = findVocabularyTopic(slug)?.parent
    return slugs.has(slug) || (parent != null && slugs.has(parent))
  })
}

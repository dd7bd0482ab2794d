import { alias, assigns, columns, recordset, type Stored, sql } from '../../../db/sql.ts'
import { topicKeys } from '../../../db/tables/keywords.ts'
import { topics } from '../../../db/tables/topics.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { noteShown } from '../../changes/fan-out.ts'
import { titleKey } from '../../record/title-key.ts'
import { type Curated, decidedOn } from '../relations/curated.ts'
import { ensureTopics } from '../relations/topics.ts'
import type { KeyGroup, NamedTopic } from './groups.ts'

const t = alias(topics, 't')
const o = alias(topics, 'o')
const r = alias(topics, 'r')
const l = alias(topicKeys, 'l')

type Named = KeyGroup & { topic: NamedTopic }

/** Inserts the topics of groups, or renames existing ones. Returns their ids by the groups' root keys. */
export async function writeTopicsOf(
  tx: Transaction,
  groups: readonly KeyGroup[],
  curated: Curated,
): Promise<Map<string, number>> {
  const named = groups.filter((group): group is Named => group.topic !== null)
  if (named.length === 0) return new Map()
  await moveSlugs(tx, named)
  const claims = named.map(({ topic }) => topic).filter(({ kind }) => kind !== 'category')
  await ensureTopics(tx, claims, curated)
  await rename(tx, named, curated)
  const slugs = named.map(({ topic }) => topic.slug)
  const rows = await tx.query<Stored<typeof topics, 'id' | 'slug'>>(sql`
    select ${t.id}, ${t.slug} from ${t} where ${t.slug} = any(${slugs}::text[])`)
  const ids = new Map(rows.map(({ slug, id }) => [slug, id]))
  return new Map(
    named.flatMap(({ rootKey, topic }) => {
      const id = ids.get(topic.slug)
      return id === undefined ? [] : [[rootKey, id] as const]
    }),
  )
}

/** Changes slugs: a topic keeps its id when another spelling becomes the most frequent; its old slug still leads to it. */
async function moveSlugs(tx: Transaction, named: readonly Named[]): Promise<void> {
  const moved = await tx.query<{ id: number }>(sql`
    update ${t} set ${topics.slug} = r.slug
    from unnest(${named.map(({ rootKey }) => rootKey)}::text[], ${named.map(({ topic }) => topic.slug)}::text[]) as r(key, slug)
    join ${l} on ${l.key} = r.key and ${l.rootKey} = r.key
    where ${t.id} = ${l.topicId} and ${t.slug} <> r.slug and not exists (select from ${o} where ${o.slug} = r.slug)
    returning ${t.id}`)
  await noteShown(
    tx,
    'topics',
    moved.map(({ id }) => id),
  )
}

/** Sets the names that follow from the current statements; `ensureTopics` keeps the best name ever stated. */
async function rename(tx: Transaction, named: readonly Named[], curated: Curated): Promise<void> {
  const rows = named.flatMap(({ topic: { slug, name: stated, kind } }) => {
    const decided = decidedOn(curated.names, slug)
    const name = decided ?? stated
    return name === '' ? [] : [{ slug, name, nameKey: titleKey(name), kind }]
  })
  const renamed = await tx.query<{ id: number }>(sql`
    update ${t} set ${assigns(topics, r, 'name', 'nameKey', 'kind')}
    from ${recordset(topics, 'r', ['slug', 'name', 'nameKey', 'kind'], rows)}
    where ${t.slug} = ${r.slug} and (${columns(t, 'name', 'kind')}) is distinct from (${columns(r, 'name', 'kind')})
    returning ${t.id}`)
  await noteShown(
    tx,
    'topics',
    renamed.map(({ id }) => id),
  )
}

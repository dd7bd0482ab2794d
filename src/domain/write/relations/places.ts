import { alias, type Stored, sql } from '../../../db/sql.ts'
import { topicKeys } from '../../../db/tables/keywords.ts'
import { topics } from '../../../db/tables/topics.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { noteShown } from '../../changes/fan-out.ts'
import { topicIdBy, topicName } from '../../entity/topic-slug.ts'
import { slugOfFixedKey } from '../../record/keywords/vocabulary-keys.ts'
import { type Curated, decidedOn } from './curated.ts'

const t = alias(topics, 't')
const o = alias(topics, 'o')
const k = alias(topicKeys, 'k')

type Placed = Stored<typeof topics, 'id' | 'parent_id'> & { under: number | null }

/**
 * Sets the parents that operators decided, as far as both topics exist: they may arrive in any order. If decisions form a cycle, the last by
 * key makes its topic a top-level one. Returns the former parents, which may no longer be needed.
 */
export async function placeDecided(tx: Transaction, curated: Curated): Promise<number[]> {
  if (curated.places.size === 0) return []
  const placed = await readPlaced(tx, curated)
  const wanted = withoutCircles(placed, await parentsAbove(tx, placed))
  const moved = placed.filter(({ id, parent_id }) => wanted.get(id) !== parent_id)
  if (moved.length === 0) return []
  const ids = moved.map(({ id }) => id)
  await tx.query(sql`
    update ${t} set ${topics.parentId} = r.under
    from unnest(${ids}::bigint[], ${ids.map((id) => wanted.get(id) ?? null)}::bigint[]) as r(id, under) where ${t.id} = r.id`)
  await noteShown(tx, 'topics', ids)
  return moved.flatMap(({ parent_id }) => parent_id ?? [])
}

/** The topics with a decided parent, each once, by key. */
async function readPlaced(tx: Transaction, { places, leads }: Curated): Promise<Placed[]> {
  // A hidden or merged topic may still have its row, which a child would keep alive.
  const shown = (slug: string) => (decidedOn(leads, slug) === undefined ? slug : null)
  const wider = (under: string) => {
    const { slug, key, curated } = topicName(under)
    return { slug: shown(slug), key, curated: shown(curated) }
  }
  const given = [...places].map(([key, under]) => ({
    ...{ key, fixed: slugOfFixedKey(key) },
    under: under === null ? null : wider(under),
  }))
  const rows = await tx.query<Placed>(sql`
    select ${t.id}, ${t.parentId}, r.under from (
      select n.own, ${topicIdBy(sql`n.name`, sql`n.key`, sql`n.curated`)} as under,
        coalesce((select ${o.id} from ${o} where ${o.slug} = n.fixed),
          (select ${k.topicId} from ${k} where ${k.key} = n.own and ${k.reason} <> 'decision')) as id
      from unnest(${given.map(({ key }) => key)}::text[], ${given.map(({ fixed }) => fixed)}::text[],
        ${given.map(({ under }) => under?.slug ?? null)}::text[], ${given.map(({ under }) => under?.key ?? null)}::text[],
        ${given.map(({ under }) => under?.curated ?? null)}::text[]) as n(own, fixed, name, key, curated)) r
    join ${t} on ${t.id} = r.id order by r.own collate "C"`)
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}

/** The parents of all ancestors of these topics. */
async function parentsAbove(tx: Transaction, placed: Placed[]): Promise<Map<number, number>> {
  const rows = await tx.query<{ id: number; parent_id: number }>(sql`
    with recursive above(id, parent_id) as (
      select ${o.id}, ${o.parentId} from ${o} where ${o.id} = any(${placed.flatMap(({ under }) => under ?? [])}::bigint[])
      union select ${o.id}, ${o.parentId} from above a join ${o} on ${o.id} = a.parent_id
    ) select above.id, above.parent_id from above where above.parent_id is not null`)
  return new Map(rows.map(({ id, parent_id }) => [id, parent_id]))
}

/** The new parent of each topic; null if it would become its own ancestor. */
function withoutCircles(
  placed: readonly Placed[],
  parents: ReadonlyMap<number, number>,
): Map<number, number | null> {
  // The parents of topics that come later are not known yet.
  const above = new Map<number, number | null>(parents)
  for (const { id } of placed) above.set(id, null)
  for (const { id, under } of placed) {
    let at = under
    while (at !== null && at !== id) at = above.get(at) ?? null
    above.set(id, at === id ? null : under)
  }
  return new Map(placed.map(({ id }) => [id, above.get(id) ?? null]))
}

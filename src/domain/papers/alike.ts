import type { Database } from '../../db/client.ts'
import { alias, type Sql, sql } from '../../db/sql.ts'
import { papers } from '../../db/tables/papers.ts'
import { badInput, quote } from '../../errors.ts'
import { readTopLists } from '../../sql/list.ts'
import { NOTHING, type Selection } from '../../sql/selection.ts'
import { type PaperFilter, paperConditions, resolveNames } from './filter.ts'
import { type PaperOrder, paperOrder } from './list.ts'
import { RELATED_ORDER, type RelatedPaper, relatedEntity, scored } from './related.ts'
import { resolvePapers } from './resolution.ts'

const p = alias(papers, 'p')

/** Papers that are like some and unlike others. */
export interface AlikeRequest {
  /** References to papers. */
  likes: readonly string[]
  dislikes: readonly string[]
  filter: PaperFilter
  /** Null for the most alike first. */
  order: PaperOrder | null
  first: number
}

/** Most references on either side. */
export const MOST_SEEDS = 10

/**
 * The papers most like all of `likes` together, less what makes them like `dislikes`: one statement, and one for the references.
 * Throws BAD_USER_INPUT for a reference that does not lead to a paper.
 */
export async function readAlike(
  db: Database,
  { likes, dislikes, filter, order, first }: AlikeRequest,
  selection: Selection,
): Promise<RelatedPaper[]> {
  if (likes.length === 0)
    throw badInput('likes: empty; expected at least one reference to a paper.')
  const [liked, disliked] = await seedsOf(db, [...likes], [...dislikes])
  const conditions = paperConditions(await resolveNames(db, filter))
  const lists = await readTopLists<RelatedPaper>(
    db,
    () => ({
      entity: relatedEntity,
      from: sql`(${alike(liked, disliked, conditions)}) o join ${p} on ${p.id} = o.id`,
      condition: sql`true`,
      order: order === null ? RELATED_ORDER : (paperOrder(order) as typeof RELATED_ORDER),
    }),
    selection,
    first,
    [0],
  )
  return lists.get(0) ?? []
}

/** Ids of the papers that are meant, each once. */
async function seedsOf(
  db: Database,
  likes: string[],
  dislikes: string[],
): Promise<[liked: number[], disliked: number[]]> {
  const found = await resolvePapers(db, { ...NOTHING, columns: new Set(['id']) }, [
    ...likes,
    ...dislikes,
  ])
  const ids = found.map((one, i) => {
    if (one.kind === 'found') return one.candidate.paper.id
    const [argument, place] = i < likes.length ? ['likes', i] : ['dislikes', i - likes.length]
    throw badInput(`${argument}[${place}]: ${quote(one.ref)}: ${one.message}`)
  })
  const liked = [...new Set(ids.slice(0, likes.length))]
  const disliked = [...new Set(ids.slice(likes.length))]
  const both = ids.findIndex((id, i) => i < likes.length && disliked.includes(id))
  if (both >= 0)
    throw badInput(
      `${quote(likes[both] ?? '')} is in likes and in dislikes; expected it in one of them.`,
    )
  return [liked, disliked]
}

/** How much being like a paper that is not liked takes away. */
const AGAINST = 1

/** A paper like all of them counts in full, one like a few of them down to half. */
function alike(
  liked: readonly number[],
  disliked: readonly number[],
  conditions: readonly Sql[],
): Sql {
  const seeds = [...liked, ...disliked]
  const signs = [...liked.map(() => 1), ...disliked.map(() => -AGAINST)]
  return sql`
    with one as materialized (
      select seed.sign, r.* from unnest(${seeds}::bigint[], ${signs}::float8[]) as seed(id, sign)
      cross join lateral (${scored(sql`seed.id`, conditions)}) r where r.id <> all(${seeds}::bigint[])
    ), summed as (
      select id, (sum(score) filter (where sign > 0) * (0.5 + 0.5 * count(*) filter (where sign > 0) / ${liked.length}::float8)
        + coalesce(sum(sign * score) filter (where sign < 0), 0))::real as score
      from one group by id having count(*) filter (where sign > 0) > 0
    )
    select s.id, s.score, (
      select json_agg(json_build_object('kind', k.kind, 'detail', k.detail, 'count', k.count, 'weight', k.weight)
        order by k.weight desc, k.kind, k.detail) from (
        select r.reason->>'kind' as kind, r.reason->>'detail' as detail, sum((r.reason->>'count')::int)::int as count,
          sum(o.sign * (r.reason->>'weight')::float8)::real as weight
        from one o cross join lateral json_array_elements(o.reasons) as r(reason) where o.id = s.id group by 1, 2) k) as reasons
    from summed s where s.score > 0`
}

import type { Database } from '../../db/client.ts'
import { alias, raw, type Sql, sql } from '../../db/sql.ts'
import { papers } from '../../db/tables/papers.ts'
import { badInput, quote } from '../../errors.ts'
import { readTopLists } from '../../sql/list.ts'
import { NOTHING, type Selection } from '../../sql/selection.ts'
import { type PaperFilter, paperConditions, resolveNames } from './filter.ts'
import { type PaperOrder, paperOrder } from './list.ts'
import { RELATED_ORDER, type RelatedPaper, relatedEntity, scored } from './related.ts'
import { resolvePapers } from './resolution.ts'

const p = alias(papers, 'p')

/** A request for papers like some papers and unlike others. */
export interface AlikeRequest {
  /** References to papers. */
  likes: readonly string[]
  dislikes: readonly string[]
  filter: PaperFilter
  /** Null for the most similar first. */
  order: PaperOrder | null
  first: number
}

/** Maximum number of references on either side. */
export const MOST_SEEDS = 10

/**
 * The papers most similar to all of `likes` together, minus their similarity to `dislikes` alone: one statement, and one for the references.
 * Throws BAD_USER_INPUT for a reference that does not resolve to a paper.
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

/** The ids of the referenced papers, each once. */
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
    // The message about an absent or ambiguous reference may not include it.
    const named = one.message.includes(quote(one.ref.trim())) ? '' : `${quote(one.ref)}: `
    throw badInput(`${argument}[${place}]: ${named}${one.message}`)
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

/** Number of best papers similar to the liked ones that are compared with the disliked ones. */
export const MOST_COMPARED = 300

/** The kind and subject of a reason; for a word, without its ending. */
const keyOf = (reason: string) =>
  raw(`${reason}->>'kind' as kind, case when ${reason}->>'kind' = 'text'
    then to_tsvector('paperql', ${reason}->>'detail')::text else ${reason}->>'detail' end as key`)

/** Scores papers: in full for similarity to all of the liked papers, down to half for a few. */
function alike(
  liked: readonly number[],
  disliked: readonly number[],
  conditions: readonly Sql[],
): Sql {
  const seeds = sql`${[...liked, ...disliked]}::bigint[]`
  return sql`
    with alike as materialized (
      select r.* from unnest(${liked}::bigint[]) as seed(id)
      cross join lateral (${scored(sql`seed.id`, { conditions })}) r where r.id <> all(${seeds})
    ), compared as materialized (
      select id, sum(score) * (0.5 + 0.5 * count(*) / ${liked.length}::float8) as score
      from alike group by id order by 2 desc, id desc limit ${MOST_COMPARED}
    ), liked as materialized (
      select id, reason from alike cross join lateral json_array_elements(reasons) as r(reason)
    ), ${against(disliked, liked.length)}, summed as (
      select c.id, (c.score + coalesce(sum((d.reason->>'weight')::float8), 0))::real as score
      from compared c left join disliked d on d.id = c.id group by c.id, c.score
    )
    select s.id, s.score, (
      select json_agg(json_build_object('kind', k.kind, 'detail', k.detail, 'count', k.count, 'weight', k.weight)
        order by k.weight desc, k.kind, k.detail) from (
        select o.reason->>'kind' as kind, o.reason->>'detail' as detail, sum((o.reason->>'count')::int)::int as count,
          sum((o.reason->>'weight')::float8)::real as weight
        from (select * from liked union all select * from disliked) o where o.id = s.id group by 1, 2) k) as reasons
    from summed s where s.score > 0`
}

/**
 * The reasons against papers, as `disliked`: their similarity to the disliked papers. What disliked papers share with liked ones cannot be the
 * reason for disliking them, so only their other words, topics and authors count, each as much as if all liked papers had it.
 */
function against(disliked: readonly number[], likes: number): Sql {
  if (disliked.length === 0)
    return sql`disliked as (select null::bigint as id, null::json as reason where false)`
  return sql`liked_reason as materialized (
      select distinct ${keyOf('reason')} from liked
    ), disliked as materialized (
      select x.id, json_build_object('kind', x.kind, 'detail', x.reason->>'detail', 'count', (x.reason->>'count')::int,
        'weight', -${likes}::float8 * (x.reason->>'weight')::float8) as reason
      from (select r.id, e.reason, ${keyOf('e.reason')} from unnest(${disliked}::bigint[]) as seed(id)
        cross join lateral (${scored(sql`seed.id`, { among: sql`select id from compared` })}) r
        cross join lateral json_array_elements(r.reasons) as e(reason)) x
      where not exists (select from liked_reason l where l.kind = x.kind and l.key = x.key)
    )`
}

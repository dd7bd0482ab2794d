import type { Database } from '../../db/client.ts'
import { alias, sql } from '../../db/sql.ts'
import { institutions } from '../../db/tables/institutions.ts'
import { paperIdentifiers, papers, venues } from '../../db/tables/papers.ts'
import { topics } from '../../db/tables/topics.ts'
import { UPDATED_AT } from '../entity/paper.ts'

/** Maximum number of URLs in one sitemap file, by sitemaps.org. */
const MOST_ADDRESSES = 50_000

const p = alias(papers, 'p')
const i = alias(paperIdentifiers, 'i')
const t = alias(topics, 't')
const v = alias(venues, 'v')
const n = alias(institutions, 'n')

export interface MappedPaper {
  id: number
  updatedAt: string
  identifiers: { scheme: string; value: string }[]
}

/** The numbers of non-empty parts of the catalogue. A part is a range of ids, so that a new paper changes only the last. */
export async function paperParts(db: Database): Promise<number[]> {
  const rows = await db.query<{ part: number }>(sql`
    select part::int from generate_series(0, (select max(${p.id}) from ${p}) / ${MOST_ADDRESSES}::bigint) part
    where exists (select from ${p} where ${p.id} >= part * ${MOST_ADDRESSES}::bigint
      and ${p.id} < (part + 1) * ${MOST_ADDRESSES}::bigint)
    order by part`)
  return rows.map(({ part }) => part)
}

/** The papers of a part, each with its identifiers of these schemes. */
export function papersOfPart(
  db: Database,
  part: number,
  schemes: readonly string[],
): Promise<MappedPaper[]> {
  return db.query<MappedPaper>(sql`
    select ${p.id}, to_char(${UPDATED_AT} at time zone 'UTC', 'YYYY-MM-DD') as "updatedAt",
      coalesce((select json_agg(json_build_object('scheme', upper(${i.scheme}::text), 'value', ${i.value}))
        from ${i} where ${i.paperId} = ${p.id} and ${i.scheme}::text = any(${schemes}::text[])), '[]') as identifiers
    from ${p}
    where ${p.id} >= ${part}::bigint * ${MOST_ADDRESSES}::bigint and ${p.id} < (${part}::bigint + 1) * ${MOST_ADDRESSES}::bigint
    order by ${p.id}`)
}

/** Slugs of topics, venues and institutions, the most used first. */
export async function mappedSlugs(
  db: Database,
): Promise<Record<'topics' | 'venues' | 'institutions', string[]>> {
  // All three share one file with the lists by day.
  const third = Math.floor(MOST_ADDRESSES / 3) - 10
  const [byTopic, byVenue, byInstitution] = await Promise.all([
    db.query<{ slug: string }>(
      sql`select ${t.slug} from ${t} where ${t.paperCount} > 0 order by ${t.paperCount} desc, ${t.id} desc limit ${third}::int`,
    ),
    db.query<{ slug: string }>(
      sql`select ${v.slug} from ${v} where ${v.paperCount} > 0 order by ${v.paperCount} desc, ${v.id} desc limit ${third}::int`,
    ),
    db.query<{ slug: string }>(
      sql`select ${n.slug} from ${n} where ${n.paperCount} > 0 order by ${n.paperCount} desc, ${n.id} desc limit ${third}::int`,
    ),
  ])
  const slugs = (rows: { slug: string }[]) => rows.map(({ slug }) => slug)
  return { topics: slugs(byTopic), venues: slugs(byVenue), institutions: slugs(byInstitution) }
}

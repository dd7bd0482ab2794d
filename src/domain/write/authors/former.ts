import { alias, columns, overwrites, recordset, sql } from '../../../db/sql.ts'
import { authorRedirects, authors, authorships } from '../../../db/tables/authors.ts'
import { formerAuthorships } from '../../../db/tables/former.ts'
import { paperRedirects } from '../../../db/tables/papers.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { nameKey } from '../../record/title-key.ts'
import type { AuthorshipRow } from './known.ts'

const f = alias(formerAuthorships, 'f')
const g = alias(formerAuthorships, 'g')
const a = alias(authorships, 'a')
const u = alias(authors, 'u')
const r = alias(authorRedirects, 'r')
const o = alias(authorRedirects, 'o')
const d = alias(paperRedirects, 'd')

/** An authorship that a paper no longer has, with its author. */
export interface FormerPlace
  extends Pick<AuthorshipRow, 'paper_id' | 'author_id' | 'name' | 'identifiers' | 'person'> {
  /** The paper itself, or the one it was merged into. */
  now: number
  /**
   * Whether an authorship that comes back may take the author's id: if the author has no papers now, if evidence joins the author's other
   * authorships with it, or if another id that redirects to the author had the paper and goes back with it. Otherwise the id would be taken from
   * the papers that have it.
   */
  isFree: boolean
  /** Whether the author still has a row, for example because of identifiers. */
  isThere: boolean
}

/** The former authorships of these papers and of papers merged into them, in byline order. `redirects` are the merges of this write. */
export async function readFormer(
  tx: Transaction,
  paperIds: readonly number[],
  redirects: ReadonlyMap<number, number>,
): Promise<FormerPlace[]> {
  const ids = [...paperIds, ...redirects.keys()]
  const rows = await tx.query<FormerPlace>(sql`
    with wanted as (
      select v as id, v as now from unnest(${ids}::bigint[]) v where (select exists (select from ${formerAuthorships}))
      union all
      select ${d.id}, v from unnest(${ids}::bigint[]) v join ${d} on ${d.paperId} = v
      where ${d.id} <> all(${ids}::bigint[]) and (select exists (select from ${formerAuthorships}))
    )
    select ${columns(f, 'paperId', 'authorId', 'name', 'identifiers', 'person')}, w.now,
      exists (select from ${u} where ${u.id} = ${f.authorId}) as "isThere",
      not exists (select from ${r} where ${r.id} = ${f.authorId} and ${r.authorId} <> ${f.authorId})
        and (not exists (select from ${a} where ${a.authorId} = ${f.authorId})
          or exists (select from ${a} where ${a.authorId} = ${f.authorId} and ${a.person} = ${f.person})
          or exists (select from ${o} where ${o.authorId} = ${f.authorId} and ${o.id} <> ${f.authorId} and ${f.paperId} = any(${o.paperIds}))) as "isFree"
    from wanted w join ${f} on ${f.paperId} = w.id order by ${f.paperId}, ${f.position}`)
  return rows.map((row) => ({ ...row, now: redirects.get(row.now) ?? row.now }))
}

const placeKey = (paperId: number, name: string) => `${paperId}\n${nameKey(name)}`

/** Stores the authorships that these papers lost, if nobody has their name there now, and deletes those that are back. */
export async function keepFormer(
  tx: Transaction,
  {
    before,
    after,
    former,
    redirects,
  }: {
    before: readonly AuthorshipRow[]
    after: readonly Pick<AuthorshipRow, 'paper_id' | 'name'>[]
    former: readonly FormerPlace[]
    redirects: ReadonlyMap<number, number>
  },
): Promise<void> {
  const there = new Set(after.map(({ paper_id, name }) => placeKey(paper_id, name)))
  const back = former.filter(({ now, name }) => there.has(placeKey(now, name)))
  if (back.length > 0)
    await tx.query(sql`
      delete from ${f} using ${recordset(
        formerAuthorships,
        'g',
        ['paperId', 'authorId'],
        back.map(({ paper_id, author_id }) => ({ paperId: paper_id, authorId: author_id })),
      )}
      where ${f.paperId} = ${g.paperId} and ${f.authorId} = ${g.authorId}`)
  const lost = before.filter(
    ({ paper_id, name }) => !there.has(placeKey(redirects.get(paper_id) ?? paper_id, name)),
  )
  if (lost.length === 0) return
  const rows = lost.map((row) => ({
    ...{ paperId: row.paper_id, authorId: row.author_id, position: row.position },
    ...{ name: row.name, identifiers: row.identifiers, person: row.person },
  }))
  await tx.query(sql`
    insert into ${formerAuthorships} (${columns(formerAuthorships, ...KEYS)})
    select ${columns(g, ...KEYS)} from ${recordset(formerAuthorships, 'g', KEYS, rows)}
    on conflict (${columns(formerAuthorships, 'paperId', 'authorId')}) do update
    set ${overwrites(formerAuthorships, 'position', 'name', 'identifiers', 'person')}`)
}

const KEYS = ['paperId', 'authorId', 'position', 'name', 'identifiers', 'person'] as const

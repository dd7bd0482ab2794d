import type { Database } from '../../db/client.ts'
import { alias, columns, raw, sql } from '../../db/sql.ts'
import { importJobs } from '../../db/tables/imports.ts'
import { authorRedirects } from '../../db/tables/papers.ts'
import { identityChanges } from '../../db/tables/people.ts'
import type { Transaction } from '../../db/transaction.ts'
import type { IdentityChangeKind } from '../identity/change-kinds.ts'

const c = alias(identityChanges, 'c')
const o = alias(identityChanges, 'o')
const j = alias(importJobs, 'j')
const m = alias(authorRedirects, 'm')
const d = alias(authorRedirects, 'd')
const f = alias(authorRedirects, 'f')

/** What identifiers made of authors who were there before an import. */
export interface ImportPeople {
  /** Authors of whom an identifier says what evidence had said. */
  confirmedCount: number
  /** Authors who became one with another. */
  joinedCount: number
  /** Authors who were split off another. */
  splitCount: number
  /** Authors of whom an identifier says otherwise than an operator decided, whose decision holds. */
  contradictedCount: number
  /** The first of them. */
  changes: { kind: IdentityChangeKind; name: string; identifier: string }[]
}

export const NO_PEOPLE: Readonly<ImportPeople> = {
  ...{ confirmedCount: 0, joinedCount: 0, splitCount: 0, contradictedCount: 0 },
  changes: [],
}

/** Maximum number of authors named. */
const MOST_NAMED = 10

/** What identifiers made of authors during an import; other imports of that time count as well. */
export async function findImportPeople(
  db: Pick<Transaction, 'query'>,
  jobId: number,
): Promise<ImportPeople> {
  const during = sql`${j.id} = ${jobId}::bigint
    and ${c.changedAt} between ${j.startedAt} and coalesce(${j.finishedAt}, now())`
  const counts = await db.query<{ kind: IdentityChangeKind; count: number }>(sql`
    select ${c.kind}, count(*)::int as count from ${c} join ${j} on ${during} group by ${c.kind}`)
  if (counts.length === 0) return NO_PEOPLE
  const countOf = (kind: IdentityChangeKind) => counts.find((row) => row.kind === kind)?.count ?? 0
  const changes = await db.query<ImportPeople['changes'][number]>(sql`
    select ${columns(c, 'kind', 'name', 'identifier')} from ${c} join ${j} on ${during}
    order by array_position(array['contradicted', 'split', 'joined', 'confirmed'], ${c.kind}), ${c.name}, ${c.id} limit ${raw(String(MOST_NAMED))}`)
  return {
    confirmedCount: countOf('confirmed'),
    joinedCount: countOf('joined'),
    splitCount: countOf('split'),
    contradictedCount: countOf('contradicted'),
    changes,
  }
}

/** What an identifier made of an author. */
export interface IdentityChange {
  kind: IdentityChangeKind
  identifier: string
  /** The other author of a split or a contradiction, by the id that they have now; null for others. */
  otherId: number | null
  changedAt: string
}

/** Most changes read of an author, the latest first. */
export const MOST_CHANGES = 20

type ChangeRow = IdentityChange & { of: number; author: number }

/** The latest changes of each author, also those of authors who were merged into them: one statement for all. */
export async function readIdentityChanges(
  db: Database,
  authorIds: readonly number[],
): Promise<Map<number, IdentityChange[]>> {
  const rows = await db.query<ChangeRow>(sql`
    select w.id as "of", ${columns(o, 'kind', 'identifier')}, coalesce(${d.authorId}, ${o.authorId}) as author,
      coalesce(${f.authorId}, ${o.otherId}) as "otherId", ${o.changedAt} as "changedAt"
    from unnest(${[...authorIds]}::bigint[]) as w(id)
    cross join lateral (select array(select ${m.id} from ${m} where ${m.authorId} = w.id) || w.id as ids) s
    cross join lateral (
      select ${c.id} from ${c} where ${c.authorId} = any(s.ids) or ${c.otherId} = any(s.ids)
      order by ${c.id} desc limit ${raw(String(MOST_CHANGES))}) n
    join ${o} on ${o.id} = n.id
    left join ${d} on ${d.id} = ${o.authorId} left join ${f} on ${f.id} = ${o.otherId}
    order by ${o.id} desc`)
  const found = new Map<number, IdentityChange[]>()
  for (const { of, author, otherId, kind, identifier, changedAt } of rows) {
    const isOfTwo = kind === 'split' || kind === 'contradicted'
    const other = isOfTwo ? (author === of ? otherId : author) : null
    const shown = { kind, identifier, otherId: other, changedAt }
    found.set(of, [...(found.get(of) ?? []), shown])
  }
  return found
}

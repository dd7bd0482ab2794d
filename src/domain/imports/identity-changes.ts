import type { Database } from '../../db/client.ts'
import { alias, columns, raw, type Sql, sql } from '../../db/sql.ts'
import {
  authorIdentifiers,
  authorRedirects,
  authorships,
  contestedAuthorIdentifiers,
} from '../../db/tables/authors.ts'
import { importJobs } from '../../db/tables/imports.ts'
import { identityChanges } from '../../db/tables/people.ts'
import type { Transaction } from '../../db/transaction.ts'
import type { IdentityChangeKind } from '../identity/change-kinds.ts'
import { isDecisionSql } from '../identity/decided/decision-id.ts'

const c = alias(identityChanges, 'c')
const o = alias(identityChanges, 'o')
const j = alias(importJobs, 'j')
const m = alias(authorRedirects, 'm')
const d = alias(authorRedirects, 'd')
const f = alias(authorRedirects, 'f')
const i = alias(authorIdentifiers, 'i')
const q = alias(contestedAuthorIdentifiers, 'q')
const p = alias(authorships, 'p')
const h = alias(authorRedirects, 'h')
const n = alias(identityChanges, 'l')

/** Changes by identifiers to authors who existed before an import. */
export interface ImportPeople {
  /** Authors for whom an identifier confirmed the evidence. */
  confirmedCount: number
  /** Authors who were joined with another. */
  joinedCount: number
  /** Authors who were split from another. */
  splitCount: number
  /** Number of times that an identifier, or papers with it, moved from one author to another. */
  movedCount: number
  /** Authors for whom an identifier contradicts an operator's decision, which prevails. */
  contradictedCount: number
  /** The first changes. */
  changes: { kind: IdentityChangeKind; name: string; identifier: string }[]
}

export const NO_PEOPLE: Readonly<ImportPeople> = {
  ...{ confirmedCount: 0, joinedCount: 0, splitCount: 0, movedCount: 0, contradictedCount: 0 },
  changes: [],
}

/** Maximum number of authors named. */
const MOST_NAMED = 10

/** Finds changes by identifiers to authors during an import, including those of other imports at that time. */
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
    order by array_position(array['contradicted', 'split', 'moved', 'joined', 'confirmed'], ${c.kind}), ${c.name}, ${c.id} limit ${raw(String(MOST_NAMED))}`)
  return {
    confirmedCount: countOf('confirmed'),
    joinedCount: countOf('joined'),
    splitCount: countOf('split'),
    movedCount: countOf('moved'),
    contradictedCount: countOf('contradicted'),
    changes,
  }
}

/** A change by an identifier to an author. */
export interface IdentityChange {
  kind: IdentityChangeKind
  identifier: string
  /** The current id of the other author in a split, move or contradiction; null for other kinds. */
  otherId: number | null
  changedAt: string
}

/** Limit of changes read for each author, the latest first. */
export const MOST_CHANGES = 20

type ChangeRow = IdentityChange & { of: number; author: number }

/** The scheme and the value of a change's identifier. */
const SCHEME = sql`split_part(${c.identifier}, ':', 1)`
const VALUE = sql`substr(${c.identifier}, strpos(${c.identifier}, ':') + 1)`

/** Whether records assign the identifier to an author, `x.author` or `x.other`. */
const has = (author: Sql) => sql`(
  exists (select from ${i} where ${i.scheme} = ${SCHEME} and ${i.value} = ${VALUE} and ${i.authorId} = ${author})
  or exists (select from ${q} where ${q.scheme} = ${SCHEME} and ${q.value} = ${VALUE} and ${q.authorId} = ${author}))`

/** Whether an operator's decision on a paper of the author is in force. */
const isDecided = (author: Sql) => sql`exists (
  select from ${p} cross join unnest(${p.identifiers}) v where ${p.authorId} = ${author} and ${isDecisionSql(sql`v`)})`

/** Whether the author has another identifier of the scheme. */
const HAS_OTHERS = sql`(
  exists (select from ${i} where ${i.authorId} = x.author and ${i.scheme} = ${SCHEME} and ${i.value} <> ${VALUE})
  or exists (select from ${q} where ${q.authorId} = x.author and ${q.scheme} = ${SCHEME} and ${q.value} <> ${VALUE}))`

/** Whether several papers of the author have the identifier. */
const CONNECTS = sql`(${has(sql`x.author`)} and (
  select count(*) from (
    select from ${p} where ${p.authorId} = x.author and ${p.identifiers} @> array[${c.identifier}::text] limit 2) s) = 2)`

/** Limit of paper ids in `author_redirects.paper_ids`: if it is reached, some papers are unknown. */
const MOST_KEPT = raw('100')

/**
 * Whether several papers still have the confirmed identifier. If the identifier has joined another author since, the papers of that author do
 * not count, because nothing was confirmed for them.
 */
const CONFIRMS = sql`(${has(sql`x.author`)} and (
  select count(*) from (
    select from ${p} where ${p.authorId} = x.author and ${p.identifiers} @> array[${c.identifier}::text]
      and not exists (select from ${h} where ${h.id} = ${c.authorId} and cardinality(${h.paperIds}) < ${MOST_KEPT} and not ${p.paperId} = any(${h.paperIds})
        and exists (select from ${n} where ${n.kind} = 'joined' and ${n.identifier} = ${c.identifier} and ${n.id} > ${c.id}))
    limit 2) s) = 2)`

/** Whether they are two authors, of whom exactly one has the identifier. */
const ARE_TWO = sql`x.author <> x.other and ${has(sql`x.author`)} <> ${has(sql`x.other`)}`

/**
 * Whether a change is still in effect: operators may have decided otherwise or undone a decision, and sources may have corrected
 * the identifier.
 */
const HOLDS = sql`case ${c.kind}
  when 'confirmed' then ${CONFIRMS}
  when 'joined' then x.author = x.other and ${CONNECTS}
  when 'split' then ${ARE_TWO}
  when 'moved' then ${ARE_TWO}
  else ${isDecided(sql`x.author`)} and ${has(sql`x.author`)} and case when ${c.otherId} is null then ${HAS_OTHERS}
    else x.author <> x.other and ${has(sql`x.other`)} and ${isDecided(sql`x.other`)} end end`

/**
 * The latest changes of each author that are still in effect, including those of authors merged into them. One statement for all. Other
 * changes remain in the report of their import.
 */
export async function readIdentityChanges(
  db: Database,
  authorIds: readonly number[],
): Promise<Map<number, IdentityChange[]>> {
  const rows = await db.query<ChangeRow>(sql`
    select w.id as "of", ${columns(o, 'kind', 'identifier')}, n.author, n.other as "otherId", ${o.changedAt} as "changedAt"
    from unnest(${[...authorIds]}::bigint[]) as w(id)
    cross join lateral (select array(select ${m.id} from ${m} where ${m.authorId} = w.id) || w.id as ids) s
    cross join lateral (
      select ${c.id}, x.author, x.other from ${c}
      left join ${d} on ${d.id} = ${c.authorId} left join ${f} on ${f.id} = ${c.otherId}
      cross join lateral (select coalesce(${d.authorId}, ${c.authorId}) as author, coalesce(${f.authorId}, ${c.otherId}) as other) x
      where (${c.authorId} = any(s.ids) or ${c.otherId} = any(s.ids)) and ${HOLDS}
      order by ${c.id} desc limit ${raw(String(MOST_CHANGES))}) n
    join ${o} on ${o.id} = n.id
    order by ${o.id} desc`)
  const found = new Map<number, IdentityChange[]>()
  for (const { of, author, otherId, kind, identifier, changedAt } of rows) {
    const isOfTwo = kind === 'split' || kind === 'moved' || kind === 'contradicted'
    const other = isOfTwo ? (author === of ? otherId : author) : null
    const shown = { kind, identifier, otherId: other, changedAt }
    found.set(of, [...(found.get(of) ?? []), shown])
  }
  return found
}

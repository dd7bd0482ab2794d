import { groupBy } from 'es-toolkit'
import { LOCKS, takeLock } from '../../db/locks/locks.ts'
import { orm } from '../../db/orm.ts'
import { alias, columns, overwrites, recordset, sql } from '../../db/sql.ts'
import { authorships } from '../../db/tables/authors.ts'
import { curationDecisions } from '../../db/tables/curation.ts'
import { papers } from '../../db/tables/papers.ts'
import { curatedAuthorships } from '../../db/tables/people.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import type { Transaction } from '../../db/transaction.ts'
import { badInput, quote } from '../../errors.ts'
import { globalId } from '../../sql/global-id.ts'
import { decisionId, decisionIn, isDecisionSql } from '../identity/decided/decision-id.ts'
import { decidedNames, decidedPlace } from '../identity/similar/decided-name.ts'
import { nameKey } from '../record/title-key.ts'
import { remakePapers } from '../write/catalogue.ts'
import { type RecordKey, recordKey } from '../write/match/candidates.ts'
import { contradictionsOf } from './contradictions.ts'
import { authorsNow, papersNow } from './current-ids.ts'
import type { Decider } from './decider.ts'

const a = alias(authorships, 'a')
const c = alias(curatedAuthorships, 'c')
const d = alias(curationDecisions, 'd')
const p = alias(papers, 'p')
const r = alias(curatedAuthorships, 'r')
const s = alias(sourceRecords, 's')

/** Kinds of decisions on authors, beside those on papers. */
export const AUTHOR_DECISIONS = ['merge-authors', 'split-author'] as const
export type AuthorDecisionKind = (typeof AUTHOR_DECISIONS)[number]

export const isOnAuthors = (kind: string): kind is AuthorDecisionKind =>
  AUTHOR_DECISIONS.some((one) => one === kind)

/** A name in the byline of a record, with its part in a decision: 1 if it was split off, else 0. */
export type DecidedAuthorship = RecordKey & { part: number; name: string }

/** The result of a decision on authors. */
export interface DecidedAuthors {
  id: number
  /** The current authors of its authorships. */
  authorIds: number[]
  /** Older decisions on the same authorships, which no longer have an effect. */
  overridden: number[]
  /** Evidence against it, as sentences. */
  contradictions: string[]
}

/**
 * Merges authors permanently, whatever later imports bring and whatever identifiers they have. The lowest id stays; the others redirect to it.
 * Throws BAD_USER_INPUT for fewer than two, and for two authors of one paper.
 */
export async function mergeAuthors(
  tx: Transaction,
  authorIds: number[],
  decider: Decider,
): Promise<DecidedAuthors> {
  await takeLock(tx, LOCKS.write)
  const ids = await authorsNow(tx, authorIds)
  if (ids.length < 2)
    throw badInput('One author alone cannot be merged; expected two or more different authors.')
  const [both] = await tx.query<{ title: string }>(sql`
    select ${p.title} from ${a} join ${p} on ${p.id} = ${a.paperId} where ${a.authorId} = any(${ids}::bigint[])
    group by ${p.id} having count(*) > 1 order by ${p.id} limit 1`)
  if (both)
    throw badInput(
      `${quote(both.title)} names two of these authors, so they are not one person; expected authors without a paper in common.`,
    )
  const contradictions = await contradictionsOf(tx, ids)
  const rows = [...(await authorshipsOf(tx, ids)), ...(await absentOf(tx, ids))]
  const parts = rows.map((row) => ({ ...row, part: 0 }))
  return decide(tx, 'merge-authors', parts, decider, contradictions)
}

/**
 * Splits some papers of an author into a new author permanently. The id stays with the other papers. Throws BAD_USER_INPUT for a paper that is not
 * the author's, and for all papers of the author. `typed` has the papers as the user named them, for errors.
 */
export async function splitAuthor(
  tx: Transaction,
  authorId: number,
  paperIds: number[],
  decider: Decider,
  typed: ReadonlyMap<number, string> = new Map(),
): Promise<DecidedAuthors> {
  await takeLock(tx, LOCKS.write)
  const ids = await authorsNow(tx, [authorId])
  const rows = await authorshipsOf(tx, ids)
  const own = new Set(rows.map((row) => row.paper_id))
  const author = `${quote(rows[0]?.name ?? '')} (${globalId('Author', authorId)})`
  const leaving = new Set(await papersNow(tx, paperIds))
  const others = [...leaving].filter((id) => !own.has(id))
  if (others.length > 0) {
    const strange = others.map((id) => quote(typed.get(id) ?? globalId('Paper', id))).join(', ')
    const are = others.length === 1 ? 'is not a paper' : 'are not papers'
    throw badInput(`${strange} ${are} of ${author}; expected some of the author's papers.`)
  }
  if (leaving.size === own.size)
    throw badInput(
      own.size === 1
        ? `${author} has one paper; expected an author of two or more, of whom one is left.`
        : `These are all ${own.size} papers of ${author}; expected some of them, so that one is left.`,
    )
  const parts = [
    ...rows.map((row) => ({ ...row, part: Number(leaving.has(row.paper_id)) })),
    ...(await absentOf(tx, ids)).map((row) => ({ ...row, part: 0 })),
  ]
  return decide(tx, 'split-author', parts, decider)
}

type AuthorshipOfRecord = Omit<DecidedAuthorship, 'part'> & { paper_id: number }
/** Without a paper if no byline has it now. */
type DecidedRow = DecidedAuthorship & { paper_id: number | null }

/**
 * The authorships that decisions join with these authors, and that no byline has now: a record may have been deleted, or print other names, and come
 * back. A decision that replaced the older ones for these authors alone would separate them.
 */
async function absentOf(tx: Transaction, authorIds: number[]): Promise<DecidedRow[]> {
  const own = await tx.query<{ id: string }>(sql`
    select distinct v as id from ${a} cross join unnest(${a.identifiers}) v
    where ${a.authorId} = any(${authorIds}::bigint[]) and ${isDecisionSql(sql`v`)}`)
  if (own.length === 0) return []
  const parts = new Set(own.map(({ id }) => id))
  const decided = await tx.query<{ id: number; records: DecidedAuthorship[] }>(sql`
    select ${d.id}, ${d.records} from ${d} where ${d.id} = any(${own.map(({ id }) => decisionIn(id))}::bigint[])`)
  const records = decided.flatMap(({ id, records: all }) =>
    all.flatMap((one) => (parts.has(decisionId(id, one.part)) ? { ...one, decision: id } : [])),
  )
  const inForce = await tx.query<RecordKey & InForce>(sql`
    select ${columns(c, 'source', 'key', 'nameKey', 'decisionId')}, ${s.paperId} from ${c}
    left join ${s} on ${s.source} = ${c.source} and ${s.key} = ${c.key}
    where ${c.decisionId} = any(${decided.map(({ id }) => id)}::bigint[])`)
  const known = new Map(inForce.map((row) => [keyOf({ ...row, name: row.name_key }), row]))
  const bylines = await bylinesOf(
    tx,
    inForce.flatMap((row) => row.paper_id ?? []),
  )
  return records.flatMap(({ decision, ...one }) => {
    const row = known.get(keyOf(one))
    if (row?.decision_id !== decision) return []
    const { names = [] } = bylines.get(row.paper_id ?? 0) ?? {}
    return decidedPlace(names, one.name) >= 0 ? [] : { ...one, paper_id: null }
  })
}

type InForce = { name_key: string; decision_id: number; paper_id: number | null }

/** The authorships of the authors, once for each record of their papers, because papers may be split but records stay. */
async function authorshipsOf(tx: Transaction, authorIds: number[]): Promise<AuthorshipOfRecord[]> {
  const own = await tx.query<{ id: number }>(sql`
    select distinct ${a.paperId} as id from ${a} where ${a.authorId} = any(${authorIds}::bigint[])`)
  const paperIds = own.map(({ id }) => id)
  const bylines = await bylinesOf(tx, paperIds)
  const records = await tx.query<RecordKey & { paper_id: number }>(sql`
    select ${s.source}, ${s.key}, ${s.paperId} from ${s} where ${s.paperId} = any(${paperIds}::bigint[])
    order by ${s.source}, ${s.key}`)
  return records.flatMap((record) => {
    const { names = [], authorIds: places } = bylines.get(record.paper_id) ?? {}
    return decidedNames(names).flatMap((name, at) =>
      authorIds.includes(places?.[at] ?? 0) ? { ...record, name } : [],
    )
  })
}

/** The names in the bylines of papers, with their authors. */
async function bylinesOf(
  tx: Pick<Transaction, 'query'>,
  paperIds: number[],
): Promise<Map<number, { names: string[]; authorIds: number[] }>> {
  const rows = await tx.query<{ paper_id: number; author_id: number; name: string }>(sql`
    select ${a.paperId}, ${a.authorId}, ${a.name} from ${a} where ${a.paperId} = any(${paperIds}::bigint[])
    order by ${a.paperId}, ${a.position}`)
  return new Map(
    Object.entries(groupBy(rows, (row) => row.paper_id)).map(([id, byline]) => {
      const names = byline.map(({ name }) => name)
      return [Number(id), { names, authorIds: byline.map((row) => row.author_id) }]
    }),
  )
}

async function decide(
  tx: Transaction,
  kind: AuthorDecisionKind,
  rows: DecidedRow[],
  { by, reason }: Decider,
  contradictions: string[] = [],
): Promise<DecidedAuthors> {
  const records = rows.map(({ source, key, part, name }) => ({ source, key, part, name }))
  const [made] = await orm(tx)
    .insert(curationDecisions)
    .values({ kind, records, reason, decidedBy: by })
    .returning({ id: curationDecisions.id })
  const id = made?.id ?? 0
  const overridden = await tx.query<{ id: number }>(sql`
    select distinct ${c.decisionId} as id from ${curated(records)}
    join ${c} on ${c.source} = ${r.source} and ${c.key} = ${r.key} and ${c.nameKey} = ${r.nameKey} order by id`)
  await tx.query(sql`
    insert into ${curatedAuthorships} (${columns(curatedAuthorships, 'source', 'key', 'nameKey', 'decisionId', 'part')})
    select distinct on (${r.source}, ${r.key}, ${r.nameKey}) ${columns(r, 'source', 'key', 'nameKey')}, ${id}::bigint, ${r.part}
    from ${curated(records)}
    on conflict (${curatedAuthorships.source}, ${curatedAuthorships.key}, ${curatedAuthorships.nameKey})
      do update set ${overwrites(curatedAuthorships, 'decisionId', 'part')}`)
  await remakePapers(tx, [...new Set(rows.flatMap((row) => row.paper_id ?? []))])
  return {
    id,
    authorIds: await authorsOf(tx, records),
    overridden: overridden.map((row) => row.id),
    contradictions,
  }
}

/** Authorships as rows `r`. */
function curated(records: readonly DecidedAuthorship[]) {
  const rows = records.map(({ source, key, part, name }) => ({
    source,
    key,
    part,
    nameKey: nameKey(name),
  }))
  return recordset(curatedAuthorships, 'r', ['source', 'key', 'nameKey', 'part'], rows)
}

/** After decisions on these authorships were imported or undone: applies the newest one in force on each, and rewrites the papers. */
export async function followAuthorDecisions(
  tx: Transaction,
  records: readonly DecidedAuthorship[],
): Promise<number[]> {
  if (records.length === 0) return []
  await tx.query(sql`
    delete from ${c} using ${curated(records)}
    where ${c.source} = ${r.source} and ${c.key} = ${r.key} and ${c.nameKey} = ${r.nameKey}`)
  const inForce = await tx.query<{ id: number; records: DecidedAuthorship[] }>(sql`
    select ${d.id}, ${d.records} from ${d}
    where ${d.undoneAt} is null and ${d.kind} = any(${[...AUTHOR_DECISIONS]}::text[]) and exists (
      select from jsonb_to_recordset(${d.records}) as x(source text, key text)
      join ${curated(records)} on ${r.source} = x.source and ${r.key} = x.key)
    order by ${d.decidedAt}, ${d.id}`)
  const wanted = new Set(records.map(keyOf))
  const newest = new Map<string, DecidedAuthorship & { decision: number }>()
  for (const { id, records: own } of inForce)
    for (const one of own)
      if (wanted.has(keyOf(one))) newest.set(keyOf(one), { ...one, decision: id })
  const rows = [...newest.values()].map(({ source, key, name, decision, part }) => {
    return { source, key, nameKey: nameKey(name), decisionId: decision, part }
  })
  if (rows.length > 0) await orm(tx).insert(curatedAuthorships).values(rows)
  await remakePapers(tx, await papersOf(tx, records))
  return authorsOf(tx, records)
}

const keyOf = ({ source, key, name }: Omit<DecidedAuthorship, 'part'>) =>
  `${source}\n${key}\n${nameKey(name)}`

async function papersOf(tx: Transaction, records: readonly DecidedAuthorship[]): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(sql`
    select distinct ${s.paperId} as id from ${curated(records)}
    join ${s} on ${s.source} = ${r.source} and ${s.key} = ${r.key} where ${s.paperId} is not null`)
  return rows.map(({ id }) => id)
}

/** The current authors of a decision's authorships; evidence may have joined or split them since. */
export async function authorsOfDecision(
  db: Pick<Transaction, 'query'>,
  id: number,
): Promise<number[]> {
  const [row] = await db.query<{ records: DecidedAuthorship[] }>(sql`
    select ${d.records} from ${d} where ${d.id} = ${id}::bigint`)
  return row ? authorsOf(db, row.records) : []
}

/** The current authors of these authorships, those of part 0 first. */
async function authorsOf(
  tx: Pick<Transaction, 'query'>,
  records: readonly DecidedAuthorship[],
): Promise<number[]> {
  const byRecord = groupBy(records, recordKey)
  const rows = await tx.query<RecordKey & { paper_id: number }>(sql`
    select distinct ${s.source}, ${s.key}, ${s.paperId} from ${curated(records)}
    join ${s} on ${s.source} = ${r.source} and ${s.key} = ${r.key} where ${s.paperId} is not null`)
  const bylines = await bylinesOf(
    tx,
    rows.map((row) => row.paper_id),
  )
  const own = rows.flatMap(({ paper_id, ...record }) => {
    const { names = [], authorIds = [] } = bylines.get(paper_id) ?? {}
    return (byRecord[recordKey(record)] ?? []).flatMap(({ name, part }) => {
      const id = authorIds[decidedPlace(names, name)]
      return id === undefined ? [] : { id, part }
    })
  })
  return [...new Set(own.sort((x, y) => x.part - y.part || x.id - y.id).map(({ id }) => id))]
}

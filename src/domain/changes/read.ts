import type { Database } from '../../db/client.ts'
import { alias, fields, type Sql, sql } from '../../db/sql.ts'
import { changeLog, changes } from '../../db/tables/changes.ts'
import { paperRedirects, papers } from '../../db/tables/papers.ts'
import type { ChangeKind } from '../../db/tables/vocabulary.ts'
import type { Transaction } from '../../db/transaction.ts'
import { and } from '../../sql/list.ts'
import { type PaperFilter, paperConditions, resolveNames } from '../papers/filter.ts'
import { assertReadable, changeCursor, type LogState, parseChangeCursor } from './cursor.ts'
import type { PaperField } from './fields.ts'
import { wantedKinds } from './kinds.ts'

const c = alias(changes, 'c')
const x = alias(changes, 'x')
const l = alias(changeLog, 'l')
const p = alias(papers, 'p')
const d = alias(paperRedirects, 'd')

/** One entry of the log of changes. */
export interface Change {
  id: number
  /** Its place: what follows has this as `since`. */
  cursor: string
  kind: ChangeKind
  /** Instant of the commit, but for milliseconds. */
  at: string
  /** The paper as it was called then: it may have been merged or deleted since. */
  paperId: number
  /** What it was merged into, or split from; null for other kinds. */
  otherPaperId: number | null
  repositoryId: number | null
  /** What changed of one that was updated or has a new version, in alphabetical order; empty for other kinds. */
  fields: PaperField[]
  /** The milestone of `citation_milestone`. */
  citationCount: number | null
  /** The number of the newest version, of `new_version`. */
  version: number | null
  /** The day of the version or of the retraction, where it is known. */
  happenedOn: string | null
}

export interface ChangePage {
  changes: Change[]
  /** Where to go on: behind the last change that was looked at, also where a filter left it out. */
  endCursor: string
  hasMore: boolean
}

export interface ChangeQuery {
  /** A cursor; null to begin with the oldest change that is kept. */
  since?: string | null | undefined
  /** What the client calls `since`, for messages. */
  sinceName?: string | undefined
  /** Only these kinds; null for all. */
  kinds?: readonly ChangeKind[] | null | undefined
  /** Only papers that meet it now. What was merged or deleted is always given, as nobody can tell any more. */
  filter?: PaperFilter | null | undefined
  /** A condition on `s`, which has the columns of a change by their names in `Change`. */
  of?: Sql | undefined
  /** Most changes of a page. Default 100. */
  first?: number | null | undefined
}

const DEFAULT_SIZE = 100

/** Changes that one call looks at, of which a filter may leave few or none. */
const MOST_SCANNED = 5_000

/** Papers that are not there, and so meet no filter. */
const TOMBSTONES = ['merged', 'deleted'] satisfies ChangeKind[]

/**
 * The changes after `since`, in the order in which they were committed: each is given once, whatever is written meanwhile, to
 * who goes on from `endCursor`. Two statements at most. Throws BAD_USER_INPUT for what is not a cursor and for no kinds, and CONFLICT for one of
 * another log or of a time of which not all changes are kept.
 */
export async function readChanges(db: Database, query: ChangeQuery = {}): Promise<ChangePage> {
  const { since = null, sinceName = 'since', filter, of, first } = query
  const kinds = wantedKinds(query.kinds)
  const place = since === null ? null : parseChangeCursor(since, sinceName)
  const limit = first ?? DEFAULT_SIZE
  const named = filter && (await resolveNames(db, filter))
  const rows = await db.query<Row>(statement(place?.id ?? 0, limit, { kinds, filter: named, of }), {
    isSelective: named != null || of !== undefined,
  })
  const [head] = rows
  if (!head) throw new Error('The table change_log has no row')
  if (place) assertReadable(place, head, sinceName)
  const found = rows.flatMap((row) => (row.id === null ? [] : [row as Row & { id: number }]))
  const page = found.slice(0, limit)
  const hasMore = found.length > limit || head.isCut
  const last = found.length > limit ? (page.at(-1)?.id ?? place?.id ?? 0) : head.scannedThrough
  const cursorAt = (id: number) => changeCursor({ log: head.log, id })
  return {
    changes: page.map((row) => changeOf(row, cursorAt(row.id))),
    endCursor: cursorAt(Math.max(last, head.forgottenThrough)),
    hasMore,
  }
}

/** The cursor behind the newest change: who goes on from it gets only what is committed after. */
export async function newestCursor(db: Pick<Transaction, 'query'>): Promise<string> {
  const [row] = await db.query<{ log: string; id: number }>(sql`
    select ${LOG_NAME} as log, greatest(${l.forgottenThrough}, (select max(${c.id}) from ${c})) as id from ${l}`)
  if (!row) throw new Error('The table change_log has no row')
  return changeCursor(row)
}

/** What is known of the log, to judge cursors by. */
export async function readLogState(db: Pick<Database, 'query'>): Promise<LogState> {
  const [row] = await db.query<LogState>(
    sql`select ${LOG_NAME} as log, ${fields(l, 'forgottenThrough')}, ${LAST} as last from ${l}`,
  )
  if (!row) throw new Error('The table change_log has no row')
  return row
}

/** The last number that was given to a change. */
const LAST = sql`greatest(${l.forgottenThrough}, pg_sequence_last_value(pg_get_serial_sequence('changes', 'id')::regclass))`

/** With the database's own number: in a copy of the database the log goes on otherwise. */
const LOG_NAME = sql`left(md5(${l.epoch} || (select oid from pg_database where datname = current_database())), 16)`

interface Row extends LogState {
  scannedThrough: number
  /** Whether there are more changes than were looked at. */
  isCut: boolean
  id: number | null
  kind: ChangeKind
  at: string
  paperId: number
  otherPaperId: number | null
  repositoryId: number | null
  fields: PaperField[] | null
  citationCount: number | null
  version: number | null
  happenedOn: string | null
}

/** The state of the log and its changes in one statement, as changes may be forgotten meanwhile. */
function statement(
  since: number,
  limit: number,
  { kinds, filter, of }: Pick<ChangeQuery, 'kinds' | 'filter' | 'of'>,
): Sql {
  const conditions = [
    ...(kinds ? [sql`s.kind = any(${kinds}::change_kind[])`] : []),
    ...(filter ? [ofPapersThat(filter)] : []),
    ...(of ? [of] : []),
  ]
  // Without a condition there is no reason to look at more than is given.
  const isOfRare = kinds != null && !kinds.some((kind) => COMMON.has(kind))
  const scanned = conditions.length === (isOfRare ? 1 : 0) ? limit : MOST_SCANNED
  const from = isOfRare ? ofKinds(kinds, since, scanned + 1) : sql`${c}`
  // Behind the last of a rare kind there are others, which need not be looked at.
  const end = isOfRare ? sql`(select max(${x.id}) from ${x})` : sql`(select max(id) from looked_at)`
  return sql`
    with scanned as materialized (
      select ${fields(c, 'id', 'kind', 'at', 'paperId', 'otherPaperId', 'repositoryId', 'fields', 'citationCount', 'version', 'happenedOn')} from ${from}
      where ${c.id} > ${since}::bigint order by ${c.id} limit ${scanned + 1}::int
    ), looked_at as (
      select * from scanned order by id limit ${scanned}::int
    ), head as (
      select ${LOG_NAME} as log, ${fields(l, 'forgottenThrough')},
        ${LAST} as last,
        (select count(*) > ${scanned}::int from scanned) as "isCut"
      from ${l}
    )
    select h.*, greatest(${since}::bigint, case when h."isCut" then (select max(id) from looked_at) else ${end} end)
      as "scannedThrough", s.*
    from head h left join (
      select s.* from looked_at s where ${and(conditions)} order by s.id limit ${limit + 1}::int) s on true
    order by s.id`
}

/** Most changes are of these kinds; the others are found by their index, however far apart they are. */
const COMMON: ReadonlySet<ChangeKind> = new Set(['created', 'updated'])

/** The next changes of each of the kinds, as `c`. */
function ofKinds(kinds: readonly ChangeKind[], since: number, most: number): Sql {
  return sql`unnest(${kinds}::change_kind[]) k(kind) cross join lateral (
    select x.* from ${x} where ${x.kind} = k.kind and ${x.id} > ${since}::bigint
    order by ${x.id} limit ${most}::int) c`
}

function ofPapersThat(filter: PaperFilter): Sql {
  return sql`(s.kind = any(${TOMBSTONES}::change_kind[]) or exists (
    select from ${p} where ${p.id} = coalesce((select ${d.paperId} from ${d} where ${d.id} = s."paperId"), s."paperId")
      and ${and(paperConditions(filter))}))`
}

const changeOf = (row: Row & { id: number }, cursor: string): Change => ({
  id: row.id,
  cursor,
  kind: row.kind,
  at: row.at,
  paperId: row.paperId,
  otherPaperId: row.otherPaperId,
  repositoryId: row.repositoryId,
  fields: row.fields ?? [],
  citationCount: row.citationCount,
  version: row.version,
  happenedOn: row.happenedOn,
})

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
  /** Its position, which can be passed as `since` to read the following changes. */
  cursor: string
  kind: ChangeKind
  /** Time of the commit, accurate to milliseconds. */
  at: string
  /** The id of the paper at that time; it may have been merged or deleted since. */
  paperId: number
  /** The paper that it was merged into or split from; null for other kinds. */
  otherPaperId: number | null
  repositoryId: number | null
  /** The changed fields, in alphabetical order, of `updated` and `new_version`; empty for other kinds. */
  fields: PaperField[]
  /** The milestone of `citation_milestone`. */
  citationCount: number | null
  /** The number of the newest version, of `new_version`. */
  version: number | null
  /** The day of the version or of the retraction, if known. */
  happenedOn: string | null
}

export interface ChangePage {
  changes: Change[]
  /** Position after the last change that was read, even if a filter left it out. */
  endCursor: string
  hasMore: boolean
}

export interface ChangeQuery {
  /** A cursor; null to begin with the oldest stored change. */
  since?: string | null | undefined
  /** The client's name of `since`, for messages. */
  sinceName?: string | undefined
  /** Only these kinds; null for all. */
  kinds?: readonly ChangeKind[] | null | undefined
  /** Only papers that meet it now. Merges and deletions are always included, because it is no longer known whether those papers met it. */
  filter?: PaperFilter | null | undefined
  /** A condition on `s`, which has the columns of a change by their names in `Change`. */
  of?: Sql | undefined
  /** Maximum number of changes in a page. Default 100. */
  first?: number | null | undefined
}

const DEFAULT_SIZE = 100

/** Maximum number of changes that one call reads, of which a filter may leave few or none. */
const MOST_SCANNED = 5_000

/** Kinds of changes whose papers no longer exist, and so meet no filter. */
const TOMBSTONES = ['merged', 'deleted'] satisfies ChangeKind[]

/**
 * The changes after `since`, in the order of their commits. A client that continues from `endCursor` gets each change exactly once, whatever is
 * written meanwhile. At most two statements. Throws BAD_USER_INPUT for an invalid cursor or an empty list of kinds, and CONFLICT for a cursor of
 * another log or after which changes have been deleted.
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

/** The cursor after the newest change, for clients that want only later ones. */
export async function newestCursor(db: Pick<Transaction, 'query'>): Promise<string> {
  const [row] = await db.query<{ log: string; id: number }>(sql`
    select ${LOG_NAME} as log, greatest(${l.forgottenThrough}, (select max(${c.id}) from ${c})) as id from ${l}`)
  if (!row) throw new Error('The table change_log has no row')
  return changeCursor(row)
}

/** The state of the log, to validate cursors. */
export async function readLogState(db: Pick<Database, 'query'>): Promise<LogState> {
  const [row] = await db.query<LogState>(
    sql`select ${LOG_NAME} as log, ${fields(l, 'forgottenThrough')}, ${LAST} as last from ${l}`,
  )
  if (!row) throw new Error('The table change_log has no row')
  return row
}

/** The last number that was given to a change. */
const LAST = sql`greatest(${l.forgottenThrough}, pg_sequence_last_value(pg_get_serial_sequence('changes', 'id')::regclass))`

/** The name of the log. Includes the database's oid, because the log of a copy of the database continues differently. */
const LOG_NAME = sql`left(md5(${l.epoch} || (select oid from pg_database where datname = current_database())), 16)`

interface Row extends LogState {
  scannedThrough: number
  /** Whether there are more changes than were read. */
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

/** Reads the state of the log and its changes in one statement, because changes may be deleted between two. */
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
  // Without a condition, only the returned changes need to be read.
  const isOfRare = kinds != null && !kinds.some((kind) => COMMON.has(kind))
  const scanned = conditions.length === (isOfRare ? 1 : 0) ? limit : MOST_SCANNED
  const from = isOfRare ? ofKinds(kinds, since, scanned + 1) : sql`${c}`
  // Other kinds may follow the last change of a rare kind, but need not be read.
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

/** The most frequent kinds. The others are found by an index, however far apart they are. */
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

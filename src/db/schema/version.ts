import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { AppError } from '../../errors.ts'
import { FUNCTIONS_VERSION, type FunctionFile, functionFiles } from '../functions/index.ts'

/** The folder of the migrations that `drizzle-kit generate` writes. */
export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../../migrations', import.meta.url))

export interface Migration {
  /** For example 0013_source_records_origin. */
  name: string
  /** Milliseconds since 1970; migrations are in this order. */
  createdAt: number
  /** SHA-256 of the text, as drizzle computes it. */
  hash: string
}

/** A row of drizzle's table of applied migrations. */
interface AppliedMigration {
  hash: string
  createdAt: number
}

/** A row of the table of applied function files. */
interface AppliedFunctions {
  name: string
  hash: string
  version: number
}

/** The state of a database, as far as it decides whether paperql may use it. */
export interface FoundSchema {
  applied: AppliedMigration[]
  functions: AppliedFunctions[]
  /** Functions, views and triggers in the schema public. */
  made: string[]
  /** Tables in the schema public, except those of extensions. */
  tables: string[]
  encoding: string
  /** Extensions in a schema outside paperql's search path. */
  hiddenExtensions: { name: string; schema: string }[]
  /** Why it refuses writes: it is a standby, or default_transaction_read_only is on. Null if it accepts them. */
  readOnly: 'standby' | 'setting' | null
}

/** The parts of this version's schema that a database lacks. */
export interface Lacking {
  migrations: Migration[]
  functions: FunctionFile[]
}

/** Runs one statement without values. */
export type RunText = (text: string) => Promise<Record<string, unknown>[]>

/** The migrations of this version, oldest first. */
export function knownMigrations(): Migration[] {
  const { entries } = readMeta<{ entries: { tag: string; when: number }[] }>('_journal.json')
  return entries.map(({ tag, when }) => ({
    name: tag,
    createdAt: when,
    hash: hashOf(readFileSync(`${MIGRATIONS_FOLDER}/${tag}.sql`, 'utf8')),
  }))
}

/** The statements of a migration, in order. */
export function statementsOf({ name }: Migration): string[] {
  const text = readFileSync(`${MIGRATIONS_FOLDER}/${name}.sql`, 'utf8')
  return text.split('--> statement-breakpoint')
}

/** The tables that a database has after the first `count` migrations. */
export function tablesAfter(count: number): string[] {
  if (count === 0) return []
  const file = `${String(count - 1).padStart(4, '0')}_snapshot.json`
  const { tables } = readMeta<{ tables: Record<string, { name: string }> }>(file)
  return Object.values(tables).map(({ name }) => name)
}

function readMeta<T>(file: string): T {
  return JSON.parse(readFileSync(`${MIGRATIONS_FOLDER}/meta/${file}`, 'utf8')) as T
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** Reads the state of the database. Neither locks nor writes. */
export async function findSchema(run: RunText): Promise<FoundSchema> {
  const [row] = await run(`select
    to_regclass('drizzle.__drizzle_migrations') is not null as has_list,
    to_regclass('drizzle.paperql_functions') is not null as has_functions,
    pg_is_in_recovery() as is_standby,
    getdatabaseencoding() as encoding,
    (select coalesce(json_agg(json_build_object('name', extname, 'schema', extnamespace::regnamespace::text) order by extname), '[]')
      from pg_extension where extname in ('pg_trgm', 'unaccent', 'fuzzystrmatch')
        and extnamespace::regnamespace::text <> all (string_to_array(current_setting('search_path'), ','))) as hidden_extensions,
    current_setting('transaction_read_only') = 'on' as is_read_only,
    array(select relname::text from pg_class c
      where relnamespace = to_regnamespace('public') and relkind in ('r', 'p', 'f') and not exists
        (select from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e')
      order by 1) as tables,
    array(select proname::text from pg_proc where pronamespace = to_regnamespace('public')
      union select viewname from pg_views where schemaname = 'public'
      union select tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where not tgisinternal and c.relnamespace = to_regnamespace('public')) as made`)
  const rows = row?.has_list
    ? await run('select hash, created_at from drizzle.__drizzle_migrations order by created_at, id')
    : []
  const functions = row?.has_functions
    ? await run('select name, hash, version from drizzle.paperql_functions')
    : []
  return {
    applied: rows.map((one) => ({ hash: String(one.hash), createdAt: Number(one.created_at) })),
    functions: functions as unknown as AppliedFunctions[],
    made: row?.made as string[],
    tables: row?.tables as string[],
    encoding: String(row?.encoding),
    hiddenExtensions: row?.hidden_extensions as FoundSchema['hiddenExtensions'],
    readOnly: row?.is_standby ? 'standby' : row?.is_read_only ? 'setting' : null,
  }
}

/**
 * Throws a CONFLICT `AppError` unless the database is empty, or belongs to paperql with a schema known to this version. Returns what it
 * lacks.
 */
export function checkSchema(found: FoundSchema, version: string): Lacking {
  checkDatabase(found)
  return { migrations: checkMigrations(found, version), functions: lackingFunctions(found) }
}

/** Function files that changed or are incomplete in the database; none if a newer version has applied its own. */
function lackingFunctions({ functions, made }: FoundSchema): FunctionFile[] {
  const isNewer = functions.some(({ version }) => version > FUNCTIONS_VERSION)
  const has = new Map(functions.map(({ name, hash }) => [name, hash]))
  const names = new Set(made)
  return functionFiles().filter((file) => {
    const isThere = file.makes.every((name) => names.has(name))
    return !isThere || (!isNewer && has.get(file.name) !== file.hash)
  })
}

/** Throws if the database was created in a way that paperql cannot use. */
function checkDatabase({ encoding, hiddenExtensions }: FoundSchema): void {
  if (encoding !== 'UTF8')
    throw new AppError(
      'CONFLICT',
      `The database is in ${encoding}; expected UTF8. Create one in UTF8: createdb --encoding=UTF8 --template=template0 NAME.`,
    )
  const [hidden] = hiddenExtensions
  if (hidden)
    throw new AppError(
      'CONFLICT',
      `The extension ${hidden.name} of the database is in the schema ${hidden.schema}; expected public. Move it: ALTER EXTENSION ${hidden.name} SET SCHEMA public.`,
    )
}

function checkMigrations({ applied, tables }: FoundSchema, version: string): Migration[] {
  const known = knownMigrations()
  const isOurs = CORE_TABLES.every((name) => tables.includes(name))
  const isKnown = (one: AppliedMigration) => known.some((other) => isSame(one, other))
  const unknown = applied.filter((one) => !isKnown(one))
  if (!isOurs && (applied.length === 0 ? tables.length > 0 : unknown.length === applied.length))
    throw new AppError('CONFLICT', foreignMessage(tables))
  if (applied.length === 0 && tables.length > 0)
    throw halfMade('it has tables of paperql, but no list of migrations in the schema drizzle')
  if (unknown.some(isBeforeRelease)) throw new AppError('CONFLICT', beforeReleaseMessage(applied))
  if (unknown.length > 0)
    throw new AppError('CONFLICT', unknownMessage(unknown, applied, known, version))
  const lacking = known.filter(({ createdAt }) => !applied.some((a) => a.createdAt === createdAt))
  const newest = Math.max(0, ...applied.map(({ createdAt }) => createdAt))
  const skipped = lacking.filter(({ createdAt }) => createdAt < newest)
  if (skipped.length > 0)
    throw halfMade(`it lacks the migration ${skipped[0]?.name}, though it has newer ones`)
  const missing = tablesAfter(known.length - lacking.length).filter((n) => !tables.includes(n))
  if (missing.length > 0) throw halfMade(`it lacks ${listed('table', missing)}`)
  return lacking
}

/** Whether a migration is one of those that this version's first migration replaced. */
export const isBeforeRelease = ({ createdAt }: { createdAt: number }): boolean =>
  createdAt < (knownMigrations()[0]?.createdAt ?? 0)

const beforeReleaseMessage = (applied: AppliedMigration[]) =>
  `The database was made by a version before the first release, with ${applied.length} migrations up to ${dayOf(applied.at(-1))}, which this version cannot bring up to date. ${WAY_TO_THIS_VERSION}`

/** How to move data from a version before the first release to this one. */
export const WAY_TO_THIS_VERSION =
  'Run "paperql export jsonl -o catalogue.jsonl.gz" with the version that made it; then, with this version and an empty database (another DATABASE_URL or PAPERQL_DATA_DIR), "paperql import paperql catalogue.jsonl.gz".'

/** Tables since the first migration: a database without them is another program's. */
const CORE_TABLES = ['papers', 'authors', 'source_records']

/** A checkout on Windows may have other line ends in each file, which change the hash. */
function isSame(one: AppliedMigration, { name, createdAt, hash }: Migration): boolean {
  if (one.createdAt !== createdAt) return false
  if (one.hash === hash) return true
  const text = readFileSync(`${MIGRATIONS_FOLDER}/${name}.sql`, 'utf8').replaceAll('\r\n', '\n')
  return one.hash === hashOf(text) || one.hash === hashOf(text.replaceAll('\n', '\r\n'))
}

function unknownMessage(
  unknown: AppliedMigration[],
  applied: AppliedMigration[],
  known: Migration[],
  version: string,
): string {
  const newest = known.at(-1)
  const ours = `paperql ${version} knows ${known.length} migrations, the newest being ${newest?.name} of ${dayOf(newest)}`
  const changed = known.find(({ createdAt }) => unknown[0]?.createdAt === createdAt)
  if (changed)
    return `The database was made by another version of paperql: its migration ${changed.name} (hash ${shortHash(unknown[0])}) differs from this version's (hash ${shortHash(changed)}); ${ours}. Run the paperql that made it, or restore a backup into an empty database.`
  return `The database has a newer schema: ${applied.length} migrations, the newest being of ${dayOf(applied.at(-1))}, ${unknown.length} of them unknown; ${ours}. Run the version of paperql that migrated it, or a newer one. To go back to this version, restore a backup that was made before the upgrade.`
}

const shortHash = (one: AppliedMigration | undefined) => one?.hash.slice(0, 8)
const dayOf = (one: AppliedMigration | undefined) => {
  const day = new Date(one?.createdAt ?? Number.NaN)
  return Number.isNaN(day.getTime()) ? `${one?.createdAt}` : day.toISOString().slice(0, 10)
}

function halfMade(why: string): AppError {
  return new AppError(
    'CONFLICT',
    `The database is an incomplete paperql database: ${why}. Restore a backup into an empty database, or use another database.`,
  )
}

function foreignMessage(tables: string[]): string {
  const what = tables.length > 0 ? `has ${listed('table', tables)}` : 'has migrations'
  return `The database is not paperql's: it ${what} of another program. Use an empty database, such as one made by createdb.`
}

const MOST_LISTED = 5

function listed(noun: string, names: string[]): string {
  const more = names.length - MOST_LISTED
  const shown = names.slice(0, MOST_LISTED).join(', ')
  return `the ${noun}${names.length === 1 ? '' : 's'} ${shown}${more > 0 ? ` and ${more} more` : ''}`
}

/** Throws if the database refuses writes. */
export function checkWritable({ readOnly }: FoundSchema): void {
  if (readOnly === null) return
  const why =
    readOnly === 'standby'
      ? 'it is a standby; use its primary'
      : 'default_transaction_read_only is on; turn it off for this database or user'
  throw new AppError(
    'UNAVAILABLE',
    `The database is read-only: ${why}. Only export, imports, decisions and backup work here.`,
  )
}

export const isLacking = ({ migrations, functions }: Lacking): boolean =>
  migrations.length + functions.length > 0

/** Whether the database is empty, judged by what it lacks. */
export const isEmpty = ({ migrations }: Lacking): boolean =>
  migrations.length === knownMigrations().length

/** The message for a database that lacks something that may not be applied, for the reason `why`. */
export function lackingMessage(lacking: Lacking, version: string, why: string): string {
  const { migrations, functions } = lacking
  if (isEmpty(lacking)) return `The database is empty, and ${why}. Run: paperql migrate`
  const which = migrations.length > 0 ? migrationsIn(migrations) : functionsIn(functions)
  return `The database has an older schema: it lacks ${which}, which paperql ${version} needs, and ${why}. Make a backup, then run (on the primary, if this is a standby): paperql migrate`
}

function migrationsIn(migrations: Migration[]): string {
  const [first, last] = [migrations[0]?.name, migrations.at(-1)?.name]
  return migrations.length === 1
    ? `the migration ${first}`
    : `${migrations.length} migrations, ${first} to ${last}`
}

const functionsIn = (files: FunctionFile[]) =>
  `this version of ${listed(
    'SQL function file',
    files.map(({ name }) => name),
  )}`

import { Column, getTableColumns, getTableName, is, Table } from 'drizzle-orm'
import { join as joinValues, raw, Sql } from 'sql-template-tag'

export { empty, raw, type Sql } from 'sql-template-tag'

/**
 * Statements as text with values: `sql-template-tag`, which here also takes the tables and columns that Drizzle declares. Columns are
 * written without a table; `alias` qualifies them with the name that a statement gives its table.
 */
export function sql(strings: TemplateStringsArray, ...values: unknown[]): Sql {
  let known = TEMPLATES.get(strings)
  if (!known || !isFor(known, values)) {
    known = withNames(strings, values)
    TEMPLATES.set(strings, known)
  }
  const { isName, names } = known
  return new Sql(known.strings, names.length === 0 ? values : values.filter((_, at) => !isName[at]))
}

/** Joins values, columns and statements by commas or another separator. */
export function join(parts: readonly unknown[], separator = ','): Sql {
  return joinValues(
    parts.map((part) => {
      const name = part instanceof Sql ? null : nameOf(part)
      return name === null ? part : new Name(name)
    }),
    separator,
  )
}

/** A template with names in its text, built once for each literal. */
interface Template {
  strings: string[]
  /** Whether each value is a name, by position. */
  isName: boolean[]
  names: [at: number, name: unknown][]
}

const TEMPLATES = new WeakMap<TemplateStringsArray, Template>()

/** Whether the values have the same names at the same positions as when the template was built. */
function isFor({ names, isName }: Template, values: unknown[]): boolean {
  return (
    names.every(([at, name]) => values[at] === name) &&
    values.every((value, at) => isName[at] || !(value instanceof Column || value instanceof Table))
  )
}

function withNames(strings: TemplateStringsArray, values: unknown[]): Template {
  const texts = [strings[0] ?? '']
  const names: Template['names'] = []
  const isName = values.map((value, at) => {
    const name = nameOf(value)
    const next = strings[at + 1] ?? ''
    if (name === null) texts.push(next)
    else {
      names.push([at, value])
      texts.push(`${texts.pop()}${name}${next}`)
    }
    return name !== null
  })
  return { strings: texts, isName, names }
}

/** The SQL of a table, a column or an alias; null for other values. */
function nameOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null
  if (value instanceof Name) return value.strings[0] ?? ''
  if (is(value, Column)) return identifier(value.name)
  return is(value, Table) ? identifier(getTableName(value)) : null
}

/**
 * The columns of a table or an alias, separated by commas: `columns(papers, 'title', 'kind')`. After `insert into` and `on conflict`, take
 * them from the table, because an alias is not allowed there.
 */
export function columns<T extends object>(of: T, ...keys: KeyOf<T>[]): Sql {
  return listOf(of, 'columns', keys, (_, column) => column)
}

/** Like `columns`, each named by its key, so that rows have the type `InferSelectModel`. */
export function fields<T extends object>(of: T, ...keys: KeyOf<T>[]): Sql {
  return listOf(of, 'fields', keys, (key, column) =>
    key === /\w+$/.exec(column)?.[0] ? column : `${column} as "${key}"`,
  )
}

/** Columns of an alias by key: `pick(p, 'titleKey')` is `{ titleKey: sql`p.title_key` }`. */
export function pick<T extends object, K extends KeyOf<T>>(of: T, ...keys: K[]): Record<K, Sql> {
  return Object.fromEntries(keys.map((key) => [key, (of as Record<string, Sql>)[key]])) as Record<
    K,
    Sql
  >
}

/**
 * True for each value, but rare in the planner's estimate. Without it in the recursive part, the planner expects a recursion to find ten
 * times as many rows as it starts with in each of ten rounds, and each run begins by clearing up to 32 MB for them.
 */
export const seldom = (value: string): Sql => raw(`${value} = any(array[${value}])`)

/** The assignments of a `set` clause: each column gets its value in `of`. */
export function assigns<T extends Table>(table: T, of: Aliased<T>, ...keys: KeyOf<T>[]): Sql {
  return listOf(of, 'assigns', keys, (key, column) => {
    const own = getTableColumns(table)[key]
    return `${identifier(own?.name ?? key)} = ${column}`
  })
}

/** The `do update set` clause with which the proposed row replaces the existing one. */
export function overwrites<T extends Table>(table: T, ...keys: KeyOf<T>[]): Sql {
  return listOf(table, 'overwrites', keys, (_, column) => `${column} = excluded.${column}`)
}

/**
 * Rows passed to a statement as one value, as a table `name` whose columns have the names and types of `table`. Refer to them by
 * `alias(table, name)`.
 */
export function recordset<T extends Table, K extends KeyOf<T>>(
  table: T,
  name: string,
  keys: readonly K[],
  rows: readonly { readonly [P in K]: JsonOf<ValueOf<ColumnAt<T, P>>> | null | undefined }[],
): Sql {
  const columns = getTableColumns(table) as Record<string, Column>
  const used = keys.map((key) => [key, columns[key] as Column] as const)
  const types = used.map(
    ([, column]) => `${identifier(column.name)} ${column.getSQLType().replace(/ collate .*/, '')}`,
  )
  const stored = rows.map((row) => {
    const one: Record<string, unknown> = {}
    for (const [key, column] of used) one[column.name] = row[key]
    return one
  })
  return new Sql(
    ['jsonb_to_recordset(', `::text::jsonb) as ${name}(${types.join(', ')})`],
    [JSON.stringify(stored)],
  )
}

/** The keys of the columns of a table or an alias. */
type KeyOf<T> = T extends Table ? ColumnKey<T> : Extract<keyof T, string>

const LISTS = new WeakMap<object, Map<string, Name>>()

/** The same list is the same name, so that templates recognise it. */
function listOf(
  of: object,
  kind: string,
  keys: readonly string[],
  write: (key: string, column: string) => string,
): Sql {
  const lists = LISTS.get(of) ?? new Map<string, Name>()
  if (!LISTS.has(of)) LISTS.set(of, lists)
  const id = `${kind} ${keys}`
  const known = lists.get(id)
  if (known) return known
  const written = keys.map((key) => {
    const column = nameOf((of as Record<string, unknown>)[key])
    if (column === null) throw new TypeError(`There is no column ${key}`)
    return write(key, column)
  })
  const made = new Name(written.join(', '))
  lists.set(id, made)
  return made
}

/** Constant text of a statement. */
class Name extends Sql {
  constructor(text: string) {
    super([text], [])
  }
}

/** SQL keywords that cannot name a column without quotes. */
const RESERVED = new Set(['end', 'user', 'order', 'group', 'table', 'column', 'references'])

const identifier = (name: string): string =>
  /^[a-z_][a-z0-9_]*$/.test(name) && !RESERVED.has(name) ? name : `"${name}"`

/** The keys of a table's columns in TypeScript. */
type ColumnKey<T extends Table> = Extract<keyof T['_']['columns'], string>

/** A table alias: its `from` clause and its qualified columns. */
export type Aliased<T extends Table> = { readonly [K in ColumnKey<T>]: Sql }

/**
 * A row, or some of its columns, as a statement without `as` returns it: by the names in the database. `fields` returns them by key, like
 * `InferSelectModel`.
 */
export type Stored<T extends Table, N extends StoredName<T>> = {
  [Name in N]: ValueOf<StoredColumn<T, Name>>
}

/** JSON has no bigint: such numbers are written as text. */
type JsonOf<V> = V extends bigint ? string : V
type ColumnAt<T extends Table, K> = K extends keyof T['_']['columns'] ? T['_']['columns'][K] : never
type AnyColumn<T extends Table> = T['_']['columns'][keyof T['_']['columns']]
type StoredName<T extends Table> = AnyColumn<T>['_']['name']
type StoredColumn<T extends Table, N> = Extract<AnyColumn<T>, { _: { name: N } }>
type ValueOf<C extends Column> = C['_']['notNull'] extends true
  ? C['_']['data']
  : C['_']['data'] | null

const ALIASES = new WeakMap<Table, Map<string, object>>()

/**
 * A table under the name that a statement gives it. With `const p = alias(papers, 'p')`, `${p}` is written `papers p` and `${p.titleKey}`
 * is written `p.title_key`. `alias(papers, 'excluded')` has the values that an insert could not add.
 */
export function alias<T extends Table>(table: T, name: string): Aliased<T> {
  const known = ALIASES.get(table) ?? new Map<string, object>()
  if (!ALIASES.has(table)) ALIASES.set(table, known)
  const made = known.get(name) ?? aliased(table, name)
  known.set(name, made)
  return made as Aliased<T>
}

function aliased(table: Table, name: string): object {
  const columns = Object.entries(getTableColumns(table)).map(
    ([key, column]) => [key, { value: new Name(`${name}.${identifier(column.name)}`) }] as const,
  )
  const taken = columns.find(([key]) => key === 'strings' || key === 'values')
  if (taken) throw new TypeError(`A column cannot be called ${taken[0]}`)
  return Object.defineProperties(
    new Name(`${identifier(getTableName(table))} ${name}`),
    Object.fromEntries(columns),
  )
}

import type { Database } from '../../db/client.ts'
import { alias, empty, join, type Sql, sql } from '../../db/sql.ts'
import { paperDecisions } from '../../db/tables/decisions.ts'
import { repositories } from '../../db/tables/repositories.ts'
import { badInput, nearestName, quote } from '../../errors.ts'
import { awardNames } from '../record/decision.ts'
import type { DecisionFilter } from './decision-filter.ts'

const d = alias(paperDecisions, 'd')
const r = alias(repositories, 'r')

/** Names as sources print them, which a condition asks for as a whole. */
interface Printed {
  /** What a condition compares of a name. */
  keysOf: (name: string) => string[]
  /** Whether something in the catalogue has a key. */
  isKnown: (key: Sql) => Sql
  /** All names, as often as they are. */
  all: Sql
  /** What is said before a name that nothing has, and where nothing has any. */
  none: string
  empty: string
  /** The facet that counts them. */
  facet: string
}

/** A name without case, and without more than one space in a row. */
export const printedKey = (name: string): string => name.trim().replace(/\s+/g, ' ').toLowerCase()

/** Names that stand one in a row of a table. */
const namesIn = (table: Sql, column: Sql): Pick<Printed, 'keysOf' | 'isKnown' | 'all'> => ({
  keysOf: (name) => [printedKey(name)],
  isKnown: (key) => sql`exists (select from ${table} where lower(${column}) = ${key})`,
  all: sql`select ${column} as name from ${table}`,
})

const PRINTED = {
  language: {
    ...namesIn(sql`${r}`, sql`${r.language}`),
    none: 'no repository in the catalogue is in',
    empty: 'it knows the language of no repository: `paperql sync github` fetches them',
    facet: 'repositoryLanguages',
  },
  award: {
    keysOf: awardNames,
    isKnown: (key) => sql`exists (select from ${d} where ${d.awards} @> array[${key}])`,
    all: sql`select unnest(${d.awards}) as name from ${d}`,
    none: 'no paper in the catalogue has the award',
    empty: 'it knows of no awards',
    facet: 'awards',
  },
  session: {
    ...namesIn(sql`${d}`, sql`${d.session}`),
    none: 'no paper in the catalogue was in the session',
    empty: 'it knows of no sessions',
    facet: 'sessions',
  },
  area: {
    ...namesIn(sql`${d}`, sql`${d.area}`),
    none: 'no paper in the catalogue is in the subject area',
    empty: 'it knows of no subject areas',
    facet: 'areas',
  },
} satisfies Record<string, Printed>

type PrintedKind = keyof typeof PRINTED

/** Names that are asked for, with the argument that holds them. */
export interface AskedNames {
  kind: PrintedKind
  argument: string
  names: readonly string[]
}

interface PrintedFilter {
  repositoryLanguage?: readonly string[] | null | undefined
  decisions?: DecisionFilter | null | undefined
}

/** The printed names of filters, by condition. */
export function printedNamesOf(filters: readonly PrintedFilter[]): AskedNames[] {
  const all = (namesOf: (filter: PrintedFilter) => readonly string[] | null | undefined) =>
    filters.flatMap((filter) => namesOf(filter) ?? [])
  const asked: AskedNames[] = [
    {
      kind: 'language',
      argument: 'filter.repositoryLanguage',
      names: all(({ repositoryLanguage }) => repositoryLanguage),
    },
    {
      kind: 'award',
      argument: 'filter.decisions.awards',
      names: all(({ decisions }) => decisions?.awards),
    },
    {
      kind: 'session',
      argument: 'filter.decisions.sessions',
      names: all(({ decisions }) => decisions?.sessions),
    },
    {
      kind: 'area',
      argument: 'filter.decisions.areas',
      names: all(({ decisions }) => decisions?.areas),
    },
  ]
  return asked.filter(({ names }) => names.length > 0)
}

/** A key that nothing in the catalogue has. */
export interface UnknownKey {
  kind: PrintedKind
  name: string
  id: null
}

/** Further parts of a union, for the keys that nothing in the catalogue has. */
export function unknownKeys(asked: readonly AskedNames[]): Sql {
  const parts = asked.map(({ kind, names }) => {
    const { keysOf, isKnown } = PRINTED[kind]
    return sql` union all select ${kind}::text, n.name, null from unnest(${names.flatMap(keysOf)}::text[]) as n(name)
      where not ${isKnown(sql`n.name`)}`
  })
  return parts.length === 0 ? empty : join(parts, '')
}

/** Most names that a misspelt one is compared with: the most common. */
const MOST_COMPARED = 1000

/** Most unknown names that are reported of one condition. */
const MOST_TOLD = 5

/** The most common names of some kinds: one statement. */
function commonNames(db: Pick<Database, 'query'>, kinds: readonly PrintedKind[]) {
  return db.query<{ kind: string; name: string }>(
    join(
      kinds.map(
        (kind) => sql`(select ${kind}::text as kind, a.name from (${PRINTED[kind].all}) a
          where a.name is not null group by a.name order by count(*) desc, a.name limit ${MOST_COMPARED})`,
      ),
      ' union all ',
    ),
  )
}

/** The name of a kind that a misspelt one is most similar to; null where none is. */
export async function nearPrinted(
  db: Pick<Database, 'query'>,
  kind: PrintedKind,
  name: string,
): Promise<string | null> {
  const known = await commonNames(db, [kind])
  return nearestName(
    name,
    known.map((one) => one.name),
  )
}

/** What is wrong with names of which nothing has a key, given the keys that `unknownKeys` found; with the names that may be meant. */
export async function unknownPrinted(
  db: Database,
  asked: readonly AskedNames[],
  unknown: readonly { kind: string; name: string }[],
): Promise<string[]> {
  const isUnknown = (kind: PrintedKind, name: string) =>
    PRINTED[kind]
      .keysOf(name)
      .every((key) => unknown.some((one) => one.kind === kind && one.name === key))
  const wrong = asked.flatMap(({ kind, argument, names }) =>
    [...new Set(names)]
      .filter((name) => isUnknown(kind, name))
      .slice(0, MOST_TOLD)
      .map((name) => ({ kind, argument, name })),
  )
  if (wrong.length === 0) return []
  const known = await commonNames(db, [...new Set(wrong.map(({ kind }) => kind))])
  return wrong.map(({ kind, argument, name }) => {
    const { none, empty, facet } = PRINTED[kind]
    const names = known.filter((one) => one.kind === kind).map((one) => one.name)
    const near = nearestName(name, names)
    const hint =
      names.length === 0
        ? empty
        : near === null
          ? `expected a value of { papers { facets { ${facet} { value } } } }`
          : `did you mean ${quote(near)}?`
    return `${argument}: ${none} ${quote(name)}; ${hint}${hint.endsWith('?') ? '' : '.'}`
  })
}

/** Throws BAD_USER_INPUT where nothing in the catalogue has one of the names: one statement, or none without names. */
export async function assertPrinted(db: Database, asked: AskedNames): Promise<void> {
  if (asked.names.length === 0) return
  const unknown = await db.query<UnknownKey>(
    sql`select null::text as kind, null::text as name, null as id where false ${unknownKeys([asked])}`,
  )
  if (unknown.length === 0) return
  const wrong = await unknownPrinted(db, [asked], unknown)
  if (wrong.length > 0) throw badInput(wrong.join(' '))
}

import type { Database } from '../../db/client.ts'
import { alias, sql } from '../../db/sql.ts'
import { venues as venuesTable } from '../../db/tables/papers.ts'
import { topics as topicsTable } from '../../db/tables/topics.ts'
import { quote } from '../../errors.ts'

const v = alias(venuesTable, 'v')

/** A name in a filter. */
export interface NamedRow {
  /** The kind of the named entity; `decision` is a venue of decisions. */
  kind: 'topic' | 'venue' | 'decision' | 'author'
  name: string
  /** Null if it is not in the catalogue. */
  id: number | null
}

/** Maximum number of unknown names reported for one filter. */
const MOST_TOLD = 5

/** Maximum length of a name for which similar ones are searched; names in the catalogue are shorter. */
const LONGEST_COMPARED = 100

/** Minimum trigram similarity, the default of the operator `%`. */
const LEAST_LIKENESS = 0.3

/** Messages about unknown names in a filter, with suggestions. */
export async function unknownNames(db: Database, unknown: NamedRow[]): Promise<string[]> {
  if (unknown.length === 0) return []
  const x = alias(topicsTable, 'x')
  const told = unknown.slice(0, MOST_TOLD)
  const compared = told.filter(({ name }) => name.length <= LONGEST_COMPARED)
  const namesOf = (...kinds: string[]) => [
    ...new Set(compared.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name)),
  ]
  const rows = await db.query<{ kind: string; name: string; near: string | null }>(sql`
    select 'topic' as kind, n.name, (
        select ${x.slug} from ${x}, lateral (select lower(${x.name}) = lower(n.name)) as l(is_name)
        where is_name or ${x.slug} % n.name
        order by is_name desc, similarity(${x.slug}, n.name) desc, ${x.paperCount} desc limit 1) as near
      from unnest(${namesOf('topic')}::text[]) as n(name)
    union all
    select 'venue', n.name, (select ${v.slug} from ${v}, lateral (select greatest(similarity(${v.slug}, n.name),
          similarity(${v.nameKey}, n.name), (lower(${v.acronym}) = lower(n.name))::int::real)) as l(likeness)
        where likeness >= ${LEAST_LIKENESS}::real order by likeness desc, ${v.paperCount} desc limit 1)
      from unnest(${namesOf('venue', 'decision')}::text[]) as n(name)`)
  const complaints = told.map(({ kind, name }) =>
    complaint(kind, name, rows.find((row) => row.kind === TABLES[kind] && row.name === name)?.near),
  )
  const others = unknown.length - told.length
  if (others > 0) complaints.push(`${others} more are unknown.`)
  return complaints
}

/** The entity of each kind of name. */
const TABLES = { topic: 'topic', venue: 'venue', decision: 'venue', author: 'author' } as const

export const isNamed = (row: { kind: string }): row is NamedRow => Object.hasOwn(TABLES, row.kind)

function complaint(kind: NamedRow['kind'], name: string, near: string | null | undefined): string {
  if (kind === 'author') return `filter.authors: no author ${quote(name)} in the catalogue.`
  const of = TABLES[kind]
  const hint = near
    ? `; did you mean ${quote(near)}?`
    : `; expected a slug of { ${of}s { nodes { slug } } }.`
  const path = kind === 'decision' ? 'decisions.venues' : `${kind}s`
  return `filter.${path}: no ${of} has the slug ${quote(name)}${hint}`
}

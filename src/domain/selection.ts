import sql, { join, raw, type Sql } from 'sql-template-tag'

/** Which values of an entity somebody asks for. Its id is always read. */
export interface Selection {
  columns: ReadonlySet<string>
  relations: ReadonlyMap<string, RelationSelection>
}

/** A small list, or a single other entity, that is read in the same statement. */
export interface RelationSelection {
  /** Rows wanted, 0 to 100; of no meaning for a single entity. */
  limit: number
  selection: Selection
}

/** How the values of an entity are written in SQL, given the alias its table has in every statement. */
export interface Entity {
  id: Sql
  columns: Readonly<Record<string, Sql>>
  relations: Readonly<Record<string, (relation: RelationSelection) => Sql>>
}

export const NOTHING: Selection = { columns: new Set(), relations: new Map() }

type Value = [name: string, expression: Sql]

/** The select list of an entity's row: `id` first, each value under its own name. */
export function selectList(entity: Entity, selection: Selection): Sql {
  return cached(lists, entity, selection, () =>
    join(valuesOf(entity, selection).map(([name, value]) => sql`${value} as ${raw(`"${name}"`)}`)),
  )
}

/** The same as one JSON object. */
export function jsonObject(entity: Entity, selection: Selection): Sql {
  return cached(objects, entity, selection, () => {
    const pairs = valuesOf(entity, selection).map(
      ([name, value]) => sql`${raw(`'${name}'`)}, ${value}`,
    )
    return sql`json_build_object(${join(pairs)})`
  })
}

function valuesOf(entity: Entity, selection: Selection): Value[] {
  const values: Value[] = [['id', entity.id]]
  for (const name of selection.columns) {
    const column = entity.columns[name]
    if (column) values.push([name, column])
  }
  for (const [name, relation] of selection.relations) {
    const write = entity.relations[name]
    if (write) values.push([name, write(relation)])
  }
  return values
}

type Cache = WeakMap<Entity, WeakMap<Selection, Sql>>
const lists: Cache = new WeakMap()
const objects: Cache = new WeakMap()

/** A selection is made once per operation and used by every request of it. */
function cached(cache: Cache, entity: Entity, selection: Selection, write: () => Sql): Sql {
  const bySelection = cache.get(entity) ?? new WeakMap<Selection, Sql>()
  if (!cache.has(entity)) cache.set(entity, bySelection)
  const known = bySelection.get(selection)
  if (known) return known
  const written = write()
  bySelection.set(selection, written)
  return written
}

/** Columns of a table, each under the name it has in TypeScript: `columns('p', 'eventYear')` reads `p.event_year`. */
export function columns(alias: string, ...names: string[]): Record<string, Sql> {
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return Object.fromEntries(names.map((name) => [name, raw(`${alias}.${snake(name)}`)]))
}

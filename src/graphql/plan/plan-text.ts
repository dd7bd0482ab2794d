import sql, { type Sql } from 'sql-template-tag'
import {
  arrayText,
  type ConnectionMember,
  connectionText,
  cursorText,
  globalIdText,
  isPageMember,
  JSON_FORMS,
  type JsonText,
  objectText,
  orNull,
  type PageMember,
  rowText,
  rowTextOrNull,
  textSql,
} from '../../sql/json-text.ts'
import { firstRows } from '../../sql/keyset.ts'
import type { Source } from '../../sql/list.ts'
import type { Entity, JsonList, Relation } from '../../sql/selection.ts'
import type { MemberPlan, ObjectPlan, ValueOf } from './read-plan.ts'

/** Thrown if a plan contains a field that Postgres cannot write and its resolver must answer. */
export class NotCovered extends Error {
  constructor(field: string) {
    super(`${field} has to be answered by its resolver`)
  }
}

/** Maximum nested long lists in one statement: each level multiplies its work. */
const MOST_LONG_LISTS = 2

/** The enclosing type and the number of long lists around it. */
interface Place {
  type: string
  depth: number
}

/**
 * The statement with which Postgres writes the JSON of a query field whose rows come from `source`; it returns null if there are no rows.
 * `condition` combines all conditions of the source. Throws `NotCovered` if Postgres cannot write the JSON.
 */
export function statementOf(member: MemberPlan, source: Source, condition: Sql): Sql {
  const object = onlyObject(member) ?? refuse('Query', member)
  if (!('page' in source)) {
    const row = rowObjectText(object, source.entity, 0)
    return sql`select ${rowText(row, source.from, condition)}`
  }
  const members = connectionMembers(object, source, 1)
  if (members.every(([, { kind }]) => kind === 'other')) refuse('Query', member)
  const text = connectionText({ ...source, condition }, source.page, members, true)
  return sql`select ${textSql(text)}`
}

/** The JSON object of an entity's row; the statement contains its table under its alias. */
function rowObjectText({ type, members }: ObjectPlan, entity: Entity, depth: number): JsonText {
  return objectText(
    members.map((member) => [member.key, valueText({ type, depth }, member, entity)]),
  )
}

function valueText(place: Place, member: MemberPlan, entity: Entity): JsonText {
  const { value } = member
  switch (value.kind) {
    case 'typename':
      return [JSON.stringify(place.type)]
    case 'globalId':
      return globalIdText(value.of, entity.id)
    case 'column':
      return columnText(place, member, value, entity)
    case 'one':
      return oneText(place, member, value.relation, value.isNullable, entity)
    case 'list':
      return listText(place, member, value, entity)
    case 'page':
      return pageText(place, member, value, entity)
    default:
      return refuse(place.type, member)
  }
}

function columnText(
  place: Place,
  member: MemberPlan,
  { column: name, form, isNullable }: ValueOf<'column'>,
  entity: Entity,
): JsonText {
  const column = name === 'id' ? entity.id : entity.columns[name]
  if (!column || !form) return refuse(place.type, member)
  const text = JSON_FORMS[form](column, entity.plainUrls?.[name])
  return [isNullable ? orNull(text) : text]
}

/** The object that a relation leads to. */
function oneText(
  place: Place,
  member: MemberPlan,
  name: string,
  isNullable: boolean,
  entity: Entity,
): JsonText {
  const relation: Relation | undefined = entity.relations[name]
  const object = onlyObject(member)
  if (!object || !relation || relation.kind === 'list') return refuse(place.type, member)
  const text = rowObjectText(object, relation.entity, place.depth)
  if (relation.kind === 'joined') return text
  const write = isNullable ? rowTextOrNull : rowText
  return [write(text, relation.from, relation.condition)]
}

function listText(
  place: Place,
  member: MemberPlan,
  { relation, isWhole }: ValueOf<'list'>,
  entity: Entity,
): JsonText {
  const list = listOf(entity, relation)
  const object = onlyObject(member)
  if (!object || !list || !isWhole) return refuse(place.type, member)
  return arrayText(list, rowObjectText(object, list.entity, place.depth))
}

function pageText(
  place: Place,
  member: MemberPlan,
  { relation, limit, isLong, count }: ValueOf<'page'>,
  entity: Entity,
): JsonText {
  const list = listOf(entity, relation)
  const object = onlyObject(member)
  const depth = place.depth + (isLong ? 1 : 0)
  if (!object || !list || depth > MOST_LONG_LISTS) return refuse(place.type, member)
  const counted = count === undefined ? {} : { count: entity.columns[count] }
  const members = connectionMembers(object, { ...list, ...counted }, depth)
  return connectionText(list, firstRows(limit), members)
}

function listOf({ relations }: Entity, name: string): JsonList | undefined {
  const relation = relations[name]
  return relation?.kind === 'list' ? relation.list() : undefined
}

/** The list of a connection, and the column with its length. */
type CountedList = Pick<JsonList, 'entity' | 'order'> & { count?: Sql | undefined }

function connectionMembers(
  { type, members }: ObjectPlan,
  list: CountedList,
  depth: number,
): ConnectionMember[] {
  return members.map((member): ConnectionMember => {
    const { key, value } = member
    if (value.kind === 'typename') return [key, { kind: 'other', text: [JSON.stringify(type)] }]
    const object = onlyObject(member)
    const part = value.kind === 'part' ? value.part : undefined
    if (part === 'totalCount' && list.count)
      return [key, { kind: 'other', text: [JSON_FORMS.whole(list.count)] }]
    if (part === 'pageInfo' && object) return [key, { kind: 'page', members: pageMembers(object) }]
    if (part === 'nodes')
      return [key, { kind: 'rows', row: [textSql(nodeText({ type, depth }, member, list.entity))] }]
    if (part === 'edges' && object)
      return [key, { kind: 'rows', row: [textSql(edgeText(object, list, depth))] }]
    return refuse(type, member)
  })
}

function pageMembers({ type, members }: ObjectPlan): (readonly [string, PageMember])[] {
  return members.map((member) => {
    const { key, value } = member
    if (value.kind === 'typename') return [key, [JSON.stringify(type)]]
    return [
      key,
      value.kind === 'part' && isPageMember(value.part) ? value.part : refuse(type, member),
    ]
  })
}

function edgeText({ type, members }: ObjectPlan, list: CountedList, depth: number): JsonText {
  const place = { type, depth }
  return objectText(
    members.map((member) => {
      const { key, value } = member
      const part = value.kind === 'part' ? value.part : undefined
      if (part === 'cursor') return [key, cursorText(list.order)]
      if (part === 'node') return [key, nodeText(place, member, list.entity)]
      return [key, valueText(place, member, list.entity)]
    }),
  )
}

/** The node of a row: what the row links to, or the row itself. */
function nodeText(place: Place, member: MemberPlan, entity: Entity): JsonText {
  const { value } = member
  const object = onlyObject(member)
  if (!object || value.kind !== 'part') return refuse(place.type, member)
  if (value.through === undefined) return rowObjectText(object, entity, place.depth)
  return oneText(place, member, value.through, false, entity)
}

/** The plan of the objects that a member returns, if they are all of one type. */
function onlyObject({ objects }: MemberPlan): ObjectPlan | undefined {
  return objects.length === 1 ? objects[0] : undefined
}

function refuse(type: string, { field }: MemberPlan): never {
  throw new NotCovered(`${type}.${field}`)
}

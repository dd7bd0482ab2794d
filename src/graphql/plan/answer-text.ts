import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import type { Sql } from 'sql-template-tag'
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
import type { Entity, JsonList, Relation } from '../../sql/selection.ts'
import { columnOf, type FieldReads } from './lookahead.ts'
import { type Field, limitOf, type Member, membersOf, type Walk } from './selected.ts'

/** Thrown where a selection asks for what Postgres cannot write. */
export const NOT_COVERED = new Error('This selection has to be answered by resolvers')

/** Long lists within one another that one statement may read: each multiplies its work. */
const MOST_LONG_LISTS = 2

/** What is at hand where a text is written. */
interface Place {
  walk: Walk
  /** How many long lists it lies in. */
  depth: number
}

/** The object that a query makes of an entity's row, whose table stands in the statement under its alias. */
export function rowObjectText(
  place: Place,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  entity: Entity,
): JsonText {
  return objectText(
    membersOf(place.walk, type, nodes).map((member) => [
      member.key,
      fieldText(place, type, member, entity),
    ]),
  )
}

function fieldText(
  place: Place,
  type: GraphQLObjectType,
  member: Member,
  entity: Entity,
): JsonText {
  const { field } = member
  if (!field) return [JSON.stringify(type.name)]
  const { globalId, embeds } = field.extensions as FieldReads
  if (globalId) return globalIdText(globalId, entity.id)
  if (embeds) return relatedText(place, field, member, entity, embeds)
  const name = columnOf(field)
  const column = name === 'id' ? entity.id : entity.columns[name ?? '']
  return column ? valueText(field.type, column) : refuse()
}

/** A column's value as the JSON of its GraphQL type. */
function valueText(output: GraphQLOutputType, column: Sql): JsonText {
  const type = isNonNullType(output) ? output.ofType : output
  const form = isEnumType(type)
    ? type.getValues().every(({ name, value }) => name === String(value).toUpperCase()) && 'word'
    : FORM_OF_SCALAR[String(type)]
  if (!form) return refuse()
  const text = JSON_FORMS[form](column)
  return [type === output ? orNull(text) : text]
}

const FORM_OF_SCALAR: Record<string, keyof typeof JSON_FORMS> = {
  String: 'text',
  Int: 'whole',
  Float: 'number',
  Boolean: 'boolean',
  Date: 'day',
  DateTime: 'instant',
  URL: 'url',
  '[String!]': 'texts',
  '[URL!]': 'urls',
}

function relatedText(
  place: Place,
  field: Field,
  { nodes }: Member,
  entity: Entity,
  embeds: NonNullable<FieldReads['embeds']>,
): JsonText {
  const relation = entity.relations[embeds.relation] ?? refuse()
  const type = getNamedType(field.type)
  if (!isObjectType(type)) return refuse()
  if (embeds.kind === 'object')
    return relationText(place, relation, type, nodes, isNonNullType(field.type))
  if (relation.kind !== 'list') return refuse()
  const list = relation.list()
  if (embeds.kind === 'list') {
    if (nodes[0].arguments?.length) return refuse()
    return arrayText(list, rowObjectText(place, type, nodes, list.entity))
  }
  const limit = limitOf(place.walk, nodes[0], field, embeds.fits)
  if (limit === null) return refuse()
  // What may be long says when it fits.
  const depth = place.depth + (embeds.fits ? 1 : 0)
  if (depth > MOST_LONG_LISTS) return refuse()
  const count = embeds.count === undefined ? undefined : entity.columns[embeds.count]
  const members = connectionMembers({ ...place, depth }, type, nodes, list, count)
  return connectionText(list, firstRows(limit), members)
}

function relationText(
  place: Place,
  relation: Relation,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  isCertain: boolean,
): JsonText {
  if (relation.kind === 'list') return refuse()
  const text = rowObjectText(place, type, nodes, relation.entity)
  if (relation.kind === 'joined') return text
  const write = isCertain ? rowText : rowTextOrNull
  return [write(text, relation.from, relation.condition)]
}

/** What a query asks of a connection of this list, of which `count` says how long it is. */
export function connectionMembers(
  place: Place,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  list: Pick<JsonList, 'entity' | 'order'>,
  count?: Sql,
): ConnectionMember[] {
  return membersOf(place.walk, type, nodes).map(({ key, name, field, nodes }): ConnectionMember => {
    if (!field) return [key, { kind: 'other', text: [JSON.stringify(type.name)] }]
    const inner = getNamedType(field.type)
    if (name === 'totalCount' && count)
      return [key, { kind: 'other', text: [JSON_FORMS.whole(count)] }]
    if (!isObjectType(inner)) return refuse()
    if (name === 'pageInfo')
      return [key, { kind: 'page', members: pageMembers(place, inner, nodes) }]
    if (!isListType(isNonNullType(field.type) ? field.type.ofType : field.type)) return refuse()
    if (name === 'nodes')
      return [
        key,
        { kind: 'rows', row: [textSql(nodeText(place, field, inner, nodes, list.entity))] },
      ]
    if (name === 'edges')
      return [key, { kind: 'rows', row: [textSql(edgeText(place, inner, nodes, list))] }]
    return refuse()
  })
}

function pageMembers(
  { walk }: Place,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
): (readonly [string, PageMember])[] {
  return membersOf(walk, type, nodes).map(({ key, name, field }) => {
    if (!field) return [key, [JSON.stringify(type.name)]]
    return [key, isPageMember(name) ? name : refuse()]
  })
}

function edgeText(
  place: Place,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  list: Pick<JsonList, 'entity' | 'order'>,
): JsonText {
  return objectText(
    membersOf(place.walk, type, nodes).map((member) => {
      const { key, name, field, nodes } = member
      const inner = field && getNamedType(field.type)
      if (name === 'cursor') return [key, cursorText(list.order)]
      if (name === 'node' && isObjectType(inner))
        return [key, nodeText(place, field as Field, inner, nodes, list.entity)]
      return [key, fieldText(place, type, member, list.entity)]
    }),
  )
}

/** The node of a row: what the row is linked with, or the row itself. */
function nodeText(
  place: Place,
  field: Field,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  entity: Entity,
): JsonText {
  const { through } = field.extensions as FieldReads
  if (!through) return rowObjectText(place, type, nodes, entity)
  return relationText(place, entity.relations[through] ?? refuse(), type, nodes, true)
}

function refuse(): never {
  throw NOT_COVERED
}

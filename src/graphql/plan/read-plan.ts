import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getArgumentValues,
  getNamedType,
  isCompositeType,
  isEnumType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import type { NodeType } from '../../sql/global-id.ts'
import type { JsonForm } from '../../sql/json-text.ts'
import type { Source } from '../../sql/list.ts'
import { keyOfNodes } from '../loaders.ts'
import { DEFAULT_PAGE, MOST_ROWS } from '../page-size.ts'
import { type ConnectionPart, declarationOf } from './declare.ts'
import { possibleTypes } from './document.ts'
import { type Member, membersOf, type Query } from './selected.ts'

/** What a query reads: built in one walk, and the same for Postgres and for resolvers. */
export interface ReadPlan {
  /** The query root. */
  readonly root: ObjectPlan
  /** The plan of the objects of one type that the field of these nodes returns. */
  objectOf(type: string, nodes: readonly FieldNode[]): ObjectPlan
}

/** An object of the answer, or all objects at one place. */
export interface ObjectPlan {
  /** Name of the type. */
  readonly type: string
  /** In the order of the answer. */
  readonly members: readonly MemberPlan[]
}

export interface MemberPlan {
  /** Response name. */
  readonly key: string
  /** Field name in the schema. */
  readonly field: string
  readonly nodes: readonly FieldNode[]
  readonly value: ValuePlan
  /** What is selected on the returned objects, for each possible type. */
  readonly objects: readonly ObjectPlan[]
}

/** Where a value comes from. */
export type ValuePlan =
  | { kind: 'typename' }
  | { kind: 'globalId'; of: NodeType }
  /** `form` is its JSON form; undefined if only its resolver knows it. */
  | { kind: 'column'; column: string; form: JsonForm | undefined; isNullable: boolean }
  | { kind: 'one'; relation: string; isNullable: boolean }
  /** `isWhole` is false if arguments select among the entries, which its resolver does. */
  | { kind: 'list'; relation: string; isWhole: boolean }
  /** The first `limit` rows. */
  | { kind: 'page'; relation: string; limit: number; isLong: boolean; count: string | undefined }
  | { kind: 'part'; part: ConnectionPart; reads: readonly string[]; through: string | undefined }
  /** `isAside`: it needs no rows of its connection. */
  | { kind: 'resolver'; reads: readonly string[]; isAside: boolean }
  | {
      kind: 'source'
      source: (args: never) => Source | null
      field: GraphQLField<unknown, unknown>
    }

export type ValueOf<Kind extends ValuePlan['kind']> = Extract<ValuePlan, { kind: Kind }>

/** Walks a valid query. Objects selected by the same nodes are planned once, however many places use them. */
export function createReadPlan(query: Query): ReadPlan {
  const { schema, operation } = query
  const known = new Map<string, ObjectPlan>()
  const plan = (type: GraphQLObjectType, nodes: Parameters<typeof membersOf>[2]): ObjectPlan => ({
    type: type.name,
    members: membersOf(query, type, nodes).map((member) => ({
      key: member.key,
      field: member.name,
      nodes: member.nodes,
      value: valueFor(query, member),
      objects: member.field
        ? possibleTypes(schema, getNamedType(member.field.type)).map((one) =>
            objectOf(one, member.nodes),
          )
        : [],
    })),
  })
  const objectOf = (type: GraphQLObjectType, nodes: readonly FieldNode[]): ObjectPlan => {
    const key = `${type.name} ${keyOfNodes(nodes)}`
    const made = known.get(key) ?? plan(type, nodes)
    known.set(key, made)
    return made
  }
  const root = schema.getRootType(operation.operation)
  return {
    root: root ? plan(root, [operation]) : { type: 'Query', members: [] },
    objectOf(name, nodes) {
      const type = schema.getType(name)
      return isObjectType(type) ? objectOf(type, nodes) : { type: name, members: [] }
    },
  }
}

function valueFor(query: Query, { name, field, nodes }: Member): ValuePlan {
  if (name === '__typename') return { kind: 'typename' }
  if (!field) return resolverOf([])
  const declared = declarationOf(field)
  const isNullable = !isNonNullType(field.type)
  if (declared.column !== undefined) {
    const { column } = declared
    if (isCompositeType(getNamedType(field.type))) return resolverOf([column])
    return { kind: 'column', column, form: formOf(field.type), isNullable }
  }
  if (declared.globalId) return { kind: 'globalId', of: declared.globalId }
  if (declared.one !== undefined) return { kind: 'one', relation: declared.one, isNullable }
  if (declared.list !== undefined)
    return { kind: 'list', relation: declared.list, isWhole: !nodes[0].arguments?.length }
  if (declared.page) {
    const { relation, count, fits } = declared.page
    const limit = limitOf(query, field, nodes[0], fits)
    if (limit === null) return resolverOf(count === undefined ? [] : [count])
    return { kind: 'page', relation, limit, isLong: fits !== undefined, count }
  }
  if (declared.part) {
    const { is, reads = [], through } = declared.part
    return { kind: 'part', part: is, reads, through }
  }
  if (declared.source) return { kind: 'source', source: declared.source, field }
  if (declared.resolverAside) return { kind: 'resolver', reads: [], isAside: true }
  return resolverOf(declared.resolver ?? [])
}

const resolverOf = (reads: readonly string[]): ValuePlan => ({
  kind: 'resolver',
  reads,
  isAside: false,
})

/** The JSON form of a value of this type; undefined if Postgres cannot write it. */
function formOf(output: GraphQLOutputType): JsonForm | undefined {
  const type = isNonNullType(output) ? output.ofType : output
  if (!isEnumType(type)) return FORM_OF_SCALAR[String(type)]
  const isWord = type.getValues().every(({ name, value }) => name === String(value).toUpperCase())
  return isWord ? 'word' : undefined
}

const FORM_OF_SCALAR: Record<string, JsonForm> = {
  String: 'text',
  Int: 'whole',
  Float: 'number',
  Boolean: 'boolean',
  Date: 'day',
  DateTime: 'instant',
  URL: 'url',
  '[String!]': 'texts',
}

/** Number of rows that a connection field asks for from the start of the list; null if it asks for other rows. */
function limitOf(
  { variableValues }: Query,
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  fits: (args: Record<string, unknown>) => boolean = () => true,
): number | null {
  try {
    const args = getArgumentValues(field, node, variableValues)
    const { first, after, last, before } = args
    if (after != null || last != null || before != null || !fits(args)) return null
    const limit = (first as number | null | undefined) ?? DEFAULT_PAGE
    return limit >= 0 && limit <= MOST_ROWS ? limit : null
  } catch {
    // The resolver reports the invalid argument.
    return null
  }
}

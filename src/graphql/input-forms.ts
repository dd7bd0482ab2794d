import {
  type DocumentNode,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isInputObjectType,
  isInputType,
  isListType,
  Kind,
  type ObjectFieldNode,
  type ObjectValueNode,
  type OperationDefinitionNode,
  TypeInfo,
  type TypeNode,
  typeFromAST,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql'

/*
 * The schema gives each input field one type, which tools use to check and complete it. The server also accepts the form that users of
 * other APIs try first: `topics: { any: ["a"] }` for `topics: ["a"]`, and `order: CITATIONS` for `order: { field: CITATIONS }`. Documents
 * and variables are rewritten to the schema's form before validation.
 */

/** Options of a list field of an input type: which fields an object in place of the list stands for. */
export const withObjectForm = (objectForm: Readonly<Record<string, string>>) => ({
  extensions: { objectForm },
})

/** Options of an input type: the field that a value which is not an object stands for. */
export const withShortForm = (shortForm: string) => ({ extensions: { shortForm } })

type Values = Readonly<Record<string, unknown>>

/** The document in the schema's forms. Errors keep their positions in the original text. */
export function toSchemaForm(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
  const typeInfo = new TypeInfo(schema)
  const variables = variableTypes(document)
  return visit(
    document,
    visitWithTypeInfo(typeInfo, {
      enter(node) {
        const type = getNullableType(typeInfo.getInputType())
        if (!isInputObjectType(type)) return undefined
        if (node.kind === Kind.OBJECT) return flattened(node, type)
        return isValue(node) && isShort(node, type, variables) ? wrapped(node, type) : undefined
      },
    }),
  )
}

/** Names of the types of each variable, without `!`. */
function variableTypes({ definitions }: DocumentNode): Map<string, string> {
  const types = new Map<string, string>()
  for (const definition of definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION)
      for (const { variable, type } of definition.variableDefinitions ?? [])
        types.set(variable.name.value, namedWithoutList(type))
  return types
}

function namedWithoutList(type: TypeNode): string {
  const inner = type.kind === Kind.NON_NULL_TYPE ? type.type : type
  return inner.kind === Kind.NAMED_TYPE ? inner.name.value : ''
}

const VALUES = new Set<string>([Kind.ENUM, Kind.STRING, Kind.INT, Kind.FLOAT, Kind.VARIABLE])
const isValue = (node: { kind: string }): node is ValueNode => VALUES.has(node.kind)

function isShort(node: ValueNode, type: GraphQLInputObjectType, variables: Map<string, string>) {
  const field = type.getFields()[shortFormOf(type) ?? '']
  if (!field || node.kind !== Kind.VARIABLE) return field !== undefined
  return variables.get(node.name.value) === String(getNullableType(field.type))
}

const shortFormOf = ({ extensions }: GraphQLInputObjectType) =>
  extensions.shortForm as string | undefined

function wrapped(value: ValueNode, type: GraphQLInputObjectType): ObjectValueNode {
  return withLocation(
    { kind: Kind.OBJECT, fields: [fieldOf(shortFormOf(type) ?? '', value)] },
    value,
  )
}

function fieldOf(name: string, value: ValueNode): ObjectFieldNode {
  return withLocation(
    { kind: Kind.OBJECT_FIELD, name: withLocation({ kind: Kind.NAME, value: name }, value), value },
    value,
  )
}

const withLocation = <Node extends object>(node: Node, { loc }: ValueNode) =>
  loc ? { ...node, loc } : node

function flattened(
  node: ObjectValueNode,
  type: GraphQLInputObjectType,
): ObjectValueNode | undefined {
  const flat = node.fields.map((field) => {
    const { value } = field
    const names = objectFormOf(type, field.name.value)
    if (!names || value.kind !== Kind.OBJECT) return [field]
    const isKnown = value.fields.every(({ name }) => Object.hasOwn(names, name.value))
    return isKnown
      ? value.fields.map((one) => fieldOf(names[one.name.value] ?? '', one.value))
      : [field]
  })
  const isChanged = flat.some(([first], i) => first !== node.fields[i])
  return isChanged ? { ...node, fields: flat.flat() } : undefined
}

/** The fields that an object in place of a list stands for; undefined if no object is accepted. */
export function objectFormOf(type: GraphQLInputObjectType, field: string) {
  const fields = type.getFields()
  const { extensions } = (Object.hasOwn(fields, field) && fields[field]) || {}
  return extensions?.objectForm as Readonly<Record<string, string>> | undefined
}

/** Returns a function that rewrites the variables of an operation to the schema's forms; undefined if none has other forms. */
export function variablesToSchemaForm(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): (<Given extends Values | null | undefined>(given: Given) => Given) | undefined {
  const readers = variableDefinitions.flatMap(({ variable, type }) => {
    const known = typeFromAST(schema, type as never)
    const read = isInputType(known) ? readerOf(known) : undefined
    return read ? [{ name: variable.name.value, read }] : []
  })
  if (readers.length === 0) return undefined
  return (given) => given && changed(given, readers)
}

type Reader = (value: unknown) => unknown

const readers = new WeakMap<GraphQLInputObjectType, Reader | undefined>()

/** Returns a function that rewrites values of a type; undefined if the type has one form only. */
function readerOf(type: GraphQLInputType): Reader | undefined {
  const inner = getNullableType(type)
  if (isListType(inner)) {
    const read = readerOf(inner.ofType)
    return read && ((value) => (Array.isArray(value) ? value.map(read) : read(value)))
  }
  if (!isInputObjectType(inner)) return undefined
  // Set first, because a type may contain itself.
  if (!readers.has(inner)) readers.set(inner, undefined).set(inner, readerOfObject(inner))
  return readers.get(inner)
}

function readerOfObject(type: GraphQLInputObjectType): Reader | undefined {
  const short = shortFormOf(type)
  const fields = Object.values(type.getFields()).flatMap(({ name, type }) => {
    const read = readerOf(type)
    return read ? [{ name, read }] : []
  })
  const forms = Object.keys(type.getFields()).flatMap((name) => {
    const names = objectFormOf(type, name)
    return names ? [{ name, names }] : []
  })
  if (short === undefined && fields.length + forms.length === 0) return undefined
  return (value) => {
    if (isRecord(value)) return flatValue(changed(value, fields), forms)
    return short === undefined || value == null || Array.isArray(value) ? value : { [short]: value }
  }
}

/** Returns the same object if nothing changes. */
function changed<Given extends Values>(
  values: Given,
  readers: readonly { name: string; read: Reader }[],
): Given {
  let result = values
  for (const { name, read } of readers) {
    if (!Object.hasOwn(values, name)) continue
    const value = read(values[name])
    if (value !== values[name]) result = { ...result, [name]: value }
  }
  return result
}

function flatValue(
  given: Values,
  forms: readonly { name: string; names: Readonly<Record<string, string>> }[],
): Values {
  let result = given
  for (const { name, names } of forms) {
    const value = given[name]
    if (!isRecord(value)) continue
    const keys = Object.keys(value)
    const others = new Set(Object.keys(result).filter((key) => key !== name))
    // A field given in both forms is left unchanged, and validation refuses it.
    if (!keys.every((key) => Object.hasOwn(names, key) && !others.has(names[key] ?? ''))) continue
    const { [name]: _, ...rest } = result
    result = { ...rest, ...Object.fromEntries(keys.map((key) => [names[key], value[key]])) }
  }
  return result
}

/** Whether a JSON value is an object. */
export const isRecord = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

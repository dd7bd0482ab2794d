import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  type NamedTypeNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  TypeInfo,
  typeFromAST,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql'

/** Most fields a compiled operation may have, counted once per type that a field may turn out to be. */
const MOST_FIELDS = 1000

/** The compiler recurses and walks each subtree again at each level. */
const MOST_LEVELS = 40

/**
 * Response names that the compiler can be trusted with. It names its functions by joining those of a path with `_`,
 * so `a_b` would be taken for `b` within `a`, and `__proto__` sets a prototype instead of a property.
 */
const PLAIN_NAME = /^(?:[A-Za-z][A-Za-z0-9]*|__typename)$/

/**
 * The compiler writes argument values into the source of a function, and strings that begin like this as expressions
 * (`new Date(…)` around the rest of the string): a client could run code of its own.
 */
const MARKER = '__MAGIC_'

/**
 * How many fields the compiled form of a valid operation would have, or undefined where it must be interpreted:
 * where the compiler is unsafe, would take too long, or is known to answer otherwise than graphql-js.
 */
export function compiledFieldCount(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): number | undefined {
  if (!isPlainDocument(schema, document, operation)) return undefined
  const root = schema.getRootType(operation.operation)
  if (!root) return undefined
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition)
  const budget = { left: MOST_FIELDS }
  const count: Count = { schema, fragments, budget }
  for (const { type } of operation.variableDefinitions ?? [])
    if (!spendInput(count, typeFromAST(schema, type as NamedTypeNode))) return undefined
  const fits = spend(count, operation.selectionSet, root.name, 1, 0)
  return fits ? MOST_FIELDS - budget.left : undefined
}

interface Count {
  schema: GraphQLSchema
  fragments: Map<string, FragmentDefinitionNode>
  budget: { left: number }
}

/** Takes the fields of a selection from the budget, as often as the compiler would write them. */
function spend(
  count: Count,
  selectionSet: SelectionSetNode,
  typeName: string,
  times: number,
  level: number,
): boolean {
  if (level > MOST_LEVELS) return false
  for (const selection of selectionSet.selections) {
    count.budget.left -= times
    if (count.budget.left < 0) return false
    if (selection.kind === Kind.FIELD) {
      if (!spendField(count, selection, typeName, times, level)) return false
      continue
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? count.fragments.get(selection.name.value)
        : selection
    if (!fragment) return false
    const condition = fragment.typeCondition?.name.value ?? typeName
    if (!spend(count, fragment.selectionSet, condition, times, level + 1)) return false
  }
  return true
}

function spendField(
  count: Count,
  field: FieldNode,
  typeName: string,
  times: number,
  level: number,
): boolean {
  if (!PLAIN_NAME.test((field.alias ?? field.name).value)) return false
  if (!field.selectionSet) return true
  const parent = count.schema.getType(typeName)
  if (!isObjectType(parent) && !isInterfaceType(parent)) return false
  const definition = parent.getFields()[field.name.value]
  if (!definition) return false
  const type = getNamedType(definition.type)
  const copies = isAbstractType(type) ? count.schema.getPossibleTypes(type).length : 1
  return spend(count, field.selectionSet, type.name, times * copies, level + 1)
}

/** Takes the fields of a variable from the budget; those of a type within itself, which have no end, exceed it. */
function spendInput(count: Count, type: GraphQLType | undefined): boolean {
  const named = getNamedType(type)
  if (!isInputObjectType(named)) return true
  for (const field of Object.values(named.getFields())) {
    count.budget.left -= 1
    if (count.budget.left < 0 || !spendInput(count, field.type)) return false
  }
  return true
}

/**
 * Whether every literal reads as plain JSON without the compiler's marker, and nothing is under a condition: where
 * fields or fragments under @skip and @include meet others of their name, the compiler takes one condition for all.
 * A field of a literal object whose variable is not given would be null to it, not absent.
 */
function isPlainDocument(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): boolean {
  const types = new TypeInfo(schema)
  const certain = new Set<string>()
  for (const { variable, type } of operation.variableDefinitions ?? [])
    if (type.kind === Kind.NON_NULL_TYPE) certain.add(variable.name.value)
  let isPlain = true
  const check = (node: ValueNode) => {
    const type = getNamedType(types.getInputType())
    if (node.kind === Kind.STRING && node.value.includes(MARKER)) isPlain = false
    else if (isEnumType(type) && node.kind === Kind.ENUM)
      isPlain &&= isPlainValue(type.getValue(node.value)?.value)
    else if (isScalarType(type) && !isSpecifiedScalarType(type) && node.kind !== Kind.VARIABLE)
      isPlain &&= isPlainValue(type.parseLiteral(node))
  }
  visit(
    document,
    visitWithTypeInfo(types, {
      StringValue: check,
      IntValue: check,
      FloatValue: check,
      BooleanValue: check,
      EnumValue: check,
      ListValue: check,
      ObjectValue: check,
      Directive: () => {
        isPlain = false
      },
      ObjectField: ({ value }) => {
        if (value.kind === Kind.VARIABLE && !certain.has(value.name.value)) isPlain = false
      },
      Variable: (node) => {
        if (node.name.value === '__proto__') isPlain = false
      },
    }),
  )
  return isPlain
}

function isPlainValue(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes(MARKER)
  return typeof value === 'boolean' || Number.isFinite(value)
}

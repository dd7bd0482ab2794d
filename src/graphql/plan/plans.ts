import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql'
import { fragmentsIn } from './document.ts'
import { createReadPlan, type ReadPlan } from './read-plan.ts'
import type { Query } from './selected.ts'

type Fragments = Query['fragments']
type Values = Query['variableValues']

/** The plans of an operation. It has one for all requests, unless its selection depends on variables. */
export interface Plans {
  forValues(values: Values): ReadPlan
}

/** Maximum cached plans of an operation, one for each combination of the variables that they depend on. */
const MOST_KEPT = 20

/** Plans for longer values are not cached; only resolvers read arguments with such values. */
const LONGEST_KEY = 2000

const byOperation = new WeakMap<OperationDefinitionNode, Plans>()

/** The plan of the current operation. */
export function planOf(query: Query): ReadPlan {
  return plansOf(query.schema, query.fragments, query.operation).forValues(query.variableValues)
}

export function plansOf(
  schema: GraphQLSchema,
  fragments: Fragments,
  operation: OperationDefinitionNode,
): Plans {
  const known = byOperation.get(operation)
  if (known) return known
  const made = createPlans(schema, fragments, operation)
  byOperation.set(operation, made)
  return made
}

/** The fragments of a valid document, as resolvers get them. */
export const fragmentsOf = (document: DocumentNode): Fragments =>
  Object.fromEntries(fragmentsIn(document))

/** Executes an operation that has some fields of another one with the other's plans. */
export function sharePlans(part: OperationDefinitionNode, plans: Plans): void {
  byOperation.set(part, plans)
}

function createPlans(
  schema: GraphQLSchema,
  fragments: Fragments,
  operation: OperationDefinitionNode,
): Plans {
  const names = variablesWithin(fragments, operation)
  const byKey = new Map<string, ReadPlan>()
  // All parents of a field are resolved with the same object of values.
  const byValues = new WeakMap<Values, ReadPlan>()
  const make = (values: Values): ReadPlan => {
    const key = names.map((name) => JSON.stringify(values[name])).join()
    const known = byKey.get(key)
    if (known) return known
    const made = createReadPlan({ schema, fragments, operation, variableValues: values })
    if (byKey.size >= MOST_KEPT) byKey.clear()
    if (key.length <= LONGEST_KEY) byKey.set(key, made)
    return made
  }
  return {
    forValues(values) {
      const known = byValues.get(values)
      if (known) return known
      const made = make(values)
      byValues.set(values, made)
      return made
    },
  }
}

/** The variables used anywhere but in the arguments of the query's own fields. */
function variablesWithin(fragments: Fragments, operation: OperationDefinitionNode): string[] {
  const names = new Set<string>()
  const gather = {
    Variable: (node: { name: { value: string } }) => void names.add(node.name.value),
  }
  const gatherAll = (nodes: readonly Parameters<typeof visit>[0][] = []) => {
    for (const node of nodes) visit(node, gather)
  }
  gatherAll(Object.values(fragments))
  for (const one of operation.selectionSet.selections) {
    gatherAll(one.directives)
    if (one.kind !== Kind.FRAGMENT_SPREAD && one.selectionSet) gatherAll([one.selectionSet])
  }
  return [...names]
}

import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import { AppError } from '../../errors.ts'
import { fragmentsIn } from '../../graphql/plan/document.ts'

/** Maximum selections of an operation with its fragments expanded. */
const MOST_SELECTIONS = 10_000

/** Maximum pairs of fields with the same name in the same place: validation compares each pair. */
const MOST_PAIRS = 50_000

interface Expansion {
  fragments: Map<string, FragmentDefinitionNode>
  /** Names of the expanded fragments. */
  reached: Set<string>
  /** Names of the fragments around the current selection: those of invalid documents may contain themselves. */
  open: Set<string>
  selections: number
  pairs: number
}

/**
 * Throws QUERY_TOO_COMPLEX for a document whose fragments expand to more than can be validated and executed quickly. It expands as
 * graphql-js executes: a fragment counts once per selection set, and fields of the same name count as one. It runs before validation, so
 * the document may be invalid.
 */
export function assertExpandable(document: DocumentNode): void {
  const fragments = fragmentsIn(document)
  const expansion = { fragments, reached: new Set<string>(), open: new Set<string>() }
  for (const one of document.definitions)
    if (one.kind === Kind.OPERATION_DEFINITION)
      expand({ ...expansion, selections: 0, pairs: 0 }, [one.selectionSet])
  // Unused fragments are validated too.
  for (const [name, { selectionSet }] of fragments)
    if (!expansion.reached.has(name))
      expand({ ...expansion, selections: 0, pairs: 0 }, [selectionSet])
}

function expand(expansion: Expansion, sets: readonly SelectionSetNode[]): void {
  const places = new Map<string, { fields: number; sets: SelectionSetNode[] }>()
  const followed: string[] = []
  const gather = (set: SelectionSetNode) => {
    for (const one of set.selections) {
      expansion.selections += 1
      if (one.kind === Kind.INLINE_FRAGMENT) {
        gather(one.selectionSet)
      } else if (one.kind === Kind.FRAGMENT_SPREAD) {
        const name = one.name.value
        const fragment = expansion.fragments.get(name)
        if (!fragment || expansion.open.has(name)) continue
        expansion.open.add(name)
        expansion.reached.add(name)
        followed.push(name)
        gather(fragment.selectionSet)
      } else {
        const key = (one.alias ?? one.name).value
        const place = places.get(key) ?? { fields: 0, sets: [] }
        expansion.pairs += place.fields
        place.fields += 1
        if (one.selectionSet) place.sets.push(one.selectionSet)
        places.set(key, place)
      }
      assertWithin(expansion)
    }
  }
  for (const set of sets) gather(set)
  for (const place of places.values()) if (place.sets.length > 0) expand(expansion, place.sets)
  for (const name of followed) expansion.open.delete(name)
}

function assertWithin({ selections, pairs }: Expansion): void {
  if (selections > MOST_SELECTIONS)
    throw new AppError(
      'QUERY_TOO_COMPLEX',
      `The operation selects more than ${MOST_SELECTIONS} fields once its fragments are expanded; select fewer.`,
    )
  if (pairs > MOST_PAIRS)
    throw new AppError(
      'QUERY_TOO_COMPLEX',
      'The operation selects the same fields in the same places too often, by itself or through fragments; select each once.',
    )
}

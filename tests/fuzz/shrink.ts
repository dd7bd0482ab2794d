import { type ASTNode, BREAK, type DocumentNode, Kind, parse, print, visit } from 'graphql'
import type { GeneratedQuery } from './generate-query.ts'

/** Maximum number of smaller queries that are tried. */
const MOST_TRIES = 300

/** Kinds of nodes that can be removed from a query. */
const REMOVABLE = new Set<string>([
  Kind.FIELD,
  Kind.FRAGMENT_SPREAD,
  Kind.INLINE_FRAGMENT,
  Kind.ARGUMENT,
  Kind.OBJECT_FIELD,
  Kind.DIRECTIVE,
  Kind.VARIABLE_DEFINITION,
])

/** The smallest query found that still fails, by removing parts one at a time. */
export async function shrink(
  failing: GeneratedQuery,
  fails: (query: GeneratedQuery) => Promise<boolean>,
): Promise<GeneratedQuery> {
  let smallest = failing
  let place = 0
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const smaller = without(smallest, place)
    if (smaller === 'end') return smallest
    if (smaller && (await fails(smaller).catch(() => false))) smallest = smaller
    else place++
  }
  return smallest
}

/** The query without the removable node at a position in the document; null if a selection would become empty. */
function without(
  { query, variables }: GeneratedQuery,
  place: number,
): GeneratedQuery | null | 'end' {
  let document: DocumentNode
  try {
    document = parse(query)
  } catch {
    return 'end'
  }
  let at = 0
  let removed: ASTNode | undefined
  visit(document, {
    enter(node) {
      if (!REMOVABLE.has(node.kind)) return undefined
      if (at++ < place) return undefined
      removed = node
      return BREAK
    },
  })
  if (!removed) return 'end'
  const left = visit(document, {
    enter: (node) => (node === removed ? null : undefined),
  }) as DocumentNode
  const text = print(dropUnused(left))
  try {
    parse(text)
  } catch {
    return null
  }
  return { query: text, variables }
}

/** Fragments without a spread make a document invalid. */
function dropUnused(document: DocumentNode): DocumentNode {
  const used = new Set<string>()
  visit(document, { FragmentSpread: ({ name }) => void used.add(name.value) })
  const definitions = document.definitions.filter(
    (one) => one.kind !== Kind.FRAGMENT_DEFINITION || used.has(one.name.value),
  )
  return { ...document, definitions }
}

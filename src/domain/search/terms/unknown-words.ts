import type { SearchTerm } from '../fields/field.ts'
import type { SearchNode } from '../query.ts'
import type { TermFacts } from '../terms.ts'
import type { QueryMode } from '../tokens.ts'
import { slipsOf, type UnknownWord } from './name-slips.ts'

/** Words of a query, outside of fields and NOT, that the catalogue does not know, neither from papers nor from names. */
export function unknownWords(
  tree: SearchNode | null,
  { groupOf, size }: Pick<TermFacts, 'groupOf' | 'size'>,
  mode: QueryMode,
): UnknownWord[] {
  // Before words are counted, it knows none.
  if (mode === 'strict' || tree === null || size.tiers.length === 0) return []
  const siblings = 'nodes' in tree ? tree.nodes : [tree]
  return siblings.flatMap((term, i) => {
    const group = term.kind === 'word' ? groupOf(term) : null
    if (term.kind !== 'word' || !group || group.authors.length > 0) return []
    if (!group.correctedTo && group.share > 0) return []
    // A name that is nearer than the nearest word is rather meant.
    const slips = slipsOf(term.text.toLowerCase())
    const isWord = group.correctedTo?.some((word) => slips.includes(word)) ?? false
    const beside = [siblings[i - 1], siblings[i + 1]].flatMap((one) =>
      one?.kind === 'word' ? one.text : [],
    )
    return [{ term, beside, isWord }]
  })
}

/** The tree with other words in place of some. */
export function withWords(
  tree: SearchNode | null,
  meant: ReadonlyMap<SearchTerm, string>,
): SearchNode | null {
  const put = (node: SearchNode): SearchNode => {
    if ('nodes' in node) return { ...node, nodes: node.nodes.map(put) }
    const text = node.kind === 'word' ? meant.get(node) : undefined
    return node.kind === 'word' && text !== undefined ? { ...node, text } : node
  }
  return tree && put(tree)
}

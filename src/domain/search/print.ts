import { printTerm, type SearchTerm } from './fields/field.ts'
import { fieldOf } from './fields/fields.ts'
import { foldedName, isKnown } from './fields/spelling.ts'
import type { SearchNode } from './query.ts'

/** Prints a tree so that both modes parse it as the same tree. */
export function printSearchQuery(node: SearchNode): string {
  switch (node.kind) {
    case 'and':
      return node.nodes
        .map((one, i) => {
          const isApart = one.kind === 'or' || isReadWith(node.nodes[i - 1], one)
          return isApart ? inGroup(one) : printSearchQuery(one)
        })
        .join(' ')
    case 'or':
      return node.nodes.map(printSearchQuery).join(' OR ')
    case 'not':
      return `NOT ${node.node.kind === 'and' || node.node.kind === 'or' ? inGroup(node.node) : printSearchQuery(node.node)}`
    case 'text':
      return `${node.field}:${printTerm(node.term)}`
    case 'field':
      return `${node.field}:${fieldOf(node.field).print(node.value)}`
    default:
      return printTerm(node)
  }
}

/** Normalises a tree without changing what it finds: words in lower case, phrases with single spaces. Values of fields are unchanged. */
export function foldWords(node: SearchNode): SearchNode {
  switch (node.kind) {
    case 'and':
    case 'or':
      return { ...node, nodes: node.nodes.map(foldWords) }
    case 'not':
      return { ...node, node: foldWords(node.node) }
    case 'text':
      return { ...node, term: foldTerm(node.term) }
    case 'field':
      return node
    default:
      return foldTerm(node)
  }
}

const foldTerm = (term: SearchTerm): SearchTerm => ({
  ...term,
  text: term.text.toLowerCase().replaceAll(/\s+/g, ' ').trim(),
})

/** Whether a word that is the name of a field would be parsed with the next word, which begins with a colon, as its value. */
const isReadWith = (before: SearchNode | undefined, node: SearchNode): boolean =>
  before?.kind === 'not'
    ? isReadWith(before.node, node)
    : before?.kind === 'word' &&
      isKnown(foldedName(before.text)) &&
      (node.kind === 'word' || node.kind === 'prefix') &&
      /^[:\uff1a]/.test(node.text)

const inGroup = (node: SearchNode): string => `(${printSearchQuery(node)})`

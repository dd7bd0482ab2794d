import type { SearchNode, SearchTerm } from './query.ts'

/** A tree in the words of the language, so that both modes read it as the same tree. */
export function printSearchQuery(node: SearchNode): string {
  switch (node.kind) {
    case 'and':
      return node.nodes
        .map((one) => (one.kind === 'or' ? inGroup(one) : printSearchQuery(one)))
        .join(' ')
    case 'or':
      return node.nodes.map(printSearchQuery).join(' OR ')
    case 'not':
      return `NOT ${node.node.kind === 'and' || node.node.kind === 'or' ? inGroup(node.node) : printSearchQuery(node.node)}`
    case 'field':
      return `${node.field}:${printTerm(node.term)}`
    case 'year':
      return node.from === node.to
        ? `year:${node.from}`
        : `year:${node.from ?? ''}..${node.to ?? ''}`
    case 'has':
      return `has:${node.what}`
    case 'compare':
      return `${node.field}:${node.operator}${node.value}`
    case 'language':
      return `lang:${printLanguage(node.value)}`
    default:
      return printTerm(node)
  }
}

/** Quotes make any language one word; one that holds a quote was a word to begin with. */
function printLanguage(value: string): string {
  return /^[\w+#.-]*$|["“”„]/.test(value) ? value : `"${value}"`
}

const inGroup = (node: SearchNode): string => `(${printSearchQuery(node)})`

function printTerm({ kind, text }: SearchTerm): string {
  if (kind === 'phrase') return `"${text}"`
  return kind === 'prefix' ? `${text}*` : text
}

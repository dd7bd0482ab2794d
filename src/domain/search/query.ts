import { badInput } from '../../errors.ts'
import {
  codePointAt,
  describeToken,
  type Fail,
  type QueryMode,
  readTokens,
  type SearchLeaf,
  type Token,
} from './tokens.ts'

export type { QueryMode, SearchLeaf }

/**
 * A query as a tree. `and` and `or` hold at least two nodes and none of their own kind, `not` holds no `not`, so that
 * one meaning has one tree. Positions are those of the text that was parsed; `end` is behind the last character.
 */
export type SearchNode =
  | SearchLeaf
  | { kind: 'and' | 'or'; nodes: SearchNode[] }
  | { kind: 'not'; node: SearchNode }

/** Longest query, in characters: room for a whole abstract, and none for a paper. */
export const MOST_CHARACTERS = 5000
const MOST_WARNINGS = 10
/** Most parentheses within each other. */
const MOST_DEPTH = 50

/** What LENIENT did not understand of the fields of a query, and where. */
export interface SearchWarning {
  /** Counted in characters, from 1. */
  character: number
  message: string
}

/** A query as it was read; `tree` is null when there is nothing in it to search for. */
export interface ReadQuery {
  tree: SearchNode | null
  warnings: SearchWarning[]
}

/** Reads a query as `readSearchQuery` does, and gives its tree alone. */
export function parseSearchQuery(text: string, mode: QueryMode): SearchNode | null {
  return readSearchQuery(text, mode).tree
}

/**
 * Reads a query. `strict` throws BAD_USER_INPUT, with the position, for all that is not of the language. `lenient` reads the same
 * where that would succeed, and else leaves out what it cannot read, with a warning where that is a field or its value, which people
 * mean to be followed. It throws for texts that are too long or hold a NUL character, and for nothing else.
 */
export function readSearchQuery(text: string, mode: QueryMode): ReadQuery {
  if (text.length > MOST_CHARACTERS)
    throw badInput(`query has ${text.length} characters; expected at most ${MOST_CHARACTERS}.`)
  const nul = text.indexOf('\0')
  if (nul >= 0)
    throw badInput(`query, character ${codePointAt(text, nul)}: a NUL character; expected text.`)
  const warnings: SearchWarning[] = []
  const fail: Fail = (at, problem, matter = 'grammar') => {
    const character = codePointAt(text, at)
    if (mode === 'strict' && matter !== 'hint')
      throw badInput(`query, character ${character}: ${problem}.`)
    if (mode === 'lenient' && matter !== 'grammar' && warnings.length < MOST_WARNINGS)
      warnings.push({ character, message: `query, character ${character}: ${problem}.` })
  }
  const parser: Parser = { text, tokens: readTokens(text, fail), at: 0, depth: 0, ignored: 0, fail }
  return { tree: parser.tokens.length === 0 ? null : parseEither(parser), warnings }
}

interface Parser {
  text: string
  tokens: Token[]
  /** Index of the token to read next. */
  at: number
  depth: number
  /** Open parentheses that are left out, as they are too deep. */
  ignored: number
  fail: Fail
}

/** Alternatives up to the parenthesis that closes them, or to the end. */
function parseEither(parser: Parser): SearchNode | null {
  const nodes = [parseAll(parser, 'a term')]
  while (parser.tokens[parser.at]?.kind === 'OR') {
    parser.at++
    nodes.push(parseAll(parser, 'a term after OR'))
  }
  return combine('or', nodes)
}

/** Terms that all have to be met. `wanted` says what is missing where there is none. */
function parseAll(parser: Parser, wanted: string): SearchNode | null {
  const nodes: (SearchNode | null)[] = []
  let missing: string | null = wanted
  for (;;) {
    const token = parser.tokens[parser.at]
    if (token?.kind === 'AND') {
      if (missing) failAt(parser, token, missing)
      parser.at++
      missing = 'a term after AND'
    } else if (!token || token.kind === 'OR' || (token.kind === ')' && !isStray(parser, token))) {
      if (missing) failAt(parser, token, missing)
      return combine('and', nodes)
    } else if (token.kind !== ')') {
      nodes.push(parseOne(parser))
      missing = null
    }
  }
}

/** Whether a closing parenthesis has none to close; it is passed over then. */
function isStray(parser: Parser, token: Token): boolean {
  if (parser.ignored > 0) parser.ignored--
  else if (parser.depth > 0) return false
  else failAt(parser, token, 'a term or the end')
  parser.at++
  return true
}

/** A term or a group, with the NOTs before it. */
function parseOne(parser: Parser): SearchNode | null {
  let isNegated = false
  let token = parser.tokens[parser.at]
  while (token?.kind === 'NOT') {
    isNegated = !isNegated
    token = parser.tokens[++parser.at]
  }
  const node = parseOperand(parser, token)
  return node && isNegated ? negate(node) : node
}

function parseOperand(parser: Parser, token: Token | undefined): SearchNode | null {
  if (token?.kind === 'leaf') {
    parser.at++
    return token.leaf
  }
  if (token?.kind !== '(') {
    failAt(parser, token, 'a term after NOT or -')
    return null
  }
  parser.at++
  if (parser.depth === MOST_DEPTH) {
    parser.fail(token.start, `more than ${MOST_DEPTH} parentheses within each other`)
    parser.ignored++
    return null
  }
  parser.depth++
  const node = parseEither(parser)
  parser.depth--
  if (parser.tokens[parser.at]?.kind === ')') parser.at++
  else parser.fail(token.start, 'expected a ")" that closes this "(", found none')
  return node
}

function failAt(parser: Parser, token: Token | undefined, expected: string): void {
  const start = token?.start ?? parser.text.length
  parser.fail(start, `expected ${expected}, found ${describeToken(parser.text, token)}`)
}

function combine(kind: 'and' | 'or', parts: (SearchNode | null)[]): SearchNode | null {
  const nodes = parts.flatMap((node) => {
    if (!node) return []
    return node.kind === kind ? node.nodes : [node]
  })
  return nodes.length > 1 ? { kind, nodes } : (nodes[0] ?? null)
}

function negate(node: SearchNode): SearchNode {
  return node.kind === 'not' ? node.node : { kind: 'not', node }
}

/** A query without the `et al.` behind a name, which says nothing of the paper. */
export function withoutEtAl(root: SearchNode | null): SearchNode | null {
  if (root?.kind !== 'and') return root
  const isEt = (at: number) =>
    at > 0 && isWord(root.nodes[at], /^et$/i) && isWord(root.nodes[at + 1], /^al[.,;:)]*$/i)
  const nodes = root.nodes.filter((_, at) => !isEt(at) && !isEt(at - 1))
  return nodes.length > 1 ? { kind: 'and', nodes } : (nodes[0] ?? null)
}

const isWord = (node: SearchNode | undefined, pattern: RegExp): boolean =>
  node?.kind === 'word' && pattern.test(node.text)

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
 * A query as a tree. `and` and `or` have at least two nodes and none of their own kind, and `not` contains no `not`, so that each meaning has
 * one tree. Positions refer to the parsed text; `end` is after the last character.
 */
export type SearchNode =
  | SearchLeaf
  | { kind: 'and' | 'or'; nodes: SearchNode[] }
  | { kind: 'not'; node: SearchNode }

/** Maximum length of a query, in characters: enough for an abstract. */
export const MOST_CHARACTERS = 5000
const MOST_WARNINGS = 10
/** Maximum depth of nested parentheses. */
const MOST_DEPTH = 50

/** A part of a query that LENIENT did not understand, with its position. */
export interface SearchWarning {
  /** Counted in characters, from 1. */
  character: number
  message: string
}

/** A parsed query; `tree` is null if there is nothing to search for. */
export interface ReadQuery {
  tree: SearchNode | null
  warnings: SearchWarning[]
}

/** Returns only the tree of `readSearchQuery`. */
export function parseSearchQuery(text: string, mode: QueryMode): SearchNode | null {
  return readSearchQuery(text, mode).tree
}

/**
 * Parses a query. `strict` throws BAD_USER_INPUT with the position of anything that is not part of the language. `lenient` parses the same if
 * that succeeds; otherwise it skips what it cannot parse, with a warning if that is a field or its value. It throws only for texts that are too
 * long or contain a NUL character.
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
  /** Index of the next token. */
  at: number
  depth: number
  /** Number of open parentheses that are ignored because they are too deep. */
  ignored: number
  fail: Fail
}

/** Parses alternatives up to the closing parenthesis or the end. */
function parseEither(parser: Parser): SearchNode | null {
  const nodes = [parseAll(parser, 'a term')]
  while (parser.tokens[parser.at]?.kind === 'OR') {
    parser.at++
    nodes.push(parseAll(parser, 'a term after OR'))
  }
  return combine('or', nodes)
}

/** Parses terms that must all be met. `wanted` describes what is missing if there are none. */
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

/** Whether a closing parenthesis has no opening one; it is skipped then. */
function isStray(parser: Parser, token: Token): boolean {
  if (parser.ignored > 0) parser.ignored--
  else if (parser.depth > 0) return false
  else failAt(parser, token, 'a term or the end')
  parser.at++
  return true
}

/** Parses a term or a group, with the NOTs before it. */
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

/** Removes `et al.` after a name, which is not a search term. */
export function withoutEtAl(root: SearchNode | null): SearchNode | null {
  if (root?.kind !== 'and') return root
  const isEt = (at: number) =>
    at > 0 && isWord(root.nodes[at], /^et$/i) && isWord(root.nodes[at + 1], /^al[.,;:)]*$/i)
  const nodes = root.nodes.filter((_, at) => !isEt(at) && !isEt(at - 1))
  return nodes.length > 1 ? { kind: 'and', nodes } : (nodes[0] ?? null)
}

const isWord = (node: SearchNode | undefined, pattern: RegExp): boolean =>
  node?.kind === 'word' && pattern.test(node.text)

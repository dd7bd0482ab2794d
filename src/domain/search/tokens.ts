import { quote } from '../../errors.ts'
import { expectedOf, fieldOf } from './fields/fields.ts'
import type { KnownName } from './fields/spelling.ts'
import { readForeignMark, repairAhead } from './reading/foreign.ts'
import { readLeaf, type SearchLeaf, withinScope } from './reading/leaves.ts'
import { type Fail, openReader, operatorAt, type Reader, skipSpace } from './reading/reader.ts'
import { readTagged } from './reading/tags.ts'

export type { FieldLeaf, SearchLeaf } from './reading/leaves.ts'
export type { Fail } from './reading/reader.ts'
export type QueryMode = 'lenient' | 'strict'

export type Token =
  | { kind: '(' | ')' | 'AND' | 'OR' | 'NOT'; start: number; end: number }
  | { kind: 'leaf'; leaf: SearchLeaf; start: number; end: number }

/** Maximum number of terms of a query. */
const MOST_TERMS = 100

/** The tokens of a query, without those that are skipped because `fail` returned. */
export function readTokens(text: string, fail: Fail): Token[] {
  const reader = openReader(text, fail)
  const tokens: Token[] = []
  const uses = new Map<string, number>()
  const scopes: (KnownName | null)[] = []
  let terms = 0
  while (skipSpace(reader)) {
    const start = reader.at
    const token = withScope(reader, readToken(reader, tokens), scopes)
    if (!token) continue
    if (token.kind === 'leaf' && ++terms > MOST_TERMS) {
      fail(start, `more than ${MOST_TERMS} terms`, 'field')
      break
    }
    const tooMany = token.kind === 'leaf' ? usedTooOften(token.leaf, uses) : null
    if (tooMany) fail(start, tooMany, 'field')
    else {
      if (token.kind === ')') tellEmpty(reader, tokens, scopes.at(-1))
      tokens.push(token)
    }
    if (token.kind === ')') scopes.pop()
  }
  tellEmpty(reader, tokens, scopes.at(-1))
  tellMarks(reader, tokens)
  return tokens
}

/** Words for papers. A value of `is:` before one, as in "oral papers", may be meant as that field. */
const PAPERS = /^(?:papers?|talks?|presentations?|submissions?)$/i

/** Reports that `oral papers` is read as words, and that `is:oral` finds papers by this property. */
function tellMarks(reader: Reader, tokens: readonly Token[]) {
  for (const [at, token] of tokens.entries()) {
    const [mark, papers] = [token, tokens[at + 1]].map((one) =>
      one?.kind === 'leaf' && one.leaf.kind === 'word' ? one.leaf : null,
    )
    const meant = mark && papers && PAPERS.test(papers.text) ? fieldOf('is').read(mark) : null
    if (meant !== null && meant !== undefined)
      reader.fail(
        token.start,
        `${quote(`${mark?.text} ${papers?.text}`)} are searched for as words; to filter papers, write is:${meant}`,
        'hint',
      )
  }
}

/** Reports `author:()`: parentheses of a field that end without a term. */
function tellEmpty(reader: Reader, before: readonly Token[], scope: KnownName | null | undefined) {
  const last = before.at(-1)
  if (scope && last?.kind === '(')
    reader.fail(last.end, `expected ${expectedOf(scope)} after ${scope}:(, found none`, 'field')
}

/** Applies the field of the enclosing parentheses to a token. `scopes` has the field of each open parenthesis, or null. */
function withScope(
  reader: Reader,
  token: Token | null,
  scopes: (KnownName | null)[],
): Token | null {
  const scope = scopes.at(-1) ?? null
  if (token?.kind === '(') {
    scopes.push(reader.scope ?? scope)
    reader.scope = null
  } else if (token?.kind === 'leaf' && scope && !('field' in token.leaf))
    return { ...token, leaf: withinScope(reader, scope, token.leaf) }
  return token
}

/** The message if a query uses a field too often, else null. */
function usedTooOften(leaf: SearchLeaf, uses: Map<string, number>): string | null {
  if (leaf.kind !== 'field') return null
  const { most } = fieldOf(leaf.field)
  const used = (uses.get(leaf.field) ?? 0) + 1
  uses.set(leaf.field, used)
  return most !== undefined && used > most ? `more than ${most} terms with ${leaf.field}:` : null
}

/** A token in the form for messages. */
export function describeToken(text: string, token: Token | undefined): string {
  return token ? quote(text.slice(token.start, token.end)) : 'the end'
}

/** The position of an offset, counted in characters from 1. */
export function codePointAt(text: string, offset: number): number {
  return [...text.slice(0, offset)].length + 1
}

function readToken(reader: Reader, before: readonly Token[]): Token | null {
  repairAhead(reader)
  const start = reader.at
  const tagged = readTagged(reader)
  if (tagged) return { kind: 'leaf', leaf: tagged, start, end: tagged.end }
  const mark = readMark(reader)
  if (mark) return mark
  const hasTerm = before.some(({ kind }) => kind === 'leaf')
  const foreign = readForeignMark(reader, hasTerm)
  if (foreign === 'skip') return null
  if (foreign && foreign !== 'required') return { kind: foreign, start, end: reader.at }
  if (foreign && '(["“”„'.includes(reader.text[reader.at] ?? '(')) return null
  const leaf = readLeaf(reader, {
    isFirst: !hasTerm,
    // Two negations cancel out.
    isNegated: (before.length - 1 - before.findLastIndex(({ kind }) => kind !== 'NOT')) % 2 === 1,
  })
  if (!leaf) return null
  const isRequired = foreign === 'required' && leaf.kind === 'word'
  return {
    kind: 'leaf',
    leaf: isRequired ? { ...leaf, kind: 'phrase' } : leaf,
    start,
    end: leaf.end,
  }
}

function readMark(reader: Reader): Token | null {
  const { text, at } = reader
  const first = text[at]
  const found = first === '(' || first === ')' ? first : operatorAt(reader)
  if (!found) return null
  reader.at += found.length
  const kind = (found === '-' ? 'NOT' : found) as '(' | ')' | 'AND' | 'OR' | 'NOT'
  return { kind, start: at, end: reader.at }
}

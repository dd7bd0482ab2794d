import type { Database } from '../../db/client.ts'
import { sql } from '../../db/sql.ts'
import { escapeHtml } from '../../html/template.ts'
import type { SearchPlan } from './compile.ts'

/** Highlights as HTML: the text escaped, with `<mark>` around the words of the search as the only markup. */
export interface Highlights {
  /** The whole title. */
  title: string
  /** The passage of the abstract with most of the words; null without an abstract. */
  abstract: string | null
}

interface Texts {
  title: string
  abstract: string | null
}

/** Maximum length of a passage, in characters: about three lines. */
const PASSAGE = 320
/** Number of characters in a passage before its first mark. */
const LEAD = 60

/** Marks the words of a search in the texts of some papers: one statement for all, none if the search has no words. */
export async function highlight(
  db: Database,
  plan: SearchPlan,
  papers: readonly Texts[],
): Promise<Highlights[]> {
  const texts = papers.flatMap(({ title, abstract }) => [title, abstract ?? ''])
  const marked = await wordsToMark(db, plan, texts)
  return papers.map(({ title, abstract }) => ({
    title: toHtml(title, tokensOf(title), marked),
    abstract: abstract === null ? null : passageOf(abstract, marked),
  }))
}

/** The words to mark, as they occur in the texts. PostgreSQL decides, because it also found the matches. */
async function wordsToMark(
  db: Database,
  { groups }: SearchPlan,
  texts: readonly string[],
): Promise<Set<string>> {
  if (groups.length === 0) return new Set()
  const wanted = groups
    .flatMap(({ rank, alternatives }) => [rank, ...alternatives.map((one) => one.rank)])
    .join(' | ')
  const initials = new Set([...wanted.matchAll(/'(.)/gu)].map(([, letter]) => letter))
  const words = new Set(texts.flatMap((text) => tokensOf(text).map(({ word }) => word)))
  // A stem has the first letters of its word, unless that has other characters than plain letters.
  const likely = [...words].filter(
    (word) => !/^[a-z]+$/i.test(word) || initials.has(word.charAt(0).toLowerCase()),
  )
  if (likely.length === 0) return new Set()
  const rows = await db.query<{ word: string }>(sql`
    select t.word from unnest(${likely}::text[]) as t(word)
    where to_tsvector('paperql', search_text(t.word)) @@ ${wanted}::tsquery`)
  return new Set(rows.map(({ word }) => word))
}

interface Token {
  word: string
  start: number
  end: number
}

/** Words and formulas in a text, without surrounding punctuation. */
function tokensOf(text: string): Token[] {
  return [...text.matchAll(/[^\s/—"“”()[\],;:!?<>&]+/gu)].flatMap(({ 0: run, index }) => {
    const [lead = ''] = /^['‘’.]*/u.exec(run) ?? []
    const word = run.slice(lead.length).replace(/['‘’.]+$/u, '')
    const start = index + lead.length
    return word === '' ? [] : lettersOf(word, start)
  })
}

/** Scripts without spaces: the index treats each letter with its marks as a word. */
const UNSPACED =
  '[\\u0e00-\\u0eff\\u1000-\\u109f\\u1100-\\u11ff\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\u{20000}-\\u{3ffff}]'
const LETTER = new RegExp(`${UNSPACED}\\p{M}*|(?:(?!${UNSPACED}).)+`, 'gu')

function lettersOf(word: string, start: number): Token[] {
  return [...word.matchAll(LETTER)].map(({ 0: letter, index }) => ({
    ...{ word: letter, start: start + index, end: start + index + letter.length },
  }))
}

/** A part of a text as HTML; adjacent marks are joined. */
function toHtml(text: string, tokens: readonly Token[], marked: ReadonlySet<string>): string {
  let html = ''
  let at = 0
  let isOpen = false
  for (const { word, start, end } of tokens) {
    const between = text.slice(at, start)
    const isMarked = marked.has(word)
    const goesOn = isMarked && isOpen && /^ ?$/.test(between)
    if (isOpen && !goesOn) html += '</mark>'
    html += escapeHtml(between)
    if (isMarked && !goesOn) html += '<mark>'
    html += escapeHtml(word)
    isOpen = isMarked
    at = end
  }
  return `${html}${isOpen ? '</mark>' : ''}${escapeHtml(text.slice(at))}`
}

function passageOf(abstract: string, marked: ReadonlySet<string>): string {
  const tokens = tokensOf(abstract)
  const [from, to] = bestStretch(abstract, tokens, marked)
  const inside = tokens
    .filter(({ start, end }) => start >= from && end <= to)
    .map(({ word, start, end }) => ({ word, start: start - from, end: end - from }))
  const html = toHtml(abstract.slice(from, to), inside, marked)
  return `${from > 0 ? '…' : ''}${html}${to < abstract.length ? '…' : ''}`
}

/** Start and end of the passage with the most different marked words; the first of equals. */
function bestStretch(
  text: string,
  tokens: readonly Token[],
  marked: ReadonlySet<string>,
): [from: number, to: number] {
  if (text.length <= PASSAGE) return [0, text.length]
  const hits = tokens.filter(({ word }) => marked.has(word))
  let best = { from: 0, words: 0 }
  for (const { start } of hits) {
    const from = tokens.find((token) => token.start >= start - LEAD)?.start ?? start
    const within = hits.filter((hit) => hit.start >= from && hit.end <= from + PASSAGE)
    const words = new Set(within.map(({ word }) => word.toLowerCase())).size
    if (words > best.words) best = { from, words }
  }
  const last = tokens.filter(({ end }) => end <= best.from + PASSAGE).at(-1)
  return [best.from, last && last.end > best.from ? last.end : best.from + PASSAGE]
}

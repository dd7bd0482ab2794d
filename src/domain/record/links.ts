import { uniqBy } from 'es-toolkit'
import { LINK_KINDS, type LinkKind } from '../../db/tables/vocabulary.ts'
import { linkKindOf } from '../reference/link-kind.ts'
import { parseRepositoryRef } from '../reference/repository-ref.ts'
import type { LinkClaim, PaperRecord } from './paper-record.ts'

/** A link with the source that states it. */
export type MergedLink = LinkClaim & { source: string }

/** Most links of a paper; the kinds that are listed first are kept. */
const MOST_LINKS = 100

/** These say least: another source, or the host, may know better. */
const VAGUE: ReadonlySet<LinkKind> = new Set(['project_page', 'other'])

/** The links of a paper by kind, given its records in the order of precedence; each page once. */
export function mergeLinks(ranked: readonly PaperRecord[]): MergedLink[] {
  const claims = ranked.flatMap((record) =>
    linksOf(record).map((link) => ({ ...link, source: record.source })),
  )
  const surest = claims.toSorted((a, b) => Number(VAGUE.has(a.kind)) - Number(VAGUE.has(b.kind)))
  return uniqBy(surest, ({ url }) => pageOf(url))
    .toSorted((a, b) => LINK_KINDS.indexOf(a.kind) - LINK_KINDS.indexOf(b.kind))
    .slice(0, MOST_LINKS)
}

/** The same page, however its URL is written. */
const pageOf = (url: string) =>
  url.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/\/?(?:#.*)?$/, '')

/** All that a record links to: what it states as links, its PDF, the pages of its listing, and what its abstract names. */
function linksOf(record: PaperRecord): LinkClaim[] {
  const { links = [], pdfUrl, listing, abstract, repositories } = record
  const hosted = repositories.flatMap(({ url }) => ofKindKnown(url))
  return [
    ...links,
    ...(pdfUrl === null ? [] : [{ kind: 'pdf' as const, url: pdfUrl }]),
    ...(listing?.projectUrl ? [linkTo(listing.projectUrl, 'project_page')] : []),
    ...(listing?.mediaUrls ?? []).flatMap(ofKindKnown),
    ...hosted,
    ...linksIn(abstract),
  ].filter(({ url, kind }) => kind === 'pdf' || !isCode(url))
}

/** A page that a source calls this kind: the host knows better than who calls all pages of a paper its project. */
export function linkTo(url: string, kind: LinkKind, label?: string): LinkClaim {
  const known = VAGUE.has(kind) ? (linkKindOf(url) ?? kind) : kind
  return label === undefined ? { kind: known, url } : { kind: known, url, label }
}

function ofKindKnown(url: string): LinkClaim[] {
  const kind = linkKindOf(url)
  return kind === null ? [] : [{ kind, url }]
}

/** Repositories of code are shown as such, those of models and data as links too. */
const isCode = (url: string) => linkKindOf(url) === null && parseRepositoryRef(url) !== null

/** The words that lead from what a page is called to its URL: `is available at`, `can be found here:`, or a bracket. */
const POINTS =
  '(?:[^.]{0,40}?(?:[:(]|\\b(?:at|here|on|via|see|from|in|through|under|is|are)\\b[:,]?))?\\s*$'

/** What the words before a URL call it. */
const CALLED = (
  [
    ['project_page', '(?:project|home|web) ?-?(?:pages?|sites?)|project'],
    ['demo', '(?:demos?|demonstrations?)'],
    ['video', 'videos?'],
    ['slides', 'slides'],
    ['poster', 'poster'],
    ['supplement', 'supplement(?:s|ary|al)?(?: materials?| information)?'],
    ['dataset', 'data ?-?sets?|corpus|corpora|benchmarks?'],
    ['model', '(?:pre-?trained |trained )?models?|weights|checkpoints?'],
  ] as const
).map(([kind, words]) => [kind, new RegExp(`\\b(?:${words})\\b${POINTS}`, 'i')] as const)

const URL_IN_TEXT = /https?:\/\/[^\s<>"{}|\\^`\]]+/g

/**
 * The links in the text of authors whose kind the host or the words before them tell: in `project page: https://…` it is that.
 * Other URLs of a text may lead anywhere.
 */
export function linksIn(text: string | null): LinkClaim[] {
  if (!text?.includes('http')) return []
  let from = 0
  const found: LinkClaim[] = []
  for (const match of unescaped(text).matchAll(URL_IN_TEXT)) {
    const url = trimmed(match[0])
    const before = unescaped(text).slice(from, match.index)
    from = match.index + match[0].length
    if (!URL.canParse(url) || isCode(url)) continue
    const kind = linkKindOf(url) ?? CALLED.find(([, words]) => words.test(before))?.[0]
    if (kind !== undefined) found.push({ kind, url })
  }
  return found
}

/** LaTeX writes `\_`, `\%` and `\~{}`. */
const unescaped = (text: string) => text.replace(/\\([_%#&~])(?:\{\})?/g, '$1')

/** Without the punctuation of the sentence; a bracket belongs to the URL where it was opened there. */
function trimmed(url: string): string {
  const cut = url.replace(/[.,;:!?'*$)\]]+$/, (end) =>
    end.startsWith(')') && url.slice(0, -end.length).includes('(') ? ')' : '',
  )
  return cut
}

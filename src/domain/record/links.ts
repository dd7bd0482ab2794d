import { uniqBy } from 'es-toolkit'
import { LINK_KINDS, type LinkKind } from '../../db/tables/vocabulary.ts'
import { linkKindOf } from '../reference/link-kind.ts'
import { parseRepositoryRef } from '../reference/repository-ref.ts'
import type { LinkClaim, PaperRecord } from './paper-record.ts'

/** A link with the source that states it. */
export type MergedLink = LinkClaim & { source: string }

/** Maximum number of links of a paper; kinds that are listed first have priority. */
const MOST_LINKS = 100

/** The least specific kinds: another source, or the host, may know better. */
const VAGUE: ReadonlySet<LinkKind> = new Set(['project_page', 'other'])

/** The links of a paper by kind, each page once. `ranked` are its records by precedence. */
export function mergeLinks(ranked: readonly PaperRecord[]): MergedLink[] {
  const claims = ranked.flatMap((record) =>
    linksOf(record).map((link) => ({ ...link, source: record.source })),
  )
  const surest = claims.toSorted((a, b) => Number(VAGUE.has(a.kind)) - Number(VAGUE.has(b.kind)))
  return uniqBy(surest, ({ url }) => pageOf(url))
    .toSorted((a, b) => LINK_KINDS.indexOf(a.kind) - LINK_KINDS.indexOf(b.kind))
    .slice(0, MOST_LINKS)
}

/** A key for the page of a URL, independent of its spelling. */
const pageOf = (url: string) =>
  url.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/\/?(?:#.*)?$/, '')

/** All links of a record: stated links, its PDF, the pages of its listing, and links in its abstract. */
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

/** A link with the kind that a source states, unless the host implies another: some sources call all pages of a paper its project. */
export function linkTo(url: string, kind: LinkKind, label?: string): LinkClaim {
  const known = VAGUE.has(kind) ? (linkKindOf(url) ?? kind) : kind
  return label === undefined ? { kind: known, url } : { kind: known, url, label }
}

function ofKindKnown(url: string): LinkClaim[] {
  const kind = linkKindOf(url)
  return kind === null ? [] : [{ kind, url }]
}

/** Whether a URL is a code repository, which is not shown as a link. Repositories of models and data are. */
const isCode = (url: string) => linkKindOf(url) === null && parseRepositoryRef(url) !== null

/** Words between the name of a page and its URL: `is available at`, `can be found here:`, or a bracket. */
const POINTS =
  '(?:[^.]{0,40}?(?:[:(]|\\b(?:at|here|on|via|see|from|in|through|under|is|are)\\b[:,]?))?\\s*$'

/** A pattern for the name of a page before its URL. */
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
 * The links in a text of authors whose kind follows from the host or the preceding words, as in `project page: https://…`. Other URLs in a
 * text may lead anywhere, and are ignored.
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

/** Unescapes LaTeX: `\_`, `\%` and `\~{}`. */
const unescaped = (text: string) => text.replace(/\\([_%#&~])(?:\{\})?/g, '$1')

/** Removes trailing punctuation of the sentence; a closing bracket belongs to the URL only if it was opened in it. */
function trimmed(url: string): string {
  const cut = url.replace(/[.,;:!?'*$)\]]+$/, (end) =>
    end.startsWith(')') && url.slice(0, -end.length).includes('(') ? ')' : '',
  )
  return cut
}

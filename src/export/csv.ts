import { stringify } from 'csv-stringify/sync'
import { citationKey } from '../bibliography/citation-key.ts'
import { identifierOf } from '../bibliography/cited.ts'
import { PUBLICATION_COLUMNS } from '../domain/entity/publication.ts'
import type {
  CitableDecision,
  CitableEvent,
  CitableInstitution,
  CitablePaper,
} from '../domain/export/citable-paper.ts'
import { paperWriter } from './source.ts'

type Cell = string | number | false | null | undefined

/** Joins with a semicolon and a space; a semicolon within an item is escaped by a backslash. */
const list = (items: readonly (string | null)[]) =>
  items.map((item) => (item ?? '').replace(/[\\;]/g, '\\$&')).join('; ')

/** The columns and their values. */
const COLUMNS: Record<string, (paper: CitablePaper) => Cell> = {
  key: citationKey,
  title: ({ title }) => title,
  authors: ({ authors }) => list(authors.map(({ name }) => name)),
  year: ({ published }) => published && Number(published.on.slice(0, 4)),
  published: ({ published }) =>
    published?.on.slice(0, { year: 4, month: 7, day: 10 }[published.precision]),
  kind: ({ kind }) => kind,
  venue: ({ venue }) => venue?.name,
  venue_acronym: ({ venue }) => venue?.acronym,
  venue_kind: ({ venue }) => venue?.kind,
  ...Object.fromEntries(
    Object.entries(PUBLICATION_COLUMNS).map(([name, field]) => [
      name,
      ({ publication }: CitablePaper) => cellOf(publication?.[field]),
    ]),
  ),
  event_year: ({ eventYear }) => eventYear,
  doi: (paper) => identifierOf(paper, 'doi'),
  arxiv: (paper) => identifierOf(paper, 'arxiv'),
  identifiers: ({ identifiers }) =>
    list(identifiers.map(({ scheme, value }) => `${scheme}:${value}`)),
  url: ({ landingUrl }) => landingUrl,
  pdf_url: ({ pdfUrl }) => pdfUrl,
  topics: ({ topics }) => list(topics.map(({ name }) => name)),
  keywords: ({ keywords }) => list(keywords),
  repositories: ({ repositories }) => list(repositories.map(({ url }) => url)),
  official_repositories: ({ repositories }) =>
    list(repositories.flatMap(({ url, isOfficial }) => (isOfficial ? url : []))),
  links: ({ links }) =>
    list(links.map(({ kind, url, label }) => parts([`${kind}: ${url}`, label]))),
  open_access: ({ openAccess }) => openAccess?.status,
  open_access_url: ({ openAccess }) => openAccess?.url,
  open_access_licence: ({ openAccess }) => openAccess?.licence,
  open_access_version: ({ openAccess }) => openAccess?.version,
  citations: ({ citationCount }) => citationCount,
  stars: ({ starCount }) => starCount,
  upvotes: ({ upvoteCount }) => upvoteCount,
  language: ({ language }) => language,
  licence: ({ licence }) => licence,
  retracted: ({ isRetracted }) => (isRetracted ? 'true' : 'false'),
  more_authors: ({ hasMoreAuthors }) => hasMoreAuthors && 'true',
  family_names: ({ authors }) =>
    authors.some(({ familyName }) => familyName) &&
    list(authors.map(({ familyName }) => familyName ?? null)),
  affiliations: ({ authors }) =>
    authors.some(({ affiliation }) => affiliation) &&
    list(authors.map((author) => author.affiliation)),
  institutions: ({ authors, institutions }) =>
    institutions.some(({ positions }) => positions.length > 0) &&
    list(authors.map((_, at) => workplacesOf(institutions, at + 1))),
  other_institutions: ({ institutions }) =>
    list(institutions.filter(({ positions }) => positions.length === 0).map(institutionText)),
  decisions: ({ decisions }) => list(decisions.map(decisionText)),
  awards: ({ decisions }) => list(decisions.flatMap(({ award }) => award ?? [])),
  rating: ({ decisions }) => highest(decisions.flatMap(({ rating }) => rating ?? [])),
  events: ({ events }) => list(events.map(eventText)),
  author_summary: ({ authorSummary }) => authorSummary,
  tldr: ({ tldr }) => tldr,
  abstract: ({ abstract }) => abstract,
}

/** Institutions of a name in the byline: `ETH Zurich <https://ror.org/05a28rw58> | Google`. */
const workplacesOf = (institutions: readonly CitableInstitution[], position: number) =>
  institutions
    .filter(({ positions }) => positions.includes(position))
    .map(institutionText)
    .join(' | ')

function institutionText({ name, ror }: CitableInstitution): string {
  const plain = name.replace(/[|<>]/g, ' ')
  return ror === null ? plain : `${plain} <https://ror.org/${ror}>`
}

/** Joins the parts of an item with a bar. */
const parts = (texts: readonly (string | null)[]) =>
  texts.flatMap((text) => text?.replaceAll('|', '\\|') ?? []).join(' | ')

/** `version 2 2024-01-31 https://arxiv.org/abs/2401.00001v2 | New experiments`. */
const eventText = ({ kind, number, on, precision, notice, reason }: CitableEvent) =>
  parts([
    [kind, number, on?.slice(0, { year: 4, month: 7, day: 10 }[precision ?? 'day']), notice]
      .filter((part) => part !== null && part !== undefined)
      .join(' '),
    reason,
  ])

/** `ICLR 2018: oral (Accept (Oral)) | area: Theory | rating: 7.33 (3)`, `ACL 2022: accepted (Findings)`, `ICLR 2017: rejected`. */
function decisionText(decision: CitableDecision): string {
  const { venue, year, rating, ratingCount } = decision
  const named = (name: 'track' | 'award' | 'session' | 'area') =>
    decision[name] && `${name}: ${decision[name]}`
  const count = ratingCount === null ? '' : ` (${ratingCount})`
  return parts([
    [[venue, year].filter(Boolean).join(' '), verdictOf(decision)].filter(Boolean).join(': '),
    ...(['track', 'award', 'session', 'area'] as const).map(named),
    rating === null ? null : `rating: ${rating}${count}`,
  ])
}

/** In words, with the printed status in brackets. */
function verdictOf({ outcome, presentation, status }: CitableDecision): string {
  const isImplied = outcome === 'accepted' && presentation !== null
  const words = [isImplied ? null : (outcome ?? (presentation && 'unknown')), presentation]
  return [...words, status && `(${status})`].filter(Boolean).join(' ')
}

const highest = (ratings: readonly number[]) => (ratings.length > 0 ? Math.max(...ratings) : null)

const cellOf = (value: string | number | readonly string[] | undefined): Cell =>
  Array.isArray(value) ? list(value) : (value as string | number | undefined)

/** RFC 4180. A cell that a spreadsheet would take for a formula is prefixed with an apostrophe. */
const asCsv = (row: readonly Cell[]) =>
  stringify([row.map((cell) => (typeof cell === 'string' ? escapeFormula(cell) : cell))], {
    record_delimiter: 'windows',
  })

/** Also escapes texts that begin with an apostrophe, so that reading restores them. */
const escapeFormula = (cell: string) =>
  /^'*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell) ? `'${cell}` : cell

export const writeCsv = paperWriter({
  begin: asCsv(Object.keys(COLUMNS)),
  write: (paper) => asCsv(Object.values(COLUMNS).map((read) => read(paper))),
})

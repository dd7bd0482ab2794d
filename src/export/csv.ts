import { stringify } from 'csv-stringify/sync'
import { citationKey } from '../bibliography/citation-key.ts'
import { identifierOf } from '../bibliography/csl.ts'
import type { CitablePaper } from '../domain/citable-paper.ts'
import { paperWriter } from './source.ts'

type Cell = string | number | null | undefined

const list = (items: readonly string[]) => items.join('; ')

/** Each column with what stands in it; lists are joined by a semicolon and a space. */
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
  event_year: ({ eventYear }) => eventYear,
  doi: (paper) => identifierOf(paper, 'doi'),
  arxiv: (paper) => identifierOf(paper, 'arxiv'),
  identifiers: ({ identifiers }) =>
    list(identifiers.map(({ scheme, value }) => `${scheme}:${value}`)),
  url: ({ landingUrl }) => landingUrl,
  pdf_url: ({ pdfUrl }) => pdfUrl,
  topics: ({ topics }) => list(topics.map(({ name }) => name)),
  repositories: ({ repositories }) => list(repositories.map(({ url }) => url)),
  citations: ({ citationCount }) => citationCount,
  stars: ({ starCount }) => starCount,
  upvotes: ({ upvoteCount }) => upvoteCount,
  language: ({ language }) => language,
  licence: ({ licence }) => licence,
  retracted: ({ isRetracted }) => (isRetracted ? 'true' : 'false'),
  abstract: ({ abstract }) => abstract,
}

/** RFC 4180. An apostrophe goes before what a spreadsheet would take for a formula. */
const asCsv = (row: readonly Cell[]) =>
  stringify([row], { record_delimiter: 'windows', escape_formulas: true })

export const writeCsv = paperWriter({
  begin: asCsv(Object.keys(COLUMNS)),
  links: true,
  write: (paper) => asCsv(Object.values(COLUMNS).map((read) => read(paper))),
})

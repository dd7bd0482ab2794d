import { createHash } from 'node:crypto'
import type { PaperKind, VenueKind } from '../../db/tables/vocabulary.ts'
import { authorSummaryOf } from '../../domain/record/decision.ts'
import type { LinkClaim, PaperRecord, RepositoryClaim } from '../../domain/record/paper-record.ts'
import { titleKey } from '../../domain/record/title-key.ts'
import { linkKindOf } from '../../domain/reference/link-kind.ts'
import { parseRepositoryColumn } from '../../domain/reference/repository-ref.ts'
import { quote } from '../../errors.ts'
import {
  type Edition,
  editionOfBibtex,
  editionOfFile,
  editionOfRecord,
  licenceOf,
} from '../fields/editions.ts'
import { submittedText } from '../fields/printed/printed-text.ts'
import { count, type Json, jsonAdapter, text } from '../input/json.ts'
import { cleanText, type Refusal, recordOf, repositoriesIn } from '../input/outcome.ts'
import { codeIn } from './code-column.ts'
import { NO_NAMES } from './json-list.ts'
import { topicsOf } from './keywords.ts'
import { asLinks, linksNamed, linksOfColumn, webAddress } from './links.ts'
import { type Byline, bylineOf } from './paperlists-byline.ts'
import { decisionsOf } from './paperlists-decisions.ts'
import { bibtexOf, identifiersOf, publishedOn } from './paperlists-links.ts'

/** A paper has different ids in different lists, so the list is part of the key. */
const SOURCE = 'paperlists'

const KIND_BY_STATUS: Record<string, PaperKind> = {
  workshop: 'workshop_paper',
  'poster workshop': 'workshop_paper',
  'oral workshop': 'workshop_paper',
  'system demonstrations': 'demo',
  demo: 'demo',
  reject: 'preprint',
  withdraw: 'preprint',
  'desk reject': 'preprint',
  active: 'preprint',
}

const KIND_BY_VENUE: Partial<Record<VenueKind, PaperKind>> = {
  workshop: 'workshop_paper',
  journal: 'journal_article',
}

/** Texts that authors enter when they withdraw a submission, or that programmes print for a missing title. */
const PLACEHOLDERS = new Set(
  'title,author,authors,abstract,withdraw,withdrawn,placeholder,untitled,none,n a,na,tbd,test,deleted,retracted,poster,oral,paper,talk,demo,anonymous'.split(
    ',',
  ),
)

/** Minimum length of an abstract. Shorter texts are fragments of scraping, such as `Part of`. */
const SHORTEST_ABSTRACT = 25

const LONGEST_ID = 200

/**
 * Reads a Paper Copilot conference list: one JSON array of records. The name of the file identifies the list, as few records state their
 * conference. Columns with e-mail addresses are not read.
 */
export const readPaperlist = jsonAdapter('paperlists', (entry, file) =>
  readEntry(entry, editionOfFile(file)),
)

function readEntry(entry: Json, named: Edition | null): PaperRecord | Refusal {
  const id = idOf(entry.id)
  const reject = (reason: string): Refusal => ({ key: id, reason })
  const title = submittedText(entry.title)
  if (title === null) return reject('the entry has no title')
  const abstract = abstractOf(entry)
  const lost: string[] = []
  const byline = bylineOf(entry, lost)
  const { authors } = byline
  const isStated = [entry.author, entry.authors].some((names) => Object(names).length > 0)
  if (authors.length === 0 && isStated) lost.push(NO_NAMES)
  // An entry with authors is a submission, even if all other data were withdrawn.
  if (isPlaceholder(title) && authors.every(({ name }) => isPlaceholder(name)))
    return reject(`the title ${quote(title)} is a placeholder`)
  const site = text(entry.site)
  const bibtex = bibtexOf(entry, title, authors)
  const edition = editionOfRecord({ id: id ?? '', site }) ?? named ?? editionOfBibtex(bibtex)
  if (!edition)
    return reject(
      'unknown conference; name the file <conference><year>.json, such as iclr2018.json, or use --name iclr2018.json',
    )
  return asRecord(entry, { id, title, abstract, byline, edition, bibtex, lost })
}

const isPlaceholder = (printed: string) => PLACEHOLDERS.has(titleKey(printed))

interface Parts {
  id: string | null
  title: string
  abstract: string | null
  byline: Byline
  edition: Edition
  bibtex: string
  lost: string[]
}

function asRecord(entry: Json, parts: Parts): PaperRecord {
  const { id, title, abstract, byline, edition, bibtex, lost } = parts
  const { conference, year } = edition
  const status = text(entry.status).toLowerCase()
  const kind = KIND_BY_STATUS[status] ?? KIND_BY_VENUE[conference.venue.kind] ?? 'conference_paper'
  const keywords = listOf(entry.keywords)
  // A submission that was not accepted is a preprint without a venue.
  const isPublished = kind !== 'preprint'
  const authorSummary = authorSummaryOf(entry.tldr)
  const decisions = decisionsOf(entry, edition, isPublished)
  const code = codeIn(text(entry.github), lost)
  return recordOf({
    source: SOURCE,
    key: `${conference.code}${year}/${id ?? contentKey(entry)}`,
    licence: licenceOf(edition),
    title,
    abstract,
    ...(authorSummary && { authorSummary }),
    ...(byline.affiliations && { affiliations: byline.affiliations }),
    kind,
    published: publishedOn(bibtex, year),
    eventYear: isPublished ? year : null,
    landingUrl: urlOf(entry.oa) ?? urlOf(entry.site) ?? urlOf(entry.url_paper),
    pdfUrl: urlOf(entry.pdf),
    citationCount: count(entry.gs_citation),
    identifiers: identifiersOf(entry, id, bibtex),
    authors: byline.authors,
    venue: isPublished ? conference.venue : null,
    ...topicsOf(title, abstract, keywords),
    repositories: [
      ...repositoriesIn(cleanText(entry.abstract)),
      ...code.repositories,
      ...inProject(entry),
    ],
    ...asLinks([...linksOf(entry), ...code.links]),
    ...(decisions.length > 0 && { decisions }),
    lost,
  })
}

/** Reads links. OpenReview states its attachments without the host. */
const linksOf = (entry: Json): LinkClaim[] => [
  ...linksNamed((column) => text(entry[column]), { base: 'https://openreview.net' }),
  ...projectLinks(text(entry.project)),
]

/** Links in `project`. A single page is the project page; the kind of several, or of a paper, depends on the host. */
function projectLinks(column: string): LinkClaim[] {
  const pages = linksOfColumn(column, 'project_page')
  return pages.map(({ kind, url, ...rest }) => {
    const isOther = pages.length > 1 || OF_PAPERS.test(url)
    return {
      ...rest,
      url,
      kind: kind === 'project_page' && isOther ? (linkKindOf(url) ?? 'other') : kind,
    }
  })
}

const OF_PAPERS = /^https?:\/\/(?:www\.|dx\.)?(?:arxiv|aclanthology|doi|aclweb)\.org\//i

/** Id of an entry; null if it is absent, too long or an e-mail address. */
function idOf(value: unknown): string | null {
  const id = typeof value === 'number' ? String(value) : cleanText(value)
  return id === null || id.length > LONGEST_ID || id.includes('@') ? null : id
}

/**
 * Makes a key for an entry without an id from its title, authors and number in the programme. Its position is not used, as it may differ
 * in the next edition of the list.
 */
function contentKey(entry: Json): string {
  const number = [entry.ssid, entry.pid, entry.doi].map(text).find((part) => part !== '') ?? ''
  const said = [text(entry.title), text(entry.author) || text(entry.author_site), number]
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 16)
}

function abstractOf(entry: Json): string | null {
  const abstract = submittedText(entry.abstract)
  return abstract !== null && abstract.length >= SHORTEST_ABSTRACT ? abstract : null
}

const urlOf = (value: unknown): string | null => webAddress(text(value))

/** Splits a list at semicolons or, without these, at commas, since names of areas contain commas. */
function listOf(value: unknown): string[] {
  const printed = text(value)
  return printed === '' ? [] : printed.split(printed.includes(';') ? ';' : ',')
}

/** Repositories in `project`, which is mostly a home page or a data set, so they may not belong to the paper. */
const inProject = (entry: Json): RepositoryClaim[] =>
  parseRepositoryColumn(text(entry.project)).map((ref) => ({
    ...{ ...ref, isOfficial: false, evidence: 'curated', framework: null },
  }))

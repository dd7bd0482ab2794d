import { basename } from 'node:path'
import type { DatePrecision, PaperKind } from '../db/vocabulary.ts'
import { findAuthorIdentifier } from '../domain/author-ref.ts'
import { normaliseIdentifier, parseRef } from '../domain/identifier.ts'
import type {
  AuthorClaim,
  PaperIdentifier,
  PaperRecord,
  RepositoryClaim,
} from '../domain/paper-record.ts'
import { parseRepositoryColumn, type RepositoryRef } from '../domain/repository-ref.ts'
import { titleKey } from '../domain/title-key.ts'
import { findTopics } from '../domain/topic-vocabulary.ts'
import { quote } from '../errors.ts'
import { type Edition, editionOfFile, editionOfRecord } from './conferences.ts'
import { type Json, jsonAdapter } from './json.ts'
import { cleanText, type Refusal, recordOf, repositoriesIn } from './outcome.ts'

/** A paper in more than one list stands there under different ids: so the list is part of the key. */
const SOURCE = 'paperlists'

const KIND_BY_STATUS: Record<string, PaperKind> = {
  workshop: 'workshop_paper',
  'system demonstrations': 'demo',
  demo: 'demo',
  reject: 'preprint',
  withdraw: 'preprint',
  'desk reject': 'preprint',
  active: 'preprint',
}

/** What authors leave in the form when they withdraw a submission. */
const PLACEHOLDERS = new Set(
  'title,abstract,withdraw,withdrawn,placeholder,untitled,none,n a,na,tbd,test,deleted,retracted'.split(
    ',',
  ),
)

/** Anything shorter is a fragment that scraping left behind, such as `Part of`. */
const SHORTEST_ABSTRACT = 25

/**
 * Reads a Paper Copilot conference list: one JSON array of records. `file` names the list: some records do not say
 * which conference they were submitted to. Columns with e-mail addresses are not read.
 */
export const readPaperlist = jsonAdapter('paperlists', (entry, file) =>
  readEntry(entry, editionOfFile(basename(file))),
)

function readEntry(entry: Json, hint: Edition | null): PaperRecord | Refusal {
  const id = cleanText(entry.id)
  const reject = (reason: string): Refusal => ({ key: id, reason })
  if (id === null || id.length > 200) return reject('the entry has no id')
  if (id.includes('@')) return { key: null, reason: 'the id is an address' }
  const title = cleanText(entry.title)
  if (title === null || title.length > 2000) return reject('the entry has no title')
  const abstract = abstractOf(entry)
  const authors = authorsOf(entry)
  if (PLACEHOLDERS.has(titleKey(title))) return reject(`the title ${quote(title)} is a placeholder`)
  if (authors.length === 0 && abstract === null) return reject('neither authors nor an abstract')
  const edition = editionOfRecord({ id, site: str(entry.site), bibtex: str(entry.bibtex) }) ?? hint
  if (!edition)
    return reject(
      'cannot tell the conference; name the file <conference><year>.json, e.g. iclr2018.json',
    )
  return asRecord(entry, { id, title, abstract, authors, edition })
}

interface Parts {
  id: string
  title: string
  abstract: string | null
  authors: AuthorClaim[]
  edition: Edition
}

function asRecord(entry: Json, { id, title, abstract, authors, edition }: Parts): PaperRecord {
  const { conference, year } = edition
  const kind = KIND_BY_STATUS[str(entry.status).toLowerCase()] ?? 'conference_paper'
  // A submission that was not accepted was never published there: it is a preprint, without that venue.
  const isPublished = kind !== 'preprint'
  return recordOf({
    source: SOURCE,
    key: `${conference.code}${year}/${id}`,
    licence: conference.licence,
    title,
    abstract,
    kind,
    published: publishedOn(str(entry.bibtex), year),
    eventYear: isPublished ? year : null,
    language: null,
    isRetracted: false,
    landingUrl: urlOf(entry.oa) ?? urlOf(entry.site),
    pdfUrl: urlOf(entry.pdf),
    citationCount: citationsOf(entry.gs_citation),
    identifiers: identifiersOf(entry, id),
    authors,
    venue: isPublished ? conference.venue : null,
    topics: findTopics(title, abstract, split(str(entry.keywords), /[;,]/)),
    repositories: repositoriesOf(entry, abstract),
  })
}

const str = (value: unknown) => (typeof value === 'string' ? value.trim() : '')

const split = (text: string, by: RegExp | string) => (text === '' ? [] : text.split(by))

function abstractOf(entry: Json): string | null {
  const text = cleanText(entry.abstract)
  return text !== null && text.length >= SHORTEST_ABSTRACT ? text : null
}

function urlOf(value: unknown): string | null {
  const text = str(value)
  return /^https?:\/\/\S+$/.test(text) && URL.canParse(text) ? text : null
}

/** The lists write -1 for a count that was not found. */
function citationsOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
}

/**
 * Parallel lists: the n-th part of each belongs to the n-th author. A list of another length cannot be
 * matched and is left out.
 */
function authorsOf(entry: Json): AuthorClaim[] {
  const names = split(str(entry.author), ';').map(cleanText)
  const column = (name: string) => {
    const parts = split(str(entry[name]), ';').map((part) => part.trim())
    return parts.length === names.length ? parts : []
  }
  const ids = column('authorids')
  const [dblp, orcid, scholar, aff] = ['dblp', 'orcid', 'google_scholar', 'aff'].map(column)
  return names.flatMap((name, i) => {
    if (name === null || name.includes('@')) return []
    const claims = [
      ids[i],
      dblp?.[i],
      orcid?.[i],
      scholar?.[i]?.replace(/^(?:.*[?&]user=)?([\w-]{12})(?:&.*)?$/, 'scholar:$1'),
    ]
    const affiliation = cleanText(aff?.[i])
    return {
      name,
      identifiers: claims.flatMap((claim) => (claim ? (findAuthorIdentifier(claim) ?? []) : [])),
      affiliation: affiliation?.includes('@') ? null : affiliation,
    }
  })
}

/** Links that name a paper, in the columns that may hold one; `pdf` and `site` are of the paper itself. */
function identifiersOf(entry: Json, id: string): PaperIdentifier[] {
  const bibtex = str(entry.bibtex)
  const doi = /\bdoi\s*=\s*[{"]([^}"]+)[}"]/.exec(bibtex)?.[1]
  const url = /\burl\s*=\s*[{"]([^}"]+)[}"]/.exec(bibtex)?.[1]
  const links = [entry.oa, entry.site, entry.openreview, entry.pdf, url].map(str)
  const refs = [...links.filter((link) => link !== ''), ...(doi ? [`doi:${doi}`] : [])]
  const found = refs.flatMap(identifiersOfRef)
  const acl = /^\d{4}\.[\w-]+\.\d+$/.test(id) ? normaliseIdentifier('acl', id) : null
  if (acl) found.push({ scheme: 'acl', value: acl })
  const distinct = new Map(found.map((item) => [`${item.scheme}:${item.value}`, item]))
  return [...distinct.values()]
}

function identifiersOfRef(ref: string): PaperIdentifier[] {
  try {
    return parseRef(ref)
  } catch {
    return []
  }
}

/** `project` is mostly a home page or a data set; the repositories in it are not known to be the paper's. */
function repositoriesOf(entry: Json, abstract: string | null): RepositoryClaim[] {
  const claim =
    (isOfficial: boolean, evidence: RepositoryClaim['evidence']) => (ref: RepositoryRef) => ({
      ...ref,
      isOfficial,
      evidence,
      framework: null,
    })
  return [
    ...repositoriesIn(abstract),
    ...parseRepositoryColumn(str(entry.github)).map(claim(true, 'curated')),
    ...parseRepositoryColumn(str(entry.project)).map(claim(false, 'curated')),
  ]
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** Of BibTeX only `month` and `year` are read here: an ACL month by name, a PMLR day range `02--04 May`. */
function publishedOn(bibtex: string, year: number): { on: string; precision: DatePrecision } {
  const printed = /\byear\s*=\s*[{"]?(\d{4})/.exec(bibtex)?.[1] ?? String(year)
  const field = /\bmonth\s*=\s*[{"]?([^,}"\n]+)/.exec(bibtex)?.[1] ?? ''
  const name = /[a-z]{3}/i.exec(field)?.[0].toLowerCase() ?? ''
  const month = MONTHS.indexOf(name) + 1
  if (month === 0) return { on: `${printed}-01-01`, precision: 'year' }
  const day = /^\s*(\d{1,2})\b/.exec(field)?.[1]
  const prefix = `${printed}-${String(month).padStart(2, '0')}`
  if (!day) return { on: `${prefix}-01`, precision: 'month' }
  return { on: `${prefix}-${day.padStart(2, '0')}`, precision: 'day' }
}

import { OPEN_ACCESS_STATUSES, type PaperKind } from '../../db/tables/vocabulary.ts'
import type { AuthorClaim, PaperRecord, TopicClaim } from '../../domain/record/paper-record.ts'
import type { AuthorRecord } from '../../domain/record/profile-record.ts'
import { findTopics, topicNamed } from '../../domain/record/topic-vocabulary.ts'
import { findAuthorIdentifier } from '../../domain/reference/author-ref.ts'
import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import { publishedFromIso, publishedOf } from '../fields/dates.ts'
import { keyOfPart, libraryKey } from '../fields/library-key.ts'
import { publicationOf } from '../fields/publication.ts'
import { venueNamed } from '../fields/venues.ts'
import {
  count,
  isObject,
  type Json,
  jsonAdapter,
  list,
  object,
  objects,
  text,
} from '../input/json.ts'
import {
  type CitedReading,
  cleanText,
  type EdgeReading,
  type Refusal,
  recordOf,
  repositoriesIn,
} from '../input/outcome.ts'
import {
  citationsOf,
  corpusId,
  identifiersOf,
  inDatasetTerms,
  numberOf,
  readCitation,
  referencesIn,
} from './s2-citations.ts'
import { lostOfAuthor, lostOfEntry } from './s2-shapes.ts'

const LICENCE = 'ODC-BY-1.0'

/**
 * Reads datasets and API responses of Semantic Scholar. Each entry is recognised as a paper, an abstract or summary (which adds to a
 * paper), an author, or a citation.
 */
export const readS2 = jsonAdapter('s2', readEntry, (found) => {
  const entry = asOfDataset(found)
  return 'authorid' in entry ? lostOfAuthor(entry) : lostOfEntry(entry)
})

function readEntry(found: Json): PaperRecord | CitedReading | AuthorRecord | EdgeReading | Refusal {
  const entry = asOfDataset(found)
  if ('citingcorpusid' in entry || 'citationid' in entry) return readCitation(entry)
  if (('corpusid' in entry || 'paperid' in entry) && 'title' in entry)
    return readPaper(entry, endOfCitation(found) ? [LOST_CITATION] : [])
  if ('corpusid' in entry && 'abstract' in entry) return readAbstract(entry)
  if ('corpusid' in entry && 'model' in entry) return readTldr(entry)
  if ('authorid' in entry) return readAuthor(entry)
  const key = corpusId(entry.corpusid) ?? normaliseIdentifier('s2', text(entry.paperid))
  if ('paperid' in entry)
    return { key, reason: 'the entry has no title; request the field title from the API' }
  return { key, reason: 'the entry is not a paper, abstract, tldr, author or citation' }
}

/** Whether an entry comes from the API, which writes names in camel case: a paper, an author, or one end of a citation. */
const isOfApi = (entry: Json) =>
  ['paperId', 'citingPaper', 'citedPaper', 'authorId'].some((name) => name in entry)

function asOfDataset(found: Json): Json {
  if (!isOfApi(found)) return found
  return inDatasetTerms(endOfCitation(found) ?? found)
}

/** The stated end of a citation in a page of references or citations. The other end is only in the URL of the page. */
const endOfCitation = (found: Json) => [found.citingPaper, found.citedPaper].find(isObject)

const LOST_CITATION =
  'the citation was left out, since the response does not name the requested paper'

/** Reads an entry of the dataset of abstracts, which names papers by their corpus id. */
function readAbstract(entry: Json): PaperRecord | Refusal {
  const key = corpusId(entry.corpusid)
  if (key === null) return { key: null, reason: 'the entry has no corpusid' }
  const abstract = cleanText(entry.abstract)
  if (abstract === null) return { key, reason: 'the entry has no abstract' }
  return recordOf({
    source: 's2-abstracts',
    key,
    licence: LICENCE,
    title: '',
    abstract,
    kind: 'other',
    identifiers: [{ scheme: 'corpusid', value: key }],
    topics: findTopics('', abstract),
    repositories: repositoriesIn(abstract),
  })
}

/** Reads an entry of the dataset of one-sentence summaries. */
function readTldr(entry: Json): PaperRecord | Refusal {
  const key = corpusId(entry.corpusid)
  if (key === null) return { key: null, reason: 'the entry has no corpusid' }
  const tldr = cleanText(entry.text)
  if (tldr === null) return { key, reason: 'the entry has no text' }
  return recordOf({
    source: 's2-tldrs',
    key,
    licence: LICENCE,
    title: '',
    tldr,
    kind: 'other',
    identifiers: [{ scheme: 'corpusid', value: key }],
  })
}

function readPaper(entry: Json, lost: string[]): PaperRecord | CitedReading | Refusal {
  const id = numberOf(entry) ?? normaliseIdentifier('s2', text(entry.paperid))
  const title = cleanText(entry.title)
  if (title === null) return { key: id, reason: 'the entry has no title' }
  if (id === null && !('paperid' in entry))
    return { key: null, reason: 'the entry has no corpusid' }
  const record = paperOf(entry, keyOf(entry, id, title), title, lost)
  const citedBy = citationsOf(record, entry, lost)
  const read = { ...record, ...(lost.length > 0 && { lost: [...new Set(lost)] }) }
  return citedBy.length > 0 ? { record: read, citedBy } : read
}

/** Makes the key of a paper. References that Semantic Scholar did not find have only a title. */
function keyOf(entry: Json, id: string | null, title: string): string {
  if (id === null) return libraryKey('title', '', title)
  return 'paperid' in entry && !('authors' in entry) ? keyOfPart(id, entry) : id
}

function paperOf(entry: Json, key: string, title: string, lost: string[]): PaperRecord {
  const kind = kindOf(entry)
  const abstract = cleanText(entry.abstract)
  const tldr = cleanText(object(entry.tldr).text)
  const year = count(entry.year)
  const venue = venueOf(entry, kind)
  return recordOf({
    source: 's2',
    key,
    licence: 'paperid' in entry ? null : LICENCE,
    title,
    abstract,
    ...(tldr !== null && { tldr }),
    kind,
    published:
      publishedFromIso(text(entry.publicationdate)) ?? (year === null ? null : publishedOf(year)),
    eventYear: venue?.kind === 'conference' ? year : null,
    landingUrl: text(entry.url) || null,
    pdfUrl: text(object(entry.openaccesspdf).url) || null,
    citationCount: count(entry.citationcount),
    identifiers: identifiersOf(entry, lost),
    authors: objects(entry.authors).flatMap((author) => authorOf(author, lost)),
    venue,
    ...(kind === 'preprint' ? {} : publicationIn(entry)),
    topics: [...fieldsOf(entry), ...findTopics(title, abstract)],
    repositories: repositoriesIn(abstract),
    ...openAccessIn(entry),
    ...referencesIn(entry, lost),
  })
}

/** Open access. The datasets state only whether a paper is open; the API states the kind, and an empty URL for a closed paper. */
function openAccessIn(entry: Json): Pick<PaperRecord, 'openAccess'> {
  const pdf = object(entry.openaccesspdf)
  const stated = text(pdf.status).toLowerCase()
  const status = OPEN_ACCESS_STATUSES.find((one) => one === stated) ?? null
  const url = text(pdf.url) || null
  const isOpen = url !== null || entry.isopenaccess === true
  if (status === null && !isOpen) return {}
  return {
    openAccess: {
      status: status ?? 'open',
      url,
      licence: text(pdf.license) || null,
      version: null,
    },
  }
}

function kindOf(entry: Json): PaperKind {
  const types = list(entry.publicationtypes).map((type) => text(type).toLowerCase())
  if (types.includes('conference')) return 'conference_paper'
  if (types.includes('journalarticle') && !isPreprintServer(entry)) return 'journal_article'
  if (types.includes('book')) return 'book'
  return isPreprintServer(entry) ? 'preprint' : 'other'
}

const isPreprintServer = (entry: Json) =>
  /^(?:arxiv|corr)\b|\brxiv/i.test(text(entry.venue) || text(object(entry.journal).name))

function venueOf(entry: Json, kind: PaperKind) {
  const printed = cleanText(entry.venue) ?? cleanText(object(entry.journal).name)
  if (kind === 'journal_article') return venueNamed(printed, 'journal')
  return kind === 'conference_paper' ? venueNamed(printed, 'conference') : null
}

function publicationIn(entry: Json) {
  const journal = object(entry.journal)
  return publicationOf({
    container: text(journal.name) || text(entry.venue),
    volume: typeof journal.volume === 'number' ? String(journal.volume) : text(journal.volume),
    pages: text(journal.pages),
  })
}

/** Reads an entry of the dataset of authors, whose ids are those in bylines. */
function readAuthor(entry: Json): AuthorRecord | Refusal {
  const id = typeof entry.authorid === 'number' ? String(entry.authorid) : text(entry.authorid)
  const own = findAuthorIdentifier(`s2:${id}`)
  if (own === null) return { key: null, reason: 'the author has no authorid' }
  const name = cleanText(entry.name)
  if (name === null) return { key: id, reason: 'the author has no name' }
  const orcids = [object(entry.externalids).ORCID].flat().map((orcid) => text(orcid))
  const others = orcids.flatMap((orcid) => findAuthorIdentifier(`orcid:${orcid}`) ?? [])
  const texts = (values: unknown) => list(values).flatMap((value) => cleanText(value) ?? [])
  return {
    type: 'author',
    source: 's2',
    key: id,
    licence: LICENCE,
    url: text(entry.url) || null,
    name,
    aliases: texts(entry.aliases),
    identifiers: [own, ...others.slice(0, 1)],
    affiliations: texts(entry.affiliations),
    homepage: text(entry.homepage) || null,
    paperCount: count(entry.papercount),
    citationCount: count(entry.citationcount),
    hIndex: count(entry.hindex),
  }
}

function authorOf(author: Json, lost: string[]): AuthorClaim[] {
  const name = cleanText(author.name)
  const id = typeof author.authorId === 'number' ? String(author.authorId) : text(author.authorId)
  const isId = /^\d{1,15}$/.test(id)
  if (id !== '' && !isId) lost.push('an authorId that is not a number was left out')
  const identifiers = isId ? [{ scheme: 's2', value: id }] : []
  return name === null ? [] : [{ name, identifiers, affiliation: null }]
}

/** Fields of study, without duplicates, since several classifiers may state the same field. */
function fieldsOf(entry: Json): TopicClaim[] {
  const names = new Set([
    ...objects(entry.s2fieldsofstudy).map((field) => text(field.category)),
    ...list(entry.fieldsofstudy).map(text),
  ])
  return [...names].flatMap((name) => topicNamed(name, 'field', 's2', null) ?? [])
}

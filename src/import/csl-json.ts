import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import type { PaperKind, VenueKind } from '../db/vocabulary.ts'
import { findAuthorIdentifier } from '../domain/author-ref.ts'
import type { AuthorClaim, PaperRecord } from '../domain/paper-record.ts'
import { titleKey } from '../domain/title-key.ts'
import { findTopics } from '../domain/topic-vocabulary.ts'
import { monthOf, publishedFromIso, publishedFromParts, publishedOf } from './dates.ts'
import { findIdentifiers } from './identifiers.ts'
import { type Json, jsonAdapter, object, objects, text } from './json.ts'
import { markupToText } from './markup.ts'
import { cleanText, type Refusal, recordOf, repositoriesIn } from './outcome.ts'
import { publicationOf } from './publication.ts'
import { venueNamed } from './venues.ts'

const KINDS: Record<string, PaperKind> = {
  article: 'preprint',
  'article-journal': 'journal_article',
  'article-magazine': 'journal_article',
  'article-newspaper': 'other',
  'paper-conference': 'conference_paper',
  speech: 'conference_paper',
  chapter: 'chapter',
  book: 'book',
  thesis: 'thesis',
  report: 'report',
  manuscript: 'preprint',
}

/** Reads CSL-JSON, as reference managers export it: a JSON array of items. */
export const readCslJson = jsonAdapter('csl-json', readItem)

/** The record of an item of CSL-JSON in this file. */
export function readItem(item: Json, file: string): PaperRecord | Refusal {
  const id = typeof item.id === 'number' ? String(item.id) : text(item.id)
  const title = cleanText(markupToText(text(item.title)))
  if (title === null) return { key: id || null, reason: 'the item has no title' }
  const kind = KINDS[text(item.type)] ?? 'other'
  const abstract = cleanText(markupToText(text(item.abstract)))
  const venue = venueOf(item, kind)
  const published = issuedOn(item)
  const isEvent = venue?.kind === 'conference' && published !== null
  return recordOf({
    source: 'csl-json',
    key: libraryKey(file, id, title),
    licence: null,
    title,
    abstract,
    kind,
    published,
    eventYear: isEvent ? Number(published.on.slice(0, 4)) : null,
    language: text(item.language) || null,
    landingUrl: text(item.URL) || null,
    identifiers: findIdentifiers(refsOf(item)),
    authors: objects(item.author).flatMap(authorOf),
    venue,
    ...publicationIn(item, kind),
    topics: findTopics(title, abstract, text(item.keyword).split(/[,;]/)),
    repositories: repositoriesIn([abstract, item.note].map((part) => part ?? '').join('\n')),
  })
}

/**
 * A key for an entry of somebody's library, where the same short id names another paper in each file: the file, the
 * id, and a hash of the title.
 */
export function libraryKey(file: string, id: string, title: string): string {
  const name = basename(file).replace(/\.(?:gz|zst)$/, '')
  const hash = createHash('sha256').update(titleKey(title)).digest('hex').slice(0, 8)
  return `${name}/${id.slice(0, 200)}/${hash}`
}

function venueOf(item: Json, kind: PaperKind) {
  const kinds: Partial<Record<PaperKind, VenueKind>> = {
    journal_article: 'journal',
    conference_paper: 'conference',
  }
  const venueKind = kinds[kind]
  if (venueKind === undefined) return null
  const name = text(item['container-title']) || text(item['event-title']) || text(item.event)
  return venueNamed(cleanText(markupToText(name)), venueKind)
}

/** Of theses and reports the publisher is their school or institution. */
function publicationIn(item: Json, kind: PaperKind) {
  const field = (name: string) =>
    typeof item[name] === 'number' ? String(item[name]) : markupToText(text(item[name]))
  const isOfInstitution = kind === 'thesis' || kind === 'report'
  const number = /^arxiv:/i.test(field('number')) ? '' : field('number')
  return publicationOf({
    container: field('container-title'),
    series: field('collection-title'),
    volume: field('volume'),
    number: field('issue') || field('collection-number'),
    pages: field('page'),
    articleNumber: kind === 'journal_article' ? number : null,
    edition: field('edition'),
    editors: objects(item.editor).flatMap((editor) => authorOf(editor).map(({ name }) => name)),
    institution: isOfInstitution ? field('publisher') : null,
    publisher:
      isOfInstitution || (kind === 'preprint' && field('publisher') === 'arXiv')
        ? null
        : field('publisher'),
    publisherPlace: field('publisher-place'),
    isbns: [field('ISBN')],
    issns: [field('ISSN')],
    reportNumber: kind === 'report' ? number : null,
    workType: isOfInstitution ? field('genre') : null,
  })
}

/** Years as numbers or texts, or the whole date as one text. */
function issuedOn(item: Json): PaperRecord['published'] {
  const issued = object(item.issued)
  const raw = text(issued.raw) || text(issued.literal) || text(item.issued)
  const parts = publishedFromParts(issued['date-parts']) ?? publishedFromIso(raw)
  const year = /\b(\d{4})\b/.exec(raw)?.[1]
  return parts ?? (year === undefined ? null : publishedOf(Number(year), monthOf(raw)))
}

/** An identifier with its scheme before it, unless it is written as an address; none where there is none. */
export function prefixed(scheme: string, value: unknown): string[] {
  const id = typeof value === 'number' ? String(value) : text(value)
  return id === '' ? [] : [/^https?:/.test(id) ? id : `${scheme}:${id}`]
}

function refsOf(item: Json): string[] {
  const note = text(item.note)
  const arxiv = /\barxiv:\s*(\S+)/i.exec(`${text(item.number)} ${note}`)?.[1]
  const inNote = /\bdoi:\s*(10\.\S+)/i.exec(note)?.[1]
  return [
    ...prefixed('doi', item.DOI ?? inNote),
    ...prefixed('pmid', item.PMID),
    ...prefixed('pmcid', item.PMCID),
    ...prefixed('arxiv', arxiv),
    ...(text(item.URL) === '' ? [] : [text(item.URL)]),
  ]
}

function authorOf(author: Json): AuthorClaim[] {
  const particle = text(author['non-dropping-particle']) || text(author['dropping-particle'])
  const parts = [author.given, particle, author.family, author.suffix].map(text)
  const name = cleanText(parts.filter(Boolean).join(' ') || text(author.literal))
  const orcid = findAuthorIdentifier(text(author.ORCID))
  const identifiers = orcid?.scheme === 'orcid' ? [orcid] : []
  return name === null ? [] : [{ name: markupToText(name), identifiers, affiliation: null }]
}

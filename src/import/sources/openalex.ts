import {
  OPEN_ACCESS_STATUSES,
  type OpenAccessStatus,
  type PaperKind,
  type TextVersion,
  type VenueKind,
} from '../../db/tables/vocabulary.ts'
import type {
  AuthorClaim,
  PaperIdentifier,
  PaperRecord,
  TopicClaim,
} from '../../domain/record/paper-record.ts'
import type { ProfileRecord } from '../../domain/record/profile-record.ts'
import { findTopics, topicNamed } from '../../domain/record/topic-vocabulary.ts'
import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import { publishedFromIso, publishedOf } from '../fields/dates.ts'
import { distinctIdentifiers, orcidIn, readIdentifiers } from '../fields/identifiers.ts'
import { languageTag } from '../fields/languages.ts'
import { keyOfPart } from '../fields/library-key.ts'
import { markupToText } from '../fields/markup.ts'
import { printedText } from '../fields/printed/printed-text.ts'
import { publicationOf } from '../fields/publication.ts'
import { eventYearOf, venueNamed } from '../fields/venues.ts'
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
import { cleanText, type Refusal, recordOf, repositoriesIn } from '../input/outcome.ts'
import { nameOfInverted, nameOfParts } from '../names/names.ts'
import { prefixed } from './csl-json.ts'
import { institutionClaim } from './institution-claim.ts'
import { asKeywords } from './keywords.ts'
import { readOpenAlexAuthor, readOpenAlexTopic } from './openalex-profiles.ts'
import { lostOfProfile, lostOfWork } from './openalex-shapes.ts'

const LICENCE = 'CC0-1.0'

const LOST_REFERENCE = 'a reference that is not a work of OpenAlex was left out'

/** OpenAlex's types of papers. OpenAlex also lists datasets, front matter and reviews of papers. */
const KINDS: Record<string, PaperKind> = {
  article: 'journal_article',
  review: 'journal_article',
  letter: 'journal_article',
  'data-paper': 'journal_article',
  editorial: 'other',
  erratum: 'other',
  retraction: 'other',
  'conference-paper': 'conference_paper',
  'proceedings-article': 'conference_paper',
  'conference-abstract': 'conference_paper',
  preprint: 'preprint',
  book: 'book',
  'book-chapter': 'chapter',
  dissertation: 'thesis',
  report: 'report',
  standard: 'report',
  'reference-entry': 'other',
  other: 'other',
}

/** Placeholders for unknown authors and for authors whose record was deleted. */
const NOBODY = new Set(['A9999999999', 'A5317838346'])

/** Maximum position of a word in an abstract, since stated positions may be arbitrarily large. */
const MOST_WORDS = 20_000

/**
 * Reads works, authors and topics of OpenAlex: a file of its snapshot, with one object a line, or an API response.
 */
export const readOpenAlex = jsonAdapter('openalex', readEntity, (entity) =>
  /^[AT]\d+$/.test(idOf(entity.id)) ? lostOfProfile(entity) : lostOfWork(entity),
)

function readEntity(entity: Json): PaperRecord | ProfileRecord | Refusal {
  const id = idOf(entity.id)
  if (NOBODY.has(id)) return { key: id, reason: 'the entity is a placeholder for unknown authors' }
  if (/^A\d+$/.test(id)) return readOpenAlexAuthor(entity, id)
  if (/^T\d+$/.test(id)) return readOpenAlexTopic(entity, id)
  if (/^[A-VX-Z]\d+$/.test(id))
    return { key: id, reason: 'the entity is not a work, author or topic' }
  return readWork(entity, id)
}

function readWork(work: Json, id: string): PaperRecord | Refusal {
  const key = normaliseIdentifier('openalex', id)
  if (key === null) return { key: null, reason: 'the work has no OpenAlex id' }
  const kind = kindOf(work)
  if (kind === null)
    return { key, reason: `a work of the type ${text(work.type).slice(0, 40)} is not a paper` }
  const title = printedText(text(work.title) || text(work.display_name))
  if (title === null) return { key, reason: 'the work has no title' }
  return paperOf(work, key, kind, title)
}

function paperOf(work: Json, key: string, kind: PaperKind, title: string): PaperRecord {
  const lost: string[] = []
  const abstract = printedText(
    abstractOf(work.abstract_inverted_index, lost).replace(/\\n(?=\s|$)/g, ' '),
  )
  const location = object(work.primary_location)
  const published = publishedOn(work)
  const venue = kind === 'preprint' ? null : venueOf(location)
  return recordOf({
    source: 'openalex',
    key: 'authorships' in work ? key : keyOfPart(key, work),
    licence: LICENCE,
    ...{ title, abstract, kind, published },
    eventYear: eventYearOf({ venue, published }),
    language: languageTag(text(work.language)),
    isRetracted: work.is_retracted === true,
    landingUrl: text(location.landing_page_url) || null,
    pdfUrl: text(location.pdf_url) || text(object(work.best_oa_location).pdf_url) || null,
    citationCount: count(work.cited_by_count),
    identifiers: identifiersOf(work, key, lost),
    authors: objects(work.authorships).flatMap((author) => authorOf(author, lost)),
    // Answers that list works have the first hundred.
    ...(work.is_authors_truncated === true && { hasMoreAuthors: true }),
    venue,
    ...(kind === 'preprint' ? {} : publicationIn(work, location, lost)),
    topics: [...topicsOf(work), ...findTopics(title, abstract)],
    ...asKeywords(objects(work.keywords).flatMap((item) => cleanText(nameOfItem(item)) ?? [])),
    repositories: repositoriesIn(abstract),
    ...openAccessIn(work),
    references: referencesOf(work, lost),
    lost,
  })
}

const referencesOf = (work: Json, lost: string[]) =>
  list(work.referenced_works).flatMap((cited) => {
    const value = normaliseIdentifier('openalex', idOf(cited))
    if (value === null && idOf(cited) !== '') lost.push(LOST_REFERENCE)
    return value === null ? [] : [{ identifiers: [{ scheme: 'openalex' as const, value }] }]
  })

const STATUSES = new Set<string>(OPEN_ACCESS_STATUSES)

function openAccessIn(work: Json): Pick<PaperRecord, 'openAccess'> {
  const access = object(work.open_access)
  const best = object(work.best_oa_location)
  const stated = text(access.oa_status).toLowerCase()
  const status = STATUSES.has(stated) ? (stated as OpenAccessStatus) : null
  const isOpen = access.is_oa === true || isObject(work.best_oa_location)
  if (status === null && typeof access.is_oa !== 'boolean') return {}
  return {
    openAccess: {
      status: status ?? (isOpen ? 'open' : 'closed'),
      url: text(best.pdf_url) || text(best.landing_page_url) || text(access.oa_url) || null,
      licence: text(best.license) || null,
      version: VERSIONS[text(best.version)] ?? null,
    },
  }
}

const VERSIONS: Record<string, TextVersion> = {
  publishedVersion: 'published',
  acceptedVersion: 'accepted',
  submittedVersion: 'submitted',
}

const idOf = (url: unknown) =>
  text(url).replace(/^https?:\/\/(?:api\.)?openalex\.org\/(?:\w+\/)?/, '')

/** Kind of a work. An "article" may be a conference paper, or only be in a repository. */
function kindOf(work: Json): PaperKind | null {
  const type = text(work.type)
  const kind = Object.hasOwn(KINDS, type) ? (KINDS[type] ?? null) : null
  if (kind !== 'journal_article') return kind
  const location = object(work.primary_location)
  const source = text(object(location.source).type)
  if (source === 'conference' || /proceedings/.test(text(location.raw_type)))
    return 'conference_paper'
  return source === 'repository' ? 'preprint' : kind
}

/** Builds the abstract from an index of words with their positions. */
function abstractOf(index: unknown, lost: string[]): string {
  const words: string[] = []
  for (const [word, places] of Object.entries(object(index)))
    for (const place of Array.isArray(places) ? places : [places])
      if (typeof place === 'number' && Number.isInteger(place) && place >= 0 && place < MOST_WORDS)
        words[place] = word
      else lost.push('a word of the abstract has no position in it; left out')
  return Object.values(words).join(' ')
}

/** Date of publication. If only the year is known, OpenAlex states the first of January. */
function publishedOn(work: Json): PaperRecord['published'] {
  const published = publishedFromIso(text(work.publication_date))
  if (published && !published.on.endsWith('-01-01')) return published
  const year = published ? Number(published.on.slice(0, 4)) : count(work.publication_year)
  return year === null ? null : publishedOf(year)
}

/** Identifiers of a work. The arXiv id has no field; it is read from a DOI or the URL of a location. */
function identifiersOf(work: Json, key: string, lost: string[]): PaperIdentifier[] {
  const ids = object(work.ids)
  const places = [work.primary_location, work.best_oa_location, ...list(work.locations)]
  const addresses = places
    .filter(isObject)
    .flatMap((place) => [text(place.landing_page_url), text(place.pdf_url)])
    .filter((url) => /^https?:\/\/(?:www\.|export\.)?arxiv\.org\//.test(url))
  const refs = [
    ...[...prefixed('doi', work.doi), ...prefixed('doi', ids.doi)],
    ...[...prefixed('pmid', ids.pmid), ...prefixed('pmcid', ids.pmcid)],
    ...addresses,
  ]
  const read = readIdentifiers(refs.filter(Boolean).map((ref) => ref.replace('://export.', '://')))
  lost.push(...read.lost)
  return distinctIdentifiers([{ scheme: 'openalex', value: key }, ...read.identifiers])
}

function authorOf(authorship: Json, lost: string[]): AuthorClaim[] {
  const author = object(authorship.author)
  const raw = cleanText(markupToText(text(authorship.raw_author_name))) ?? ''
  const name =
    nameOfInverted(raw, lost) ?? nameOfParts({ family: text(author.display_name), given: '' }, lost)
  const id = idOf(author.id)
  if (name === null || (id === 'A9999999999' && raw === '')) return []
  const stated = list(authorship.raw_affiliation_strings).map(text).filter(Boolean)
  // Before 2023 there was only one text.
  const printed =
    stated.length > 0 ? stated : [text(authorship.raw_affiliation_string)].filter(Boolean)
  const institutions = objects(authorship.institutions).flatMap((at) =>
    institutionClaim({ name: at.display_name, ror: text(at.ror) }),
  )
  const named = institutions.map((at) => at.name)
  return [
    {
      name,
      identifiers: [
        ...orcidIn(author.orcid, lost),
        ...(/^A\d+$/.test(id) && !NOBODY.has(id) ? [{ scheme: 'openalex', value: id }] : []),
      ],
      affiliation: cleanText((printed.length > 0 ? printed : named).join('; ')),
      ...(institutions.length > 0 && { institutions }),
    },
  ]
}

function venueOf(location: Json) {
  const source = object(location.source)
  const kinds: Record<string, VenueKind> = { journal: 'journal', conference: 'conference' }
  const kind = kinds[text(source.type)]
  return kind === undefined ? null : venueNamed(cleanText(source.display_name), kind)
}

function publicationIn(work: Json, location: Json, lost: string[]) {
  const source = object(location.source)
  const biblio = object(work.biblio)
  const pages = [text(biblio.first_page), text(biblio.last_page)].filter(Boolean)
  const parts = {
    container: text(source.type) === 'repository' ? null : text(source.display_name),
    volume: text(biblio.volume),
    number: text(biblio.issue),
    pages: [...new Set(pages)].join('\u2013'),
    publisher: text(source.type) === 'repository' ? null : text(source.host_organization_name),
    issns: [text(source.issn_l), ...list(source.issn).map(text)],
  }
  return publicationOf(parts, lost)
}

function topicsOf(work: Json): TopicClaim[] {
  const scored = (items: unknown, kind: 'field' | 'keyword') =>
    objects(items).flatMap(
      (item) => topicNamed(nameOfItem(item), kind, 'openalex', scoreOf(item.score)) ?? [],
    )
  const ofKeywords = scored(work.keywords, 'keyword').filter(({ kind }) => kind !== 'keyword')
  return [...scored(work.topics, 'field'), ...ofKeywords]
}

/** Name of a topic or keyword. Until 2024, keywords had another field for it. */
const nameOfItem = ({ display_name, keyword }: Json) => text(display_name) || text(keyword)

const scoreOf = (score: unknown) =>
  typeof score === 'number' && score >= 0 && score <= 1 ? score : null

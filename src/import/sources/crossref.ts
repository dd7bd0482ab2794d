import type { PaperKind } from '../../db/tables/vocabulary.ts'
import type {
  AuthorClaim,
  InstitutionClaim,
  PaperRecord,
  ReferenceClaim,
  VersionClaim,
} from '../../domain/record/paper-record.ts'
import { findTopics } from '../../domain/record/topic-vocabulary.ts'
import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import { normaliseRor } from '../../domain/reference/ror.ts'
import { lostDate, partsAsText, publishedFromParts } from '../fields/dates.ts'
import { lostIdentifier, orcidIn, readIdentifiers } from '../fields/identifiers.ts'
import { citationText } from '../fields/journal-reference.ts'
import { languageTag } from '../fields/languages.ts'
import { keyOfPart } from '../fields/library-key.ts'
import { markupToText } from '../fields/markup.ts'
import { printedText } from '../fields/printed/printed-text.ts'
import { publicationOf } from '../fields/publication.ts'
import { withSubtitle } from '../fields/titles.ts'
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
import {
  type AddingReading,
  cleanText,
  type Refusal,
  recordOf,
  repositoriesIn,
} from '../input/outcome.ts'
import { lostAuthors, personOfParts } from '../names/names.ts'
import {
  accessIn,
  eventsIn,
  isNotice,
  isRetraction,
  noticesIn,
  relatedDois,
  supplementsOf,
} from './crossref-updates.ts'
import { institutionClaim, LOST_ROR } from './institution-claim.ts'
import { lostOfCrossref } from './json-shapes.ts'
import { asEvents, asLinks } from './links.ts'

/** Crossref's types of papers. Crossref also registers journals, figures, reviews and grants. */
const KINDS: Record<string, PaperKind> = {
  'journal-article': 'journal_article',
  'proceedings-article': 'conference_paper',
  'posted-content': 'preprint',
  'book-chapter': 'chapter',
  'book-section': 'chapter',
  'book-part': 'chapter',
  'reference-entry': 'other',
  book: 'book',
  monograph: 'book',
  'edited-book': 'book',
  'reference-book': 'book',
  dissertation: 'thesis',
  report: 'report',
  'report-component': 'report',
  standard: 'report',
  other: 'other',
}

/** Crossref states that facts such as these are not protected; abstracts remain their publishers'. */
const LICENCE = 'CC0-1.0'

/** Reads works of Crossref's API and public data files. The response for a single work wraps it. */
export const readCrossref = jsonAdapter(
  'crossref',
  (entry) => readWork(workIn(entry)),
  (entry) => lostOfCrossref(workIn(entry)),
)

/** Crossref's types by types of CSL. */
const CSL_TYPES: Record<string, string> = {
  'article-journal': 'journal-article',
  'paper-conference': 'proceedings-article',
  chapter: 'book-chapter',
  thesis: 'dissertation',
  article: 'posted-content',
  'entry-encyclopedia': 'reference-entry',
  'entry-dictionary': 'reference-entry',
}

/** Turns the CSL-JSON to which Crossref resolves a DOI into a work: it has single titles, and sometimes types of CSL. */
function workIn(entry: Json): Json {
  const work = isObject(entry.message) ? entry.message : entry
  const names = ['title', 'subtitle', 'container-title'].filter(
    (name) => typeof work[name] === 'string',
  )
  const type = CSL_TYPES[text(work.type)]
  if (names.length === 0 && type === undefined) return work
  const lists = names.map((name) => [name, [work[name]]])
  return { ...work, ...Object.fromEntries(lists), ...(type !== undefined && { type }) }
}

function readWork(work: Json): PaperRecord | AddingReading | Refusal {
  const record = recordOfWork(work)
  const also = 'reason' in record ? [] : noticesIn(work, record.key)
  return 'reason' in record || also.length === 0 ? record : { record, also }
}

function recordOfWork(work: Json): PaperRecord | Refusal {
  const doi = normaliseIdentifier('doi', text(work.DOI))
  if (doi === null) return { key: null, reason: 'the work has no DOI' }
  const type = text(work.type)
  const kind = kindOf(work, type)
  if (kind === null)
    return { key: doi, reason: `a work of the type ${type.slice(0, 40)} is not a paper` }
  const title = withSubtitle(firstOf(work.title), firstOf(work.subtitle))
  if (title === null) return { key: doi, reason: 'the work has no title' }
  if (/^crossref listing of deleted dois$/i.test(firstOf(work['container-title']) ?? ''))
    return { key: doi, reason: 'Crossref has deleted the DOI' }
  return paperOf(work, doi, kind, title)
}

function paperOf(work: Json, doi: string, kind: PaperKind, title: string): PaperRecord {
  const abstract = printedText(text(work.abstract))
  const venue = venueOf(work, kind)
  const published = publishedOf(work)
  const { identifiers, lost } = readIdentifiers([`doi:${doi}`, ...otherVersions(work)])
  return recordOf({
    source: 'crossref',
    key: text(work.type) === '' ? keyOfPart(doi, work) : doi,
    licence: LICENCE,
    ...{ title, abstract, kind, published },
    eventYear: eventYearOf({ venue, published }),
    language: languageTag(text(work.language)),
    isRetracted: objects(work['updated-by']).some(isRetraction),
    landingUrl: text(object(object(work.resource).primary).URL) || text(work.URL) || null,
    pdfUrl: pdfOf(work),
    citationCount: count(work['is-referenced-by-count']),
    identifiers,
    authors: objects(work.author).flatMap((author) => authorOf(author, lost)),
    venue,
    ...publicationIn(work, kind, lost),
    // `subject` describes the journal; Crossref itself withdrew it as wrong for papers.
    topics: findTopics(title, abstract),
    repositories: repositoriesIn(abstract),
    ...versionsIn(work, lost),
    ...asEvents(eventsIn(work, doi)),
    ...asLinks(supplementsOf(work)),
    ...accessIn(work),
    references: objects(work.reference).map(referenceOf),
    lost: [
      ...lost,
      ...lostDate([partsAsText(object(work.issued)['date-parts'])], published),
      ...lostAuthors(work.author, () => false),
    ],
  })
}

/** Reads a reference, which publishers deposit as printed or in parts, and to which Crossref adds the DOI it finds. */
function referenceOf(reference: Json): ReferenceClaim {
  const doi = normaliseIdentifier('doi', text(reference.DOI))
  const title = partOf(reference, 'article-title')
  const printed = partOf(reference, 'unstructured')
  const isNamed = doi !== null || title !== null || printed !== null
  return {
    identifiers: doi === null ? [] : [{ scheme: 'doi', value: doi }],
    title,
    text: isNamed ? printed : partsOfReference(reference),
  }
}

const partOf = (reference: Json, name: string) => cleanText(markupToText(text(reference[name])))

const partsOfReference = (reference: Json) =>
  citationText({
    author: partOf(reference, 'author'),
    year: partOf(reference, 'year'),
    containers: ['volume-title', 'series-title', 'journal-title'].map((name) =>
      partOf(reference, name),
    ),
    volume: partOf(reference, 'volume'),
    issue: partOf(reference, 'issue'),
    page: partOf(reference, 'first-page'),
  })

/** The first title of a list, as Crossref states titles. */
const firstOf = (titles: unknown) => printedText(text(list(titles)[0]))

/**
 * Kind of a work. Series such as lecture notes register conference papers as chapters, which are recognised by the event, or by the
 * title of the book if it names a known conference.
 */
function kindOf(work: Json, type: string): PaperKind | null {
  // A response with selected fields may lack the type.
  if (type === '') return 'other'
  const kind = Object.hasOwn(KINDS, type) ? (KINDS[type] ?? null) : null
  if (kind !== null && objects(work['update-to']).some(isNotice)) return 'other'
  if (kind !== 'chapter' && kind !== 'other') return kind
  const isOfKnown = venueNamed(containersOf(work).container, 'conference')?.acronym != null
  return text(object(work.event).name) !== '' || isOfKnown ? 'conference_paper' : kind
}

function venueOf(work: Json, kind: PaperKind) {
  const { container } = containersOf(work)
  if (kind === 'journal_article') return venueNamed(container, 'journal')
  if (kind !== 'conference_paper') return null
  const event = object(work.event)
  const name = cleanText(markupToText(text(event.name))) ?? container
  const acronym = /^[A-Za-z]{2,12}/.exec(text(event.acronym))?.[0]
  return venueNamed(name, 'conference', acronym ?? null)
}

/** Names of series of books, by words that rarely begin titles of single books. */
const SERIES =
  /^(?:lecture notes|advances in|communications in|studies in|topics in|methods in|progress in|springer|smart innovation|ifip advances|leibniz international|ceur workshop|frontiers in|contributions to|series on|acm international conference proceeding series|the .* series\b)|\bseries$/i

/** Finds book and series among the containers of a work, which often state the series first. */
function containersOf(work: Json): { container: string | null; series: string | null } {
  const titles = list(work['container-title']).flatMap(
    (title) => cleanText(markupToText(text(title))) ?? [],
  )
  const [first = null, second = null] = titles
  if (second === null || text(work.type) === 'journal-article')
    return { container: first, series: null }
  const isSecond = SERIES.test(second) && !SERIES.test(first ?? '')
  return isSecond ? { container: first, series: second } : { container: second, series: first }
}

function publicationIn(work: Json, kind: PaperKind, lost: string[]) {
  const { container, series } = containersOf(work)
  const names = (people: unknown) =>
    objects(people).flatMap((person) => authorOf(person, lost).map(({ name }) => name))
  const isOfInstitution = kind === 'thesis' || kind === 'report'
  const institution =
    text(objects(work.institution)[0]?.name) || text(object(work.institution).name)
  const publisher = text(work.publisher)
  const parts = {
    container,
    series,
    volume: text(work.volume),
    number: text(work.issue) || text(object(work['journal-issue']).issue),
    pages: pagesOf(text(work.page)),
    articleNumber: text(work['article-number']),
    edition: text(work['edition-number']),
    editors: names(work.editor),
    institution: institution || (isOfInstitution ? publisher : null),
    publisher: isOfInstitution || kind === 'preprint' ? null : publisher,
    publisherPlace: text(work['publisher-location']),
    isbns: list(work.ISBN).map(text),
    issns: list(work.ISSN).map(text),
    reportNumber: kind === 'report' ? text(work['report-number']) : null,
    workType: kind === 'thesis' ? text(list(work.degree)[0]) : null,
  }
  return publicationOf(parts, lost)
}

/** Reads pages. `482-482` is one page; `no-no` and `n/a-n/a` are placeholders. */
const pagesOf = (printed: string) =>
  /^(?:no|n\/a)(?:-|$)/i.test(printed) ? null : printed.replace(/^(\S+)-\1$/, '$1')

/** Reads the date of publication. `date-parts` may be a year only, or an empty list. */
function publishedOf(work: Json): PaperRecord['published'] {
  const dates = [work.issued, work.published, work['published-online'], work['published-print']]
  for (const date of [...dates, work.posted]) {
    const published = publishedFromParts(object(date)['date-parts'])
    if (published) return published
  }
  return null
}

function pdfOf(work: Json): string | null {
  const pdf = objects(work.link).find((link) => text(link['content-type']) === 'application/pdf')
  return text(pdf?.URL) || null
}

/** DOIs of the preprint of a paper, or of the publication of a preprint, as stated by the publisher. */
function otherVersions(work: Json): string[] {
  return ['has-preprint', 'is-preprint-of', 'has-version', 'is-version-of']
    .filter((name) => /preprint/.test(name) || text(work.type) === 'posted-content')
    .flatMap((name) => relatedDois(work, name))
    .map((doi) => `doi:${doi}`)
}

const VERSION_RELATIONS: Record<string, VersionClaim['relation']> = {
  'is-translation-of': 'original',
  'has-translation': 'translation',
  'is-version-of': 'version',
  'has-version': 'version',
}

/** Related works that are separate papers. For a preprint, only translations are. */
function versionsIn(work: Json, lost: string[]): Pick<PaperRecord, 'versions'> {
  const isPreprint = text(work.type) === 'posted-content'
  const versions = Object.entries(VERSION_RELATIONS)
    .filter(([, relation]) => !(isPreprint && relation === 'version'))
    .flatMap(([name, relation]) =>
      relatedDois(work, name).flatMap((printed): VersionClaim[] => {
        const value = normaliseIdentifier('doi', printed)
        if (value === null) lost.push(lostIdentifier('doi'))
        return value === null ? [] : [{ relation, identifier: { scheme: 'doi', value } }]
      }),
    )
  return versions.length > 0 ? { versions } : {}
}

function authorOf(author: Json, lost: string[]): AuthorClaim[] {
  const part = (name: string) => cleanText(markupToText(text(author[name]))) ?? ''
  const person = personOfParts({
    family: part('family') || part('name'),
    given: part('given'),
    suffix: part('suffix'),
  })
  if (person === null) return []
  const stated = objects(author.affiliation)
  const affiliations = stated.map(({ name: at }) => markupToText(text(at)))
  const institutions = stated.flatMap((at) => identifiedInstitution(at, lost))
  return [
    {
      ...person,
      identifiers: orcidIn(author.ORCID, lost),
      affiliation: cleanText(affiliations.filter(Boolean).join('; ')),
      ...(institutions.length > 0 && { institutions }),
    },
  ]
}

/** The institution of an affiliation, which members of Crossref identify by ROR id. Its name is the printed affiliation. */
function identifiedInstitution({ name, id }: Json, lost: string[]): InstitutionClaim[] {
  const ror = objects(id).find((one) => text(one['id-type']).toUpperCase() === 'ROR')
  if (ror && text(ror.id) !== '' && normaliseRor(text(ror.id)) === null) lost.push(LOST_ROR)
  return ror
    ? institutionClaim({ name: markupToText(text(name)), isPrinted: true, ror: text(ror.id) })
    : []
}

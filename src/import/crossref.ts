import type { PaperKind } from '../db/vocabulary.ts'
import { findAuthorIdentifier } from '../domain/author-ref.ts'
import { normaliseIdentifier } from '../domain/identifier.ts'
import type { AuthorClaim, PaperRecord, ReferenceClaim } from '../domain/paper-record.ts'
import { findTopics } from '../domain/topic-vocabulary.ts'
import { publishedFromParts } from './dates.ts'
import { findIdentifiers } from './identifiers.ts'
import { count, isObject, type Json, jsonAdapter, list, object, objects, text } from './json.ts'
import { markupToText } from './markup.ts'
import { cleanText, type Refusal, recordOf, repositoriesIn } from './outcome.ts'
import { publicationOf } from './publication.ts'
import { venueNamed } from './venues.ts'

/** Crossref's types of works that are papers; it also registers journals, figures, reviews and grants. */
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

/** Reads works as Crossref's API and its public data files write them; the answer for a single one wraps it. */
export const readCrossref = jsonAdapter('crossref', (entry) =>
  readWork(isObject(entry.message) ? entry.message : entry),
)

function readWork(work: Json): PaperRecord | Refusal {
  const doi = normaliseIdentifier('doi', text(work.DOI))
  if (doi === null) return { key: null, reason: 'the work has no DOI' }
  const type = text(work.type)
  const kind = kindOf(work, type)
  if (kind === null)
    return { key: doi, reason: `a work of the type ${type.slice(0, 40)} is no paper` }
  const title = cleanText(markupToText(text(list(work.title)[0])))
  if (title === null) return { key: doi, reason: 'the work has no title' }
  const abstract = cleanText(markupToText(text(work.abstract)))
  const venue = kind === 'preprint' ? null : venueOf(work, kind)
  const published = publishedOf(work)
  const isEvent = venue?.kind === 'conference'
  return recordOf({
    source: 'crossref',
    key: doi,
    licence: LICENCE,
    title,
    abstract,
    kind,
    published,
    eventYear: isEvent && published ? Number(published.on.slice(0, 4)) : null,
    language: text(work.language) || null,
    isRetracted: objects(work['updated-by']).some((update) => text(update.type) === 'retraction'),
    landingUrl: text(object(object(work.resource).primary).URL) || text(work.URL) || null,
    pdfUrl: pdfOf(work),
    citationCount: count(work['is-referenced-by-count']),
    identifiers: findIdentifiers([`doi:${doi}`, ...otherVersions(work)]),
    authors: objects(work.author).flatMap(authorOf),
    venue,
    ...publicationIn(work, kind),
    topics: findTopics(title, abstract, list(work.subject).map(text)),
    repositories: repositoriesIn(abstract),
    references: objects(work.reference).map(referenceOf),
  })
}

/** A publisher deposits the reference as printed, or its parts, and Crossref adds the DOI it finds. */
function referenceOf(reference: Json): ReferenceClaim {
  const doi = normaliseIdentifier('doi', text(reference.DOI))
  return {
    identifiers: doi === null ? [] : [{ scheme: 'doi', value: doi }],
    title: cleanText(markupToText(text(reference['article-title']))),
    text: cleanText(markupToText(text(reference.unstructured))),
  }
}

/** Series such as lecture notes register papers of a conference as chapters: the event tells. */
function kindOf(work: Json, type: string): PaperKind | null {
  const kind = Object.hasOwn(KINDS, type) ? (KINDS[type] ?? null) : null
  return (kind === 'chapter' || kind === 'other') && text(object(work.event).name) !== ''
    ? 'conference_paper'
    : kind
}

function venueOf(work: Json, kind: PaperKind) {
  const [container] = list(work['container-title']).map(text).filter(Boolean)
  const event = object(work.event)
  const name = text(event.name) || container || ''
  const isConference = kind === 'conference_paper'
  const printed = cleanText(markupToText(isConference ? name : (container ?? name)))
  const acronym = isConference ? /^[A-Za-z]{2,12}/.exec(text(event.acronym))?.[0] : undefined
  return venueNamed(printed, isConference ? 'conference' : 'journal', acronym ?? null)
}

/** A book in a series has both as containers: the longer-lived series comes first. */
function publicationIn(work: Json, kind: PaperKind) {
  const titles = list(work['container-title']).flatMap(
    (title) => cleanText(markupToText(text(title))) ?? [],
  )
  const [series, container] =
    titles.length > 1 && kind !== 'journal_article' ? [titles[0], titles[1]] : [null, titles[0]]
  const names = (people: unknown) =>
    objects(people).flatMap((person) => authorOf(person).map(({ name }) => name))
  const isOfInstitution = kind === 'thesis' || kind === 'report'
  const institution =
    text(objects(work.institution)[0]?.name) || text(object(work.institution).name)
  const publisher = text(work.publisher)
  return publicationOf({
    container,
    series,
    volume: text(work.volume),
    number: text(work.issue) || text(object(work['journal-issue']).issue),
    pages: text(work.page),
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
  })
}

/** `date-parts` may be only a year, or a list with nothing in it. */
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

/** The preprint of a paper, as its publisher names it; only arXiv's ids tell that they are the same paper. */
function otherVersions(work: Json): string[] {
  return objects(object(work.relation)['has-preprint'])
    .map((relation) => text(relation.id))
    .filter((id) => /^10\.48550\/arxiv\./i.test(id))
    .map((id) => `doi:${id}`)
}

function authorOf(author: Json): AuthorClaim[] {
  const name = cleanText(
    [author.given, author.family, author.suffix].map(text).filter(Boolean).join(' ') ||
      text(author.name),
  )
  if (name === null) return []
  const orcid = findAuthorIdentifier(text(author.ORCID))
  const affiliations = objects(author.affiliation).map(({ name: at }) => text(at))
  return [
    {
      name: markupToText(name),
      identifiers: orcid?.scheme === 'orcid' ? [orcid] : [],
      affiliation: cleanText(affiliations.filter(Boolean).join('; ')),
    },
  ]
}

import type { PaperKind } from '../../db/tables/vocabulary.ts'
import type {
  AuthorClaim,
  InstitutionClaim,
  PaperRecord,
  ReferenceClaim,
} from '../../domain/record/paper-record.ts'
import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import { normaliseRor } from '../../domain/reference/ror.ts'
import { lostDate, publishedFromIso, publishedOf } from '../fields/dates.ts'
import { orcidIn, readIdentifiers } from '../fields/identifiers.ts'
import { languageTag } from '../fields/languages.ts'
import { markupToText } from '../fields/markup.ts'
import { printedText } from '../fields/printed/printed-text.ts'
import { withSubtitle } from '../fields/titles.ts'
import { eventYearOf, isPreprintServer } from '../fields/venues.ts'
import { count, isObject, type Json, jsonAdapter, object, objects, text } from '../input/json.ts'
import {
  type AddingReading,
  cleanText,
  type Refusal,
  recordOf,
  repositoriesIn,
} from '../input/outcome.ts'
import { lostAuthors, personOfInverted, personOfParts } from '../names/names.ts'
import { placeOf, publishedAt } from './datacite-place.ts'
import {
  accessOf,
  addingTo,
  dataciteEvents,
  relatedDois,
  sameWork,
  supplementsOf,
  translationsOf,
} from './datacite-related.ts'
import { institutionClaim, LOST_ROR } from './institution-claim.ts'
import { lostOfDatacite } from './json-shapes.ts'
import { topicsOf } from './keywords.ts'
import { asEvents, asLinks } from './links.ts'

/** Types of papers in DataCite's schema. `resourceType` has free words of depositors. */
const KINDS: Record<string, PaperKind> = {
  JournalArticle: 'journal_article',
  DataPaper: 'journal_article',
  ConferencePaper: 'conference_paper',
  Preprint: 'preprint',
  Dissertation: 'thesis',
  Book: 'book',
  BookChapter: 'chapter',
  Report: 'report',
  Standard: 'report',
}

/** Kinds by words of depositors for a text; the first match counts. */
const TEXTS: [RegExp, PaperKind][] = [
  [/preprint|working ?paper/, 'preprint'],
  [/conference|proceedings/, 'conference_paper'],
  [/thesis|dissertation|habilitation/, 'thesis'],
  [/book ?(?:chapter|section|part)|chapter/, 'chapter'],
  [/\bbook\b|monograph/, 'book'],
  [/report|deliverable/, 'report'],
  [/article|journal|review/, 'journal_article'],
]

/** DataCite dedicates its metadata to the public domain. */
const LICENCE = 'CC0-1.0'

/** Reads works of DataCite: API responses, its public data file, and DataCite JSON of archives such as Zenodo. */
export const readDatacite = jsonAdapter(
  'datacite',
  (entry) => readWork(workIn(entry)),
  (entry) => lostOfDatacite(workIn(entry)),
)

function workIn(entry: Json): Json {
  const data = isObject(entry.data) ? entry.data : entry
  return isObject(data.attributes) ? data.attributes : data
}

function readWork(work: Json): PaperRecord | AddingReading | Refusal {
  const stated = objects(work.identifiers).find((one) => text(one.identifierType) === 'DOI')
  const id = normaliseIdentifier('doi', text(work.doi) || text(stated?.identifier))
  if (id === null) return { key: null, reason: 'the work has no DOI' }
  const type = text(object(work.types).resourceTypeGeneral)
  const kind = kindOf(work, type)
  if (kind === null) {
    const [first, ...also] = addingTo(work, id, type)
    if (first) return { record: first, also }
    const reason = type === '' ? 'a work without a type' : `a work of the type ${type.slice(0, 40)}`
    return { key: id, reason: `${reason} is not a paper` }
  }
  const title = titleOf(work)
  return title === null
    ? { key: id, reason: 'the work has no title' }
    : paperOf(work, id, kind, title)
}

function paperOf(work: Json, doi: string, kind: PaperKind, title: string): PaperRecord {
  const abstract = abstractOf(work)
  const published = publishedIn(work)
  const subjects = objects(work.subjects).map(({ subject }) => text(subject))
  const refs = [`doi:${doi}`, ...alternates(work), ...sameWork(work, doi, kind)]
  const { identifiers, lost } = readIdentifiers(refs)
  const place = placeOf(work, kind, lost)
  const { venue } = place
  const supplements = supplementsOf(work)
  return recordOf({
    source: 'datacite',
    key: doi,
    licence: LICENCE,
    ...{ title, abstract, kind, published },
    eventYear: eventYearOf({ venue, published }),
    language: languageTag(text(work.language)),
    landingUrl: text(work.url) || `https://doi.org/${doi}`,
    pdfUrl: pdfOf(work),
    citationCount: count(work.citationCount) || null,
    identifiers,
    authors: authorsOf(work.creators, lost),
    venue,
    ...publishedAt(place, publisherOf(work, kind, lost), lost),
    ...topicsOf(title, abstract, subjects),
    repositories: [...repositoriesIn(abstract), ...supplements.repositories],
    ...asLinks(supplements.links),
    ...translationsOf(work),
    ...asEvents(dataciteEvents(work, doi)),
    ...accessOf(work, doi),
    references: referencesOf(work, lost),
    lost: [
      ...lost,
      ...lostDate([String(work.publicationYear ?? '')], published),
      ...lostAuthors(work.creators, () => false),
    ],
  })
}

/** Publisher of a work. Institutions publish reports and theses; archives publish works that are not published elsewhere. */
function publisherOf(work: Json, kind: PaperKind, lost: string[]) {
  const publisher = nameOf(work.publisher)
  const isOfInstitution = kind === 'thesis' || kind === 'report'
  const isArchive = kind === 'preprint' || isPreprintServer(publisher)
  const editors = objects(work.contributors).filter((one) => text(one.contributorType) === 'Editor')
  return {
    isArchive,
    institution: isOfInstitution && !isRepository(publisher) ? publisher : null,
    publisher: isOfInstitution || isArchive ? null : publisher,
    editors: authorsOf(editors, lost).map(({ name }) => name),
  }
}

function referencesOf(work: Json, lost: string[]): ReferenceClaim[] {
  return relatedDois(work, ['Cites', 'References']).map((value) => {
    const read = readIdentifiers([`doi:${value}`])
    lost.push(...read.lost)
    return { identifiers: read.identifiers }
  })
}

/** Whether a publisher is an archive, which does not publish the theses deposited there. */
const isRepository = (publisher: string | null) =>
  /^(?:figshare|zenodo|osf|open science framework|dryad)\b/i.test(publisher ?? '')

/** Kind of a work. The kind of a `Text` follows from DataCite's mappings to types of other formats. Only old works have no type. */
function kindOf(work: Json, type: string): PaperKind | null {
  const known = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined
  if (known) return known
  if (type !== 'Text' && type !== '') return null
  const { resourceType, citeproc, bibtex, schemaOrg } = object(work.types)
  const printed = text(resourceType)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  const named = TEXTS.find(([form]) => form.test(printed))?.[1]
  if (named) return named
  if (text(citeproc) === 'article-journal') return 'journal_article'
  if (/thesis/i.test(`${text(bibtex)} ${text(schemaOrg)}`)) return 'thesis'
  return type === 'Text' ? 'other' : null
}

function titleOf(work: Json): string | null {
  const titles = objects(work.titles)
  const ofType = (type: string) =>
    titles.find((one) => text(one.titleType) === type && text(one.title) !== '')
  const main = ofType('') ?? titles[0]
  const shown = (one: Json | undefined) => printedText(text(one?.title))
  return withSubtitle(shown(main), shown(ofType('Subtitle')))
}

function abstractOf(work: Json): string | null {
  const found = objects(work.descriptions).find((one) => text(one.descriptionType) === 'Abstract')
  return printedText(text(found?.description))
}

/** Name of the publisher, which is a text before schema 4.5 and an object since. */
const nameOf = (publisher: unknown) => cleanText(isObject(publisher) ? publisher.name : publisher)

function publishedIn(work: Json): PaperRecord['published'] {
  const dates = objects(work.dates)
  const ofType = (type: string) =>
    dates.flatMap(({ date, dateType }) =>
      text(dateType) === type ? (publishedFromIso(text(date)) ?? []) : [],
    )
  // Preprints at arXiv became public with their first submission.
  const all = [...ofType('Issued'), ...ofType('Submitted'), ...ofType('Available')]
  const yearOf = ({ on }: { on: string }) => Number(on.slice(0, 4))
  const year = Number(work.publicationYear) || (all[0] ? yearOf(all[0]) : 0)
  // Dates of embargoes and earlier submissions are in other years.
  const ofYear = all.filter((date) => yearOf(date) === year)
  const [first] = ofYear.toSorted((a, b) => a.precision.length - b.precision.length)
  return first ?? publishedOf(year)
}

function pdfOf(work: Json): string | null {
  const urls = [work.contentUrl].flat().map(text)
  return urls.find((url) => /\.pdf(?:$|\?)|\/pdf\//i.test(url)) ?? null
}

const SCHEMES: Record<string, string> = { arxiv: 'arxiv', pmid: 'pmid', pmcid: 'pmcid' }

/** Other identifiers of the same work, such as the arXiv id of a preprint. */
function alternates(work: Json): string[] {
  const all = [...objects(work.alternateIdentifiers), ...objects(work.identifiers)]
  return all.flatMap((one) => {
    const type = text(one.alternateIdentifierType) || text(one.identifierType)
    const scheme = SCHEMES[type.toLowerCase()]
    const value = text(one.alternateIdentifier) || text(one.identifier)
    return scheme && value !== '' ? [`${scheme}:${value.replace(/^\w+:/, '')}`] : []
  })
}

const authorsOf = (people: unknown, lost: string[]) =>
  objects(people).flatMap((person) => authorOf(person, lost))

function authorOf(creator: Json, lost: string[]): AuthorClaim[] {
  const given = cleanText(creator.givenName) ?? ''
  const family = cleanText(creator.familyName) ?? ''
  const isGroup = text(creator.nameType) === 'Organizational'
  const printed = cleanText(markupToText(text(creator.name))) ?? ''
  const person =
    family !== '' && !isGroup
      ? personOfParts({ family, given })
      : isGroup
        ? personOfParts({ family: printed, given: '' })
        : personOfInverted(printed)
  if (person === null) return []
  const ids = objects(creator.nameIdentifiers)
    .filter((id) => /orcid/i.test(`${text(id.nameIdentifierScheme)} ${text(id.nameIdentifier)}`))
    .flatMap(({ nameIdentifier }) => orcidIn(nameIdentifier, lost))
  const stated = [creator.affiliation].flat()
  const institutions = stated.filter(isObject).flatMap((at) => identifiedInstitution(at, lost))
  return [
    {
      ...person,
      identifiers: ids.slice(0, 1),
      affiliation: cleanText(stated.flatMap((at) => nameOf(at) ?? []).join('; ')),
      ...(institutions.length > 0 && { institutions }),
    },
  ]
}

/** The institution of an affiliation: its name as the depositor wrote it, identified by the ROR id. */
function identifiedInstitution(at: Json, lost: string[]): InstitutionClaim[] {
  const id = text(at.affiliationIdentifier)
  if (!/ror/i.test(`${text(at.affiliationIdentifierScheme)} ${id}`)) return []
  if (id !== '' && normaliseRor(id) === null) lost.push(LOST_ROR)
  return institutionClaim({ name: text(at.name), isPrinted: true, ror: id }).filter(
    ({ ror }) => ror !== undefined,
  )
}

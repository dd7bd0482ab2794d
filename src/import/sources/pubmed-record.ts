import type { PaperKind } from '../../db/tables/vocabulary.ts'
import type {
  AuthorClaim,
  LinkClaim,
  PaperRecord,
  ReferenceClaim,
} from '../../domain/record/paper-record.ts'
import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import { normaliseRor } from '../../domain/reference/ror.ts'
import { withoutAddresses } from '../fields/addresses.ts'
import { arxivIdOf } from '../fields/arxiv-mention.ts'
import { orcidIn, readIdentifiers } from '../fields/identifiers.ts'
import { languageIn } from '../fields/languages.ts'
import { libraryKey } from '../fields/library-key.ts'
import { printedText } from '../fields/printed/printed-text.ts'
import { publicationOf } from '../fields/publication.ts'
import { venueNamed } from '../fields/venues.ts'
import {
  cleanText,
  type ReadRecord,
  type Refusal,
  recordOf,
  repositoriesIn,
} from '../input/outcome.ts'
import {
  authorNamed,
  isName,
  nameOfInverted,
  personOfInverted,
  type StatedName,
} from '../names/names.ts'
import { institutionClaim, LOST_ROR } from './institution-claim.ts'
import { topicsOf } from './keywords.ts'
import { asEvents, asLinks } from './links.ts'
import { dateOf, datesLost } from './pubmed-dates.ts'
import { isRetracted, noticesIn, ownEvents, preprintIds } from './pubmed-notices.ts'

/**
 * A tag of PubMed's format and its text, with what a format states separately: the family name of a person, or the remark on a notice. Tags in lower case are for
 * data of the XML only: `ror` is the ROR id of the affiliation before it, `report` the number of a report.
 */
export type PubmedField = [tag: string, text: string, separate?: string | undefined]

interface Origin {
  source: 'nbib' | 'pubmed-xml'
  file: string
  references?: ReferenceClaim[]
  lost?: string[]
}

/** Makes the record of a PubMed citation from either format, and records of other papers in it. */
export function readPubmedRecord(
  fields: readonly PubmedField[],
  { source, file, references, lost = [] }: Origin,
): { record: ReadRecord; also: PaperRecord[] } | Refusal {
  const all = textsIn(fields)
  const first = (...tags: string[]) => tags.flatMap((tag) => all(tag))[0] ?? null
  const pmid = normaliseIdentifier('pmid', first('PMID')?.split(' ')[0] ?? '')
  const title = titleOf(all, lost)
  if (title === null) return { key: pmid, reason: 'the record has no title (TI)' }
  const abstract = abstractOf(all, lost)
  const kind = kindIn(all)
  const read = readIdentifiers([...refsIn(fields), ...preprintIds(fields, kind)])
  lost.push(...read.lost, ...datesLost(fields))
  const keywords = all('OT', 'MH').map((term) => term.replace(/\*/g, ''))
  const key = pmid ?? libraryKey(file, '', title)
  const published = dateOf(fields)
  const record = recordOf({
    ...{ source, key, licence: null, title, abstract, kind, published },
    language: languageIn(all('LA').join('; '), lost),
    isRetracted: isRetracted(fields),
    landingUrl:
      pmid === null
        ? (all('LID', 'URL').find((id) => /^https?:\S+$/.test(id)) ?? null)
        : `https://pubmed.ncbi.nlm.nih.gov/${pmid}/`,
    identifiers: read.identifiers,
    authors: bylineOf(fields, lost),
    venue: kind === 'journal_article' ? venueNamed(first('JT', 'TA'), 'journal') : null,
    ...publicationIn(fields, kind, lost),
    ...topicsOf(title, abstract, keywords),
    repositories: repositoriesIn(abstract),
    ...asLinks(all('SI').flatMap(dataIn)),
    ...asEvents(ownEvents(fields)),
    ...(references && references.length > 0 && { references }),
  })
  const also = noticesIn(fields, { source, key, identifiers: read.identifiers, published }, lost)
  return { record: lost.length > 0 ? { ...record, lost: [...new Set(lost)] } : record, also }
}

/** Data of the paper in a repository that gives it a DOI: `Dryad/10.5061/dryad.8515`. Other accession numbers are not read. */
function dataIn(accession: string): LinkClaim[] {
  const [, label = '', printed = ''] = /^([^/]+)\/(10\.\d{4,9}\/\S+)$/.exec(accession) ?? []
  const doi = normaliseIdentifier('doi', printed)
  return doi === null ? [] : [{ kind: 'dataset', url: `https://doi.org/${doi}`, label }]
}

type Texts = (...tags: string[]) => string[]

const textsIn =
  (fields: readonly PubmedField[]): Texts =>
  (...tags) =>
    fields.flatMap(([tag, text]) => (tags.includes(tag) ? (cleanText(text) ?? []) : []))

/** Placeholders of PubMed for a missing title. */
const NO_TITLE = /^\[?(?:not available|in process citation|no title available)\.?\]?$/i

/** The title in English, or else of the book, or in the original language. PubMed puts translations into brackets. */
function titleOf(all: Texts, lost: string[]): string | null {
  const titles = ['TI', 'BTI', 'TT'].flatMap((tag) =>
    all(tag).flatMap((printed) => {
      const title = printedText(printed.replace(/(?<=[^.])\.$/, ''))
      return title === null || NO_TITLE.test(title) ? [] : { tag, title }
    }),
  )
  const [shown] = titles
  if (shown && shown.tag !== 'TT' && titles.some(({ tag }) => tag === 'TT'))
    lost.push('the title in the original language was left out')
  return shown?.title ?? null
}

const NO_ABSTRACT = /^abstract available from the publisher\.?$/i
const KIND_OF_ABSTRACT = /^(?:publisher|aamc|aids|kie|pip|nasa|plain-language-summary): +/i

/** The first abstract; those in English come first. */
function abstractOf(all: Texts, lost: string[]): string | null {
  const others = all('OAB').map((text) => text.replace(KIND_OF_ABSTRACT, ''))
  const found = [...all('AB'), ...others]
    .map(printedText)
    .filter((text) => text !== null && !NO_ABSTRACT.test(text))
  if (found.length > 1) lost.push('of several abstracts the first was kept')
  return found[0] ?? null
}

/** Identifiers by their tags, and DOIs and arXiv ids among identifiers of publishers, recognised by a mark or their form. */
function refsIn(fields: readonly PubmedField[]): string[] {
  const under = (...tags: string[]) =>
    fields.flatMap(([tag, text]) => (tags.includes(tag) ? text : []))
  return [
    ...under('PMID').map((text) => `pmid:${text.split(' ')[0]}`),
    ...under('PMC').map((text) => `pmcid:${text}`),
    ...under('LID', 'AID').flatMap((text) => {
      const [, doi] =
        /^(?:doi:\s*)?(.*?)\s*\[doi\]$/i.exec(text) ??
        /^(?:doi:\s*|https?:\/\/(?:dx\.)?doi\.org\/)?(10\.\S+)$/i.exec(text) ??
        []
      if (doi !== undefined) return [`doi:${doi.replace(/^https?:\/\/(?:dx\.)?doi\.org\//i, '')}`]
      const arxiv = /^arxiv:.*\[pii\]$/i.test(text) ? arxivIdOf(text) : null
      return arxiv === null ? [] : [`arxiv:${arxiv}`]
    }),
  ]
}

function publicationIn(fields: readonly PubmedField[], kind: PaperKind, lost: string[]) {
  const all = textsIn(fields)
  const isPart = all('TI').length > 0
  const isOfBook = all('BTI').length > 0
  const [volumeTitle] = isPart ? all('BTI', 'CTI') : []
  const article = all('LID', 'AID').find((id) => /^(?:e\d[\d-]{0,14}|\d{1,7}) \[pii\]$/i.test(id))
  const [pages] = all('PG')
  const isOfEric = kind !== 'journal_article' && all('OWN').includes('ERIC')
  const parts = {
    container:
      kind === 'preprint' || isOfEric ? null : (volumeTitle ?? all('JT')[0] ?? all('TA')[0]),
    series: isOfBook ? all('CTI')[0] : null,
    volume: all('VI')[0],
    number: all('IP')[0],
    pages,
    articleNumber: pages === undefined ? article?.replace(/ \[pii\]$/i, '') : null,
    edition: all('EN')[0],
    editors: all(all('FED').length > 0 ? 'FED' : 'ED').map((name) => nameOfInverted(name)),
    publisher: all('PB')[0] ?? (isOfEric ? all('JT')[0] : null),
    // For journals, the place is only the country.
    publisherPlace: isOfBook ? all('PL')[0] : null,
    isbns: all('ISBN'),
    issns: all('IS', 'ISSN').map((text) => text.replace(/^E?IS[SB]N-/i, '')),
    reportNumber: all('report')[0],
  }
  return publicationOf(parts, lost)
}

const NOTICE =
  /^(?:published erratum|retraction of publication|retraction notice|expression of concern)$/i

/** Kind of a citation: a journal article, unless one of its types states another. Records of ERIC have other types. */
function kindIn(all: Texts): PaperKind {
  const types = all('PT')
  if (all('OWN').includes('ERIC')) return kindAtEric([...all('OID'), ...types])
  const is = (type: RegExp) => types.some((name) => type.test(name))
  if (is(/^preprint$/i)) return 'preprint'
  if (is(/^(?:academic )?(?:dissertation|thesis)/i)) return 'thesis'
  if (is(/^technical report$/i)) return 'report'
  const isOfBook = all('BTI').length > 0
  if (isOfBook && all('TI').length === 0) return 'book'
  if (isOfBook || is(/^book chapter|^section/i)) return 'chapter'
  return is(NOTICE) ? 'other' : 'journal_article'
}

/** Kind of a record of ERIC, which has its own types. */
function kindAtEric(types: readonly string[]): PaperKind {
  const all = types.join(';')
  if (/^EJ\d|journal articles/i.test(all)) return 'journal_article'
  if (/dissertations|theses/i.test(all)) return 'thesis'
  if (/\bbooks\b/i.test(all)) return 'book'
  if (/\breports\b/i.test(all)) return 'report'
  return 'other'
}

/** Reads the byline, with full names if there are any. Each name is followed by its short form, ORCID iD and affiliations. */
function bylineOf(fields: readonly PubmedField[], lost: string[]): AuthorClaim[] {
  const hasFull = fields.some(([tag]) => tag === 'FAU')
  const authors: AuthorClaim[] = []
  let current: AuthorClaim | null = null
  let place = ''
  for (const [tag, text, familyName] of fields) {
    if (tag === (hasFull ? 'FAU' : 'AU') || tag === 'CN') {
      const [person] = authorNamed(nameIn(tag, text, lost))
      current = person ? { ...person, ...(familyName && { familyName }) } : null
      if (current) authors.push(current)
    } else if (tag === 'FED' || tag === 'FIR' || (tag === 'ED' && !hasFull)) current = null
    else if (current && tag === 'AUID')
      current.identifiers.push(...orcidIn(text.replace(/^ORCID:\s*/i, ''), lost))
    else if (current && tag === 'AD') {
      place = text
      current.affiliation = [current.affiliation, cleanText(text)].filter(Boolean).join('; ')
    } else if (current && tag === 'ror') addInstitution(current, { place, ror: text }, lost)
  }
  return authors
}

/** Adds the institution of an affiliation whose ROR id the publisher states. */
function addInstitution(
  author: AuthorClaim,
  { place, ror }: { place: string; ror: string },
  lost: string[],
): void {
  const id = normaliseRor(ror.trim())
  if (id === null) lost.push(LOST_ROR)
  const name = withoutAddresses(place).replace(/\.$/, '')
  const claims = id === null ? [] : institutionClaim({ name, isPrinted: true, ror: id })
  if (claims.length > 0) author.institutions = [...(author.institutions ?? []), ...claims]
}

/** Reads a name. A short form such as `Lovelace AA 3rd` is a family name, initials and a suffix. */
function nameIn(tag: string, text: string, lost: string[]): StatedName | string | null {
  if (tag === 'CN') return isName(text) ? cleanText(text) : null
  const [, family, initials = '', suffix] =
    /^(\S.*?) (\p{Lu}{1,4})(?: (\S+))?$/u.exec(tag === 'AU' ? text : '') ?? []
  if (family === undefined) return personOfInverted(text, lost)
  return personOfInverted(
    [family, [...initials].join(' '), ...(suffix === undefined ? [] : [suffix])].join(', '),
  )
}

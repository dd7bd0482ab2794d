import {
  IDENTIFIER_SCHEMES,
  PAPER_KINDS,
  type PaperKind,
  VENUE_KINDS,
} from '../../db/tables/vocabulary.ts'
import type { PaperRecord } from '../../domain/record/paper-record.ts'
import { arxivIdOf, arxivMentionedIn } from '../fields/arxiv-mention.ts'
import { lostBeside, lostDates, publishedFromText } from '../fields/dates.ts'
import { readIdentifiers, reportLinks } from '../fields/identifiers.ts'
import { languageIn } from '../fields/languages.ts'
import { libraryKey } from '../fields/library-key.ts'
import { markupToText } from '../fields/markup.ts'
import { printedText } from '../fields/printed/printed-text.ts'
import { hasStandardNumber, publicationOf } from '../fields/publication.ts'
import { isRetractedType } from '../fields/titles.ts'
import { eventYearOf, isPreprintServer, venueNamed } from '../fields/venues.ts'
import {
  cleanText,
  type Outcome,
  type ReadRecord,
  type Refusal,
  recordOf,
  repositoriesIn,
} from '../input/outcome.ts'
import { namesInField } from '../names/byline.ts'
import { authorNamed, personOfInverted, type StatedName } from '../names/names.ts'
import { namesOfEditors } from '../names/strays.ts'
import { prefixed } from './csl-json.ts'
import { asDecisions, decisionsIn } from './decision-mention.ts'
import { keywordItems, topicsOf } from './keywords.ts'
import { type RisEntry, readRisEntries } from './ris-entries.ts'

/** Reads RIS of reference managers and publishers: one two-letter tag a line, from TY to ER. */
export async function* readRis(text: AsyncIterable<Buffer>, file: string): AsyncGenerator<Outcome> {
  for await (const { position, fields, fault, repairs } of readRisEntries(text)) {
    const under = textsUnder(fields)
    const reading =
      fault === null ? readEntry(under, file) : { key: under('ID')[0] ?? null, reason: fault }
    if ('reason' in reading) yield { position, reject: reading }
    else yield { position, record: reading, repairs: [...repairs] }
  }
}

/** Makes the record of fields that have RIS tags, also from other formats. */
export const readRisFields = (fields: RisEntry['fields'], file: string): ReadRecord | Refusal =>
  readEntry(textsUnder(fields), file)

const KINDS: Record<string, PaperKind> = {
  ...{ JOUR: 'journal_article', JFULL: 'journal_article', EJOUR: 'journal_article' },
  ...{ MGZN: 'journal_article', INPR: 'journal_article', ABST: 'journal_article' },
  ...{ CONF: 'conference_paper', CPAPER: 'conference_paper' },
  ...{ BOOK: 'book', EDBOOK: 'book', EBOOK: 'book', WHOLE: 'book', SER: 'book' },
  ...{ CHAP: 'chapter', ECHAP: 'chapter', ENCYC: 'chapter', DICT: 'chapter' },
  ...{ THES: 'thesis', RPRT: 'report', STAND: 'report', GOVDOC: 'report' },
  ...{ UNPB: 'preprint', MANSCPT: 'preprint', UNPD: 'preprint', PREP: 'preprint' },
}

/** Kinds by types that are spelled out, as in `TY  - Journal Article`; the first match counts. */
const NAMED_KINDS: [RegExp, PaperKind][] = [
  [/conference|proceedings/i, 'conference_paper'],
  [/chapter|section/i, 'chapter'],
  [/book/i, 'book'],
  [/journal|magazine|article/i, 'journal_article'],
  [/thesis|dissertation/i, 'thesis'],
  [/report|standard/i, 'report'],
  [/unpublished|manuscript|preprint/i, 'preprint'],
]

/** Returns the texts under some tags, in order, with entities resolved. */
type Under = (...tags: string[]) => string[]

function textsUnder(fields: RisEntry['fields']): Under {
  const isLatex = !fields.some(([tag, text]) => tag === 'U3' && text === NO_LATEX)
  return (...tags) =>
    fields.flatMap(([tag, text]) =>
      tags.includes(tag) ? (textUnder(tag, text, isLatex) ?? []) : [],
    )
}

/** Tags of titles, abstracts and names of venues. */
const PRINTED = new Set('TI T1 T2 T3 CT ST TT BT AB N2 JF JO C3'.split(' '))

function textUnder(tag: string, text: string, isLatex: boolean): string | null {
  if (isLatex && PRINTED.has(tag)) return printedText(text)
  return cleanText(isPlain(tag, text) ? text : markupToText(text))
}

/** Whether a text has no markup. A DOI may contain text like a tag, such as `a<b>`; its entities are resolved when it is parsed. */
const isPlain = (tag: string, text: string) =>
  /^(?:DO|DI)$/.test(tag) || (/^(?:AN|UR|L1|L2)$/.test(tag) && !text.includes('&'))

/** The first text under the first tag that has one. */
const firstUnder = (under: Under, ...tags: string[]) => tags.flatMap((tag) => under(tag))[0] ?? null

const CONFERENCE = /^(?:CONF|CPAPER)$|conference|proceedings/i

/** Title of conference proceedings. For other types, indexes put numbers and affiliations under this tag. */
const proceedingsIn = (under: Under) =>
  CONFERENCE.test(under('TY')[0] ?? '')
    ? (under('C3').find((text) => !NUMBERS_OF_INDEXES.test(text)) ?? null)
    : null

/** Numbers of indexes, as Cochrane writes them: `PUBMED 28697043,EMBASE 617305812` */
const NUMBERS_OF_INDEXES = /^(?:(?:PUBMED|EMBASE|MEDLINE|CINAHL|CTGOV|ICTRP)\s+\S+\s*,?\s*)+$/i

/** Title of the journal, proceedings or book of a paper. */
const containerIn = (under: Under) =>
  firstUnder(under, 'T2', 'JF', 'JO', 'BT') ??
  proceedingsIn(under) ??
  firstUnder(under, 'JA', 'J1', 'J2')

function readEntry(under: Under, file: string): ReadRecord | Refusal {
  const id = firstUnder(under, 'ID')
  const isBook = /^(?:BOOK|EDBOOK|EBOOK|WHOLE)$/.test(firstUnder(under, 'TY') ?? '')
  const title = firstUnder(under, 'TI', 'T1', 'CT', ...(isBook ? ['BT'] : []), 'ST', 'TT')
  if (title === null) return { key: id, reason: 'the entry has no title (TI)' }
  return paperOf(under, libraryKey(file, id ?? '', title), title)
}

function paperOf(under: Under, key: string, title: string): ReadRecord {
  const printed = containerIn(under)
  const own = ownOf(under)
  const kind = own.kind ?? kindOf(firstUnder(under, 'TY') ?? '', printed)
  const abstract = firstUnder(under, 'AB', 'N2')
  const notes = under('AN', 'N1', 'M1', 'M2', 'C1')
  const links = linksIn(under, 'UR', 'LK', 'L1', 'L2')
  const published = dateOf(under)
  const acronym = under('J2', 'JA').find((name) => /^\S+$/.test(name)) ?? null
  const venue = own.venue
    ? venueNamed(own.venue.name, own.venue.kind, acronym)
    : venueOf(printed, kind, acronym)
  const eventYear = eventYearOf({ venue, published })
  const { identifiers, lost } = readIdentifiers([...refsOf(under), ...links])
  reportLinks(partsOfLinks(under, 'UR', 'LK', 'L1', 'L2'), lost)
  lost.push(...lostDates(under('PY', 'Y1')), ...lostBeside(yearIn(under), under('DA')))
  return recordOf({
    source: 'ris',
    key,
    licence: null,
    ...{ title, abstract, kind, published, lost, eventYear },
    language: languageIn(under('LA').join('; '), lost),
    isRetracted: isRetractedType(under('M3').join('; ')),
    landingUrl: linksIn(under, 'UR', 'LK')[0] ?? null,
    pdfUrl: linksIn(under, 'L1')[0] ?? null,
    identifiers,
    authors: namesUnder(under, lost, 'AU', 'A1').flatMap(authorNamed),
    venue,
    ...publicationIn(under, kind, lost),
    ...topicsOf(title, abstract, keywordsUnder(under)),
    repositories: repositoriesIn([abstract, ...notes, ...links].join('\n')),
    ...asDecisions(notes.flatMap((note) => decisionsIn(note, { venue, eventYear }))),
  })
}

/** Reads keywords: one a line, or all in one line. With several lines, a comma is part of a keyword. */
function keywordsUnder(under: Under): string[] {
  const [only, ...more] = under('KW')
  return only !== undefined && more.length === 0 ? keywordItems(only) : under('KW')
}

function kindOf(type: string, printed: string | null): PaperKind {
  const kind =
    KINDS[type.toUpperCase()] ?? NAMED_KINDS.find(([form]) => form.test(type))?.[1] ?? 'other'
  return kind === 'journal_article' && isPreprintServer(printed) ? 'preprint' : kind
}

function venueOf(printed: string | null, kind: PaperKind, acronym: string | null) {
  if (kind === 'journal_article') return venueNamed(printed, 'journal', acronym)
  return AT_EVENT.test(kind) ? venueNamed(printed, 'conference', acronym) : null
}

const AT_EVENT = /^(?:conference_paper|workshop_paper|demo)$/

/** Reads values that paperql writes into user-defined tags. */
function ownOf(under: Under) {
  const kind = under('U1').flatMap((text) => /^kind: (\w+)$/.exec(text)?.[1] ?? [])[0]
  const venue = under('U2').flatMap((text) => {
    const [, word, name] = /^venue: (\w+): (.+)$/.exec(text) ?? []
    const venueKind = VENUE_KINDS.find((known) => known === word)
    return venueKind && name ? { kind: venueKind, name } : []
  })[0]
  return { kind: PAPER_KINDS.find((known) => known === kind), venue }
}

/** Splits links, since some programs write several in one line. */
const partsOfLinks = (under: Under, ...tags: string[]) =>
  under(...tags).flatMap((text) => text.split(/\s*;\s*(?=https?:)|\s+(?=https?:)/))

const linksIn = (under: Under, ...tags: string[]) =>
  partsOfLinks(under, ...tags).filter((url) => /^https?:\S+$/.test(url))

/** Mark that paperql writes if a text could be mistaken for LaTeX. */
const NO_LATEX = 'texts: no LaTeX'

/** Mark that paperql writes if a name contains a semicolon. */
const ONE_NAME_A_LINE = 'names: one a line'

/** Reads names: one a line, though some programs write all into one line. */
function namesUnder(under: Under, lost: string[], ...tags: string[]): StatedName[] {
  const isOne = under('U3').includes(ONE_NAME_A_LINE)
  return under(...tags).flatMap((text) =>
    isOne ? (personOfInverted(text) ?? []) : namesInField(text, lost),
  )
}

const SCHEME = new RegExp(`^(?:${IDENTIFIER_SCHEMES.join('|')}):\\S+$`)

/** Finds identifiers. Numbers of databases are in fields for remarks and accession numbers. */
function refsOf(under: Under): string[] {
  const remarks = under('AN', 'N1', 'M1', 'M2', 'M3', 'C1', 'C2', 'L3', 'U1', 'U2', 'PM')
  const isPubmed = /\b(?:medline|pubmed|nlm|ncbi)\b/i.test(under('DB', 'DP').join(' '))
  const inRemarks = remarks.flatMap((text) => {
    const doi = /^(?:doi:?\s*|https?:\/\/(?:dx\.)?doi\.org\/)(10\.\S+)$/i.exec(text)?.[1]
    const arxiv = arxivMentionedIn(text)
    const pmc = /^(?:PMCID:?\s*)?(PMC\d{4,9})\b/.exec(text)?.[1]
    const pmid = /^PMID:?\s*(\d{5,8})\b/i.exec(text)?.[1]
    return [
      ...(doi ? [`doi:${doi}`] : []),
      ...(arxiv ? [`arxiv:${arxiv}`] : []),
      ...(pmid ? [`pmid:${pmid}`] : []),
      ...(pmc ? [`pmcid:${pmc}`] : []),
    ]
  })
  const ofIndexes = under('C3').filter((text) => NUMBERS_OF_INDEXES.test(text))
  const inIndexes = ofIndexes.flatMap((text) => /\bPUBMED (\d{5,8})\b/i.exec(text)?.[1] ?? [])
  const numbers = isPubmed ? under('AN').filter((text) => /^\d{5,8}$/.test(text)) : []
  const isAtArxiv = isPreprintServer(containerIn(under) ?? firstUnder(under, 'PB', 'DB', 'DP'))
  const arxiv = isAtArxiv ? under('C7', 'VL', 'IS', 'M1', 'AN', 'SP').map(arxivIdOf) : []
  return [
    ...under('AN').filter((id) => SCHEME.test(id)),
    // Some programs write another tag after the DOI, in the same line.
    ...under('DO', 'DI').flatMap((doi) =>
      prefixed('doi', doi.split(/\s+(?=[A-Z][A-Z\d]\s+-\s)/)[0]),
    ),
    ...inRemarks,
    ...[...numbers, ...inIndexes].map((id) => `pmid:${id}`),
    ...arxiv.flatMap((id) => (id === null ? [] : `arxiv:${id}`)),
  ]
}

function publicationIn(under: Under, kind: PaperKind, lost: string[]) {
  const first = (...tags: string[]) => firstUnder(under, ...tags)
  const isOfInstitution = kind === 'thesis' || kind === 'report'
  const [start, end] = [first('SP'), first('EP')]
  const title = kind === 'book' ? null : containerIn(under)
  const container = AT_EVENT.test(kind) ? (proceedingsIn(under) ?? title) : title
  // For a report, SN is its number; some reports also have an ISBN or ISSN.
  const standard = under('SN')
  const own = kind === 'report' ? standard.find((text) => !hasStandardNumber(text)) : undefined
  const editors = namesOfEditors((own) => namesUnder(under, own, 'ED', 'A2'), lost)
  const parts = {
    container: isPreprintServer(container) ? null : container,
    series: first('T3') ?? (kind === 'book' ? first('T2') : null),
    volume: first('VL', 'VO'),
    number: first('IS'),
    pages: start && end && !start.includes(end) ? `${start}\u2013${end}` : (start ?? end),
    articleNumber: first('C7'),
    edition: first('ET'),
    editors: editors.map(({ name }) => name),
    institution: isOfInstitution ? first('PB') : null,
    publisher: isOfInstitution ? null : first('PB'),
    publisherPlace: first('CY', 'PP'),
    isbns: standard.filter((text) => text !== own),
    reportNumber: kind === 'report' ? (own ?? first('M1')) : null,
    workType: first('M3'),
  }
  return publicationOf(parts, lost)
}

const FINENESS = ['year', 'month', 'day']

/** Year to be added to dates without one. */
const yearIn = (under: Under): string | null =>
  under('PY', 'Y1').flatMap((text) => /(?<!\d)\d{4}(?!\d)/.exec(text)?.[0] ?? [])[0] ?? null

/**
 * The most precise date in the year of publication: `2021/08/05/`, `2021/08//Summer`, `5 May 2021`, `2021`, or `MAY 5` beside a year,
 * as Web of Science writes it.
 */
function dateOf(under: Under): PaperRecord['published'] {
  const besides = yearIn(under) ?? ''
  const dates = ['PY', 'Y1', 'DA'].flatMap((tag) =>
    under(tag).flatMap(
      (text) => publishedFromText(/\d{4}/.test(text) ? text : `${text} ${besides}`) ?? [],
    ),
  )
  const year = dates[0]?.on.slice(0, 4) ?? ''
  return (
    dates
      .filter(({ on }) => on.startsWith(year))
      .toSorted((a, b) => FINENESS.indexOf(b.precision) - FINENESS.indexOf(a.precision))[0] ?? null
  )
}

import type { EventKind, PaperKind } from '../../db/tables/vocabulary.ts'
import type { AuthorClaim, EventClaim, PaperRecord } from '../../domain/record/paper-record.ts'
import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import { identifierUrl } from '../../domain/reference/identifier-url.ts'
import {
  lostDate,
  lostDates,
  lostMonth,
  monthOf,
  publishedFromText,
  publishedOf,
} from '../fields/dates.ts'
import { orcidIn, readIdentifiers } from '../fields/identifiers.ts'
import { languageIn } from '../fields/languages.ts'
import { libraryKey } from '../fields/library-key.ts'
import { markupToText } from '../fields/markup.ts'
import { isName, nameOfInverted } from '../fields/names.ts'
import { publicationOf } from '../fields/publication.ts'
import { venueNamed } from '../fields/venues.ts'
import { lineDecoder } from '../input/encoding.ts'
import { MAX_RECORD_BYTES, readLines } from '../input/lines.ts'
import {
  cleanText,
  type Outcome,
  type Refusal,
  recordOf,
  repositoriesIn,
} from '../input/outcome.ts'
import { topicsOf } from './keywords.ts'
import { asEvents } from './links.ts'

/** A tag and its text, continuation lines joined. */
type Field = [tag: string, text: string]

/** The text of one record; its position is a line, counted from 1. */
interface RawRecord {
  position: number
  fields: Field[]
  /** Why it cannot be read; null when it may be. */
  fault: string | null
  repairs: Set<string>
}

/** Reads PubMed's format: tags of up to four letters, one a line; a record begins with its PMID, or after an empty line. */
export async function* readNbib(
  text: AsyncIterable<Buffer>,
  file: string,
): AsyncGenerator<Outcome> {
  for await (const { position, fields, fault, repairs } of wholeRecords(readParts(text))) {
    const reading = fault === null ? readRecord(fields, file) : { key: null, reason: fault }
    if ('reason' in reading) yield { position, reject: reading }
    else yield { position, record: reading, repairs: [...repairs] }
  }
}

const TAG = /^([A-Z][A-Z0-9]{1,3}) {0,2}- ?(.*)$/

const hasTag = ({ fields }: RawRecord, ...tags: string[]) =>
  fields.some(([tag]) => tags.includes(tag))

/** An empty line may split a record: parts without a PMID, of which only one has a title, are one record. */
async function* wholeRecords(parts: AsyncIterable<RawRecord>): AsyncGenerator<RawRecord> {
  let last: RawRecord | null = null
  for await (const part of parts) {
    const isOwn =
      hasTag(part, 'PMID') || (hasTag(part, ...TITLES) && last && hasTag(last, ...TITLES))
    if (last && !isOwn && part.fault === null && last.fault === null) {
      last.fields.push(...part.fields)
      for (const repair of part.repairs) last.repairs.add(repair)
      continue
    }
    if (last) yield last
    last = part
  }
  if (last) yield last
}

const TITLES = ['TI', 'BTI']

async function* readParts(text: AsyncIterable<Buffer>): AsyncGenerator<RawRecord> {
  let open: RawRecord | null = null
  const decode = lineDecoder()
  let length = 0
  let isAfterGap = true
  for await (const { position, bytes } of readLines(text, { isAnyEnd: true })) {
    const { text: line, repairs } = decode(bytes)
    const [, tag, value = ''] = TAG.exec(line) ?? []
    if (tag === 'PMID' || (tag !== undefined && isAfterGap)) {
      if (open) yield open
      open = { position, fields: [], fault: null, repairs: new Set() }
      length = 0
    }
    if (bytes !== null && line.trim() === '') isAfterGap = true
    // After an empty line, text without a tag or indent continues nothing.
    else if (open && (tag !== undefined || !isAfterGap || /^\s/.test(line))) {
      isAfterGap = false
      length += bytes?.length ?? MAX_RECORD_BYTES
      if (length >= MAX_RECORD_BYTES) open.fault = `longer than ${MAX_RECORD_BYTES} bytes`
      else if (tag !== undefined) open.fields.push([tag, value.trim()])
      else continueField(open, line.trim())
      for (const repair of repairs) open.repairs.add(repair)
    }
  }
  if (open) yield open
}

function continueField({ fields }: RawRecord, text: string): void {
  const last = fields.at(-1)
  if (last) last[1] = `${last[1]} ${text}`
}

function readRecord(fields: Field[], file: string): PaperRecord | Refusal {
  const all = (...tags: string[]) =>
    fields.flatMap(([tag, text]) => (tags.includes(tag) ? (cleanText(text) ?? []) : []))
  const first = (...tags: string[]) => tags.flatMap((tag) => all(tag))[0] ?? null
  const pmid = normaliseIdentifier('pmid', first('PMID')?.split(' ')[0] ?? '')
  const printed = (first('TI', 'BTI', 'TT') ?? '').replace(/(?<=[^.])\.$/, '')
  const title = cleanText(markupToText(printed))
  if (title === null) return { key: pmid, reason: 'the record has no title (TI)' }
  const abstract = cleanText(markupToText(first('AB', 'OAB') ?? ''))
  const types = all('PT')
  const published = dateOf(first('DP'), first('DEP'))
  const kind = all('OWN').includes('ERIC')
    ? kindAtEric([...all('OID'), ...types])
    : kindOf(types, first('BTI') !== null && first('TI') === null)
  const { identifiers, lost } = readIdentifiers(refsIn(fields))
  lost.push(...datesLost(first('DP'), first('DEP')))
  const keywords = all('OT', 'MH').map((term) => term.replace(/\*/g, ''))
  return recordOf({
    source: 'nbib',
    key: pmid ?? libraryKey(file, '', title),
    licence: null,
    title,
    abstract,
    kind,
    published,
    lost,
    language: languageIn(all('LA').join('; '), lost),
    isRetracted: types.includes('Retracted Publication') || all('RIN').length > 0,
    landingUrl:
      pmid === null
        ? (all('LID', 'URL').find((id) => /^https?:\S+$/.test(id)) ?? null)
        : `https://pubmed.ncbi.nlm.nih.gov/${pmid}/`,
    identifiers,
    authors: bylineOf(fields, lost),
    venue: kind === 'journal_article' ? venueNamed(first('JT', 'TA'), 'journal') : null,
    ...publicationIn(fields, kind, lost),
    ...topicsOf(title, abstract, keywords),
    repositories: repositoriesIn(abstract),
    ...asEvents(eventsOf(fields)),
  })
}

/** Its numbers by their tags, and the DOIs among those of publishers: marked as such, or of that form. */
function refsIn(fields: readonly Field[]): string[] {
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
      return doi === undefined ? [] : [`doi:${doi}`]
    }),
  ]
}

const NOTICES: Record<string, EventKind> = {
  RIN: 'retraction',
  EIN: 'correction',
  CRI: 'correction',
  UIN: 'version',
  ECI: 'concern',
}

/** Notices about this article, each cited by journal, day, DOI and PubMed id: `Nature. 2014 Jul 3;511(7507):112. doi: 10.1038/…. PMID: 24990753`. */
function eventsOf(fields: readonly Field[]): EventClaim[] {
  return fields.flatMap(([tag, text]): EventClaim[] => {
    const kind = Object.hasOwn(NOTICES, tag) ? NOTICES[tag] : undefined
    if (kind === undefined) return []
    const [, date = ''] =
      /\.\s*((?:1[89]|20)\d\d(?: [A-Z][a-z]{2}(?:-[A-Z][a-z]{2})?)?(?: \d{1,2})?)\s*[;:.]/.exec(
        text,
      ) ?? []
    const published = publishedFromText(date)
    const doi = normaliseIdentifier('doi', /\bdoi:\s*(10\.\S+?)\.?(?:\s|$)/i.exec(text)?.[1] ?? '')
    const pmid = normaliseIdentifier('pmid', /\bPMID:\s*(\d+)/i.exec(text)?.[1] ?? '')
    const notice = doi !== null ? identifierUrl('doi', doi) : pmid && identifierUrl('pmid', pmid)
    return [
      {
        kind,
        on: published?.on ?? null,
        ...(published && published.precision !== 'day' && { precision: published.precision }),
        ...(notice && { notice }),
      },
    ]
  })
}

function publicationIn(fields: Field[], kind: PaperKind, lost: string[]) {
  const all = (...tags: string[]) =>
    fields.flatMap(([tag, text]) => (tags.includes(tag) ? (cleanText(text) ?? []) : []))
  const [volumeTitle] = all('TI').length > 0 ? all('BTI', 'CTI') : []
  const article = all('LID', 'AID').find((id) => /^(?:e\d[\d-]{0,14}|\d{1,7}) \[pii\]$/i.test(id))
  const [pages] = all('PG')
  const isOfEric = kind !== 'journal_article' && all('OWN').includes('ERIC')
  const parts = {
    container:
      kind === 'preprint' || isOfEric ? null : (volumeTitle ?? all('JT')[0] ?? all('TA')[0]),
    volume: all('VI')[0],
    number: all('IP')[0],
    pages,
    articleNumber: pages === undefined ? article?.replace(/ \[pii\]$/i, '') : null,
    edition: all('EN')[0],
    editors: all(all('FED').length > 0 ? 'FED' : 'ED').map(nameOfInverted),
    publisher: all('PB')[0] ?? (isOfEric ? all('JT')[0] : null),
    isbns: all('ISBN'),
    issns: all('IS', 'ISSN').map((text) => text.replace(/^E?IS[SB]N-/i, '')),
  }
  return publicationOf(parts, lost)
}

/** What PubMed indexes is an article, unless one of its types says otherwise. */
function kindOf(types: readonly string[], isBook: boolean): PaperKind {
  const is = (type: RegExp) => types.some((name) => type.test(name))
  if (isBook) return 'book'
  if (is(/^book chapter|^section/i)) return 'chapter'
  if (is(/^preprint$/i)) return 'preprint'
  if (is(/^(?:academic )?(?:dissertation|thesis)/i)) return 'thesis'
  if (is(/^technical report$/i)) return 'report'
  return is(/^(?:published erratum|retraction of publication|expression of concern)$/i)
    ? 'other'
    : 'journal_article'
}

/** ERIC has its own types, and names the publisher of what is not in a journal in the place of one. */
function kindAtEric(types: readonly string[]): PaperKind {
  const all = types.join(';')
  if (/^EJ\d|journal articles/i.test(all)) return 'journal_article'
  if (/dissertations|theses/i.test(all)) return 'thesis'
  if (/\bbooks\b/i.test(all)) return 'book'
  if (/\breports\b/i.test(all)) return 'report'
  return 'other'
}

/** `2019 Sep 18`, `2018 May-Jun`, `1998 Spring`, `2000 Dec 23-30`; the day online tells the day where it is of the same month. */
function dateOf(printed: string | null, online: string | null): PaperRecord['published'] {
  const [, year, month = '', day] =
    /^(\d{4})(?:[-/]\d{4})?(?:\s+([A-Za-z]+|\d{1,2})(?:[-/][A-Za-z]+)?(?:\s+(\d{1,2}))?)?/.exec(
      (printed ?? '').replace(/^.*\s(?=(?:19|20)\d\d$)/, ''),
    ) ?? []
  const [, y, m, d] = /^(\d{4})(\d{2})(\d{2})$/.exec(online ?? '') ?? []
  if (year === undefined)
    return y === undefined ? null : publishedOf(Number(y), Number(m), Number(d))
  return publishedOf(Number(year), monthOf(month), day === undefined ? undefined : Number(day))
}

/** The printed date, whose month is a word, and the day online, `20190918`. */
function datesLost(printed: string | null, online: string | null): string[] {
  const [, y, m, d] = /^(\d{4})(\d{2})(\d{2})$/.exec(online ?? '') ?? []
  const day = y === undefined ? online : `${y}-${m}-${d}`
  return [
    ...lostDates([printed]),
    ...lostMonth(/^\d{4}\S*\s+(\p{L}+)/u.exec(printed ?? '')?.[1] ?? null),
    ...lostDate([day], y === undefined ? null : publishedOf(Number(y), Number(m), Number(d))),
  ]
}

/** Full names where there are; each is followed by its short form, its ORCID iD and its affiliations. */
function bylineOf(fields: Field[], lost: string[]): AuthorClaim[] {
  const hasFull = fields.some(([tag]) => tag === 'FAU')
  const authors: AuthorClaim[] = []
  let current: AuthorClaim | null = null
  for (const [tag, text] of fields) {
    if (tag === (hasFull ? 'FAU' : 'AU') || tag === 'CN') {
      const name = nameIn(tag, text)
      current = name === null ? null : { name, identifiers: [], affiliation: null }
      if (current) authors.push(current)
    } else if (tag === 'FED' || tag === 'FIR' || (tag === 'ED' && !hasFull)) current = null
    else if (current && tag === 'AUID')
      current.identifiers.push(...orcidIn(text.replace(/^ORCID:\s*/i, ''), lost))
    else if (current && tag === 'AD')
      current.affiliation = [current.affiliation, cleanText(text)].filter(Boolean).join('; ')
  }
  return authors
}

/** `Lovelace AA 3rd` is a family name with initials. */
function nameIn(tag: string, text: string): string | null {
  if (tag === 'CN') return isName(text) ? cleanText(text) : null
  const [, family, initials = '', suffix] =
    /^(\S.*?) (\p{Lu}{1,4})(?: (\S+))?$/u.exec(tag === 'AU' ? text : '') ?? []
  if (family === undefined) return nameOfInverted(text)
  return nameOfInverted(
    [family, [...initials].join(' '), ...(suffix === undefined ? [] : [suffix])].join(', '),
  )
}

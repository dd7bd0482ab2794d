import type { AuthorClaim, ReferenceClaim } from '../../domain/record/paper-record.ts'
import type { AuthorIdentifier } from '../../domain/reference/author-ref.ts'
import { orcidIn, readIdentifiers } from '../fields/identifiers.ts'
import { cleanText, type Outcome, type ReadRecord, type Refusal } from '../input/outcome.ts'
import { nameOfInverted } from '../names/names.ts'
import { countIn } from './csv-losses.ts'
import { accessNamed } from './open-access.ts'
import { readRisFields } from './ris.ts'
import { type DialectName, readTaggedEntries, type TaggedEntry } from './tagged-entries.ts'

/**
 * Reads the tagged text of Web of Science (`.ciw`, `savedrecs.txt`), of EndNote and Refer (`.enw`, also of Google Scholar) and of
 * RefWorks. Their tags are translated to tags of RIS.
 */
export async function* readTagged(
  text: AsyncIterable<Buffer>,
  file: string,
): AsyncGenerator<Outcome> {
  for await (const entry of readTaggedEntries(text)) {
    const { position, fault, repairs } = entry
    if (entry.dialect === 'wos') entry.fields = withLastInitials(entry.fields)
    const reading = fault === null ? readEntry(entry, file) : { key: null, reason: fault }
    if ('reason' in reading) yield { position, reject: reading }
    else yield { position, record: reading, repairs: [...repairs] }
  }
}

type Field = TaggedEntry['fields'][number]

/** Tags of RIS by tags of each dialect. */
const TAGS: Record<DialectName, Record<string, string>> = {
  wos: {
    ...{ AF: 'AU', CA: 'AU', BF: 'AU', BE: 'ED', ED: 'ED', GP: 'ED', TI: 'TI', SO: 'T2' },
    ...{ SE: 'T3', LA: 'LA', DT: 'M3', DE: 'KW', AB: 'AB', SN: 'SN', EI: 'SN', BN: 'SN' },
    ...{ PU: 'PB', PI: 'CY', PY: 'PY', VL: 'VL', IS: 'IS', BP: 'SP', EP: 'EP', AR: 'C7' },
    ...{ DI: 'DO', UT: 'ID', JI: 'JA' },
  },
  refer: {
    ...{ '0': 'TY', A: 'AU', T: 'TI', J: 'JF', B: 'T2', S: 'T3', V: 'VL', N: 'IS', P: 'SP' },
    ...{ D: 'PY', '8': 'DA', I: 'PB', C: 'CY', E: 'ED', X: 'AB', K: 'KW', U: 'UR', R: 'DO' },
    ...{ '@': 'SN', G: 'LA', '9': 'M3', '7': 'ET', F: 'ID', M: 'AN', '>': 'L1', Z: 'N1' },
  },
  refworks: {
    ...{ RT: 'TY', A1: 'AU', A2: 'ED', T1: 'TI', T2: 'T2', T3: 'T3', JF: 'JF', JO: 'JO' },
    ...{ YR: 'PY', FD: 'DA', VO: 'VL', IS: 'IS', SP: 'SP', OP: 'EP', K1: 'KW', AB: 'AB' },
    ...{ PB: 'PB', PP: 'CY', SN: 'SN', DO: 'DO', LK: 'UR', UL: 'UR', NO: 'N1', ED: 'ET' },
    ...{ LA: 'LA', AN: 'AN', ID: 'ID' },
  },
}

function readEntry({ dialect, fields }: TaggedEntry, file: string): ReadRecord | Refusal {
  const under = (tag: string) => fields.flatMap(([own, text]) => (own === tag && text ? text : []))
  const tags = TAGS[dialect]
  const renamed = fields.flatMap(([tag, text]): Field[] => {
    const own = Object.hasOwn(tags, tag) ? tags[tag] : undefined
    if (own === undefined || text === '' || (tag === 'BF' && hasAuthors(under))) return []
    // Libraries also put other identifiers under the tag for DOIs.
    if (own === 'DO' && /^(?:oai|urn|hdl|https?):(?!.*\b10\.\d)/i.test(text)) return []
    return [[own, dialect === 'wos' && own === 'T2' ? withoutVolume(text) : text]]
  })
  const added =
    dialect === 'wos' ? ofWebOfScience(under) : dialect === 'refer' ? ofRefer(under) : []
  const record = readRisFields([...added, ...renamed], file)
  return 'reason' in record || dialect !== 'wos' ? record : withWebOfScience(record, under)
}

/**
 * Joins a last initial to the given name wherever the entry has the name: in `Kuchin, Andrej, V`, whose short form is `Kuchin, AV`, the
 * letter is an initial and not a generation.
 */
function withLastInitials(fields: Field[]): Field[] {
  const textsOf = (tag: string) => fields.flatMap(([own, text]) => (own === tag ? text : []))
  const short = textsOf('AU')
  const names = textsOf('AF').filter((name, at) => {
    const letter = /^[^,]+,[^,]+, (\p{Lu})$/u.exec(name)?.[1]
    const initials = /, ?(\p{Lu}{2,})$/u.exec(short[at] ?? '')?.[1]
    return letter !== undefined && initials?.endsWith(letter) === true
  })
  if (names.length === 0) return fields
  const joined = (text: string) =>
    names.reduce((all, name) => all.replaceAll(name, name.replace(/, (?=\p{Lu}$)/u, ' ')), text)
  return fields.map(([tag, text]) => [tag, /^(?:AF|C1|OI)$/.test(tag) ? joined(text) : text])
}

/** Whether the paper has its own authors. If so, authors of the book are its editors, or wrote the whole book. */
const hasAuthors = (under: Under) => under('AU').length + under('AF').length > 0

const withoutVolume = (title: string) => title.replace(/, VOL \d+$/, '')

type Under = (tag: string) => string[]

/** Fields of RIS that need several fields of Web of Science, such as the type, and the byline in its longest form. */
function ofWebOfScience(under: Under): Field[] {
  const [event] = under('CT')
  const kind = risTypeOf(under)
  const names = under('AF').length === 0 ? under('AU') : []
  const books = under('BF').length === 0 && !hasAuthors(under) ? under('BA') : []
  return [
    ['TY', kind],
    ...under('PS').flatMap(placeInZoology),
    ...[...names, ...books].map((name): Field => ['AU', name]),
    ...under('PM').map((number): Field => ['N1', `PMID: ${number}`]),
    ...under('PD').map((day): Field => ['DA', day]),
    ...(kind === 'CONF' && event
      ? [['T2', event] as Field, ['C3', withoutVolume(under('SO')[0] ?? '')] as Field]
      : []),
  ]
}

/**
 * The type of RIS. The type of the document is more specific than the type of the publication. Short exports leave it out: then a part
 * of a book is recognised by pages, or by a meeting.
 */
function risTypeOf(under: Under): string {
  const [[type = ''], document] = [under('PT'), under('DT').join(';')]
  // A paper of a meeting that a journal published as an article.
  const isArticle = type === 'J' && /(?:^|;)\s*article\s*(?:;|$)/i.test(document)
  if (/proceedings paper|meeting/i.test(document)) return isArticle ? 'JOUR' : 'CONF'
  if (/book chapter/i.test(document)) return 'CHAP'
  const isBare = document === '' && (type === 'B' || type === 'S')
  if (isBare && under('CT').length > 0) return 'CONF'
  if (type !== 'B') return type === 'P' ? 'PAT' : 'JOUR'
  const [[title = ''], [book = '']] = [under('TI'), under('SO')]
  const isPart = book !== '' && book.toLowerCase() !== title.toLowerCase()
  return isBare && isPart && under('BP').length > 0 ? 'CHAP' : 'BOOK'
}

/**
 * Reads the pages in Zoological Record, or the number of an article before or instead of them: `pp. 78-81`, `2-10,illust.`,
 * `art2, 1-16`, `duz039`.
 */
function placeInZoology(printed: string): Field[] {
  const place = printed
    .replace(/^pp?\.\s*|,?\s*illust\.?$|^\((?=[^()]*\)$)|(?<=^\([^()]*)\)$/gi, '')
    .trim()
  const [, article = '', pages = ''] = /^(?:((?:art\s?)?\d+),\s+(?=\d+-))?(.*)$/is.exec(place) ?? []
  // The number of pages is not a page.
  if (/^(?:unpaginated|unpaged|\d+\s*pp?\.?)$/i.test(pages)) return []
  const isNumber = article === '' && /^(?:e\d+|(?![ivxlc]+\b)\p{Ll}+\d*)$/u.test(pages)
  return isNumber
    ? [['C7', pages]]
    : [...(article === '' ? [] : [['C7', article] as Field]), ['SP', pages]]
}

/** Adds a type to entries of Google Scholar, which sometimes have none. */
const ofRefer = (under: Under): Field[] =>
  under('0').length > 0 ? [] : [['TY', under('J').length > 0 ? 'JOUR' : 'GEN']]

/** Adds data for which RIS has no tag: citation count, references, and ORCID iDs and addresses of authors. */
function withWebOfScience(record: ReadRecord, under: Under): ReadRecord {
  const lost = [...(record.lost ?? [])]
  const ofPaper = new Set([...under('AU'), ...under('AF')].map(keyOfPrinted))
  const books = [under('BF'), under('BA')].find((names) => names.length > 0) ?? []
  if (hasAuthors(under) && books.some((name) => !ofPaper.has(keyOfPrinted(name))))
    lost.push(LOST_BOOK_AUTHORS)
  const cited = under('TC').flatMap((text) => countIn(text, 'TC', lost) ?? [])[0]
  const orcids = orcidsIn(under('OI'), lost)
  const addresses = addressesIn(under('C1'), record.authors, lost)
  const references = under('CR').map(referenceOf)
  const access = accessNamed(under('OA').join('; '))
  return {
    ...record,
    citationCount: cited ?? record.citationCount,
    authors: record.authors.map((author) => ({
      ...author,
      identifiers:
        author.identifiers.length > 0 ? author.identifiers : (orcids.get(author.name) ?? []),
      affiliation: author.affiliation ?? cleanText(addresses(author.name).join('; ')),
    })),
    ...(references.length > 0 && { references }),
    ...(access && { openAccess: { ...access, url: null, licence: null } }),
    lost,
  }
}

/** Reads ORCID iDs, such as `Hopper, Grace/0000-0002-1825-0097; Bee, Ada/…`, by printed names. */
function orcidsIn(texts: string[], lost: string[]): Map<string, AuthorIdentifier[]> {
  const items = texts.flatMap((text) => text.split(/\s*;\s*/)).filter(Boolean)
  return new Map(
    items.map((item) => {
      const [name = '', id] = item.split('/')
      return [nameOfInverted(name) ?? '', orcidIn(id, lost)]
    }),
  )
}

const ADDRESS = /^(?:\[([^\]]+)\] )?(.*?)\.?$/s

/**
 * Makes a function that finds the addresses of an author in lines such as `[Hopper, Grace; Bee, Ada] Invented Univ, Arlington, VA USA.`
 * A single address without names belongs to all authors.
 */
function addressesIn(
  lines: string[],
  authors: readonly AuthorClaim[],
  lost: string[],
): (name: string) => string[] {
  const stated = lines.map((line) => {
    const [, names, text = ''] = ADDRESS.exec(line) ?? []
    return { text, names: names?.split(/\s*;\s*/).map((name) => keyOfName(nameOfInverted(name))) }
  })
  const isOfAll = stated.length === 1 || authors.length === 1
  const authorKeys = new Set(authors.map(({ name }) => keyOfName(name)))
  if (stated.some(({ names }) => (names ? !names.every((one) => authorKeys.has(one)) : !isOfAll)))
    lost.push('an address whose authors are not in the byline was left out')
  return (name) =>
    stated.flatMap(({ text, names }) =>
      (names ? names.includes(keyOfName(name)) : isOfAll) ? text : [],
    )
}

export const LOST_BOOK_AUTHORS =
  'authors of the book, who are not authors of the paper, were left out'

const keyOfPrinted = (name: string) => keyOfName(nameOfInverted(name))

/** Key by which names are compared, since bylines may be in capitals. */
const keyOfName = (name: string | null) => name?.toLowerCase() ?? ''

/** Reads a reference such as `Bee A, 2001, J ODD FILES, V1, P2, DOI 10.5555/a`; some have several DOIs in brackets. */
function referenceOf(printed: string): ReferenceClaim {
  const doi = /\bDOI \[?(?:DOI )?(10\.[^\s,\]]+)/i.exec(printed)?.[1]
  const { identifiers } = readIdentifiers(doi === undefined ? [] : [`doi:${doi}`])
  return { identifiers, title: null, text: cleanText(printed) }
}

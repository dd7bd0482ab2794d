import type { PaperKind } from '../../db/tables/vocabulary.ts'
import type { PaperRecord, VenueClaim } from '../../domain/record/paper-record.ts'
import { conferenceOfAcronym } from '../../domain/venues/conferences.ts'
import { isYear, lostDates, lostMonth, monthOf, publishedOf } from '../fields/dates.ts'
import { licenceOf } from '../fields/editions.ts'
import { type PublicationParts, publicationOf } from '../fields/publication.ts'
import { eventYearOf, venueNamed } from '../fields/venues.ts'
import { cleanText } from '../input/outcome.ts'
import { elementsAt, type XmlElement } from '../input/xml-records.ts'
import { personOfParts, type StatedName } from '../names/names.ts'

/** Data of a volume of the Anthology that its papers share. */
export interface AclVolume {
  collection: string
  id: string
  kind: PaperKind
  published: PaperRecord['published']
  eventYear: number | null
  venue: VenueClaim | null
  licence: string | null
  /** Publication of the papers, without pages. */
  publication: PublicationParts
  /** Values of the volume that could not be used. */
  lost: string[]
}

/** Position in a file: the ids of the surrounding tags, and the metadata of the volume. */
export interface AclPlace {
  collection: string | null
  volume: string | null
  isJournal: boolean
  /** Metadata of the volume; null before it was read, or if it is unreadable. */
  meta: XmlElement | null
  /** The volume read from `meta`, once for all its papers. */
  read: AclVolume | null
}

/** Maximum number of venues of a volume. Joint volumes of conferences and workshops have three. */
const MOST_VENUES = 20
/** Maximum length of a title of a volume, which is kept for each of its papers. */
const LONGEST_TEXT = 2000

/** Reads a volume. Without its `<meta>`, only the year is known, from the id of the collection. */
export function readAclVolume(collection: string, volume: string, place: AclPlace): AclVolume {
  const { meta, isJournal } = place
  const first = (path: string) =>
    meta ? cleanText(elementsAt(meta, path)[0]?.text.slice(0, LONGEST_TEXT)) : null
  const book = first('booktitle')
  const journal = isJournal ? journalOf(first('journal-title') ?? book) : null
  const codes = meta
    ? elementsAt(meta, 'venue')
        .map(({ text }) => text.trim())
        .slice(0, MOST_VENUES)
    : []
  const venue = isJournal ? venueNamed(journal, 'journal') : venueOf(book, codes)
  const published = publishedIn(collection, first('year'), first('month'))
  const publisher = first('publisher')
  return {
    collection,
    id: volume,
    kind: kindOf(volume, { book, isJournal, venue }),
    published,
    eventYear: eventYearOf({ venue, published }),
    venue,
    licence: licenceIn({ venue, codes, published, publisher }),
    lost: [...lostDates([first('year')]), ...lostMonth(first('month'))],
    publication: {
      container: journal ?? book,
      volume: first('journal-volume'),
      number: first('journal-issue'),
      publisher,
      publisherPlace: first('address'),
      isbns: meta ? elementsAt(meta, 'isbn').map(({ text }) => text) : [],
      editors:
        meta && !isJournal ? elementsAt(meta, 'editor').map((one) => personOf(one)?.name) : [],
    },
  }
}

/** The name of an `<author>` or `<editor>`; null when it names nobody. */
export function personOf(person: XmlElement, lost: string[] = []): StatedName | null {
  const part = (name: string) => cleanText(elementsAt(person, name)[0]?.text) ?? ''
  return personOfParts({ family: part('last'), given: part('first') }, lost)
}

/** Publication of a paper on these pages of the volume. */
export function publicationIn(
  volume: AclVolume,
  { pages, journal }: { pages: string | null; journal: string | null },
  lost: string[],
) {
  const container = journal === null ? {} : { container: journal }
  return publicationOf({ ...volume.publication, ...container, pages }, lost)
}

/**
 * Makes the id of a paper. Until 2019 it is the id of the collection with one digit for the volume and three for the paper, or two for
 * each in collections with more volumes.
 */
export function aclIdOf({ collection, id }: Pick<AclVolume, 'collection' | 'id'>, paper: string) {
  if (!/^[A-Z]\d\d$/i.test(collection)) return `${collection}-${id}.${paper}`
  const isWide = /^(?:W|C69)/i.test(collection) || (/^D19$/i.test(collection) && Number(id) >= 5)
  const digits = isWide ? 2 : 1
  return `${collection}-${id.padStart(digits, '0')}${paper.padStart(4 - digits, '0')}`
}

/** Removes volume, issue and date from a title such as `Computational Linguistics, Volume 48, Issue 1 - March 2022`. */
const journalOf = (printed: string | null) =>
  printed === null
    ? null
    : cleanText(
        printed.replace(
          /(?:[,.]? formerly\b|,? vol(?:ume|\.)\s*\d|,? number \d|\s\([^()]*\d{4}\)$).*$/i,
          '',
        ),
      )

/** Finds the venue by the title of the proceedings, with the Anthology's short form if the title contains it. */
function venueOf(book: string | null, codes: readonly string[]): VenueClaim | null {
  const short = codes.flatMap((code) => shortFormIn(book ?? '', code))[0] ?? null
  return venueNamed(book === null ? null : seriesOf(book), 'conference', short)
}

/** Ordinal in a title: digits, or words up to "Twentieth". */
const ORDINAL =
  /^((?:proceedings of )?(?:the )?)(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth)\s+(?:edition of (?:the )?|(?=(?:[\w’'-]+\s+){0,5}(?:workshop|conference|symposium|meeting|congress|colloquium)\b))/i

/** Removes ordinal, volume and short form with year from a title of proceedings, so that the titles of all years are equal. */
const seriesOf = (book: string): string =>
  book
    .replace(/\s*\(vol(?:ume|\.)[^()]*\)|[:,]\s*vol(?:ume|\.)\s*\d.*$/gi, '')
    .replace(/\s*\([\p{L}*-]{2,15}(?:\s?['’]?\s?(?:\d\d|\d{4}))?\)$/u, '')
    .replace(ORDINAL, '$1')

/** Finds the code of a venue, such as `semeval`, in the spelling of the title: `SemEval`. */
function shortFormIn(book: string, code: string): string[] {
  if (!/^[a-z\d]{2,20}$/.test(code) || code === 'ws') return []
  const found = new RegExp(`(?<=[(\\s])${code}(?=[-\\s)’'\\d]|$)`, 'i').exec(book)?.[0]
  return found !== undefined && /\p{Lu}/u.test(found.slice(0, 1)) ? [found] : []
}

interface Printed {
  book: string | null
  isJournal: boolean
  venue: VenueClaim | null
}

function kindOf(volume: string, { book, isJournal, venue }: Printed): PaperKind {
  if (isJournal) return 'journal_article'
  if (/^demos?$/i.test(volume) || /\bsystem demonstrations\b/i.test(book ?? '')) return 'demo'
  return venue?.kind === 'workshop' ? 'workshop_paper' : 'conference_paper'
}

/** Date of publication. A volume states the days of its conference, so only year and month of the first day are used. */
function publishedIn(collection: string, year: string | null, month: string | null) {
  const stated = Number(year ?? yearOf(collection))
  return publishedOf(isYear(stated) ? stated : yearOf(collection), monthOf(month ?? ''))
}

/** Year in the id of a collection, such as `2022.acl` or `P18`. The Anthology begins in 1952. */
function yearOf(collection: string): number {
  const [, whole, short] = /^(?:(\d{4})\.|[A-Z](\d\d)$)/i.exec(collection) ?? []
  if (whole !== undefined) return Number(whole)
  return short === undefined ? Number.NaN : Number(short) + (Number(short) < 50 ? 2000 : 1900)
}

/** Licence of volumes of the ACL: CC BY 4.0 since 2016, CC BY-NC-SA 3.0 before. The files state no licence for other publishers. */
function licenceIn(stated: {
  venue: VenueClaim | null
  codes: readonly string[]
  published: PaperRecord['published']
  publisher: string | null
}): string | null {
  const year = Number(stated.published?.on.slice(0, 4))
  if (ACL.test(stated.publisher ?? '')) return year >= 2016 ? 'CC-BY-4.0' : 'CC-BY-NC-SA-3.0'
  const conference = conferenceOfAcronym(stated.venue?.acronym ?? '')
  return conference?.venue.slug === stated.venue?.slug && conference
    ? licenceOf({ conference, year })
    : null
}

/** The ACL as publisher, not societies whose longer names begin alike. */
const ACL = /^(?:the )?association for computational lingu?istics\b(?! and chinese)/i

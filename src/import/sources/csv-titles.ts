/** Start of a title of The Lens that comes from DBLP: `ECCV Workshops (3) - A title`. */
const BEFORE =
  /^(\p{Lu}[\p{L}\d&.-]*)(?: (?:Workshops|Extended Abstracts|Spring Symposia|Conf\.))?(?: \((?:\d{1,2}|Companion)\))? - (?=\S)/u
/** Forms that do not occur in titles. */
const CERTAIN = /(?: Workshops| Extended Abstracts| \((?:\d{1,2}|Companion)\)) - $/

export const CONFERENCE_LEFT = 'the short name of a conference before the title was left out'

/**
 * Removes the short name of the conference from a title of The Lens, recognised by its form or by a DBLP URL in the row, since a title
 * may be `SMAS - Mobility aid`.
 */
export function withoutConference(title: string, addresses: string, repairs: string[]): string {
  const [before = '', acronym = ''] = BEFORE.exec(title) ?? []
  if (before === '' || !(CERTAIN.test(before) || isAtDblp(acronym, addresses))) return title
  repairs.push(CONFERENCE_LEFT)
  return title.slice(before.length)
}

/** Series in a DBLP URL: `https://dblp.org/db/conf/eccv/eccv2014w3.html` */
const SERIES = /\bdblp\S*?\/conf\/([\w-]+)\//gi

const lettersOf = (text: string) => text.toLowerCase().replace(/[^a-z\d]/g, '')

const isAtDblp = (acronym: string, addresses: string) =>
  [...addresses.matchAll(SERIES)].some(
    ([, series = '']) => lettersOf(series) === lettersOf(acronym),
  )

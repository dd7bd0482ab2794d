/** `ECCV Workshops (3) - A title`, as The Lens has it from DBLP. */
const BEFORE =
  /^(\p{Lu}[\p{L}\d&.-]*)(?: (?:Workshops|Extended Abstracts|Spring Symposia|Conf\.))?(?: \((?:\d{1,2}|Companion)\))? - (?=\S)/u
/** Such forms are no words of a title. */
const CERTAIN = /(?: Workshops| Extended Abstracts| \((?:\d{1,2}|Companion)\)) - $/

export const CONFERENCE_LEFT = 'the short name of a conference before the title was left out'

/**
 * A title of The Lens without the short name of its conference: told by its form, or by an address of DBLP that the row states, as `SMAS - Mobility aid` is a title.
 */
export function withoutConference(title: string, addresses: string, repairs: string[]): string {
  const [before = '', acronym = ''] = BEFORE.exec(title) ?? []
  if (before === '' || !(CERTAIN.test(before) || isAtDblp(acronym, addresses))) return title
  repairs.push(CONFERENCE_LEFT)
  return title.slice(before.length)
}

/** `https://dblp.org/db/conf/eccv/eccv2014w3.html` */
const SERIES = /\bdblp\S*?\/conf\/([\w-]+)\//gi

const lettersOf = (text: string) => text.toLowerCase().replace(/[^a-z\d]/g, '')

const isAtDblp = (acronym: string, addresses: string) =>
  [...addresses.matchAll(SERIES)].some(
    ([, series = '']) => lettersOf(series) === lettersOf(acronym),
  )

import { nameKey } from '../record/title-key.ts'
import { LONGEST_BYLINE } from './name-block.ts'
import { identifyingOwners, titleWords, topicsOf } from './words.ts'

/** The data of a paper that evidence uses, apart from the affiliations and identifiers in its byline. */
export interface EvidentPaper {
  publishedOn: string | null
  titleKey: string
  /** As printed, in the order of the byline. */
  names: readonly string[]
  venueSlug: string | null
  /** Slugs of keywords and topics that its records state. */
  subjects: readonly string[]
  /** Accounts that have the official code stated in its records. */
  owners: readonly string[]
}

/** The same data in the form that clustering compares. */
export interface ShownPaper {
  /** The key of each name of the byline. */
  keys: string[]
  titleWords: Set<string>
  topics: Set<string>
  owners: Set<string>
  publishedOn: string | null
  venue: string | null
  /** Sort key that does not depend on ids. */
  order: string
}

/** A paper without a day comes after the others. */
const NO_DAY = '~'

/** The text of `paper_evidence.said`: fields separated by tabs, of which the first three order papers. */
export function evidenceText(paper: EvidentPaper): string {
  const { publishedOn, titleKey, names, venueSlug, subjects, owners } = paper
  if (names.length > LONGEST_BYLINE) return ''
  const keys = names.map(nameKey).join(';')
  return [
    publishedOn ?? NO_DAY,
    titleKey,
    keys,
    venueSlug ?? '',
    subjects.join(' '),
    [...new Set(owners)].sort().join(' '),
  ].join('\t')
}

export function readEvidence(said: string): ShownPaper {
  const [day = NO_DAY, titleKey = '', keys = '', venue = '', subjects = '', owners = ''] =
    said.split('\t')
  const words = titleWords(titleKey)
  return {
    keys: keys.split(';'),
    titleWords: words,
    owners: identifyingOwners(owners === '' ? [] : owners.split(' ')),
    topics: topicsOf(subjects === '' ? [] : subjects.split(' '), words),
    publishedOn: day === NO_DAY ? null : day,
    venue: venue === '' ? null : venue,
    order: `${day}\t${titleKey}\t${keys}`,
  }
}

import { nameKey } from '../record/title-key.ts'
import { LONGEST_BYLINE } from './name-block.ts'
import { tellingOwners, titleWords, topicsOf } from './words.ts'

/** What evidence reads of a paper, apart from what its byline says of each author. */
export interface EvidentPaper {
  publishedOn: string | null
  titleKey: string
  /** As printed, in the order of the byline. */
  names: readonly string[]
  venueSlug: string | null
  /** Slugs of keywords and topics that its records state. */
  subjects: readonly string[]
  /** Accounts that have the official code which its records name. */
  owners: readonly string[]
}

/** The same as clustering takes it. */
export interface ShownPaper {
  /** The key of each name of the byline. */
  keys: string[]
  titleWords: Set<string>
  topics: Set<string>
  owners: Set<string>
  publishedOn: string | null
  venue: string | null
  /** What orders papers whatever their ids. */
  order: string
}

/** A paper without a day comes after the others. */
const NO_DAY = '~'

/** As `paper_evidence.said` has it: fields with a tab between them, the first three of which order papers. */
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
    owners: tellingOwners(owners === '' ? [] : owners.split(' ')),
    topics: topicsOf(subjects === '' ? [] : subjects.split(' '), words),
    publishedOn: day === NO_DAY ? null : day,
    venue: venue === '' ? null : venue,
    order: `${day}\t${titleKey}\t${keys}`,
  }
}

import { hash as digest } from 'node:crypto'
import { bylineKey } from './byline.ts'
import type { Comparable } from './comparable.ts'
import { titleInitials, WORDS_FOR_BYLINE } from './title.ts'

/** Hashes for finding records that may be one paper; null if the record has too little data for one. */
export interface MatchHashes {
  /** Hash of the title; with the byline for a title that many papers have. */
  title: string | null
  /** Hash of the byline. */
  byline: string | null
  /** Hash of the first letters of the title's words; with one author if there are few words. */
  initials: string | null
}

/** Limit of records with one key that are compared. A more frequent key is not evidence: records of one paper also share another. */
export const MOST_COMPARED = 300

/** Number of initials from which few titles share them, so that no author is needed. */
const INITIALS_ALONE = 7

export function matchHashes({ title, byline }: Comparable): MatchHashes {
  if (title.squashed === '') return { title: null, byline: null, initials: null }
  const people = byline.names.map(({ words }) => words.join(' ')).sort()
  const needsPeople = title.isRecurring || title.size < WORDS_FOR_BYLINE
  const isTitled = !(needsPeople && people.length === 0)
  const initials = needsPeople ? null : titleInitials(title)
  const families = byline.names.map(({ family }) => family).sort()
  const isShort = initials !== null && initials.length < INITIALS_ALONE
  return {
    title: isTitled
      ? hashOf(`${title.squashed}${needsPeople ? `\n${people.join(',')}` : ''}`)
      : null,
    byline: hashed('byline', bylineKey(byline)),
    initials:
      isShort && families.length === 0
        ? null
        : hashed('initials', initials && initials + (isShort ? `\n${families[0]}` : '')),
  }
}

const hashed = (sort: string, key: string | null) =>
  key === null ? null : hashOf(`${sort}\n${key}`)
const hashOf = (key: string) => digest('sha256', key, 'buffer').readBigInt64BE().toString()

import { hash as digest } from 'node:crypto'
import { bylineKey } from './byline.ts'
import type { Comparable } from './comparable.ts'
import { titleInitials, WORDS_FOR_BYLINE } from './title.ts'

/** Hashes by which records that may be one paper find one another; fewer where the record says little. */
export interface MatchHashes {
  /** Of the title; of a title that many papers have, with the byline. */
  title: string | null
  /** Of the byline. */
  byline: string | null
  /** Of the first letters of the title's words, with one author where there are few of them. */
  initials: string | null
}

/** A key shared by more records than this is not evidence: records of one paper share something else as well. */
export const MOST_COMPARED = 300

/** This number of initials is that of few titles. */
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

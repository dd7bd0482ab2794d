import type { PaperKind } from '../../../db/tables/vocabulary.ts'
import { compareBylines } from './byline.ts'
import type { Comparable } from './comparable.ts'
import { compareTitles, WORDS_FOR_BYLINE } from './title.ts'

/** Kind of a version of a paper, as stated by records. */
export type VersionKind = 'conference' | 'journal'

/** Most years from a meeting to the journal, and from a journal that is printed early to the meeting. */
const YEARS_TO_JOURNAL = 6
const YEARS_BEFORE = 1
/** A title that changed has to have as many words as this. */
const WORDS_CHANGED = 5

const MEETING: ReadonlySet<PaperKind> = new Set(['conference_paper', 'workshop_paper'])

/**
 * What the second of two records of different papers is to the first: the journal's version of a paper of a meeting, or the
 * other way round; null where title, people, years and kinds do not all say so.
 */
export function versionOf(a: Comparable, b: Comparable): VersionKind | null {
  const [one, other] = [placeKind(a), placeKind(b)]
  if (one === null || other === null || one === other) return null
  const [meeting, journal] = one === 'conference' ? [a, b] : [b, a]
  if (meeting.year === null || journal.year === null) return null
  const years = journal.year - meeting.year
  if (years < -YEARS_BEFORE || years > YEARS_TO_JOURNAL) return null
  return isSameWork(a, b) ? other : null
}

/** Where a record's paper appeared; null where its kind and its venue do not agree. */
function placeKind({ record, venue }: Comparable): VersionKind | null {
  const kind = venue?.kind ?? null
  if (MEETING.has(record.kind)) return kind === 'journal' ? null : 'conference'
  if (record.kind === 'journal_article') return kind === 'meeting' ? null : 'journal'
  return null
}

function isSameWork(a: Comparable, b: Comparable): boolean {
  if (a.title.isRecurring || b.title.isRecurring) return false
  const title = compareTitles(a.title, b.title)
  const byline = compareBylines(a.byline, b.byline)
  const people = Math.min(a.byline.names.length, b.byline.names.length)
  const size = Math.min(a.title.size, b.title.size)
  if (title === 'equal')
    return (
      (byline === 'same' && (people > 1 || size >= WORDS_CHANGED)) ||
      (byline === 'part' && people > 1 && size >= WORDS_FOR_BYLINE)
    )
  const isChanged = title === 'near' || title === 'subtitle' || title === 'within'
  return isChanged && byline === 'same' && people > 1 && size >= WORDS_CHANGED
}

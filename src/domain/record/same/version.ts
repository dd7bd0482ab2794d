import type { PaperKind } from '../../../db/tables/vocabulary.ts'
import { compareBylines } from './byline.ts'
import type { Comparable } from './comparable.ts'
import { compareTitles, WORDS_FOR_BYLINE } from './title.ts'

/** Kind of a version of a paper, as stated by records. */
export type VersionKind = 'conference' | 'journal'

/** Maximum years from a meeting to the journal, and from a journal published early to the meeting. */
const YEARS_TO_JOURNAL = 6
const YEARS_BEFORE = 1
/** Minimum number of words of a title that changed. */
const WORDS_CHANGED = 5

const MEETING: ReadonlySet<PaperKind> = new Set(['conference_paper', 'workshop_paper'])

/**
 * The kind of version that the second record is of the first, if they are a meeting's paper and its journal version. Null unless
 * title, authors, years and kinds agree on that.
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

/** Whether a record's paper appeared at a conference or in a journal; null if its kind and its venue do not agree. */
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

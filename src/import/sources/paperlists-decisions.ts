import {
  namesAward,
  type ReadDecision,
  readAward,
  readDecision,
  shortText,
} from '../../domain/record/decision.ts'
import type { DecisionClaim, RatingClaim } from '../../domain/record/paper-record.ts'
import type { Edition } from '../fields/editions.ts'
import { type Json, text } from '../input/json.ts'

/** Values of `track` without information. */
const MAIN_TRACKS = ['', 'main', 'main track', 'conference']

/**
 * Reads the decision of the conference on an entry; empty if the entry states none. `isPublished` says whether the entry is in a
 * programme, so that a session or track means acceptance.
 */
export function decisionsOf(
  entry: Json,
  { conference, year }: Edition,
  isPublished: boolean,
): DecisionClaim[] {
  const status = shortText(entry.status) ?? shortText(entry.decision)
  const printed = shortText(entry.track)
  const track = MAIN_TRACKS.includes(printed?.toLowerCase() ?? '') ? undefined : printed
  const session = shortText(entry.session) ?? shortText(entry.sess)
  const area = shortText(entry.primary_area) ?? shortText(entry.area)
  const award = readAward(entry.award) ?? (status && namesAward(status) ? status : undefined)
  const rating = ratingOf(entry)
  if (!(status || track || session || area || award || rating)) return []
  const isWorkshop = conference.venue.kind === 'workshop'
  const read = status ? ownDecision(readDecision(status), isWorkshop) : {}
  const isInProgramme = status === undefined && isPublished && (session ?? track) !== undefined
  const said = isInProgramme ? { outcome: 'accepted' as const } : read
  return [
    {
      venue: conference.venue,
      year,
      ...said,
      ...(status && { status }),
      ...(track && { track }),
      ...(award && { award }),
      ...(session && { session }),
      ...(area && { area }),
      ...(rating && { rating }),
    },
  ]
}

/** In the list of a workshop, the outcome `workshop` means acceptance. */
const ownDecision = (read: ReadDecision, isWorkshop: boolean): ReadDecision =>
  isWorkshop && read.outcome === 'workshop' ? { ...read, outcome: 'accepted' } : read

/** Others than reviewers who reply to a submission, whose entries in the list of ratings are 0. */
const NOT_REVIEWER = /^(?:authors?|(?:senior_)?area_chairs?|program_chairs?|ethics|public)/i

/** Reads ratings such as `6;8;3`, or else the stated mean. Zeros alone are not ratings. */
function ratingOf(entry: Json): RatingClaim | null {
  const ratings = ratingsIn(entry.rating)
  const others = text(entry.reviewers)
    .split(';')
    .filter((name) => NOT_REVIEWER.test(name.trim())).length
  let zeros = others
  const given = ratings.filter((rating) => rating !== 0 || zeros-- <= 0)
  const rating = ratingFrom(given)
  if (rating || ratings.length > 0) return rating
  const [mean] = [entry.rating_avg].flat().map(Number)
  return mean !== undefined && mean > 0 && Number.isFinite(mean)
    ? { mean: rounded(mean), count: null }
    : null
}

/** The mean of ratings, which may be texts that begin with a number; null if all are zero or there are none. */
export function ratingFrom(values: readonly unknown[]): RatingClaim | null {
  const given = ratingsIn(values)
  return given.some((one) => one !== 0) ? { mean: meanOf(given), count: given.length } : null
}

/** Reads numbers, also from texts that begin with one, such as `8: Top 50% of accepted papers`. */
function ratingsIn(value: unknown): number[] {
  const parts = Array.isArray(value) ? value : String(value ?? '').split(';')
  return parts.flatMap((part) => {
    const number = /^\s*(-?\d+(?:\.\d+)?)(?![\d.])/.exec(String(part))?.[1]
    return number === undefined ? [] : Number(number)
  })
}

const meanOf = (ratings: number[]) =>
  rounded(ratings.reduce((sum, one) => sum + one, 0) / ratings.length)

/** Rounds to the four decimal digits that the database column keeps. */
const rounded = (mean: number) => Math.round(mean * 10_000) / 10_000

import type { DecisionOutcome } from '../../db/tables/vocabulary.ts'
import { readAward, readDecision, shortText } from '../../domain/record/decision.ts'
import type { DecisionClaim } from '../../domain/record/paper-record.ts'
import { conferenceOfAcronym } from '../../domain/venues/conferences.ts'
import { type Edition, editionOfFile } from '../fields/editions.ts'
import { isObject, type Json, list, object, objects, text } from '../input/json.ts'
import { ratingFrom } from './paperlists-decisions.ts'

/** A value in the content of a note, which version 2 of the API wraps in an object. */
export const plain = (field: unknown): unknown =>
  isObject(field) && 'value' in field ? field.value : field

/** Invitations of a note, such as `ICLR.cc/2024/Conference/-/Submission`. */
const invitationsOf = (note: Json): string[] =>
  [note.invitation, ...list(note.invitations)].map(text).filter(Boolean)

/** Suffix of a venue id for submissions that are not accepted. */
const SUBMISSION = /\/(?:-\/.*|[\w-]*submission[\w-]*)$/i

/** Venue ids of a note, the most reliable first. */
const placesOf = (note: Json): string[] => [
  text(plain(object(note.content).venueid)),
  text(note.domain),
  ...invitationsOf(note),
]

/** Id of the venue, such as `ICLR.cc/2024/Conference`; empty if the note names none. */
function venueIdOf(note: Json): string {
  const [id = ''] = placesOf(note).filter((one) => /\d{4}/.test(one))
  return id.replace(SUBMISSION, '').replace(/\/(?:paper|submission)\d+.*$/i, '')
}

/**
 * Conference and year in a venue id: `robot-learning.org/CoRL/2023/Conference` is CoRL 2023. Ids of journals, such as `TMLR/Paper7`,
 * have no year, so the year of publication counts.
 */
export function editionOfNote(note: Json): Edition | null {
  const journal = journalOf(note)
  if (journal) {
    const year = yearOf(note)
    return year === null ? null : { conference: journal, year }
  }
  const parts = venueIdOf(note).split('/')
  const at = parts.findIndex((part) => /^(?:19|20)\d\d$/.test(part))
  const series = parts[at - 1]?.replace(/\.(?:cc|org|com|net|io|ai|edu)$/i, '')
  if (!series) return null
  const rest = parts.slice(at + 1).join('/')
  return editionOfFile(`${series}${parts[at]}${/workshop/i.test(rest) ? '-workshops' : ''}.json`)
}

/** Journal of a note, by the first part of a venue id; null for conferences. */
export function journalOf(note: Json): Edition['conference'] | null {
  const names = placesOf(note).map((id) => id.split('/')[0] ?? '')
  const found = names.map(conferenceOfAcronym).find((one) => one !== null)
  return found?.venue.kind === 'journal' ? found : null
}

/** Year in which a note was published; null while unpublished. */
function yearOf({ pdate }: Json): number | null {
  const isInstant = typeof pdate === 'number' && pdate > 0 && pdate < 1e14
  return isInstant ? new Date(pdate).getUTCFullYear() : null
}

/** Name of a track or workshop in a venue id (`NeurIPS.cc/2023/Track/Datasets_and_Benchmarks`), or else in the content. */
function trackOf(note: Json): string | undefined {
  const [, below, own] =
    /\/(?:track|workshop|workshops)\/([^/]+)|\/\d{4}\/(\w+_track)\b/i.exec(venueIdOf(note)) ?? []
  const name = below ?? own
  const { track, certifications } = object(note.content)
  return (
    shortText(name?.replaceAll('_', ' ')) ??
    shortText(plain(track)) ??
    // Certifications of journals, such as "Featured Certification".
    shortText([plain(certifications)].flat().map(text).filter(Boolean).join('; '))
  )
}

/** Name of a field of a form in lower case, without its various separators: `TL;DR` becomes `tl_dr`. */
export const fieldName = (printed: string): string => printed.toLowerCase().replace(/\W+/g, '_')

/** Fields for the area of a submission, by `fieldName`, the most usual first. */
const AREAS = [
  'primary_area',
  'subject_area',
  'area',
  'subject_areas',
  'primary_subject_area',
  'research_area',
  'primary_research_area',
  'please_choose_the_closest_area_that_your_submission_falls_into',
]

function areaIn(content: Json): string | undefined {
  const named = new Map(Object.entries(content).map(([name, value]) => [fieldName(name), value]))
  return AREAS.map((name) =>
    shortText([plain(named.get(name))].flat().map(text).filter(Boolean).join('; ')),
  ).find((one) => one !== undefined)
}

/** The decision on a submission; null if its note states none. */
export function decisionIn(note: Json): DecisionClaim | null {
  const content = object(note.content)
  const edition = editionOfNote(note)
  const replies = repliesOf(note)
  const printed = replies.map(decisionText).find((one) => one !== undefined)
  const venue = shortText(plain(content.venue))
  const status = printed ?? venue
  const outcome = outcomeOf(note, printed, venue)
  const { presentation } = status ? readDecision(status) : {}
  const isPresented = outcome === 'accepted' || outcome === 'workshop'
  const track = trackOf(note)
  const award = readAward(plain(content.award)) ?? outstandingIn(track)
  const area = areaIn(content)
  const rating = ratingFrom(replies.filter(isReview).flatMap(ratingIn))
  // Publications listed in profiles of people are not submissions.
  const isListed = venueIdOf(note).startsWith('dblp.org/')
  if (isListed || !(status || outcome || rating || area || award)) return null
  return {
    venue: (edition?.conference ?? journalOf(note))?.venue ?? null,
    year: edition?.year ?? null,
    ...(outcome && { outcome }),
    ...(presentation && isPresented && { presentation }),
    ...(status && { status }),
    ...(track && { track }),
    ...(award && { award }),
    ...(area && { area }),
    ...(rating && { rating }),
  }
}

/** Last part of a venue id that states an outcome. */
const MOVED =
  /(?:[\w-]*submission[\w-]*|(?:desk_?)?reject(?:ed)?|withdrawn|retracted_?acceptance|publication_?retracted|under_?review)$/i

/** Award of TMLR, which it states as a certification. */
const outstandingIn = (track: string | undefined) =>
  track?.split('; ').find((one) => /^outstanding /i.test(one))

/** Outcome of a submission. The venue id is most reliable, since notes are moved to the withdrawn, rejected or accepted ones. */
function outcomeOf(
  note: Json,
  decision: string | undefined,
  venue: string | undefined,
): DecisionOutcome | undefined {
  const places = placesOf(note)
  const moved = places.flatMap((place) => MOVED.exec(place) ?? [])
  const said = moved.map((name) => readDecision(name).outcome)
  const gone = said.find((one) => one && one !== 'pending' && one !== 'accepted')
  if (gone) return gone
  const decided = decision === undefined ? undefined : readDecision(decision).outcome
  const told = decided ?? (venue === undefined ? undefined : readDecision(venue).outcome)
  if (told) return told
  const [place = ''] = places
  const isStage = SUBMISSION.test(place) || (journalOf(note) !== null && place.includes('/'))
  const isOfVenue = place !== '' && !isStage
  return said.find((one) => one !== undefined) ?? (isOfVenue ? 'accepted' : undefined)
}

/** Replies of all levels, without duplicates. */
function repliesOf(note: Json): Json[] {
  const details = object(note.details)
  const all = [...objects(details.replies), ...objects(details.directReplies)]
  return [...new Map(all.map((reply) => [text(reply.id) || reply, reply])).values()]
}

const DECIDES = /(?:decision|acceptance|meta_?review)\w*$/i

/** The decision that a reply states. At ICLR 2019 it is the recommendation of the area chair. */
function decisionText(reply: Json): string | undefined {
  const content = object(reply.content)
  const decision = shortText(plain(content.decision))
  const isDecision = invitationsOf(reply).some((invitation) => DECIDES.test(invitation))
  return decision ?? (isDecision ? shortText(plain(content.recommendation)) : undefined)
}

/** Whether a reply is a review, by its invitation: `…/Official_Review`, or `…/official/review` in 2017. */
const isReview = (reply: Json): boolean =>
  invitationsOf(reply).some((invitation) => /official[_/]review$/i.test(invitation))

/** Fields in which reviewers rate a submission as a whole, the most usual first. */
const RATINGS = [
  'rating',
  'recommendation',
  'overall_recommendation',
  'overall_assessment',
  'overall_score',
  'overall_rating',
  'score',
  'evaluation',
]

function ratingIn({ content }: Json): unknown[] {
  const given = RATINGS.map((name) => plain(object(content)[name]))
  return given.filter((value) => value !== undefined && value !== null).slice(0, 1)
}

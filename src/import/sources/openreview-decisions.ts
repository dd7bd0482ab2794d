import type { DecisionOutcome } from '../../db/tables/vocabulary.ts'
import { readAward, readDecision, shortText } from '../../domain/record/decision.ts'
import type { DecisionClaim } from '../../domain/record/paper-record.ts'
import { conferenceOfAcronym } from '../../domain/venues/conferences.ts'
import { type Edition, editionOfFile } from '../fields/editions.ts'
import { isObject, type Json, list, object, objects, text } from '../input/json.ts'
import { ratingFrom } from './paperlists-decisions.ts'

/** A value of a note's content: in version 2 of the API, an object that holds it. */
export const plain = (field: unknown): unknown =>
  isObject(field) && 'value' in field ? field.value : field

/** The invitations that a note answers to, such as `ICLR.cc/2024/Conference/-/Submission`. */
const invitationsOf = (note: Json): string[] =>
  [note.invitation, ...list(note.invitations)].map(text).filter(Boolean)

/** What venues append to their id for submissions that are not accepted. */
const SUBMISSION = /\/(?:-\/.*|[\w-]*submission[\w-]*)$/i

/** The ids of its venue that a note has, the surest first. */
const placesOf = (note: Json): string[] => [
  text(plain(object(note.content).venueid)),
  text(note.domain),
  ...invitationsOf(note),
]

/** The venue's own id, such as `ICLR.cc/2024/Conference`; empty where the note names none. */
function venueIdOf(note: Json): string {
  const [id = ''] = placesOf(note).filter((one) => /\d{4}/.test(one))
  return id.replace(SUBMISSION, '').replace(/\/(?:paper|submission)\d+.*$/i, '')
}

/**
 * The conference and year in a venue's id: `robot-learning.org/CoRL/2023/Conference` is of CoRL 2023. Ids of journals, such as
 * `TMLR/Paper7`, have no year: it is that of publication.
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

/** The journal whose reviews are at OpenReview, by the first part of an id; null for conferences. */
export function journalOf(note: Json): Edition['conference'] | null {
  const names = placesOf(note).map((id) => id.split('/')[0] ?? '')
  const found = names.map(conferenceOfAcronym).find((one) => one !== null)
  return found?.venue.kind === 'journal' ? found : null
}

/** The year in which a note was published; null while it is not. */
function yearOf({ pdate }: Json): number | null {
  const isInstant = typeof pdate === 'number' && pdate > 0 && pdate < 1e14
  return isInstant ? new Date(pdate).getUTCFullYear() : null
}

/** Of the track: `NeurIPS.cc/2023/Track/Datasets_and_Benchmarks` and workshops by their names. */
function trackOf(note: Json): string | undefined {
  const [, below, own] =
    /\/(?:track|workshop|workshops)\/([^/]+)|\/\d{4}\/(\w+_track)\b/i.exec(venueIdOf(note)) ?? []
  const name = below ?? own
  const { track, certifications } = object(note.content)
  return (
    shortText(name?.replaceAll('_', ' ')) ??
    shortText(plain(track)) ??
    // Of journals, such as "Featured Certification".
    shortText([plain(certifications)].flat().map(text).filter(Boolean).join('; '))
  )
}

/** What became of a submission; null where its note says nothing of that. */
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
  const area = [content.primary_area, content.subject_area, content.area, content.subject_areas]
    .map((value) => shortText([plain(value)].flat().map(text).filter(Boolean).join('; ')))
    .find((one) => one !== undefined)
  const rating = ratingFrom(replies.filter(isReview).flatMap(ratingIn))
  // Publications that people list in their profiles are not submissions.
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

/** The last part of an id, where it says what became of the submissions in it. */
const MOVED = /(?:[\w-]*submission[\w-]*|(?:desk_?)?reject(?:ed)?|withdrawn|under_?review)$/i

/** TMLR gives its award as a certification. */
const outstandingIn = (track: string | undefined) =>
  track?.split('; ').find((one) => /^outstanding /i.test(one))

/** Where a note was moved says most: to the withdrawn or the rejected, or to those of the venue, which are accepted. */
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

/** Replies of all levels, each once. */
function repliesOf(note: Json): Json[] {
  const details = object(note.details)
  const all = [...objects(details.replies), ...objects(details.directReplies)]
  return [...new Map(all.map((reply) => [text(reply.id) || reply, reply])).values()]
}

const DECIDES = /(?:decision|acceptance|meta_?review)\w*$/i

/** The decision that a reply states: of ICLR 2019 in the recommendation of the area chair. */
function decisionText(reply: Json): string | undefined {
  const content = object(reply.content)
  const decision = shortText(plain(content.decision))
  const isDecision = invitationsOf(reply).some((invitation) => DECIDES.test(invitation))
  return decision ?? (isDecision ? shortText(plain(content.recommendation)) : undefined)
}

/** Of the invitations of replies, `…/Official_Review`, and in 2017 `…/official/review`. */
const isReview = (reply: Json): boolean =>
  invitationsOf(reply).some((invitation) => /official[_/]review$/i.test(invitation))

/** Fields in which reviewers rate a submission as a whole, the usual first. */
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

import type { DecisionOutcome } from '../../db/tables/vocabulary.ts'
import { readAward, readDecision, shortText } from '../../domain/record/decision.ts'
import type { DecisionClaim } from '../../domain/record/paper-record.ts'
import { type Edition, editionOfFile } from '../fields/conferences.ts'
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

/** The venue's own id, such as `ICLR.cc/2024/Conference`; empty where the note names none. */
function venueIdOf(note: Json): string {
  const { venueid } = object(note.content)
  const [id = ''] = [text(plain(venueid)), text(note.domain), ...invitationsOf(note)].filter(
    (one) => /\d{4}/.test(one),
  )
  return id.replace(SUBMISSION, '').replace(/\/(?:paper|submission)\d+.*$/i, '')
}

/** The conference and year in a venue's id: `robot-learning.org/CoRL/2023/Conference` is of CoRL 2023. */
export function editionOfNote(note: Json): Edition | null {
  const parts = venueIdOf(note).split('/')
  const at = parts.findIndex((part) => /^(?:19|20)\d\d$/.test(part))
  const series = parts[at - 1]?.replace(/\.(?:cc|org|com|net|io|ai|edu)$/i, '')
  if (!series) return null
  const rest = parts.slice(at + 1).join('/')
  return editionOfFile(`${series}${parts[at]}${/workshop/i.test(rest) ? '-workshops' : ''}.json`)
}

/** Of the track: `NeurIPS.cc/2023/Track/Datasets_and_Benchmarks` and workshops by their names. */
function trackOf(note: Json): string | undefined {
  const [, name] = /\/(?:track|workshop|workshops)\/([^/]+)/i.exec(venueIdOf(note)) ?? []
  return shortText(name?.replaceAll('_', ' ')) ?? shortText(plain(object(note.content).track))
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
  const award = readAward(plain(content.award)) ?? undefined
  const area = [content.primary_area, content.subject_area, content.area, content.subject_areas]
    .map((value) => shortText([plain(value)].flat().map(text).filter(Boolean).join('; ')))
    .find((one) => one !== undefined)
  const rating = ratingFrom(replies.filter(isReview).flatMap(ratingIn))
  // Publications that people list in their profiles are not submissions.
  const isListed = venueIdOf(note).startsWith('dblp.org/')
  if (isListed || !(status || outcome || rating || area || award)) return null
  return {
    venue: edition?.conference.venue ?? null,
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

/** Where a note was moved says most: to the withdrawn or the rejected, or to those of the venue, which are accepted. */
function outcomeOf(
  note: Json,
  decision: string | undefined,
  venue: string | undefined,
): DecisionOutcome | undefined {
  const places = [text(plain(object(note.content).venueid)), ...invitationsOf(note)]
  const moved = places.flatMap((place) => /[\w-]*submission[\w-]*$/i.exec(place) ?? [])
  const said = moved.map((name) => readDecision(name).outcome)
  const gone = said.find((one) => one && one !== 'pending' && one !== 'accepted')
  if (gone) return gone
  const decided = decision === undefined ? undefined : readDecision(decision).outcome
  const told = decided ?? (venue === undefined ? undefined : readDecision(venue).outcome)
  if (told) return told
  const isOfVenue = places[0] !== '' && !SUBMISSION.test(places[0] ?? '')
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

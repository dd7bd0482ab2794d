import { readAward } from '../../domain/record/decision.ts'
import type { DecisionClaim, PaperRecord } from '../../domain/record/paper-record.ts'
import { decisionsIn } from './decision-mention.ts'

/** Fields in which people note how a paper was presented and what it won. */
const NOTES = ['note', 'addendum', 'annote', 'annotation', 'howpublished', 'comment', 'comments']

/** Fields of home pages that are made from BibTeX. */
const AWARDS = ['award', 'award_name', 'awards']

/** What the notes of an entry say of decisions, and the awards in fields of their own. */
export function decisionsInBibtex(
  field: (name: string) => string | null,
  stated: Pick<PaperRecord, 'venue' | 'eventYear'>,
): DecisionClaim[] {
  const notes = [...new Set(NOTES.flatMap((name) => field(name) ?? []))]
  const said = notes.flatMap((note) => decisionsIn(note, stated))
  const { venue, eventYear } = stated
  const award = readAward(AWARDS.flatMap((name) => field(name) ?? [])) ?? undefined
  if (award === undefined || award.length > LONGEST_AWARD || venue === null || eventYear === null)
    return said
  const own = said.findIndex((one) => one.venue?.slug === venue.slug && one.year === eventYear)
  const awarded = { venue, year: eventYear, outcome: 'accepted' as const, ...said[own], award }
  return own < 0 ? [...said, awarded] : said.with(own, awarded)
}

const LONGEST_AWARD = 300

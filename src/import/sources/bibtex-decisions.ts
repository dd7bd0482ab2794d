import { readAward } from '../../domain/record/decision.ts'
import type { DecisionClaim, PaperRecord } from '../../domain/record/paper-record.ts'
import { decisionsIn } from './decision-mention.ts'

/** Fields in which people note the presentation and awards of a paper. */
const NOTES = ['note', 'addendum', 'annote', 'annotation', 'howpublished', 'comment', 'comments']

/** Fields for awards in BibTeX of personal home pages. */
const AWARDS = ['award', 'award_name', 'awards']

/** Reads decisions from notes of an entry, and awards from separate fields. */
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

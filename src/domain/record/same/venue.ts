import type { VenueKind } from '../../../db/tables/vocabulary.ts'
import { simplified } from '../title-key.ts'

/** The venue of a record prepared for comparison. */
export interface ComparableVenue {
  words: string[]
  kind: 'journal' | 'meeting' | null
}

export type VenueVerdict = 'same' | 'different' | 'unknown'

const JOURNAL =
  /\b(?:journal|j|transactions|trans|tr|letters|lett|magazine|mag|review|reviews|rev|record|annals|bulletin|quarterly|acta|archives?|zeitschrift|revista|revue)\b/
const MEETING =
  /\b(?:conference|conf|proceedings|proc|symposium|symp|workshop|workshops|meeting|congress|annual meeting|minitrack|colloquium)\b/
/** Words that do not identify a journal or meeting. */
const EMPTY = new Set(
  'the of on in for and a an to at international int annual ann ieee acm aaai acl conference conf proceedings proc symposium symp workshop workshops meeting journal j transactions trans letters lett magazine mag advances papers volume vol part series lecture notes first second third main long short'.split(
    ' ',
  ),
)

/** Prepares the name of a venue; null for none. */
export function comparableVenue(
  name: string | null | undefined,
  kind: VenueKind | null,
): ComparableVenue | null {
  const key = simplified(name ?? '')
  if (key === '') return null
  const words = key.split(' ').filter((word) => !/^\d+(?:st|nd|rd|th)?$/.test(word))
  return {
    words: words.filter((word) => !EMPTY.has(word)),
    kind: MEETING.test(key) ? 'meeting' : JOURNAL.test(key) ? 'journal' : kindOf(kind),
  }
}

function kindOf(kind: VenueKind | null): ComparableVenue['kind'] {
  if (kind === 'journal') return 'journal'
  return kind === 'conference' || kind === 'workshop' ? 'meeting' : null
}

/** Compares two venues: a journal is not a meeting; names that share no word or abbreviation differ. */
export function compareVenues(a: ComparableVenue | null, b: ComparableVenue | null): VenueVerdict {
  if (!a || !b) return 'unknown'
  if (a.kind && b.kind && a.kind !== b.kind) return 'different'
  const [few, many] = a.words.length <= b.words.length ? [a.words, b.words] : [b.words, a.words]
  if (few.length === 0) return a.words.length === b.words.length ? 'same' : 'unknown'
  const shared = few.filter((word) => many.some((other) => abbreviates(word, other))).length
  // `VLDB` may be the conference or the journal.
  if (shared === few.length || isAcronym(few, many) || isAcronym(many, few))
    return a.kind === b.kind ? 'same' : 'unknown'
  // A single word may be an acronym of the other name.
  return shared === 0 && few.length > 1 ? 'different' : 'unknown'
}

const abbreviates = (a: string, b: string) => {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  return long.startsWith(short) && (short.length >= 3 || short === long)
}

/** `vldb` for `very large data bases`. */
const isAcronym = ([word = '', ...more]: string[], words: string[]) =>
  more.length === 0 && word.length >= 2 && word === words.map((one) => one[0]).join('')

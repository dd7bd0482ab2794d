import { isDecision } from '../decided/decision-id.ts'
import { measure, totalWeight } from '../evidence.ts'
import { fitNames, haveWordInCommon } from '../name-fit.ts'
import { type PersonName, parsePersonName } from '../person-name.ts'
import type { PrintedPlace, Profile } from '../profiles.ts'

/** Why it is uncertain that a byline belongs to its author. */
export const DOUBTS = ['evidence', 'name', 'profile'] as const
export type Doubt = (typeof DOUBTS)[number]

/** Schemes whose identifiers are assigned by a program, which may collect papers of several people with a common name. */
const ASSIGNED = new Set(['openalex', 's2'])

/** Confidence of an identifier alone, if the name or all papers speak against it. */
const BY_IDENTIFIER_ALONE = 0.5

export interface DoubtfulPlace {
  place: PrintedPlace
  doubt: Doubt
  confidence: number
}

/**
 * Places that an identifier assigns to the author although the printed name has nothing in common with the author's, the paper prints the author's
 * name for somebody else, or no other paper supports it.
 */
export function doubtfulPlaces({ name, places }: Profile, givenNames: number): DoubtfulPlace[] {
  return places.flatMap((place): DoubtfulPlace[] => {
    if (place.identifiers.some(isDecision)) return []
    if (isStrange(place, name) || printsAnother(place, name))
      return [{ place, doubt: 'name', confidence: BY_IDENTIFIER_ALONE }]
    if (!isAssigned(place)) return []
    const support = supportOf(place, places, givenNames)
    return support < BY_IDENTIFIER_ALONE ? [{ place, doubt: 'profile', confidence: support }] : []
  })
}

const isAssigned = ({ identifiers }: PrintedPlace) =>
  identifiers.length > 0 && identifiers.every((id) => ASSIGNED.has(id.slice(0, id.indexOf(':'))))

const LATIN = /^\p{Script=Latin}/u

/** Whether a name has no word or initial in common with the author's, in any spelling. Names in other scripts are not compared. */
function isStrange(place: PrintedPlace, author: PersonName): boolean {
  const words = [place.name, author].flatMap(({ family, given }) => [family, ...given])
  return words.every((word) => LATIN.test(word)) && !haveWordInCommon(place.name, author)
}

/**
 * Whether a paper prints the author's name for somebody else in the byline, and another name for the author: a source may have swapped the
 * identifiers of the two.
 */
function printsAnother({ name, coAuthorNames }: PrintedPlace, author: PersonName): boolean {
  if (fitNames(name, author) !== null) return false
  return coAuthorNames.some((printed) => {
    const other = parsePersonName(printed)
    return other !== null && fitNames(other, author) !== null
  })
}

/** The highest probability, over the other papers, that the place belongs to the same person; 1 if no paper can be compared. */
function supportOf(place: PrintedPlace, places: PrintedPlace[], givenNames: number): number {
  const scores = places.flatMap((other) => {
    const measured = measure(place, other, givenNames)
    return measured ? totalWeight(measured) : []
  })
  return scores.length === 0 ? 1 : 1 / (1 + Math.exp(-Math.max(...scores)))
}

/** Minimum number of doubtful papers, and their minimum share of the papers read, for a profile that collects papers of several people. */
const LEAST_STRANGE = 3
const PART_STRANGE = 0.25

/** Whether a profile collects papers of several people. */
export const isCatchAll = (doubtful: readonly DoubtfulPlace[], places: readonly PrintedPlace[]) =>
  doubtful.length >= Math.max(LEAST_STRANGE, places.length * PART_STRANGE)

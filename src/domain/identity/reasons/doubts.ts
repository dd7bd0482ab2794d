import { isDecision } from '../decided/decision-id.ts'
import { measure, totalWeight } from '../evidence.ts'
import { fitNames, haveWordInCommon } from '../name-fit.ts'
import { type PersonName, parsePersonName } from '../person-name.ts'
import type { PrintedPlace, Profile } from '../profiles.ts'

/** Why it is uncertain that a byline belongs to its author. */
export const DOUBTS = ['evidence', 'name', 'profile'] as const
export type Doubt = (typeof DOUBTS)[number]

/** Schemes whose identifiers a program gives to bylines: of a common name it collects the papers of several people. */
const ASSIGNED = new Set(['openalex', 's2'])

/** How sure an identifier is alone, where the name or all papers speak against it. */
const BY_IDENTIFIER_ALONE = 0.5

export interface DoubtfulPlace {
  place: PrintedPlace
  doubt: Doubt
  confidence: number
}

/**
 * Places that an identifier gives the author, although the printed name has nothing to do with the author's, the author's is that of
 * somebody else on the paper, or no other paper supports it.
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

/** Whether a name has no word in common with the author's, in any spelling, nor an initial of one. Names in other scripts are not compared. */
function isStrange(place: PrintedPlace, author: PersonName): boolean {
  const words = [place.name, author].flatMap(({ family, given }) => [family, ...given])
  return words.every((word) => LATIN.test(word)) && !haveWordInCommon(place.name, author)
}

/**
 * Whether a paper prints an author's name for somebody else in the byline, and another name for the author: whoever wrote the byline down may have given the identifiers
 * of the two to each other.
 */
function printsAnother({ name, coAuthorNames }: PrintedPlace, author: PersonName): boolean {
  if (fitNames(name, author) !== null) return false
  return coAuthorNames.some((printed) => {
    const other = parsePersonName(printed)
    return other !== null && fitNames(other, author) !== null
  })
}

/** How likely the best of the other papers makes it that the place is of the same person. */
function supportOf(place: PrintedPlace, places: PrintedPlace[], givenNames: number): number {
  const scores = places.flatMap((other) => {
    const measured = measure(place, other, givenNames)
    return measured ? totalWeight(measured) : []
  })
  return scores.length === 0 ? 1 : 1 / (1 + Math.exp(-Math.max(...scores)))
}

/** Doubtful papers, and part of all read, from which a profile is one that collects papers of several people. */
const LEAST_STRANGE = 3
const PART_STRANGE = 0.25

/** Whether a profile collects papers of several people. */
export const isCatchAll = (doubtful: readonly DoubtfulPlace[], places: readonly PrintedPlace[]) =>
  doubtful.length >= Math.max(LEAST_STRANGE, places.length * PART_STRANGE)

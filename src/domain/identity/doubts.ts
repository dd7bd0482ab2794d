import { sum } from 'es-toolkit'
import { measure, weighed } from './evidence.ts'
import type { PrintedPlace, Profile } from './profiles.ts'

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

/** Places that an identifier gives the author, although the printed name has nothing to do with the author's, or no other paper supports it. */
export function doubtfulPlaces({ name, places }: Profile, givenNames: number): DoubtfulPlace[] {
  const words = [name.family, ...name.given]
  return places.flatMap((place): DoubtfulPlace[] => {
    if (place.identifiers.some((id) => id.startsWith('decision:'))) return []
    if (isStrange(place, words)) return [{ place, doubt: 'name', confidence: BY_IDENTIFIER_ALONE }]
    if (!isAssigned(place)) return []
    const support = supportOf(place, places, givenNames)
    return support < BY_IDENTIFIER_ALONE ? [{ place, doubt: 'profile', confidence: support }] : []
  })
}

const isAssigned = ({ identifiers }: PrintedPlace) =>
  identifiers.length > 0 && identifiers.every((id) => ASSIGNED.has(id.slice(0, id.indexOf(':'))))

const LATIN = /^\p{Script=Latin}/u

/** Whether a name has no word in common with the author's, nor an initial of one. Names in other scripts are not compared. */
function isStrange({ name }: PrintedPlace, words: readonly string[]): boolean {
  const own = [name.family, ...name.given]
  if (![...own, ...words].every((word) => LATIN.test(word))) return false
  return !own.some((word) => words.some((other) => isAlike(word, other)))
}

/** "Bob" is "Robert", too: names of one beginning, or family name, are left to those who know them. */
const isAlike = (a: string, b: string) => a.startsWith(b) || b.startsWith(a)

/** How likely the best of the other papers makes it that the place is of the same person. */
function supportOf(place: PrintedPlace, places: PrintedPlace[], givenNames: number): number {
  const scores = places.flatMap((other) => {
    const measured = measure(place, other, givenNames)
    return measured ? sum(Object.values(weighed(measured))) : []
  })
  return scores.length === 0 ? 1 : 1 / (1 + Math.exp(-Math.max(...scores)))
}

/** Doubtful papers, and part of all read, from which a profile is one that collects papers of several people. */
const LEAST_STRANGE = 3
const PART_STRANGE = 0.25

/** Whether a profile collects papers of several people. */
export const isCatchAll = (doubtful: readonly DoubtfulPlace[], places: readonly PrintedPlace[]) =>
  doubtful.length >= Math.max(LEAST_STRANGE, places.length * PART_STRANGE)

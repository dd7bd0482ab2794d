import { sum } from 'es-toolkit'
import { BY_BEST, LONGEST_CAREER } from '../cluster.ts'
import type { Apart } from '../decided/apart.ts'
import { measure, type Place, weighed } from '../evidence.ts'
import { fitNames } from '../name-fit.ts'
import { differingIds } from '../pairs/differing-ids.ts'
import type { Profile } from '../profiles.ts'
import { evidenceOf, type IdentityEvidence, isByNameAlone } from './wording.ts'

/** What the papers of two authors say alone, whoever else may be one of them. */
export interface Comparison {
  /** Odds that they are one person; 0 where something contradicts it. */
  odds: number
  /** The strongest first. */
  evidence: IdentityEvidence[]
  /** Whether they have nothing in common but an initial for the name: each venue has many of these. */
  isByInitialAlone: boolean
}

export function compareAuthors(
  own: Profile,
  other: Profile,
  givenNames: number,
  apart: Apart,
): Comparison {
  const contradiction = contradictionOf(own, other, apart)
  if (contradiction === null) return likelihoodOf(own, other, givenNames)
  const evidence = [{ kind: 'contradiction' as const, detail: contradiction, weight: null }]
  return { odds: 0, evidence, isByInitialAlone: false }
}

/** Whether two authors cannot be one person, by their names or anything else. */
export const excludeEachOther = (one: Profile, other: Profile, apart: Apart): boolean =>
  fitNames(one.name, other.name) === null || contradictionOf(one, other, apart) !== null

/** The best and the mean evidence between their papers, as what is grouped by `npm run bench:authors`. */
function likelihoodOf(own: Profile, other: Profile, givenNames: number): Comparison {
  const isTurned = isBehind(own, other)
  const pairs = own.places.flatMap((x) =>
    other.places.flatMap((y) => {
      const measured = isTurned ? measure(y, x, givenNames) : measure(x, y, givenNames)
      return measured ? { x, y, parts: weighed(measured) } : []
    }),
  )
  const scores = pairs.map(({ parts }) => sum(Object.values(parts)))
  const best = Math.max(...scores)
  const strongest = pairs[scores.indexOf(best)]
  if (!strongest) return { odds: 0, evidence: [], isByInitialAlone: false }
  const evidence = evidenceOf(strongest, givenNames, fullerOf(own, other))
  return {
    odds: Math.exp(
      BY_BEST * best + (1 - BY_BEST) * (sum(scores.toSorted((x, y) => x - y)) / scores.length),
    ),
    evidence,
    isByInitialAlone: areByInitial(strongest) && isByNameAlone(evidence),
  }
}

/** Which of two authors is measured first, as some evidence is of the name of the first: the same from both sides, and in all catalogues. */
const isBehind = (own: Profile, other: Profile) =>
  own.printed === other.printed ? own.id > other.id : own.printed > other.printed

const areByInitial = ({ x, y }: { x: Place; y: Place }) => fitNames(x.name, y.name) === 'initial'

const fullerOf = (x: Profile, y: Profile) => (x.printed.length >= y.printed.length ? x : y)

function contradictionOf(own: Profile, other: Profile, apart: Apart): string | null {
  const decision = apart(own.id, other.id)
  if (decision !== null) return `Decision ${decision} of an operator says that they are two people.`
  const papers = new Set(own.places.map(({ paperId }) => paperId))
  if (other.places.some(({ paperId }) => papers.has(paperId)))
    return 'Both are authors of one paper.'
  const years = [...own.places, ...other.places].flatMap(({ year }) => year ?? [])
  const span = Math.max(...years) - Math.min(...years)
  if (span > LONGEST_CAREER) return `Their papers are ${span} years apart.`
  return differingIds(identifiedBy(own), identifiedBy(other))
}

/** Also by what two people have, of whom one has it as their own. */
const identifiedBy = ({ name, identifiers, places }: Profile) => ({
  identifiers: [...identifiers, ...places.flatMap((place) => place.identifiers)],
  names: [name, ...places.map((place) => place.name)],
})

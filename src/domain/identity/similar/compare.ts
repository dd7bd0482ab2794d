import { agreementOf, contradictionBetween } from '../agreement.ts'
import { type Place, totalWeight, weighed } from '../evidence.ts'
import { fitNames } from '../name-fit.ts'
import type { Profile } from '../profiles.ts'
import type { Apart } from './apart.ts'
import { evidenceOf, type IdentityEvidence, isByNameAlone } from './wording.ts'

/** The comparison of two authors by their papers, without regard to rivals. */
export interface Comparison {
  /** Odds that they are one person; 0 if something contradicts it. */
  odds: number
  /** The strongest evidence first. */
  evidence: IdentityEvidence[]
  /** Whether they share only a name with an initial; a venue has many such pairs. */
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

/** Whether two authors cannot be one person, because of names or anything else. */
export const excludeEachOther = (one: Profile, other: Profile, apart: Apart): boolean =>
  fitNames(one.name, other.name) === null || contradictionOf(one, other, apart) !== null

function likelihoodOf(own: Profile, other: Profile, givenNames: number): Comparison {
  const isTurned = isBehind(own, other)
  const [one, another] = isTurned ? [other, own] : [own, other]
  const found = agreementOf(one.places, another.places, { givenNames, weigh: totalWeight })
  if (!found) return { odds: 0, evidence: [], isByInitialAlone: false }
  const { x, y, measured } = found.best
  const strongest = { ...(isTurned ? { x: y, y: x } : { x, y }), parts: weighed(measured) }
  const evidence = evidenceOf(strongest, givenNames, fullerOf(own, other))
  return {
    odds: Math.exp(found.score),
    evidence,
    isByInitialAlone: areByInitial(strongest) && isByNameAlone(evidence),
  }
}

/** Whether `other` is measured first. Some evidence depends on the first name, and must be the same from both sides and in all catalogues. */
const isBehind = (own: Profile, other: Profile) =>
  own.printed === other.printed ? own.id > other.id : own.printed > other.printed

const areByInitial = ({ x, y }: { x: Place; y: Place }) => fitNames(x.name, y.name) === 'initial'

const fullerOf = (x: Profile, y: Profile) => (x.printed.length >= y.printed.length ? x : y)

function contradictionOf(own: Profile, other: Profile, apart: Apart): string | null {
  const decision = apart(own.id, other.id)
  if (decision !== null) return `Decision ${decision} of an operator says that they are two people.`
  return contradictionBetween(own, other)
}

import { sum } from 'es-toolkit'
import { BY_BEST, boundedWeight } from '../cluster.ts'
import { measure, weightOfRarity } from '../evidence.ts'
import { fitNames } from '../name-fit.ts'
import { differingIds } from '../pairs/differing-ids.ts'
import { claimOdds } from '../pairs/rivals.ts'
import { type PersonName, parsePersonName } from '../person-name.ts'
import type { PrintedPlace, Profile } from '../profiles.ts'

/** Most rivals of an author that are read, those with most papers first. */
const MOST_RIVALS = 5

/** An author with the names and identifiers by which papers know them. */
export interface Named {
  id: number
  name: string
  identifiers: readonly string[]
}

/** Those who may have written papers of an author and cannot be the author: by their names they fit some of the author's names and not others, or they have other identifiers. */
export function rivalsAmong(
  own: Omit<Named, 'id'> & { otherNames: readonly string[] },
  others: readonly Named[],
): number[] {
  const names = [own.name, ...own.otherNames].flatMap((printed) => parsePersonName(printed) ?? [])
  const isRival = ({ name: printed, identifiers }: Named) => {
    const name = parsePersonName(printed)
    if (!name) return false
    const fits = names.map((one) => fitNames(one, name) !== null)
    if (!fits.includes(true)) return false
    return (
      fits.includes(false) || differ({ identifiers: own.identifiers, names }, name, identifiers)
    )
  }
  const found = others.filter(isRival)
  return found.slice(0, MOST_RIVALS).map(({ id }) => id)
}

const differ = (
  own: { identifiers: readonly string[]; names: readonly PersonName[] },
  name: PersonName,
  identifiers: readonly string[],
) => differingIds(own, { identifiers, names: [name] }) !== null

/** The evidence between two groups of papers as a logarithm of the odds, and of the pair that agrees best how the names fit. */
export interface Agreement {
  score: number
  fit: string | null
  /** What the rarity of the names is of it. */
  rarity: number
}

/** As two clusters are joined: by the best and the mean evidence between them; null where no two of their names fit. */
export function agreementOf(
  unit: readonly PrintedPlace[],
  others: readonly PrintedPlace[],
  givenNames: number,
): Agreement | null {
  const pairs = unit.flatMap((x) =>
    others.flatMap((y) => {
      const measured = measure(x, y, givenNames)
      return measured ? { x, y, measured, score: boundedWeight(measured) } : []
    }),
  )
  const [first, ...more] = pairs
  if (!first) return null
  const best = more.reduce((one, other) => (other.score > one.score ? other : one), first)
  const mean = sum(pairs.map(({ score }) => score)) / pairs.length
  return {
    score: BY_BEST * best.score + (1 - BY_BEST) * mean,
    fit: fitNames(best.x.name, best.y.name),
    rarity: BY_BEST * weightOfRarity(best.x, best.y, givenNames, best.measured.coAuthor > 0),
  }
}

/** Another person who may have written the papers of a unit. */
export interface UnitRival {
  profile: Profile
  /** Odds that it is them rather than the author. */
  odds: number
}

interface Context {
  rivals: readonly Profile[]
  givenNames: number
  /** Number of papers of the rest, also of those that were not read. */
  papers: number
}

/** Odds that are too small to be shown. */
const LEAST_ODDS = 0.05

/** Who may have written the papers of a unit instead of the author of the rest, by the rules of imports: those who cannot be the author of the rest. */
export function rivalsOf(
  unit: readonly PrintedPlace[],
  rest: readonly PrintedPlace[],
  { rivals, givenNames, papers }: Context,
): UnitRival[] {
  const own = rivals.length === 0 ? null : agreementOf(unit, rest, givenNames)
  if (!own) return []
  const claim = claimOdds(own, papers)
  return rivals.flatMap((profile) => {
    if (excludeEachOther(unit, profile.places) || !excludeEachOther(rest, profile.places)) return []
    const found = agreementOf(unit, profile.places, givenNames)
    if (!found || (own.fit === 'equal' && found.fit === 'initial')) return []
    const odds = Math.exp(claimOdds(found, profile.paperCount) - claim)
    return odds < LEAST_ODDS ? [] : { profile, odds }
  })
}

/** Whether two groups of papers cannot be one person's: a paper of both, names that do not fit, or other identifiers. */
function excludeEachOther(one: readonly PrintedPlace[], other: readonly PrintedPlace[]): boolean {
  const papers = new Set(one.map(({ paperId }) => paperId))
  if (other.some(({ paperId }) => papers.has(paperId))) return true
  if (one.some((x) => other.some((y) => fitNames(x.name, y.name) === null))) return true
  return differingIds(identifiedBy(one), identifiedBy(other)) !== null
}

const identifiedBy = (places: readonly PrintedPlace[]) => ({
  identifiers: places.flatMap(({ identifiers }) => identifiers),
  names: places.map(({ name }) => name),
})

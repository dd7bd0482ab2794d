import { agreementOf, contradictionBetween } from '../agreement.ts'
import { BY_BEST, boundedWeight } from '../cluster.ts'
import { weightOfRarity } from '../evidence.ts'
import { fitNames } from '../name-fit.ts'
import { differingIds } from '../pairs/differing-ids.ts'
import { claimOdds } from '../pairs/rivals.ts'
import { type PersonName, parsePersonName } from '../person-name.ts'
import type { PrintedPlace, Profile } from '../profiles.ts'

/** Limit of rivals read for each author, those with the most papers first. */
const MOST_RIVALS = 5

/** An author with the names and identifiers on their papers. */
export interface Named {
  id: number
  name: string
  identifiers: readonly string[]
}

/**
 * Authors who may have written some of an author's papers but are not the author: their names fit some of the author's names and not others, or they
 * have other identifiers.
 */
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

/** Another person who may have written the papers of a unit. */
export interface UnitRival {
  profile: Profile
  /** Odds of this person against the author. */
  odds: number
}

interface Context {
  rivals: readonly Profile[]
  givenNames: number
  /** Number of papers of the rest, including those not read. */
  papers: number
}

/** Odds below which rivals are left out. */
const LEAST_ODDS = 0.05

/** Who may have written the papers of a unit instead of the author of the rest, by the rules of imports. Only people who cannot be that author. */
export function rivalsOf(
  unit: readonly PrintedPlace[],
  rest: readonly PrintedPlace[],
  { rivals, givenNames, papers }: Context,
): UnitRival[] {
  const own = rivals.length === 0 ? null : claimOf(unit, rest, papers, givenNames)
  if (!own) return []
  return rivals.flatMap((profile) => {
    const { places, paperCount } = profile
    if (excludeEachOther(unit, places) || !excludeEachOther(rest, places)) return []
    const claim = claimOf(unit, places, paperCount, givenNames)
    if (!claim || (own.fit === 'equal' && claim.fit === 'initial')) return []
    const odds = Math.exp(claim.odds - own.odds)
    return odds < LEAST_ODDS ? [] : { profile, odds }
  })
}

/** The evidence that the author of some papers also wrote those of a unit; null if no two of their names fit. */
function claimOf(
  unit: readonly PrintedPlace[],
  others: readonly PrintedPlace[],
  papers: number,
  givenNames: number,
) {
  const found = agreementOf(unit, others, { givenNames, weigh: boundedWeight })
  if (!found) return null
  const { x, y, measured } = found.best
  const fit = fitNames(x.name, y.name)
  const rarity = BY_BEST * weightOfRarity(x, y, givenNames, measured.coAuthor > 0)
  return { fit, odds: claimOdds({ score: found.score, rarity, fit }, papers) }
}

/** Whether two groups of papers cannot be by one person, because of names or anything else. */
const excludeEachOther = (one: readonly PrintedPlace[], other: readonly PrintedPlace[]): boolean =>
  contradictionBetween({ places: one }, { places: other }) !== null ||
  one.some((x) => other.some((y) => fitNames(x.name, y.name) === null))

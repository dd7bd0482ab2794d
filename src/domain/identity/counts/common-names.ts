import { FAMILY_AREAS } from './common-families.ts'
import { GIVEN_AREAS } from './common-given.ts'
import { FAMILY_NAMES, GIVEN_NAMES } from './names.ts'
import { isOfSyllables } from './syllables.ts'

/** Fewest times that a family name was counted to be that of many. */
const COMMON_FAMILY = 8

/** Whether a family name is that of many somewhere, also as women have it in Slavic countries, Lithuania apart, and Central Asia: Akhmetova, Kowalska. */
export const isCommonFamily = (word: string): boolean => isListed(word) || isListed(ofMen(word))

const isListed = (word: string) =>
  (FAMILY_NAMES.get(word) ?? 0) >= COMMON_FAMILY || FAMILY_AREAS.has(word)

const OF_WOMEN = /(?<=[oe]v|[iy]n)a$|(?<=[sc]k)a$/
const ofMen = (family: string) =>
  family.replace(OF_WOMEN, (_, at: number) => (family[at - 1] === 'k' ? 'i' : ''))

/** The same of a given name. */
export const isCommonGiven = (word: string): boolean =>
  GIVEN_NAMES.has(word) || GIVEN_AREAS.has(word)

/** Areas whose given names are those of `western`, too. */
const WESTERN = new Set(
  'balkan czech dutch english finnish french german greek hungarian italian nordic polish portuguese romanian russian spanish'.split(
    ' ',
  ),
)

/** Whether many people of one area have both names: Polish and German ones together, as in Lukasz Kaiser, are no frequent name. */
export function areCommonTogether(family: string, given: string): boolean {
  const areas = [...(FAMILY_AREAS.get(family) ?? []), ...(FAMILY_AREAS.get(ofMen(family)) ?? [])]
  const ofGiven = GIVEN_AREAS.get(given) ?? (isOfMandarin(given) ? ['chinese'] : [])
  return areas.some(
    (area) => ofGiven.includes(area) || (WESTERN.has(area) && ofGiven.includes('western')),
  )
}

const isOfMandarin = (given: string) => GIVEN_NAMES.has(given) && isOfSyllables(given)

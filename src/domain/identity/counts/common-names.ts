import { FAMILY_AREAS } from './common-families.ts'
import { GIVEN_AREAS } from './common-given.ts'
import { FAMILY_NAMES, GIVEN_NAMES } from './names.ts'
import { isOfSyllables } from './syllables.ts'

/** Minimum count for a common family name. */
const COMMON_FAMILY = 8

/** Whether a family name is common in some country, also in the form for women in Slavic countries and Central Asia, but not Lithuania: Akhmetova, Kowalska. */
export const isCommonFamily = (word: string): boolean => isListed(word) || isListed(ofMen(word))

const isListed = (word: string) =>
  (FAMILY_NAMES.get(word) ?? 0) >= COMMON_FAMILY || FAMILY_AREAS.has(word)

const OF_WOMEN = /(?<=[oe]v|[iy]n)a$|(?<=[sc]k)a$/
const ofMen = (family: string) =>
  family.replace(OF_WOMEN, (_, at: number) => (family[at - 1] === 'k' ? 'i' : ''))

/** Whether a given name is common in some country. */
export const isCommonGiven = (word: string): boolean =>
  GIVEN_NAMES.has(word) || GIVEN_AREAS.has(word)

/** Areas in which the given names of `western` are also common. */
const WESTERN = new Set(
  'balkan czech dutch english finnish french german greek hungarian italian nordic polish portuguese romanian russian spanish'.split(
    ' ',
  ),
)

/** Whether both names are common in one area. A Polish and a German one together, as in Lukasz Kaiser, are not a frequent name. */
export function areCommonTogether(family: string, given: string): boolean {
  const areas = [...(FAMILY_AREAS.get(family) ?? []), ...(FAMILY_AREAS.get(ofMen(family)) ?? [])]
  const ofGiven = GIVEN_AREAS.get(given) ?? (isOfMandarin(given) ? ['chinese'] : [])
  return areas.some(
    (area) => ofGiven.includes(area) || (WESTERN.has(area) && ofGiven.includes('western')),
  )
}

const isOfMandarin = (given: string) => GIVEN_NAMES.has(given) && isOfSyllables(given)

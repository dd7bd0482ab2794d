import { parsePersonName } from '../../src/domain/identity/person-name.ts'
import { hashOf } from './authors-score.mjs'

/** Other ways of printing the same names. Each function takes a printed name and a number that is equal in every run. */
export const VARIANTS = {
  'a third with initials': (printed, number) => (number % 3 === 0 ? initials(printed) : printed),
  'without middle names': (printed) => printed.replace(/^(\S{2,}) .+ (\S+)$/, '$1 $2'),
  'without diacritics': (printed) => printed.normalize('NFKD').replace(/\p{M}+/gu, ''),
  'hyphens as spaces or none': (printed, number) =>
    printed.replace(/-/g, number % 2 === 0 ? ' ' : ''),
  'family name first': (printed) => printed.replace(/^(.+) (\S+)$/, '$2, $1'),
  'one of these or none': (printed, number) =>
    [
      (name) => name,
      initials,
      ...['without middle names', 'without diacritics', 'hyphens as spaces or none'].map(
        (kind) => VARIANTS[kind],
      ),
      VARIANTS['family name first'],
    ][number % 6](printed, number),
}

/** "Geoffrey Everest Hinton" as "G. E. Hinton", or "G. Hinton". */
function initials(printed) {
  const words = printed.split(' ')
  const family = words.pop()
  return [...words.map((word) => `${word[0]}.`), family].join(' ')
}

/** The places with their names printed in another way; a name that would no longer be a person's is kept. */
export function printedAs(places, kind) {
  return places.map((place) => {
    const printed = VARIANTS[kind](place.printed, hashOf(`${place.person}${place.paperId}`))
    return { ...place, name: parsePersonName(printed) ?? place.name }
  })
}

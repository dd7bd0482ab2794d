import { fitNames } from '../name-fit.ts'
import { type PersonName, parsePersonName } from '../person-name.ts'

interface Printed {
  name: PersonName
  coAuthorNames: readonly string[]
}

/**
 * Whether a paper prints an author's name for somebody else in the byline, and another name for the author: whoever wrote the byline down may have given the identifiers
 * of the two to each other.
 */
export function printsAnother({ name, coAuthorNames }: Printed, author: PersonName): boolean {
  if (fitNames(name, author) !== null) return false
  return coAuthorNames.some((printed) => {
    const other = parsePersonName(printed)
    return other !== null && fitNames(other, author) !== null
  })
}

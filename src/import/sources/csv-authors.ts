import type { AuthorClaim } from '../../domain/record/paper-record.ts'
import { orcidIn } from '../fields/identifiers.ts'
import { namesInByline, type Separator, WHOLE_BYLINE } from '../names/byline.ts'
import {
  isDegree,
  isSuffix,
  personOfInverted,
  type StatedName,
  withoutMarks,
} from '../names/names.ts'
import { STRAYS, withoutMissingWords } from '../names/strays.ts'
import { UNEQUAL } from './csv-values.ts'

/** What other cells say about the byline in a row. */
export interface BylineContext {
  /** What separates names in the column. */
  separator: Separator | null
  /** ORCID iDs, with bars between. */
  orcids: string
  /** The numbers that Scopus gives authors, with semicolons between: one for each author. */
  numbers: string
}

/** Whether the names in most cells of a column are separated by commas, or by something else; null where no cell tells. */
export function separatorIn(cells: readonly string[]): Separator | null {
  const others = cells.filter((cell) => /[;|]|\p{L}\s+and\s+\p{L}/u.test(cell.replace(ENTITY, '')))
  const commas = cells.filter((cell) => !others.includes(cell) && isListWithCommas(cell))
  if (others.length === commas.length) return null
  return others.length > commas.length ? 'other' : 'comma'
}

const ENTITY = /&#?\w{1,10};/g

/** `Ann Bee, Carl Dee, Eve Fox` */
function isListWithCommas(cell: string): boolean {
  const parts = cell.split(',').map((part) => part.trim())
  return parts.length > 2 && parts.every((part) => /\S\s+\p{Lu}\p{Ll}/u.test(part))
}

/** The byline in a cell that others wrote; each with the ORCID iD that has the same place in another, where there are as many. */
export function printedAuthors(
  cell: string,
  { separator, orcids, numbers }: BylineContext,
  lost: string[],
): AuthorClaim[] {
  const names =
    namesNumbered(cell, numbers) ?? namesInByline(cell, { ...WHOLE_BYLINE, separator }, lost)
  const ids = orcids.split('|')
  const areOf = ids.length === names.length
  if (!areOf && orcids.trim() !== '') lost.push(UNEQUAL)
  return names.flatMap((printed, i) => {
    const person = personOfPrinted(printed, lost)
    const identifiers = areOf ? orcidIn(ids[i], lost) : []
    return person === null ? [] : [{ ...person, identifiers, affiliation: null }]
  })
}

/** The names between commas where as many numbers stand beside them, or half as many: `Bee, A., Dee, C.`; else null. */
function namesNumbered(cell: string, numbers: string): string[] | null {
  const count = numbers.split(';').filter((number) => /\d/.test(number)).length
  const parts = cell.split(',').map((part) => part.trim())
  if (count === 0 || /[;|]/.test(cell) || parts.some((part) => !/\p{L}/u.test(part))) return null
  if (parts.length === count) return parts
  const inPairs = parts.flatMap((part, at) => (at % 2 === 0 ? `${part}, ${parts[at + 1]}` : []))
  return parts.length === count * 2 ? inPairs : null
}

/** Initials behind a family name. Of those with two letters, `Yu.A.`, the last has one, as `Ming Yu.` ends a list. */
const INITIALS_BEHIND =
  /^\s*([^,]*\p{Ll}[^,]*?)\s+((?:\p{Lu}\p{Ll}?\.[- ]?){0,5}(?:\p{Lu}\.?[- ]?){1,4})\s*$/u

export const nameOfPrinted = (printed: string, lost: string[]): string | null =>
  personOfPrinted(printed, lost)?.name ?? null

/** As `Bee, Ann`, `Ann Bee` or `Bee A.`; without the numbers that Scopus gives authors. */
function personOfPrinted(printed: string, lost: string[]): StatedName | null {
  const named = withoutMarks(printed.replace(/\s*\(\d{5,}\)\s*$/, '').trim())
  const text = withoutMissingWords(named)
  if (text !== named) lost.push(STRAYS.missing)
  const [, family = '', initials = ''] = INITIALS_BEHIND.exec(text) ?? []
  const isTitle = isPhd(initials) || isGeneration(family, initials)
  const areInitials = initials !== '' && !isTitle
  return personOfInverted(areInitials ? `${family}, ${withoutFullStop(initials)}` : text, lost)
}

/** `MD` are the initials of many. */
const isPhd = (text: string) => /\p{Ll}/u.test(text) && isDegree(text)

/** `Ann Bee III`, but not `Tam V.` and `Kovalenko IV`, where no given name precedes. */
const isGeneration = (family: string, text: string) =>
  isSuffix(text) && !text.endsWith('.') && /\S\s/.test(family)

/** The full stop of `Griffin DK, Larkin DM.` ends the list. */
const withoutFullStop = (initials: string) =>
  /^\p{Lu}{2,}\.$/u.test(initials.trim()) ? initials.trim().slice(0, -1) : initials.trim()

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

/** Data about the byline of a row from other cells. */
export interface BylineContext {
  /** Separator of names in the column. */
  separator: Separator | null
  /** ORCID iDs of the authors, separated by bars. */
  orcids: string
  /** Scopus's numbers of the authors, separated by semicolons. */
  numbers: string
}

/** Separator of names in most cells of a column: commas or another; null when the cells do not decide. */
export function separatorIn(cells: readonly string[]): Separator | null {
  const others = cells.filter((cell) => /[;|]|\p{L}\s+and\s+\p{L}/u.test(cell.replace(ENTITY, '')))
  const commas = cells.filter((cell) => !others.includes(cell) && isListWithCommas(cell))
  if (others.length === commas.length) return null
  return others.length > commas.length ? 'other' : 'comma'
}

const ENTITY = /&#?\w{1,10};/g

/** Whether a cell is like `Ann Bee, Carl Dee, Eve Fox`. */
function isListWithCommas(cell: string): boolean {
  const parts = cell.split(',').map((part) => part.trim())
  return parts.length > 2 && parts.every((part) => /\S\s+\p{Lu}\p{Ll}/u.test(part))
}

/** Reads a byline in tables of other programs. The n-th ORCID iD is that of the n-th author, if their numbers are equal. */
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

/** Splits a byline at commas if Scopus's numbers are as many as the parts, or half as many (`Bee, A., Dee, C.`); otherwise null. */
function namesNumbered(cell: string, numbers: string): string[] | null {
  const count = numbers.split(';').filter((number) => /\d/.test(number)).length
  const parts = cell.split(',').map((part) => part.trim())
  if (count === 0 || /[;|]/.test(cell) || parts.some((part) => !/\p{L}/u.test(part))) return null
  if (parts.length === count) return parts
  const inPairs = parts.flatMap((part, at) => (at % 2 === 0 ? `${part}, ${parts[at + 1]}` : []))
  return parts.length === count * 2 ? inPairs : null
}

/** Initials after a family name. Initials may have two letters (`Yu.A.`), but not the last one, since `Ming Yu.` may end a list. */
const INITIALS_BEHIND =
  /^\s*([^,]*\p{Ll}[^,]*?)\s+((?:\p{Lu}\p{Ll}?\.[- ]?){0,5}(?:\p{Lu}\.?[- ]?){1,4})\s*$/u

export const nameOfPrinted = (printed: string, lost: string[]): string | null =>
  personOfPrinted(printed, lost)?.name ?? null

/** Reads a name such as `Bee, Ann`, `Ann Bee` or `Bee A.`, without Scopus's number of the author. */
function personOfPrinted(printed: string, lost: string[]): StatedName | null {
  const named = withoutMarks(printed.replace(/\s*\(\d{5,}\)\s*$/, '').trim())
  const text = withoutMissingWords(named)
  if (text !== named) lost.push(STRAYS.missing)
  const [, family = '', initials = ''] = INITIALS_BEHIND.exec(text) ?? []
  const isTitle = isPhd(initials) || isGeneration(family, initials)
  const areInitials = initials !== '' && !isTitle
  return personOfInverted(areInitials ? `${family}, ${withoutFullStop(initials)}` : text, lost)
}

/** Whether the text is a degree with lower-case letters, such as PhD. `MD` may be initials. */
const isPhd = (text: string) => /\p{Ll}/u.test(text) && isDegree(text)

/** Whether the text is a generation, as in `Ann Bee III`, but not in `Tam V.` and `Kovalenko IV`, which lack a given name before it. */
const isGeneration = (family: string, text: string) =>
  isSuffix(text) && !text.endsWith('.') && /\S\s/.test(family)

/** Removes the full stop that ends a list such as `Griffin DK, Larkin DM.` */
const withoutFullStop = (initials: string) =>
  /^\p{Lu}{2,}\.$/u.test(initials.trim()) ? initials.trim().slice(0, -1) : initials.trim()

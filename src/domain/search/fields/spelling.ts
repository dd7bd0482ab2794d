import leven from 'leven'
import { quote } from '../../../errors.ts'
import { FIELD_NAMES, type FieldName, isField, isTextField, type TextFieldName } from './fields.ts'

export type KnownName = FieldName | TextFieldName
export const isKnown = (name: string): name is KnownName => isTextField(name) || isField(name)

/** What people write for the names of fields, and mean the same values by. */
const SAME: Partial<Record<KnownName, string>> = {
  title: 'ti allintitle intitle',
  abstract: 'ab abs inabstract summary',
  author: 'au aut auth authors by contributor creator inauthor researcher writer',
  affiliation:
    'ad aff affil affiliations at company inst institute institution institutions lab org organisation organization school univ university',
  topic: 'concept subject subjects tag tags task tasks',
  keyword: 'key keywords kw kwd',
  venue: 'booktitle conf conference journal jr proceedings publication series source',
  year: 'pubyear py years yr',
  has: 'link links',
  is: 'decision presentation status',
  stars: 'github star',
  cites: 'citation citationcount citations cite cited citedby',
  award: 'awards prize',
  area: 'track',
  rating: 'ratings review reviews score',
  published: 'date pubdate',
  updated: 'changed modified',
  language: 'locale',
  lang: 'codelang programming',
  access: 'oa openaccess',
}

/** The same where values mean something else. */
const ALIKE: Partial<Record<KnownName, string>> = {
  topic: 'cat categories category',
  published: 'after before from since until',
  has: 'filetype license',
  lang: 'code',
  title: 'all',
}

const bySpelling = (spellings: Partial<Record<KnownName, string>>) =>
  new Map(
    Object.entries(spellings).flatMap(([name, all]) =>
      all.split(' ').map((one): [string, KnownName] => [one, name as KnownName]),
    ),
  )
const SAME_NAMES = bySpelling(SAME)
const ALIKE_NAMES = bySpelling(ALIKE)

/** What is meant by a name before a colon. */
export interface Meant {
  /** The field that it names, or comes near; null where there is none. */
  field: KnownName | null
  /** How sure that is: the name itself, another word for it, one slip from it, or something like it. */
  by: 'name' | 'synonym' | 'slip' | 'likeness'
}

/** Least letters of a name with a slip: half of a short name replaced is another name. */
const LEAST_SLIPPED = 4
/** Least letters of one that is less sure: two slips from a field, or one from another word for it. */
const LEAST_ALIKE = 6

/** The name of a field in letters of any width. */
export const foldedName = (name: string): string => name.normalize('NFKC').toLowerCase()

export function meantBy(written: string): Meant {
  const name = foldedName(written)
  if (isKnown(name)) return { field: name, by: 'name' }
  const same = SAME_NAMES.get(name)
  if (same) return { field: same, by: 'synonym' }
  const alike = ALIKE_NAMES.get(name)
  if (alike) return { field: alike, by: 'likeness' }
  return isSpeltAsName(written) ? nearest(name) : { field: null, by: 'likeness' }
}

/** Not `BERT` or `AutoML`, which are names of something else. */
const isSpeltAsName = (written: string) => /^(?:\p{L}\p{Ll}+|\p{Lu}{5,})$/u.test(written)

function nearest(name: string): Meant {
  const near = FIELD_NAMES.map((field) => ({ field, slips: slipsBetween(name, field) })).sort(
    (a, b) => a.slips - b.slips,
  )[0]
  if (near && near.slips <= 1 && name.length >= LEAST_SLIPPED)
    return { field: near.field, by: 'slip' }
  const other = [...SAME_NAMES].find(
    ([one]) => one.length >= LEAST_ALIKE && slipsBetween(name, one) <= 1,
  )
  if (other) return { field: other[1], by: 'slip' }
  const isAlike = near && near.slips <= 2 && name.length >= LEAST_ALIKE
  return { field: isAlike ? near.field : null, by: 'likeness' }
}

/** Letters left out, added or replaced; two that changed places are one slip. */
function slipsBetween(a: string, b: string): number {
  const slips = leven(a, b, { maxDistance: 3 })
  const at = [...a].findIndex((letter, i) => letter !== b[i])
  const isTurned =
    slips === 2 &&
    a.length === b.length &&
    a[at] === b[at + 1] &&
    a[at + 1] === b[at] &&
    a.slice(at + 2) === b.slice(at + 2)
  return isTurned ? 1 : slips
}

/** What is wrong with a field that there is not, and what may be meant. */
export function unknownField(written: string, near: KnownName | null): string {
  const hint = near ? `; did you mean ${near}:?` : '.'
  return `no field ${quote(written)}${hint} Fields are ${FIELD_NAMES.join(', ')}. Put text that has a colon in quotes`
}

import leven from 'leven'
import { quote } from '../../../errors.ts'
import { FIELD_NAMES, type FieldName, isField, isTextField, type TextFieldName } from './fields.ts'

export type KnownName = FieldName | TextFieldName
export const isKnown = (name: string): name is KnownName => isTextField(name) || isField(name)

/** Other names of fields with the same values. */
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

/** Other names of fields whose values differ. */
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

/** The field meant by a name before a colon. */
export interface Meant {
  /** The field that it names or resembles; null if there is none. */
  field: KnownName | null
  /** How sure that is: the name itself, a synonym, one typo away, or merely similar. */
  by: 'name' | 'synonym' | 'slip' | 'likeness'
}

/** Minimum length of a name with a typo: in a short name, a typo makes another name. */
const LEAST_SLIPPED = 4
/** Minimum length of a similar name: two typos from a field, or one from a synonym. */
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

/** The number of letters left out, added or replaced; two swapped letters count as one. */
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

/** The message about an unknown field, with the field that may be meant. */
export function unknownField(written: string, near: KnownName | null): string {
  const hint = near ? `; did you mean ${near}:?` : '.'
  return `no field ${quote(written)}${hint} Fields are ${FIELD_NAMES.join(', ')}. Put text that has a colon in quotes`
}

import { partition, uniqBy } from 'es-toolkit'
import type { Database } from '../../../db/client.ts'
import { nameKey } from '../../record/title-key.ts'
import { severalNames } from '../../reference/several-names.ts'
import { authorsByKeys, type KeyedAuthor } from '../authors-by-keys.ts'
import { collaborationKey } from '../collaboration.ts'
import { isWordsKey, printedBlocks } from '../name-block.ts'
import { fitNames } from '../name-fit.ts'
import { isInitial, type PersonName, parsePersonName } from '../person-name.ts'
import { APART_OR_JOINED } from '../spelling/particles.ts'
import { askedForms, askedKey, gluedForms } from './asked-name.ts'

/** An author who may be meant by a name. */
export interface NamedAuthor {
  id: number
  name: string
  paperCount: number
}

/** The authors who may be meant by a name, the likeliest first. */
export interface Named {
  authors: NamedAuthor[]
  /** Whether only the first is of that name: others have an initial for it, or there are no others. Of a family name alone nobody is. */
  isOne: boolean
  /** How many of them, the first ones, have all of the given and family name, in whatever form. */
  fullCount: number
}

type Db = Pick<Database, 'query'>

/** Longest text, and most words, that are read as a name. */
const LONGEST_NAME = 100
const MOST_WORDS = 8

/** The words of a text that may be the name of a person; null when it is something else. */
export function nameIn(text: string): string | null {
  if (text.length > LONGEST_NAME || /[@:/~_<>=\0]/.test(text)) return null
  const group = collaborationKey(text)
  if (group !== null) return group
  if (severalNames(text) !== null) return null
  const key = askedKey(text)
  const words = key.split(' ')
  if (/\d/.test(key) || words.length > MOST_WORDS || words.every((word) => [...word].length < 2))
    return null
  return key
}

/** Authors by each name, in their order: one statement for all. Names are texts that `nameIn` reads. */
export async function authorsByNames(db: Db, names: readonly string[]): Promise<Named[]> {
  const asked = names.map(askedForms)
  const keys = asked.map(keysOf)
  const found = await authorsByKeys(db, {
    blocks: keys.flatMap(({ blocks }) => blocks),
    words: keys.flatMap(({ words }) => words),
    wordsOfOthers: keys.flatMap(({ wordsOfOthers }) => wordsOfOthers),
  })
  return asked.map((forms, place) => {
    const all = Object.values(keys[place] ?? {}).flat()
    return choose(
      forms,
      uniqBy(
        all.flatMap((key) => found[key] ?? []),
        ({ id }) => id,
      ),
    )
  })
}

/** What authors are looked up by who may be meant by a name in these forms. */
function keysOf(asked: readonly string[]) {
  const forms = asked.flatMap((form) => [form, ...gluedForms(form)])
  const [ofNicknames, blocks] = partition(forms.flatMap(blocksOf), isWordsKey)
  const alone = forms.filter((form) => !form.includes(' '))
  return {
    blocks,
    words: [...alone.map(asQuery), ...ofNicknames, ...forms.flatMap(familiesIn)],
    wordsOfOthers: forms.map(asQuery),
  }
}

/** Authors by a name, for lists that also find names by their words. */
export interface AuthorsOfName {
  /** Ids of those who have all of it, in whatever form papers print; none for a name with an initial. */
  full: readonly number[]
  /** Ids of those whom it may mean where nobody has its words. */
  partial: readonly number[]
}

/** Most authors of a name that are looked up beside those who have its words: more than anyone pages through. */
const MOST_BESIDE = 500

/**
 * The authors of texts that read as the name of a person, in their order, in a statement for all; null for other texts, such as a single
 * word. No statement where there are none.
 */
export async function authorsOfNames(
  db: Db,
  texts: readonly string[],
): Promise<(AuthorsOfName | null)[]> {
  const names = [...new Set(texts.filter(isFullName))]
  if (names.length === 0) return texts.map(() => null)
  const found = await authorsByNames(db, names)
  const byName = new Map(names.map((name, i) => [name, found[i]]))
  return texts.map((text) => {
    const key = fullNameIn(text)
    if (key === null) return null
    const { authors = [], fullCount = 0 } = byName.get(text) ?? {}
    const ids = authors
      .slice(0, Math.min(fullCount || MOST_BESIDE, MOST_BESIDE))
      .map(({ id }) => id)
    // Who asks for Michael I. does not mean every Michael: the initial is looked for first.
    const isFull = fullCount > 0 && !key.split(' ').some(isInitial)
    return isFull ? { full: ids, partial: [] } : { full: [], partial: ids }
  })
}

/** Whether a text reads as the name of a person, so that `authorsOfNames` looks for other forms of it. */
export const isFullName = (text: string): boolean => fullNameIn(text) !== null

/** A name of several words, or a family name that is also printed as two words: LeCun. */
function fullNameIn(text: string): string | null {
  const key = nameIn(text)
  return key !== null && (key.includes(' ') || familiesIn(key).length > 0) ? key : null
}

/** A family name of several words, as one: "Le Cun" is also LeCun; and one that begins with such a word apart: LeCun is also Le Cun. */
function familiesIn(form: string): string[] {
  const words = form.split(' ')
  if (words.length > 1)
    return APART_OR_JOINED.has(words[0] ?? '') ? [`'${words.join('')}'`, asQuery(form)] : []
  return [...APART_OR_JOINED].flatMap((first) =>
    form.startsWith(first) && form.length > first.length + 2
      ? `'${first}' & '${form.slice(first.length)}'`
      : [],
  )
}

/** Whether a text without a given name is the family name of a printed one, in one word or several. */
function isFamilyOf(name: string, printed: string): boolean {
  const words = nameKey(printed).split(' ')
  const joined = name.replaceAll(' ', '')
  return [1, 2, 3].some((count) => words.length > count && words.slice(-count).join('') === joined)
}

/** The words of a name, each as it is or as an initial, as a tsquery. */
const asQuery = (name: string) =>
  name
    .split(' ')
    .map((word) => `'${word}'${isInitial(word) ? ':*' : ''}`)
    .join(' & ')

/**
 * The names that papers print of an author, the shown one first. Their keys do not say that "Wei-Nan" is one name, which "Weinan" does: of
 * the same letters the shown name counts.
 */
function namesOf({ name, otherNames }: KeyedAuthor): string[] {
  const letters = lettersOf(nameKey(name))
  return [name, ...otherNames.split(' / ').filter((key) => key && lettersOf(key) !== letters)]
}

const lettersOf = (key: string) => key.replaceAll(' ', '')

/** The keys of `authors_name_block_idx` for both orders of the name: what follows a family name may be given names in their order. */
function blocksOf(name: string): string[] {
  const words = name.split(' ')
  const [first = '', second = '', last = ''] = [words[0], words[1], words.at(-1)]
  if (words.length === 1) return []
  const inOrder = [name, turned(name)].flatMap(printedBlocks)
  return [...new Set([...inOrder, ...[second, last].map((given) => `${first} ${[...given][0]}`)])]
}

/** `family` is a fit of one word or the family name alone. */
const FITS = ['equal', 'middle', 'short', 'initial', 'family', null] as const
type Fit = (typeof FITS)[number]

function choose(forms: readonly string[], rows: readonly KeyedAuthor[]): Named {
  const fitting = rows
    .map((row) => ({ row, fit: bestFit(forms, namesOf(row)) }))
    .filter(({ fit }) => fit !== null)
    .sort(
      (x, y) =>
        FITS.indexOf(x.fit) - FITS.indexOf(y.fit) ||
        y.row.paperCount - x.row.paperCount ||
        x.row.id - y.row.id,
    )
  const full = fitting.filter(({ fit }) => fit !== 'initial' && fit !== 'family')
  const [first] = fitting
  const isPrinted =
    fitting.length === 1 && first && namesOf(first.row).some((one) => isPrintedAs(forms, one))
  return {
    authors: fitting.map(({ row: { id, name: printed, paperCount } }) => ({
      id,
      name: printed,
      paperCount,
    })),
    fullCount: full.length,
    isOne:
      full.length === 1 || isPrinted === true || (fitting.length === 1 && first?.fit === 'initial'),
  }
}

function bestFit(forms: readonly string[], printed: string[]): Fit {
  const fits = printed.flatMap((one) => forms.map((form) => fitOf(form, one)))
  return FITS.find((fit) => fits.includes(fit)) ?? null
}

/** Other names of authors have lost the capitals by which initials in one word are known. */
const isPrintedAs = (forms: readonly string[], printed: string) =>
  forms.includes(askedKey(printed)) || forms.flatMap(gluedForms).includes(printed)

/** How the name fits one that is printed, in either order; a single word fits every name that has it. */
function fitOf(name: string, printed: string): Fit {
  if (isPrintedAs([name], printed)) return name.split(' ').some(isInitial) ? 'initial' : 'equal'
  const [first = ''] = name.split(' ')
  if (!name.includes(' ') || (APART_OR_JOINED.has(first) && isFamilyOf(name, printed)))
    return 'family'
  const others = [printed, askedKey(printed)].flatMap((one) => parsePersonName(one) ?? [])
  const fits = [name, turned(name)].flatMap((order): Fit[] => {
    const asked: PersonName | null = parsePersonName(order)
    return asked ? others.map((other) => fitNames(asked, other)) : []
  })
  return FITS.find((fit) => fits.includes(fit)) ?? null
}

/** The family name first made the last. */
function turned(name: string): string {
  const [first, ...others] = name.split(' ')
  return [...others, first].join(' ')
}

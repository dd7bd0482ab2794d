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

/** An author whom a requested name fits. */
export interface NamedAuthor {
  id: number
  name: string
  paperCount: number
}

/** The authors whom a requested name fits, the likeliest first. */
export interface Named {
  authors: NamedAuthor[]
  /** Whether the name means the first author alone: the others have an initial for it, or there are no others. False for a family name alone. */
  isOne: boolean
  /** How many of them, from the first, have the whole given and family name in any form. */
  fullCount: number
}

type Db = Pick<Database, 'query'>

/** Limits of characters and words of a text that is read as a name. */
const LONGEST_NAME = 100
const MOST_WORDS = 8

/** The key of a text that may be the name of a person or a collaboration; null for other texts. */
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

/** The authors whom each name fits, in the order of the names. One statement for all. Names are texts for which `nameIn` is not null. */
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

/** The keys by which to look up the authors whom a name in these forms may fit. */
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

/** The authors of a name, for lists that also search by the words of names. */
export interface AuthorsOfName {
  /** Ids of authors who have the whole name in any form; empty for a name with an initial. */
  full: readonly number[]
  /** Ids of authors who count only if nobody has the words of the name. */
  partial: readonly number[]
}

/** Limit of authors by `authorsOfNames`, besides those found by words: more than anyone pages through. */
const MOST_BESIDE = 500

/**
 * The authors of each text that reads as the name of a person, in the order of the texts; null for other texts, such as a single word. One
 * statement for all, and none if no text is a name.
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
    // "Michael I." does not mean every Michael: words that begin with the initial are searched first.
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

/** tsqueries for a family name with its particle joined or apart: "Le Cun" is also LeCun, and LeCun is also "Le Cun". */
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

/** The words of a name as a tsquery; an initial matches any word that begins with it. */
const asQuery = (name: string) =>
  name
    .split(' ')
    .map((word) => `'${word}'${isInitial(word) ? ':*' : ''}`)
    .join(' & ')

/**
 * The printed names of an author, the displayed one first. Other names with the same letters are left out: they are stored as keys, which do not
 * show that "Wei-Nan" is one name.
 */
function namesOf({ name, otherNames }: KeyedAuthor): string[] {
  const letters = lettersOf(nameKey(name))
  return [name, ...otherNames.split(' / ').filter((key) => key && lettersOf(key) !== letters)]
}

const lettersOf = (key: string) => key.replaceAll(' ', '')

/** The keys in `authors_name_block_idx` for a name with the family name first or last. After a family name, given names are in their order. */
function blocksOf(name: string): string[] {
  const words = name.split(' ')
  const [first = '', second = '', last = ''] = [words[0], words[1], words.at(-1)]
  if (words.length === 1) return []
  const inOrder = [name, turned(name)].flatMap(printedBlocks)
  return [...new Set([...inOrder, ...[second, last].map((given) => `${first} ${[...given][0]}`)])]
}

/** Fits from best to worst. `family`: the text is a single word, or the family name alone. */
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

/** Whether a printed name equals one of the forms. Other names are stored in lower case, which does not show initials: hence `gluedForms`. */
const isPrintedAs = (forms: readonly string[], printed: string) =>
  forms.includes(askedKey(printed)) || forms.flatMap(gluedForms).includes(printed)

/** How the requested name fits a printed one, in either order. A single word fits every name that has it. */
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

/** The name with its first word moved to the end. */
function turned(name: string): string {
  const [first, ...others] = name.split(' ')
  return [...others, first].join(' ')
}

import type { AuthorClaim } from '../../domain/record/paper-record.ts'
import { nameKey } from '../../domain/record/title-key.ts'
import { aroundFamily } from '../../domain/reference/family-name.ts'
import {
  isFamilyToo,
  isGivenOrInitial,
  isGroupName,
  isOfPerson,
} from '../../domain/reference/group-name.ts'
import { accentsToUnicode, latexToText } from '../fields/latex.ts'
import { cleanText } from '../input/outcome.ts'
import { reportOthers, STRAYS, withoutMissing, withoutOthers, withoutSeparators } from './strays.ts'

/** A printed name, with its family name if a source states that separately. */
export type StatedName = Pick<AuthorClaim, 'name' | 'familyName'>

/** Makes an author of a name alone; empty if the text is not a name. */
export function authorNamed(said: StatedName | string | null): AuthorClaim[] {
  const person = typeof said === 'string' ? { name: said } : said
  return person === null ? [] : [{ ...person, identifiers: [], affiliation: null }]
}

/** Parts of a person's name, as formats state them separately. Any may be empty. */
interface NameParts {
  family: string
  given: string
  /** Text between given and family name, such as `van der`. */
  particle?: string
  /** Text after the family name, such as `Jr.` or `III`. */
  suffix?: string
}

/** Placeholders in brackets that indexes print for a paper without authors: `[Anonymous]`, `<unknown>`. */
const NOBODY_IN_BRACKETS =
  /^[[({<\u3010\uFF3B](?:anon(?:ym(?:ous|e|us|o|i))?\.?|(?:authors? )?(?:unknown|not (?:given|stated|named|listed|known|available))|unknown authors?|no authors?(?: (?:listed|given|named))?|various(?: authors)?|s\.?\s*n\.?|null|none|n\/?a)[\])}>\u3011\uFF3D]$/iu

/** Placeholders for further people, or for missing authors, in a byline. */
const NOBODY =
  /^(?:(?:and\s+)?others?|(?:and|&)?\s*et\.?\s*al(?:ii|\.)?|etc\.?|\[?(?:no author|author unknown|no authors listed)\]?|n\/?a|null|none|undefined|[\s\p{P}\p{S}]*)$/iu

const SUFFIX =
  /^(?:jr|sr|jnr|snr|junior|senior|[1-5](?:st|nd|rd|th)|i{2,3}|iv|vi{0,3}|filho|neto)\.?$/i

/** Whether the text is a suffix of a family name, such as `Jr.` or `III`. */
export const isSuffix = (text: string): boolean => SUFFIX.test(text.trim())

/** Degrees and titles after the comma of a name, where they are not initials. */
const DEGREE = /^(?:Ph\.? ?D|M\.? ?D|M\.? ?Sc|B\.? ?Sc|M\.?P\.?H|R\.?N|Dr|Prof|Esq)\.?$/i
export const isDegree = (text: string): boolean => DEGREE.test(text.trim())

/**
 * Whether the text after a second comma is one more initial, as Web of Science writes it: `Kuchin, A., V`. A generation number (the
 * fifth of a family) follows a given name that is spelt out, and has no full stop. BibTeX writes the number first: `Bee, III, A.`
 */
export const isMoreOfGiven = (given: string, text: string): boolean =>
  /^\p{Lu}\.?$/u.test(text) &&
  !/^(?:I{2,3}|IV|VI{1,3})$/.test(given) &&
  (/^(?:\p{Lu}\p{Ll}?\.?[\s\p{Pd}]*){1,4}$/u.test(given) || /^[IV]\.$/.test(text))

/** Scripts that write names without a space, family name first. */
const CJK_NAME =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー・々〆\s]+$/u

/** Whether the text names a person or a group, and is not `et al.` or punctuation alone. */
export const isName = (text: string): boolean =>
  !NOBODY.test(text.trim()) &&
  !NOBODY_IN_BRACKETS.test(text.trim()) &&
  !/^(?:NA|NaN|nan)$/.test(text.trim())

/** Remarks that archives and publishers add to names: `(Ed.)`, or Figshare's number of an author, `Ann Bee (15649)`. */
const REMARKS = /\s*\((?:eds?|hrsg|hg|dir|editors?|authors?)\.?\)|(?<=\p{L}.*)\s*\(\d{3,}\)$/giu

/** Removes remarks, titles, the `and` or dash before a name in a byline, and footnote marks: `Irwan Bello*`, `Prof. Dr. Ann Bee`. */
export const withoutMarks = (name: string): string =>
  (name.includes('(') ? name.replace(REMARKS, '') : name).replace(
    /^(?:[*\u2020\u2021\u00A7\u00B6\s]+|[\p{Pd}\u2022]\s+|(?:and|&)\s+(?=\p{Lu})|(?:Dr|Prof)\.?\s+(?=\S+\s+\S))+|[*\u2020\u2021\u00A7\u00B6\s]+$/gu,
    '',
  )

/** LaTeX in lists that are not LaTeX: `Jos\\'{e}`, `{\\v C}ech`, `J.~Smith`. */
const LATEX = /[\\{}]|\.~(?=\p{L})/u
const LATEX_OF_AFFILIATIONS = /\\(?:["'`^~=.]|[a-zA-Z]+)/

const withoutLatex = (text: string) => cleanText(accentsToUnicode(latexToText(text))) ?? ''

/** Where a space before an initial is missing: `FredA. Smith`. McD. and PhD. are unchanged. */
const GLUED_INITIAL =
  /(?<=\p{L}\p{Ll}{2}|(?:^|\s)(?!Mc|Ph)\p{Lu}\p{Ll})(?<!Mac)(?=\p{Lu}\.(?:\s|\p{Lu}|$))/gu
/** Where a space after an initial is missing: `J.R.R.Tolkien`. */
const GLUED_NAME = /(?<=(?:^|[\s.-])\p{Lu}\.)(?=\p{Lu}(?:\p{Ll}|['’]\p{Lu}))/gu

/** Normalises a name of any source: LaTeX becomes text, missing spaces at initials are added, and footnote marks are removed. */
export function nameInList(name: string): string {
  const plain = LATEX.test(name) ? withoutLatex(name) : name
  return withoutOthers(withoutMarks(plain)).replace(GLUED_INITIAL, ' ').replace(GLUED_NAME, ' ')
}

/** Footnote marks before and after an affiliation: `1 MIT`, `a Department of Physics`, `MIT,*`. */
const MARKS_BEFORE =
  /^(?:[*\u2020\u2021\u00A7\u00B6#,\s]|\p{No}|(?:1?\d(?:, ?1?\d)*|[a-h])[,\s]+(?=\p{Lu}))+(?=\S)/u
const MARKS_BEHIND = /(?:[*\u2020\u2021\u00A7\u00B6,\s]|[\u00B9\u00B2\u00B3\u2070-\u209C])+$/u

/** Normalises an affiliation of any source: LaTeX becomes text, and footnote marks are removed. */
export function affiliationInList(affiliation: string): string {
  const isLatex = LATEX_OF_AFFILIATIONS.test(affiliation)
  const plain = isLatex ? withoutLatex(affiliation) : affiliation
  const parts = plain.split(/(;\s*)/)
  const isText = (at: number) => at % 2 === 0
  const plainPart = (part: string) => part.replace(MARKS_BEFORE, '').replace(MARKS_BEHIND, '')
  return parts.map((part, at) => (isText(at) ? plainPart(part) : part)).join('')
}

/** Joins the parts of a name to its printed form; null when they name nobody. Removed text is reported in `lost`. */
export const nameOfParts = (parts: NameParts, lost: string[] = []): string | null =>
  personOfParts(parts, lost)?.name ?? null

/** Does what `nameOfParts` does, and returns the family name too. */
export function personOfParts(parts: NameParts, lost: string[] = []): StatedName | null {
  const { particle = '', suffix = '' } = parts
  reportOthers(`${parts.given} ${parts.family}`.trim(), lost)
  const plain = [parts.family, parts.given].map(withoutOthers)
  const [last = '', first = ''] = plain.map(withoutSeparators)
  if (plain.some((part, at) => part.trim() !== [last, first][at])) lost.push(STRAYS.separator)
  const [family, given] = withoutMissing(last, first)
  if (family !== last || given !== first) lost.push(STRAYS.missing)
  if (family !== '' && given !== '' && CJK_NAME.test(family) && CJK_NAME.test(given))
    return withFamily(cleanText(family + given), family)
  const name = joined([given, particle, family, suffix])
  if (name === null || !isName(name)) return null
  if (given === '') return { name }
  // The family name as printed, without marks, or with the particle, as of `Jean`, `d'`, `Alembert`.
  const forms = [() => family, () => joined([family]), () => joined([particle, family])]
  for (const form of forms) {
    const person = withFamily(name, form() ?? '')
    if (person?.familyName !== undefined) return person
  }
  return { name }
}

/** Keeps a family name only if the name has another part: sources state a single name as either family or given name. */
const withFamily = (name: string | null, familyName: string): StatedName | null =>
  name === null ? null : { name, ...(aroundFamily(name, familyName) && { familyName }) }

/** Joins parts of a name; null when nothing is left. */
function joined(parts: string[]): string | null {
  const text = cleanText(withoutMarks(parts.filter(Boolean).join(' ')))
  const whole = text?.replace(/(?<=^|\s)([dl]['’]|[ae][lnsrd]-) (?=\p{Lu})/giu, '$1')
  return whole === undefined ? null : withoutSpaceInCjk(whole)
}

/**
 * Puts a name written as `Family, Given`, `Family, Given, Jr.`, `Family, Jr., Given` or in spoken order into its printed form; null
 * when it names nobody. Names of groups such as `Barnes and Noble, Inc.` are unchanged.
 */
export const nameOfInverted = (text: string, lost: string[] = []): string | null =>
  personOfInverted(text, lost)?.name ?? null

/** Does what `nameOfInverted` does, and returns the family name too if a comma follows it. */
export function personOfInverted(text: string, lost: string[] = []): StatedName | null {
  reportOthers(text, lost)
  const name = cleanText(withoutSeparators(withoutOthers(withoutMarks(text))))
  if (name === null || !isName(name)) return null
  const parts = name.split(',').map((part) => part.trim())
  const [family = '', second = '', third = '', ...more] = parts
  const isTurned = third === '' && isTurnedWord(family, second)
  if (isTurned && isOfGroup(second)) return { name: `${second} ${family}` }
  if (parts.length === 1 || more.length > 0 || (isGroup(name) && !isTurned))
    return { name: withoutSpaceInCjk(name) }
  const isSuffixSecond = SUFFIX.test(second) && (third !== '' || family.includes(' '))
  if (isSuffixSecond)
    return third === ''
      ? { name: `${family} ${second}` }
      : personOfParts({ family, given: third, suffix: second }, lost)
  // `King, Martin Luther Jr`, as PubMed writes it.
  const words = second.split(' ')
  const last = words.at(-1) ?? ''
  if (third === '' && words.length > 1 && SUFFIX.test(last) && !/^[IV]+\.?$/.test(last))
    return personOfParts({ family, given: words.slice(0, -1).join(' '), suffix: last }, lost)
  if (isMoreOfGiven(second, third))
    return personOfParts({ family, given: `${second} ${third}` }, lost)
  const behind = isParticle(third) ? { particle: third } : { suffix: third }
  return personOfParts({ family, given: second, ...behind }, lost)
}

const PARTICLE = /^(?:v[ao]n|de|der|den|d[aiou]s?|del|della|la|le|zu|ter|ten|af|av)(?:\s\p{Ll}+)*$/u

/** Whether the text is a particle of a family name, such as `van der`. */
export const isParticle = (text: string): boolean => PARTICLE.test(text)

const withoutSpaceInCjk = (name: string) =>
  CJK_NAME.test(name) && !/\p{Script=Katakana}.*\s.*\p{Script=Katakana}/u.test(name)
    ? name.replace(/\s+/g, '')
    : name

/**
 * Words, some only after a comma, that occur in names of organisations and not of people. `S.A.`, `N.V.`, `AG` and `CO` are excluded,
 * as they are more often initials.
 */
const GROUP =
  /,\s*(?:inc|ltd|llc|l\.l\.c|gmbh|corp|plc|pty)\b\.?|\b(?:consortium|collaboration|committee|university|institute|ministry|department of|working group|study group|foundation|association|organi[sz]ation|society|network|initiative|investigators|agency|council)\b/i

/** Whether a name belongs to a group, so that a comma does not mean `Family, Given`. */
export const isGroup = (name: string): boolean => GROUP.test(name) && !isOfPerson(nameKey(name))

/**
 * Whether a family name is a word of groups. Programs invert names of groups by their last word (`Society, Royal`), but people have
 * such names too, such as Mary Council.
 */
const isTurnedWord = (family: string, given: string) =>
  /^\p{L}+$/u.test(family) && isGroupName(nameKey(family)) && !GROUP.test(`, ${given}`)

/** Words that precede words of groups and are not given names. */
const BEFORE_GROUP =
  /^(?:the|royal|national|international|world|global|european|american|british|canadian|chinese|french|german|indian|italian|japanese|medical|research|study|working|writing)$/i

/** Whether a stated given name is rather a part of the name of a group: `American Chemical`. */
function isOfGroup(given: string): boolean {
  const words = given.split(' ')
  return (
    BEFORE_GROUP.test(given) ||
    (words.length > 1 && !words.some((word) => isGivenOrInitial(nameKey(word))))
  )
}

/** Whether a stated family name that is also a word of groups belongs to a person, judged by the given name. */
export const isFamilyOfPerson = (family: string, given: string): boolean =>
  given !== '' && isFamilyToo(nameKey(family)) && !isOfGroup(given)

const NAME_FIELDS = [
  'family',
  'given',
  'literal',
  'name',
  'suffix',
  'familyName',
  'givenName',
] as const

/**
 * Repairs to report about the authors that an entry lists: a value that is not a list, and elements whose name is missing or not text,
 * such as `{"family": 5}`. Placeholders such as `et al.` are reported separately.
 */
export function lostAuthors(stated: unknown, named: (author: unknown) => boolean): string[] {
  if (stated === undefined || stated === null || stated === '') return []
  if (!Array.isArray(stated)) return ['authors that are not a list were left out']
  const isLost = (author: unknown): boolean => {
    if (typeof author === 'string') return isName(author) && !named(author)
    const fields = Object(author) as Record<string, unknown>
    const parts = NAME_FIELDS.map((field) => fields[field] ?? '')
    return parts.some((part) => typeof part !== 'string') || parts.every((part) => part === '')
  }
  const strays: string[] = []
  for (const author of stated) {
    const fields = Object(author) as Record<string, unknown>
    const [family = '', given = ''] = [
      ['family', 'familyName', 'literal', 'name'],
      ['given', 'givenName'],
    ].map(
      (names) =>
        names.map((name) => fields[name]).find((part) => typeof part === 'string') as
          | string
          | undefined,
    )
    if (typeof author === 'string') reportOthers(author, strays)
    else nameOfParts({ family, given }, strays)
  }
  const lost = stated.some(isLost) ? ['a name of an author that is not text was left out'] : []
  return [...lost, ...strays]
}

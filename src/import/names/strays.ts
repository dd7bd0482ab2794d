/** Text in a name that is not part of it: words for further people, separators, and placeholders for a missing part. */

/** Words for further people, also between the parts of a name: `ANTCHEV, G. et al.`. */
const ET_AL =
  /[\s,;&([]*(?:\b(?:and|und)\s+)?(?<!\p{L})et\.?[\s~]+(?:al(?:ii|ia)?|coll|autres)(?!\p{L})\.?[)\]]?/giu
const OTHERS_BEHIND =
  /(?:[\s,;]*(?:,|;|&|\band)\s*(?:others|co-?workers)|\s+etal\.?|\s+[ue]\.\s?a\.|\s+m\.\s?fl\.|(?:^|\s+)и\s+др\.?|(?:^|[\s,;]+)etc\.?|\s+y\s+otros|\s+e\s+outros|[\s,，、]+等人?|(?<=\p{Script=Han}{2})等人?)$/u

/** Ellipsis with which Google Scholar truncates bylines: `A Bee, C Dee…`. */
const ELLIPSIS = /[\s,;]*(?:…|\.{3})$|^(?:…|\.{3})[\s,;]*/g

/** Whether a byline is truncated with an ellipsis. */
const isCut = (byline: string): boolean => byline.trim().search(ELLIPSIS) !== -1

/** Removes words for further people from a name or byline. */
export function withoutOthers(text: string): string {
  const bare = text.trimEnd().replace(ELLIPSIS, '').replace(OTHERS_BEHIND, '')
  return /et/i.test(bare) ? bare.replace(ET_AL, '') : bare
}

const OTHERS_ALONE = /^[\s([]*(?:(?:and\s+)?others?)[\s)\]]*$/i

/** Whether a name or byline has words for further people. */
function saysOthers(text: string): boolean {
  const bare = text.trimEnd().replace(ELLIPSIS, '')
  return OTHERS_ALONE.test(bare) || withoutOthers(bare) !== bare
}

/** Reports a name or byline that says that there are further people. */
export function reportOthers(text: string, lost: string[]): void {
  if (isCut(text)) lost.push(STRAYS.cut)
  if (saysOthers(text)) lost.push(STRAYS.others)
}

/** Whether repairs of a record say that its byline does not name all authors. */
export const sayMoreAuthors = (repairs: readonly string[]): boolean =>
  repairs.includes(STRAYS.cut) || repairs.includes(STRAYS.others)

/** Names of editors, which `read` reads. Further editors are reported as such, because they say nothing about the authors. */
export function namesOfEditors<Name>(read: (lost: string[]) => Name[], lost: string[]): Name[] {
  const own: string[] = []
  const names = read(own)
  lost.push(...own.map((repair) => (sayMoreAuthors([repair]) ? STRAYS.editors : repair)))
  return names
}

const AROUND = /^(?:[\s,;&]|(?:and|AND)\s+(?=\p{Lu}))+|(?:[\s,;&]|\s(?:and|AND)(?=[\s,;&]*$))+$/gu

/** Removes separators from the ends of a name: `Sajise, Asa Jose U. and`. */
export const withoutSeparators = (name: string): string => name.replace(AROUND, '')

/** Whether a given name is a placeholder. Na and Nan are given names, NA and NAN initials. */
const isMissingGiven = (part: string, family: string) =>
  /^[([<#]?(?:null|undefined|none|n\/a)[)\]>]?$/i.test(part) ||
  part === 'NaN' ||
  (part === 'nan' && /\p{Lu}/u.test(family)) ||
  /^[\p{P}\p{S}\s]+$/u.test(part)

/** Whether a family name is a placeholder. Null, None, Na and Nan are family names. */
const isMissingFamily = (part: string, given: string) =>
  /^[([<#]?(?:null|undefined|n\/a|N\/A)[)\]>]?$/.test(part) ||
  part === 'NaN' ||
  (/^(?:nan|none)$/.test(part) && /\p{Lu}/u.test(given))

/** Whether a part is a placeholder if the other part is one too, as in `null, null`. */
const isMissingBeside = (part: string) =>
  /^(?:null|undefined|none|n\/a)$/i.test(part) || /^(?:NA|NaN|nan)$/.test(part)

/** Empties the parts of a name that are placeholders. */
export function withoutMissing(family: string, given: string): [family: string, given: string] {
  const both = [family, given].map((part) => part.trim())
  const [last = '', first = ''] = both
  if (both.every(isMissingBeside)) return ['', '']
  return [
    first !== '' && isMissingFamily(last, first) ? '' : family,
    isMissingGiven(first, last) && last !== '' ? '' : given,
  ]
}

/** Removes placeholders from a name in spoken order. */
export function withoutMissingWords(name: string): string {
  if (!/null|undefined|none|n\/a|nan/i.test(name)) return name
  const words = name.split(' ')
  const [first = '', ...rest] = words
  if (rest.length === 1) return withoutMissing(rest.join(' '), first).toReversed().join(' ').trim()
  const last = rest.at(-1) ?? ''
  if (/^(?:null|undefined|N\/A|NaN)$/.test(last)) return words.slice(0, -1).join(' ')
  return /^(?:null|undefined|N\/A|NaN)$/.test(first) ? rest.join(' ') : name
}

/** `\''{u}` written for the two dots of `\"{u}`: no letter has two acute accents, and these three letters can have dots. */
const APOSTROPHES = /\\''(?=\s*\{?\s*[aouAOU])/g

const FORMULA = /\$([^$]*[\\^][^$]*)\$/g
/** LaTeX accents of text, by accents of formulas. */
const ACCENTS: Record<string, string> = {
  ...{ acute: "'", grave: '`', ddot: '"', hat: '^', tilde: '~', bar: '=', dot: '.' },
  ...{ check: 'v ', breve: 'u ', mathring: 'r ' },
}

/** Replaces a formula in a name: a dot between parts, a letter with an accent, or a footnote mark, which is removed. */
function withoutFormula(formula: string): string {
  if (/^\s*\\(?:bullet|cdotp?)\s*$/.test(formula)) return '·'
  if (/^\s*(?:\{\})?\^|^\s*\\(?:d?dagger|ast|star)\b/.test(formula)) return ''
  return formula.replace(/\\([a-z]+)/g, (whole, name: string) =>
    Object.hasOwn(ACCENTS, name) ? `\\${ACCENTS[name]}` : whole,
  )
}

/** Corrects accents in the LaTeX of names. */
export function withMeantAccents(latex: string, lost: string[]): string {
  const plain = latex.replace(FORMULA, (_, formula: string) => withoutFormula(formula))
  const meant = plain.replace(APOSTROPHES, '\\"')
  if (meant !== plain) lost.push(STRAYS.accent)
  return meant
}

/** Repairs of names. */
export const STRAYS = {
  accent: 'two apostrophes of LaTeX in a name of an author were read as the two dots of an umlaut',
  separator: 'an "and", "&", comma or semicolon before or after a name of an author was left out',
  cut: 'the byline ends with an ellipsis: the authors after it are not stated',
  others: 'the byline ends with "et al." or the like: the other authors are not stated',
  editors:
    'the list of editors ends with "et al.", an ellipsis or the like: the other editors are not stated',
  family: 'a family name that is not a part of the name of its author was left out',
  missing: 'a placeholder for a part of a name of an author, such as "null", was left out',
} as const

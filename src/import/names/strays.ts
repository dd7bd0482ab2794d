/** What stands in a name and is not part of it: words for further people, what separates names, and signs for a part that is missing. */

/** Words for further people, also between the parts of a name: `ANTCHEV, G. et al.`. */
const ET_AL =
  /[\s,;&([]*(?:\b(?:and|und)\s+)?(?<!\p{L})et\.?[\s~]+(?:al(?:ii|ia)?|coll|autres)(?!\p{L})\.?[)\]]?/giu
const OTHERS_BEHIND =
  /(?:[\s,;]*(?:,|;|&|\band)\s*(?:others|co-?workers)|\s+etal\.?|\s+[ue]\.\s?a\.|\s+m\.\s?fl\.|(?:^|\s+)и\s+др\.?|(?:^|[\s,;]+)etc\.?|\s+y\s+otros|\s+e\s+outros|[\s,，、]+等人?|(?<=\p{Script=Han}{2})等人?)$/u

/** As Google Scholar ends what it has no room for: `A Bee, C Dee…`. */
const ELLIPSIS = /[\s,;]*(?:…|\.{3})$|^(?:…|\.{3})[\s,;]*/g

/** Whether a byline says that it has no room for all names. */
export const isCut = (byline: string): boolean => byline.trim().search(ELLIPSIS) !== -1

/** A name or byline without words for further people. */
export function withoutOthers(text: string): string {
  const bare = text.trimEnd().replace(ELLIPSIS, '').replace(OTHERS_BEHIND, '')
  return /et/i.test(bare) ? bare.replace(ET_AL, '') : bare
}

const OTHERS_ALONE = /^[\s([]*(?:(?:and\s+)?others?)[\s)\]]*$/i

/** Whether a name or byline has words for further people. */
export function saysOthers(text: string): boolean {
  const bare = text.trimEnd().replace(ELLIPSIS, '')
  return OTHERS_ALONE.test(bare) || withoutOthers(bare) !== bare
}

const AROUND = /^(?:[\s,;&]|(?:and|AND)\s+(?=\p{Lu}))+|(?:[\s,;&]|\s(?:and|AND)(?=[\s,;&]*$))+$/gu

/** Without what separates it from other names: `Sajise, Asa Jose U. and`. */
export const withoutSeparators = (name: string): string => name.replace(AROUND, '')

/** Whether a given name says that there is none. Na and Nan are given names, NA and NAN initials. */
const isMissingGiven = (part: string, family: string) =>
  /^[([<#]?(?:null|undefined|none|n\/a)[)\]>]?$/i.test(part) ||
  part === 'NaN' ||
  (part === 'nan' && /\p{Lu}/u.test(family)) ||
  /^[\p{P}\p{S}\s]+$/u.test(part)

/** Whether a family name does; Null, None, Na and Nan are family names. */
const isMissingFamily = (part: string, given: string) =>
  /^[([<#]?(?:null|undefined|n\/a|N\/A)[)\]>]?$/.test(part) ||
  part === 'NaN' ||
  (/^(?:nan|none)$/.test(part) && /\p{Lu}/u.test(given))

/** Both parts of `null, null`. */
const isMissingBeside = (part: string) =>
  /^(?:null|undefined|none|n\/a)$/i.test(part) || /^(?:NA|NaN|nan)$/.test(part)

/** The parts of a name of which some may say that they are missing; those are empty. */
export function withoutMissing(family: string, given: string): [family: string, given: string] {
  const both = [family, given].map((part) => part.trim())
  const [last = '', first = ''] = both
  if (both.every(isMissingBeside)) return ['', '']
  return [
    first !== '' && isMissingFamily(last, first) ? '' : family,
    isMissingGiven(first, last) && last !== '' ? '' : given,
  ]
}

/** As `withoutMissing`, of a name in the order in which it is spoken. */
export function withoutMissingWords(name: string): string {
  if (!/null|undefined|none|n\/a|nan/i.test(name)) return name
  const words = name.split(' ')
  const [first = '', ...rest] = words
  if (rest.length === 1) return withoutMissing(rest.join(' '), first).toReversed().join(' ').trim()
  const last = rest.at(-1) ?? ''
  if (/^(?:null|undefined|N\/A|NaN)$/.test(last)) return words.slice(0, -1).join(' ')
  return /^(?:null|undefined|N\/A|NaN)$/.test(first) ? rest.join(' ') : name
}

/** `\''{u}` where the two dots of `\"{u}` were meant: no letter has two acute accents, and these three have dots. */
const APOSTROPHES = /\\''(?=\s*\{?\s*[aouAOU])/g

const FORMULA = /\$([^$]*[\\^][^$]*)\$/g
/** The accents of formulas by those of text. */
const ACCENTS: Record<string, string> = {
  ...{ acute: "'", grave: '`', ddot: '"', hat: '^', tilde: '~', bar: '=', dot: '.' },
  ...{ check: 'v ', breve: 'u ', mathring: 'r ' },
}

/** What a formula in a name means: a dot between parts, a letter with its accent, or the sign of a footnote, which is left out. */
function withoutFormula(formula: string): string {
  if (/^\s*\\(?:bullet|cdotp?)\s*$/.test(formula)) return '·'
  if (/^\s*(?:\{\})?\^|^\s*\\(?:d?dagger|ast|star)\b/.test(formula)) return ''
  return formula.replace(/\\([a-z]+)/g, (whole, name: string) =>
    Object.hasOwn(ACCENTS, name) ? `\\${ACCENTS[name]}` : whole,
  )
}

/** LaTeX of names with the accents that were meant. */
export function withMeantAccents(latex: string, lost: string[]): string {
  const plain = latex.replace(FORMULA, (_, formula: string) => withoutFormula(formula))
  const meant = plain.replace(APOSTROPHES, '\\"')
  if (meant !== plain) lost.push(STRAYS.accent)
  return meant
}

/** Repairs of names. */
export const STRAYS = {
  accent: 'two apostrophes of LaTeX in a name of an author were read as the two dots of an umlaut',
  separator: 'an "and", "&", comma or semicolon before or behind a name of an author was left out',
  cut: 'the byline ends with an ellipsis: the authors behind it are not stated',
  others: 'the byline ends with "et al." or the like: the other authors are not stated',
  family: 'a family name that is not a part of the name of its author was left out',
  missing:
    'a part of a name of an author that says that it is missing, such as "null", was left out',
} as const

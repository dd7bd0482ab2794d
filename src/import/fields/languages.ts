const NAMES = new Intl.DisplayNames('en', { type: 'language' })

/** ISO 639-1 codes of the languages that papers are written in, for their English names. */
const CODES =
  'af ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka kk ko lt lv mk ms nl no pl pt ro ru sk sl sq sr sv th tr uk ur uz vi zh'.split(
    ' ',
  )

const CODE_BY_NAME = new Map(CODES.map((code) => [NAMES.of(code)?.toLowerCase() ?? code, code]))

/** The BCP 47 tag of a language that is named (`English`) or coded in any standard (`en`, `eng`, `ger`); null when it is neither. */
export function languageTag(text: string): string | null {
  const name = text.trim().toLowerCase()
  const known = CODE_BY_NAME.get(name)
  if (known !== undefined) return known
  if (!/^[a-z]{2,3}(?:[-_][a-z0-9]{2,8}){0,3}$/.test(name)) return null
  try {
    const [tag = ''] = Intl.getCanonicalLocales(name.replaceAll('_', '-'))
    return /^(?:und|mul|mis|zxx)$/.test(tag) ? null : tag
  } catch {
    return null
  }
}

/** What says that a text is in no language, or in several. */
const NO_LANGUAGE = /^(?:und|mul|mis|zxx|n\/?a|none|null|unknown)$/i

/** As `languageTag`; a language that is not known is reported. */
export function languageIn(stated: string, lost: string[]): string | null {
  const tag = languageTag(stated)
  if (tag === null && !isOfNone(stated)) lost.push('a language that is not known was left out')
  return tag
}

/** Whether it names no language on purpose. */
export const isOfNone = (stated: string): boolean =>
  stated.trim() === '' || NO_LANGUAGE.test(stated.trim())

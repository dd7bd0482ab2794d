const NAMES = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']

/** All codes of two letters that are languages, but those of which another has taken the place. */
const CODES = LETTERS.flatMap((first) =>
  LETTERS.map((second) => first + second).filter(
    (code) => NAMES.of(code) !== undefined && Intl.getCanonicalLocales(code)[0] === code,
  ),
)

/** What Babel, of LaTeX, calls languages, where it is not their English name. */
const BABEL: Record<string, string> = {
  ...{ american: 'en-US', usenglish: 'en-US', british: 'en-GB', ukenglish: 'en-GB' },
  ...{ canadian: 'en-CA', australian: 'en-AU', newzealand: 'en-NZ' },
  ...{ ngerman: 'de', germanb: 'de', austrian: 'de-AT', naustrian: 'de-AT' },
  ...{ swissgerman: 'de-CH', nswissgerman: 'de-CH', francais: 'fr', frenchb: 'fr' },
  ...{ acadian: 'fr-CA', canadien: 'fr-CA', swissfrench: 'fr-CH', mexican: 'es-MX' },
  ...{ brazil: 'pt-BR', brazilian: 'pt-BR', portuges: 'pt', magyar: 'hu', norsk: 'nb' },
  ...{ nynorsk: 'nn', bahasa: 'id', bahasai: 'id', bahasam: 'ms', farsi: 'fa', slovene: 'sl' },
  ...{ polutonikogreek: 'el', polygreek: 'el', serbianc: 'sr', scottish: 'gd', piedmontese: 'pms' },
  ...{ lowersorbian: 'dsb', uppersorbian: 'hsb', friulan: 'fur', ancientgreek: 'grc' },
}

const CODE_BY_NAME = new Map([
  ...CODES.map((code) => [(NAMES.of(code) ?? code).toLowerCase(), code] as const),
  ...Object.entries(BABEL),
])

/** Those in which papers are written, by their own names; made where one is not known otherwise, because it takes a while. */
let byOwnName: Map<string, string> | undefined
const WRITTEN =
  'ar bg ca cs da de el es et eu fa fi fr gl he hr hu id is it ja ko lt lv nb nl pl pt ro ru sk sl sr sv tr uk vi zh'

const ownNames = () =>
  new Map(
    WRITTEN.split(' ').map((code) => {
      const name = new Intl.DisplayNames(code, { type: 'language' }).of(code) ?? code
      return [name.toLowerCase(), code]
    }),
  )

/**
 * The BCP 47 tag of a language that is named (`English`, `ngerman`, `français`) or coded in any standard (`en`, `eng`, `ger`); null when
 * it is neither.
 */
export function languageTag(text: string): string | null {
  const name = text.trim().toLowerCase()
  const known = CODE_BY_NAME.get(name)
  if (known !== undefined) return known
  if (!/^[a-z]{2,3}(?:[-_][a-z0-9]{2,8}){0,3}$/.test(name)) return ownNamed(name)
  try {
    const [tag = ''] = Intl.getCanonicalLocales(name.replaceAll('_', '-'))
    return /^(?:und|mul|mis|zxx)$/.test(tag) ? null : tag
  } catch {
    return null
  }
}

/** `langenglish` is a key of BibLaTeX. */
function ownNamed(name: string): string | null {
  const key = /^lang([a-z]{4,})$/.exec(name)?.[1]
  if (key !== undefined) return CODE_BY_NAME.get(key) ?? null
  if (!/^\p{L}[\p{L}\p{M} ]{1,30}$/u.test(name)) return null
  byOwnName ??= ownNames()
  return byOwnName.get(name) ?? null
}

/** What says that a text is in no language, or in several. */
const NO_LANGUAGE = /^(?:und|mul|mis|zxx|n\/?a|none|null|unknown)$/i
const SEPARATOR = /\s*(?:[;,/|&]|\band\b)\s*/i

/** As `languageTag`, of the first of several languages; the others, and those that are not known, are reported. */
export function languageIn(stated: string, lost: string[]): string | null {
  const whole = languageTag(stated)
  if (whole !== null || isOfNone(stated)) return whole
  const parts = stated.split(SEPARATOR).filter((part) => !isOfNone(part))
  const known = parts.flatMap((part) => languageTag(part) ?? [])
  if (known.length < parts.length) lost.push('a language that is not known was left out')
  if (new Set(known).size > 1) lost.push('of several languages the first was kept')
  return known[0] ?? null
}

/** Whether it names no language on purpose. */
export const isOfNone = (stated: string): boolean =>
  stated.trim() === '' || NO_LANGUAGE.test(stated.trim())

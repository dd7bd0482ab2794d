const NAMES = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']

/** All two-letter codes of languages, except replaced ones. */
const CODES = LETTERS.flatMap((first) =>
  LETTERS.map((second) => first + second).filter(
    (code) => NAMES.of(code) !== undefined && Intl.getCanonicalLocales(code)[0] === code,
  ),
)

/** Names of languages in LaTeX's Babel that differ from the English names. */
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

/** Languages in which papers are written, by their own names. Built only when another name is unknown, because it takes a while. */
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
 * The BCP 47 tag of a language given by its name (`English`, `ngerman`, `français`) or by a code of any standard (`en`, `eng`, `ger`);
 * null for any other text.
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

/** Finds a language by its own name, or by a BibLaTeX key such as `langenglish`. */
function ownNamed(name: string): string | null {
  const key = /^lang([a-z]{4,})$/.exec(name)?.[1]
  if (key !== undefined) return CODE_BY_NAME.get(key) ?? null
  if (!/^\p{L}[\p{L}\p{M} ]{1,30}$/u.test(name)) return null
  byOwnName ??= ownNames()
  return byOwnName.get(name) ?? null
}

/** Values for no language, an unknown one or several. */
const NO_LANGUAGE = /^(?:und|mul|mis|zxx|n\/?a|none|null|unknown)$/i
const SEPARATOR = /\s*(?:[;,/|&]|\band\b)\s*/i

/** The BCP 47 tag of the first of several languages. Further languages and unknown ones are reported. */
export function languageIn(stated: string, lost: string[]): string | null {
  const whole = languageTag(stated)
  if (whole !== null || isOfNone(stated)) return whole
  const parts = stated.split(SEPARATOR).filter((part) => !isOfNone(part))
  const known = parts.flatMap((part) => languageTag(part) ?? [])
  if (known.length < parts.length) lost.push('an unknown language was left out')
  if (new Set(known).size > 1) lost.push('of several languages the first was kept')
  return known[0] ?? null
}

/** Whether the text is empty or a value for no language. */
export const isOfNone = (stated: string): boolean =>
  stated.trim() === '' || NO_LANGUAGE.test(stated.trim())

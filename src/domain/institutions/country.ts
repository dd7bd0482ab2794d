import { once } from 'es-toolkit'
import { badInput, didYouMean, quote } from '../../errors.ts'
import { slugify } from '../record/title-key.ts'

const NAMES = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** Common names besides those of the standard. */
const OTHER_NAMES: [name: string, code: string][] = [
  ['USA', 'US'],
  ['Great Britain', 'GB'],
  ['Turkey', 'TR'],
  ['Czech Republic', 'CZ'],
  ['Hong Kong', 'HK'],
  ['Macau', 'MO'],
  ['Palestine', 'PS'],
  ['Myanmar', 'MM'],
  ['Ivory Coast', 'CI'],
]

/** A name without case, accents and punctuation; `&` equals `and`. */
const keyOf = (name: string) => slugify(name.replace(/\band\b/gi, ' '))

/** Codes by keys of English names. */
const codesByName = once(() => {
  const pairs = LETTERS.flatMap((a) =>
    LETTERS.flatMap((b): [string, string][] => {
      const name = nameOf(a + b)
      return name !== null && currentCode(a + b) === a + b ? [[name, a + b]] : []
    }),
  )
  return new Map([...pairs, ...OTHER_NAMES].map(([name, code]) => [keyOf(name), code]))
})

const nameOf = (code: string): string | null => (code === 'ZZ' ? null : (NAMES.of(code) ?? null))

/** The current code: `GB` for `UK`, which is also in use. */
const currentCode = (code: string): string =>
  Intl.getCanonicalLocales(`und-${code}`)[0]?.replace('und-', '') ?? code

/** Languages of affiliations besides English. */
const LANGUAGES = ['de', 'es', 'fr', 'it', 'ja', 'ko', 'nl', 'pt', 'ru', 'zh']

const printedNames = once(() => {
  const codes = [...new Set(codesByName().values())]
  const names = LANGUAGES.flatMap((language) => {
    const own = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
    return codes.map((code) => keyOf(own.of(code) ?? code))
  })
  return new Set([...codesByName().keys(), ...names])
})

/** Whether a text is the name of a country in any of these languages. */
export const isCountry = (text: string): boolean => printedNames().has(keyOf(text))

/** The English name of a country; the code itself if it is unknown. */
export const countryName = (code: string): string => nameOf(code) ?? code

/** The ISO 3166 code of a country, from a code or an English name. Throws BAD_USER_INPUT, which names the argument, for other texts. */
export function countryCode(given: string, argument: string): string {
  const text = given.trim()
  if (/^[a-z]{2}$/i.test(text)) {
    const code = currentCode(text.toUpperCase())
    if (nameOf(code) !== null) return code
  }
  const names = codesByName()
  const found = names.get(keyOf(text))
  if (found !== undefined) return found
  throw badInput(
    `${argument}: no country is called ${quote(given)}; expected a code such as CH, or an English name.${didYouMean(keyOf(text), [...names.keys()])}`,
  )
}

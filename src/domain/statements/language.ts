import { alias, type Sql, sql } from '../../db/sql.ts'
import { papers } from '../../db/tables/papers.ts'
import { didYouMean, quote } from '../../errors.ts'

const p = alias(papers, 'p')

/** The language of the paper `p` without region and script: `pt` of `pt-BR`. */
export const MAIN_LANGUAGE: Sql = sql`split_part(lower(${p.language}), '-', 1)`

/** Condition: the paper `p` is written in one of the languages. A code such as `pt` stands for `pt-BR` as well. */
export function writtenIn(languages: readonly string[]): Sql {
  const tags = languages.map(tagOf)
  const [main, exact] = [
    tags.filter((tag) => !tag.includes('-')),
    tags.filter((tag) => tag.includes('-')),
  ]
  return exact.length === 0
    ? sql`${MAIN_LANGUAGE} = any(${main}::text[])`
    : sql`(${MAIN_LANGUAGE} = any(${main}::text[]) or lower(${p.language}) = any(${exact}::text[]))`
}

/** The tag of a language, in small letters: `de` for `DE`, `ger` and `German`. */
function tagOf(printed: string): string {
  const text = printed.trim().toLowerCase().replaceAll('_', '-')
  return codeOfLanguage(text) ?? canonical(text) ?? text
}

/** A tag as the standard writes it, in small letters; null for what does not have the form of one. */
function canonical(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0]?.toLowerCase() ?? null
  } catch {
    return null
  }
}

/** What is wrong with the first language that is not an English name, a code or a tag such as `German`, `de`, `ger` or `de-AT`; null where all are. */
export function unknownLanguage(languages: readonly string[]): string | null {
  const unknown = languages.find((one) => !isLanguage(one))
  if (unknown === undefined) return null
  const near = didYouMean(unknown, [...codesByName().keys()])
  return `no language is called ${quote(unknown)}; expected a code such as en, a tag such as de-AT, or an English name.${near}`
}

/** Codes of three letters are those of all languages, of which Intl knows some. */
function isLanguage(text: string): boolean {
  const tag = tagOf(text)
  const [main = ''] = tag.split('-')
  return canonical(tag) !== null && (main.length === 3 || nameOfLanguage(main) !== null)
}

const NAMES = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

/** The English name of a code of two or three letters, in small letters. */
export const nameOfLanguage = (code: string): string | null =>
  /^[a-z]{2,3}$/.test(code) ? (NAMES.of(code)?.toLowerCase() ?? null) : null

let codes: Map<string, string> | undefined

/** The code of two letters of a language, by its English name in small letters. */
export const codeOfLanguage = (name: string): string | null => codesByName().get(name) ?? null

function codesByName(): Map<string, string> {
  codes ??= new Map(
    LETTERS.flatMap((a) =>
      LETTERS.flatMap((b): [string, string][] => {
        const known = nameOfLanguage(a + b)
        // Hebrew is `he`; `iw` is a former code of it.
        const isCurrent = Intl.getCanonicalLocales(a + b)[0] === a + b
        return known !== null && isCurrent ? [[known, a + b]] : []
      }),
    ),
  )
  return codes
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']

import { alias, sql } from '../../../db/sql.ts'
import { papers } from '../../../db/tables/papers.ts'
import { plainValue, type SearchField } from './field.ts'

const p = alias(papers, 'p')

/** The language in which papers are written. */
export const language: SearchField<string> = {
  expected:
    'the language of a paper as a code such as en or its English name (for a programming language, write lang:)',
  examples: [['language:de', 'written in this language; also `language:german`']],
  read(term) {
    const value = plainValue(term).toLowerCase()
    return nameOf(value) !== null || codeOf(value) !== null ? value : null
  },
  print: (value) => (/^\w+$/.test(value) ? value : `"${value}"`),
  meaning(value) {
    const spellings = [value, nameOf(value), codeOf(value)].filter((one) => one !== null)
    return { condition: sql`lower(${p.language}) = any(${spellings}::text[])` }
  },
}

const NAMES = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

/** The English name of a code of two or three letters, in small letters. */
const nameOf = (code: string): string | null =>
  /^[a-z]{2,3}$/.test(code) ? (NAMES.of(code)?.toLowerCase() ?? null) : null

let codes: Map<string, string> | undefined

/** The code of two letters of a language, by its English name. */
function codeOf(name: string): string | null {
  codes ??= new Map(
    LETTERS.flatMap((a) =>
      LETTERS.flatMap((b): [string, string][] => {
        const known = nameOf(a + b)
        return known === null ? [] : [[known, a + b]]
      }),
    ),
  )
  return codes.get(name) ?? null
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']

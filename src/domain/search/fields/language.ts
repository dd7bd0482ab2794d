import { codeOfLanguage, nameOfLanguage, writtenIn } from '../../statements/language.ts'
import { plainValue, type SearchField } from './field.ts'

/** The language in which papers are written. */
export const language: SearchField<string> = {
  expected:
    'the language of a paper as a code such as en or its English name (for a programming language, write lang:)',
  examples: [['language:de', 'written in this language; also `language:german`']],
  read(term) {
    const value = plainValue(term).toLowerCase()
    return nameOfLanguage(value) !== null || codeOfLanguage(value) !== null ? value : null
  },
  print: (value) => (/^\w+$/.test(value) ? value : `"${value}"`),
  meaning: (value) => ({ condition: writtenIn([value]) }),
}

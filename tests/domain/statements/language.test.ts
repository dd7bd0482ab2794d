import { expect, test } from 'vitest'
import { codeOfLanguage } from '../../../src/domain/statements/language.ts'

test.each([
  ['german', 'de'],
  ['hebrew', 'he'],
  ['indonesian', 'id'],
  ['javanese', 'jv'],
  ['klingon', null],
])('%s has its current code, not a former one', (name, code) => {
  expect(codeOfLanguage(name)).toBe(code)
})

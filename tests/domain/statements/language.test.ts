import { expect, test } from 'vitest'
import { codeOfLanguage, unknownLanguage } from '../../../src/domain/statements/language.ts'

test.each([
  ['german', 'de'],
  ['hebrew', 'he'],
  ['indonesian', 'id'],
  ['javanese', 'jv'],
  ['klingon', null],
])('%s has its current code, not a former one', (name, code) => {
  expect(codeOfLanguage(name)).toBe(code)
})

test.each([
  ['klingon', undefined],
  ['Germna', 'german'],
  ['Portugese', 'portuguese'],
])('only a language with a similar name is suggested for %s', (name, near) => {
  expect(/Did you mean (.*)\?$/.exec(unknownLanguage([name]) ?? '')?.[1]).toBe(near)
})

import { expect, test } from 'vitest'
import { citationKey } from '../../src/bibliography/citation-key.ts'
import { citablePaper } from './citable.ts'

test('papers with the same name, year and words have different keys', () => {
  const taken = { ...citablePaper().keyParts, isTaken: true }
  const doi = (value: string) => ({ identifiers: [{ scheme: 'doi' as const, value }] })
  const papers = [
    citablePaper(),
    citablePaper({ id: 2, keyParts: taken }),
    citablePaper({ id: 3, keyParts: taken }),
    citablePaper({ id: 4, keyParts: taken, ...doi('10.5555/a') }),
    citablePaper({ id: 5, keyParts: taken, ...doi('10.5555/b') }),
  ]
  const keys = papers.map(citationKey)
  expect(new Set(keys).size).toBe(papers.length)
  expect(keys[0]).toBe('lovelace2021-paper-of-its')
  for (const key of keys.slice(1)) expect(key).toMatch(/^lovelace2021-paper-of-its-[0-9a-f]{6}$/)
  // An identifier distinguishes the paper in every catalogue.
  expect(citationKey(citablePaper({ id: 9, keyParts: taken, ...doi('10.5555/a') }))).toBe(keys[3])
})

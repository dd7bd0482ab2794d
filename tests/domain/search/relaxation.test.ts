import { expect, test } from 'vitest'
import type { SearchPlan } from '../../../src/domain/search/compile.ts'
import { relaxation } from '../../../src/domain/search/relaxation.ts'

const SIZE = { papers: 1_000_000, tiers: [] }
const NAMES = 'abcde'

/** The relaxed form of a query of words with these shares of all papers, as a function of the words of a paper. */
function relaxed(shares: readonly number[]): (has: string) => boolean {
  const groups = shares.map((share, i) => ({ match: `'${NAMES[i]}'`, share, weight: 1 }))
  const plan = { optional: { groups, required: null } } as unknown as SearchPlan
  const text = relaxation(plan, SIZE)?.text ?? ''
  const script = text
    .replace(/'(\w)'/g, 'has.includes("$1")')
    .replace(/&/g, '&&')
    .replace(/\|/g, '||')
  return new Function('has', `return ${script}`) as (has: string) => boolean
}

/** All sets of the words. */
const SETS = Array.from({ length: 2 ** NAMES.length }, (_, bits) =>
  [...NAMES].filter((_, i) => bits & (1 << i)).join(''),
)

test.each([
  ['any three of words that many papers have', [0.0115, 0.0115, 0.0115, 0.0115, 0.0115], 3],
  ['any two of rarer ones', [0.003, 0.003, 0.003, 0.003, 0.003], 2],
  ['any one of rare ones', [0.00001, 0.00001, 0.00001, 0.00001, 0.00001], 1],
])('papers are found that have %s', (_, shares, least) => {
  const isFound = relaxed(shares)
  for (const has of SETS) expect(isFound(has), has).toBe(has.length >= least)
})

test('a rare word alone is enough, and several of the others are needed', () => {
  const isFound = relaxed([0.00001, 0.03, 0.03, 0.03, 0.03])
  for (const has of SETS) if (has.includes('a')) expect(isFound(has), has).toBe(true)
  for (const has of ['', 'b', 'c', 'bc', 'de']) expect(isFound(has), has).toBe(false)
})

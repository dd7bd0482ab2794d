import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printSearchQuery } from '../../../src/domain/search/print.ts'
import { readSearchQuery } from '../../../src/domain/search/query.ts'
import { hasRealData, titlesWithColon } from '../../helpers/real-records.ts'

/** Syntax of other search engines, and the same in this language; `one`, `two` and `three` are words. */
const FOREIGN: [foreign: string, own: string][] = [
  // Lucene, Elasticsearch, Solr.
  ['one && two', 'one AND two'],
  ['one || two', 'one OR two'],
  ['"one two" && three', '"one two" AND three'],
  ['(one two) || three', '(one two) OR three'],
  ['!one two', 'NOT one two'],
  ['one !"two three"', 'one NOT "two three"'],
  ['one !(two three)', 'one NOT (two three)'],
  ['+one two', '"one" two'],
  ['+"one two" three', '"one two" three'],
  ['+(one OR two) three', '(one OR two) three'],
  ['+title:one two', 'title:one two'],
  ['one^2 two', 'one two'],
  ['one^2.5 two', 'one two'],
  ['"one two"^3', '"one two"'],
  ['(one OR two)^2 three', '(one OR two) three'],
  ['title:one^2', 'title:one'],
  ['one~ two', 'one two'],
  ['one~1 two', 'one two'],
  ['author:one~2', 'author:one'],
  ['"one two"~3', 'one two'],
  ['three -"one two"~3', 'three -(one two)'],
  ['title:"one two"~3', 'title:one title:two'],
  ['/one.*two/', 'one two'],
  ['title:/one.*/', 'title:one'],
  ['year:[2019 TO 2021] one', 'year:2019..2021 one'],
  ['year:{2019 TO *} one', 'year:2019.. one'],
  ['cites:[10 TO 20] one', 'cites:10..20 one'],
  ['published:[2019-02 TO 2020-03]', 'published:2019-02..2020-03'],
  ['one [2019 TO 2021]', 'one year:2019..2021'],
  ['"one * two"', 'one two'],
  ['title:"one * two"', 'title:(one two)'],
  // Google Scholar, Semantic Scholar.
  ['one | two', 'one OR two'],
  ['one|two', 'one OR two'],
  ['"one two"|three', '"one two" OR three'],
  ['one 2019..2021', 'one year:2019..2021'],
  ['one AROUND(3) two', 'one two'],
  ['one –two', 'one -two'],
  // PubMed.
  ['one[ti] two', 'title:one two'],
  ['one[Title] two', 'title:one two'],
  ['one two[ti]', 'title:one title:two'],
  ['"one two"[tiab]', '"one two"'],
  ['"one two"[tiab:~3] three', '"one two" three'],
  ['one two[Title/Abstract] OR three', 'one two OR three'],
  ['one b[au] AND two', 'author:"one b" two'],
  ['one[mh] AND 2019[dp]', 'one year:2019'],
  ['one AND 2019:2021[dp]', 'one year:2019..2021'],
  ['one AND 2019/01/01:2021/12/31[dp]', 'one year:2019..2021'],
  ['one AND german[la]', 'one language:german'],
  // arXiv, Scopus, Web of Science.
  ['one ANDNOT two', 'one NOT two'],
  ['one W/3 two', 'one two'],
  ['one PRE/0 two', 'one two'],
  ['one NEAR/3 two', 'one two'],
  ['"one two" NEAR three', '"one two" three'],
  ['TITLE-ABS-KEY(one two)', 'one two'],
  ['TITLE(one OR two) three', '(title:one OR title:two) three'],
  ['TI=(one two)', 'title:one title:two'],
  ['TI=one', 'title:one'],
  ['AU=one AND TS=(two)', 'author:one two'],
  ['*one two', '*one two'],
]

const word = fc
  .string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzé'), minLength: 3, maxLength: 9 })
  .filter((text) => !['and', 'not', 'the', 'for'].includes(text))
const words = fc.tuple(word, word, word)

for (const [foreign, own] of FOREIGN) {
  test(`${foreign} is read as ${own}, with a warning that it is not in the language`, () => {
    fc.assert(
      fc.property(words, ([one, two, three]) => {
        const fill = (text: string) =>
          text.replace(/one|two|three/g, (name) => ({ one, two, three })[name] ?? name)
        const { tree, warnings } = readSearchQuery(fill(foreign), 'lenient')
        const meant = readSearchQuery(fill(own), 'lenient').tree
        expect(tree && printSearchQuery(tree)).toBe(meant && printSearchQuery(meant))
        expect(warnings[0]?.message).toMatch(/^query, character \d+: (?:no |expected )/)
        expect(() => readSearchQuery(fill(foreign), 'strict')).toThrow(warnings[0]?.message)
      }),
      { numRuns: 30, examples: [[['one', 'two', 'three']]] },
    )
  })
}

test.skipIf(!hasRealData)('titles are text', () => {
  const titles = titlesWithColon(2_000)
  const foreign = titles
    .flatMap((title) => readSearchQuery(title, 'lenient').warnings)
    .filter(({ message }) => !message.includes('did you mean'))
  expect(titles.length).toBe(2_000)
  expect(foreign).toEqual([])
})

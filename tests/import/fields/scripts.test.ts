import { expect, test } from 'vitest'
import { latexToText } from '../../../src/import/fields/latex.ts'
import { markupToText } from '../../../src/import/fields/markup.ts'

const WORDS = ['st', 'nd', 'rd', 'th', 'k', '2', 'n+1', 'in vivo']
const COMMANDS = ['mbox', 'text', 'textrm', 'mathrm']
const scripts = WORDS.flatMap((word) =>
  COMMANDS.flatMap((command) => ['^', '_'].map((sign) => ({ word, command, sign }))),
)

test.each(scripts)(
  'a raised or lowered word is text: $word by $command and $sign',
  ({ word, command, sign }) => {
    const printed = `Radix 2\\({}${sign}{\\${command}{${word}}}\\) Graphs`
    expect(latexToText(printed)).toBe(`Radix 2${word} Graphs`)
  },
)

test.each([
  'The 5$^{th}$ Workshop',
  'The 5$^{\\rm th}$ Workshop',
  'The 5$^{\\mathrm{th}}$ Workshop',
  'The 5$^\\textrm{th}$ Workshop',
  'The 5\\({}^{th}\\) Workshop',
])('an ordinal is text: %s', (printed) => {
  expect(latexToText(printed)).toBe('The 5th Workshop')
})

test.each([
  'On $2^n$ Sets',
  'On \\({}^{\\alpha}\\) Sets',
  'On $K_{3,3}$ and $x^{th}$',
  '$\\rm th$ 5',
])('a formula stays: %s', (printed) => {
  expect(latexToText(printed)).toBe(printed)
})

test('the tag around a formula is removed', () => {
  expect(markupToText('X- and <tex>$\\gamma$</tex>-Ray')).toBe('X- and $\\gamma$-Ray')
  expect(markupToText('Use <tex> for formulas')).toBe('Use <tex> for formulas')
})

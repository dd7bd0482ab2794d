import { describe, expect, test } from 'vitest'
import { readText } from '../../helpers/reading.ts'

/** Letters and signs as journals.aps.org writes them: with a command of formulas, and one of texts. */
const both = (math: string, text: string) => `\\ifmmode ${math}\\else ${text}\\fi{}`

const LETTERS: [math: string, text: string, printed: string][] = [
  ['\\check{s}', '\\v{s}', 'š'],
  ['\\acute{c}', "\\'{c}", 'ć'],
  ['\\check{C}', '\\v{C}', 'Č'],
  ['\\dot{z}', '\\.{z}', 'ż'],
  ['\\mathring{a}', '\\r{a}', 'å'],
  ['\\tilde{n}', '\\~{n}', 'ñ'],
  ['\\breve{g}', '\\u{g}', 'ğ'],
  ['\\ddot{o}', '\\"{o}', 'ö'],
  ['\\ddot{\\imath}', '\\"{\\i}', 'ï'],
]

async function entryOf(title: string, author: string) {
  const { records, rejects } = await readText(
    'bibtex',
    `@article{k, title = {${title}}, author = {${author}}, year = {2011}}`,
  )
  expect(rejects).toEqual([])
  return records[0]
}

describe('the printed branch of \\ifmmode is read', () => {
  test.each(LETTERS)('%s or %s', async (math, text, printed) => {
    const letter = both(math, text)
    const record = await entryOf(
      `A model of ${letter}ernoch and Klime${letter} in two dimensions`,
      `Klime${letter}, Petr and ${letter}ernoch, Jan P. and Maria Petrovi${letter} and Pa${letter}o, An`,
    )
    expect(record?.title).toBe(`A model of ${printed}ernoch and Klime${printed} in two dimensions`)
    expect(record?.authors.map((author) => author.name)).toEqual([
      ...[`Petr Klime${printed}`, `Jan P. ${printed}ernoch`],
      ...[`Maria Petrovi${printed}`, `An Pa${printed}o`],
    ])
  })

  test.each([
    [
      `Search at 10 ${both('\\mu', '\\textmu')}m and $2${both('\\times', '\\texttimes')}2$ sites`,
      'Search at 10 µm and $2\\times{}2$ sites',
    ],
    [
      `The $${both('\\pm', '\\textpm')}5$ and the ${both('\\pm', '\\textpm')}5 level`,
      'The $\\pm{}5$ and the ±5 level',
    ],
    ['A \\ifmmode in one branch\\fi only', 'A only'],
    ['Left \\ifmmode open', 'Left open'],
  ])('%s', async (title, printed) => {
    expect((await entryOf(title, 'A. Bee'))?.title).toBe(printed)
  })
})

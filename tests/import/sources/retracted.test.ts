import { expect, test } from 'vitest'
import { isRetractedType } from '../../../src/import/fields/titles.ts'
import { isRetractedTitle } from '../../../src/import/input/outcome.ts'
import { readText } from '../../helpers/reading.ts'

test.each([
  ['RETRACTED ARTICLE: A made-up study', true],
  ['RETRACTED: A made-up study', true],
  ['[RETRACTED] A made-up study', true],
  ['[Retracted] A made-up study', true],
  ['[RETRACTED ARTICLE]: A made-up study', true],
  ['Retracted Article: A made-up study', true],
  ['A made-up study (Retracted Article. See vol. 5, pg. 12, 2012)', true],
  ['A made-up study (Retracted article)', true],
  // Titles of notices, and of papers about retractions.
  ['Retracted: A made-up study', false],
  ['Retraction: A made-up study', false],
  ['A made-up study (Retraction of Vol 5, Pg 12, 2012)', false],
  ['Retracted articles and their citations', false],
  ['Citations of retracted papers: a survey', false],
])('whether the title %j is that of a retracted paper: %j', (title, isRetracted) => {
  expect(isRetractedTitle(title)).toBe(isRetracted)
})

test.each([
  ['Article; Retracted Publication', true],
  ['Retracted', true],
  ['Retraction', false],
  ['Article', false],
  ['Publication with Expression of Concern; Article', false],
])('whether documents of the type %j are retracted: %j', (type, isRetracted) => {
  expect(isRetractedType(type)).toBe(isRetracted)
})

const TITLE = 'A made-up study of odd things'

test.each([
  ['crossref', JSON.stringify([work('RETRACTED: A made-up study')])],
  [
    'bibtex',
    `@article{a, title = {RETRACTED ARTICLE: ${TITLE}}, journal = {Odd Files}, year = 2020}`,
  ],
  ['ris', `TY  - JOUR\nTI  - ${TITLE}\nJO  - Odd Files\nPY  - 2020\nM3  - Retracted\nER  - \n`],
  [
    'tagged',
    `FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Bee, A\nTI ${TITLE}\nSO ODD FILES\nDT Article; Retracted Publication\nPY 2020\nUT WOS:1\nER\n\nEF\n`,
  ],
  [
    'csv',
    `Authors,Title,Year,Source title,Document Type\n"Bee, A.",${TITLE},2020,Odd Files,Retracted\n`,
  ],
  [
    'endnote-xml',
    `<xml><records><record><ref-type name="Journal Article">17</ref-type><titles><title>${TITLE}</title></titles><work-type>Article; Retracted Publication</work-type></record></records></xml>`,
  ],
])('%s: a paper is retracted if its title or type says so', async (format, text) => {
  const { records } = await readText(format, text)
  expect(records.map(({ isRetracted }) => isRetracted)).toEqual([true])
})

test('a notice whose title repeats that of the retracted paper is not retracted', async () => {
  const notice = {
    ...work('RETRACTED: A made-up study'),
    'update-to': [{ DOI: '10.5555/one', type: 'retraction' }],
  }
  const { records } = await readText('crossref', JSON.stringify([notice]))
  expect(records[0]?.isRetracted).toBe(false)
})

function work(title: string) {
  return {
    ...{ DOI: '10.5555/two', type: 'journal-article', title: [title], 'container-title': ['Odd'] },
    ...{ 'is-referenced-by-count': 0, issued: { 'date-parts': [[2020]] }, prefix: '10.5555' },
  }
}

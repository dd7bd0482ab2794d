import { expect, test } from 'vitest'
import { splitReference } from '../../../src/domain/find/reference-string.ts'

const TITLE = 'Attention is all you need'

const FORMS: [reference: string, first: string, year: number][] = [
  ['Vaswani, A., et al. Attention is all you need. NeurIPS 2017', 'Vaswani', 2017],
  [
    'Vaswani, A., Shazeer, N., & Polosukhin, I. (2017). Attention is all you need. In Advances in Neural Information Processing Systems (pp. 5998–6008).',
    'Vaswani',
    2017,
  ],
  [
    '[3] A. Vaswani, N. Shazeer, and I. Polosukhin, “Attention is all you need,” in Proc. NeurIPS, 2017, pp. 5998–6008.',
    'A. Vaswani',
    2017,
  ],
  [
    'Ashish Vaswani, Noam Shazeer, and Illia Polosukhin. 2017. Attention is all you need. In Advances in Neural Information Processing Systems, volume 30.',
    'Ashish Vaswani',
    2017,
  ],
  [
    'Vaswani A, Shazeer N. Attention is all you need. Adv Neural Inf Process Syst. 2017;30.',
    'Vaswani A',
    2017,
  ],
  ['A. Vaswani et al., Attention is all you need, NeurIPS, 2017', 'A. Vaswani', 2017],
  ['Attention is all you need. Ashish Vaswani, Noam Shazeer. NeurIPS 2017', 'Ashish Vaswani', 2017],
  [
    '12. Vaswani A. "Attention is all you need". https://arxiv.org/abs/1706.03762, 2017a.',
    'Vaswani A',
    2017,
  ],
]

test.each(FORMS)('%s', (reference, first, year) => {
  const { titles, years } = splitReference(reference)
  const title = titles.find(({ text }) => text === TITLE)
  expect(title, JSON.stringify(titles)).toBeDefined()
  expect(title?.authors[0]).toBe(first)
  expect(years).toContain(year)
})

test('that there are others is told', () => {
  const [form = ''] = FORMS[0] ?? []
  expect(splitReference(form).titles.find(({ text }) => text === TITLE)?.hasOthers).toBe(true)
})

test.each([
  '',
  ' ',
  '...',
  '2017',
  '[]',
  '((((',
  'a'.repeat(2000),
  ', '.repeat(1000),
  '. '.repeat(1000),
  '"'.repeat(2000),
])('a text that is not a reference holds no title: %#', (reference) => {
  expect(splitReference(reference).titles).toEqual([])
})

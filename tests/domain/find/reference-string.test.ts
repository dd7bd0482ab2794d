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

/** Authors in the form of reference lists with initials after the family name. */
const AUTHORS = [
  ['He', 'K'],
  ['Gkioxari', 'G'],
  ['Dollár', 'P'],
  ['van der Maaten', 'LJP'],
  ['Zhu', 'J-Y'],
  ["O'Connor", 'AB'],
] as const
const dotted = (initials: string) => initials.replaceAll(/\p{Lu}/gu, '$&.')
const STYLES: [style: string, print: (authors: string[][]) => string][] = [
  ['Vancouver', (all) => `${all.map(([name, initials]) => `${name} ${initials}`).join(', ')}. `],
  ['Vancouver, cut', (all) => `${all.map(([name, one]) => `${name} ${one}`).join(', ')}, et al. `],
  ['ACS', (all) => `${all.map(([name, one = '']) => `${name}, ${dotted(one)}`).join('; ')} `],
  ['Springer', (all) => `${all.map(([name, one = '']) => `${name}, ${dotted(one)}`).join(', ')}: `],
  [
    'Harvard',
    (all) => `${all.map(([name, one = '']) => `${name}, ${dotted(one)}`).join(' and ')} `,
  ],
]
const CITED = STYLES.flatMap(([style, print]) =>
  ['Mask R-CNN', 'Fisher GAN', 'Group normalization', 'Image transformer', TITLE].flatMap((title) =>
    [1, 2, 6].map((count): [string, string, string, number] => {
      const authors = print(AUTHORS.slice(0, count).map((one) => [...one]))
      return [style, title, `${authors}${title}. In: ICCV 2017 (pp. 3-19).`, count]
    }),
  ),
)

test.each(CITED)('%s: the title %s in %s, with %i names', (_, title, reference, count) => {
  const found = splitReference(reference).titles.find(({ text }) => text === title)
  const words = found?.authors.filter((name) => /\p{Ll}/u.test(name)) ?? []
  expect(words.map((name) => name.split(' ').slice(0, 2))).toEqual(
    AUTHORS.slice(0, count).map(([name]) => expect.arrayContaining(name.split(' ').slice(0, 1))),
  )
})

test('more authors are recognised', () => {
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
])('a text that is not a reference has no title: %#', (reference) => {
  expect(splitReference(reference).titles).toEqual([])
})

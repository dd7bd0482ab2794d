import { parse } from '@retorquere/bibtex-parser'
import { describe, expect, test } from 'vitest'
import { bibtexEntry } from '../../src/bibliography/bibtex.ts'
import { latexOf } from '../../src/bibliography/latex.ts'
import type { CitablePaper } from '../../src/domain/export/citable-paper.ts'
import { byline, citablePaper } from './citable.ts'

/** The result of Better BibTeX's parser (the Zotero extension) for an entry. */
function readBack(paper: CitablePaper) {
  const { entries, errors } = parse(bibtexEntry(paper), { sentenceCase: false })
  expect(errors).toEqual([])
  expect(entries).toHaveLength(1)
  const [entry] = entries
  return { ...entry, fields: { ...entry?.fields } as Record<string, unknown> }
}

const plain = (text: unknown) =>
  String(text)
    .replace(/<[^>]+>/g, '')
    .normalize('NFC')

describe('a title is read back unchanged', () => {
  test.each([
    'BERT: Pre-training of Deep Bidirectional Transformers',
    'Größe, naïve Bayes & 100% of “C#” — or $5_a',
    'Łódź, Đỗ Nguyễn, Ørsted, ÅÄÖ, İstanbul, façade, Škoda, Ţ and Ș',
    'A {brace}, a back\\slash, a ~tilde, a ^hat and a pipe |',
    'An unbalanced } brace and { another',
    'α-Divergence ≤ β × 2',
    '深度学习 and 日本語',
    'Emoji 🎉 and x² and H₂O',
    'l’été, ‘single’ and “double”',
  ])('%s', (title) => {
    expect(plain(readBack(citablePaper({ title })).fields.title)).toBe(title)
  })
})

test.each([
  ['BERT and GPT-4 Learn mT5', '{BERT} and {GPT-4} Learn {mT5}'],
  ['Pre-Training 3D Models', 'Pre-Training {3D} Models'],
  ['Learning with Bayesian methods on small data', 'Learning with {Bayesian} methods'],
  ['Feasible $Q$-Learning', 'Feasible {$Q$}-Learning'],
  ['From $5 to $6', 'From \\$5 to \\$6'],
  ['The $\\frac{1 case', 'The \\$\\textbackslash'],
])('the capitals and formulas of %s', (title, latex) => {
  expect(latexOf(title, true).replace('{\\textbackslash}', '\\textbackslash')).toContain(latex)
})

test('names are read back with all their parts', () => {
  const names = [
    'Laurens van der Maaten',
    'Martin Luther King Jr.',
    'NLLB Team',
    'OpenAI',
    'Anna de la Cruz y Vega',
    'Benjamin Van Durme',
    'Kiết Văn Nguyễn',
    'Bill Sand and Son',
    'and Lei Bai',
    'Zhao wei',
  ]
  const { fields } = readBack(citablePaper({ authors: byline(...names) }))
  const read = fields.author as Record<string, string>[]
  const joined = read.map(({ name, firstName, prefix, lastName, suffix }) =>
    (name ?? [firstName, prefix, lastName, suffix].filter(Boolean).join(' ')).normalize('NFC'),
  )
  expect(joined).toEqual(names)
  expect(read[0]).toMatchObject({ lastName: 'Maaten', prefix: 'van der' })
  expect(read[1]).toMatchObject({ lastName: 'King', suffix: 'Jr.' })
})

test('a byline of thousands of names is written completely', () => {
  const authors = byline(...Array.from({ length: 3000 }, (_, i) => `Ada B${i} Lovelace`))
  expect(bibtexEntry(citablePaper({ authors })).split(' and ')).toHaveLength(3000)
})

const arxiv = [{ scheme: 'arxiv', value: '2101.00001' }] as const
const journal = { name: 'Journal of Tests', acronym: null, kind: 'journal' } as const

describe('the type of an entry follows the kind of paper', () => {
  test.each<[string, Partial<CitablePaper>, Record<string, string>]>([
    ['inproceedings', {}, { booktitle: 'Conference on Examples', year: '2021', month: '8' }],
    ['inproceedings', { kind: 'workshop_paper' }, { booktitle: 'Conference on Examples' }],
    ['article', { kind: 'journal_article', venue: journal }, { journal: 'Journal of Tests' }],
    [
      'misc',
      { kind: 'preprint', venue: null, identifiers: [...arxiv] },
      { eprint: '2101.00001', archiveprefix: 'arXiv', url: 'https://arxiv.org/abs/2101.00001' },
    ],
    ['inproceedings', { kind: 'preprint', identifiers: [...arxiv] }, { eprint: '2101.00001' }],
    ['misc', { venue: null }, {}],
    ['book', { kind: 'book', venue: null }, {}],
    ['misc', { kind: 'thesis', venue: null }, { howpublished: 'Thesis' }],
    [
      'phdthesis',
      { kind: 'thesis', venue: null, authors: [{ name: 'A B', affiliation: 'Uni & Co' }] },
      { school: 'Uni & Co' },
    ],
    ['techreport', { kind: 'report' }, { institution: ['Conference on Examples'] as never }],
  ])('@%s %j', (type, over, fields) => {
    const entry = readBack(citablePaper(over))
    expect(entry.type).toBe(type)
    expect(entry.fields).toMatchObject(fields)
  })
})

test('URLs stay unescaped, and cannot end their field', () => {
  const url = 'https://example.org/a_b?x=1&y=%20#top'
  const doi = { scheme: 'doi', value: '10.1002/(sici)1097{x}<1::aid>3.0.co;2-5' } as const
  const entry = bibtexEntry(citablePaper({ landingUrl: url, identifiers: [doi] }))
  expect(entry).toContain(`  url = {${url}},\n`)
  expect(entry).toContain('  doi = {10.1002/(sici)1097%7Bx%7D<1::aid>3.0.co;2-5},\n')
})

test('an abstract is one field, whatever it contains', () => {
  const abstract = 'We show }\n@article{evil, title = {x}} that \\input{/etc/passwd} 50% of $x_{1}$'
  const { fields } = readBack(citablePaper({ abstract }))
  expect(plain(fields.abstract)).toContain('We show } @article{evil, title = {x}}')
})

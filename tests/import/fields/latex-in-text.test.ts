import { expect, test } from 'vitest'
import { latexInText } from '../../../src/import/fields/printed/latex-in-text.ts'
import { readText } from '../../helpers/reading.ts'

const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** An entry of each format with a title and an abstract. */
const FORMATS: Record<string, (text: string) => string> = {
  'csl-json': (text) =>
    JSON.stringify([{ id: 'k', type: 'article-journal', title: text, abstract: text }]),
  ris: (text) => `TY  - JOUR\nTI  - ${text}\nAB  - ${text}\nER  - \n`,
  tagged: (text) => `%0 Journal Article\n%T ${text}\n%X ${text}\n`,
  nbib: (text) => `PMID- 90000001\nTI  - ${text}\nAB  - ${text}\n`,
  csv: (text) => `title,abstract\n${[text, text].map((one) => `"${one.replaceAll('"', '""')}"`)}\n`,
  'endnote-xml': (text) =>
    `<xml><records><record><ref-type name="Journal Article">17</ref-type><titles><title>${xml(text)}</title></titles><abstract>${xml(text)}</abstract></record></records></xml>`,
  openalex: (text) =>
    JSON.stringify({
      id: 'https://openalex.org/W3000000001',
      title: text,
      type: 'article',
      authorships: [],
      abstract_inverted_index: Object.fromEntries(text.split(' ').map((word, at) => [word, [at]])),
    }),
}

/** Formats whose texts were submitted by authors. */
const SUBMITTED: Record<string, (text: string) => string> = {
  paperlists: (text) =>
    JSON.stringify([
      {
        id: '1',
        site: 'https://iclr.cc/virtual/2024/poster/1',
        title: text,
        author: 'Grace Hopper',
        status: 'Poster',
        abstract: text,
      },
    ]),
  openreview: (text) =>
    JSON.stringify({
      notes: [
        {
          id: 'kkkkkkkkkk',
          forum: 'kkkkkkkkkk',
          content: { title: text, abstract: text, authors: ['Grace Hopper'] },
        },
      ],
    }),
  'hf-daily': (text) =>
    JSON.stringify([
      {
        paper: {
          id: '2101.00001',
          upvotes: 1,
          authors: [{ name: 'Grace Hopper' }],
          title: text,
          summary: text,
        },
      },
    ]),
  pwc: (text) =>
    JSON.stringify([
      {
        paper_url: 'https://paperswithcode.com/paper/k',
        arxiv_id: null,
        title: text,
        abstract: text,
        authors: [],
        tasks: [],
      },
    ]),
}
Object.assign(FORMATS, SUBMITTED)

const accents = ['"u', '"{u}', "'e", "'{e}", '`a', '^o', '~n', 'c{c}', 'v{s}', "'{\\i}", '=a'].map(
  (accent) => `The \\${accent} of {\\${accent}} and {G}\\${accent}del`,
)
const commands = [
  ...['emph', 'textit', 'textbf', 'texttt', 'textsc', 'textrm', 'underline', 'mbox'].flatMap(
    (name) => [`The \\${name}{E. coli} genome`, `Of {\\${name}{E. coli}} and \\${name}{{RNA} x}`],
  ),
  ...['it', 'em', 'bf', 'sc', 'itshape'].map((name) => `The {\\${name} E. coli} genome`),
]
const others = [
  ...['{BERT}: A {Deep} Model', '{{BERT}: A Model, and More}', 'A {B}ayesian {EM} method'],
  ...['Black \\& White', '5\\% of \\$5', 'file\\_name \\#1', 'Stra{\\ss}e', '\\O re {\\o}l \\AA'],
  ...["The ``big'' \\emph{five}", '\\emph{One}---two', 'Pages 1--5 of \\emph{this}', 'A~\\emph{b}'],
  ...[
    'Cu$_2$O of {Cu}$_2$O',
    'H$_{\\textrm{2}}$O',
    '5$^{th}$ \\emph{day}',
    '$\\alpha$ {\\it of} $x$',
  ],
  ...[
    '\\url{https://example.org/a_b} x',
    '\\href{https://example.org}{Here} x',
    'Note\\footnote{no} x',
  ],
  ...['A \\textsuperscript{13}C study', 'The \\enquote{word}', 'A\\textemdash B', '{\\LaTeX} 5'],
]

const cases = Object.entries(FORMATS).flatMap(([format, write]) =>
  [...accents, ...commands, ...others].map((text) => ({ format, write, text })),
)

test.each(cases)('$format: $text is read as in BibTeX', async ({ format, write, text }) => {
  const bibtex = `@article{k, title = {${text}}, abstract = {${text}}}`
  const [wanted] = (await readText('bibtex', bibtex)).records
  const [found] = (await readText(format, write(text))).records
  // Conference lists have fragments instead of abstracts, which are dropped.
  expect([found?.title, found?.abstract ?? found?.title]).toEqual([wanted?.title, wanted?.abstract])
})

const PLAIN = [
  ...[
    'It costs $5 to $10',
    'Sets {0, 1}, {a} and {x | x > 0}',
    'The path C:\\new\\temp',
    'About ~5% of us',
  ],
  ...[
    'Regex \\d+\\.\\w{2,3}',
    'Lines\\nand\\ttabs',
    'R&D -- a review',
    'x ** y ^ z_1',
    'A {user} of {name}',
  ],
  ...[
    'Of \\frac{A}{B} and \\foo{Bar}',
    '`code` and ``',
    'A { brace',
    'A } brace',
    'A backslash \\',
  ],
  ...['Cu$_2$O at $T_c$', '\\(x_1\\) and $$y$$'],
]

test.each(
  Object.entries(FORMATS).flatMap(([format, write]) =>
    PLAIN.map((text) => ({ format, write, text })),
  ),
)('$format: $text is not LaTeX', async ({ format, write, text }) => {
  const [found] = (await readText(format, write(text))).records
  expect([found?.title, found?.abstract ?? found?.title]).toEqual([text, text])
})

test.each([
  ["It\\'s what they don\\'t say", "It's what they don't say"],
  ['\\"Maybe\\" they said', '"Maybe" they said'],
  ["\\'Over\\' there", "'Over' there"],
  ["l\\'été and l\\'\u00e9cole", "l'été and l'école"],
])('the escaped quotes of %s are quotes', async (text, wanted) => {
  const [found] = (await readText('csl-json', FORMATS['csl-json']?.(text) ?? '')).records
  expect(found?.title).toBe(wanted)
})

test.each(
  Object.entries(SUBMITTED).flatMap(([format, write]) =>
    [
      '\\[ O\\left[\\frac{|S|}{(1-\\gamma)^3}\\right] \\]',
      '\\begin{align*} \\min_{x} \\sum_{i} f_i(A_i x) \\end{align*}',
      '\\begin{equation}\\Pr[ \\; \\|x\\|_2^2 ] \\ge 1\\end{equation}',
      '$\\textbf{A}_{\\alpha}$ \\(\\emph{x}\\) $$\\text{B}$$',
      'https://example.org/aB{this Address}',
    ].map((formula) => ({ format, write, formula })),
  ),
)('$format: $formula stays unchanged beside LaTeX', async ({ format, write, formula }) => {
  const [found] = (await readText(format, write(`A bound of \\emph{all}: ${formula} of 5\\%`)))
    .records
  expect(found?.abstract).toBe(`A bound of all: ${formula} of 5%`)
})

test.each(Object.entries(SUBMITTED))('%s: links of LaTeX are found', async (format, write) => {
  const links = [
    '\\href{https://github.com/a/one}{Code}',
    '\\footnote{\\url{https://github.com/a/two_2}}',
  ]
  const [found] = (await readText(format, write(`It is here: ${links.join(' and there')}.`)))
    .records
  expect(found?.abstract).toBe('It is here: Code and there (https://github.com/a/two_2).')
  expect(found?.repositories.map(({ name }) => name)).toEqual(['one', 'two_2'])
})

test('a long text of braces and backslashes is read quickly', () => {
  for (const part of ['{', '{A', '\\emph{', '{\\it ', '\\{', "\\'", '{{A}', '``a'])
    for (const text of [part.repeat(20_000), `${part.repeat(20_000)}${'}'.repeat(20_000)}`]) {
      const start = performance.now()
      latexInText(`x ${text}`)
      expect(performance.now() - start).toBeLessThan(10_000)
    }
})

import { expect, test } from 'vitest'
import { AppError } from '../../src/errors.ts'
import { findAdapter } from '../../src/import/formats.ts'
import { atLeast } from '../helpers/thorough.ts'

/** Above the limit of 16 MB, without the rest of the entry. */
const HUGE = 17 * 2 ** 20

const onOneLine = 'word '.repeat(HUGE / 5)
const wrapped = `${'words of a line '.repeat(3200)}\n`.repeat(HUGE / 50_000)

interface Form {
  entry(number: number, abstract: string): string
  before?: string
  between?: string
  after?: string
}

const json = (entry: Form['entry']): Form => ({
  ...{ before: '[', between: ',', after: ']' },
  entry: (number, abstract) => entry(number, abstract.replaceAll('\n', ' ')),
})
const tagged =
  (lines: (number: number, abstract: string) => string[]): Form['entry'] =>
  (number, abstract) =>
    `${lines(number, abstract.replaceAll('\n', '\n      ')).join('\n')}\n\n`

/** How to write a paper in each syntax, with the text around papers. */
const FORMS: Record<string, Form> = {
  bibtex: {
    entry: (n, text) => `@article{k${n},\n title = {Paper ${n}},\n abstract = {${text}}\n}\n`,
  },
  'bibtex without line ends': {
    entry: (n, text) =>
      `@article{k${n}, title = {Paper ${n}}, abstract = {${text.replaceAll('\n', ' ')}}} `,
  },
  'bibtex without spaces': {
    entry: (n, text) => `@article{k${n},title={Paper${n}},x={${text.replaceAll(/\s/g, 'é')}}}`,
  },
  ris: {
    entry: tagged((n, text) => ['TY  - JOUR', `TI  - Paper ${n}`, `AB  - ${text}`, 'ER  - ']),
  },
  nbib: { entry: tagged((n, text) => [`PMID- ${n + 1}`, `TI  - Paper ${n}`, `AB  - ${text}`]) },
  'tagged of Web of Science': {
    entry: tagged((n, text) => ['PT J', `TI Paper ${n}`, `AB ${text}`, 'ER']),
  },
  'tagged of EndNote': {
    entry: tagged((n, text) => ['%0 Journal Article', `%T Paper ${n}`, `%X ${text}`]),
  },
  csv: { before: 'title,abstract\n', entry: (n, text) => `Paper ${n},"${text}"\n` },
  'hf-listing': {
    before: 'Get trending papers in your email inbox\n',
    entry: (n, text) => `Paper ${n}\n${text.replaceAll('\n', ' ')}\n`,
  },
  'arxiv, JSON lines': {
    entry: (n, abstract) =>
      `${JSON.stringify({ id: `2101.0000${n}`, title: `Paper ${n}`, abstract, categories: 'cs.CL' })}\n`,
  },
  'csl-json': json((n, abstract) =>
    JSON.stringify({ id: n, type: 'article', title: `Paper ${n}`, DOI: `10.1/${n}`, abstract }),
  ),
  'openalex of its API': {
    ...json((n, abstract) =>
      JSON.stringify({
        id: `https://openalex.org/W${n + 1}`,
        type: 'article',
        title: `Paper ${n}`,
        x: abstract,
      }),
    ),
    ...{ before: '{"meta":{},"results":[', after: ']}' },
  },
  'arxiv-atom': {
    before: '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">',
    entry: (n, text) =>
      `<entry><id>http://arxiv.org/abs/2101.0000${n}v1</id><title>Paper ${n}</title><summary>${text}</summary></entry>\n`,
    after: '</feed>',
  },
  'pubmed-xml': {
    before: '<?xml version="1.0"?><PubmedArticleSet>',
    entry: (n, text) =>
      `<PubmedArticle><MedlineCitation><PMID>${n + 1}</PMID><Article><ArticleTitle>Paper ${n}</ArticleTitle><Abstract><AbstractText>${text}</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>\n`,
    after: '</PubmedArticleSet>',
  },
  'endnote-xml': {
    before: '<xml><records>',
    entry: (n, text) =>
      `<record><ref-type name="Journal Article">17</ref-type><titles><title>Paper ${n}</title></titles><abstract>${text}</abstract></record>\n`,
    after: '</records></xml>',
  },
  'acl-anthology': {
    before: '<?xml version="1.0"?><collection id="2020.acl"><volume id="1">',
    entry: (n, text) =>
      `<paper id="${n + 1}"><title>Paper ${n}</title><abstract>${text}</abstract></paper>\n`,
    after: '</volume></collection>',
  },
  jats: {
    before: '<articles>',
    entry: (n, text) =>
      `<article><front><article-meta><article-id pub-id-type="doi">10.1234/${n}</article-id><title-group><article-title>Paper ${n}</article-title></title-group><abstract><p>${text}</p></abstract></article-meta></front></article>\n`,
    after: '</articles>',
  },
  'oai-pmh': {
    before: '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>',
    entry: (n, text) =>
      `<record><header><identifier>oai:x:${n}</identifier></header><metadata><oai_dc:dc xmlns:oai_dc="x"><dc:title>Paper ${n}</dc:title><dc:description>${text}</dc:description></oai_dc:dc></metadata></record>\n`,
    after: '</ListRecords></OAI-PMH>',
  },
}

/** The result of reading three papers, of which the one at this position is huge. */
async function readWithHuge(format: string, { entry, ...form }: Form, { place = 0, huge = '' }) {
  const papers = [0, 1, 2].map((n) => entry(n, n === place ? huge : `Small ${n}`))
  const { before = '', between = '', after = '' } = form
  const bytes = Buffer.from(`${before}${papers.join(between)}${after}`)
  const chunk = 65_536
  const text = (async function* () {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk)
  })()
  const input = { name: 'file', head: bytes.subarray(0, 2 ** 20), bytesTotal: null }
  const adapter = await findAdapter(format, { ...input, text, bytesRead: () => 0 })
  const told: string[] = []
  for await (const outcome of adapter(text, 'file')) {
    if ('reject' in outcome) told.push(outcome.reject.reason)
    else if ('record' in outcome) told.push(outcome.record.title)
  }
  return told
}

const PLACES: [string, number, string][] = [
  ['first, on one line', 0, onOneLine],
  ['in the middle, on one line', 1, onOneLine],
  ['last, on one line', 2, onOneLine],
  ['in the middle, wrapped', 1, wrapped],
]
/** Formats that split a text in their own way, tested at all positions; others are tested at one. */
const IN_ALL_PLACES = [
  'bibtex',
  'bibtex without line ends',
  'tagged of Web of Science',
  'pubmed-xml',
]
const casesOf = (name: string) =>
  IN_ALL_PLACES.includes(name) ? PLACES.slice(atLeast(2, 0)) : PLACES.slice(1, 2)
/** Without some formats that split a text like others. */
const forms = Object.entries(FORMS).filter(([name], n) =>
  atLeast(IN_ALL_PLACES.includes(name) || n % 2 === 0, true),
)

test.each(
  forms.flatMap(([name, form]) =>
    casesOf(name).map(([where, place, huge]) => ({ name, form, where, place, huge })),
  ),
)(
  '$name: an entry above the limit, placed $where, is rejected with its size; the others are read',
  async ({ name, form, place, huge }) => {
    const title = (n: number) => (name.includes('without spaces') ? `Paper${n}` : `Paper ${n}`)
    const format = name.split(/[ ,]/)[0] ?? ''
    expect(await readWithHuge(format, form, { place, huge })).toEqual(
      [0, 1, 2].map((n) => (n === place ? 'longer than 16 MB' : title(n))),
    )
  },
)

test('entries on one line longer than the limit of an entry are all read', async () => {
  // In an unused field, only to increase the size.
  const long = 'Some words, as they are. '.repeat(800)
  const entries = Array.from(
    { length: 900 },
    (_, n) => `@article{k${n}, x = {${long}}, title = {Paper ${n}}, abstract = {Abstract ${n}}}`,
  )
  const bytes = Buffer.from(entries.join(' '))
  expect(bytes.length).toBeGreaterThan(HUGE)
  const text = (async function* () {
    for (let at = 0; at < bytes.length; at += 60_001) yield bytes.subarray(at, at + 60_001)
  })()
  const input = { name: 'file', head: bytes.subarray(0, 2 ** 20), bytesTotal: null }
  const adapter = await findAdapter('auto', { ...input, text, bytesRead: () => 0 })
  let count = 0
  for await (const outcome of adapter(text, 'file')) {
    if (!('record' in outcome)) throw new AppError('BAD_USER_INPUT', 'not a record')
    const record = { title: `Paper ${count}`, abstract: `Abstract ${count}` }
    expect(outcome.record).toMatchObject(record)
    count++
  }
  expect(count).toBe(entries.length)
})

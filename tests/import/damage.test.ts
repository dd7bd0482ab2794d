import { expect, test } from 'vitest'
import type { PaperRecord } from '../../src/domain/record/paper-record.ts'
import { importFormats } from '../../src/import/formats.ts'
import { readDamaged } from '../helpers/reading.ts'
import { atLeast } from '../helpers/thorough.ts'

/**
 * Files of `COUNT` entries, one of them damaged. With any damage, each other entry is read as in an undamaged file, the damaged one is read
 * or rejected at its position, and no record has values of another entry.
 */
const COUNT = atLeast(5, 7)

/** Identifies the entry of a record: in all of its texts. */
const mark = (i: number) => `Q${String.fromCharCode(97 + i).repeat(3)}x`
const marksIn = (text: string) => new Set(text.match(/Q([a-z])\1\1x/g) ?? [])

interface Format {
  name: string
  entry: (i: number) => string
  /** The beginning and the end of the file, and the text between entries. */
  begin?: string
  between: string
  end?: string
}

const FORMATS: Format[] = [
  {
    name: 'bibtex',
    entry: (i) =>
      [
        `@article{key${mark(i)},`,
        `  title = {The {Study} of ${mark(i)} and more},`,
        `  author = {Bee, ${mark(i)} and Dee, Carl},`,
        `  journal = "Journal of ${mark(i)}",`,
        `  year = 201${i},`,
        `  abstract = {It says ${mark(i)}, at length.}`,
        '}',
      ].join('\n'),
    between: '\n\n',
  },
  {
    name: 'ris',
    entry: (i) =>
      [
        'TY  - JOUR',
        `ID  - key${mark(i)}`,
        `TI  - The Study of ${mark(i)} and more`,
        `AU  - Bee, ${mark(i)}`,
        'AU  - Dee, Carl',
        `T2  - Journal of ${mark(i)}`,
        `PY  - 201${i}`,
        `AB  - It says ${mark(i)},`,
        'at length.',
        'ER  - ',
      ].join('\n'),
    between: '\n\n',
    end: '\n',
  },
  {
    name: 'tagged',
    entry: (i) =>
      [
        'PT J',
        `AU Bee, ${mark(i)}`,
        '   Dee, Carl',
        `TI The Study of ${mark(i)}`,
        '   and more',
        `SO Journal of ${mark(i)}`,
        `AB It says ${mark(i)},`,
        '   at length.',
        `PY 201${i}`,
        `UT key${mark(i)}`,
        'ER',
      ].join('\n'),
    between: '\n\n',
    end: '\nEF\n',
  },
  {
    name: 'csv',
    begin: 'key,title,authors,journal,year,abstract\n',
    entry: (i) =>
      `key${mark(i)},The Study of ${mark(i)} and more,"Bee, ${mark(i)}; Dee, Carl",Journal of ${mark(i)},201${i},"It says ${mark(i)},\nat length."`,
    between: '\n',
    end: '\n',
  },
  {
    name: 'nbib',
    entry: (i) =>
      [
        `PMID- 1234567${i}`,
        'OWN - NLM',
        `TI  - The Study of ${mark(i)} and more`,
        `AB  - It says ${mark(i)},`,
        '      at length.',
        `FAU - Bee, ${mark(i)}`,
        'FAU - Dee, Carl',
        `JT  - Journal of ${mark(i)}`,
        `DP  - 201${i}`,
        'PT  - Journal Article',
      ].join('\n'),
    between: '\n\n',
    end: '\n',
  },
  {
    name: 'endnote-xml',
    begin: '<?xml version="1.0" encoding="UTF-8"?><xml><records>',
    entry: (i) =>
      [
        `<record><rec-number>${i}</rec-number><ref-type name="Journal Article">17</ref-type>`,
        `<contributors><authors><author>Bee, ${mark(i)}</author><author>Dee, Carl</author></authors></contributors>`,
        `<titles><title>The Study of ${mark(i)} and more</title><secondary-title>Journal of ${mark(i)}</secondary-title></titles>`,
        `<dates><year>201${i}</year></dates><abstract>It says ${mark(i)}, at length.</abstract></record>`,
      ].join('\n'),
    between: '\n',
    end: '</records></xml>\n',
  },
  {
    name: 'jats',
    begin: '<articles>\n',
    entry: (i) =>
      [
        '<article article-type="research-article">',
        '<front>',
        `<journal-meta><journal-title-group><journal-title>Journal of ${mark(i)}</journal-title></journal-title-group></journal-meta>`,
        '<article-meta>',
        `<article-id pub-id-type="doi">10.1234/key${mark(i)}</article-id>`,
        `<title-group><article-title>The Study of ${mark(i)} and more</article-title></title-group>`,
        `<contrib-group><contrib contrib-type="author"><name><surname>Bee</surname><given-names>${mark(i)}</given-names></name></contrib>`,
        '<contrib contrib-type="author"><name><surname>Dee</surname><given-names>Carl</given-names></name></contrib></contrib-group>',
        `<pub-date><year>201${i}</year></pub-date>`,
        `<abstract><p>It says ${mark(i)}, at length.</p></abstract>`,
        '</article-meta>',
        '</front>',
        '</article>',
      ].join('\n'),
    between: '\n',
    end: '</articles>\n',
  },
  {
    name: 'oai-pmh',
    begin:
      '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><request metadataPrefix="oai_dc">x</request><ListRecords>\n',
    entry: (i) =>
      [
        `<record><header><identifier>oai:a:${mark(i)}</identifier></header><metadata><oai_dc:dc>`,
        `<dc:title>The Study of ${mark(i)} and more</dc:title><dc:creator>Bee, ${mark(i)}</dc:creator>`,
        '<dc:creator>Dee, Carl</dc:creator>',
        `<dc:description>It says ${mark(i)}, at a length that an abstract has at least, and no less than that; what is shorter is only a remark on it.</dc:description>`,
        `<dc:date>201${i}</dc:date></oai_dc:dc></metadata></record>`,
      ].join('\n'),
    between: '\n',
    end: '</ListRecords></OAI-PMH>\n',
  },
  {
    name: 'pubmed-xml',
    begin: '<PubmedArticleSet>\n',
    entry: (i) =>
      [
        `<PubmedArticle><MedlineCitation><PMID>1234567${i}</PMID><Article><Journal><JournalIssue>`,
        `<PubDate><Year>201${i}</Year></PubDate></JournalIssue><Title>Journal of ${mark(i)}</Title></Journal>`,
        `<ArticleTitle>The Study of ${mark(i)} and more</ArticleTitle>`,
        `<Abstract><AbstractText>It says ${mark(i)}, at length.</AbstractText></Abstract>`,
        `<AuthorList><Author><LastName>Bee</LastName><ForeName>${mark(i)}</ForeName></Author>`,
        '<Author><LastName>Dee</LastName><ForeName>Carl</ForeName></Author></AuthorList>',
        '</Article></MedlineCitation></PubmedArticle>',
      ].join('\n'),
    between: '\n',
    end: '</PubmedArticleSet>\n',
  },
  {
    name: 'acl-anthology',
    begin: '<collection id="2020.acl">\n<volume id="main">\n<meta>\n</meta>\n',
    entry: (i) =>
      [
        `<paper id="${i}">`,
        `<title>The Study of ${mark(i)} and more</title>`,
        `<author><first>${mark(i)}</first><last>Bee</last></author>`,
        '<author><first>Carl</first><last>Dee</last></author>',
        `<abstract>It says ${mark(i)}, at length.</abstract>`,
        '</paper>',
      ].join('\n'),
    between: '\n',
    end: '</volume>\n</collection>\n',
  },
  {
    name: 'arxiv',
    entry: (i) =>
      JSON.stringify({
        ...{ id: `2101.0000${i}`, title: `The Study of ${mark(i)} and more` },
        ...{
          authors_parsed: [
            ['Bee', mark(i), ''],
            ['Dee', 'Carl', ''],
          ],
          categories: 'cs.CL',
        },
        abstract: `It says ${mark(i)}, at length.`,
      }),
    between: '\n',
    end: '\n',
  },
]

type Damage = (entry: string, at: number) => string

const cut = (entry: string, at: number) => entry.slice(0, at)
const insert = (what: string) => (entry: string, at: number) =>
  entry.slice(0, at) + what + entry.slice(at)

/** Applied to an entry at several of its characters; `at` is the position. */
const DAMAGES: Record<string, Damage> = {
  'an end that is missing': cut,
  'a character that is missing': (entry, at) => entry.slice(0, at) + entry.slice(at + 1),
  'a line that is missing': (entry, at) =>
    entry.slice(0, entry.lastIndexOf('\n', at) + 1) +
    entry.slice((entry.indexOf('\n', at) + 1 || entry.length + 1) - 0),
  'a line twice': (entry, at) => {
    const start = entry.lastIndexOf('\n', at) + 1
    const end = entry.indexOf('\n', at) + 1 || entry.length
    return entry.slice(0, end) + entry.slice(start, end) + entry.slice(end)
  },
  'a NUL byte': insert('\0'),
  'a control character': insert('\u0007'),
  'a quote': insert('"'),
  'an opening brace': insert('{'),
  'a closing brace': insert('}'),
  'a less-than sign': insert('<'),
  'an ampersand': insert('&'),
  'a backslash': insert('\\'),
  'an at sign': insert(' @ '),
  'a percent sign': insert('%'),
  'an empty line': insert('\n\n'),
  'a tab': insert('\t'),
  'a byte that is not UTF-8': insert('\uDCFF'),
}

/** Kinds of damage that only some formats have. */
const OWN_DAMAGES: Record<string, Record<string, Damage>> = {
  bibtex: {
    'no key': (entry) => entry.replace(/\{key\w+,/, '{'),
    'an empty key': (entry) => entry.replace(/\{key\w+,/, '{,'),
    'an unknown type': (entry) => entry.replace('@article', '@web_page'),
    'a type in capitals, and a space': (entry) => entry.replace('@article{', '@ARTICLE {'),
    'round brackets': (entry) => entry.replace('@article{', '@article(').replace(/\}$/, ')'),
    'no comma between fields': (entry) => entry.replace('},\n  author', '}\n  author'),
    'a field twice': (entry) => entry.replace('  year', '  year = 1999,\n  year'),
    'an escaped brace': (entry) => entry.replace('It says', 'It says \\{'),
    'an undefined abbreviation': (entry) => entry.replace(/journal = "[^"]*"/, 'journal = nowhere'),
  },
  ris: {
    'single spaces': (entry) => entry.replace(/^(\w\w) {2}- /gm, '$1 - '),
    'no spaces': (entry) => entry.replace(/^(\w\w) {2}- ?/gm, '$1-'),
    'a type that is spelled out': (entry) => entry.replace('TY  - JOUR', 'TY  - Journal Article'),
    'no type': (entry) => entry.replace('TY  - JOUR', 'TY  - '),
    'no first line': (entry) => entry.replace('TY  - JOUR\n', ''),
    'no last line': (entry) => entry.replace('\nER  - ', ''),
    'a last line without its space': (entry) => entry.replace('ER  - ', 'ER  -'),
    'two last lines': (entry) => `${entry}\nER  - `,
    'indented lines': (entry) => entry.replace(/^/gm, '  '),
    'empty lines within': (entry) => entry.replaceAll('\n', '\n\n'),
  },
  csv: {
    'a row that is too short': (entry) => entry.replace(/,"It[\s\S]*$/, ''),
    'a row that is too long': (entry) => `${entry},x,y,z`,
    'a quoted word in a quoted cell': (entry) => entry.replace('"It says', '"It "says"'),
    'a quoted word at the start': (entry) => entry.replace('The Study', '"The" Study'),
    'a quote that is never closed': (entry) => entry.replace('at length."', 'at length.'),
  },
  nbib: {
    'no PMID': (entry) => entry.replace(/PMID- \d+\n/, ''),
    'tags without spaces': (entry) => entry.replace(/^(TI|AB) {2}- /gm, '$1-'),
  },
}

const LINE_ENDS: Record<string, (text: string) => string> = {
  CRLF: (text) => text.replaceAll('\n', '\r\n'),
  'CR alone': (text) => text.replaceAll('\n', '\r'),
  'all kinds mixed': (text) => {
    let line = 0
    return text.replaceAll('\n', () => ['\n', '\r\n', '\r'][line++ % 3] ?? '\n')
  },
}

const textOf = ({ begin = '', between, end = '' }: Format, entries: string[]) =>
  begin + entries.join(between) + end

/** The bytes of a text, with the byte FF for a lone surrogate. */
const bytesOf = (text: string) =>
  Buffer.concat(
    text
      .split('\uDCFF')
      .flatMap((part, i) =>
        i > 0 ? [Buffer.from([0xff]), Buffer.from(part)] : [Buffer.from(part)],
      ),
  )

const titleOf = (record: PaperRecord) => [...marksIn(record.title)][0]
const gist = ({ title, authors, abstract, published, venue }: PaperRecord) => ({
  ...{ title, authors, abstract, published, venue: venue?.name },
})

/** Checks the records read from a file with damaged entries; returns the differences. */
async function faultsOf(format: Format, entries: string[], damaged: number[]): Promise<string[]> {
  const text = textOf(format, entries)
  const read = await readDamaged(format.name, bytesOf(text))
  const whole = await wholeOf(format)
  const faults: string[] = []
  for (const [i, expected] of whole.entries()) {
    if (damaged.includes(i)) continue
    const found = read.records.filter((record) => titleOf(record) === mark(i))
    if (found.length !== 1) faults.push(`entry ${i} was read ${found.length} times`)
    else if (JSON.stringify(found.map(gist)) !== JSON.stringify([expected].map(gist)))
      faults.push(`entry ${i} was read otherwise: ${JSON.stringify(found.map(gist))}`)
  }
  for (const record of read.records) {
    const { abstract, authors, venue, title } = record
    const marks = marksIn(JSON.stringify([title, abstract, authors, venue]))
    if (marks.size > 1) faults.push(`${[...marks].join(' and ')} are in one record`)
  }
  const left = damaged.filter((i) => !marksIn(entries[i] ?? '').has(mark(i))).length
  const lost = COUNT - left - read.records.length
  if (lost > 0 && read.rejects.length === 0) faults.push(`${lost} entries vanished`)
  return faults
}

const cached = new Map<string, PaperRecord[]>()

async function wholeOf(format: Format): Promise<PaperRecord[]> {
  const known = cached.get(format.name)
  if (known) return known
  const entries = Array.from({ length: COUNT }, (_, i) => format.entry(i))
  const { records, rejects, repairs } = await readDamaged(
    format.name,
    Buffer.from(textOf(format, entries)),
  )
  expect({ rejects, repairs }).toEqual({ rejects: [], repairs: [] })
  expect(records.map(titleOf)).toEqual(entries.map((_, i) => mark(i)))
  cached.set(format.name, records)
  return records
}

/** Positions in an entry of a number of characters: each of its parts, and its ends. */
const placesIn = (entry: string) =>
  Array.from({ length: 6 }, (_, k) => Math.round(((entry.length - 2) * k) / 5) + 1)

/** The first, one between others, and the last. */
const DAMAGED = [0, (COUNT - 1) / 2, COUNT - 1]

/**
 * Whether one of `DAMAGED` is damaged at this one of its positions: each position of one of the three, and each of the three at two
 * positions.
 */
const isDamagedAt = atLeast(
  (i: number, place: number) => DAMAGED[place % DAMAGED.length] === i,
  () => true,
)

test.each(FORMATS)('$name: damage of every kind at every position', async (format) => {
  const faults: string[] = []
  for (const [name, damage] of Object.entries({ ...DAMAGES, ...OWN_DAMAGES[format.name] })) {
    const isAnywhere = name in DAMAGES
    for (const i of DAMAGED)
      for (const [place, at] of (isAnywhere ? placesIn(format.entry(i)) : [0]).entries()) {
        if (isAnywhere && !isDamagedAt(i, place)) continue
        const entries = Array.from({ length: COUNT }, (_, n) => format.entry(n))
        entries[i] = damage(entries[i] ?? '', at)
        for (const fault of await faultsOf(format, entries, [i]))
          faults.push(`${name} in entry ${i} at ${at}: ${fault}`)
      }
  }
  expect(faults).toEqual([])
})

const CUTS = atLeast(11, 25)

test.each(FORMATS)('$name: a file truncated anywhere', async (format) => {
  const entries = Array.from({ length: COUNT }, (_, i) => format.entry(i))
  const text = textOf(format, entries)
  const faults: string[] = []
  for (let k = 1; k <= CUTS; k++) {
    const kept = text.slice(0, Math.round((text.length * k) / CUTS))
    const read = await readDamaged(format.name, Buffer.from(kept))
    const whole = entries.filter((entry) => kept.includes(entry)).length
    const begun = entries.filter((_, i) => kept.includes(mark(i))).length
    const titles = read.records.map(titleOf)
    for (let i = 0; i < whole; i++) if (!titles.includes(mark(i))) faults.push(`${k}: ${i} is lost`)
    if (titles.length + read.rejects.length < begun && !read.fault)
      faults.push(
        `${k}: of ${begun} entries ${titles.length} were read, ${read.rejects.length} told`,
      )
  }
  expect(faults).toEqual([])
})

test.each(
  FORMATS.filter(({ name }) => !/xml|arxiv|acl/.test(name)).flatMap((format) =>
    Object.entries(LINE_ENDS).map(([name, change]) => [format.name, name, format, change] as const),
  ),
)('%s with line ends of %s', async (_, __, format, change) => {
  const entries = Array.from({ length: COUNT }, (_, i) => format.entry(i))
  const { records, rejects } = await readDamaged(
    format.name,
    Buffer.from(change(textOf(format, entries))),
  )
  expect(rejects).toEqual([])
  expect(records.map(gist)).toEqual((await wholeOf(format)).map(gist))
})

/** Formats that are not damaged here, each with the reason. */
const UNDAMAGED: Record<string, string> = {
  auto: 'finds out the format',
  'arxiv-atom': 'one XML document: what follows a fault in it is not read',
  'hf-listing': 'lines without syntax',
  'retraction-watch': 'CSV, read as that of csv',
  ...Object.fromEntries(
    [
      'paperql',
      'paperlists',
      'hf-daily',
      'pwc',
      'cv-daily',
      'crossref',
      'datacite',
      'openalex',
      'orcid',
      'openreview',
      'ror',
      's2',
      'csl-json',
      'json-list',
    ].map((name) => [name, 'JSON, read as that of arxiv']),
  ),
}

test('every format is damaged here, or has a reason why not', () => {
  const known = [...FORMATS.map(({ name }) => name), ...Object.keys(UNDAMAGED)]
  expect(known.toSorted()).toEqual(importFormats.map(({ name }) => name).toSorted())
})

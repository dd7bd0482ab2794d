import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { sourceName } from '../../../src/domain/entity/source.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { PRECEDENCE } from '../../../src/domain/record/precedence.ts'
import { claimRank } from '../../../src/domain/record/same/comparable.ts'
import { entryOf } from '../../../src/import/entry.ts'
import { findAdapter, importFormats } from '../../../src/import/formats.ts'
import { openInput } from '../../../src/import/input/input.ts'
import { ENTRIES } from '../../helpers/stated-entries.ts'
import { STATED_TEXTS } from '../../helpers/stated-texts.ts'

const pathOf = (relative: string) => fileURLToPath(new URL(`../../../${relative}`, import.meta.url))
const read = (relative: string) => readFileSync(pathOf(relative), 'utf8')

/** Made-up files of each format. The recipe for a source is in src/import/sources/README.md. */
const FIXTURES: Record<string, string[]> = {
  paperql: ['export/export-1.jsonl'],
  paperlists: ['import/paperlists.json'],
  openreview: ['import/openreview.json'],
  'hf-listing': ['import/hf-listing.txt'],
  arxiv: ['import/arxiv.jsonl'],
  'arxiv-atom': ['import/arxiv-atom.xml'],
  'hf-daily': ['import/hf-daily.json'],
  pwc: ['import/pwc-papers.json', 'import/pwc-links.json', 'import/pwc-methods.json'],
  'cv-daily': ['import/cv-daily.json'],
  crossref: ['import/crossref.json'],
  datacite: ['import/datacite.json'],
  'acl-anthology': ['import/acl-anthology.xml'],
  jats: ['import/jats.xml'],
  orcid: ['import/orcid.json'],
  openalex: [
    'import/openalex.jsonl',
    'import/openalex-authors.jsonl',
    'import/openalex-topics.jsonl',
  ],
  ror: ['import/ror.json', 'import/ror-v1.json'],
  s2: ['papers', 'abstracts', 'tldrs', 'authors', 'citations'].map((of) => `import/s2-${of}.jsonl`),
  bibtex: ['import/library.bib'],
  csv: ['import/table.csv'],
  'retraction-watch': ['import/retraction-watch.csv'],
  ris: ['import/library.ris'],
  tagged: ['import/savedrecs.ciw', 'import/scholar.enw', 'import/refworks.txt'],
  nbib: ['import/library.nbib'],
  'pubmed-xml': ['import/pubmed.xml'],
  'oai-pmh': ['import/oai-pmh.xml'],
  'endnote-xml': ['import/library.endnote.xml'],
  'csl-json': ['import/csl.json'],
  'json-list': ['import/list.json'],
}

/** Sources without a place in the precedence, each with the reason. */
const UNRANKED: Record<string, string> = {
  csv: 'a table may be from anywhere: it is believed last',
  ror: 'it says nothing of papers',
  orcid: 'it says nothing of papers',
}

/** Formats whose entries are not broken value by value in losses-json.test.ts or losses-text.test.ts, each with the reason. */
const UNBROKEN: Record<string, string> = {
  paperql: 'it is checked field by field: paperql.test.ts',
  'json-list': 'its entries are rows of a table: json-list.test.ts',
  paperlists: 'lists differ in the fields that they have: paperlists.test.ts',
  'hf-listing': 'its lines are read by their own forms: listings.test.ts',
  'cv-daily': 'it is one row of a table for each paper: listings.test.ts',
  'retraction-watch': 'it says of papers only which notices they got',
  tagged: 'its fields are read by those who read ris',
  ror: 'it says nothing of papers',
  orcid: 'it says nothing of papers',
}

const formats = importFormats.map(({ name }) => name).filter((name) => name !== 'auto')

test('each format has a test file', () => {
  expect(Object.keys(FIXTURES).toSorted()).toEqual(formats.toSorted())
  const files = readdirSync(pathOf('tests/fixtures/import')).map((file) => `import/${file}`)
  const tried = Object.values(FIXTURES).flat()
  expect(files.filter((file) => !tried.includes(file))).toEqual([])
})

test('wrong values are tested in an entry of each format', () => {
  const broken = [...Object.keys(ENTRIES), ...Object.keys(STATED_TEXTS)]
  expect(formats.filter((name) => !broken.includes(name)).toSorted()).toEqual(
    Object.keys(UNBROKEN).toSorted(),
  )
})

async function recordsIn(format: string): Promise<PaperRecord[]> {
  return (await entriesIn(format)).flatMap((entry) =>
    'record' in entry ? [entry.record, ...entry.also] : [],
  )
}

/** The entries that the adapter reads in the fixtures of a format. */
async function entriesIn(format: string): Promise<ReturnType<typeof entryOf>[]> {
  const entries: ReturnType<typeof entryOf>[] = []
  for (const file of FIXTURES[format] ?? []) {
    const input = await openInput(pathOf(`tests/fixtures/${file}`))
    const adapter = await findAdapter('auto', input)
    expect(adapter, `${file} is recognised`).toBe(await findAdapter(format, input))
    for await (const outcome of adapter(input.text, file)) {
      entries.push(entryOf(outcome))
    }
  }
  return entries
}

/** The sources that adapters name in the fixtures of a format. */
async function sourcesIn(format: string): Promise<Set<string>> {
  const sources = new Set<string>()
  for (const entry of await entriesIn(format)) {
    if ('record' in entry)
      for (const { source } of [entry.record, ...entry.also]) sources.add(source)
    else if ('profile' in entry) sources.add(entry.profile.source)
    else if ('edge' in entry) sources.add(entry.source)
  }
  return sources
}

test.each(formats.filter((name) => name !== 'paperql'))(
  '%s: its sources have a name to credit and a place in the precedence',
  async (format) => {
    const sources = [...(await sourcesIn(format))]
    expect(sources).not.toEqual([])
    const facts: readonly string[] = PRECEDENCE.facts
    for (const source of sources) {
      expect([source, sourceName(source)], 'in SOURCES').not.toEqual([source, source])
      expect(facts.includes(source) || source in UNRANKED, `${source} in PRECEDENCE.facts`).toBe(
        true,
      )
    }
  },
)

test('the table of formats in the README is complete', () => {
  const rows = read('src/import/README.md').matchAll(/^\| `([\w-]+)` +\|/gm)
  expect([...rows].map(([, name]) => name).toSorted()).toEqual([...formats, 'auto'].toSorted())
})

test.each(Object.entries(PRECEDENCE))('the README has the precedence of %s', (_, sources) => {
  const row = sources.map((source) => `\`${source}\``).join(', ')
  expect(read('src/domain/record/README.md')).toContain(`| ${row} `)
})

/** Identifiers that a source assigns itself; others are links, which weigh less when papers are matched. */
const OWN: Record<string, string[]> = {
  ...{
    'acl-anthology': ['acl'],
    arxiv: ['arxiv'],
    'arxiv-atom': ['arxiv'],
    'arxiv-oai': ['arxiv'],
    'cv-daily': ['arxiv'],
    'hf-daily': ['arxiv', 'hf'],
  },
  ...{
    crossref: ['doi'],
    datacite: ['doi'],
    openalex: ['openalex'],
    openreview: ['openreview'],
    pwc: ['pwc'],
    'pwc-links': ['pwc'],
  },
  ...{ s2: ['corpusid', 's2'], 's2-abstracts': ['corpusid'], 's2-tldrs': ['corpusid'] },
  // Their records come from many places, or have no ids of their own.
  ...{ bibtex: [], 'csl-json': [], csv: [], 'endnote-xml': [], nbib: [], ris: [] },
  ...{
    'crossref-notices': [],
    jats: [],
    'pubmed-xml': [],
    'oai-dc': [],
    'hf-listing': [],
    paperlists: [],
    'pwc-methods': [],
    'retraction-watch': [],
  },
}

test('each source has its own identifiers in OWN_SCHEMES, or none', async () => {
  const own: Record<string, Set<string>> = {}
  for (const format of formats.filter((name) => name !== 'paperql'))
    for (const record of await recordsIn(format)) {
      const bare = { ...record, key: '', landingUrl: null, pdfUrl: null }
      own[record.source] ??= new Set()
      for (const identifier of record.identifiers)
        if (claimRank(bare, identifier) === 0) own[record.source]?.add(identifier.scheme)
    }
  const found = Object.entries(own).map(([source, schemes]) => [source, [...schemes].toSorted()])
  expect(Object.fromEntries(found)).toEqual(OWN)
})

test.each(formats.filter((name) => name !== 'paperql'))(
  '%s: an export holds its records unchanged, so that a returning one is unchanged',
  async (format) => {
    const { readPaperql } = await import('../../../src/import/sources/paperql.ts')
    const records = await recordsIn(format)
    const lines = records.map((record) => `${JSON.stringify({ record, fetchedAt: null })}\n`)
    const text = (async function* () {
      yield Buffer.from(`{"paperql":1}\n${lines.join('')}`)
    })()
    const back: string[] = []
    for await (const outcome of readPaperql(text, 'export.jsonl')) {
      const entry = entryOf(outcome)
      // Its hash also depends on the order of its fields.
      if ('record' in entry) back.push(JSON.stringify(entry.record))
    }
    expect(back).toEqual(records.map((record) => JSON.stringify(record)))
  },
)

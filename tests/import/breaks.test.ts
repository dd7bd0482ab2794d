import { createHash } from 'node:crypto'
import { mkdtempSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { constants, gunzipSync, gzipSync } from 'node:zlib'
import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { emptyCatalogue } from '../helpers/catalogue.ts'
import { type CliOptions, runCli } from '../helpers/cli.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { askWell } from '../helpers/graphql.ts'
import { importFolder } from '../helpers/import-folder.ts'

const { write, load: loadInto } = importFolder()

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterEach(() => emptyCatalogue(t.db))
afterAll(() => t.close())

const load = (files: string[], options = {}) => loadInto(t, files, options)

/** Text that hardly compresses, and differs between entries. */
const noise = (i: number) => createHash('sha256').update(`${i}`).digest('hex')
const title = (i: number) => `Study ${i} of ${noise(i)}`
const numbersIn = (titles: string[]) =>
  titles.map((one) => Number(/^Study (\d+)/.exec(one)?.[1])).toSorted((a, b) => a - b)
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i)

interface Format {
  name: string
  entry: (i: number) => string
  begin?: string
  between?: string
  end?: string
}

const person = (i: number) => `Bee, Ann ${String.fromCharCode(65 + (i % 26))}.`

const FORMATS: Format[] = [
  {
    name: 'bibtex',
    entry: (i) =>
      `@inproceedings{key${i},\n  title = {${title(i)}},\n  author = {${person(i)}},\n  year = 2019${i % 50 === 7 ? `,\n  crossref = {missing${i}}` : ''}\n}`,
  },
  {
    name: 'ris',
    entry: (i) => `TY  - JOUR\nID  - k${i}\nTI  - ${title(i)}\nAU  - ${person(i)}\nER  - `,
  },
  {
    name: 'csv',
    begin: 'title,authors,abstract\n',
    entry: (i) => `${title(i)},"${person(i)}","It says ${i},\nat length."`,
  },
  {
    name: 'nbib',
    entry: (i) => `PMID- ${1234000 + i}\nTI  - ${title(i)}\nFAU - ${person(i)}\nDP  - 2019\n`,
  },
  {
    name: 'endnote-xml',
    begin: '<?xml version="1.0" encoding="UTF-8"?><xml><records>',
    entry: (i) =>
      `<record><rec-number>${i}</rec-number><ref-type name="Book">6</ref-type><titles><title>${title(i)}</title></titles></record>`,
    end: '</records></xml>\n',
  },
  {
    name: 'jats',
    begin: '<articles>\n',
    entry: (i) =>
      `<article><front><article-meta><article-id pub-id-type="doi">10.1234/key${i}</article-id><title-group><article-title>${title(i)}</article-title></title-group></article-meta></front></article>`,
    end: '</articles>\n',
  },
  {
    name: 'oai-pmh',
    begin:
      '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><request metadataPrefix="oai_dc">x</request><ListRecords>\n',
    entry: (i) =>
      `<record><header><identifier>oai:a:${i}</identifier></header><metadata><oai_dc:dc><dc:title>${title(i)}</dc:title></oai_dc:dc></metadata></record>`,
    end: '</ListRecords></OAI-PMH>\n',
  },
  {
    name: 'pubmed-xml',
    begin: '<PubmedArticleSet>\n',
    entry: (i) =>
      `<PubmedArticle><MedlineCitation><PMID>${1234000 + i}</PMID><Article><ArticleTitle>${title(i)}</ArticleTitle></Article></MedlineCitation></PubmedArticle>`,
    end: '</PubmedArticleSet>\n',
  },
  {
    name: 'acl-anthology',
    begin: '<collection id="2020.acl">\n<volume id="main">\n<meta>\n</meta>\n',
    entry: (i) => `<paper id="${i + 1}"><title>${title(i)}</title></paper>`,
    end: '</volume>\n</collection>\n',
  },
  {
    name: 'arxiv-atom',
    begin: '<feed xmlns="http://www.w3.org/2005/Atom">\n',
    entry: (i) =>
      `<entry><id>http://arxiv.org/abs/2101.${10000 + i}v1</id><title>${title(i)}</title><published>2021-01-01T00:00:00Z</published></entry>`,
    end: '</feed>\n',
  },
  {
    name: 'arxiv',
    entry: (i) => JSON.stringify({ id: `2101.${10000 + i}`, title: title(i), categories: 'cs.CL' }),
  },
  {
    name: 'paperlists',
    begin: '[',
    entry: (i) => JSON.stringify({ id: `2021.acl-long.${i}`, title: title(i), author: 'Ada' }),
    between: ',\n',
    end: ']\n',
  },
  {
    name: 'crossref',
    begin: '{"status": "ok", "message": {"items": [',
    entry: (i) => JSON.stringify({ DOI: `10.1234/${i}`, title: [title(i)], type: 'book' }),
    between: ',\n',
    end: ']}}\n',
  },
  {
    name: 'cv-daily',
    begin: '{"Parsing": {',
    entry: (i) =>
      `"2101.${10000 + i}": ${JSON.stringify(`|**2021-01-01**|**${title(i)}**|Ann Bee et.al.|[2101.${10000 + i}](http://arxiv.org/abs/2101.${10000 + i})|null|\n`)}`,
    between: ',\n',
    end: '}}\n',
  },
]

const COUNT = 60

const textOf = ({ begin = '', between = '\n', end = '\n', entry }: Format, count = COUNT) =>
  begin + upTo(count).map(entry).join(between) + end

/** The complete entries in a text. */
const wholeIn = (text: string, { entry }: Format) =>
  upTo(COUNT).filter((i) => text.includes(entry(i)))

const cutGzip = (text: string) => {
  const packed = gzipSync(text)
  return packed.subarray(0, Math.floor(packed.length * 0.7))
}

const unpacked = (cut: Buffer) =>
  gunzipSync(cut, { finishFlush: constants.Z_SYNC_FLUSH }).toString('latin1')

const jobs = () =>
  t.db.query<{ state: string; error: string | null }>(
    sql`select state, error from import_jobs order by id`,
  )

test.each(FORMATS)(
  '$name: all entries before the end of a truncated compressed file are imported, and the rest from the complete file',
  async (format) => {
    const { name } = format
    const cut = cutGzip(textOf(format))
    const whole = wholeIn(unpacked(cut), format)
    expect(whole.length).toBeGreaterThan(COUNT / 3)
    const path = write(`${name}.gz`, cut)
    const { report, rejects, notices, titles } = await load([path])
    // A PubMed record is only known to be complete when the next one begins.
    expect(name === 'nbib' ? [whole, whole.slice(0, -1)] : [whole]).toContainEqual(
      numbersIn(titles),
    )
    const { position, reason } = report.unreadable[0] ?? {}
    expect(report).toMatchObject({ state: 'partial', read: titles.length, rejected: 0 })
    expect(report.unreadable).toEqual([{ file: path, position, reason }])
    expect(reason).toMatch(
      /\.gz is truncated: .* It was read up to its record \d+, at position \d+\.$/,
    )
    expect(rejects).toEqual([{ file: `${name}.gz`, position, key: null, reason }])
    expect(notices).toEqual([`${reason} The records before it are imported.`])
    expect(await jobs()).toEqual([{ state: 'done', error: reason }])

    write(`${name}.gz`, gzipSync(textOf(format)))
    const again = await load([path])
    expect(again.report).toMatchObject({ state: 'done', unreadable: [], resumedAt: null })
    expect(again.report).toMatchObject({ unchanged: titles.length, read: COUNT })
    expect(numbersIn(again.titles)).toEqual(upTo(COUNT))
  },
)

test.each(FORMATS)(
  '$name: NUL bytes in the middle are reported, and no entry is joined from two',
  async (format) => {
    const bytes = Buffer.from(textOf(format))
    const [start, end] = [19, 40].map((i) => bytes.indexOf(title(i)) + 10) as [number, number]
    bytes.fill(0, start, end)
    const path = write(`${format.name}.txt`, bytes)
    const { report, rejects, titles } = await load([path], { format: format.name })
    const known = new Set(upTo(COUNT).map(title))
    expect(titles.filter((one) => !known.has(one))).toEqual([])
    const found = numbersIn(titles)
    expect(found).toEqual(expect.arrayContaining(upTo(19)))
    expect(found.filter((i) => i >= 19 && i <= 40)).toEqual([])
    // A file that its parser reads as one document cannot be read beyond a fault.
    const isWhole = format.name !== 'arxiv-atom'
    expect(report.state).toBe(isWhole ? 'done' : 'partial')
    if (isWhole) expect(found).toEqual(expect.arrayContaining([41, COUNT - 1]))
    expect(rejects.map(({ reason }) => reason)).toContainEqual(
      expect.stringMatching(
        `text is lost: ${(end - start).toLocaleString('en')} NUL bytes .* from byte ${start.toLocaleString('en')} on`,
      ),
    )
  },
)

const formatOf = (name: string) => FORMATS.find((one) => one.name === name) as Format
const entryOf = (name: string, i: number) => formatOf(name).entry(i)
const answer = textOf(formatOf('crossref'))
const arrayOf = textOf(formatOf('paperlists'))
const linesOf = textOf(formatOf('arxiv'))

const BLOCK = 100

/** A zstd frame of uncompressed blocks. */
function zstd(text: string): Buffer {
  const blocks = upTo(Math.ceil(text.length / BLOCK)).map((i) => {
    const part = Buffer.from(text.slice(i * BLOCK, (i + 1) * BLOCK))
    const head = Buffer.alloc(3)
    head.writeUIntLE(part.length * 8 + Number((i + 1) * BLOCK >= text.length), 0, 3)
    return Buffer.concat([head, part])
  })
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0x58]), ...blocks])
}

const damagedGzip = () => {
  const packed = gzipSync(linesOf)
  return packed.fill(0xaa, packed.length - 8, packed.length - 4)
}

const IN_JSON = /cannot be read to its end: the JSON ends in the middle of a record\./

/** Files that break: name, bytes, number of complete entries in their text, and reason. */
const BREAKS: [string, string, string | Buffer, number, RegExp][] = [
  ['an array that is cut', 'a.json', arrayOf.slice(0, arrayOf.indexOf(title(30)) + 9), 30, IN_JSON],
  [
    'an array that is cut before an entry',
    'b.json',
    arrayOf.slice(0, arrayOf.indexOf(entryOf('paperlists', 30))),
    30,
    IN_JSON,
  ],
  [
    'an answer of an API that is cut',
    'c.json',
    answer.slice(0, answer.indexOf(title(30)) + 9),
    30,
    IN_JSON,
  ],
  [
    'XML that is not well-formed',
    'd.xml',
    textOf(formatOf('arxiv-atom')).replace(`${title(30)}</title>`, title(30)),
    30,
    /d\.xml cannot be read to its end: unexpected close tag at line 32, column \d+\./,
  ],
  [
    'XML that is cut between entries',
    'e.xml',
    textOf(formatOf('acl-anthology'), 30).replace('</volume>\n</collection>\n', ''),
    30,
    /e\.xml cannot be read to its end: the XML ends without <\/collection>\./,
  ],
  [
    'zstd that is cut',
    'f.zst',
    zstd(linesOf).subarray(0, 6 + 40 * (BLOCK + 3) + 50),
    wholeIn(linesOf.slice(0, 40 * BLOCK), formatOf('arxiv')).length,
    /f\.zst is truncated: its zstd data/,
  ],
  ['gzip whose sum is wrong', 'g.gz', damagedGzip(), COUNT, /g\.gz is damaged: its gzip data/],
]

test.each(BREAKS)(
  '%s: earlier entries are imported, and the break is reported',
  async (_, name, bytes, count, why) => {
    const path = write(name, bytes)
    const { report, rejects, notices, titles } = await load([path])
    expect(numbersIn(titles)).toEqual(upTo(count))
    expect(report).toMatchObject({ state: 'partial', read: count, created: count, rejected: 0 })
    const { position, reason } = report.unreadable[0] ?? {}
    expect(reason).toMatch(why)
    expect(reason).toMatch(
      ` It was read up to its record ${count}, at position ${Number(position) - 1}.`,
    )
    expect(rejects).toEqual([{ file: name, position, key: null, reason }])
    expect(notices).toEqual([`${reason} The records before it are imported.`])
    expect(await jobs()).toEqual([{ state: 'done', error: reason }])
  },
)

test('a truncated last line of JSON is rejected like other broken ones', async () => {
  const path = write('cut.jsonl', linesOf.slice(0, linesOf.indexOf(title(30)) + 9))
  const { report, rejects } = await load([path])
  expect(report).toMatchObject({ state: 'done', read: 31, created: 30, rejected: 1 })
  expect(rejects).toMatchObject([{ position: 31, reason: expect.stringMatching(/not valid JSON/) }])
})

/** Lines of 20 kB, so that a file is not read ahead to its end. */
const longLines = upTo(150)
  .map(
    (i) =>
      `{"id": "2101.${10000 + i}", "title": "${title(i)}", "categories": "cs.CL", "of": "${'x'.repeat(20_000)}"}\n`,
  )
  .join('')

test('a file that shrinks while it is read', async () => {
  const path = write('shrinking.jsonl', longLines)
  const onProgress = () => truncateSync(path, 2_500_000)
  const { report, rejects, titles } = await load([path], { batchSize: 30, onProgress })
  expect(titles.length).toBeGreaterThan(100)
  expect(numbersIn(titles)).toEqual(upTo(titles.length))
  expect(report).toMatchObject({ state: 'partial', read: titles.length })
  expect(rejects).toEqual([
    {
      ...{ file: 'shrinking.jsonl', position: titles.length + 1, key: null },
      reason: expect.stringMatching(/became shorter .* ends after 2,500,000 of 3,\d+,\d+ bytes/),
    },
  ])
})

test('readable files are read; if none is readable, the first error is thrown', async () => {
  const [cut, whole] = [write('cut.json', arrayOf.slice(0, 3000)), write('whole.jsonl', linesOf)]
  const { report, notices } = await load([cut, whole])
  expect(report).toMatchObject({ state: 'partial', unreadable: [{ file: cut }] })
  expect(notices).toEqual([`${report.unreadable[0]?.reason} The other files are read.`])
  expect(await jobs()).toEqual([
    {
      state: 'done',
      error: `1 of 2 files could not be read to the end: ${report.unreadable[0]?.reason}`,
    },
  ])
  const none = [write('one.json', '[{"id": "a", "tit'), write('two.json', '[{"id": "b", "tit')]
  await expect(load(none, { format: 'paperlists' })).rejects.toThrow(
    /one\.json cannot be read to its end: .*None of the 2 files can be read/,
  )
})

test('a break is reported once, even if the import was stopped after it and resumed', async () => {
  const cut = write('cut-first.json', arrayOf.slice(0, arrayOf.indexOf(title(30)) + 9))
  const none = write('none.txt', 'This is a note.')
  const files = [cut, none, write('then.jsonl', longLines)]
  const stop = new AbortController()
  const first = await load(files, {
    ...{ batchSize: 20, signal: stop.signal },
    onProgress: ({ file }: { file: string }) => file.endsWith('then.jsonl') && stop.abort(),
  })
  expect(first.report).toMatchObject({ state: 'stopped' })
  expect(first.report.unreadable).toHaveLength(2)
  const { report, rejects } = await load(files)
  expect(report).toMatchObject({ state: 'partial', resumedAt: first.report.read })
  expect(report.unreadable).toEqual(first.report.unreadable)
  const told = report.unreadable.map(({ file, ...fault }) => ({ file: basename(file), ...fault }))
  expect(rejects).toEqual(told.map((fault) => ({ ...fault, key: null })))
  const kept = await t.db.query(
    sql`select file, position::int, reason from import_rejects where job_id = ${report.id}::bigint order by number`,
  )
  expect(kept).toEqual(told)
})

test.each([
  ['zip', 'PK\x03\x04\x14\0', /is a zip file: unpack it, .* \(\.xlsx\)/],
  ['xz', '\xfd7zXZ\0\0\x04', /is a xz file: unpack it/],
  ['bz2', 'BZh91AY&SY', /is a bzip2 file: unpack it/],
])('a .%s file must be unpacked first', async (end, head, message) => {
  await expect(load([write(`refs.${end}`, Buffer.from(head, 'latin1'))])).rejects.toThrow(message)
})

describe('the command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paperql-breaks-'))
  const cli = (args: string[], options: CliOptions = {}) =>
    runCli(args, { env: { DATABASE_URL: t.url }, cwd: folder, ...options })

  test('exits with the code for rejects, prints the summary, and lists the run with its reason', async () => {
    const path = write('cut.json', arrayOf.slice(0, arrayOf.indexOf(title(30)) + 9))
    const reason = `${path} cannot be read to its end: the JSON ends in the middle of a record. It was read up to its record 30, at position 29.`
    const { code, stdout, stderr } = await cli(['import', 'auto', path])
    expect([code, stderr]).toEqual([3, `${reason} The records before it are imported.\n`])
    expect(stdout.split('\n').map((line) => line.replace(/in [\d.]+ s/, 'in 1 s'))).toEqual([
      'Read 30 records in 1 s: 30 created, 0 updated, 0 merged, 0 unchanged, 0 rejected.',
      `1 file could not be read to the end: ${reason}`,
      `Rejected records, each with position and reason: ${join(folder, 'cut.json.rejects.jsonl')}`,
      '',
    ])
    const list = await cli(['imports', '--state', 'partial'])
    expect(list.stdout).toMatch(/^\s*\d+ {2}partial /m)
    expect(list.stdout).toContain(`cut.json: ${reason}`)
    const number = /^ *(\d+) {2}partial/m.exec(list.stdout)?.[1] ?? ''
    const one = await cli(['imports', number])
    expect(one.stdout).toContain(`: partial. Started`)
    expect(one.stdout).toContain(`\nNot all could be read: ${reason}\n`)
    expect(one.stdout).toContain(`\n  cut.json:30: ${reason}`)
  })

  test('reports the same as JSON, also for standard input', async () => {
    const input = arrayOf.slice(0, arrayOf.indexOf(title(30)) + 9)
    const { code, stdout } = await cli(['import', 'paperlists', '-', '--json'], { input })
    expect(code).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ state: 'partial', read: 30, created: 30 },
      unreadable: [
        { file: 'stdin', position: 30, reason: expect.stringMatching(/^Standard input/) },
      ],
    })
  })

  test('fails if nothing could be read', async () => {
    const { code, stdout, stderr } = await cli(['import', 'paperlists', '-'], {
      input: '[{"id": "x',
    })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^error: Standard input cannot be read to its end/)
  })
})

test('clients with the key see that a run is partial, and why', async () => {
  await load([write('cut.json', arrayOf.slice(0, arrayOf.indexOf(title(30)) + 9))])
  const reason = expect.stringMatching(/cut\.json cannot be read to its end/)
  const { data } = await askWell(
    t,
    `{ imports(state: [PARTIAL]) { nodes { state error readCount currentFile
      files { nodes { isDone } } rejects { nodes { file position reason isRepaired } } } }
      done: imports(state: [DONE]) { totalCount } }`,
    {},
    'admin',
  )
  expect(data).toEqual({
    imports: {
      nodes: [
        {
          ...{ state: 'PARTIAL', error: reason, readCount: 30 },
          currentFile: expect.stringMatching(/cut\.json$/),
          files: { nodes: [{ isDone: false }] },
          rejects: { nodes: [{ file: 'cut.json', position: 30, reason, isRepaired: false }] },
        },
      ],
    },
    done: { totalCount: 0 },
  })
})

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { linksIn } from '../../../src/domain/record/links.ts'
import { mergeRecords } from '../../../src/domain/record/merge/merge.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { linkKindOf } from '../../../src/domain/reference/link-kind.ts'
import { entryOf } from '../../../src/import/entry.ts'
import { findAdapter } from '../../../src/import/formats.ts'
import { openInput } from '../../../src/import/input/input.ts'
import { paperRecord } from '../../helpers/catalogue.ts'

const DATA = fileURLToPath(new URL('../../../../shared/data', import.meta.url))
const FIXTURES = fileURLToPath(new URL('../../fixtures/import', import.meta.url))

/** The guarded records, the repairs and the reasons of rejects in a file. */
async function readFile(path: string, format = 'auto') {
  const input = await openInput(path)
  const adapter = await findAdapter(format, input)
  const entries: ReturnType<typeof entryOf>[] = []
  for await (const outcome of adapter(input.text, input.name)) {
    const entry = entryOf(outcome)
    entries.push('read' in entry ? entry.read() : entry)
  }
  const records = entries.flatMap((entry) => ('record' in entry ? [entry.record] : []))
  const repairs = entries.flatMap((entry) => ('record' in entry ? entry.repairs : []))
  const rejects = entries.flatMap((entry) => ('reject' in entry ? [entry.reject.reason] : []))
  return { records, repairs, rejects }
}

test.each([
  ['https://huggingface.co/spaces/org/app', 'space'],
  ['https://org-app.hf.space/?x=1', 'space'],
  ['https://hf.co/datasets/org/data', 'dataset'],
  ['https://huggingface.co/org/model', 'model'],
  ['https://huggingface.co/org/model/tree/main', 'model'],
  ['https://huggingface.co/org', null],
  ['https://huggingface.co/papers/2401.00001', null],
  ['https://huggingface.co/collections/org/all-1', null],
  ['https://youtu.be/abc', 'video'],
  ['https://www.youtube.com/watch?v=abc', 'video'],
  ['https://youtube.com/', null],
  ['https://slideslive.com/38930000/talk', 'video'],
  ['https://player.vimeo.com/video/1', 'video'],
  ['https://example.org/talk.mp4', 'video'],
  ['https://example.org/talk.pptx', 'slides'],
  ['https://docs.google.com/presentation/d/1', 'slides'],
  ['https://docs.google.com/document/d/1', null],
  ['https://nerf.github.io', 'project_page'],
  ['https://lab.github.io/nerf/', 'project_page'],
  ['https://sites.google.com/view/nerf', 'project_page'],
  ['https://colab.research.google.com/drive/1', 'demo'],
  ['https://youtube.com.evil.example/watch', null],
  ['https://example.org/a.pdf', null],
  ['not a url', null],
])('%s leads to %s', (url, kind) => {
  expect(linkKindOf(url)).toBe(kind)
})

test.each([
  ['Project page: https://a.example/nerf.', [['project_page', 'https://a.example/nerf']]],
  ['Our demo is available at (https://a.example/demo).', [['demo', 'https://a.example/demo']]],
  [
    'Videos can be found on the project website: https://a.example/x',
    [['project_page', 'https://a.example/x']],
  ],
  [
    'Code: https://github.com/a/b and video https://youtu.be/x_y',
    [['video', 'https://youtu.be/x_y']],
  ],
  [
    'Models at https://huggingface.co/org/m\\_1, data at https://a.example/d',
    [['model', 'https://huggingface.co/org/m_1']],
  ],
  ['We model weather. See https://a.example/ for prizes.', []],
  [
    'The dataset is at https://a.example/wiki_(data).',
    [['dataset', 'https://a.example/wiki_(data)']],
  ],
  ['no link', []],
])('the text %j gives %j', (text, expected) => {
  expect(linksIn(text).map(({ kind, url }) => [kind, url])).toEqual(expected)
})

describe('the same facts in several records', () => {
  const merged = (...records: Partial<PaperRecord>[]) =>
    mergeRecords(records.map((record, i) => paperRecord({ key: `${i}`, ...record })))

  test('a page is shown once, with its most specific kind, and code is not a link', () => {
    const { links } = merged(
      { source: 'paperlists', links: [{ kind: 'other', url: 'http://www.a.example/x/' }] },
      { source: 'hf-daily', links: [{ kind: 'demo', url: 'https://a.example/x#top' }] },
      { pdfUrl: 'https://a.example/x.pdf', abstract: 'Code: https://github.com/a/b' },
    )
    expect(links).toEqual([
      { kind: 'pdf', url: 'https://a.example/x.pdf', source: 'test' },
      { kind: 'demo', url: 'https://a.example/x#top', source: 'hf-daily' },
    ])
  })

  test('one version from several interfaces is one event; other notices stay separate', () => {
    const version = (number: number | undefined, on: string, v = '') => ({
      ...{ kind: 'version' as const, on, notice: `https://arxiv.org/abs/1${v}` },
      ...(number && { number }),
    })
    const { events, isRetracted } = merged(
      {
        source: 'arxiv',
        events: [version(1, '2020-01-01', 'v1'), version(undefined, '2020-02-02')],
      },
      {
        source: 'arxiv-atom',
        events: [version(1, '2020-01-01', 'v1'), version(2, '2020-02-02', 'v2')],
      },
      {
        source: 'crossref',
        isRetracted: true,
        events: [
          { kind: 'retraction', on: '2021-03-03', notice: 'https://doi.org/10.1/r' },
          { kind: 'correction', on: '2020-05-05', notice: 'https://doi.org/10.1/c' },
          { kind: 'correction', on: '2020-05-05', notice: 'https://doi.org/10.1/d' },
        ],
      },
      { source: 'openalex', isRetracted: true },
      {
        source: 'retraction-watch',
        isRetracted: true,
        events: [
          { kind: 'retraction', on: '2021-03-01', reason: 'Why', notice: 'https://doi.org/10.1/r' },
        ],
      },
    )
    expect(isRetracted).toBe(true)
    expect(events).toEqual([
      {
        ...{
          kind: 'retraction',
          on: '2021-03-03',
          reason: 'Why',
          notice: 'https://doi.org/10.1/r',
        },
        sources: ['crossref', 'openalex', 'retraction-watch'],
      },
      expect.objectContaining({ kind: 'correction', notice: 'https://doi.org/10.1/c' }),
      expect.objectContaining({ kind: 'correction', notice: 'https://doi.org/10.1/d' }),
      {
        ...{ kind: 'version', on: '2020-02-02', number: 2, notice: 'https://arxiv.org/abs/1v2' },
        sources: ['arxiv', 'arxiv-atom'],
      },
      {
        ...{ kind: 'version', on: '2020-01-01', number: 1, notice: 'https://arxiv.org/abs/1v1' },
        sources: ['arxiv', 'arxiv-atom'],
      },
    ])
  })

  test('a paper that was reinstated later is not retracted; a correction does not change that', () => {
    const retraction = { kind: 'retraction' as const, on: '2021-03-03' }
    const afterwards = (kind: 'reinstatement' | 'correction', on: string) =>
      merged({ isRetracted: true, events: [retraction, { kind, on }] }).isRetracted
    expect(afterwards('reinstatement', '2021-04-04')).toBe(false)
    // Some are replaced on the day of their retraction.
    expect(afterwards('reinstatement', '2021-03-03')).toBe(false)
    expect(afterwards('reinstatement', '2020-04-04')).toBe(true)
    expect(afterwards('correction', '2021-04-04')).toBe(true)
  })

  test('an open location takes precedence over a closed one, and one with a stated way over one without', () => {
    const access = (status: 'closed' | 'open' | 'green') => ({
      openAccess: { status, url: null, licence: null, version: null },
    })
    const { openAccess } = merged(
      { source: 'openalex', ...access('closed') },
      { source: 's2', ...access('open') },
      { source: 'zz', ...access('green') },
    )
    expect(openAccess).toMatchObject({ status: 'green', source: 'zz' })
  })
})

test('Retraction Watch: notices by DOI or PubMed id, days with the month first, rows that name no paper', async () => {
  const { records, rejects } = await readFile(join(FIXTURES, 'retraction-watch.csv'))
  expect(rejects).toEqual([
    'the row has neither a DOI nor a PubMed id of the paper',
    'Mystery Notice is not a RetractionNature',
    'the row has no Record ID',
  ])
  expect(records.map(({ key, title, isRetracted }) => [key, title, isRetracted])).toEqual([
    ['101', '', false],
    ['102', '', true],
    ['104', '', false],
    ['105', '', false],
    ['106', '', true],
  ])
  expect(records[0]?.identifiers).toEqual([{ scheme: 'doi', value: '10.5555/paper.one' }])
  expect(records.map(({ events }) => events?.[0])).toEqual([
    {
      ...{ kind: 'concern', on: '2021-06-25', notice: 'https://doi.org/10.5555/notice.concern' },
      reason: 'Compromised Peer Review; Updated to Retraction',
    },
    {
      ...{ kind: 'retraction', on: '2024-02-14', reason: 'Author Unresponsive; Rogue Editor' },
      notice: 'https://doi.org/10.5555/notice.retraction',
    },
    {
      ...{ kind: 'correction', on: '2022-08-04', reason: 'Error in Text' },
      notice: 'https://pubmed.ncbi.nlm.nih.gov/35959284/',
    },
    expect.objectContaining({ kind: 'reinstatement', on: '2023-11-21' }),
    expect.objectContaining({ kind: 'retraction', on: null }),
  ])
})

describe.skipIf(!existsSync(DATA))('the real files', () => {
  const lists = existsSync(DATA) ? readdirSync(join(DATA, 'paperlists')) : []

  /** The number of filled columns, counted without the importer. */
  const filled = (entries: Record<string, unknown>[], ...columns: string[]) =>
    entries.filter((entry) =>
      columns.some((column) => /^(?:https?:\/)?\/\S+$/.test(String(entry[column] ?? '').trim())),
    ).length

  test('each supplement of the conference lists is a link, those of OpenReview with their host', async () => {
    const names = lists.filter((name) => /^(?:nips2018|iclr2018)/.test(name))
    let all = 0
    for (const name of names) {
      const path = join(DATA, 'paperlists', name)
      const entries = JSON.parse(gunzipSync(readFileSync(path)).toString()) as Record<
        string,
        unknown
      >[]
      const { records } = await readFile(path, 'paperlists')
      const found = records.filter(({ links = [] }) =>
        links.some(({ kind }) => kind === 'supplement'),
      )
      expect([name, found.length]).toEqual([
        name,
        filled(entries, 'supp', 'supplementary_material'),
      ])
      all += found.length
    }
    expect(all).toBeGreaterThan(500)
  })

  type Entry = Record<string, unknown>
  const has = (entry: Entry, ...columns: string[]) =>
    columns.some((column) => String(entry[column] ?? '').trim() !== '')
  /** Statements of entries of the lists, by their filled columns, and the same in the records. */
  const STATED: [string, (entry: Entry) => boolean, (record: PaperRecord) => boolean][] = [
    [
      'presentation',
      ({ status }) => /oral|spotlight|highlight|talk/i.test(String(status)),
      ({ decisions = [] }) => decisions.some((one) => (one.presentation ?? 'poster') !== 'poster'),
    ],
    ['session', (e) => has(e, 'session', 'sess'), (r) => r.decisions?.[0]?.session !== undefined],
    ['area', (e) => has(e, 'primary_area', 'area'), (r) => r.decisions?.[0]?.area !== undefined],
    ['rating', (e) => /[1-9]/.test(String(e.rating)), (r) => r.decisions?.[0]?.rating != null],
    ['summary', (e) => has(e, 'tldr'), (r) => r.authorSummary !== undefined],
    [
      'supplement',
      (e) => has(e, 'supp', 'supplementary_material'),
      ({ links = [] }) => links.some(({ kind }) => kind === 'supplement'),
    ],
  ]

  test('presentations, sessions, areas, ratings, summaries and supplements of lists match the printed numbers', async () => {
    const found: Record<string, number> = {}
    for (const name of ['corl2022', 'rss2025', 'ijcai2020']) {
      const path = join(DATA, 'paperlists', `${name}.json.gz`)
      const entries = JSON.parse(gunzipSync(readFileSync(path)).toString()) as Entry[]
      const { records, rejects } = await readFile(path, 'paperlists')
      expect([name, rejects]).toEqual([name, []])
      for (const [what, isPrinted, isStated] of STATED) {
        const count = records.filter(isStated).length
        expect([name, what, count]).toEqual([name, what, entries.filter(isPrinted).length])
        found[what] = (found[what] ?? 0) + count
      }
    }
    expect(Object.entries(found).filter(([, count]) => count < 30)).toEqual([])
  })

  test('repositories, organisations, project pages, keywords and summaries of daily entries match the printed numbers', async () => {
    const days = readdirSync(join(DATA, 'hf-daily')).filter((name) => name.startsWith('2026-01-0'))
    const printed = { repository: 0, organisation: 0, page: 0, keywords: 0, summary: 0 }
    const stated = { ...printed }
    for (const day of days) {
      const path = join(DATA, 'hf-daily', day)
      const entries = JSON.parse(gunzipSync(readFileSync(path)).toString()) as { paper: Entry }[]
      for (const { paper } of entries) {
        printed.repository += Number(has(paper, 'githubRepo'))
        printed.organisation += Number(paper.organization != null)
        printed.page += Number(has(paper, 'projectPage'))
        printed.keywords += Number(/\p{L}/u.test(String(paper.ai_keywords ?? '')))
        printed.summary += Number(has(paper, 'ai_summary'))
      }
      const { records } = await readFile(path)
      expect(records).toHaveLength(entries.length)
      for (const { repositories, listing, keywords, tldr } of records) {
        stated.repository += Number(repositories.some(({ evidence }) => evidence !== 'in_paper'))
        stated.organisation += Number(listing?.organisation != null)
        stated.page += Number(listing?.projectUrl != null)
        stated.keywords += Number(keywords !== undefined)
        stated.summary += Number(tldr !== undefined)
      }
    }
    expect(stated).toEqual(printed)
    expect(Math.min(...Object.values(stated))).toBeGreaterThan(20)
  })

  test('the newest version of each entry of an Atom feed, with its day', async () => {
    const path = join(DATA, 'formats/arxiv_q_testing_s0_m100_cfe7.atom')
    const text = readFileSync(path, 'utf8')
    const expected = [...text.matchAll(/<entry>\s*<id>[^<]*?v(\d+)<\/id>.*?<\/entry>/gs)].map(
      ([entry, number]) => [Number(number), /<updated>([\d-]{10})/.exec(entry)?.[1]],
    )
    const { records } = await readFile(path)
    expect(expected.length).toBeGreaterThan(50)
    expect(
      records.map((record) => {
        const newest = mergeRecords([record]).events.find(({ kind }) => kind === 'version')
        return [newest?.number, newest?.on]
      }),
    ).toEqual(expected)
  })

  test('project pages and videos of daily lists', async () => {
    const days = readdirSync(join(DATA, 'hf-daily')).filter((name) => name.startsWith('2025-06'))
    let [expected, found] = [0, 0]
    for (const day of days.slice(0, 8)) {
      const path = join(DATA, 'hf-daily', day)
      const entries = JSON.parse(gunzipSync(readFileSync(path)).toString()) as {
        paper: { projectPage?: string }
      }[]
      const isPage = (url = '') => /^https?:\/\/[^/]*\.github\.io(?:\/|$)/.test(url)
      expected += entries.filter(({ paper }) => isPage(paper.projectPage)).length
      const { records } = await readFile(path)
      found += records.filter((record) =>
        mergeRecords([record]).links.some(
          ({ kind, url }) =>
            kind === 'project_page' && url === record.listing?.projectUrl && isPage(url),
        ),
      ).length
    }
    expect(found).toBe(expected)
    expect(found).toBeGreaterThan(20)
  })

  test('open access of OpenAlex', async () => {
    const { records } = await readFile(join(DATA, 'formats/oa_work.json'))
    expect(records[0]?.openAccess).toEqual({
      ...{ status: 'gold', url: 'https://peerj.com/articles/4375.pdf' },
      ...{ licence: 'cc-by', version: 'published' },
    })
  })
})

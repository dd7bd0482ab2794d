import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { countBy } from 'es-toolkit'
import { describe, expect, test } from 'vitest'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { findAdapter } from '../../../src/import/formats.ts'
import { openInput } from '../../../src/import/input/input.ts'
import type { Outcome } from '../../../src/import/input/outcome.ts'
import { readPaperlist } from '../../../src/import/sources/paperlists.ts'
import { importFolder } from '../../helpers/import-folder.ts'
import { atLeast } from '../../helpers/thorough.ts'

const { write } = importFolder()

const LISTS =
  process.env.PAPERLISTS_DIR ??
  fileURLToPath(new URL('../../../../shared/data/paperlists', import.meta.url))

async function outcomesOf(entries: object[], name: string): Promise<Outcome[]> {
  async function* bytes() {
    yield Buffer.from(JSON.stringify(entries))
  }
  const outcomes: Outcome[] = []
  for await (const outcome of readPaperlist(bytes(), name)) outcomes.push(outcome)
  return outcomes
}

async function recordsOf(entries: object[], name = 'iclr2018.json'): Promise<PaperRecord[]> {
  const outcomes = await outcomesOf(entries, name)
  return outcomes.flatMap((outcome) => ('record' in outcome ? [outcome.record] : []))
}

const entry = (over: object = {}) => ({
  ...{ title: 'An Invented Paper of Lists', author: 'Ada Lovelace; Alan Turing', status: 'Poster' },
  ...over,
})

test('values of profiles are given to the authors of the profiles, in any order', async () => {
  const [record] = await recordsOf([
    entry({
      author: 'Ada King;Alan Turing;Grace Hopper',
      authorids: '~Ada_King1;~Alan_Turing1;~Grace_Hopper1',
      or_profile: '~Alan_Turing1;~Grace_Hopper1;~Ada_Lovelace2',
      aff: 'Bletchley Park;Harvard University;Analytical Society',
      orcid: '0000-0002-1825-0097;;0000-0001-5109-3700',
    }),
  ])
  const ids = (i: number) => record?.authors[i]?.identifiers.map(({ value }) => value)
  expect(record?.authors.map(({ affiliation }) => affiliation)).toEqual([
    'Analytical Society',
    'Bletchley Park',
    'Harvard University',
  ])
  expect(ids(0)).toEqual(['~Ada_King1', '~Ada_Lovelace2', '0000-0001-5109-3700'])
  expect(ids(1)).toEqual(['~Alan_Turing1', '0000-0002-1825-0097'])
  expect(ids(2)).toEqual(['~Grace_Hopper1'])
})

test('two indistinguishable authors do not get the values of their profiles', async () => {
  const [record] = await recordsOf([
    entry({
      author: 'Ada King;Alan Mathison;Grace Hopper',
      authorids: '~Ada_King1;~Alan_Mathison1;~Grace_Hopper1',
      or_profile: '~Grace_Hopper1;~Alan_Turing3;~Ada_Lovelace2',
      aff: 'Harvard University;Bletchley Park;Analytical Society',
    }),
  ])
  expect(record?.authors.map(({ affiliation }) => affiliation)).toEqual([
    null,
    null,
    'Harvard University',
  ])
})

test.each([
  ['iclr2018.json.gz', 'iclr', 2018],
  ['/some/folder/3dv2025.json', '3dv', 2025],
  ['siggraphasia2020.json.zst', 'siggraphasia', 2020],
  ['nips/nips2006.json', 'neurips', 2006],
  ['cvpr-2019 (1).json', 'cvpr', 2019],
  ['C:\\lists\\ICCV_2017.json', 'iccv', 2017],
  ['2024_midl.json', 'midl', 2024],
  ['midl2020.json', 'midl', 2020],
  ['l4dc2023.json.gz', 'l4dc', 2023],
  ['iclr/2018.json', 'iclr', 2018],
  ['iclr2024-workshops.json', 'iclr-workshops', 2024],
  ['neurips_workshop_2022.json', 'neurips-workshops', 2022],
  ['cvprw2021.json', 'cvpr-workshops', 2021],
])('%s is a list of %s in %i', async (name, slug, year) => {
  const [record] = await recordsOf([entry()], name)
  expect(record).toMatchObject({ venue: { slug }, eventYear: year })
})

test.each(['Standard input', 'papers.json', '12345.json', '2024.json'])(
  '%s names no conference, and missing data are reported',
  async (name) => {
    expect(await outcomesOf([entry({ id: 'a1' })], name)).toMatchObject([
      { reject: { key: 'a1', reason: expect.stringContaining('--name iclr2018.json') } },
    ])
  },
)

test('entries without ids have keys from their content, not their position', async () => {
  const [one, two] = [entry({ pid: '7' }), entry({ pid: '8' })]
  const keys = async (...entries: object[]) =>
    (await recordsOf(entries, 'cvpr2017.json')).map(({ key }) => key)
  const [first, second] = await keys(one, two)
  expect(first).not.toBe(second)
  expect(await keys(two, one, { ...one, gs_citation: 5, id: 'ada@example.org' })).toEqual([
    second,
    first,
    first,
  ])
})

test.each([
  ['A. One;B. Two;A. One;B. Two', '/37000000001;/37000000002;/37000000001;/37000000002', 2],
  ['Wei Wang;Wei Wang', '~Wei_Wang1;~Wei_Wang2', 2],
  ['Wei Wang;Wei Wang', '', 1],
  ['Ann Bee, Carl Dee, Eve Fee', '', 3],
  ['Ann Bee, Carl Dee, Eve Fee, Carl Dee, Eve Fee', '', 3],
  ['Ann Bee; Carl Dee; Ann Bee', '', 3],
  ['Ann Bee, Carl Dee, Jr., and Eve Fee', '', 3],
  ['Rodriguez, S.;Xinyu Tang', '', 2],
  ['Ann Bee; Carl Dee; and Eve Fee', '', 3],
  ['A. Bee; C. Dee and E. van Fee', '', 3],
  ['Institute of Science and Technology', '', 1],
  ['Ann Bee', '', 1],
])('the byline %s has %3$i authors', async (author, authorids, length) => {
  const [record] = await recordsOf([entry({ author, authorids })])
  expect(record?.authors).toHaveLength(length)
})

test.each([
  ['Nanyang Technological University+2', 'Nanyang Technological University'],
  [
    'Columbia University + Apple Machine Learning Research',
    'Columbia University; Apple Machine Learning Research',
  ],
  ['清华大学+北京大学', '清华大学; 北京大学'],
  ['Megvii Inc. (Face++)', 'Megvii Inc. (Face++)'],
  ['Megvii Inc (Face++) + Fudan University', 'Megvii Inc (Face++); Fudan University'],
  ['Institute of C+A', 'Institute of C+A'],
  ['AI Lab+', 'AI Lab+'],
])('the affiliation %s reads %s', async (aff, affiliation) => {
  const [record] = await recordsOf([entry({ author: 'Ada King', aff })])
  expect(record?.authors[0]?.affiliation).toBe(affiliation)
})

describe('certain affiliations are given to authors, and others only to the paper', () => {
  const [oxford, mit, eth] = ['University of Oxford', 'MIT', 'ETH Zürich']
  const [two, three] = ['Ann Bee;Carl Dee', 'Ann Bee;Carl Dee;Eve Fee']
  const authorids = '~Ann_Bee1;~Carl_Dee1'
  const or_profile = '~Carl_Dee1;~Ann_Bee1'
  const none = [null, null, null]
  test.each<[string, object, (string | null)[], isLost?: boolean]>([
    [
      'a set of several',
      { author: 'Ann Bee, Carl Dee', aff: `${mit}; ${oxford}` },
      [null, null],
      true,
    ],
    ['a set of fewer', { author: 'Ann Bee, Carl Dee, Eve Fee', aff: `${mit}; ${eth}` }, none, true],
    ['a set of one', { author: 'Ann Bee, Carl Dee, Eve Fee', aff: mit }, [mit, mit, mit]],
    ['all of one author', { author: 'Ann Bee', aff: `${mit}; ${oxford}` }, [`${mit}; ${oxford}`]],
    ['fewer, some left out', { author: three, aff: `${mit};${oxford}` }, none, true],
    ['fewer, all equal', { author: three, aff: `${mit};${mit}` }, none, true],
    ['one of several', { author: three, aff: mit }, none, true],
    [
      'a semicolon in one',
      { author: two, aff: `${mit}; ${eth};${oxford}` },
      [`${mit}; ${eth}`, oxford],
    ],
    [
      'profiles in no order',
      { author: two, authorids, aff: `${mit};${oxford}` },
      [null, null],
      true,
    ],
    ['equal profiles', { author: two, authorids, aff: `${mit};${mit}` }, [mit, mit]],
    [
      'ordered profiles',
      { author: two, authorids, or_profile, aff: `${mit};${oxford}` },
      [oxford, mit],
    ],
    ['an empty column', { author: three, aff: ';;' }, none],
  ])('%s', async (_, over, expected, isLost = false) => {
    const [record] = await recordsOf([entry(over)])
    expect(record?.authors.map(({ affiliation }) => affiliation)).toEqual(expected)
    const lost =
      'affiliations were assigned to the paper only, as the list does not assign them to authors'
    expect(record).toEqual(record && { ...record, lost: isLost ? [lost] : undefined })
    const { aff } = over as { aff: string }
    const printed = new Set(aff.split(/;\s*/)).size
    expect(record?.affiliations ?? []).toHaveLength(isLost ? printed : 0)
  })

  test.each(['dblp', 'orcid', 'google_scholar'])('%s of profiles in no order', async (name) => {
    const lost = 'identifiers of authors were left out, as the list does not assign them to authors'
    const of = async (over: object) =>
      (await recordsOf([entry({ author: two, ...over, [name]: '0000-0002-1825-0097;' })]))[0]
    const isOrdered = await of({ authorids, or_profile })
    expect(isOrdered).not.toHaveProperty('lost')
    expect(await of({ authorids })).toMatchObject({ lost: [lost] })
    expect(await of({ author: three })).toMatchObject({ lost: [lost] })
  })
})

test('affiliations and ids belong to the remaining authors of a doubled byline', async () => {
  const [record] = await recordsOf([
    entry({
      author: 'A. One;B. Two;A. One;B. Two',
      authorids: '/37000000001;/37000000002;/37000000001;/37000000002',
      aff: 'B. Two; Institute of Two',
    }),
    entry({ author: 'A. One; B. Two', affs: 'First+Second; Third' }),
  ])
  expect(record?.authors).toEqual([
    {
      name: 'A. One',
      identifiers: [{ scheme: 'ieee', value: '37000000001' }],
      affiliation: 'B. Two',
    },
    {
      ...{ name: 'B. Two', identifiers: [{ scheme: 'ieee', value: '37000000002' }] },
      affiliation: 'Institute of Two',
    },
  ])
})

const PWC = '[![Papers with Code](/i.svg) 2 implementations](https://paperswithcode.com/paper/?a=b)'

describe('the column github is read as repositories and pages, or reported', () => {
  const [repository, page] = ['https://github.com/a/b', 'https://a.github.io/b']
  test.each<[string, (string | [kind: string, url: string])[], isLost?: boolean]>([
    ['https://github.com/a/b.', [repository]],
    [`${repository}; https://gitlab.com/c/d`, [repository, 'https://gitlab.com/c/d']],
    ['https://huggingface.co/datasets/a/b', ['https://huggingface.co/datasets/a/b']],
    ['[![github](/i.svg) a/b](https://github.com/a/b/tree/main/B%20(C))', [repository]],
    ['https://github.com/ﬁn/ﬂow', ['https://github.com/fin/flow']],
    [page, [['project_page', page]]],
    ['a.github.io/b', [['project_page', page]]],
    ['https://git.io/Ab', [['other', 'https://git.io/Ab']]],
    ['[0xa](https://sheets.example/0xa)', [['other', 'https://sheets.example/0xa']]],
    [`${repository}; ${page}`, [repository, ['project_page', page]]],
    ['https://github.com/a/b c', [], true],
    ['https://github.com/a', [], true],
    ['1Github Repository', [], true],
    [PWC, [], true],
    [`[![github](/i.svg) a/b](${repository}) + ${PWC}`, [repository], true],
    ['N/A', []],
  ])('%s', async (github, expected, isLost = false) => {
    const [record] = await recordsOf([entry({ github })])
    const links = record?.links?.map(({ kind, url, label }) =>
      label === 'Code' ? [kind, url] : [],
    )
    expect([...(record?.repositories.map(({ url }) => url) ?? []), ...(links ?? [])]).toEqual(
      expected,
    )
    const lost = 'an address of code that is neither a repository nor a page was left out'
    expect(record).toEqual({ ...record, lost: isLost ? [lost] : undefined })
  })
})

test('BibTeX of another paper is ignored', async () => {
  const bibtex =
    '@misc{x,\ntitle={Quite Another Work},\nauthor={Grace Hopper},\nyear={2011},\ndoi={10.1000/other}\n}'
  const [record] = await recordsOf([entry({ bibtex, doi: 'https://doi.org/10.1000/Own' })])
  expect(record).toMatchObject({
    published: { on: '2018-01-01' },
    identifiers: [{ scheme: 'doi', value: '10.1000/own' }],
  })
})

test('a list is recognised with any keys, and wrong types do not stop the import', async () => {
  const text = JSON.stringify([entry({ id: 17, gs_citation: 'many', aff: 5 }), { title: ['no'] }])
  async function* bytes() {
    yield Buffer.from(text)
  }
  const name = 'rss2025.json'
  const input = { name, head: Buffer.from(text), text: bytes(), bytesTotal: null }
  const adapter = await findAdapter('auto', { ...input, bytesRead: () => 0 })
  expect(adapter).toBe(readPaperlist)
  expect(await outcomesOf(JSON.parse(text), name)).toMatchObject([
    { record: { key: 'rss2025/17' } },
    { reject: { reason: 'the entry has no title' } },
  ])
})

/** Reads an entry independently: the expected values of its record. */
function expectedOf(raw: Record<string, string | undefined>) {
  const { author = '', authorids = '', doi = '', arxiv = '', bibtex = '', author_site = '' } = raw
  const byline = author.trim() === '' ? author_site : author
  const names = byline
    .split(byline.indexOf(';') < 0 ? ',' : ';')
    .flatMap((name) =>
      /univ|inst|scien|dep|agency|lab/i.test(name) ? [name] : name.split(/\band\s/),
    )
    .filter((name) => name.trim() && !/^ *[JS]r\.?$/.test(name))
  // Presenters of a paper are named again at the end.
  if (byline.indexOf(';') < 0)
    while (names.slice(0, -1).some((name) => name.trim() === names.at(-1)?.trim())) names.pop()
  const ids = authorids.split(';')
  const half = names.length >> 1
  const joined = (list: string[]) => list.map((item) => item.trim()).join('|')
  const isTwice =
    half * 2 === names.length &&
    half > 0 &&
    joined(names.slice(0, half)) === joined(names.slice(half)) &&
    (ids.length !== names.length || joined(ids.slice(0, half)) === joined(ids.slice(half)))
  const inBibtex = bibtex.match(/doi\s*=\s*\{?["{](10\.[^"}\s]+)/i)?.[1]
  return {
    byline: isTwice ? half : names.length,
    doi: (doi.replaceAll(' ', '').match(/10\.\d{4,9}\/\S+/)?.[0] ?? inBibtex ?? '').toLowerCase(),
    arxiv: arxiv.match(/\d{4}\.\d{4,5}/)?.[0] ?? '',
  }
}

const idOf = (record: PaperRecord | undefined, scheme: string) =>
  record?.identifiers.find((id) => id.scheme === scheme)?.value ?? ''

const files = existsSync(LISTS)
  ? readdirSync(LISTS).filter((name) => /\d{4}\.json(\.gz)?$/.test(name))
  : []

test('institutions: positions of each affiliation or of the non-empty ones, none if columns differ, no text that is not an institution', async () => {
  const at = async (over: object) => {
    const [record] = await recordsOf([entry(over)])
    return record?.authors.map(({ institutions }) => institutions)
  }
  const columns = {
    aff_unique_norm: 'University of Oxford;Google;Independent Researcher;School of Computing',
    aff_unique_url: 'https://www.ox.ac.uk/about;https://google.com;;',
    aff_unique_abbr: 'Oxford;;;',
  }
  const oxford = { name: 'University of Oxford', domain: 'ox.ac.uk', acronym: 'Oxford' }
  const google = { name: 'Google', domain: 'google.com' }
  const aff = 'Oxford+Google;Google'
  expect(await at({ ...columns, aff, aff_unique_index: '0+1;1' })).toEqual([
    [oxford, google],
    [google],
  ])
  expect(await at({ ...columns, aff: ';Oxford', aff_unique_index: '0' })).toEqual([
    undefined,
    [oxford],
  ])
  expect(await at({ ...columns, aff, aff_unique_index: '2;3' })).toEqual([undefined, undefined])
  expect(await at({ ...columns, aff, aff_unique_index: '0;1;0' })).toEqual([undefined, undefined])
  // The order of the authors is unknown, and only matters if the institutions differ.
  const authorids = '~Ada_Lovelace1;~Alan_Turing1'
  const same = { ...columns, authorids, aff: 'Oxford;University of Oxford' }
  expect(await at({ ...same, aff_unique_index: '0;0' })).toEqual([[oxford], [oxford]])
  expect(await at({ ...same, aff_unique_index: '0;1' })).toEqual([undefined, undefined])
})

const EVERY = 4

describe.skipIf(files.length === 0)('real lists (skipped without ../shared/data)', () => {
  test.runIf(files.some((file) => basename(file).startsWith('naacl2024')))(
    'institutions of naacl2024 are on as many papers as its columns state',
    async () => {
      const file = files.find((one) => basename(one).startsWith('naacl2024')) ?? ''
      const entries = JSON.parse(gunzipSync(readFileSync(join(LISTS, file))).toString())
      const records = await recordsOf(entries, 'naacl2024.json')
      const papers = countBy(
        records.flatMap(({ authors }) => [
          ...new Set(authors.flatMap(({ institutions = [] }) => institutions.map((at) => at.name))),
        ]),
        (name) => name,
      )
      // Counted only from the columns.
      expect(papers).toMatchObject({
        ...{ Google: 35, Amazon: 34, Microsoft: 31, 'University of Washington': 26 },
        ...{ 'University of Illinois Urbana-Champaign': 28, 'Stanford University': 22, Meta: 21 },
      })
    },
  )

  test.each(files)('%s is read like by an independent reader', async (file) => {
    const bytes = readFileSync(join(LISTS, file))
    const all = JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'))
    // Spread evenly over the list, because many entries of a large one are similar.
    const raw = all.filter((_: object, i: number) => i % atLeast(EVERY, 1) === 0)
    const path = write(basename(file, '.gz'), JSON.stringify(raw))
    const input = await openInput(path)
    const adapter = await findAdapter('auto', input)
    const found = new Map<number, PaperRecord>()
    const reasons = new Map<number, string>()
    for await (const outcome of adapter(input.text, path)) {
      if ('record' in outcome) found.set(outcome.position, outcome.record)
      if ('reject' in outcome) reasons.set(outcome.position, outcome.reject.reason)
    }
    // Each entry is read, or there is a reason.
    expect(found.size + reasons.size).toBe(raw.length)
    const [, name = '', year = ''] = /^(.*?)(\d{4})\./.exec(basename(file)) ?? []
    const titled = raw.flatMap((one: { title?: string }, i: number) =>
      one.title?.trim() ? [i] : [],
    )
    const wrong: unknown[] = []
    for (const i of titled) {
      const record = found.get(i)
      const isShown = !/^(reject|withdraw|active)/i.test(raw[i].status ?? '')
      const expected = {
        ...expectedOf(raw[i]),
        title: raw[i].title.replace(/\s+/g, ' ').trim(),
        venue: isShown ? (name === 'nips' ? 'neurips' : name) : null,
        year: isShown ? Number(year) : null,
      }
      const actual = {
        ...{ byline: record?.authors.length, doi: idOf(record, 'doi') },
        arxiv: idOf(record, 'arxiv').replace(/v\d+$/, ''),
        ...{ title: record?.title, venue: record?.venue?.slug ?? null },
        year: record?.eventYear ?? null,
      }
      if (JSON.stringify(sorted(expected)) !== JSON.stringify(sorted(actual)))
        wrong.push({ i, expected, actual, reason: reasons.get(i) })
    }
    // The few odd entries of the whole list may all be among these.
    const allowed = Math.floor(all.length * 0.005)
    expect(wrong.slice(0, wrong.length > allowed ? 5 : 0)).toEqual([])
    // All statements on decisions are there, as often as they are printed.
    const printed = countsOf(titled.map((i: number) => printedDecision(raw[i])))
    const read = countsOf(titled.map((i: number) => readDecisionOf(found.get(i))))
    const rejected = titled.filter((i: number) => !found.has(i)).length
    const differing = Object.keys({ ...printed, ...read }).filter(
      (value) => Math.abs((printed[value] ?? 0) - (read[value] ?? 0)) > rejected,
    )
    expect(
      differing.map((value) => ({ value, printed: printed[value], read: read[value] })),
    ).toEqual([])
    // Entries with one key are one entry that occurs in the list more than once.
    const told = new Map<string, string>()
    for (const [i, { key }] of found) {
      const said = JSON.stringify([raw[i].title, raw[i].author, raw[i].doi])
      expect(told.get(key) ?? said).toBe(said)
      told.set(key, said)
    }
  })
})

/** By exact spelling: everything that the lists print, with its meaning. */
const MEANINGS: Record<string, string[]> = {
  poster: ['Poster'],
  oral: ['Oral'],
  spotlight: ['Spotlight'],
  rejected: ['Reject'],
  withdrawn: ['Withdraw'],
  workshop: ['Workshop', 'Poster Workshop', 'Oral Workshop'],
  pending: ['Active'],
}

/** An entry's statements on decisions, read independently of the adapter. */
function printedDecision(entry: Record<string, unknown>): string[] {
  const status = String(entry.status ?? '')
  const meanings = Object.keys(MEANINGS).filter((one) => MEANINGS[one]?.includes(status))
  const session = String(entry.session || entry.sess || '').trim()
  const others = /Authors|Area_Chair|Program_Chairs/
  const staff = String(entry.reviewers ?? '')
    .split(';')
    .filter((name) => others.test(name)).length
  const ratings = String(entry.rating ?? '')
    .split(';')
    .filter(Boolean)
    .map(Number)
    .sort()
  const given = ratings.slice(staff)
  const mean = given.reduce((sum, one) => sum + one, 0) / given.length
  const summary = String(entry.tldr ?? '').trim()
  return [
    ...meanings,
    ...(status ? [`status ${status}`] : []),
    ...(entry.award === true ? ['award'] : []),
    ...(session ? ['session'] : []),
    ...(entry.primary_area ? ['area'] : []),
    ...(given.length > 0 ? [`rated ${given.length}`, `mean ${mean.toFixed(2)}`] : []),
    ...(/\w{3}/.test(summary) && !/^(TL;DR|We propose:)$/.test(summary) ? ['summary'] : []),
  ]
}

function readDecisionOf(record: PaperRecord | undefined): string[] {
  const [decision] = record?.decisions ?? []
  const { outcome, presentation, status, award, session, area, rating } = decision ?? {}
  return [
    ...(presentation && outcome !== 'workshop' ? [presentation] : []),
    ...(outcome && outcome !== 'accepted' ? [outcome] : []),
    ...(status ? [`status ${status}`] : []),
    ...(award ? ['award'] : []),
    ...(session ? ['session'] : []),
    ...(area ? ['area'] : []),
    ...(rating ? [`rated ${rating.count}`, `mean ${rating.mean.toFixed(2)}`] : []),
    ...(record?.authorSummary ? ['summary'] : []),
  ]
}

const countsOf = (values: string[][]): Record<string, number> =>
  countBy(values.flat(), (value) => value)

const sorted = (value: object) => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))

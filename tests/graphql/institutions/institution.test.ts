import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { findInstitutions } from '../../../src/domain/institutions/reference.ts'
import type { AuthorClaim } from '../../../src/domain/record/paper-record.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { writeProfiles } from '../../../src/domain/write/profiles.ts'
import type { AppError } from '../../../src/errors.ts'
import { runImport } from '../../../src/import/run.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  await transaction(t.url, (tx) => writeRecords(tx, records()))
})
afterAll(() => t.close())

const at = (name: string, over: Partial<AuthorClaim> = {}): AuthorClaim => ({
  ...{ name, identifiers: [{ scheme: 'acl', value: name.toLowerCase() }], affiliation: null },
  ...over,
})
const named = (name: string, acronym?: string) => ({
  institutions: [{ name, ...(acronym && { acronym }) }],
})
const TOPIC = { slug: 'looms', name: 'Looms', kind: 'task' as const, score: null, source: 'test' }

/** Two institutions with the short form NTU, which is ambiguous; twelve papers of MIT, and one of another with the same initials. */
function records() {
  const paper = (i: number, authors: AuthorClaim[]) =>
    paperRecord({
      ...{ key: `${i}`, title: `Weaving Paper Number ${i} of Many`, authors, topics: [TOPIC] },
      published: { on: `20${10 + i}-05-01`, precision: 'day' },
    })
  const mit = named('Massachusetts Institute of Technology', 'MIT')
  return [
    ...Array.from({ length: 12 }, (_, i) => paper(i, [at('ann', mit), at(`bob${i}`)])),
    paper(12, [at('ann', named('Nanyang Technological University', 'NTU'))]),
    paper(13, [at('cy', named('National Taiwan University', 'NTU'))]),
    paper(14, [at('dee', named('Manipal Institute of Technology'))]),
    paper(15, [
      at('eve', { affiliation: 'Dept. of Looms, Massachusetts Institute of Technology' }),
    ]),
  ]
}

test('an institution by its slug, name and short form, with papers, authors and topics', async () => {
  for (const ref of [
    'massachusetts-institute-of-technology',
    'The Massachusetts Inst. of Technology',
    'MIT',
    ' mit',
  ]) {
    const {
      data: { institution },
    } = await askWell<{ institution: unknown }>(t, `{ institution(ref: "${ref}") { slug } }`)
    expect(institution, ref).toEqual({ slug: 'massachusetts-institute-of-technology' })
  }
  const {
    data: { institution },
  } = await askWell<{ institution: unknown }>(
    t,
    `{ institution(ref: "MIT") { name ror acronyms paperCount
      papers(first: 1, filter: { published: { from: "2020-01-01" } }) { totalCount nodes { title } }
      authors(first: 1) { totalCount edges { paperCount firstYear lastYear node { name } } }
      papersPerYear { year count }
      topicsPerYear(from: 2010, to: 2011) { year paperCount topic { slug } } } }`,
  )
  expect(institution).toMatchObject({
    ...{ ror: null, acronyms: ['MIT'], paperCount: 13 },
    papers: { totalCount: 3, nodes: [{ title: 'Weaving Paper Number 15 of Many' }] },
    authors: {
      totalCount: 2,
      edges: [{ paperCount: 12, firstYear: 2010, lastYear: 2021, node: { name: 'ann' } }],
    },
    topicsPerYear: [
      { year: 2010, paperCount: 1, topic: { slug: 'looms' } },
      { year: 2011, paperCount: 1, topic: { slug: 'looms' } },
    ],
  })
})

test.each([
  ['https://ror.org/05a28rw59', 'check digits are wrong'],
  ['05a28rw59', 'check digits are wrong'],
  ['ror:05a28rw85', 'check digits are wrong'],
  ['https://ror.org/nothing', 'expected 0, six letters'],
])('%s is a mistyped ROR id and not a missing one', async (ror, message) => {
  const answers = await Promise.all([
    ask(t, 'query ($ror: String!) { institution(ref: $ror) { name } }', { ror }),
    ask(t, 'query ($ror: String!) { papers(filter: { institutions: [$ror] }) { totalCount } }', {
      ror,
    }),
  ])
  for (const { errors } of answers) expect(errors?.[0]?.message).toContain(message)
})

test('a short form of several is an error that lists them; an unknown one is null', async () => {
  const { errors } = await ask(t, '{ institution(ref: "NTU") { name } }')
  expect(errors?.[0]?.message).toBe(
    'ref: "NTU" may be Nanyang Technological University (nanyang-technological-university), National Taiwan University (national-taiwan-university); expected a slug or a ROR id.',
  )
  const candidates = ['Nanyang Technological University', 'National Taiwan University'].map(
    (name) => ({
      ...{ ref: name.toLowerCase().replaceAll(' ', '-'), name, ror: null, country: null },
      paperCount: 1,
    }),
  )
  const refusal = await findInstitutions(t.db, ['NTU'], 'ref').catch((error: unknown) => error)
  expect((refusal as AppError).details).toEqual({ institutionCount: 2, candidates })
  for (const { ref, name } of candidates)
    expect((await askWell(t, `{ institution(ref: "${ref}") { name } }`)).data).toEqual({
      institution: { name },
    })
  const { data } = await askWell(t, '{ institution(ref: "Nowhere College") { name } }')
  expect(data).toEqual({ institution: null })
  const filtered = await ask(
    t,
    '{ papers(filter: { institutions: ["Nowhere College"] }) { totalCount } }',
  )
  expect(filtered.errors?.[0]?.message).toContain('no institution "Nowhere College"')
})

test('institutions by name: prefixes of words, and stated short forms', async () => {
  const names = async (name: string) => {
    const {
      data: { institutions },
    } = await askWell<{ institutions: { nodes: { name: string }[] } }>(
      t,
      `{ institutions(name: "${name}") { nodes { name } } }`,
    )
    return institutions.nodes.map((node) => node.name)
  }
  expect(await names('MIT')).toEqual([
    'Massachusetts Institute of Technology',
    'Manipal Institute of Technology',
  ])
  expect(await names('tech inst')).toHaveLength(2)
  expect(await names('ntu')).toHaveLength(2)
})

test('an author, a paper and the search language have institutions, with the evidence', async () => {
  const {
    data: { author, search, papers },
  } = await askWell<Record<'author' | 'search' | 'papers', unknown>>(
    t,
    `{ author(ref: "acl:ann") { institutions { totalCount nodes { name } } }
      search(query: "weaving affiliation:mit 15", first: 1) {
        totalCount nodes { authorships { nodes { affiliation institutions { name } } }
          institutions { totalCount edges { evidence source matchedText positions node { slug } } } } }
      papers { facets { institutions(first: 2) { value label count } } } }`,
  )
  expect(author).toEqual({
    institutions: {
      totalCount: 2,
      nodes: [
        { name: 'Massachusetts Institute of Technology' },
        { name: 'Nanyang Technological University' },
      ],
    },
  })
  expect(search).toMatchObject({
    totalCount: 1,
    nodes: [
      {
        authorships: {
          nodes: [{ institutions: [{ name: 'Massachusetts Institute of Technology' }] }],
        },
        institutions: {
          totalCount: 1,
          edges: [
            {
              ...{ evidence: 'PRINTED', source: 'test', positions: [1] },
              matchedText: 'Massachusetts Institute of Technology',
              node: { slug: 'massachusetts-institute-of-technology' },
            },
          ],
        },
      },
    ],
  })
  expect(papers).toEqual({
    facets: {
      institutions: [
        {
          value: 'massachusetts-institute-of-technology',
          label: 'Massachusetts Institute of Technology',
          count: 13,
        },
        { value: expect.any(String), label: expect.any(String), count: 1 },
      ],
    },
  })
})

test.each([
  ['{ institution(ref: "UGFwZXI6MQ==") { name } }', 'is an id of type Paper'],
  [
    '{ institution(ref: "MIT") { topicsPerYear(from: 2020, to: 2010) { year } } }',
    'from: 2020 is later than to: 2010',
  ],
  [
    '{ institution(ref: "MIT") { topicsPerYear(from: 1900, to: 2010) { year } } }',
    'more than 50 years',
  ],
])('%s is wrong', async (query, message) => {
  const { errors } = await ask(t, query)
  expect(errors?.[0]?.message).toContain(message)
})

test('a register gives ROR ids, countries and parents of institutions; short forms stay ambiguous', async () => {
  const files = ['ror.json', 'ror-v1.json'].map((name) =>
    fileURLToPath(new URL(`../../fixtures/import/${name}`, import.meta.url)),
  )
  const lincoln = at('ann', { affiliation: 'Lincoln Laboratory, Lexington' })
  await transaction(t.url, (tx) =>
    writeRecords(tx, [paperRecord({ key: 'l', authors: [lincoln] })]),
  )
  const rejectsPath = join(mkdtempSync(join(tmpdir(), 'paperql-ror-')), 'rejects.jsonl')
  expect(await runImport({ url: t.url, format: 'auto', files, rejectsPath })).toMatchObject({
    ...{ read: 8, created: 5, rejected: 3 },
  })
  const { data } = await askWell(
    t,
    `{ mit: institution(ref: "MIT") { name ror country domain paperCount }
      lab: institution(ref: "MIT Lincoln Laboratory") { ror parent { slug } } }`,
  )
  expect(data).toEqual({
    mit: {
      ...{ name: 'Massachusetts Institute of Technology', ror: 'https://ror.org/042nb2s44' },
      ...{ country: 'US', domain: 'web.mit.edu', paperCount: 13 },
    },
    lab: {
      ror: 'https://ror.org/022z6jk58',
      parent: { slug: 'massachusetts-institute-of-technology' },
    },
  })
  const { errors } = await ask(t, '{ institution(ref: "NTU") { name } }')
  expect(errors?.[0]?.message).toContain('may be')
})

test('a university is found by its place or founder alone, if only one has it in its name', async () => {
  const of = (i: number, name: string) =>
    paperRecord({
      ...{
        key: `${i}`,
        title: `Spinning Paper Number ${i} of Many`,
        authors: [at('fay', named(name))],
      },
    })
  const names = [
    'University of Loomtown',
    'Spinford University',
    'University of Spinford',
    '织布大学',
  ]
  await transaction(t.url, (tx) =>
    writeRecords(
      tx,
      names.map((name, i) => of(40 + i, name)),
    ),
  )
  const nameOf = async (ref: string) => {
    const { data, errors } = await ask<{ institution: { name: string } | null }>(
      t,
      `{ institution(ref: "${ref}") { name } }`,
    )
    return errors?.[0]?.message ?? data?.institution?.name ?? null
  }
  expect(await nameOf('Loomtown')).toBe('University of Loomtown')
  expect(await nameOf('织布')).toBe('织布大学')
  expect(await nameOf('Spinford')).toMatch(/"Spinford" may be .*Spinford University/)
  expect(await nameOf('University')).toBeNull()
})

test('a name that only occurs in printed texts is found once a register states it, with earlier papers', async () => {
  const other = await createTestDatabase()
  try {
    const affiliation = 'Google DeepMind'
    const byline = [
      at('ann', named('DeepMind')),
      at('bob', { affiliation }),
      at('cy', { affiliation, ...named('Google') }),
    ]
    const records = byline.map((author, i) =>
      paperRecord({ key: `${i}`, title: `A Learned Loom Number ${i}`, authors: [author] }),
    )
    await transaction(other.url, (tx) => writeRecords(tx, records))
    const found = async () => {
      const query = `{ institution(ref: "${affiliation}") { slug papers { nodes { title } } } }`
      const { data } = await askWell<{ institution: Found | null }>(other, query)
      return data.institution
    }
    expect(await found()).toBeNull()
    await transaction(other.url, (tx) =>
      writeProfiles(tx, [
        {
          ...{ type: 'institution', source: 'ror', key: '00971b260', ror: '00971b260' },
          ...{ licence: 'CC0-1.0', url: null, name: 'DeepMind', aliases: [affiliation] },
          ...{ acronyms: [], country: 'GB', domain: null, parent: null, isWithdrawn: false },
        },
      ]),
    )
    const { slug, papers } = (await found()) ?? {}
    expect(slug).toBe('deepmind')
    expect(papers?.nodes.map(({ title }) => title).toSorted()).toEqual([
      'A Learned Loom Number 0',
      'A Learned Loom Number 1',
    ])
  } finally {
    await other.close()
  }
})

interface Found {
  slug: string
  papers: { nodes: { title: string }[] }
}

test('institutions without an author come last, in pages, and no author has them', async () => {
  const other = await createTestDatabase()
  try {
    const record = paperRecord({
      ...{ key: 'a', title: 'Weaving in Many Places', authors: [at('ann', named('Yarn College'))] },
      affiliations: [
        { affiliation: null, institutions: [{ name: 'Felt University' }] },
        { affiliation: 'Yarn College' },
        { affiliation: null, institutions: [{ name: 'Acme Looms' }] },
      ],
    })
    await transaction(other.url, (tx) => writeRecords(tx, [record]))
    const pageAfter = async (after: string | null) => {
      const { data } = await askWell<{ papers: { nodes: { institutions: Places }[] } }>(
        other,
        `query ($after: String) { papers(first: 1, filter: { institutions: ["Felt University"] }) { nodes {
          institutions(first: 1, after: $after) { totalCount edges { cursor positions node { name } } } } } }`,
        { after },
      )
      return data.papers.nodes[0]?.institutions
    }
    const seen: string[] = []
    let after: string | null = null
    for (let page = await pageAfter(after); page?.edges[0]; page = await pageAfter(after)) {
      expect(page.totalCount).toBe(3)
      seen.push(`${page.edges[0].node.name} ${page.edges[0].positions}`)
      after = page.edges[0].cursor
    }
    expect([seen[0], seen.slice(1).sort()]).toEqual([
      'Yarn College 1',
      ['Acme Looms ', 'Felt University '],
    ])
    const { data } = await askWell<{ institution: unknown }>(
      other,
      '{ institution(ref: "Felt University") { paperCount authors(first: 1) { totalCount } papers(first: 1) { totalCount } } }',
    )
    expect(data.institution).toEqual({
      paperCount: 1,
      authors: { totalCount: 0 },
      papers: { totalCount: 1 },
    })
  } finally {
    await other.close()
  }
})

interface Places {
  totalCount: number
  edges: { cursor: string; positions: number[]; node: { name: string } }[]
}

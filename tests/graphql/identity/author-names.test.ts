import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { sourceOf } from '../../../src/domain/digest/source.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { refreshSearchWords } from '../../../src/domain/search/dictionary.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { globalId } from '../../../src/sql/global-id.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  const hinton = { orcid: '0000-0002-1825-0097' }
  await transaction(t.url, (tx) =>
    writeRecords(tx, [
      paper('Distributed Representations', ['G. Hinton', 'Ana Lima'], hinton),
      paper('Restricted Machines', ['Geoffrey E. Hinton'], hinton),
      paper('Products of Experts', ['Geoffrey Everest Hinton'], hinton),
      paper('Deep Belief', ['G. Hinton'], hinton),
      paper('Glaciers of Norway', ['Grace Hinton']),
      paper('Radar', ['Wei Zhang']),
      paper('Opera', ['Wei Zhang']),
      paper('Two Names I', ['Maria Duarte'], { orcid: '0000-0001-5109-3700' }),
      paper('Two Names II', ['Maria Castellanos'], { orcid: '0000-0001-5109-3700' }),
      paper('Looms', ['Văn A Nguyễn']),
      paper('Kites', ['王小明']),
      paper('Chess', ['Zhiyuan Liu']),
      paper('Sails', ['Cliff Wimpole']),
      paper('Oars', ['Anthony Loxwell']),
      paper('Masts', ['Margaret Loxbury']),
      paper('Nets', ['Yann LeCun']),
      paper('Reefs', ['Zhongfei (Mark) Quirrell']),
      paper('Docks', ['Juan García López']),
      paper('Keels', ['Hinrich Schönfelderer']),
    ]),
  )
  await refreshSearchWords(t.url)
})
afterAll(() => t.close())

function paper(title: string, names: string[], { orcid }: { orcid?: string } = {}): PaperRecord {
  return paperRecord({
    ...{ key: title, title: `${title} of All Kinds` },
    authors: names.map((name, i) => ({
      name,
      affiliation: null,
      identifiers: i === 0 && orcid ? [{ scheme: 'orcid', value: orcid }] : [],
    })),
  })
}

interface Titles {
  list: { nodes: { title: string }[] }
}
interface Found {
  __typename: string
}
const short = ({ list }: Titles) =>
  list.nodes.map(({ title }) => title.replace(' of All Kinds', '')).sort()

const searched = async (query: string) =>
  short(
    (
      await askWell<Titles>(
        t,
        'query ($query: String!) { list: search(query: $query, mode: STRICT) { nodes { title } } }',
        { query },
      )
    ).data,
  )
const filtered = async (filter: object) =>
  short(
    (
      await askWell<Titles>(
        t,
        'query ($filter: PaperFilter) { list: papers(filter: $filter) { nodes { title } } }',
        { filter },
      )
    ).data,
  )

const OF_GEOFFREY = [
  'Deep Belief',
  'Distributed Representations',
  'Products of Experts',
  'Restricted Machines',
]

describe('a name in another form leads to the only author whom it fits', () => {
  test.each([
    ['Clifford Wimpole', 'Sails'],
    ['C. Wimpole', 'Sails'],
    ['Wimpole, C.', 'Sails'],
    ['Tony Loxwell', 'Oars'],
    ['Peggy Loxbury', 'Masts'],
    ['Yann Le Cun', 'Nets'],
    ['Mark Quirrell', 'Reefs'],
    ['Zhongfei Quirrell', 'Reefs'],
    ['Juan García', 'Docks'],
    ['J. García-López', 'Docks'],
    ['Hinrich Schoenfelderer', 'Keels'],
  ])('%s', async (name, title) => {
    expect(await filtered({ authors: [name] })).toEqual([title])
    const { data } = await askWell<{ author: { papers: Titles['list'] }; found: Found[] }>(
      t,
      `query ($name: String!) { author(ref: $name) { papers { nodes { title } } }
        found: resolveAuthors(refs: [$name]) { __typename } }`,
      { name },
    )
    expect(short({ list: data.author.papers })).toEqual([title])
    expect(data.found).toEqual([{ __typename: 'AuthorFound' }])
  })

  test.each(['Le Cun', 'LeCun'])('%s is probably Yann LeCun', async (name) => {
    const { data } = await askWell<{ found: object[] }>(
      t,
      'query ($name: String!) { found: resolveAuthors(refs: [$name]) { ... on AuthorAmbiguous { candidates { name } } } }',
      { name },
    )
    expect(data.found).toEqual([{ candidates: [{ name: 'Yann LeCun' }] }])
  })
})

describe('search', () => {
  test.each([
    'author:"Geoffrey Hinton"',
    'author:"Geoffrey E. Hinton"',
    'author:"Hinton, Geoffrey"',
    'author:geoffrey',
    'author:geof*',
    'author:Everest',
    'author:orcid:0000-0002-1825-0097',
  ])('%s finds all papers of the person, under any name', async (query) => {
    expect(await searched(query)).toEqual(OF_GEOFFREY)
  })

  test.each([
    ['Zhiyuan Liu', 'Chess'],
    ['Liu Zhiyuan', 'Chess'],
    ['Liu, Zhiyuan', 'Chess'],
    ['Nguyen Van A', 'Looms'],
    ['Nguyễn Văn A', 'Looms'],
    ['Van A Nguyen', 'Looms'],
    ['Nguyen, Van A', 'Looms'],
    ['王小明', 'Kites'],
    ['王 小明', 'Kites'],
  ])('%s finds the person wherever names are accepted', async (name, title) => {
    expect(await searched(`author:"${name}"`)).toEqual([title])
    expect(await filtered({ authors: [name] })).toEqual([title])
    const { data } = await askWell<{ author: { papers: Titles['list'] }; found: Found[] }>(
      t,
      `query ($name: String!) { author(ref: $name) { papers { nodes { title } } }
        found: resolveAuthors(refs: [$name]) { __typename } }`,
      { name },
    )
    expect(short({ list: data.author.papers })).toEqual([title])
    expect(data.found).toEqual([{ __typename: 'AuthorFound' }])
  })

  test('a name that several people print finds the papers of all of them', async () => {
    expect(await searched('author:"G. Hinton"')).toEqual(
      [...OF_GEOFFREY, 'Glaciers of Norway'].sort(),
    )
    expect(await searched('author:hinton -author:grace')).toEqual(OF_GEOFFREY)
    expect(await searched('author:"Maria Castellanos"')).toEqual(['Two Names I', 'Two Names II'])
    // Two people have one of the words each.
    expect(await searched('author:"Grace Everest"')).toEqual([])
  })

  test('words also find people in a search without fields', async () => {
    const { data } = await askWell<Titles>(
      t,
      '{ list: search(query: "castellanos") { nodes { title } } }',
    )
    expect(short(data)).toEqual(['Two Names I', 'Two Names II'])
  })
})

test.each(['geoffrey', 'hinton geoff', 'castellanos'])(
  'suggestions and lists find people by the other names: %s',
  async (name) => {
    const { data } = await askWell<{
      suggest: { label: string }[]
      authors: { nodes: { name: string }[] }
    }>(
      t,
      'query ($name: String!) { suggest(prefix: $name, kinds: [AUTHOR]) { label } authors(name: $name) { nodes { name } } }',
      { name },
    )
    expect(data.suggest).toHaveLength(1)
    expect(data.authors.nodes).toEqual(data.suggest.map(({ label }) => ({ name: label })))
  },
)

test('a word that occurs twice in a name must occur twice', async () => {
  const named = async (name: string) => {
    const { data } = await askWell<{ authors: { totalCount: number } }>(
      t,
      'query ($name: String!) { authors(name: $name) { totalCount } }',
      { name },
    )
    return data.authors.totalCount
  }
  expect([await named('lima'), await named('lima lima'), await named('hinton geoffrey')]).toEqual([
    1, 0, 1,
  ])
})

describe('a name in a filter', () => {
  test.each(['Geoffrey Hinton', 'HINTON, Geoffrey E.', 'Geoffrey Everest Hinton'])(
    '%s means the only author who has it',
    async (name) => {
      expect(await filtered({ authors: [name] })).toEqual(OF_GEOFFREY)
      expect(
        await filtered({ anyOf: [{ authors: [name] }, { authors: ['Grace Hinton'] }] }),
      ).toEqual([...OF_GEOFFREY, 'Glaciers of Norway'].sort())
    },
  )

  test.each([
    ['Wei Zhang', /^filter\.authors: "Wei Zhang" may mean 2 authors: .*Ask again with/],
    ['G. Hinton', /^filter\.authors: "G\. Hinton" may mean 2 authors: /],
    ['Nobody Atall', /^filter\.authors: no author "Nobody Atall" in the catalogue\./],
    ['someone@example.org', /"someone@example\.org" is not an author reference/],
  ])('%s is refused', async (name, message) => {
    const { errors } = await ask(
      t,
      'query ($filter: PaperFilter) { papers(filter: $filter) { totalCount } }',
      { filter: { authors: [name] } },
    )
    expect(errors).toMatchObject([
      { code: 'BAD_USER_INPUT', message: expect.stringMatching(message) },
    ])
  })

  test('takes one more statement than a reference, and is counted in facets', async () => {
    const query =
      'query ($filter: PaperFilter) { author(ref: "orcid:0000-0002-1825-0097") { papers(filter: $filter) { totalCount facets { years { count } } } } }'
    const read = (filter: object) =>
      askWell<{
        author: { papers: { totalCount: number; facets: { years: { count: number }[] } } }
      }>(t, query, { filter })
    const [named, referred] = [
      await read({ authors: ['Ana Lima'] }),
      await read({ authors: [globalId('Author', await idOf('Ana Lima'))] }),
    ]
    expect(named.data).toEqual(referred.data)
    expect(named.data.author.papers).toEqual({ totalCount: 1, facets: { years: [{ count: 1 }] } })
    expect(named.statements).toHaveLength(referred.statements.length + 1)
  })
})

async function idOf(name: string): Promise<number> {
  const [row] = await t.db.query<{ id: number }>(sql`select id from authors where name = ${name}`)
  return row?.id ?? 0
}

describe('stored references use the id, because others may get the same name later', () => {
  test('saved queries', async () => {
    const save =
      'mutation ($input: SaveQueryInput!) { saveQuery(input: $input) { id papers { nodes { title } } } }'
    const saved = async (author: string) =>
      (
        await askWell<{ saveQuery: { id: string; papers: { nodes: object[] } } }>(t, save, {
          input: { filter: { authors: [author] } },
        })
      ).data.saveQuery
    const named = await saved('Geoffrey Hinton')
    expect(named.papers.nodes).toHaveLength(4)
    const { data } = await askWell<{ author: { id: string } }>(
      t,
      '{ author(ref: "Geoffrey Hinton") { id } }',
    )
    expect((await saved(data.author.id)).id).toBe(named.id)
    const { errors } = await ask(t, save, { input: { filter: { authors: ['Wei Zhang'] } } })
    expect(errors[0]?.message).toContain('filter.authors: "Wei Zhang" may mean 2 authors')
  })

  test('follows', async () => {
    const follow =
      'mutation ($ref: String!) { followAuthor(ref: $ref) { id papers { nodes { title } } } }'
    const { data } = await askWell<{ followAuthor: { papers: { nodes: object[] } } }>(t, follow, {
      ref: 'Geoffrey Hinton',
    })
    expect(data.followAuthor.papers.nodes).toHaveLength(4)
    const { errors } = await ask(t, follow, { ref: 'Wei Zhang' })
    expect(errors).toMatchObject([
      { code: 'BAD_USER_INPUT', message: expect.stringContaining('may mean 2 authors') },
    ])
  })

  test('digests', async () => {
    const source = await sourceOf(t.db, { filter: { authors: ['Geoffrey Hinton'] } })
    const id = await askWell<{ author: { id: string } }>(
      t,
      '{ author(ref: "Geoffrey Hinton") { id } }',
    )
    expect(source).toEqual({ kind: 'trending', filter: { authors: [id.data.author.id] } })
    await expect(sourceOf(t.db, { filter: { authors: ['Wei Zhang'] } })).rejects.toThrow(
      'may mean 2',
    )
    await expect(sourceOf(t.db, { filter: { authors: ['No One'] } })).rejects.toThrow('no author')
  })
})

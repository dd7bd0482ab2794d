import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { refreshSearchWords } from '../../../src/domain/search/dictionary.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'

/** People, each the author of one paper, and names by which they are asked for. */
const PEOPLE: [printed: string, ...asked: string[]][] = [
  ['Michael Jordan', 'Jordan, Michael'],
  ['Geoffrey Hinton', 'Geoff Hinton', 'Hinton, Geoff', 'G. Hinton', 'Geoffrey E. Hinton'],
  ['Christopher Manning', 'Chris Manning', 'Manning, Chris', 'Christopher D. Manning'],
  ['Yann LeCun', 'Yann Le Cun', 'Le Cun, Yann', 'Le Cun', 'Y. Le Cun'],
  ['Marie Le Guin', 'Marie LeGuin', 'LeGuin', 'Le Guin'],
  ['Robert Tarrant', 'Bob Tarrant', 'Tarrant, Bob'],
  ['Bob Wexcombe', 'Robert Wexcombe'],
  ['Zhongfei (Mark) Quirrell', 'Mark Quirrell', 'Zhongfei Quirrell'],
  ['Juan García López', 'Juan García', 'Juan Garcia', 'J. García-López'],
  ['H. Bramwell', 'Harriet Bramwell', 'H. Bramwell'],
  ['Hinrich Schönfelderer', 'Hinrich Schoenfelderer', 'Hinrich Schonfelderer'],
  ['王小明', '王 小明', '王小明'],
  ['Văn A Nguyễn', 'Nguyen Van A', 'Nguyễn Văn A'],
]
/** Who must not be found by any of them: of one family name with the others, or one given name. */
const OTHERS = ['Grace Loxley', 'Christina Mannheim', 'Robertson Tarr', 'Mark Quill', 'Juan Pérez']

/** Two people, one of whom has one initial more. */
const NAMES_OF_TWO = ['Michael Castlemaine', 'Michael I. Castlemaine']

let t: TestDatabase
const ids = new Map<string, string>()
beforeAll(async () => {
  t = await createTestDatabase()
  const names = [...NAMES_OF_TWO, ...PEOPLE.map(([name]) => name), ...OTHERS]
  await transaction(t.url, (tx) => writeRecords(tx, names.map(paperOf)))
  await refreshSearchWords(t.url)
  for (const name of names) {
    const [row] = await t.db.query<{ id: number }>(sql`select id from authors where name = ${name}`)
    ids.set(String(row?.id), name)
  }
})
afterAll(() => t.close())

const paperOf = (name: string) =>
  paperRecord({
    ...{ key: name, title: `A Paper of ${[...name].length} Kinds ${ids.size}` },
    authors: [{ name, affiliation: null, identifiers: [] }],
  })

interface Named {
  name: string
}
interface Papers {
  nodes: { authorships: { nodes: { author: Named }[] } }[]
}
const PAPERS = '{ nodes { authorships { nodes { author { name } } } } }'

const authorsOf = ({ nodes }: Papers) =>
  nodes.flatMap(({ authorships }) => authorships.nodes.map(({ author }) => author.name))

/** Each way to ask for an author by name, as the names of those whom it leads to. */
const ENTRIES: Record<string, (name: string) => Promise<string[]>> = {
  async 'search author:'(name) {
    const { list } = await data<{ list: Papers }>(
      `query ($q: String!) { list: search(query: $q) ${PAPERS} }`,
      { q: `author:"${name}"` },
    )
    return authorsOf(list)
  },
  async 'authors(name:)'(name) {
    const { list } = await data<{ list: { nodes: Named[] } }>(
      'query ($name: String!) { list: authors(name: $name) { nodes { name } } }',
      { name },
    )
    return list.nodes.map((one) => one.name)
  },
  async suggest(name) {
    const { list } = await data<{ list: { label: string; isCorrected: boolean }[] }>(
      'query ($name: String!) { list: suggest(prefix: $name, kinds: [AUTHOR]) { label isCorrected } }',
      { name },
    )
    return list.filter(({ isCorrected }) => !isCorrected).map(({ label }) => label)
  },
  async resolveAuthors(name) {
    const { list } = await data<{ list: { author?: Named; candidates?: Named[] }[] }>(
      `query ($name: String!) { list: resolveAuthors(refs: [$name]) {
        ... on AuthorFound { author { name } } ... on AuthorAmbiguous { candidates { name } } } }`,
      { name },
    )
    return list.flatMap((one) => one.candidates ?? one.author ?? []).map((one) => one.name)
  },
}
/** Those that take one author only: a family name alone is refused. */
const OF_ONE: typeof ENTRIES = {
  async 'author(ref:)'(name) {
    const { one } = await data<{ one: Named | null }>(
      'query ($name: String!) { one: author(ref: $name) { name } }',
      { name },
    )
    return one ? [one.name] : []
  },
  async 'filter.authors'(name) {
    const { list } = await data<{ list: Papers }>(
      `query ($filter: PaperFilter) { list: papers(filter: $filter) ${PAPERS} }`,
      { filter: { authors: [name] } },
    )
    return authorsOf(list)
  },
  async followAuthor(name) {
    const { one } = await data<{ one: { papers: Papers } }>(
      `mutation ($name: String!) { one: followAuthor(ref: $name) { papers ${PAPERS} } }`,
      { name },
    )
    return authorsOf(one.papers)
  },
}

const data = async <Data>(query: string, variables: Record<string, unknown>) =>
  (await askWell<Data>(t, query, variables)).data

const cases = PEOPLE.flatMap(([printed, ...asked]) =>
  [printed, ...asked].map((name) => [name, printed] as const),
)

describe.each(Object.entries({ ...ENTRIES, ...OF_ONE }))('%s', (entry, found) => {
  const isFamily = (name: string) => /^Le ?\w+$/.test(name)
  test.each(cases.filter(([name]) => !(entry in OF_ONE && isFamily(name))))(
    '%s is %s',
    async (name, printed) => {
      expect(await found(name)).toEqual([printed])
    },
  )
})

describe('in a search', () => {
  const ask = (q: string) =>
    askWell<{ list: Papers & { warnings: { message: string }[] } }>(
      t,
      `query ($q: String!) { list: search(query: $q) { warnings { message } ${PAPERS.slice(2, -2)} } }`,
      { q },
    )
  const found = async (q: string) => authorsOf((await ask(q)).data.list).sort()

  test('names are combined as other fields are', async () => {
    const both = ['Christopher Manning', 'Robert Tarrant']
    expect(await found('author:"Chris Manning" OR author:"Bob Tarrant"')).toEqual(both)
    expect(await found('author:"Chris Manning" author:"Bob Tarrant"')).toEqual([])
    const others = await found('-author:"Chris Manning"')
    expect(others).toHaveLength(ids.size - 1)
    expect(others).not.toContain('Christopher Manning')
  })

  test('an initial, a single word and its beginning mean what they say', async () => {
    expect(await found('author:"M. I. Castlemaine"')).toEqual(['Michael I. Castlemaine'])
    expect(await found('author:"Michael I. Castlemaine"')).toEqual(['Michael I. Castlemaine'])
    expect(await found('author:"Michael Castlemaine"')).toEqual([
      'Michael Castlemaine',
      'Michael I. Castlemaine',
    ])
    expect(await found('author:bob')).toEqual(['Bob Wexcombe'])
    expect(await found('author:"Bob Tarr*"')).toEqual([])
  })

  test('only a name that nobody has in any form is a warning', async () => {
    const warned = async (q: string) => (await ask(q)).data.list.warnings
    expect(await warned('author:"Chris Manning" author:"Le Cun"')).toEqual([])
    expect(await warned('author:"Chris Mannering"')).toMatchObject([
      { message: expect.stringContaining('no paper has the author "Chris Mannering"') },
    ])
  })

  test('one statement looks up all names, whether or not anybody has them', async () => {
    const statements = async (q: string) => (await ask(q)).statements.length
    const ofWord = await statements('author:manning')
    expect(await statements('author:"Chris Manning"')).toBe(ofWord + 1)
    expect(await statements('author:"Bob Tarrant" author:"Christopher Manning"')).toBe(ofWord + 1)
    // One more looks for what the name that nobody has may mean.
    const unfound = 'author:"Chris Mannering" OR author:"Bob Tarrant"'
    expect(await statements(unfound)).toBe(ofWord + 2)
  })
})

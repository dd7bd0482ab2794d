import { createHash } from 'node:crypto'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { refreshSearchWords } from '../../../src/domain/search/dictionary.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'
import { atLeast } from '../../helpers/thorough.ts'

/** People, each the author of one paper, and the names in queries. */
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
/** A name with initials in both orders, with and without points, hyphens and a comma, and with the initials in one word. */
function spellingsOf(family: string, ...initials: string[]): string[] {
  const glued = initials.join('')
  const given = [' ', '. ', '.', '.-', ''].map((sign) =>
    sign === '' ? glued : `${initials.join(sign)}${sign.trim()[0] ?? ''}`,
  )
  const ofThree = initials.length > 2 ? [] : [`${initials[0]}-${initials[1]}`]
  return [...given, ...ofThree].flatMap((one) => [
    `${one} ${family}`,
    `${family} ${one}`,
    `${family}, ${one}`,
  ])
}
const WITH_INITIALS: [printed: string, family: string, ...initials: string[]][] = [
  ['T W Ashcombe', 'Ashcombe', 'T', 'W'],
  ['J. A. Smith', 'Smith', 'J', 'A'],
  ['Brandt MA', 'Brandt', 'M', 'A'],
  ['TWR Ellerby', 'Ellerby', 'T', 'W', 'R'],
  ['Oudin, J.-P.', 'Oudin', 'J', 'P'],
  ['E. D. van der Zandt', 'van der Zandt', 'E', 'D'],
]
for (const [printed, ...name] of WITH_INITIALS) PEOPLE.push([printed, ...spellingsOf(...name)])

/** People of one family name whom initials do not distinguish. */
const ALIKE = ['T W Thornbury', 'Tommy Thornbury', 'Thea Thornbury', 'T. Thornbury']

/** Accented letters with their spelt-out forms: an author with either form is found by both. */
const SPELT_OUT = ['ä ae', 'ö oe', 'ø oe', 'å aa', 'ü ue', 'ß ss'].map((pair) => pair.split(' '))
for (const [i, [letter = '', out = '']] of SPELT_OUT.entries())
  for (const [start, own, other] of [
    ['H', letter, out],
    ['P', out, letter],
  ]) {
    const family = (one: string | undefined) => `${start}a${'lrnktm'[i]}${one}ndrik`
    const printed = `Ivo ${family(own)}`
    const given = other === 'ß' || own === 'ß' ? [] : [`I. ${family(other)}`]
    PEOPLE.push([
      printed,
      `Ivo ${family(other)}`,
      `${family(other)}, Ivo`,
      family(other),
      family(own),
      ...given,
    ])
  }

/** People whom none of the names may find: they share the family name with the others, or one given name. */
const OTHERS = [
  'Michael Raenton',
  'Grace Loxley',
  'Christina Mannheim',
  'Robertson Tarr',
  'Mark Quill',
  'Juan Pérez',
]

/** Two people, one of whom has one initial more. */
const NAMES_OF_TWO = ['Michael Castlemaine', 'Michael I. Castlemaine']

let t: TestDatabase
const ids = new Map<string, string>()
beforeAll(async () => {
  t = await createTestDatabase()
  const names = [...NAMES_OF_TWO, ...ALIKE, ...PEOPLE.map(([name]) => name), ...OTHERS]
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
    ...{ key: name, title: `Looms ${createHash('sha1').update(name).digest('hex')} and weaving` },
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

/** Each way to query an author by name, with the names of the results. */
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
/** The ways that accept only one author: a family name alone is refused. */
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

const ways = Object.entries({ ...ENTRIES, ...OF_ONE })

/**
 * Every spelling of initials is tested in one or two of the ways, in others than the one before, because all read names by the same rules.
 */
const isAskedFor = (printed: string, place: number) =>
  atLeast(place % 4 === 0 || !WITH_INITIALS.some(([name]) => name === printed), true)

describe.each(ways.map(([entry, found], n) => ({ entry, found, n })))('$entry', (way) => {
  const { entry, found, n } = way
  const isFamily = (name: string) => /^(?:Le ?)?\p{Script=Latin}+$/u.test(name)
  const own = cases.filter(
    ([name, printed], i) => isAskedFor(printed, i + n) && !(entry in OF_ONE && isFamily(name)),
  )
  test.each(own)('%s is %s', async (name, printed) => {
    expect(await found(name)).toEqual([printed])
  })
})

describe('initials that may belong to several people', () => {
  const spellings = spellingsOf('Thornbury', 'T', 'W')
  test.each(Object.entries(ENTRIES))('are one name in all spellings in %s', async (_, found) => {
    const all = await Promise.all(spellings.map(async (name) => (await found(name)).sort()))
    const [first = []] = all
    expect(first).toContain('T W Thornbury')
    for (const [i, own] of all.entries()) expect([spellings[i], own]).toEqual([spellings[i], first])
  })

  test('are refused in all spellings, with the same candidates', async () => {
    for (const name of spellings) {
      const answer = await ask<{ one: null }>(
        t,
        'query ($name: String!) { one: author(ref: $name) { name } }',
        { name },
      )
      expect([name, answer.errors[0]]).toMatchObject([
        name,
        {
          code: 'BAD_USER_INPUT',
          message: expect.stringContaining(`may mean ${ALIKE.length} authors`),
        },
      ])
    }
  })
})

test.each([
  'query ($ref: String!) { author(ref: $ref) { name } }',
  'query ($ref: String!) { papers(filter: { authors: [$ref] }) { totalCount } }',
  'mutation ($ref: String!) { followAuthor(ref: $ref) { papers { totalCount } } }',
])('%s refuses several people, and names each', async (query) => {
  for (const ref of [
    'Ivo Pandrik and Bob Tarrant',
    'Pandrik, I.; Tarrant, B.',
    'I. Pandrik & B. Tarrant',
  ]) {
    const { errors } = await ask(t, query, { ref })
    expect(errors).toMatchObject([
      {
        code: 'BAD_USER_INPUT',
        message: expect.stringMatching(
          /names two people; expected one. Ask for each: ".*", ".*"\.$/,
        ),
      },
    ])
  }
})

test.each(Object.entries(ENTRIES))(
  'in %s a name without accents differs from one that is printed with other letters',
  async (_, found) => {
    for (const name of ['Michal Raenton', 'Michael Ranton', 'Ranton', 'Räntonen'])
      expect([name, await found(name)]).toEqual([name, []])
  },
)

describe('in a search', () => {
  const ask = (q: string) =>
    askWell<{ list: Papers & { warnings: { message: string }[] } }>(
      t,
      `query ($q: String!) { list: search(query: $q, first: 100) { warnings { message } ${PAPERS.slice(2, -2)} } }`,
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

  test('initials, single words and prefixes are taken literally', async () => {
    expect(await found('author:"M. I. Castlemaine"')).toEqual(['Michael I. Castlemaine'])
    expect(await found('author:"Michael I. Castlemaine"')).toEqual(['Michael I. Castlemaine'])
    expect(await found('author:"Michael Castlemaine"')).toEqual([
      'Michael Castlemaine',
      'Michael I. Castlemaine',
    ])
    expect(await found('author:bob')).toEqual(['Bob Wexcombe'])
    expect(await found('author:"Bob Tarr*"')).toEqual([])
  })

  test('only a name that nobody has in any form causes a warning', async () => {
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
    // One more looks up what an unknown name may mean, and one a person whose name is one edit away.
    const unfound = 'author:"Chris Mannering" OR author:"Bob Tarrant"'
    expect(await statements(unfound)).toBe(ofWord + 3)
  })
})

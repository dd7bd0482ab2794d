import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { isFullName } from '../../../src/domain/identity/lookup/named.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import type { TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'
import { createSeededDatabase, nodeId } from '../seeded-catalogue.ts'

let t: TestDatabase
beforeAll(async () => {
  t = (await createSeededDatabase()).t
  await put(...RECORDS)
})
afterAll(() => t.close())

const put = (...records: PaperRecord[]) => transaction(t.url, (tx) => writeRecords(tx, records))

const by = (...names: string[]) =>
  names.map((name) => ({ name, identifiers: [], affiliation: null }))

const RECORDS: PaperRecord[] = [
  paperRecord({
    key: 's1',
    title: 'Attention Is All You Need',
    authors: by('Ashish Vaswani', 'Zhiyuan Liu'),
    citationCount: 900,
    topics: [
      { slug: 'attention', name: 'Attention', kind: 'method', score: 1, source: 'keywords' },
    ],
    repositories: [
      {
        host: 'github.com',
        owner: 'google-research',
        name: 'pretrained-transformers',
        url: 'https://github.com/google-research/pretrained-transformers',
        isOfficial: true,
        evidence: 'curated',
        framework: null,
      },
    ],
  }),
  paperRecord({
    ...{ key: 's2', title: 'All the Attention One Paper Needs', citationCount: 20 },
    topics: [
      {
        ...{ slug: 'large-language-models', name: 'Large Language Models', kind: 'method' },
        ...{ score: 1, source: 'keywords' },
      },
    ],
  }),
  paperRecord({ key: 's3', title: 'Attention', citationCount: 3 }),
  paperRecord({ key: 's4', title: 'Schrödingers Straße: β-VAE', authors: by('Łukasz Żółty') }),
]

interface Suggestion {
  kind: string
  label: string
  value: string
  use: number
  isCorrected: boolean
  matches: { start: number; end: number }[]
  node: { __typename: string; id: string }
}

const SUGGEST = `query($prefix: String!, $kinds: [SuggestionKind!], $first: Int) {
  suggest(prefix: $prefix, kinds: $kinds, first: $first) { kind label value use isCorrected
    matches { start end } node { __typename id } } }`

async function suggest(prefix: string, kinds?: string[], first?: number): Promise<Suggestion[]> {
  const variables = { prefix, kinds: kinds ?? null, first: first ?? null }
  const { data, statements } = await askWell<{ suggest: Suggestion[] }>(t, SUGGEST, variables)
  const hasAuthor = data.suggest.some((one) => one.kind === 'AUTHOR' && !one.isCorrected)
  const words = prefix.match(/[\p{L}\p{N}]+/gu) ?? []
  const mayBeName = isFullName(prefix) && words.length <= 4 && kinds?.includes('AUTHOR') !== false
  expect(statements.length).toBeLessThanOrEqual(mayBeName && !hasAuthor ? 2 : 1)
  return data.suggest
}

const labels = async (prefix: string, kinds?: string[], first?: number) =>
  (await suggest(prefix, kinds, first)).map(({ label }) => label)

const marked = ({ label, matches }: Suggestion) =>
  matches.reduceRight(
    (text, { start, end }) =>
      `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`,
    label,
  )

test.each(['BERT', 'GAN', 'ELMO', 'XLNET', 'SGD'])(
  'the acronym %s in capitals is a method before it is a name',
  async (acronym) => {
    const name = `${acronym[0]}${acronym.slice(1).toLowerCase()}`
    const people = ['Hu', 'Lo', 'Ma'].map((family) => `${name} ${family}`)
    const initials = `${[...acronym].slice(0, -1).join('. ')}. ${acronym.at(-1)}oo`
    await put(
      ...[0, 1, 2, 3, 4].map((i) =>
        paperRecord({
          key: `${acronym}${i}`,
          title: `Study ${i}`,
          authors: by(...people, initials),
        }),
      ),
      paperRecord({ key: acronym, title: `${acronym}: A Method`, citationCount: 1 }),
      paperRecord({
        key: `${acronym}t`,
        title: 'A method for rare words',
        topics: [
          {
            ...{ slug: `${acronym.toLowerCase()}-training`, name: `${acronym} Training` },
            ...{ kind: 'method', score: 1, source: 'topics' },
          },
        ],
      }),
    )
    for (const first of [2, 10]) {
      const found = await suggest(acronym, undefined, first)
      const kinds = found.map(({ kind }) => kind)
      expect(kinds.slice(0, 2).sort(), found.map(({ label }) => label).join()).toEqual([
        'PAPER',
        'TOPIC',
      ])
      expect(kinds.includes('AUTHOR')).toBe(first > 2)
    }
    // A name is found as people write names.
    expect((await suggest(name)).map(({ kind }) => kind)).toContain('AUTHOR')
  },
)

describe('suggestions are found', () => {
  test.each([
    ['zhi liu', 'AUTHOR', '[Zhi]yuan [Liu]'],
    ['LIU  zhiy', 'AUTHOR', '[Zhiy]uan [Liu]'],
    ['attent all need', 'PAPER', '[Attent]ion Is [All] You [Need]'],
    ['Need, attention: al', 'PAPER', '[Attention] Is [Al]l You [Need]'],
    ['lukasz zo', 'AUTHOR', '[Łukasz] [Żó]łty'],
    ['strasse beta', 'PAPER', 'Schrödingers [Straße]: [β]-VAE'],
    ['schrodinger', 'PAPER', '[Schrödinger]s Straße: β-VAE'],
    ['research transf', 'REPOSITORY', 'google-[research]/pretrained-[transf]ormers'],
    ['google-research/pre', 'REPOSITORY', '[google]-[research]/[pre]trained-transformers'],
    ['weather', 'VENUE', '[Weather] Letters'],
    ['icm', 'VENUE', 'Conference on Machine Learning ([ICM]L)'],
    ['machine', 'TOPIC', '[Machine] Learning'],
  ])('by %j: %s', async (prefix, kind, expected) => {
    const found = (await suggest(prefix, [kind])).filter(({ isCorrected }) => !isCorrected)
    expect(found.map(marked)).toContain(expected)
    expect(found[0]?.kind).toBe(kind)
  })

  test.each(['LLMs', ' llm', 'LLM', 'large language model', 'Large-language-models'])(
    'a topic by its name in papers: %j',
    async (prefix) => {
      const found = await suggest(prefix)
      expect(found[0]).toMatchObject({ kind: 'TOPIC', value: 'large-language-models' })
      expect(found.filter(({ value }) => value === found[0]?.value)).toHaveLength(1)
      expect(await labels(prefix, ['PAPER'])).not.toContain('Large Language Models')
    },
  )

  test('with the value for queries', async () => {
    const [author] = await suggest('ashish vaswani', ['AUTHOR'])
    const [topic] = await suggest('attention', ['TOPIC'])
    const [venue] = await suggest('icml', ['VENUE'])
    const [repository] = await suggest('pretrained', ['REPOSITORY'])
    const [paper] = await suggest('attention is all', ['PAPER'])
    const query = `{ author(ref: "${author?.value}") { id } topic(slug: "${topic?.value}") { id }
      venue(slug: "${venue?.value}") { id } repository(ref: "${repository?.value}") { id } paper(ref: "${paper?.value}") { id }
      papers(filter: { authors: ["${author?.value}"], topicsAll: ["${topic?.value}"] }) { nodes { id } } }`
    const id = (one: Suggestion | undefined) => ({ id: one?.node.id })
    expect((await askWell(t, query)).data).toEqual({
      author: id(author),
      topic: id(topic),
      venue: id(venue),
      repository: id(repository),
      paper: id(paper),
      papers: { nodes: [id(paper)] },
    })
  })
})

describe('the order', () => {
  test('puts exact matches first, then the most used', async () => {
    expect(await labels('attention', ['PAPER'])).toEqual([
      'Attention',
      'Attention Is All You Need',
      'All the Attention One Paper Needs',
    ])
  })

  test('puts matches that begin with the text before others of equal use', async () => {
    const titles = ['Sediment Cores', 'Cores of Sediment', 'On Sediment'].flatMap((title) =>
      Array.from({ length: 20 }, (_, i) => `${title} ${'abcdefghijklmnopqrst'[i]}`),
    )
    await put(
      ...titles.map((title, i) => paperRecord({ key: `sediment${i}`, title, citationCount: 0 })),
    )
    const found = await labels('sediment', ['PAPER'], 20)
    expect(found.toSorted()).toEqual(titles.slice(0, 20))
  })

  test('for no text gives the most used of each kind in turns', async () => {
    const kinds = (await suggest('', undefined, 12)).map(({ kind }) => kind)
    const each = ['AUTHOR', 'INSTITUTION', 'PAPER', 'REPOSITORY', 'TOPIC', 'VENUE']
    expect(kinds.slice(0, 6).toSorted()).toEqual(each)
    expect(kinds.slice(6).toSorted()).toEqual(each)
    expect((await suggest(' ', ['PAPER'], 1))[0]?.label).toBe('Attention Is All You Need')
  })
})

describe('mistyped words', () => {
  test.each([
    ['attnetion', 'Attention Is All You Need'],
    ['atention is all', 'Attention Is All You Need'],
    ['all atttention', 'Attention Is All You Need'],
    ['vaswini', 'Ashish Vaswani'],
    ['ashis vasvani', 'Ashish Vaswani'],
    ['machien lear', 'Machine Learning'],
    ['wether lett', 'Weather Letters'],
    ['pretraned', 'google-research/pretrained-transformers'],
  ])('%j is corrected to %j', async (prefix, label) => {
    const found = await suggest(prefix)
    const one = found.find((suggestion) => suggestion.label === label)
    expect(one?.isCorrected).toBe(true)
    expect(one?.matches.length).toBeGreaterThan(0)
  })

  test('are not corrected if enough was found', async () => {
    const found = await suggest('attention')
    expect(found.length).toBeGreaterThan(2)
    expect(found.some(({ isCorrected }) => isCorrected)).toBe(false)
  })

  test('rank after uncorrected matches', async () => {
    const flags = (await suggest('needs')).map(({ isCorrected }) => isCorrected)
    expect(flags).toEqual(flags.toSorted((a, b) => Number(a) - Number(b)))
    expect(flags[0]).toBe(false)
  })

  test('are corrected to words of new and changed titles and names at once', async () => {
    expect(await suggest('xylophnic', ['PAPER'])).toEqual([])
    await put(paperRecord({ key: 's5', title: 'A Plain Title to Be Changed' }))
    await put(paperRecord({ key: 's5', title: 'A Xylophonic Title' }))
    expect(await labels('xylophnic', ['PAPER'])).toEqual(['A Xylophonic Title'])
    await t.db.query(
      sql`update authors set name = 'Quetzal Renamed', name_key = 'quetzal renamed' where name = 'Zhiyuan Liu'`,
    )
    expect(await labels('quetzla', ['AUTHOR'])).toEqual(['Quetzal Renamed'])
    await t.db.query(
      sql`update authors set name = 'Zhiyuan Liu', name_key = 'zhiyuan liu' where name = 'Quetzal Renamed'`,
    )
  })
})

describe('odd input', () => {
  test.each(['%_\\', '...', '🙂', "'", '\\', "' | '", '-- ;', '"'])(
    '%j finds nothing',
    async (prefix) => {
      expect(await suggest(prefix)).toEqual([])
    },
  )

  test.each([
    "'); drop table words; --",
    "a\\'b",
    '% %',
    'x:* & y',
    '[a-z]+ (',
    'ǆ ﬁ',
    '\ud800 w',
    'á́́',
    '资源 模',
  ])('%j does no harm', async (prefix) => {
    for (const { label } of await suggest(prefix)) expect(label).not.toBe('')
  })

  test.each([
    ['a\0b', /^prefix: .* contains a NUL character\.$/],
    ['x'.repeat(201), /^prefix has 201 characters; expected at most 200/],
    ['x'.repeat(10_240), /^prefix has 10240 characters; expected at most 200/],
  ])('%# is an error', async (prefix, message) => {
    const { data, errors } = await ask(t, SUGGEST, { prefix })
    expect(data).toEqual({ suggest: null })
    expect(errors).toMatchObject([
      { code: 'BAD_USER_INPUT', message: expect.stringMatching(message) },
    ])
  })

  test.each([-1, 51])('first: %i is an error', async (first) => {
    const { errors } = await ask(t, SUGGEST, { prefix: 'a', first })
    expect(errors).toMatchObject([
      { message: `first: ${first} is out of range; expected 0 to 50.` },
    ])
  })

  test('none, of no kind, or of many words', async () => {
    expect(await suggest('attention', undefined, 0)).toEqual([])
    expect(await suggest('attention', [])).toEqual([])
    expect(await suggest('a b c d e f g h i j k l m n o p q r s t u v w x y z '.repeat(3))).toEqual(
      [],
    )
  })
})

test('all kinds with their relations are read by one statement, and lists below by one for each kind', async () => {
  const query = `query($first: Int) { suggest(prefix: "", first: $first) { node { id
    ... on Paper { title abstract authorships(first: 2) { nodes { author { name } } } }
    ... on Author { name identifiers { value } } ... on Topic { slug } ... on Venue { acronym }
    ... on Repository { url stars } } } }`
  for (const first of [1, 50]) {
    const { statements, data } = await askWell<{ suggest: object[] }>(t, query, { first })
    expect(statements).toHaveLength(1)
    expect(data.suggest).toHaveLength(first)
  }
  const deep = `{ suggest(prefix: "", first: 50, kinds: [AUTHOR, TOPIC]) { node {
    ... on Author { papers(first: 1) { nodes { title } } } ... on Topic { papers(first: 1) { nodes { title } } } } } }`
  expect((await askWell(t, deep)).statements).toHaveLength(3)
})

test('the node of a suggestion is the node of that id', async () => {
  const query = '{ suggest(prefix: "vaswani") { node { __typename id ... on Author { name } } } }'
  type Nodes = { suggest: { node: { id: string } }[] }
  const [first] = (await askWell<Nodes>(t, query)).data.suggest
  const node = `{ node(id: "${first?.node.id}") { __typename id ... on Author { name } } }`
  expect((await askWell(t, node)).data).toEqual(first)
  expect(first?.node.id).not.toBe(nodeId('Author', 0))
})

test.each([
  ['Wei Zhuang', 'Jian-Wei Zhuang'],
  ['Li Quirrell', 'Li Anne Quirrell'],
  ['Ada Umpleby', 'Umpleby Ada Rose'],
])('%s is suggested before %s, who has more papers', async (exact, longer) => {
  const many = Array.from({ length: 12 }, (_, n) =>
    paperRecord({
      key: `${longer} ${n}`,
      title: `${longer} counts ${n} lakes`,
      authors: by(longer),
    }),
  )
  await put(...many, paperRecord({ key: exact, title: `${exact} counts fish`, authors: by(exact) }))
  const [first] = await labels(exact, ['AUTHOR'])
  expect(first).toBe(exact)
})

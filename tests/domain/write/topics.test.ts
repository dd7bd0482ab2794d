import fc from 'fast-check'
import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { undoDecision } from '../../../src/domain/curation/curation.ts'
import { type Decision, restoreDecisions } from '../../../src/domain/curation/restore.ts'
import { decideOnTopics, type TopicChange } from '../../../src/domain/curation/topics.ts'
import { withFoundTopics } from '../../../src/domain/record/keywords/found-topics.ts'
import { keyOfTopic } from '../../../src/domain/record/keywords/vocabulary-keys.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { removeRecords, writeRecords } from '../../../src/domain/write/catalogue.ts'
import { areTopicsRefreshed, followTopicRules } from '../../../src/domain/write/topic-rules.ts'
import { refreshTopics } from '../../../src/domain/write/topics/refresh.ts'
import { dumpCatalogue, emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'
import { atLeast } from '../../helpers/thorough.ts'

let t: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
  t = await createTestDatabase()
})
afterEach(() => emptyCatalogue(t.db))
afterAll(() => t.close())

/** A paper of a group of its own that names its subject in its title. */
const paper = (i: number, keywords: string[], over: Partial<PaperRecord> = {}) =>
  paperRecord({
    key: String(i),
    title: `On ${keywords[0]} under condition number ${i}`,
    identifiers: [{ scheme: 'arxiv', value: `2101.0000${i}` }],
    authors: [{ name: `Author Number${i}`, identifiers: [], affiliation: null }],
    keywords,
    ...over,
  })

const SWARMS = [
  paper(1, ['swarm flight', 'pippi']),
  paper(2, ['Swarm Flight', 'pippi']),
  paper(3, ['swarm flights', 'pippi']),
  paper(4, ['swarm-flight', 'pippi', 'llms large language models']),
]

/** In the form in which an importer finds it in the text of a paper. */
const NAMED = [
  {
    ...{ slug: 'large-language-models', name: 'Large Language Models' },
    ...{ kind: 'method' as const, score: 0.5, source: 'text' },
  },
]

const write = (records: PaperRecord[]) => transaction(t.url, (tx) => writeRecords(tx, records))
const decide = (change: TopicChange) =>
  transaction(t.url, (tx) => decideOnTopics(tx, change, { by: 'ada', reason: null }))
const undo = (id: number) =>
  transaction(t.url, (tx) => undoDecision(tx, id, { by: 'ada', reason: null }))
const topicSlugs = async () => (await dumpCatalogue(t.db)).topics.map(({ slug }) => slug)
const topicsOf = (slug: string) =>
  askWell<{ topic: { slug: string; name: string; paperCount: number } | null }>(
    t,
    `{ topic(slug: "${slug}") { slug name paperCount } }`,
  ).then(({ data }) => data.topic)

describe('a keyword', () => {
  test('becomes a topic when papers of several groups use it, in whatever order they come', async () => {
    await write(SWARMS.slice(0, 2))
    expect(await topicSlugs()).toEqual([])
    await write(SWARMS.slice(2))
    const whole = await dumpCatalogue(t.db)
    expect(whole.topics).toMatchObject([
      { slug: 'large-language-models', paper_count: 1 },
      { slug: 'natural-language-processing', paper_count: 0 },
      { slug: 'swarm-flight', kind: 'keyword', name: 'Swarm Flight', paper_count: 4 },
    ])
    await emptyCatalogue(t.db)
    for (const record of SWARMS.toReversed()) await write([record])
    expect(await dumpCatalogue(t.db)).toEqual(whole)
  })

  test('is not a topic any more when too few papers are left, and stays on its papers', async () => {
    await write(SWARMS)
    const gone = SWARMS.slice(2).map(({ source, key }) => ({ source, key }))
    await transaction(t.url, (tx) => removeRecords(tx, gone))
    await refreshTopics(t.url)
    const { topics, papers } = await dumpCatalogue(t.db)
    expect(topics).toEqual([])
    expect(papers.map((row) => row.topics)).toEqual([[], []])
    expect(papers[0]?.keywords).toHaveLength(2)
  })

  test('of one group, in no title or used by few papers is not a topic', async () => {
    const authors = [{ name: 'Ada Lovelace', identifiers: [], affiliation: null }]
    await write(SWARMS.map((record) => ({ ...record, authors })))
    await write(
      [5, 6, 7, 8].map((i) =>
        paper(i, ['PSNR'], { title: `Paper number ${i}`, abstract: 'By PSNR.' }),
      ),
    )
    expect(await topicSlugs()).not.toContain('swarm-flight')
    expect(await topicSlugs()).not.toContain('psnr')
  })

  test('that a source states as a topic joins that topic', async () => {
    const stated = { slug: 'swarm-flights', name: 'Swarm Flights', kind: 'task' as const }
    await write([paper(1, ['swarm-flight'])])
    await write([paper(2, ['bees'], { topics: [{ ...stated, score: 0.4, source: 'pwc' }] })])
    expect(await topicsOf('swarm-flight')).toEqual({
      slug: 'swarm-flights',
      name: 'Swarm Flights',
      paperCount: 2,
    })
  })

  test('that is an acronym joins the long form on which papers agree', async () => {
    const explained = { abstract: 'We study swarm flight control (SFC) at length.' }
    await write([
      ...[1, 2, 3].map((i) => paper(i, ['Swarm Flight Control (SFC)'])),
      paper(4, ['SFC'], explained),
      paper(5, ['SFC']),
    ])
    const { data } = await askWell<{ topic: object }>(
      t,
      '{ topic(slug: "sfc") { slug paperCount variants { slug name reason paperCount } } }',
    )
    expect(data.topic).toEqual({
      slug: 'swarm-flight-control',
      paperCount: 5,
      variants: [
        {
          slug: 'swarm-flight-control-sfc',
          name: 'Swarm Flight Control (SFC)',
          reason: 'USE',
          paperCount: 3,
        },
        { slug: 'sfc', name: 'SFC', reason: 'ACRONYM', paperCount: 2 },
      ],
    })
  })
})

/** A signal that is aborted after it was checked this number of times. */
const abortedAfter = (times: number) => {
  let asked = 0
  return {
    get aborted() {
      return ++asked > times
    },
  } as AbortSignal
}

test('topics are recomputed under new rules, resuming after an interruption', async () => {
  const found = (records: PaperRecord[]) => records.map(withFoundTopics)
  await write(found([...SWARMS, paper(5, ['LLMs'], { abstract: 'On machine translation.' })]))
  await decide({ kind: 'rename-topic', slug: 'swarm-flight', name: 'Flying in Swarms' })
  const readRecords = () =>
    t.db.query(sql`select record->'topics' as topics from source_records order by key`)
  const expected = { ...(await dumpCatalogue(t.db)), records: await readRecords() }
  await followTopicRules(t.url)
  const made = JSON.stringify([
    { slug: 'looms', name: 'Looms', kind: 'task', score: 0.5, source: 'text' },
  ])
  for (const statement of [
    sql`update source_records set record = jsonb_set(record, '{topics}', ${made}::text::jsonb)`,
    sql`update paper_keywords set key = key || ' of old', said = 0`,
    sql`delete from topic_keys`,
    sql`update topics set name = 'Of old', parent_id = null`,
    sql`update topics set slug = 'of-old' where slug = 'natural-language-processing'`,
    sql`update paper_topics set score = 0.1`,
    sql`update catalogue_rules set topics_version = 0`,
  ])
    await t.db.query(statement)
  await followTopicRules(t.url, { signal: abortedAfter(1) })
  const isDone = () => transaction(t.url, areTopicsRefreshed)
  expect(await isDone()).toBe(false)
  for (const times of [1, 2, 3]) await followTopicRules(t.url, { signal: abortedAfter(times) })
  await followTopicRules(t.url)
  expect(await isDone()).toBe(true)
  expect({ ...(await dumpCatalogue(t.db)), records: await readRecords() }).toEqual(expected)
})

test('spellings of slugs find the topic wherever slugs are accepted', async () => {
  await write(SWARMS)
  const { data } = await askWell<Record<string, { totalCount: number }>>(
    t,
    `{ a: papers(filter: { topics: ["swarm-flights"] }) { totalCount nodes { title } }
      b: papers(filter: { topicsWithin: ["swarm-flights"] }) { totalCount }
      c: papers(filter: { topics: ["swarm-flights", "llms"] }) { totalCount }
      d: search(query: "topic:swarm-flights") { totalCount }
      e: search(query: "keyword:\\"swarm flights\\"") { totalCount }
      f: search(query: "keyword:pip*") { totalCount }
      g: papers(filter: { keywords: "Pippi" }) { totalCount } }`,
  )
  expect(Object.values(data).map(({ totalCount }) => totalCount)).toEqual([4, 4, 4, 4, 4, 4, 4])
})

describe('operators', () => {
  test('merge topics, and later imports follow', async () => {
    await write(SWARMS)
    const { id, topics } = await decide({
      kind: 'merge-topics',
      slugs: ['large-language-models'],
      into: 'swarm-flight',
    })
    expect(topics).toEqual([{ slug: 'swarm-flight', name: 'Swarm Flight' }])
    await write([paper(5, ['LLMs'])])
    expect(await topicsOf('large-language-models')).toMatchObject({
      slug: 'swarm-flight',
      paperCount: 5,
    })
    expect(await topicSlugs()).not.toContain('large-language-models')
    await undo(id)
    expect(await topicsOf('llms')).toMatchObject({ slug: 'large-language-models', paperCount: 2 })
    expect(await topicsOf('swarm-flight')).toMatchObject({ paperCount: 4 })
  })

  test('merge topics, and old slugs lead to the new one in filters, searches and saved queries', async () => {
    await write(SWARMS)
    await decide({ kind: 'merge-topics', slugs: ['large-language-models'], into: 'swarm-flight' })
    const { data } = await askWell<Record<string, { totalCount: number }>>(
      t,
      `{ a: papers(filter: { topics: ["large-language-models"] }) { totalCount }
        b: papers(filter: { topics: { within: ["llms"], all: ["swarm-flights"] } }) { totalCount }
        c: search(query: "topic:large-language-models") { totalCount }
        d: papers(filter: { topics: { none: ["LLMs"] } }) { totalCount } }`,
    )
    expect(Object.values(data).map(({ totalCount }) => totalCount)).toEqual([4, 4, 4, 0])
    const { id } = await decide({ kind: 'hide-topic', slugs: ['swarm-flight'] })
    expect(await topicsOf('llms')).toBeNull()
    const { errors } = await ask(t, '{ papers(filter: { topics: ["llms"] }) { totalCount } }')
    expect(errors?.[0]?.message).toContain('filter.topics: no topic has the slug "llms"')
    await undo(id)
    expect(await topicsOf('llms')).toMatchObject({ slug: 'swarm-flight' })
  })

  test('decide on topics that no paper has yet', async () => {
    await write(SWARMS)
    await decide({ kind: 'place-topic', slug: 'swarm-flight', under: 'pippi' })
    await decide({ kind: 'merge-topics', slugs: ['large-language-models'], into: 'pippi' })
    const whole = await dumpCatalogue(t.db)
    expect(whole.topics).toMatchObject([
      { slug: 'pippi', paper_count: 4 },
      { slug: 'swarm-flight', parent: 'pippi' },
    ])
    const all = SWARMS.map(({ source, key }) => ({ source, key }))
    await transaction(t.url, (tx) => removeRecords(tx, all))
    await refreshTopics(t.url)
    await write([paper(7, ['nothing'], { abstract: 'On LLMs.', topics: NAMED })])
    expect(await topicsOf('llms')).toEqual({ slug: 'pippi', name: 'pippi', paperCount: 1 })
    await transaction(t.url, (tx) => removeRecords(tx, [{ source: 'test', key: '7' }]))
    for (const record of SWARMS.toReversed()) await write([record])
    expect(await dumpCatalogue(t.db)).toEqual(whole)
  })

  test('hide topics, whatever later imports state', async () => {
    await write(SWARMS)
    const before = await dumpCatalogue(t.db)
    const { id } = await decide({
      kind: 'hide-topic',
      slugs: ['swarm-flight', 'natural-language-processing'],
    })
    expect(await topicSlugs()).toEqual(['large-language-models'])
    await write([paper(5, ['swarm flights'], { abstract: 'On NLP.' })])
    expect(await topicSlugs()).toEqual(['large-language-models'])
    await transaction(t.url, (tx) => removeRecords(tx, [{ source: 'test', key: '5' }]))
    await undo(id)
    expect(await dumpCatalogue(t.db)).toEqual(before)
  })

  test('rename and place topics; undo restores the former state', async () => {
    await write(SWARMS)
    const before = await dumpCatalogue(t.db)
    const renamed = await decide({
      kind: 'rename-topic',
      slug: 'swarm-flights',
      name: 'Flying in Swarms',
    })
    const placed = await decide({
      kind: 'place-topic',
      slug: 'swarm-flight',
      under: 'large-language-models',
    })
    const top = await decide({ kind: 'place-topic', slug: 'large-language-models', under: null })
    await write([paper(5, ['SWARM flight', 'LLM'])])
    expect((await dumpCatalogue(t.db)).topics).toMatchObject([
      { slug: 'large-language-models', parent: null },
      { slug: 'swarm-flight', name: 'Flying in Swarms', parent: 'large-language-models' },
    ])
    await expect(
      decide({ kind: 'place-topic', slug: 'large-language-models', under: 'swarm-flight' }),
    ).rejects.toThrow('"swarm-flight" is "large-language-models" itself or within it')
    await transaction(t.url, (tx) => removeRecords(tx, [{ source: 'test', key: '5' }]))
    for (const { id } of [renamed, placed, top]) await undo(id)
    expect(await dumpCatalogue(t.db)).toEqual(before)
  })

  test('make topics of keywords that too few papers use', async () => {
    await write(SWARMS.slice(0, 1))
    await decide({ kind: 'rename-topic', slug: 'pippi', name: 'Pippi Longstocking' })
    expect(await topicsOf('pippi')).toEqual({
      slug: 'pippi',
      name: 'Pippi Longstocking',
      paperCount: 1,
    })
    await expect(decide({ kind: 'hide-topic', slugs: ['nothing'] })).rejects.toThrow(
      'No topic has the slug "nothing"',
    )
  })
})

/** Number of cases of the property; more cases find more. */
const RUNS = Number(process.env.ORDER_RUNS ?? atLeast(4, 10))

const GIVEN = ['swarm-flight', 'bees', 'large-language-models', 'natural-language-processing']
const slugged = (slug: string) => ({ slug, key: keyOfTopic({ slug, kind: 'keyword' }) })
const given = fc.constantFrom(...GIVEN)
const change: fc.Arbitrary<Pick<Decision, 'kind' | 'topic'>> = fc.oneof(
  fc.uniqueArray(given, { minLength: 2, maxLength: 3 }).map(([into = '', ...merged]) => ({
    kind: 'merge-topics' as const,
    topic: { topics: merged.map(slugged), into: slugged(into) },
  })),
  fc.record({
    kind: fc.constant('hide-topic' as const),
    topic: given.map((slug) => ({ topics: [slugged(slug)] })),
  }),
  fc.record({
    kind: fc.constant('rename-topic' as const),
    topic: fc.tuple(given, fc.constantFrom('One', 'Another')).map(([slug, name]) => ({
      topics: [slugged(slug)],
      name,
    })),
  }),
  fc.record({
    kind: fc.constant('place-topic' as const),
    topic: fc.tuple(given, fc.option(given)).map(([slug, under]) => ({
      topics: [slugged(slug)],
      under,
    })),
  }),
)
const decisions = fc.array(change, { maxLength: 4 }).map((changes) =>
  changes.map(
    (one, i): Decision => ({
      ...{ ...one, records: [], reason: null, decidedBy: 'ada' },
      ...{ decidedAt: `2026-01-0${i + 1}T00:00:00Z`, undoneBy: null, undoneAt: null },
      undoneReason: null,
    }),
  ),
)
const keyword = fc.constantFrom(
  ...['swarm flight', 'Swarm-Flights', 'SFC', 'Swarm Flight Control (SFC)', 'bees', 'LLMs'],
  'Large Language Models',
)
const catalogue = fc
  .array(
    fc.record({
      keywords: fc.uniqueArray(keyword, { minLength: 1, maxLength: 3 }),
      abstract: fc.constantFrom(null, 'On NLP.', 'By swarm flight control (SFC), of bees.'),
      topics: fc.constantFrom(
        [],
        [{ slug: 'bees', name: 'Bees', kind: 'task' as const, score: 0.4, source: 'pwc' }],
        ['natural-language-processing', 'large-language-models'].map((slug) => ({
          ...{ slug, name: slug, kind: 'field' as const, score: 0.5, source: 'text' },
        })),
      ),
    }),
    { minLength: 3, maxLength: 7 },
  )
  .map((papers) =>
    papers.map(({ keywords, topics, abstract }, i) => paper(i, keywords, { topics, abstract })),
  )

test('the outcome of decisions and imports is the same in any order', async () => {
  const restore = (some: Decision[]) => transaction(t.url, (tx) => restoreDecisions(tx, some))
  await fc.assert(
    fc.asyncProperty(
      catalogue,
      decisions,
      fc.infiniteStream(fc.nat()),
      async (records, all, random) => {
        await emptyCatalogue(t.db)
        await write(records)
        await restore(all)
        const whole = await dumpCatalogue(t.db)
        await emptyCatalogue(t.db)
        const steps = [
          ...records.map((record) => () => write([record])),
          ...all.map((one) => () => restore([one])),
        ]
        for (let left = steps; left.length > 0; ) {
          const at = Number(random.next().value) % left.length
          await left[at]?.()
          left = left.filter((_, i) => i !== at)
        }
        expect(await dumpCatalogue(t.db)).toEqual(whole)
      },
    ),
    { numRuns: RUNS },
  )
})

test('each keyword counts as many papers as the filter finds, acronyms including papers that explain them', async () => {
  const gan = { abstract: 'We train generative adversarial networks (GANs).' }
  await write([
    paper(1, ['GAN'], gan),
    paper(2, ['GANs', 'llms large language models'], gan),
    paper(3, ['GAN', 'A sentence that is $no$ topic']),
    paper(4, ['Generative Adversarial Network', 'gan'], gan),
    paper(5, ['GAN'], { abstract: 'We draw graphs of answer nodes (GAN).' }),
  ])
  type Counts = { papers: { facets: { keywords: { value: string; count: number }[] } } }
  const { data } = await askWell<Counts>(
    t,
    '{ papers { facets { keywords(first: 100) { value count } } } }',
  )
  const counted = data.papers.facets.keywords
  expect(counted).toContainEqual({ value: 'GAN', count: 5 })
  expect(counted).toContainEqual({ value: 'Generative Adversarial Network', count: 3 })
  const asked = counted.map(
    ({ value }, i) =>
      `k${i}: papers(filter: { keywords: ${JSON.stringify(value)} }) { totalCount }`,
  )
  const found = await askWell<Record<string, { totalCount: number }>>(t, `{ ${asked.join(' ')} }`)
  expect(Object.values(found.data).map(({ totalCount }) => totalCount)).toEqual(
    counted.map(({ count }) => count),
  )
})

test('changes of topics and keywords are in the log of changes', async () => {
  const [last] = await t.db.query<{ id: number }>(
    sql`select coalesce(max(id), 0)::int as id from changes`,
  )
  await write(SWARMS.slice(0, 2))
  await write(SWARMS.slice(2))
  await write([{ ...(SWARMS[0] as PaperRecord), keywords: ['swarm flight', 'Bees'] }])
  const rows = await t.db.query<{ fields: string[] }>(sql`
    select fields from changes where kind = 'updated' and id > ${last?.id ?? 0}::bigint order by id`)
  expect(rows.map(({ fields }) => fields.join())).toEqual(['topics', 'topics', 'keywords,sources'])
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { RELATED_LIMITS } from '../../../src/domain/papers/related/limits.ts'
import { refreshSearchWords } from '../../../src/domain/search/dictionary.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'
import { createCitedDatabase, type SeededCitation } from '../cited-catalogue.ts'
import { arxivId, createSeededDatabase, type SeededPaper } from '../seeded-catalogue.ts'

interface Reason {
  kind: string
  detail: string | null
  count: number | null
  weight: number
}
interface Related {
  score: number
  reasons: Reason[]
  paper: { id: string; citationCount: number }
}
interface Papers {
  papers: { nodes: { id: string; related: Related[] }[] }
}

const QUERY = `query($n: Int, $first: Int!) { papers(first: $n) { nodes { id related(first: $first) {
  score reasons { kind detail count weight } paper { id citationCount } } } } }`

let t: TestDatabase
let papers: SeededPaper[]
let citations: SeededCitation[]
beforeAll(async () => {
  ;({ t, papers, citations } = await createCitedDatabase())
  await refreshSearchWords(t.url)
})
afterAll(() => t.close())

const indexOf = ({ id }: { id: string }) => papers.findIndex((paper) => paper.id === id)
const paperAt = (i: number) => papers[i] as SeededPaper
const cites = (a: number, b: number) => citations.some((c) => c.citing === a && c.cited === b)
const inCommon = (a: number[], b: number[]) => a.filter((one) => b.includes(one)).length
const cited = (i: number) => citations.filter(({ citing }) => citing === i).map((c) => c.cited)
const citing = (i: number) => citations.filter(({ cited }) => cited === i).map((c) => c.citing)
const plain = (text: string) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
const textOf = (i: number) => plain(`${paperAt(i).record.title} ${paperAt(i).record.abstract}`)

/** Whether plain code finds the same reason in the records. */
function holds(a: number, b: number, { kind, detail, count }: Reason): boolean {
  const both = (names: (i: number) => (string | null)[]) =>
    [a, b].every((i) => names(i).includes(detail))
  switch (kind) {
    case 'TOPIC':
      return both((i) => paperAt(i).record.topics.map(({ name }) => name))
    case 'AUTHOR':
      return both((i) => paperAt(i).record.authors.map(({ name }) => name))
    case 'TEXT':
      return [a, b].every((i) => textOf(i).includes(plain(detail ?? '-')))
    case 'CITES':
      return cites(a, b)
    case 'CITED_BY':
      return cites(b, a)
    case 'CO_CITED': {
      const all = inCommon(citing(a), citing(b))
      return citing(a).length > RELATED_LIMITS.citations ? (count ?? 0) <= all : count === all
    }
    case 'SHARED_REFERENCES':
      return (count ?? 0) > 0 && (count ?? 0) <= inCommon(cited(a), cited(b))
    default:
      return false
  }
}

describe('related papers', () => {
  test('have true reasons, which add up to the score that orders them', async () => {
    const { data } = await askWell<Papers>(t, QUERY, { n: 100, first: 20 })
    const kinds = new Set<string>()
    for (const { id, related } of data.papers.nodes) {
      expect(related).toHaveLength(20)
      expect(new Set(related.map(({ paper }) => paper.id)).size).toBe(20)
      expect(related.map(({ paper }) => paper.id)).not.toContain(id)
      for (const [place, { score, reasons, paper }] of related.entries()) {
        const sum = reasons.reduce((all, { weight }) => all + weight, 0)
        expect(score).toBeCloseTo(sum, 4)
        expect(score).toBeLessThanOrEqual(related[place - 1]?.score ?? Number.POSITIVE_INFINITY)
        expect(reasons.map(({ weight }) => weight)).toEqual(
          reasons.map(({ weight }) => weight).sort((x, y) => y - x),
        )
        for (const reason of reasons) {
          kinds.add(reason.kind)
          expect({ reason, holds: holds(indexOf({ id }), indexOf(paper), reason) }).toEqual({
            reason,
            holds: true,
          })
        }
      }
    }
    expect([...kinds].sort()).toEqual(
      ['AUTHOR', 'CITED_BY', 'CITES', 'CO_CITED', 'SHARED_REFERENCES', 'TEXT', 'TOPIC'].sort(),
    )
  })

  test('name every topic and author that two papers share', async () => {
    const { data } = await askWell<Papers>(t, QUERY, { n: 100, first: 10 })
    for (const { id, related } of data.papers.nodes) {
      const own = paperAt(indexOf({ id })).record
      // For the paper with more of them, only the rarest topics and the first authors are compared.
      if (own.topics.length > RELATED_LIMITS.topics) continue
      for (const { paper, reasons } of related) {
        const other = paperAt(indexOf(paper)).record
        const told = (kind: string) =>
          reasons
            .filter((reason) => reason.kind === kind)
            .map(({ detail }) => detail)
            .sort()
        const shared = (names: string[], others: string[]) =>
          names.filter((name) => others.includes(name)).sort()
        const names = (list: { name: string }[]) => list.map(({ name }) => name)
        expect(told('TOPIC')).toEqual(shared(names(own.topics), names(other.topics)))
        expect(told('AUTHOR')).toEqual(shared(names(own.authors), names(other.authors)))
      }
    }
  })

  test('takes one statement for one paper or a hundred', async () => {
    for (const n of [1, 100])
      expect((await askWell(t, QUERY, { n, first: 5 })).statements).toHaveLength(2)
  })

  test('are empty without anything in common, and may be read with first: 0', async () => {
    const one = `query($first: Int!) { paper(ref: "arXiv:${arxivId(3)}") { related(first: $first) { score } } }`
    expect((await askWell<{ paper: object }>(t, one, { first: 0 })).data.paper).toEqual({
      related: [],
    })
    for (const first of [-1, 101]) {
      const { errors } = await ask(t, one, { first })
      expect(errors).toMatchObject([
        { message: `first: ${first} is out of range; expected 0 to 100.`, code: 'BAD_USER_INPUT' },
      ])
    }
  })
})

test('a catalogue without citations or counted words has related papers too', async () => {
  const { t: plain } = await createSeededDatabase()
  try {
    const { data } = await askWell<Papers>(plain, QUERY, { n: 50, first: 5 })
    for (const { related } of data.papers.nodes) {
      expect(related).toHaveLength(5)
      for (const { reasons } of related)
        for (const { kind } of reasons) expect(['TOPIC', 'AUTHOR', 'TEXT']).toContain(kind)
    }
  } finally {
    await plain.close()
  }
})

describe('words of titles', () => {
  let plain: TestDatabase
  beforeAll(async () => {
    plain = await createTestDatabase()
    const titles = [
      'TRIAGE: “Quokka” (and Wombat…)',
      'Triage for Quokka, or Wombat!',
      'OD-Numbat, cross-lingual',
      'Numbat, cross-lingual',
      'Cross-lingual kiwi',
      'Wallaby burrow',
      'Wallaby den',
      'Wallaby burrow maps',
      'Wallaby den maps',
    ]
    await transaction(plain.url, (tx) =>
      writeRecords(
        tx,
        titles.map((title, i) =>
          paperRecord({
            key: String(i),
            title,
            identifiers: [{ scheme: 'arxiv', value: arxivId(i) }],
            authors: [{ name: `Author ${i}`, identifiers: [], affiliation: null }],
          }),
        ),
      ),
    )
    await refreshSearchWords(plain.url)
  })
  afterAll(() => plain.close())

  /** The words that a paper shares with the most similar one, with their weights. */
  async function sharedWords(i: number) {
    const query = `{ paper(ref: "arXiv:${arxivId(i)}") { related { reasons { detail weight } } } }`
    type Answer = { paper: { related: { reasons: { detail: string; weight: number }[] }[] } }
    const { data } = await askWell<Answer>(plain, query)
    const reasons = data.paper.related[0]?.reasons ?? []
    return new Map(reasons.map(({ detail, weight }) => [detail, weight]))
  }

  test('are named without the punctuation around them', async () => {
    expect([...(await sharedWords(0)).keys()].sort()).toEqual(['quokka', 'triage', 'wombat'])
  })

  test('count in full in a coined name, and less as parts of a known compound', async () => {
    const weights = await sharedWords(2)
    const [coined = 0, known = 0, part = 1] = ['numbat', 'crosslingual', 'lingual'].map((word) =>
      weights.get(word),
    )
    expect(coined).toBeGreaterThan(2 * part)
    expect(known).toBeGreaterThan(2 * part)
  })

  test('of a disliked paper count against others unless the liked ones have them', async () => {
    const [liked, disliked, burrow, den] = [5, 6, 7, 8].map((i) => `arXiv:${arxivId(i)}`)
    const query = `{ relatedPapers(likes: ["${liked}"], dislikes: ["${disliked}"]) {
      reasons { detail weight } paper { identifiers { value } } } }`
    type Answer = {
      relatedPapers: {
        reasons: { detail: string; weight: number }[]
        paper: { identifiers: { value: string }[] }
      }[]
    }
    const { data } = await askWell<Answer>(plain, query)
    const places = [burrow, den].map((ref) =>
      data.relatedPapers.findIndex(({ paper }) => ref === `arXiv:${paper.identifiers[0]?.value}`),
    )
    expect(places[0]).toBe(0)
    const against = data.relatedPapers
      .flatMap(({ reasons }) => reasons)
      .filter(({ weight }) => weight < 0)
    expect(new Set(against.map(({ detail }) => detail))).toEqual(
      new Set(places[1] === -1 ? [] : ['den']),
    )
  })
})

describe('papers like several, and unlike others', () => {
  const ALIKE = `query($likes: [String!]!, $dislikes: [String!]!, $filter: PaperFilter, $order: PaperOrder, $first: Int! = 20) {
    relatedPapers(likes: $likes, dislikes: $dislikes, filter: $filter, order: $order, first: $first) {
      score reasons { kind detail count weight } paper { id citationCount } } }`
  const alike = async (likes: number[], dislikes: number[] = [], more: object = {}) => {
    const ref = (i: number) => paperAt(i).id
    const variables = { likes: likes.map(ref), dislikes: dislikes.map(ref), ...more }
    const { data, statements } = await askWell<{ relatedPapers: Related[] }>(t, ALIKE, variables)
    return { found: data.relatedPapers, statements }
  }

  test('of one paper equal its related papers, and more seeds take no more statements', async () => {
    const { data } = await askWell<Papers>(t, QUERY, { n: 100, first: 20 })
    const some = data.papers.nodes.filter((_, i) => i % 30 === 0)
    for (const { id, related } of some) {
      const { found, statements } = await alike([indexOf({ id })])
      expect(found.map(({ paper }) => paper.id)).toEqual(related.map(({ paper }) => paper.id))
      expect(statements).toHaveLength(2)
    }
    expect((await alike([0, 1, 2], [3, 4])).statements).toHaveLength(2)
  })

  test('exclude the seeds, add up to the score, and have reasons against them from disliked papers', async () => {
    const { found } = await alike([0, 1, 2], [3])
    expect(found.length).toBeGreaterThan(5)
    const seeds = [0, 1, 2, 3].map((i) => paperAt(i).id)
    for (const { paper, score } of found) {
      expect(seeds).not.toContain(paper.id)
      expect(score).toBeGreaterThan(0)
    }
    const [best] = (await alike([0])).found
    const against = await alike([0], [indexOf(best?.paper ?? { id: '' })])
    expect(against.found.map(({ paper }) => paper.id)).not.toContain(best?.paper.id)
    const weights = against.found.flatMap(({ reasons }) => reasons.map(({ weight }) => weight))
    expect(Math.min(...weights)).toBeLessThan(0)
  })

  test('take the filter and the order of lists', async () => {
    const filtered = await alike([0, 1], [], { filter: { minCitations: 2 } })
    expect(filtered.found.length).toBeGreaterThan(0)
    for (const { paper } of filtered.found) expect(paper.citationCount).toBeGreaterThanOrEqual(2)
    const { found } = await alike([0, 1], [], { order: { field: 'CITATIONS', direction: 'DESC' } })
    const counts = found.map(({ paper }) => paper.citationCount)
    expect(counts).toEqual(counts.toSorted((a, b) => b - a))
  })

  test.each([
    ['{ relatedPapers(likes: []) { score } }', 'likes: empty; expected at least one reference'],
    ['{ relatedPapers(likes: ["10.1/none"]) { score } }', 'likes[0]: "10.1/none" is not'],
    [
      '{ relatedPapers(likes: ["arXiv:2101.00001"], dislikes: ["arXiv:2101.00001"]) { score } }',
      'is in likes and in dislikes',
    ],
  ])('%s', async (query, message) => {
    const { errors } = await ask(t, query)
    expect(errors?.[0]?.message).toContain(message)
  })
})

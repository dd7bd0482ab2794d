import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readRelated } from '../../../src/domain/papers/related.ts'
import { titleKey } from '../../../src/domain/record/title-key.ts'
import { NOTHING, type Selection } from '../../../src/sql/selection.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'

interface SamplePaper {
  id: number
  abstract: string
  topics: number[]
  authors: number[]
}

let t: TestDatabase
let papers: SamplePaper[]
beforeAll(async () => {
  t = await createTestDatabase({ sample: 'sample' })
  papers = await t.db.query<SamplePaper>(sql`
    select p.id, coalesce(p.abstract, '') as abstract,
      array(select x.topic_id::int from paper_topics x join topics o on o.id = x.topic_id
        where x.paper_id = p.id order by o.paper_count, o.id) as topics,
      array(select a.author_id::int from authorships a where a.paper_id = p.id) as authors
    from papers p order by p.id`)
})
afterAll(() => t.close())

const FIRST = 5
const SELECTION: Selection = { ...NOTHING, columns: new Set(['score', 'reasons']) }

/** The related papers of every twentieth paper, and as many random pairs. */
async function pairs() {
  const byId = new Map(papers.map((paper) => [paper.id, paper]))
  const some = papers.filter((_, i) => i % 20 === 7)
  const ids = some.map(({ id }) => id)
  const related = await readRelated(t.db, FIRST, SELECTION, ids)
  const found = some.map((paper) => ({
    paper,
    others: (related.get(paper.id) ?? []).flatMap(({ id }) => byId.get(id) ?? []),
  }))
  const chance = some.map((paper, i) => ({
    paper,
    others: [1, 2, 3, 4, 5].flatMap((n) => papers[(i * 131 + n * 397) % papers.length] ?? []),
  }))
  return { found, chance }
}

type Pairs = Awaited<ReturnType<typeof pairs>>['found']
const mean = (values: number[]) => values.reduce((all, one) => all + one, 0) / values.length
const overall = (list: Pairs, measure: (a: SamplePaper, b: SamplePaper) => number) =>
  mean(list.flatMap(({ paper, others }) => others.map((other) => measure(paper, other))))

test('related papers of the sample share a rare topic or an author, and have similar abstracts', async () => {
  const { found, chance } = await pairs()
  const full = found.filter(({ others }) => others.length === FIRST)
  expect(full.length / found.length).toBeGreaterThan(0.98)

  const shares = (a: SamplePaper, b: SamplePaper) =>
    Number(
      a.topics.slice(0, 2).some((topic) => b.topics.includes(topic)) ||
        a.authors.some((author) => b.authors.includes(author)),
    )
  expect(overall(found, shares)).toBeGreaterThan(0.6)
  expect(overall(chance, shares)).toBeLessThan(0.2)

  // The abstract of the paper itself is not used to find them, so similarity of abstracts is independent evidence.
  const likeness = cosines(papers)
  expect(overall(found, likeness)).toBeGreaterThan(2.4 * overall(chance, likeness))
  const isNearer = ({ paper, others }: Pairs[number], i: number) =>
    Number(
      mean(others.map((other) => likeness(paper, other))) >
        mean((chance[i]?.others ?? []).map((other) => likeness(paper, other))),
    )
  expect(mean(full.map((one) => isNearer(one, found.indexOf(one))))).toBeGreaterThan(0.9)
})

/** Cosine of the abstracts' words, each weighted by its rarity. */
function cosines(all: SamplePaper[]): (a: SamplePaper, b: SamplePaper) => number {
  const words = new Map(all.map(({ id, abstract }) => [id, new Set(titleWords(abstract))]))
  const counts = new Map<string, number>()
  for (const set of words.values())
    for (const word of set) counts.set(word, (counts.get(word) ?? 0) + 1)
  const weight = (word: string) => Math.log(all.length / (counts.get(word) ?? 1)) ** 2
  const norm = (set: Set<string>) =>
    Math.sqrt([...set].reduce((sum, word) => sum + weight(word), 0))
  return (a, b) => {
    const [x, y] = [words.get(a.id) ?? new Set<string>(), words.get(b.id) ?? new Set<string>()]
    const common = [...x].filter((word) => y.has(word)).reduce((sum, word) => sum + weight(word), 0)
    return common / (norm(x) * norm(y) || 1)
  }
}

/** A key holds 200 characters, so the words of a text are read in pieces. */
function titleWords(text: string): string[] {
  return text
    .split(/\s+/)
    .flatMap((word) => titleKey(word).split(' '))
    .filter((word) => word.length > 2)
}

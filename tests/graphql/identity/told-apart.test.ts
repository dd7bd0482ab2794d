import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'
import { atLeast } from '../../helpers/thorough.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())

const LONG = 'Department of Lakes and Rivers, Institute of Everything Wet, Kleve'

/** A paper of an author with the name of all others; distinguishing data are often equal or missing. */
const paper = fc.record({
  affiliation: fc.constantFrom(null, 'Kleve', `${LONG}, Germany`, `${LONG}, Lowlands`),
  year: fc.constantFrom(2001, 2002),
  topics: fc.subarray(['lakes', 'rivers']),
  coAuthors: fc.subarray(['Zita Quorvex', 'Ada Quimby', 'Ben Orchardson']),
  title: fc.constantFrom('Of Lakes and Rivers', 'Of Rivers and Lakes', 'Editorial'),
})
type Paper = typeof paper extends fc.Arbitrary<infer One> ? One : never
const people = fc.array(fc.array(paper, { minLength: 1, maxLength: 2 }), {
  minLength: 2,
  maxLength: 6,
})

async function write(papers: readonly Paper[][]): Promise<void> {
  const records = papers.flatMap((own, person) =>
    own.map(({ affiliation, year, topics, coAuthors, title }, n) =>
      paperRecord({
        ...{ key: `${person} ${n}`, title },
        // Of different publishers, so that they are not one paper.
        identifiers: [{ scheme: 'doi', value: `10.5555/${person}.${n}` }],
        published: { on: `${year}-01-01`, precision: 'year' },
        topics: topics.map((slug) => {
          return { slug, name: slug, kind: 'task' as const, score: 1, source: 'test' }
        }),
        authors: [
          {
            ...{ name: 'Wei Zhang', affiliation },
            identifiers: [{ scheme: 'orcid', value: `0000-000${person}` }],
          },
          ...coAuthors.map((name) => {
            const identifiers = [{ scheme: 'orcid' as const, value: name }]
            return { name, affiliation: null, identifiers }
          }),
        ],
      }),
    ),
  )
  await transaction(t.url, (tx) => writeRecords(tx, records))
}

interface Known {
  id: string
  papers: {
    nodes: {
      title: string
      year: number
      topics: { nodes: { name: string }[] }
      authorships: { nodes: { name: string; affiliation: string | null }[] }
    }[]
  }
}

/** All data of the catalogue on each author, as a text. */
async function facts(): Promise<Map<string, string>> {
  const { data } = await askWell<{ authors: { nodes: Known[] } }>(
    t,
    `{ authors(name: "Wei Zhang", first: 50) { nodes { id papers { nodes { title year topics { nodes { name } }
      authorships { nodes { name affiliation } } } } } } }`,
  )
  return new Map(
    data.authors.nodes.map(({ id, papers }) => {
      const lines = papers.nodes.map(({ title, year, topics, authorships }) => {
        const names = topics.nodes.map(({ name }) => name).sort()
        return JSON.stringify([title, year, names, authorships.nodes])
      })
      return [id, lines.sort().join('\n')]
    }),
  )
}

interface Line {
  id: string
  name: string
  text: string | null
}
type Person = { id: string; name: string; summary: { text: string | null } }
const PERSON = 'id name summary { text }'
const lineOf = ({ id, name, summary: { text } }: Person): Line => ({ id, name, text })

/** The lists that show people of one name. */
async function printed(): Promise<Line[][]> {
  const { data } = await askWell<{
    suggest: { label: string; value: string; detail: string | null; node: Person }[]
    authors: { nodes: (Person & Record<'namesakes' | 'possiblySame', { author: Person }[]>)[] }
    resolveAuthors: { candidates: Person[] }[]
  }>(
    t,
    `{ suggest(prefix: "Wei Zhang", kinds: [AUTHOR]) { label value detail node { ... on Author { ${PERSON} } } }
      authors(name: "Wei Zhang") { nodes { ${PERSON} namesakes { author { ${PERSON} } } possiblySame { author { ${PERSON} } } } }
      resolveAuthors(refs: ["Wei Zhang"]) { ... on AuthorAmbiguous { candidates { ${PERSON} } } } }`,
  )
  const { errors } = await ask(t, '{ author(ref: "Wei Zhang") { id } }')
  const named = [...(errors[0]?.message ?? '').matchAll(/Wei Zhang \((.*?),? ?(\w+=*)\)/g)]
  return [
    data.suggest.map(({ label, value, detail }) => ({ id: value, name: label, text: detail })),
    data.suggest.map(({ node }) => lineOf(node)),
    data.authors.nodes.map(lineOf),
    ...data.authors.nodes.flatMap(({ namesakes, possiblySame }) =>
      [namesakes, possiblySame].map((list) => list.map(({ author }) => lineOf(author))),
    ),
    ...data.resolveAuthors.map(({ candidates }) => candidates.map(lineOf)),
    named.map(([, text = '', id = '']) => ({ id, name: 'Wei Zhang', text })),
  ]
}

test('people of one name are shown alike only if nothing in the catalogue distinguishes them', () =>
  fc.assert(
    fc.asyncProperty(people, async (papers) => {
      await emptyCatalogue(t.db)
      await write(papers)
      const known = await facts()
      const lists = await printed()
      expect(lists.flat().length).toBeGreaterThan(papers.length)
      for (const list of lists)
        for (const [i, one] of list.entries())
          for (const other of list.slice(0, i))
            if (one.text === other.text) expect(known.get(one.id)).toBe(known.get(other.id))
    }),
    { numRuns: atLeast(15, 150) },
  ))

test('a line names the co-author whom only that author has, otherwise a paper', async () => {
  const paperOf = (coAuthors: Paper['coAuthors'], title: Paper['title']): Paper[] => [
    { affiliation: 'Kleve', year: 2001, topics: ['lakes'], coAuthors, title },
  ]
  await emptyCatalogue(t.db)
  await write([
    paperOf(['Ada Quimby', 'Zita Quorvex'], 'Of Rivers and Lakes'),
    paperOf(['Ada Quimby'], 'Of Lakes and Rivers'),
    paperOf(['Ada Quimby'], 'Editorial'),
  ])
  const [suggested = []] = await printed()
  expect(suggested.map(({ text }) => text).sort()).toEqual([
    'Kleve · 2001 · lakes · Editorial',
    'Kleve · 2001 · lakes · Of Lakes and Rivers',
    'Kleve · 2001 · lakes · with Zita Quorvex',
  ])
})

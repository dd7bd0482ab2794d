import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { settlePeople } from '../../../src/domain/write/authors/evidence/settle.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  const orcid = '0000-0002-1825-0097'
  await transaction(t.url, (tx) =>
    writeRecords(tx, [
      paper('Knot Polynomials Revisited', 2015, ['Ingmar Tolvanen', 'Ruth Abara'], { orcid }),
      paper('Braids beyond Knot Polynomials', 2017, ['I. Tolvanen', 'Ruth Abara']),
      paper('Links and Their Polynomials', 2018, ['Ingmar Tolvanen'], { orcid }),
      paper('Opera Houses of Lyon', 2019, ['The Turku Group']),
    ]),
  )
  await settlePeople(t.url)
})
afterAll(() => t.close())

function paper(title: string, year: number, names: string[], { orcid }: { orcid?: string } = {}) {
  const authors = names.map((name, i): PaperRecord['authors'][number] => ({
    name,
    affiliation: i === 0 ? 'Department of Knots, Turku' : null,
    identifiers: i === 0 && orcid ? [{ scheme: 'orcid', value: orcid }] : [],
  }))
  return paperRecord({
    ...{ key: title, title, authors },
    published: { on: `${year}-01-01`, precision: 'year' },
  })
}

interface Answer {
  authors: {
    nodes: {
      name: string
      identity: {
        confidence: number
        evidence: { kind: string; detail: string; papers: number }[]
        unverified: { name: string; confidence: number; paper: { title: string } }[]
      } | null
    }[]
  }
}

async function identities(name: string) {
  const { data, statements } = await askWell<Answer>(
    t,
    `query ($name: String) { authors(name: $name) { nodes { name identity { confidence evidence { kind detail papers }
      unverified { name confidence paper { title } } } } } }`,
    { name },
  )
  return { nodes: data.authors.nodes, statements }
}

test('states why bylines belong to one person, and which of them are uncertain', async () => {
  const {
    nodes: [author, ...others],
  } = await identities('tolvanen')
  expect(others).toEqual([])
  expect(author?.identity?.confidence).toBeGreaterThan(0.9)
  expect(author?.identity?.evidence).toEqual(
    expect.arrayContaining([
      { kind: 'IDENTIFIER', detail: 'orcid:0000-0002-1825-0097', papers: 2 },
      {
        kind: 'NAME',
        detail: 'Ingmar Tolvanen is a rare name',
        papers: 3,
      },
      { kind: 'CO_AUTHORS', detail: 'Ruth Abara', papers: 2 },
      { kind: 'AFFILIATION', detail: 'Department of Knots, Turku', papers: 3 },
      { kind: 'YEARS', detail: '2015 to 2018', papers: 3 },
    ]),
  )
})

test('is certain for a single byline, and null for groups', async () => {
  const { nodes: groups } = await identities('turku')
  expect(groups[0]?.identity).toBeNull()
  const { nodes } = await identities('abara')
  expect(nodes[0]?.identity?.evidence.length).toBeGreaterThan(0)
})

test('takes as many statements for all authors of a query as for one', async () => {
  const [one, all] = [await identities('abara'), await identities('a')]
  expect(all.nodes.length).toBeGreaterThan(one.nodes.length)
  expect(all.statements).toHaveLength(3)
  expect(one.statements).toHaveLength(3)
})

interface Profiles {
  authors: {
    nodes: {
      name: string
      paperCount: number
      identity: {
        isCatchAll: boolean
        unverified: { doubt: string; confidence: number; paper: { title: string } }[]
      }
      papers: {
        nodes: { authorships: { nodes: { name: string; confidence: number | null }[] } }[]
      }
    }[]
  }
}

test('a profile that collects papers of several people is marked, with the doubtful papers', async () => {
  const openalex = [{ scheme: 'openalex' as const, value: 'A5000000001' }]
  const collected = (key: string, name: string, affiliation: string) =>
    paperRecord({
      ...{
        key,
        title: `${key} in Many Colours`,
        published: { on: '2020-01-01', precision: 'year' },
      },
      authors: [{ name, affiliation, identifiers: openalex }],
    })
  await transaction(t.url, (tx) =>
    writeRecords(tx, [
      ...['Tides', 'Reefs', 'Corals', 'Kelp'].map((key) =>
        collected(key, 'Jun Liu', 'Ocean University of Qingdao'),
      ),
      collected('Mortgages', 'Jun Liu', 'Bank of Sichuan'),
      collected('Opera', 'Rosa Weber', 'Vienna'),
      collected('Ballet', 'Tilda Brandt', 'Graz'),
    ]),
  )
  const { data } = await askWell<Profiles>(
    t,
    `{ authors(name: "jun liu") { nodes { name paperCount identity { isCatchAll unverified { doubt confidence paper { title } } }
      papers { nodes { authorships { nodes { name confidence } } } } } } }`,
  )
  const [liu] = data.authors.nodes
  expect(liu).toMatchObject({ name: 'Jun Liu', paperCount: 7, identity: { isCatchAll: true } })
  expect(
    liu?.identity.unverified
      .map(({ doubt, paper }) => `${doubt} ${paper.title.split(' ')[0]}`)
      .sort(),
  ).toEqual(['NAME Ballet', 'NAME Opera', 'PROFILE Mortgages'])
  const byName = liu?.papers.nodes.flatMap(({ authorships }) => authorships.nodes) ?? []
  expect(byName.filter(({ confidence }) => (confidence ?? 0) < 0.95)).toHaveLength(3)
  expect(byName.filter(({ confidence }) => confidence === 1)).toHaveLength(4)
})

test('authorships state their confidence, with two statements for all of a query', async () => {
  const { data, statements } = await askWell<{
    papers: { nodes: { authorships: { nodes: { name: string; confidence: number | null }[] } }[] }
  }>(t, '{ papers { nodes { authorships { nodes { name confidence } } } } }')
  const all = data.papers.nodes.flatMap(({ authorships }) => authorships.nodes)
  expect(all.filter(({ name }) => name === 'The Turku Group')).toMatchObject([{ confidence: null }])
  expect(all.find(({ name }) => name === 'Ruth Abara')?.confidence).toBeGreaterThan(0.9)
  expect(statements).toHaveLength(3)
})

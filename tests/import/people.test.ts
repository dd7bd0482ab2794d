import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { describeReport } from '../../src/cli/base/report.ts'
import { runImport } from '../../src/import/run.ts'
import { emptyCatalogue } from '../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { askWell } from '../helpers/graphql.ts'
import { importFolder } from '../helpers/import-folder.ts'

const { rejectsPath, write } = importFolder()
let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterEach(() => emptyCatalogue(t.db))
afterAll(() => t.close())

const ONE = '0000-0002-1825-0097'
const OTHER = '0000-0001-5109-3700'

/** A file as Crossref answers, of papers of one author each. */
async function load(
  ...papers: { doi: string; name: [given: string, family: string]; orcid?: string }[]
) {
  const items = papers.map(({ doi, name: [given, family], orcid }) => ({
    ...{
      DOI: `10.5555/${doi}`,
      type: 'journal-article',
      title: [`The ${doi} of ${doi.repeat(3)}`],
    },
    issued: { 'date-parts': [[2020]] },
    author: [{ given, family, ...(orcid && { ORCID: `https://orcid.org/${orcid}` }) }],
  }))
  const file = write('works.json', JSON.stringify({ status: 'ok', message: { items } }))
  return runImport({ url: t.url, format: 'crossref', files: [file], rejectsPath })
}

interface Shown {
  authors: {
    nodes: {
      name: string
      paperCount: number
      identity: { changes: { kind: string; identifier: string; other: object | null }[] } | null
    }[]
  }
}
const shown = async () =>
  (
    await askWell<Shown>(
      t,
      '{ authors(order: { field: NAME, direction: ASC }) { nodes { name paperCount identity { changes { kind identifier other { name } } } } } }',
    )
  ).data.authors.nodes

describe('an identifier that arrives later', () => {
  const name: [string, string] = ['Zebulon', 'Quirrell']

  test('confirms what evidence said', async () => {
    const first = await load({ doi: 'a', name }, { doi: 'b', name })
    expect(first.people).toMatchObject({ confirmedCount: 0, joinedCount: 0, splitCount: 0 })
    const report = await load({ doi: 'a', name, orcid: ONE }, { doi: 'b', name, orcid: ONE })
    expect(report.people).toEqual({
      ...{ confirmedCount: 1, joinedCount: 0, splitCount: 0 },
      changes: [{ kind: 'confirmed', name: 'Zebulon Quirrell', identifier: `orcid:${ONE}` }],
    })
    expect(describeReport(report)).toContain(
      `Authors by identifiers that arrived later: 1 confirmed; see Author.identity.\n  confirmed Zebulon Quirrell (orcid:${ONE})`,
    )
    expect(await shown()).toMatchObject([
      {
        paperCount: 2,
        identity: { changes: [{ kind: 'CONFIRMED', identifier: `orcid:${ONE}`, other: null }] },
      },
    ])
    // Once said, it is not said again.
    const again = await load({ doi: 'a', name, orcid: ONE }, { doi: 'c', name, orcid: ONE })
    expect(again.people.changes).toEqual([])
  })

  test('splits those whom evidence had joined, and both say so', async () => {
    await load({ doi: 'a', name }, { doi: 'b', name })
    const report = await load({ doi: 'a', name, orcid: ONE }, { doi: 'b', name, orcid: OTHER })
    expect(report.people).toMatchObject({ confirmedCount: 0, joinedCount: 0, splitCount: 1 })
    expect(describeReport(report)).toContain('1 split off; see Author.identity.')
    const people = await shown()
    expect(people.map(({ paperCount }) => paperCount)).toEqual([1, 1])
    for (const { identity } of people)
      expect(identity?.changes).toMatchObject([
        { kind: 'SPLIT', other: { name: 'Zebulon Quirrell' } },
      ])
  })

  test('joins authors whom nothing else had', async () => {
    const smith = (doi: string, orcid?: string) => ({
      doi,
      name: ['Wei', 'Zhang'] as [string, string],
      ...(orcid && { orcid }),
    })
    await load(smith('a', ONE), smith('b'))
    expect(await shown()).toHaveLength(2)
    const report = await load(smith('b', ONE))
    expect(report.people).toMatchObject({ joinedCount: 1, changes: [{ kind: 'joined' }] })
    expect(await shown()).toMatchObject([
      { paperCount: 2, identity: { changes: [{ kind: 'JOINED', identifier: `orcid:${ONE}` }] } },
    ])
  })
})

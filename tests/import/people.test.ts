import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { describeReport } from '../../src/cli/base/report.ts'
import { transaction } from '../../src/db/transaction.ts'
import { mergeAuthors, splitAuthor } from '../../src/domain/curation/authors.ts'
import { NO_PEOPLE } from '../../src/domain/imports/identity-changes.ts'
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

/** A file in the form of a Crossref response, with papers of one author each. */
async function load(
  ...papers: { doi: string; name: [given: string, family: string]; orcid?: string; at?: string }[]
) {
  const items = papers.map(({ doi, name: [given, family], orcid, at }) => ({
    ...{
      DOI: `10.5555/${doi}`,
      type: 'journal-article',
      title: [`The ${doi} of ${doi.repeat(3)}`],
    },
    issued: { 'date-parts': [[2020]] },
    author: [
      {
        ...{ given, family, affiliation: at ? [{ name: at }] : [] },
        ...(orcid && { ORCID: `https://orcid.org/${orcid}` }),
      },
    ],
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
  const rare = {
    name: ['Zebulon', 'Quirrell'] as [string, string],
    at: 'Institute of Lakes, Kleve',
  }

  test('confirms the evidence', async () => {
    const first = await load({ doi: 'a', ...rare }, { doi: 'b', ...rare })
    expect(first.people).toEqual(NO_PEOPLE)
    const report = await load({ doi: 'a', ...rare, orcid: ONE }, { doi: 'b', ...rare, orcid: ONE })
    expect(report.people).toEqual({
      ...{ ...NO_PEOPLE, confirmedCount: 1 },
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
    // It is not reported again.
    const again = await load({ doi: 'a', ...rare, orcid: ONE }, { doi: 'c', ...rare, orcid: ONE })
    expect(again.people.changes).toEqual([])
  })

  test('splits authors whom evidence had joined, and both show it', async () => {
    await load({ doi: 'a', ...rare }, { doi: 'b', ...rare })
    const report = await load(
      { doi: 'a', ...rare, orcid: ONE },
      { doi: 'b', ...rare, orcid: OTHER },
    )
    expect(report.people).toMatchObject({ confirmedCount: 0, joinedCount: 0, splitCount: 1 })
    expect(describeReport(report)).toContain('1 split off; see Author.identity.')
    const people = await shown()
    expect(people.map(({ paperCount }) => paperCount)).toEqual([1, 1])
    for (const { identity } of people)
      expect(identity?.changes).toMatchObject([
        { kind: 'SPLIT', other: { name: 'Zebulon Quirrell' } },
      ])
  })

  test('joins authors whom nothing else had joined', async () => {
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

  describe('against a decision', () => {
    const zhang = (doi: string, orcid?: string) => ({
      doi,
      name: ['Wei', 'Zhang'] as [string, string],
      ...(orcid && { orcid }),
    })
    const by = { by: 'ada', reason: null }
    const authors = () =>
      t.db.query<{ author: number; paper: number }>(
        sql`select author_id as author, paper_id as paper from authorships order by paper_id`,
      )
    async function merge() {
      const ids = (await authors()).map(({ author }) => author)
      await transaction(t.url, (tx) => mergeAuthors(tx, ids, by))
    }
    const changesOf = async () =>
      (await shown()).map(({ paperCount, identity }) => [paperCount, identity?.changes])

    test('of a merge shows the contradiction once', async () => {
      await load(zhang('a'), zhang('b'))
      await merge()
      const report = await load(zhang('a', ONE), zhang('b', OTHER))
      const change = { kind: 'contradicted', name: 'Wei Zhang' }
      expect(report.people).toMatchObject({ ...NO_PEOPLE, contradictedCount: 1, changes: [change] })
      expect(describeReport(report)).toMatch(
        /later: 1 against a decision; see Author.identity.\n {2}contradicted Wei Zhang \(orcid:/,
      )
      expect(await changesOf()).toMatchObject([[2, [{ kind: 'CONTRADICTED', other: null }]]])
      const again = await load(zhang('a', ONE), zhang('b', OTHER), zhang('c', OTHER))
      expect(again.people).toEqual(NO_PEOPLE)
      expect((await shown()).map(({ paperCount }) => paperCount)).toEqual([3])
    })

    test.each([
      ['at once', [['a', 'b']]],
      ['one after the other', [['b'], ['a']]],
    ])(
      'of a split, %s, contradicts it, and later papers with it go to the author from whom the other was split',
      async (_, imports) => {
        await load(zhang('a'), zhang('b'))
        await merge()
        const [kept, off] = await authors()
        await transaction(t.url, (tx) => splitAuthor(tx, kept?.author ?? 0, [off?.paper ?? 0], by))
        const reports = []
        for (const dois of imports) reports.push(await load(...dois.map((doi) => zhang(doi, ONE))))
        const change = { kind: 'contradicted', name: 'Wei Zhang', identifier: `orcid:${ONE}` }
        expect(reports.at(-1)?.people).toEqual({
          ...{ ...NO_PEOPLE, contradictedCount: 1 },
          changes: [change],
        })
        const later = await load(zhang('a', ONE), zhang('b', ONE), zhang('c', ONE))
        expect(later.people).toEqual(NO_PEOPLE)
        const [first, second, third] = await authors()
        expect([first?.author, third?.author]).toEqual([kept?.author, kept?.author])
        const people = await shown()
        expect(people.map(({ paperCount }) => paperCount).sort()).toEqual([1, 2])
        for (const { identity } of people)
          expect(identity?.changes).toMatchObject([
            { kind: 'CONTRADICTED', identifier: `orcid:${ONE}`, other: { name: 'Wei Zhang' } },
          ])
        const found = await askWell<{ author: { paperCount: number } }>(
          t,
          `{ author(ref: "orcid:${ONE}") { paperCount } }`,
        )
        expect(found.data.author).toEqual({ paperCount: 2 })
        expect(second?.author).not.toBe(kept?.author)
      },
    )
  })
})

describe('the numbers of DBLP', () => {
  const entry = (key: string, title: string, author: string) =>
    `@inproceedings{${key}, title = {${title}}, author = {${author}}, booktitle = {AAAI}, year = 2020}\n`
  const QUERY = `query Q($ref: String!) {
    author(ref: $ref) { name paperCount namesakes { confidence evidence { detail } author { name } } }
  }`

  test('one number is one person, two numbers of a name are two people', async () => {
    const file = write(
      'dblp.bib',
      [
        entry('a', 'Hashing of Images', 'Deng Cai 0001 and Xiaofei He 0001'),
        entry('b', 'Translation with Memory', 'Lemao Liu and Cai 0001, Deng'),
        entry('c', 'Hashing of Images at Scale', 'Deng Cai 0002 and Xiaofei He 0001'),
      ].join(''),
    )
    await runImport({ url: t.url, format: 'bibtex', files: [file], rejectsPath })
    const find = async (ref: string) => {
      const { data } = await askWell<{ author: unknown }>(t, QUERY, { ref })
      return data.author
    }
    expect(await find('Deng Cai 0001')).toMatchObject({
      ...{ name: 'Deng Cai', paperCount: 2 },
      namesakes: [
        {
          ...{ confidence: 0, author: { name: 'Deng Cai' } },
          evidence: [
            {
              detail:
                'They have different numbered names of DBLP: Deng_Cai_0001 and Deng_Cai_0002.',
            },
          ],
        },
      ],
    })
    expect(await find('dblp-name:Deng_Cai_0002')).toMatchObject({ name: 'Deng Cai', paperCount: 1 })
    expect(await find('Deng Cai 0003')).toBeNull()
  })
})

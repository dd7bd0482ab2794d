import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { describeReport } from '../../src/cli/base/report.ts'
import { transaction } from '../../src/db/transaction.ts'
import { CONTEST_RULE } from '../../src/domain/entity/contested-identifier.ts'
import { removeRecords } from '../../src/domain/write/catalogue.ts'
import { runImport } from '../../src/import/run.ts'
import { emptyCatalogue } from '../helpers/catalogue.ts'
import { createTestDatabase } from '../helpers/database.ts'
import { askWell } from '../helpers/graphql.ts'
import { importFolder } from '../helpers/import-folder.ts'

const { rejectsPath, write } = importFolder()
let t: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
  t = await createTestDatabase()
})
afterEach(() => emptyCatalogue(t.db))
afterAll(() => t.close())

const load = (format: string, ...files: string[]) =>
  runImport({ url: t.url, format, files, rejectsPath })
const loadBibtex = (text: string) => load('bibtex', write('made.bib', text))
const titles = async () => {
  const rows = await t.db.query<{ title: string }>(sql`select title from papers order by title`)
  return rows.map(({ title }) => title)
}

const CHAPTERS = `
@incollection{a, title={Preface}, author={Ann Loom}, booktitle={Handbook of Looms}, year={2016}, doi={10.4324/9780000000999}}
@incollection{b, title={Weaving in the cold north}, author={Bob Knot and Cy Silk}, booktitle={Handbook of Looms}, year={2016}, doi={10.4324/9780000000999}}`

interface Conflicts {
  papers: {
    nodes: {
      title: string
      conflicts: {
        field: string
        values: { value: string; isShown: boolean; sources: string[] }[]
        contested: {
          identifier: string
          isShown: boolean
          sources: string[]
          papers: { title: string }[]
          paperCount: number
          reason: string
        } | null
      }[]
    }[]
  }
}
const QUERY = `{ papers(first: 9, order: { field: TITLE, direction: ASC }) { nodes { title conflicts { field values { value isShown sources }
  contested { identifier isShown sources papers { title } paperCount reason } } } } }`

test('an identifier that two papers claim leads to one of them, and both show the conflict', async () => {
  const report = await loadBibtex(CHAPTERS)
  expect(report).toMatchObject({ created: 2, doubts: { contestedCount: 1, farMerges: [] } })
  expect(describeReport(report)).toContain(
    `1 identifier is claimed by several papers; see Paper.conflicts.\n  ${CONTEST_RULE}`,
  )
  const { nodes } = (await askWell<Conflicts>(t, QUERY)).data.papers
  const expected = (isShown: boolean, title: string) => [
    {
      field: 'IDENTIFIER',
      values: [{ value: 'doi:10.4324/9780000000999', isShown, sources: ['bibtex'] }],
      contested: {
        identifier: 'doi:10.4324/9780000000999',
        ...{ isShown, sources: ['bibtex'], paperCount: 1, reason: 'CONTRADICTION' },
        papers: [{ title }],
      },
    },
  ]
  expect(nodes).toEqual([
    { title: 'Preface', conflicts: expected(true, 'Weaving in the cold north') },
    { title: 'Weaving in the cold north', conflicts: expected(false, 'Preface') },
  ])
  const [first] = await t.db.query<{ source: string; key: string }>(
    sql`select source, key from source_records where record->>'title' = 'Preface'`,
  )
  await transaction(t.url, (tx) => removeRecords(tx, first ? [first] : []))
  // The remaining paper has it now.
  const { data } = await askWell<{ paper: object }>(
    t,
    '{ paper(ref: "10.4324/9780000000999") { title conflicts { field } } }',
  )
  expect(data.paper).toEqual({ title: 'Weaving in the cold north', conflicts: [] })
})

test('merges whose titles differ are reported, the largest differences first', async () => {
  const entry = (key: string, title: string) =>
    `@misc{${key}, title={${title}}, author={Ann Loom and Bob Knot}, year={2020}, eprint={2001.0000${key.length}}, archivePrefix={arXiv}}`
  const report = await loadBibtex(
    [
      entry('a', 'The loom of many threads'),
      entry('b', 'Weaving everything at once'),
      entry('aa', 'A knot in silk'),
      entry('bb', 'A knot in the silk'),
    ].join('\n'),
  )
  expect(report).toMatchObject({ created: 2, merged: 2, doubts: { contestedCount: 0 } })
  expect(report.doubts.farMerges.map(({ titles: both }) => both.toSorted())).toEqual([
    ['The loom of many threads', 'Weaving everything at once'],
    ['A knot in silk', 'A knot in the silk'],
  ])
  expect(describeReport(report)).toMatch(
    /Merged records with the most different titles:\n {2}".*" and ".*" \(bibtex:made\.bib.*\)/,
  )
})

const CASES = fileURLToPath(new URL('../../../shared/cases/', import.meta.url))

test.skipIf(!existsSync(CASES)).each([
  ['08-same-family-other-people.bib', 2],
  ['09-symbols-are-the-difference.bib', 6],
  ['10-container-doi.bib', 2],
  ['11-recurring-titles.bib', 4],
])('%s: %i papers', async (file, count) => {
  await load('bibtex', join(CASES, file))
  expect(await titles()).toHaveLength(count)
})

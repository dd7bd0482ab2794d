import { chunk } from 'es-toolkit'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { citationKey } from '../../src/bibliography/citation-key.ts'
import { type CitationFormat, formatBibliography } from '../../src/bibliography/format.ts'
import { transaction } from '../../src/db/transaction.ts'
import { type CitablePaper, citablePapersByIds } from '../../src/domain/export/citable-paper.ts'
import { mergeRecords } from '../../src/domain/record/merge/merge.ts'
import type { PaperRecord } from '../../src/domain/record/paper-record.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import { emptyCatalogue, paperRecord } from '../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { askWell } from '../helpers/graphql.ts'
import { EAST_ASIAN_NAMES, printedName, STATED_NAMES } from '../helpers/stated-names.ts'
import { type Exported, exportInAll, FORMATS, importAgain } from './round-trip.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())

const WORDS = 'loom warp weft shuttle heddle reed treadle bobbin spindle distaff'.split(' ')

/** Papers with five authors each, whose family names the source states. */
const RECORDS: PaperRecord[] = chunk([...STATED_NAMES, ...EAST_ASIAN_NAMES], 5).map((names, n) =>
  paperRecord({
    ...{ key: String(n), kind: 'journal_article' },
    title: `The ${WORDS[n % 10]} and the ${WORDS[Math.floor(n / 10) % 10]} of weavers`,
    identifiers: [
      { scheme: 'doi', value: `10.1000/weave.${n}` },
      { scheme: 'arxiv', value: `2101.${String(n).padStart(5, '0')}` },
    ],
    authors: names.map((parts) => ({
      ...{ name: printedName(parts), familyName: parts.family },
      ...{ identifiers: [], affiliation: null },
    })),
  }),
)

const bylines = (papers: readonly Pick<CitablePaper, 'authors'>[]) =>
  papers.map(({ authors }) => authors.map(({ name, familyName }) => ({ name, familyName })))

describe('stated family names survive export and import', () => {
  let exported: Exported
  beforeAll(async () => {
    exported = await exportInAll(t, RECORDS)
    expect(bylines(exported.before)).toEqual(bylines(RECORDS))
  })

  test.each(FORMATS)('from %s', async (format) => {
    const { before } = exported
    const { after } = await importAgain(t, exported, format)
    expect(bylines(after)).toEqual(bylines(RECORDS))
    expect(after.map(({ keyParts }) => keyParts)).toEqual(before.map(({ keyParts }) => keyParts))
  })
})

const author = (name: string, familyName?: string) => ({
  ...{ name, ...(familyName && { familyName }), identifiers: [], affiliation: null },
})

test.each([
  ['Andrea Cozzi Lepri', 'Cozzi Lepri', 'cozzilepri', 'Cozzi Lepri, Andrea', 'Cozzi Lepri, A.'],
  [
    'Antonio Lacerda Filho',
    'Lacerda Filho',
    'lacerdafilho',
    'Lacerda Filho, Antonio',
    'Lacerda Filho, A.',
  ],
  ['Alexander von Humboldt', 'Humboldt', 'humboldt', 'Humboldt, Alexander von', 'Humboldt, A. von'],
  [
    'Laurens van der Maaten',
    'van der Maaten',
    'maaten',
    'van der Maaten, Laurens',
    'van der Maaten, L.',
  ],
  ['Ann Bee PhD', 'Bee', 'bee', 'Bee, Ann, PhD', 'Bee, A., PhD'],
  // As before if no source states it.
  ['Andrea Cozzi Lepri', undefined, 'lepri', 'Lepri, Andrea Cozzi', 'Lepri, A. C.'],
])('%s, of the family %s', async (name, familyName, key, ris, apa) => {
  await emptyCatalogue(t.db)
  await transaction(t.url, (tx) =>
    writeRecords(tx, [paperRecord({ authors: [author(name, familyName)] })]),
  )
  const [row] = await t.db.query<{ id: number }>(sql`select id from papers`)
  const papers = await citablePapersByIds(t.db, [row?.id ?? 0], { abstract: false, links: false })
  const [paper] = papers.values()
  const as = (format: CitationFormat) => formatBibliography([...papers.values()], format, 'apa')
  expect(paper && citationKey(paper)).toMatch(new RegExp(`^${key}2021-`))
  expect(await as('ris')).toContain(`AU  - ${ris}\r\n`)
  expect(await as('text')).toContain(apa)
})

describe('with several records', () => {
  const merged = (...records: [source: string, name: string, familyName?: string][]) =>
    mergeRecords(
      records.map(([source, name, familyName]) =>
        paperRecord({ source, authors: [author(name, familyName)] }),
      ),
    ).authors.map((one) => [one.name, one.familyName])

  test('the first stated family name counts, if it is a part of the displayed name', () => {
    const [shown, family] = ['Andrea Cozzi Lepri', 'Cozzi Lepri']
    expect(merged(['crossref', shown, family], ['bibtex', shown, 'Lepri'])).toEqual([
      [shown, family],
    ])
    expect(merged(['bibtex', shown, 'Lepri'], ['crossref', shown, family])).toEqual([
      [shown, family],
    ])
    expect(merged(['acl-anthology', shown], ['ris', shown, family])).toEqual([[shown, family]])
    expect(merged(['acl-anthology', 'Andrea Cozzi-Lepri'], ['ris', shown, family])).toEqual([
      ['Andrea Cozzi-Lepri', undefined],
    ])
  })
})

test('GraphQL shows the family name of each authorship, and null if no source states it', async () => {
  await emptyCatalogue(t.db)
  const unstated = paperRecord({ key: 'unstated', title: 'Of Nobody in Particular' })
  await transaction(t.url, (tx) => writeRecords(tx, [...RECORDS, unstated]))
  const { data } = await askWell<{
    papers: { nodes: { title: string; authorships: { nodes: StatedName[] } }[] }
  }>(
    t,
    '{ papers(first: 100) { nodes { title authorships(first: 10) { nodes { name familyName } } } } }',
  )
  const shown = new Map(data.papers.nodes.map((one) => [one.title, one.authorships.nodes]))
  for (const { title, authors } of [...RECORDS, unstated])
    expect(shown.get(title)).toEqual(
      authors.map(({ name, familyName = null }) => ({ name, familyName })),
    )
})

interface StatedName {
  name: string
  familyName: string | null
}

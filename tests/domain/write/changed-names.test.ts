import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { settlePeople } from '../../../src/domain/write/authors/evidence/settle.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { catalogueOfFile } from '../../helpers/writer.ts'

const t = catalogueOfFile()

const paper = (key: string, names: readonly string[]): PaperRecord =>
  paperRecord({
    key,
    title: `Charters of ${key.repeat(4)}`,
    authors: names.map((name) => ({
      ...{ name, affiliation: 'Institute of Lakes, Kleve', identifiers: [] },
    })),
  })

async function read(...records: PaperRecord[]): Promise<void> {
  await t.run((tx) => writeRecords(tx, records))
  await settlePeople(t.url)
}

/** The bylines of each author. */
async function people(): Promise<string[]> {
  const rows = await t.db.query<{ places: string }>(sql`
    select string_agg(s.key || ' ' || a.name, ', ' order by s.key) as places
    from authorships a join source_records s on s.paper_id = a.paper_id group by a.author_id`)
  return rows.map(({ places }) => places).sort()
}

const COMPANIONS = ['Philomena Xanders', 'Otto Vogelsang']
const CROWD = Array.from(
  { length: 100 },
  (_, i) => `Member${'abcdefghij'[i % 10]} Crowd${'abcdefghij'[Math.floor(i / 10)]}ley`,
)

test.each<[what: string, before: string[], after: string[]]>([
  [
    'a byline that became too long for evidence',
    ['Zebulon Quirrell', ...COMPANIONS],
    ['Zebulon Quirrell', ...COMPANIONS, ...CROWD],
  ],
  [
    'a name printed family name first',
    ['Wei Duanmu', ...COMPANIONS],
    ['Duanmu Wei', ...COMPANIONS],
  ],
  [
    'a name that is now in capitals',
    ['Zebulon Quirrell', ...COMPANIONS],
    ['ZEBULON QUIRRELL', ...COMPANIONS],
  ],
  [
    'a name that is now a short form',
    ['Robert Marjoribanks', ...COMPANIONS],
    ['Bob Marjoribanks', ...COMPANIONS],
  ],
])('%s has the authors that a new catalogue finds', async (_, before, after) => {
  const other = paper('b', before)
  await read(paper('a', before), other)
  expect(await people()).toHaveLength(3)
  await read(paper('a', after))
  const changed = await people()
  await emptyCatalogue(t.db)
  await read(paper('a', after), other)
  expect(changed).toEqual(await people())
})

import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { openWriter } from '../../../src/db/transaction.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { clusterAhead } from '../../../src/domain/write/authors/evidence/ahead.ts'
import { personsIn, readBlocks } from '../../../src/domain/write/authors/evidence/blocks.ts'
import { settlePeople } from '../../../src/domain/write/authors/evidence/settle.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { drawn } from '../../fuzz/random.ts'
import { emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { catalogueOfFile } from '../../helpers/writer.ts'

const t = catalogueOfFile()
const { run } = t
const random = drawn()

const GIVEN = ['Zora', 'Z.', 'Otto', 'O. P.', 'Odile']
const FAMILIES = ['Quirrell', 'Marmelade', 'Ostermeier', 'Ravensburg', 'Vandersteen', 'Quimby']
const PLACES = ['Institute of Lakes, Kleve', 'Glacier Observatory, Bergen', null]

const pick = <T>(values: readonly T[]) => random.pick(values)

/** Papers of few people, most of whom share names. */
function papers(count: number): PaperRecord[] {
  return Array.from({ length: count }, (_, i) => {
    const families = random.shuffled(FAMILIES).slice(0, 3)
    const authors = families.map((family) => ({
      name: `${pick(GIVEN)} ${family}`,
      affiliation: pick(PLACES),
      identifiers:
        random.whole(6) === 0 ? [{ scheme: 'orcid', value: `0000-${random.whole(4)}` }] : [],
    }))
    return paperRecord({ key: `k${i}`, title: `${pick(FAMILIES)} of matter ${i}`, authors })
  })
}

/** The bylines of each author. */
async function people(): Promise<string[]> {
  const rows = await t.db.query<{ bylines: string }>(sql`
    select string_agg(s.key || ' ' || a.position, ', ' order by s.key, a.position) as bylines
    from authorships a join source_records s on s.paper_id = a.paper_id group by a.author_id`)
  return rows.map(({ bylines }) => bylines).sort()
}

const NAMES = sql`select distinct name_block as name from authorships where name_block <> '' order by 1`

test('people are the same whether names are written in one transaction or in many', async () => {
  const records = papers(60)
  const found = []
  for (const authorshipsAtOnce of [1, 20, 5000]) {
    await emptyCatalogue(t.db)
    await run((tx) => writeRecords(tx, records))
    expect(await settlePeople(t.url, { authorshipsAtOnce })).toBeGreaterThan(20)
    expect(await settlePeople(t.url, { authorshipsAtOnce })).toBe(0)
    found.push(await people())
  }
  expect(found[1]).toEqual(found[0])
  expect(found[2]).toEqual(found[0])
})

test.each([
  ['nothing changed', sql`select 1`],
  ['an iD', sql`update authorships set identifiers = '{orcid:0000-9}' where paper_id % 3 = 0`],
  ['an affiliation', sql`update authorships set affiliation = 'Lakes' where paper_id % 3 = 0`],
  ['a paper less', sql`delete from authorships where paper_id % 3 = 0`],
  ['a title', sql`update paper_evidence set said = replace(said, 'matter', 'lakes')`],
  ['other authors', sql`update authorships set person = paper_id where paper_id % 3 = 0`],
])('names that were clustered ahead follow changes: %s', async (_, change) => {
  await emptyCatalogue(t.db)
  await run((tx) => writeRecords(tx, papers(60)))
  const names = (await t.db.query<{ name: string }>(NAMES)).map(({ name }) => name)
  const reader = openWriter(t.url)
  const personsOf = await clusterAhead(reader, names)
  await reader.close()
  await run((tx) => tx.query(change))
  const blocks = await run((tx) => readBlocks(tx, names))
  expect(blocks.length).toBeGreaterThan(5)
  for (const block of blocks) expect(personsOf(block)).toEqual(personsIn(block))
})

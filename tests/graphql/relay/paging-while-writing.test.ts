import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import type { TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'
import { atLeast } from '../../helpers/thorough.ts'
import { createSeededDatabase, nodeId, ORCID, seedRecord } from '../seeded-catalogue.ts'
import {
  ARGS,
  PAGE,
  PAPER_ORDERS,
  type PageArgs,
  type PageOf,
  VARIABLES,
  WAYS,
  walk,
} from '../walk.ts'

let t: TestDatabase
beforeAll(async () => {
  t = (await createSeededDatabase()).t
})
afterAll(() => t.close())

type Page = PageOf<{ id: string }>

let lastNumber = 1000

/** New papers of Ada Lovelace at the beginning, the middle and the end of every order. */
function newRecords(): PaperRecord[] {
  const places = [
    { title: 'A new paper', on: '1990-01-01', citationCount: 0 },
    { title: 'The neural case of another', on: '2017-05-05', citationCount: 9 },
    { title: 'Zzz, a new paper', on: '2030-01-01', citationCount: 500 },
  ]
  return places.map(({ title, on, citationCount }, place) => {
    lastNumber++
    return {
      ...seedRecord(lastNumber),
      title: `${title}, number ${lastNumber}`,
      published: { on, precision: 'day' },
      citationCount,
      authors: seedRecord(0).authors,
      repositories: seedRecord(11).repositories.slice(2 * place),
    }
  })
}

const idsWhere = async (condition = sql`true`) => {
  const rows = await t.db.query<{ id: number }>(sql`select p.id from papers p where ${condition}`)
  return rows.map(({ id }) => nodeId('Paper', id)).sort()
}

const LISTS = [
  {
    list: 'papers',
    query: `query(${VARIABLES}, $order: PaperOrder) { parent: papers(${ARGS}, order: $order) { nodes { id } ${PAGE} } }`,
    size: 40,
    belongs: sql`true`,
  },
  {
    list: 'the papers of an author',
    query: `query(${VARIABLES}, $order: PaperOrder) { parent: author(ref: "${ORCID}") {
      papers(${ARGS}, order: $order) { nodes { id } ${PAGE} } } }`,
    size: 15,
    belongs: sql`exists (select from authorships a join authors u on u.id = a.author_id
      where a.paper_id = p.id and u.name = 'Ada Lovelace')`,
  },
]

test.each(
  LISTS.flatMap((one, list) =>
    PAPER_ORDERS.flatMap((order, place) =>
      WAYS.filter((_, at) => atLeast(at === (place + list) % WAYS.length, true)).map((way) => ({
        ...{ ...one, ...order, way },
      })),
    ),
  ),
)(
  'papers written between the pages of $list by $field $direction, $way, neither repeat nor hide old ones',
  async ({ query, size, belongs, way, field, direction }) => {
    const old = await idsWhere(belongs)
    let written = 0
    const walked = await walk(
      way,
      size,
      async (args: PageArgs) => {
        type Parent = { parent: Page & { papers?: Page } }
        const { data } = await askWell<Parent>(t, query, { ...args, order: { field, direction } })
        return data.parent.papers ?? data.parent
      },
      async () => {
        if (written > 3) return
        const records = newRecords()
        await transaction(t.url, (tx) => writeRecords(tx, records))
        written += records.length
      },
    )
    expect(written).toBeGreaterThan(0)
    expect(await idsWhere(belongs)).toHaveLength(old.length + written)
    const ids = walked.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => old.includes(id)).sort()).toEqual(old)
  },
)

import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { settlePeople } from '../../../src/domain/write/authors/evidence/settle.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())

const PEOPLE = [
  ...['Zebulon Quirrell', 'Gustav Åkerlind', 'Ottoline Vanterpool-Gray', 'José García Lucena'],
  ...['Mira van der Tollefsen', 'Conan O’Brannigan', 'Zebedee M. Thorvaldson'],
]

test('names in capitals belong to the same people, whose displayed name is from other papers', async () => {
  const paper = (key: string, name: string, affiliation: string) =>
    paperRecord({
      ...{ key, title: `Studies of ${key}` },
      authors: [{ name, affiliation, identifiers: [] }],
    })
  await transaction(t.url, (tx) =>
    writeRecords(
      tx,
      PEOPLE.flatMap((name, i) => [
        paper(`a${i}`, name.toUpperCase(), `Sand Lab ${i}, Kleve`),
        paper(`b${i}`, name.toUpperCase(), `Sand Lab ${i}, Kleve`),
        paper(`c${i}`, name, `Sand Lab ${i}`),
      ]),
    ),
  )
  await settlePeople(t.url)
  const found = await t.db.query(sql`select name, paper_count as count from authors order by name`)
  expect(found).toEqual(PEOPLE.toSorted().map((name) => ({ name, count: 3 })))
})

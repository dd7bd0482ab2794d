import fc from 'fast-check'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { readIdentities } from '../../../src/domain/identity/reasons/identity.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { atLeast } from '../../helpers/thorough.ts'
import { catalogueOfFile } from '../../helpers/writer.ts'

const t = catalogueOfFile()

/** People who write together and whose names do not fit each other; most share a family name with somebody. */
const PEOPLE = [
  ...['Petra Kvarnström', 'Milo Dunsworth', 'Wei Zhang', 'Lu Zhang', 'Qing Zhang'],
  ...['Mary Smith', 'John Smith', 'Kari Ravnsborg', 'Olaf Ravnsborg', 'Hiroshi Tanaka'],
]

const byInitial = (name: string) => name.replace(/^(.)\S+/, '$1.')

interface Printed {
  name: string
  /** The person whose iD it has. */
  of: number
}

const written = fc.record({
  people: fc.shuffledSubarray([...PEOPLE.keys()], { minLength: 2, maxLength: 5 }),
  swapped: fc.boolean(),
  isShort: fc.boolean(),
})

test('only bylines whose iDs a source swapped are unverified, also with one family name', () =>
  fc.assert(
    fc.asyncProperty(written, async ({ people, swapped, isShort }) => {
      await emptyCatalogue(t.db)
      const printed = people.map((of): Printed => ({ name: PEOPLE[of] ?? '', of }))
      const last = printed.map(({ name, of }, at): Printed => {
        // Rotates the iDs of all; between two people, this swaps them.
        const owner = swapped ? (people[(at + 1) % people.length] ?? of) : of
        return { name: isShort ? byInitial(name) : name, of: owner }
      })
      const bylines = [printed, printed.toReversed(), printed, last]
      const records = bylines.map((byline, key) =>
        paperRecord({
          ...{ key: String(key), title: `Tides ${'abcd'[key]?.repeat(4)}` },
          authors: byline.map(({ name, of }) => ({
            ...{ name, affiliation: null },
            identifiers: [{ scheme: 'orcid', value: `0000-${of}` }],
          })),
        }),
      )
      await t.run((tx) => writeRecords(tx, records))
      const rows = await t.db.query<{ id: number }>(sql`select id from authors`)
      expect(rows).toHaveLength(people.length)
      const identities = await readIdentities(
        t.db,
        rows.map(({ id }) => id),
      )
      const unverified = [...identities.values()].flatMap((one) => one.unverified)
      expect(unverified.map(({ name, doubt }) => [name, doubt]).sort()).toEqual(
        swapped ? last.map(({ name }) => [name, 'name']).sort() : [],
      )
    }),
    { numRuns: atLeast(30, 300) },
  ))

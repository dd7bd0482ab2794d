import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CONFERENCE_LEFT } from '../../../src/import/sources/csv-titles.ts'
import { readText } from '../../helpers/reading.ts'

const rowOf = (title: string, address: string) =>
  readText(
    'csv',
    `Lens ID,Title,Source URLs\n001-002,"${title}",https://example.org/a ${address}\n`,
  )

const acronym = fc.constantFrom('ECCV', 'CoRL', 'W4A', 'IP&C', 'ICCE-TW', 'PerCom')
const kind = fc.constantFrom('', ' Workshops', ' (3)', ' Workshops (6)', ' Extended Abstracts')
const name = fc.constantFrom(
  'Smart guiding glasses',
  'SMAS - Mobility aid',
  'Indoor - outdoor maps',
)

test('a title of The Lens loses the short name of its conference, which the row states at DBLP', async () => {
  await fc.assert(
    fc.asyncProperty(acronym, kind, name, async (short, form, title) => {
      const series = short.toLowerCase().replace('&', '-')
      const address = `https://dblp.uni-trier.de/db/conf/${series}/${series}2014.html#Bee`
      const { records, repairs } = await rowOf(`${short}${form} - ${title}`, address)
      expect([records[0]?.title, repairs]).toEqual([title, [CONFERENCE_LEFT]])
    }),
    { numRuns: 40 },
  )
})

test.each([
  ['SMAS - Mobility aid', 'https://dblp.org/db/conf/ip-c/ip-c2014.html'],
  ['ECCV - A survey', ''],
  ['Smart Cap - Guidance', 'https://dblp.org/db/conf/smart/smart2014.html'],
])('another title stays: %s, %s', async (title, address) => {
  const { records, repairs } = await rowOf(title, address)
  expect([records[0]?.title, repairs]).toEqual([title, []])
})

test('a table of another program has complete titles', async () => {
  const { records } = await readText('csv', 'Title,Year\nECCV Workshops (3) - A title,2014\n')
  expect(records[0]?.title).toBe('ECCV Workshops (3) - A title')
})

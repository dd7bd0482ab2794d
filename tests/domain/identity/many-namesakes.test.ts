import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { countNamesakes, MOST_COMPARED } from '../../../src/domain/identity/similar/namesakes.ts'
import { readSimilarAuthors } from '../../../src/domain/identity/similar/similar.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { catalogueOfFile } from '../../helpers/writer.ts'

const t = catalogueOfFile()

/** Authors of one name who are not settled; each pair shares something rare. */
const PEOPLE = 150
const word = (i: number, letters: string) =>
  [i % 13, Math.floor(i / 13)].map((at) => letters[at]).join('')

function paperOf(i: number, half: number, name: string): PaperRecord {
  const own = `${word(i, 'bcdfghklmnprs')}${word(i, 'aeiouvwxyzqtj')}`
  const claim = (printed: string, affiliation: string | null = null) => ({
    ...{ name: printed, affiliation, identifiers: [] },
  })
  return paperRecord({
    ...{ key: `${i} ${half}`, title: `The ${half === 0 ? 'first' : 'second'} of ${own} ${half}` },
    identifiers: [{ scheme: 'doi', value: `10.5555/${i}.${half}` }],
    published: { on: `${2001 + (i % 20)}-01-01`, precision: 'year' },
    authors: [claim(name, `Institute of ${own}`), claim(`Annike ${own}mark`)],
  })
}

test.each(['Wei Zhang', 'John Smith', 'Zebulon Quirrell'])(
  'of 300 authors called %s, the most likely is the one with the most in common, from both sides',
  async (name) => {
    const records = [0, 1].flatMap((half) =>
      Array.from({ length: PEOPLE }, (_, i) => paperOf(i, half, name)),
    )
    await t.run((tx) => writeRecords(tx, records))
    const rows = await t.db.query<{ id: number; key: string }>(sql`
      select a.author_id as id, s.key from authorships a join source_records s on s.paper_id = a.paper_id
      where a.name = ${name} order by a.author_id`)
    expect(rows).toHaveLength(2 * PEOPLE)
    const personOf = new Map(rows.map(({ id, key }) => [id, key.split(' ')[0]]))
    const asked = rows.filter((_, at) => at % 23 === 0).map(({ id }) => id)
    const similar = await readSimilarAuthors(t.db, asked)
    const likeliest = asked.map((id) => similar.get(id)?.find((one) => one.isPossiblySame))
    expect(likeliest.map((one) => personOf.get(one?.authorId ?? 0))).toEqual(
      asked.map((id) => personOf.get(id)),
    )
    for (const id of asked) expect(similar.get(id)).toHaveLength(MOST_COMPARED)
    const counts = await countNamesakes(
      t.db,
      asked.map((id) => ({ id, printed: name })),
    )
    expect([...counts.values()]).toEqual(asked.map(() => 2 * PEOPLE - 1))
  },
)

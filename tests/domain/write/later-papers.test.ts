import sql from 'sql-template-tag'
import { describe, expect, test } from 'vitest'
import { mergeAuthors, splitAuthor } from '../../../src/domain/curation/authors.ts'
import { undoDecision } from '../../../src/domain/curation/curation.ts'
import { readSimilarAuthors } from '../../../src/domain/identity/similar/similar.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { settlePeople } from '../../../src/domain/write/authors/evidence/settle.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { drawn } from '../../fuzz/random.ts'
import { emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { atLeast } from '../../helpers/thorough.ts'
import { catalogueOfFile } from '../../helpers/writer.ts'

const random = drawn()

const t = catalogueOfFile()
const by = { by: 'ada', reason: null }

/** A rare and common names, by which two people of a group were joined. */
const NAMES = atLeast(
  ['John Smith', 'Zebulon Quirrell'],
  ['John Smith', 'Zebulon Quirrell', 'Wei Zhang', 'María García', 'J. Smith'],
)

/** Papers of each of two people who wrote with the same colleague; of both, and of neither. */
const KANT = {
  at: 'Leeds Philosophy Society',
  with: ['Ottilie Vanterpool', 'Ida Ostrowicka'],
  about: 'Categorical duty',
}
const CALVES = {
  at: 'Kent Veterinary College',
  with: ['Maud Pennyworth', 'Gus Inkermann'],
  about: 'Vaccinated calves',
}
const BOTH = {
  at: `${KANT.at} and ${CALVES.at}`,
  with: [...KANT.with, ...CALVES.with],
  about: `${KANT.about}, ${CALVES.about}`,
}
const NEITHER = { at: null, with: [] }
const COLLEAGUE = 'Robert Hallström'

interface Written {
  at: string | null
  with: string[]
  about: string
}

function paper(key: string, name: string, written: Written, id?: string): PaperRecord {
  return paperRecord({
    key,
    title: `${written.about}: ${key.repeat(3)}`,
    identifiers: [{ scheme: 'doi', value: `10.5555/${key}` }],
    authors: [
      { name, affiliation: written.at, identifiers: id ? [{ scheme: 's2', value: id }] : [] },
      ...[COLLEAGUE, ...written.with].map((one) => ({
        ...{ name: one, affiliation: null, identifiers: [] },
      })),
    ],
  })
}

/** Imports each of these, and groups authors at its end. */
async function read(...imports: PaperRecord[][]): Promise<void> {
  for (const records of imports) {
    await t.run((tx) => writeRecords(tx, records))
    await settlePeople(t.url)
  }
}

/** The papers of each person of the name. */
async function people(name: string): Promise<string[]> {
  const rows = await t.db.query<{ keys: string }>(sql`
    select string_agg(s.key, ' ' order by s.key) as keys from authorships a
    join source_records s on s.paper_id = a.paper_id where a.name = ${name} group by a.author_id`)
  return rows.map(({ keys }) => keys).sort()
}

async function placeOf(key: string): Promise<{ authorId: number; paperId: number }> {
  const [row] = await t.db.query<{ authorId: number; paperId: number }>(sql`
    select a.author_id as "authorId", a.paper_id as "paperId" from authorships a
    join source_records s on s.paper_id = a.paper_id where s.key = ${key} and a.position = 1`)
  return row ?? { authorId: 0, paperId: 0 }
}

async function merge(one: string, other: string): Promise<number> {
  const ids = [(await placeOf(one)).authorId, (await placeOf(other)).authorId]
  const { id } = await t.run((tx) => mergeAuthors(tx, ids, by))
  await settlePeople(t.url)
  return id
}

async function splitOff(key: string): Promise<number> {
  const { authorId, paperId } = await placeOf(key)
  const { id } = await t.run((tx) => splitAuthor(tx, authorId, [paperId], by))
  await settlePeople(t.url)
  return id
}

async function undo(id: number): Promise<void> {
  await t.run((tx) => undoDecision(tx, id, by))
  await settlePeople(t.url)
}

/** The same papers as imports of one each in several orders, and as one import. */
const orders = (papers: PaperRecord[]) => [
  [papers],
  ...[
    papers,
    ...atLeast([], [papers.toReversed(), random.shuffled(papers)]),
    random.shuffled(papers),
  ].map((some) => some.map((one) => [one])),
]

describe.each(NAMES)('later papers of %s', (name) => {
  const [k1, c1] = [paper('k1', name, KANT), paper('c1', name, CALVES)]
  const later = [
    ...[paper('k2', name, KANT), paper('c2', name, CALVES)],
    ...[
      paper('m', name, BOTH),
      paper('n', name, { ...NEITHER, about: 'Tides' }),
      paper('o', name, { ...NEITHER, about: 'Basalt' }),
    ],
  ]

  /** Two papers that an operator joined, and then split again. */
  async function split(): Promise<{ merged: number; divided: number }> {
    await emptyCatalogue(t.db)
    await read([k1, c1])
    const merged = (await people(name)).length === 2 ? await merge('k1', 'c1') : 0
    return { merged, divided: await splitOff('c1') }
  }

  test('a split belong to the author they fit, in any order, and to nobody else if they fit both', async () => {
    for (const imports of orders(later)) {
      await split()
      await read(...imports)
      expect(await people(name)).toEqual(['c1 c2', 'k1 k2', 'm', 'n', 'o'])
    }
    const { authorId } = await placeOf('m')
    const similar = (await readSimilarAuthors(t.db, [authorId])).get(authorId) ?? []
    const sides = [(await placeOf('k1')).authorId, (await placeOf('c1')).authorId]
    const found = similar.filter((one) => one.isPossiblySame).map((one) => one.authorId)
    expect(found).toEqual(expect.arrayContaining(sides))
  })

  test('a split, with new profiles, belong to the author they fit', async () => {
    const named = [paper('k2', name, KANT, 'K'), paper('c2', name, CALVES, 'C')]
    for (const imports of orders(named)) {
      await split()
      await read(...imports)
      expect(await people(name)).toEqual(['c1 c2', 'k1 k2'])
    }
  })

  test('a split of a profile belong to the author they fit, except those of the profile', async () => {
    const both = [paper('k1', name, KANT, 'W'), paper('c1', name, CALVES, 'W')]
    const named = [
      paper('k2', name, KANT),
      paper('c2', name, CALVES, 'C'),
      paper('c3', name, CALVES, 'W'),
    ]
    for (const imports of orders(named)) {
      await emptyCatalogue(t.db)
      await read(both)
      await splitOff('c1')
      await read(...imports)
      expect(await people(name)).toEqual(['c1 c2', 'c3 k1 k2'])
    }
  })

  test('a merge belong to the merged author', async () => {
    const two = later.slice(0, 2)
    for (const imports of orders(two)) {
      await emptyCatalogue(t.db)
      await read([k1, c1])
      if ((await people(name)).length === 2) await merge('k1', 'c1')
      await read(...imports)
      expect(await people(name)).toEqual(['c1 c2 k1 k2'])
    }
  })

  test('undone decisions belong to the same authors as without decisions', async () => {
    await read([k1, c1, ...later])
    const undecided = await people(name)
    for (const imports of orders(later)) {
      const { merged, divided } = await split()
      const half = Math.floor(imports.length / 2)
      await read(...imports.slice(0, half))
      await undo(divided)
      await read(...imports.slice(half))
      if (merged !== 0) await undo(merged)
      expect(await people(name)).toEqual(undecided)
    }
  })
})

import fc from 'fast-check'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { readSimilarAuthors } from '../../../src/domain/identity/similar/similar.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { atLeast } from '../../helpers/thorough.ts'
import { catalogueOfFile } from '../../helpers/writer.ts'

const t = catalogueOfFile()

interface Drawn {
  name: string
  coAuthor?: string | null
  affiliation?: string | null
  orcid?: string | null
}

/** One paper for each; nobody joins the authors, because evidence is not settled. */
async function write(papers: readonly Drawn[]): Promise<void> {
  const records = papers.map(({ name, coAuthor, affiliation = null, orcid }, n) =>
    paperRecord({
      ...{ key: String(n), title: `${'abcdefghijklm'[n]}`.repeat(4) },
      identifiers: [{ scheme: 'doi', value: `10.5555/${n}` }],
      authors: [
        {
          ...{ name, affiliation },
          identifiers: orcid ? [{ scheme: 'orcid' as const, value: orcid }] : [],
        },
        ...(coAuthor ? [{ name: coAuthor, affiliation: null, identifiers: [] }] : []),
      ],
    }),
  )
  await t.run((tx) => writeRecords(tx, records))
}

async function read() {
  const rows = await t.db.query<{ id: number; name: string; orcid: string | null }>(sql`
    select a.id, a.name, (select value from author_identifiers i where i.author_id = a.id) as orcid
    from authors a where a.name like '%Quirrell' order by a.id`)
  const known = new Map(rows.map((row) => [row.id, row]))
  const similar = await readSimilarAuthors(
    t.db,
    rows.map(({ id }) => id),
  )
  const named = [...similar].map(([id, list]) => {
    const others = list.map((one) => ({ ...one, ...known.get(one.authorId) }))
    return { id, name: known.get(id)?.name ?? '', others }
  })
  return { known, named }
}

const drawn = fc.record({
  name: fc.constantFrom(
    ...['J. Quirrell', 'J. A. Quirrell', 'John Quirrell', 'Jane Quirrell', 'Jutta Quirrell'],
    ...['John A. Quirrell', 'John B. Quirrell'],
  ),
  coAuthor: fc.constantFrom(null, 'Annike Vandermoor', 'Bodil Zwartsluis'),
  affiliation: fc.constantFrom(null, 'Norderney Tide Lab', 'Kleve University'),
  orcid: fc.constantFrom(null, null, '0000-0001', '0000-0002'),
})

/** Whether two authors are certainly two people, by full first names, middle initials or ORCID iDs. */
function areTwo(
  one: { name?: string; orcid?: string | null },
  other: { name?: string; orcid?: string | null },
): boolean {
  if (one.orcid && other.orcid && one.orcid !== other.orcid) return true
  const [[first = '', middle = ''], [otherFirst = '', otherMiddle = '']] = [one, other].map(
    ({ name = '' }) => name.replaceAll('.', '').split(' ').slice(0, -1),
  ) as [string[], string[]]
  if (first.length > 1 && otherFirst.length > 1 && first !== otherFirst) return true
  return middle !== '' && otherMiddle !== '' && middle !== otherMiddle
}

test('confidences of candidates who exclude one another share one, equal from both sides, the highest first', () =>
  fc.assert(
    fc.asyncProperty(fc.array(drawn, { minLength: 3, maxLength: 9 }), async (papers) => {
      await emptyCatalogue(t.db)
      await write(papers)
      const { named } = await read()
      const confidences = new Map(
        named.flatMap(({ id, others }) =>
          others.map(({ authorId, confidence }) => [`${id} ${authorId}`, confidence]),
        ),
      )
      for (const { id, others } of named) {
        for (const one of others) {
          const excluding = [one]
          for (const other of others)
            if (excluding.every((own) => areTwo(own, other))) excluding.push(other)
          const total = excluding.reduce((sum, { confidence }) => sum + confidence, 0)
          expect(total).toBeLessThan(1 + 1e-9)
          expect(confidences.get(`${one.authorId} ${id}`)).toBeCloseTo(one.confidence, 9)
          if (one.isPossiblySame) expect(one.confidence).toBeGreaterThanOrEqual(0.1)
        }
        const order = others.map(({ confidence }) => confidence)
        expect(order).toEqual(order.toSorted((x, y) => y - x))
      }
    }),
    { numRuns: atLeast(20, 200) },
  ))

const GIVEN = 'Jana Jane Jens John Jorg Jutta Judith Julia Jan Jasper Jelle Joost'.split(' ')

test('an initial that fits many equally is probably none of them, and one with a common co-author comes first', async () => {
  await write([
    { name: 'J. Quirrell', coAuthor: 'Annike Vandermoor' },
    ...GIVEN.map((given) => ({ name: `${given} Quirrell`, coAuthor: 'Annike Vandermoor' })),
  ])
  const { named } = await read()
  const [initial, ...full] = named
  expect(initial?.others).toHaveLength(GIVEN.length)
  expect(named.flatMap(({ others }) => others.filter((one) => one.isPossiblySame))).toEqual([])
  for (const { confidence, evidence } of initial?.others ?? []) {
    expect(confidence).toBeCloseTo(1 / GIVEN.length, 2)
    expect(evidence).toContainEqual(expect.objectContaining({ kind: 'rivals' }))
  }
  expect(full.flatMap(({ others }) => others.map(({ name }) => name))).toEqual(
    full.map(() => 'J. Quirrell'),
  )
})

test('rivals that lower the confidence are named, on both sides', async () => {
  await write([
    { name: 'J. Quirrell', coAuthor: 'Annike Vandermoor', affiliation: 'Norderney Tide Lab' },
    { name: 'John Quirrell', coAuthor: 'Annike Vandermoor', affiliation: 'Norderney Tide Lab' },
    { name: 'Jane Quirrell', coAuthor: 'Annike Vandermoor' },
    { name: 'Jutta Quirrell' },
  ])
  const { named } = await read()
  const told = named.map(({ name, others }) => {
    const likely = others.filter(({ isPossiblySame }) => isPossiblySame)
    return [
      name,
      likely.map((one) => [one.name, one.evidence.find(({ kind }) => kind === 'rivals')?.detail]),
    ]
  })
  expect(told).toEqual([
    ['J. Quirrell', [['John Quirrell', expect.stringMatching(/^Jane Quirrell/)]]],
    ['John Quirrell', [['J. Quirrell', expect.stringMatching(/^Jane Quirrell/)]]],
    ['Jane Quirrell', []],
    ['Jutta Quirrell', []],
  ])
})

test('an initial with only the venue and a rare family name in common is not possibly the same', async () => {
  await write([{ name: 'J. Quirrell' }, { name: 'John Quirrell' }])
  const { named } = await read()
  expect(named.map(({ others }) => others.length)).toEqual([1, 1])
  expect(named.flatMap(({ others }) => others.filter((one) => one.isPossiblySame))).toEqual([])
})

import { memoize, sumBy } from 'es-toolkit'
import fc from 'fast-check'
import sql from 'sql-template-tag'
import { describe, expect, test } from 'vitest'
import { keysOf, printedBlocks } from '../../../src/domain/identity/name-block.ts'
import { fitNames } from '../../../src/domain/identity/name-fit.ts'
import { parsePersonName } from '../../../src/domain/identity/person-name.ts'
import { readSimilarAuthors } from '../../../src/domain/identity/similar/similar.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { atLeast } from '../../helpers/thorough.ts'
import { catalogueOfFile } from '../../helpers/writer.ts'

const t = catalogueOfFile()

/** Names of one kind, many of which may belong to one person. */
const KINDS: Record<string, fc.Arbitrary<string>> = {
  suffixes: joined(
    ['John', 'Jane', 'J.', 'John A.', 'J. A.', 'Johnny'],
    [
      'Quirrell',
      'Quirrell Jr.',
      'Quirrell, Jr.',
      'Quirrell Sr.',
      'Quirrell III',
      'Quirrell Junior',
    ],
  ),
  'second family names': joined(
    ['María José', 'M. J.', 'M.', 'María', 'Mario', 'José'],
    ['García', 'López', 'García López', 'García-López', 'García Pérez', 'de García', 'Garcialopez'],
  ),
  'hyphened family names': joined(
    ['Jennifer', 'J.', 'Jennifer A.', 'Julia', 'Jenny'],
    ['Chu', 'Carroll', 'Chu-Carroll', 'Chu Carroll', 'Chu-Quirrell'],
  ),
  particles: joined(
    ['Ludwig', 'L.', 'Ludwig M.', 'Lena', 'L. M.'],
    [
      'de Wolf',
      'Dewolf',
      'Wolf',
      'von Wolf',
      'van der Wolf',
      'Vanderwolf',
      'de la Wolf',
      'Le Wolf',
    ],
  ),
  'several parts': joined(
    ['Ana Carolina', 'Ana', 'A. C.', 'Ana C.', 'A.'],
    [
      'Silva',
      'Silva Santos',
      'Souza Silva Santos',
      'Santos',
      'dos Santos',
      'Santos Filho',
      'Silva Neto',
    ],
  ),
  Vietnamese: joined(
    ['Quoc Khanh', 'Khanh Quoc', 'Khanh', 'Q. K.', 'Thi Khanh', 'Van Khanh'],
    ['Tran', 'Nguyen', 'Le'],
  ),
  Japanese: joined(
    ['Shotaro', 'Shōtarō', 'S.', 'Shoutarou', 'Syotaro'],
    ['Otsubo', 'Ōtsubo', 'Ohtsubo', 'Satoh', 'Satō', 'Sato'],
  ),
  Slavic: joined(
    ['Dmitry', 'Dmitrii', 'D.', 'Daria', 'Дмитрий'],
    ['Shcherbatskiy', 'Scherbatskiy', 'Shcherbatsky', 'Щербатский'],
  ),
  umlauts: joined(
    ['Jürgen', 'Juergen', 'Jurgen', 'J.', 'Jörg'],
    ['Schönfelderer', 'Schoenfelderer', 'Schonfelderer'],
  ),
  nicknames: joined(
    [
      'Zhongfei (Mark)',
      'Zhongfei',
      'Mark',
      'Z.',
      'Zhongfei "Mark"',
      'Mark',
      'Zhongfei Mark',
      'Zhong (Mark) B.',
      'Zhong (Max)',
    ],
    ['Zhang', 'Quirrell', 'McNamara'],
  ),
  Chinese: joined(
    ['Wayne Xin', 'Xin', 'W. X.', 'W.', 'X.', 'Wei', 'Xinyu'],
    ['Zhao', 'Ouyang', 'Ou Yang', 'Lü', 'Lv', 'Lyu', 'Lu'],
  ),
  'short forms': joined(
    [
      'Robert',
      'Bob',
      'Bill',
      'William',
      'R.',
      'W.',
      'B.',
      'Tony',
      'Anthony',
      'Antonio',
      'T.',
      'A.',
    ],
    ['Quirrell', 'Frank', 'McNamara', 'MacNamara', "O'Brien", 'O Brien', 'Obrien'],
  ),
}

function joined(given: readonly string[], families: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...given), fc.constantFrom(...families), fc.boolean())
    .map(([first, family, isTurned]) =>
      isTurned && !family.includes(',') ? `${family}, ${first}` : `${first} ${family}`,
    )
}

describe('two fitting names find each other', () => {
  test.each(Object.entries(KINDS))('%s', (_, name) => {
    const bad = new Set<string>()
    fc.assert(
      fc.property(name, name, (a, b) => {
        const [one, other] = [parsePersonName(a), parsePersonName(b)]
        if (!one || !other) return
        const fit = fitNames(one, other)
        if (fitNames(other, one) !== fit)
          bad.add(`ASYM ${[a, b].sort().join(' | ')} ${fit} ${fitNames(other, one)}`)
        if (fit === null) return
        if (!isFoundFrom(a, b)) bad.add(`${a} not from ${b} (${fit})`)
      }),
      { numRuns: atLeast(500, 20_000) },
    )
    expect([...bad].sort()).toEqual([])
  })
})

/** There are a hundred names of each kind, and thousands of pairs. */
const keys = memoize((name: string) => keysOf(name))
const blocks = memoize((name: string) => printedBlocks(name))

const isFoundFrom = (name: string, other: string) =>
  keys(name).some((key) => blocks(other).includes(key))

describe('possiblySame is equal from both sides, and shares add up to one', () => {
  test.each(Object.entries(KINDS))('%s', (_, name) =>
    fc.assert(
      fc.asyncProperty(fc.array(drawn(name), { minLength: 3, maxLength: 9 }), async (papers) => {
        await emptyCatalogue(t.db)
        await write(papers)
        const { names, similar } = await read()
        for (const [id, others] of similar)
          for (const one of others) {
            const back = similar.get(one.authorId)?.find(({ authorId }) => authorId === id)
            expect(back?.isPossiblySame).toBe(one.isPossiblySame)
            expect(back?.confidence).toBeCloseTo(one.confidence, 9)
            const excluding = [one]
            for (const other of others)
              if (excluding.every((own) => areTwo(names, own.authorId, other.authorId)))
                excluding.push(other)
            expect(sumBy(excluding, ({ confidence }) => confidence)).toBeLessThan(1 + 1e-9)
          }
      }),
      { numRuns: atLeast(4, 100) },
    ),
  )
})

const drawn = (name: fc.Arbitrary<string>) =>
  fc.record({
    name,
    coAuthor: fc.constantFrom(null, 'Annike Vandermoor', 'Bodil Zwartsluis'),
    affiliation: fc.constantFrom(null, 'Norderney Tide Lab', 'Kleve Polder Works'),
  })

type Drawn = ReturnType<typeof drawn> extends fc.Arbitrary<infer D> ? D : never

/** One paper for each; nobody joins the authors, because evidence is not settled. */
async function write(papers: readonly Drawn[]): Promise<void> {
  const records = papers.map(({ name, coAuthor, affiliation }, n) =>
    paperRecord({
      ...{ key: String(n), title: `${'abcdefghijklm'[n]}`.repeat(4) },
      identifiers: [{ scheme: 'doi', value: `10.5555/${n}` }],
      authors: [
        { name, affiliation, identifiers: [] },
        ...(coAuthor ? [{ name: coAuthor, affiliation: null, identifiers: [] }] : []),
      ],
    }),
  )
  await t.run((tx) => writeRecords(tx, records))
}

async function read() {
  const rows = await t.db.query<{ id: number; name: string }>(sql`
    select id, name from authors where name not in ('Annike Vandermoor', 'Bodil Zwartsluis')`)
  const similar = await readSimilarAuthors(
    t.db,
    rows.map(({ id }) => id),
  )
  return { names: new Map(rows.map(({ id, name }) => [id, parsePersonName(name)])), similar }
}

function areTwo(names: Awaited<ReturnType<typeof read>>['names'], one: number, other: number) {
  const [a, b] = [names.get(one), names.get(other)]
  return a && b && fitNames(a, b) === null
}

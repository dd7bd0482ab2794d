import fc from 'fast-check'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { mergeAuthors, splitAuthor } from '../../../src/domain/curation/authors.ts'
import { mergePapers, undoDecision } from '../../../src/domain/curation/curation.ts'
import { settlePeople } from '../../../src/domain/write/authors/evidence/settle.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { atLeast } from '../../helpers/thorough.ts'
import { catalogueOfFile } from '../../helpers/writer.ts'

const t = catalogueOfFile()
const { run } = t

const [ONE, OTHER] = ['0000-0001', '0000-0002'] as const

const by = { by: 'ada', reason: null }

/** A paper by people of one name, with the ORCID iD of each, or null. */
interface Written {
  key: string
  orcids: (string | null)[]
}

const recordOf = ({ key, orcids }: Written) =>
  paperRecord({
    key,
    title: `The ${key} of ${key.repeat(4)}`,
    authors: orcids.map((orcid) => ({
      name: 'Wei Wang',
      affiliation: null,
      identifiers: orcid === null ? [] : [{ scheme: 'orcid', value: orcid }],
    })),
  })

async function read(papers: readonly Written[]): Promise<void> {
  await run((tx) => writeRecords(tx, papers.map(recordOf)))
  await settlePeople(t.url)
}

/** The author of each place in a byline. */
async function authorsNow(): Promise<Map<string, number>> {
  const rows = await t.db.query<{ place: string; id: number }>(sql`
    select s.key || ' ' || a.position as place, a.author_id as id from authorships a
    join source_records s on s.paper_id = a.paper_id order by 1`)
  return new Map(rows.map(({ place, id }) => [place, id]))
}

async function leadsTo(ids: number[]): Promise<Map<number, number>> {
  const rows = await t.db.query<{ id: number; now: number }>(sql`
    select w.id, coalesce(r.author_id, w.id) as now from unnest(${ids}::bigint[]) w(id) left join author_redirects r on r.id = w.id`)
  return new Map(rows.map(({ id, now }) => [id, now]))
}

const placesOf = (authors: Map<string, number>, id: number) =>
  [...authors].flatMap(([place, own]) => (own === id ? place : []))

const papersOf = async (keys: string[]) =>
  (
    await t.db.query<{ id: number }>(
      sql`select paper_id as id from source_records where key = any(${keys})`,
    )
  ).map(({ id }) => id)

const keyOf = (place: string) => place.split(' ')[0] ?? ''

const orcid = fc.option(fc.constantFrom(ONE, OTHER), { nil: null })
const byline = fc.uniqueArray(fc.tuple(fc.nat(), orcid), {
  minLength: 1,
  maxLength: 2,
  selector: ([n, own]) => own ?? `none ${n}`,
})
const pick = fc.nat(1000)
const step = fc.oneof(
  fc.record({ kind: fc.constant('merge' as const), one: pick, other: pick }),
  fc.record({ kind: fc.constant('merge' as const), one: pick, other: pick }),
  fc.record({ kind: fc.constant('split' as const), one: pick, other: pick }),
  fc.record({ kind: fc.constant('undo' as const), one: pick }),
  fc.record({ kind: fc.constant('import' as const), one: pick, byline }),
)

const at = <T>(list: readonly T[], n: number) => list[n % list.length]

/** Performs a step if possible; returns the authors it names, or null if it decides nothing. */
async function take(
  one: typeof step extends fc.Arbitrary<infer S> ? S : never,
  authors: Map<string, number>,
  papers: Set<string>,
  decisions: Map<number, string[]>,
): Promise<number[] | null> {
  const ids = [...new Set(authors.values())]
  if (one.kind === 'import') {
    const key = at(['x', 'y', 'z'], one.one) ?? ''
    if (papers.has(key)) return null
    papers.add(key)
    await read([{ key, orcids: one.byline.map(([, own]) => own) }])
    return null
  }
  if (one.kind === 'undo') {
    const id = at([...decisions.keys()], one.one)
    if (id === undefined) return null
    const named = (decisions.get(id) ?? []).map((place) => authors.get(place) ?? 0)
    decisions.delete(id)
    await run((tx) => undoDecision(tx, id, by))
    return named
  }
  const [first, second] = [at(ids, one.one) ?? 0, at(ids, one.other) ?? 0]
  const own = placesOf(authors, first)
  if (one.kind === 'split') {
    if (own.length < 2) return null
    const off = own.filter((_, i) => i > 0 && (i === 1 || i % 2 === one.other % 2))
    const paperIds = await papersOf(off.map(keyOf))
    const { id } = await run((tx) => splitAuthor(tx, first, paperIds, by))
    decisions.set(id, own)
    return [first]
  }
  const keys = [...own, ...placesOf(authors, second)].map(keyOf)
  if (first === second || new Set(keys).size < keys.length) return null
  const { id } = await run((tx) => mergeAuthors(tx, [first, second], by))
  decisions.set(id, [...own, ...placesOf(authors, second)])
  return [first, second]
}

test('undoing a merge restores both ids, even if one of the two has got an identifier and a new paper since', async () => {
  const old = { key: 'a', orcids: [null] }
  await read([old, { key: 'b', orcids: [null] }])
  const before = await authorsNow()
  const { id } = await run((tx) => mergeAuthors(tx, [...before.values()], by))
  await read(['b', 'c', 'd'].map((key) => ({ key, orcids: [ONE] })))
  expect(new Set((await authorsNow()).values()).size).toBe(1)
  await run((tx) => undoDecision(tx, id, by))
  const [one = 0, other = 0] = before.values()
  expect(Object.fromEntries(await authorsNow())).toEqual({
    ...{ 'a 1': one, 'b 1': other },
    ...{ 'c 1': other, 'd 1': other },
  })
  expect([...(await leadsTo([one, other])).values()]).toEqual([one, other])
})

test('a split of one of two people of a name on a paper leaves the other one unchanged', async () => {
  await read([
    { key: 'a', orcids: [ONE, null] },
    { key: 'b', orcids: [ONE] },
  ])
  const before = await authorsNow()
  const [first = 0, second = 0] = before.values()
  const { id } = await run(async (tx) => splitAuthor(tx, first, await papersOf(['b']), by))
  const split = await authorsNow()
  const made = split.get('b 1') ?? 0
  expect([...split.values()]).toEqual([first, second, made])
  expect([...before.values()]).not.toContain(made)
  expect((await leadsTo([second])).get(second)).toBe(second)
  await run((tx) => undoDecision(tx, id, by))
  expect(await authorsNow()).toEqual(before)
  expect([...(await leadsTo([first, second, made])).values()]).toEqual([first, second, first])
})

test('an author who was split off keeps the id when the others return to their former author', async () => {
  await read([
    { key: 'a', orcids: [null] },
    { key: 'b', orcids: [ONE] },
    { key: 'c', orcids: [ONE] },
  ])
  const before = await authorsNow()
  const [a = 0, b = 0] = before.values()
  const split = await run(async (tx) => splitAuthor(tx, b, await papersOf(['c']), by))
  const made = (await authorsNow()).get('c 1') ?? 0
  const merged = await run((tx) => mergeAuthors(tx, [a, b], by))
  await run((tx) => undoDecision(tx, merged.id, by))
  expect([...(await authorsNow()).values()]).toEqual([a, b, made])
  await run((tx) => undoDecision(tx, split.id, by))
  expect(await authorsNow()).toEqual(before)
})

const lettersFrom = (letters: string[]) => fc.shuffledSubarray(letters, { minLength: 1 })
const divided = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.boolean(), fc.boolean())
  .chain(([count, areApart, isOldestLeft]) => {
    const [oldest = '', ...letters] = [...'abcde'].slice(0, count)
    return lettersFrom(letters).map((named) => {
      const off = isOldestLeft ? named : [oldest, ...letters.filter((one) => !named.includes(one))]
      return { all: [oldest, ...letters], off, areApart }
    })
  })

test('after a split, the id stays with the papers that were not named, however many or old these are, also after undo and when identifiers agree with the split', () =>
  fc.assert(
    fc.asyncProperty(divided, async ({ all, off, areApart }) => {
      await emptyCatalogue(t.db)
      const ofOne = (key: string) => ({ key, orcids: [ONE] })
      if (areApart) await read(all.map((key) => ({ key, orcids: [null] })))
      for (const key of all) await read([ofOne(key)])
      const [id = 0, ...others] = new Set((await authorsNow()).values())
      expect(others).toEqual([])
      const rest = all.filter((key) => !off.includes(key))
      const expectApart = async () => {
        const now = await authorsNow()
        expect([...new Set(rest.map((key) => now.get(`${key} 1`)))]).toEqual([id])
        const made = new Set(off.map((key) => now.get(`${key} 1`)))
        expect([made.size, made.has(id)]).toEqual([1, false])
        expect((await leadsTo([id])).get(id)).toBe(id)
        return [...made]
      }
      const split = await run(async (tx) => splitAuthor(tx, id, await papersOf(off), by))
      expect(split.authorIds[0]).toBe(id)
      const made = await expectApart()
      await read([{ key: 'z', orcids: [ONE] }])
      expect(await expectApart()).toEqual(made)
      await run((tx) => undoDecision(tx, split.id, by))
      expect([...new Set((await authorsNow()).values())]).toEqual([id])
      await read(off.map((key) => ({ key, orcids: [OTHER] })))
      expect(await expectApart()).toEqual(made)
    }),
    { numRuns: atLeast(5, 60) },
  ))

test.each([
  ['a', 'b'],
  ['b', 'a'],
])('undoing a merge of the papers %s and %s restores the ids of their authors', async (...keys) => {
  await read(['a', 'b', 'c'].map((key) => ({ key, orcids: [null, null] })))
  const before = await authorsNow()
  const { id } = await run(async (tx) => mergePapers(tx, await papersOf(keys), by))
  await settlePeople(t.url)
  expect(new Set((await authorsNow()).values()).size).toBe(4)
  await read([{ key: 'a', orcids: [null, ONE] }])
  await run((tx) => undoDecision(tx, id, by))
  await settlePeople(t.url)
  expect(await authorsNow()).toEqual(before)
  const ids = [...before.values()]
  expect([...(await leadsTo(ids)).values()]).toEqual(ids)
})

test('ids stay with their people, whatever is decided, undone and read', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(byline, { minLength: 3, maxLength: 4 }),
      fc.array(step, { minLength: 4, maxLength: 10 }),
      async (bylines, steps) => {
        await emptyCatalogue(t.db)
        const first = bylines.map((own, i) => ({
          key: 'abcd'[i] ?? '',
          orcids: own.map(([, id]) => id),
        }))
        await read(first)
        const start = await authorsNow()
        const papers = new Set<string>()
        const decisions = new Map<number, string[]>()
        const shown = new Map<number, Set<string>>()
        let authors = start
        const look = async (named: number[] | null) => {
          const before = authors
          authors = await authorsNow()
          for (const [place, id] of authors) shown.set(id, (shown.get(id) ?? new Set()).add(place))
          const now = await leadsTo([...shown.keys()])
          for (const [id, places] of shown)
            expect(
              placesOf(authors, now.get(id) ?? 0).filter((place) => places.has(place)),
            ).not.toEqual([])
          if (named === null) return
          for (const id of new Set(before.values()))
            if (!named.includes(id)) {
              const own = placesOf(before, id)
              const after = new Set(own.map((place) => authors.get(place)))
              const [one = 0] = after
              const isSame = after.size === 1 && placesOf(authors, one).length === own.length
              if (isSame) expect(one).toBe(id)
            }
        }
        await look(null)
        for (const one of steps) await look(await take(one, authors, papers, decisions))
        for (const id of [...decisions.keys()].toReversed())
          await run((tx) => undoDecision(tx, id, by))
        await read(first)
        await look(null)
        const end = await authorsNow()
        for (const [place, id] of start) expect([place, end.get(place)]).toEqual([place, id])
      },
    ),
    { numRuns: atLeast(4, 40) },
  ))

const twins = fc
  .tuple(orcid, orcid)
  .filter(([one, other]) => one === null || one !== other)
  .map((orcids) => [...orcids])
const corrections = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c'), orcids: twins }), {
  minLength: 1,
  maxLength: 5,
})

test('an iD that a source moves between two people of a name on a paper leaves no id without an author, and moving it back restores them at once', () =>
  fc.assert(
    fc.asyncProperty(
      twins,
      fc.array(orcid, { minLength: 1, maxLength: 3 }),
      corrections,
      async (first, others, later) => {
        await emptyCatalogue(t.db)
        const start = [
          { key: 'a', orcids: first },
          ...others.map((own, i) => ({ key: 'bcd'[i] ?? '', orcids: [own] })),
        ]
        await read(start)
        const before = await authorsNow()
        const ids = new Set(before.values())
        const length = new Map(start.map(({ key, orcids }) => [key, orcids.length]))
        for (const { key, orcids } of later) {
          if (!length.has(key)) continue
          await read([{ key, orcids: orcids.slice(0, length.get(key)) }])
          const now = await authorsNow()
          for (const id of now.values()) ids.add(id)
          // Nobody has an id that leads elsewhere or nowhere.
          const targets = await leadsTo([...ids])
          for (const id of ids) {
            expect([...now.values()]).toContain(targets.get(id))
          }
          for (const id of now.values()) expect(targets.get(id)).toBe(id)
        }
        if (later.length > 1) return
        await read(start)
        expect([later, Object.fromEntries(await authorsNow())]).toEqual([
          later,
          Object.fromEntries(before),
        ])
      },
    ),
    { numRuns: atLeast(5, 100) },
  ))

test.each<[start: Written[], later: Written[]]>([
  [
    [
      { key: 'a', orcids: [null, ONE] },
      { key: 'b', orcids: [OTHER] },
      { key: 'c', orcids: [ONE] },
    ],
    [
      { key: 'c', orcids: [OTHER] },
      { key: 'a', orcids: [OTHER, null] },
    ],
  ],
  [
    [
      { key: 'a', orcids: [OTHER, null] },
      { key: 'b', orcids: [ONE] },
      { key: 'c', orcids: [ONE] },
    ],
    [
      { key: 'c', orcids: [OTHER] },
      { key: 'b', orcids: [OTHER] },
    ],
  ],
])('when several people split, each gets an id, and none gets two', async (start, later) => {
  await read(start)
  const before = await authorsNow()
  for (const paper of later) await read([paper])
  await read(start)
  expect(Object.fromEntries(await authorsNow())).toEqual(Object.fromEntries(before))
})

/** The name that a better source prints for an existing author. */
test.each([
  ['Benedetta Ottoboni', 'B. Ottoboni'],
  ['B. Ottoboni', 'Benedetta Ottoboni'],
  ['Lev Tolstikhin', 'Lev N. Tolstikhin'],
  ['Minjun Hwangbo', 'Min-Jun Hwangbo'],
  ['Robert Marjoribanks', 'Bob Marjoribanks'],
  ['Katherine Umpleby', 'Katharine Umpleby'],
  ['Wei Duanmu', 'Duanmu Wei'],
])('%s keeps the id if a preferred record prints %s', async (printed, better) => {
  await emptyCatalogue(t.db)
  const by = (source: string, name: string) =>
    paperRecord({
      source,
      key: source,
      title: 'Lakes and their fish in winter',
      identifiers: [{ scheme: 'doi', value: '10.1000/lakes' }],
      authors: ['Ottoline Vavasour', name].map((one) => ({
        ...{ name: one, affiliation: null, identifiers: [] },
      })),
    })
  const authors = () =>
    t.db.query<{ id: number }>(sql`select author_id as id from authorships order by position`)
  await run((tx) => writeRecords(tx, [by('openalex', printed)]))
  await settlePeople(t.url)
  const before = await authors()
  await run((tx) => writeRecords(tx, [by('crossref', better)]))
  await settlePeople(t.url)
  expect(await authors()).toEqual(before)
  expect(before).toHaveLength(2)
})

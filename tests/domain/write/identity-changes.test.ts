import fc from 'fast-check'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { mergeAuthors, splitAuthor } from '../../../src/domain/curation/authors.ts'
import { undoDecision } from '../../../src/domain/curation/curation.ts'
import { isDecision } from '../../../src/domain/identity/decided/decision-id.ts'
import { readIdentityChanges } from '../../../src/domain/imports/identity-changes.ts'
import { settlePeople } from '../../../src/domain/write/authors/evidence/settle.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { atLeast } from '../../helpers/thorough.ts'
import { catalogueOfFile } from '../../helpers/writer.ts'

const t = catalogueOfFile()
const { run } = t

const by = { by: 'ada', reason: null }
const KEYS = ['a', 'b', 'c', 'd'] as const
const ORCIDS = ['0000-0001', '0000-0002'] as const

interface Written {
  key: string
  orcid: string | null
  /** Whether evidence joins it to others with the same value. */
  isKleve: boolean
}

async function read(...papers: Written[]): Promise<void> {
  const records = papers.map(({ key, orcid, isKleve }) =>
    paperRecord({
      key,
      title: `The ${key} of ${key.repeat(4)}`,
      authors: [
        {
          name: 'Zebulon Quirrell',
          affiliation: isKleve ? 'Institute of Lakes, Kleve' : null,
          identifiers: orcid === null ? [] : [{ scheme: 'orcid', value: orcid }],
        },
      ],
    }),
  )
  await run((tx) => writeRecords(tx, records))
  await settlePeople(t.url)
}

interface Place {
  author: number
  paper: number
  identifiers: string[]
}

const places = () =>
  t.db.query<Place>(sql`
    select author_id as author, paper_id as paper, coalesce(identifiers, '{}') as identifiers
    from authorships order by paper_id`)

async function changesOf(author: number) {
  return (await readIdentityChanges(t.db, [author])).get(author) ?? []
}

type Change = Awaited<ReturnType<typeof changesOf>>[number]

/** The contradiction between an author's places and a change: a change that no longer holds is not shown. */
function falseOf({ kind, identifier, otherId }: Change, own: Place[], others: Place[]) {
  const having = (all: Place[]) => all.filter(({ identifiers }) => identifiers.includes(identifier))
  const isDecided = (all: Place[]) => all.some(({ identifiers }) => identifiers.some(isDecision))
  if (kind === 'confirmed' || kind === 'joined') return having(own).length < 2
  if (kind === 'split' || kind === 'moved')
    return others.length === 0 || having([...own, ...others]).length === 0
  if (!isDecided(own) || having(own).length === 0) return true
  if (otherId !== null) return having(others).length === 0 || !isDecided(others)
  const orcids = own.flatMap(({ identifiers }) => identifiers.filter((id) => /^orcid/.test(id)))
  return new Set(orcids).size < 2
}

/** Each shown change holds. */
async function expectTrue(): Promise<void> {
  const all = await places()
  const ofAuthor = (id: number | null) => all.filter(({ author }) => author === id)
  for (const id of new Set(all.map(({ author }) => author)))
    for (const change of await changesOf(id)) {
      expect(change.otherId).not.toBe(id)
      const isFalse = falseOf(change, ofAuthor(id), ofAuthor(change.otherId))
      expect({ id, change, isFalse, all }).toMatchObject({ isFalse: false })
    }
}

async function lastChange(): Promise<number> {
  const [row] = await t.db.query<{ id: number }>(
    sql`select coalesce(max(id), 0)::int as id from identity_changes`,
  )
  return row?.id ?? 0
}

/** The changes that an import found are shown for both authors. */
async function expectShown(after: number): Promise<void> {
  const found = await t.db.query<{ kind: string; identifier: string; ids: number[] }>(sql`
    select kind, identifier, array_remove(array[author_id, other_id], null) as ids
    from identity_changes where id > ${after}`)
  const standing = new Set((await places()).map(({ author }) => author))
  for (const { kind, identifier, ids } of found)
    for (const id of ids.filter((one) => standing.has(one)))
      expect(await changesOf(id)).toContainEqual(expect.objectContaining({ kind, identifier }))
}

const pick = fc.nat(1000)
const written = fc.record({
  key: fc.constantFrom(...KEYS),
  orcid: fc.option(fc.constantFrom(...ORCIDS), { nil: null }),
  isKleve: fc.boolean(),
})
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('read' as const), written }) },
  fc.record({ kind: fc.constant('merge' as const), one: pick, other: pick }),
  fc.record({ kind: fc.constant('split' as const), one: pick, other: pick }),
  fc.record({ kind: fc.constant('undo' as const), one: pick }),
)
const entryOf = <T>(list: readonly T[], n: number) => list[n % list.length]

async function take(one: typeof step extends fc.Arbitrary<infer S> ? S : never, open: Set<number>) {
  if (one.kind === 'read') return read(one.written)
  if (one.kind === 'undo') {
    const id = entryOf([...open], one.one)
    if (id !== undefined) await run((tx) => undoDecision(tx, id, by))
    open.delete(id ?? 0)
    return settlePeople(t.url)
  }
  const all = await places()
  const [first, second] = [one.one, one.other].map((n) => entryOf(all, n)) as [Place, Place]
  if (one.kind === 'merge' && first.author !== second.author)
    open.add((await run((tx) => mergeAuthors(tx, [first.author, second.author], by))).id)
  if (one.kind === 'split' && first.author === second.author && first.paper !== second.paper)
    open.add((await run((tx) => splitAuthor(tx, first.author, [second.paper], by))).id)
  await settlePeople(t.url)
}

test('changes of authors by identifiers are shown while they hold, whatever is decided, undone and read', () =>
  fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
      await emptyCatalogue(t.db)
      await read(...KEYS.map((key) => ({ key, orcid: null, isKleve: key < 'c' })))
      const open = new Set<number>()
      const atKleve = new Map<string, boolean>(KEYS.map((key) => [key, key < 'c']))
      for (const one of steps) {
        const last = await lastChange()
        await take(one, open)
        await expectTrue()
        if (one.kind !== 'read') continue
        const { key, isKleve } = one.written
        // Evidence that changes at the same time may split what the identifier has just joined.
        if (atKleve.get(key) === isKleve) await expectShown(last)
        atKleve.set(key, isKleve)
      }
      for (const id of open) await run((tx) => undoDecision(tx, id, by))
      await settlePeople(t.url)
      for (const { author } of await places())
        for (const { kind } of await changesOf(author)) expect(kind).not.toBe('contradicted')
    }),
    { numRuns: atLeast(12, 100) },
  ))

test('an identifier that joins two authors is not reported as confirming what it confirmed before', async () => {
  await emptyCatalogue(t.db)
  const kleve = { isKleve: true, orcid: null }
  const alone = { isKleve: false, orcid: null }
  await read(...['a', 'b', 'c'].map((key) => ({ key, ...kleve })), { key: 'd', ...alone })
  await read({ key: 'a', ...kleve, orcid: ORCIDS[0] }, { key: 'b', ...kleve, orcid: ORCIDS[0] })
  const kindsNow = async () => {
    const [first] = await places()
    return (await changesOf(first?.author ?? 0)).map(({ kind }) => kind).sort()
  }
  expect(await kindsNow()).toEqual(['confirmed'])
  await read({ key: 'b', ...kleve })
  expect(await kindsNow()).toEqual([])
  await read({ key: 'd', ...alone, orcid: ORCIDS[0] })
  expect(new Set((await places()).map(({ author }) => author)).size).toBe(1)
  expect(await kindsNow()).toEqual(['joined'])
  await read({ key: 'b', ...kleve, orcid: ORCIDS[0] })
  expect(await kindsNow()).toEqual(['confirmed', 'joined'])
})

test('an undone decision is contradicted by nothing, and its replacement still is', async () => {
  const paper = (key: string, orcid: string | null) => ({ key, orcid, isKleve: false })
  await read(paper('a', null), paper('b', null), paper('c', null))
  const [a = 0, b = 0, c = 0] = (await places()).map(({ author }) => author)
  const first = await run((tx) => mergeAuthors(tx, [a, b], by))
  await read(paper('a', ORCIDS[0]), paper('b', ORCIDS[1]))
  expect(await changesOf(a)).toMatchObject([{ kind: 'contradicted' }])
  const second = await run((tx) => mergeAuthors(tx, [a, c], by))
  await run((tx) => undoDecision(tx, first.id, by))
  expect(await changesOf(a)).toMatchObject([{ kind: 'contradicted' }])
  await run((tx) => undoDecision(tx, second.id, by))
  expect(await changesOf(a)).toEqual([])
  expect(await changesOf(b)).toEqual([])
})

const at = (key: string, orcid: string) => ({ key, orcid, isKleve: false })
const [A, B] = ['orcid:0000-0001', 'orcid:0000-0002'] as const

async function twoAuthors(): Promise<[number, number]> {
  const [one, other] = ORCIDS
  await read(at('a', one), at('b', one), at('c', other), at('d', other))
  const [a = 0, , c = 0] = (await places()).map(({ author }) => author)
  expect(a).not.toBe(c)
  return [a, c]
}

const toldOf = async (author: number) =>
  (await changesOf(author)).map(({ kind, identifier, otherId }) => [kind, identifier, otherId])

test('swapped iDs of two authors are moved, and each keeps the papers and the id', async () => {
  const [a, c] = await twoAuthors()
  const [one, other] = ORCIDS
  await read(at('a', other), at('b', other), at('c', one), at('d', one))
  expect((await places()).map(({ author }) => author)).toEqual([a, a, c, c])
  const moved = (of: number) => [
    ['moved', A, of],
    ['moved', B, of],
  ]
  expect((await toldOf(a)).sort()).toEqual(moved(c))
  expect((await toldOf(c)).sort()).toEqual(moved(a))
})

test('a paper that a corrected iD assigns to another author moves there, and back', async () => {
  const [a, c] = await twoAuthors()
  const [one, other] = ORCIDS
  await read(at('b', other))
  expect((await places()).map(({ author }) => author)).toEqual([a, c, c, c])
  expect(await toldOf(a)).toEqual([['moved', B, c]])
  expect(await toldOf(c)).toEqual([['moved', B, a]])
  await read(at('b', one))
  expect((await places()).map(({ author }) => author)).toEqual([a, a, c, c])
  expect((await toldOf(a)).map(([kind]) => kind)).toEqual(['moved', 'moved'])
})

test('two authors who are joined while their iDs are swapped, one file after the other, get their ids back', async () => {
  const [a, c] = await twoAuthors()
  const [one, other] = ORCIDS
  await read(at('a', other), at('b', other))
  expect((await places()).map(({ author }) => author)).toEqual([a, a, a, a])
  expect(await toldOf(a)).toEqual([['joined', B, null]])
  await read(at('c', one), at('d', one))
  expect((await places()).map(({ author }) => author)).toEqual([a, a, c, c])
  expect(await toldOf(a)).toEqual([['split', A, c]])
})

test('a merge of two authors with swapped iDs is undone exactly', async () => {
  const [a, c] = await twoAuthors()
  const [one, other] = ORCIDS
  const { id } = await run((tx) => mergeAuthors(tx, [a, c], by))
  await read(at('a', other), at('b', other), at('c', one), at('d', one))
  expect((await places()).map(({ author }) => author)).toEqual([a, a, a, a])
  await run((tx) => undoDecision(tx, id, by))
  await settlePeople(t.url)
  expect((await places()).map(({ author }) => author)).toEqual([a, a, c, c])
})

test('an author is reported as split after losing the iD and its paper, if somebody else with equally fitting papers has another iD', async () => {
  await emptyCatalogue(t.db)
  await read(...['a', 'b', 'c'].map((key) => ({ key, orcid: null, isKleve: true })))
  await read({ key: 'd', orcid: ORCIDS[0], isKleve: true })
  const [before] = await places()
  expect(new Set((await places()).map(({ author }) => author)).size).toBe(1)
  await read({ key: 'e', orcid: ORCIDS[1], isKleve: true })
  const all = await places()
  expect(all.map(({ author }) => author === before?.author)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
  expect(await changesOf(before?.author ?? 0)).toMatchObject([
    { kind: 'split', identifier: `orcid:${ORCIDS[0]}`, otherId: all[3]?.author },
  ])
  await expectTrue()
})

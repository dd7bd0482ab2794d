import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { mergeAuthors, splitAuthor } from '../../../src/domain/curation/authors.ts'
import { undoDecision } from '../../../src/domain/curation/curation.ts'
import { readSimilarAuthors } from '../../../src/domain/identity/similar/similar.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { settlePeople } from '../../../src/domain/write/authors/evidence/settle.ts'
import { removeRecords, writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { catalogueOfFile } from '../../helpers/writer.ts'

const t = catalogueOfFile()
const { run } = t
const by = { by: 'ada', reason: null }

const [ONE, OTHER] = ['0000-0001', '0000-0002'] as const

const person = (name: string, orcid?: string) => ({
  name,
  affiliation: null,
  identifiers: orcid === undefined ? [] : [{ scheme: 'orcid', value: orcid }],
})

const paper = (key: string, ...authors: ReturnType<typeof person>[]) =>
  paperRecord({ key, title: `Charters and scribes of ${key.repeat(4)}`, authors })

async function read(...records: PaperRecord[]): Promise<void> {
  await run((tx) => writeRecords(tx, records))
  await settlePeople(t.url)
}

/** The author at a place of a paper's byline. */
async function placeOf(key: string, position = 1): Promise<{ author: number; paper: number }> {
  const [row] = await t.db.query<{ author: number; paper: number }>(sql`
    select a.author_id as author, a.paper_id as paper from authorships a
    join source_records s on s.paper_id = a.paper_id where s.key = ${key} and a.position = ${position}`)
  return row ?? { author: 0, paper: 0 }
}

async function authorOf(key: string, position = 1): Promise<number> {
  return (await placeOf(key, position)).author
}

async function splitOff(key: string): Promise<number> {
  const { author, paper: id } = await placeOf(key)
  return (await run((tx) => splitAuthor(tx, author, [id], by))).id
}

/** The first evidence between two authors. */
async function told(one: number, other: number): Promise<string | undefined> {
  const similar = (await readSimilarAuthors(t.db, [one])).get(one) ?? []
  return similar.find(({ authorId }) => authorId === other)?.evidence[0]?.detail
}

const said = (decision: number) =>
  `Decision ${decision} of an operator says that they are two people.`

test.each<[printed: string, better: string, isTold?: false]>([
  ['Benedetta Ottoboni', 'B. Ottoboni'],
  ['B. Ottoboni', 'Benedetta Ottoboni'],
  ['Minjun Hwangbo', 'Min-Jun Hwangbo'],
  ['Robert Marjoribanks', 'Bob Marjoribanks'],
  // Names that do not fit one another are not compared.
  ['Katherine Umpleby', 'Katharine Umpleby', false],
  ['Wei Duanmu', 'Duanmu Wei', false],
])(
  'a decision on %s holds, is shown and can be undone if a preferred record prints %s',
  async (printed, better, isTold) => {
    const lakes = (source: string, name: string) =>
      paperRecord({
        ...{ source, key: source, title: 'Lakes and their fish in winter' },
        identifiers: [{ scheme: 'doi', value: '10.1000/lakes' }],
        authors: [person('Ottoline Vavasour'), person(name, ONE)],
      })
    await read(lakes('openalex', printed), paper('b', person(printed, ONE)))
    const decision = await splitOff('b')
    await read(lakes('crossref', better))
    const [one, other] = [await authorOf('openalex', 2), await authorOf('b')]
    expect(one).not.toBe(other)
    if (isTold !== false) expect(await told(one, other)).toBe(said(decision))
    const { authorIds } = await run((tx) => undoDecision(tx, decision, by))
    expect(authorIds).toEqual([await authorOf('b')])
    expect(await authorOf('openalex', 2)).toBe(await authorOf('b'))
  },
)

test('a split names the second of two people whose names differ in capitals', async () => {
  const quirrel = person('Zebulon Quirrel', ONE)
  const companion = person('Pomfrey Dalkunter')
  const second = person('ZEBULON QUIRREL', OTHER)
  await read(paper('a', quirrel, second, companion), paper('b', second, companion))
  const decision = await splitOff('b')
  expect(await told(await authorOf('a', 2), await authorOf('b'))).toBe(said(decision))
})

test('a decision on the second of two people of a name does not pass to the first who is left', async () => {
  const [first, second] = [person('Wei Wang', ONE), person('Wei Wang', OTHER)]
  await read(paper('a', first, second), paper('b', person('Wei Wang')))
  const ids = [await authorOf('a', 2), await authorOf('b')]
  await run((tx) => mergeAuthors(tx, ids, by))
  await read(paper('a', first))
  expect(await authorOf('a')).not.toBe(await authorOf('b'))
})

test('a decision on the second of two people of a name holds if both are printed otherwise', async () => {
  const twins = (name: string) => paper('a', person(name), person(name))
  await read(twins('Wei Wang'), paper('b', person('Wei Wang')))
  const ids = [await authorOf('a', 2), await authorOf('b')]
  await run((tx) => mergeAuthors(tx, ids, by))
  await read(twins('W. Wang'))
  expect(await authorOf('b')).toBe(await authorOf('a', 2))
})

const wangs = () =>
  read(
    paper('a', person('Wei Wang')),
    paper('b', person('Wei Wang')),
    paper('c', person('Wei Wang')),
  )

test.each<[string, () => Promise<void>]>([
  ['was removed', () => run((tx) => removeRecords(tx, [{ source: 'test', key: 'b' }]))],
  ['printed another name', () => read(paper('b', person('Grace Alone')))],
])(
  'a paper that %s while its author was merged with a third, or split, belongs to the author again',
  async (_, leave) => {
    await wangs()
    const [a, b, c] = [await authorOf('a'), await authorOf('b'), await authorOf('c')]
    await run((tx) => mergeAuthors(tx, [a, b], by))
    await leave()
    await run((tx) => mergeAuthors(tx, [a, c], by))
    await splitOff('c')
    await read(paper('b', person('Wei Wang')))
    expect([await authorOf('a'), await authorOf('b')]).toEqual([a, a])
    expect(await authorOf('c')).not.toBe(a)
  },
)

test('authors who were joined after they were looked up are decided on by their id of now', async () => {
  await wangs()
  const [a, b, c] = [await authorOf('a'), await authorOf('b'), await placeOf('c')]
  await read(paper('a', person('Wei Wang', ONE)), paper('b', person('Wei Wang', ONE)))
  await expect(run((tx) => mergeAuthors(tx, [a, b], by))).rejects.toThrow('One author alone')
  await run((tx) => mergeAuthors(tx, [b, c.author], by))
  expect(await authorOf('c')).toBe(a)
  await run((tx) => splitAuthor(tx, c.author, [c.paper], by))
  expect(await authorOf('c')).not.toBe(a)
  const d = await authorOf('c')
  await run((tx) => removeRecords(tx, [{ source: 'test', key: 'c' }]))
  await expect(run((tx) => mergeAuthors(tx, [a, d], by))).rejects.toThrow(
    /^The author \w+=* was deleted or merged differently/,
  )
})

test('an author who was merged, and whose paper was away when the merge was undone, has the old id again', async () => {
  await wangs()
  const [a, b] = [await authorOf('a'), await authorOf('b')]
  const { id } = await run((tx) => mergeAuthors(tx, [a, b], by))
  await run((tx) => removeRecords(tx, [{ source: 'test', key: 'b' }]))
  await run((tx) => undoDecision(tx, id, by))
  await read(paper('b', person('Wei Wang')))
  expect([await authorOf('a'), await authorOf('b')]).toEqual([a, b])
  const redirects = await t.db.query(sql`select id from author_redirects where id <> author_id`)
  expect(redirects).toEqual([])
})

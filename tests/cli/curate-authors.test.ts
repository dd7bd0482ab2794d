import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../src/db/transaction.ts'
import { settlePeople } from '../../src/domain/write/authors/evidence/settle.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import { globalId } from '../../src/sql/global-id.ts'
import { emptyCatalogue, paperRecord } from '../helpers/catalogue.ts'
import { runCli, runProcess } from '../helpers/cli.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  await transaction(t.url, (tx) =>
    writeRecords(
      tx,
      ['One', 'Two'].map((key) =>
        paperRecord({
          ...{ key, title: `Number ${key} of Several Kinds` },
          authors: [{ name: 'Wei Wang', identifiers: [], affiliation: null }],
        }),
      ),
    ),
  )
})
afterAll(() => t.close())

test('merge-authors and split-author report their changes, decisions lists them and undo reverses them', async () => {
  const env = { DATABASE_URL: t.url }
  const run = (...args: string[]) => runCli(args, { env })
  const authors = await t.db.query<{ id: number }>(sql`select id from authors order by id`)
  const [one = '', two = ''] = authors.map(({ id }) => globalId('Author', id))
  const args = ['merge-authors', one, two, '--reason', 'she says so', '--by', 'ada']
  const merged = await runProcess(args, { env })
  expect(merged).toMatchObject({ code: 0, stderr: '' })
  expect(merged.stdout).toBe(
    `Merged (decision 1). Its bylines now belong to one author:\n  Wei Wang (${one}), 2 papers\n`,
  )
  const again = await run('merge-authors', one, two)
  expect(again).toMatchObject({ code: 2 })
  expect(again.stderr).toContain('are already one author: "Wei Wang"')
  const [paper] = await t.db.query<{ id: number }>(
    sql`select id from papers where title like '%Two%'`,
  )
  const split = await run('split-author', two, globalId('Paper', paper?.id ?? 0), '--json')
  expect(JSON.parse(split.stdout)).toMatchObject({
    decision: 2,
    overridden: [1],
    contradictions: [],
    authors: [
      { id: one, paperCount: 1 },
      { name: 'Wei Wang', paperCount: 1 },
    ],
  })
  const undone = await run('undo', '2')
  expect(undone.stdout).toContain(`  Wei Wang (${one}), 2 papers`)
  const { stdout } = await run('decisions')
  expect(stdout).toContain('by ada: she says so')
  expect(stdout).toContain('test:One  Wei Wang: Number One of Several Kinds')
  expect(stdout).toContain('moved test:Two  Wei Wang: Number Two of Several Kinds')
})

test('merge-authors lists evidence against the merge', async () => {
  const named: [key: string, name: string, orcid: string][] = [
    ['Four', 'Ada Quillfeather', '0000-0001-5000-0007'],
    ['Five', 'A. Quillfeather', '0000-0002-1825-0097'],
    ['Six', 'Berta Quillfeather', '0000-0001-5109-3700'],
  ]
  await transaction(t.url, (tx) =>
    writeRecords(
      tx,
      named.map(([key, name, value]) =>
        paperRecord({
          ...{ key, title: `Number ${key} of Other Kinds` },
          authors: [{ name, identifiers: [{ scheme: 'orcid', value }], affiliation: null }],
        }),
      ),
    ),
  )
  const run = (...args: string[]) => runCli(args, { env: { DATABASE_URL: t.url } })
  const [ada = '', a = '', berta = ''] = named.map(([, , orcid]) => `orcid:${orcid}`)
  const { stdout } = await run('merge-authors', ada, a)
  const [, decision = ''] = /decision (\d+)/.exec(stdout) ?? []
  expect(stdout).toContain(`But:
  They have different identifiers of the scheme orcid: 0000-0001-5000-0007, 0000-0002-1825-0097.
To reverse it, run: paperql undo ${decision}
`)
  const { contradictions } = JSON.parse((await run('merge-authors', ada, berta, '--json')).stdout)
  expect(contradictions).toEqual([
    '"Ada Quillfeather" and "Berta Quillfeather" are different names.',
    expect.stringContaining('orcid: 0000-0001-5000-0007, 0000-0001-5109-3700, 0000-0002-1825-0097'),
  ])
})

test('errors quote the typed words', async () => {
  const run = (...args: string[]) => runCli([...args], { env: { DATABASE_URL: t.url } })
  await transaction(t.url, (tx) =>
    writeRecords(tx, [
      paperRecord({
        ...{ key: 'Three', title: 'A Paper of Somebody Else' },
        identifiers: [{ scheme: 'doi', value: '10.1000/three' }],
        authors: [{ name: 'Zita Quorvex', identifiers: [], affiliation: null }],
      }),
    ]),
  )
  const wrong: [args: string[], told: string][] = [
    [['imports', 'abc'], '"abc" is not a valid number. Expected the number of an import'],
    [['undo', 'abc'], '"abc" is not a valid decision. Expected the number of a decision'],
    [['merge', '10.1000/three', '10.1000/three'], '"10.1000/three" is given twice'],
    [['merge', '10.1000/three'], 'two papers or more are needed'],
    [['merge-authors', 'Zita Quorvex', 'Zita Quorvex'], '"Zita Quorvex" is given twice'],
    [['merge-authors', 'Zita Quorvex'], 'two authors or more are needed'],
    [['split-author', 'Wei Wang', 'doi:10.1000/three'], '"doi:10.1000/three" is not a paper of'],
  ]
  for (const [args, told] of wrong) {
    const { code, stderr } = await run(...args)
    expect(stderr, args.join(' ')).toContain(told)
    expect(code).toBe(2)
  }
})

test('undo lists the current authors of the decision when evidence has joined them again', async () => {
  const env = { DATABASE_URL: t.url }
  await emptyCatalogue(t.db)
  const ofGraz = ['a', 'b', 'c', 'd', 'g']
  const read = async (keys: string, orcids: Record<string, string> = {}) => {
    const records = [...keys].map((key) =>
      paperRecord({
        ...{ key, title: `The ${key.repeat(7)}` },
        authors: [
          {
            name: 'Xerxes Quandt',
            affiliation: ofGraz.includes(key) ? 'University of Graz' : 'Hanse Museum, Kiel',
            identifiers: key in orcids ? [{ scheme: 'orcid', value: orcids[key] ?? '' }] : [],
          },
        ],
      }),
    )
    await transaction(t.url, (tx) => writeRecords(tx, records))
    await settlePeople(t.url)
  }
  const own = () =>
    t.db.query<{ id: number; count: number }>(
      sql`select id, paper_count as count from authors order by id`,
    )
  await read('abcdef')
  const before = await own()
  expect(before.map(({ count }) => count)).toEqual([4, 2])
  const ids = before.map(({ id }) => globalId('Author', id))
  const merged = await runCli(['merge-authors', ...ids], { env })
  const [, decision = ''] = /decision (\d+)/.exec(merged.stdout) ?? []
  await read('gh')
  await read('ac', { a: '0000-0002-1825-0097', c: '0000-0001-5109-3700' })
  const undone = await runCli(['undo', decision], { env })
  const now = await own()
  expect(now.length).toBeGreaterThan(2)
  for (const { id, count } of now)
    expect(undone.stdout).toContain(
      `  Xerxes Quandt (${globalId('Author', id)}), ${count} paper${count === 1 ? '' : 's'}\n`,
    )
})

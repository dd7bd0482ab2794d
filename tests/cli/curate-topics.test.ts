import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../src/db/transaction.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import { paperRecord } from '../helpers/catalogue.ts'
import { runCli, runProcess } from '../helpers/cli.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  await transaction(t.url, (tx) =>
    writeRecords(
      tx,
      [1, 2, 3].map((i) =>
        paperRecord({
          key: String(i),
          title: `Swarm Flight at Wind Speed ${i}`,
          authors: [{ name: `Author Number${i}`, identifiers: [], affiliation: null }],
          keywords: ['Swarm Flight', 'LLMs', 'pippi'],
        }),
      ),
    ),
  )
})
afterAll(() => t.close())

const run = (...args: string[]) => runCli(args, { env: { DATABASE_URL: t.url } })

test('topics shows, merges, hides, places and renames topics, decisions lists the changes and undo reverses them', async () => {
  const shown = await run('topics', 'show', 'llms')
  expect(shown).toMatchObject({ code: 0, stderr: '' })
  expect(shown.stdout).toBe(
    'Large Language Models (large-language-models): method, 3 papers\n  LLMs (llms): vocabulary, 3 papers\n',
  )
  const placed = await run('topics', 'place', 'swarm-flights', '--under', 'llms', '--json')
  expect(JSON.parse(placed.stdout)).toEqual({
    decision: 1,
    topics: [{ slug: 'swarm-flight', name: 'Swarm Flight' }],
  })
  const named = await run('topics', 'rename', 'swarm-flight', 'Flying in Swarms', '--by', 'ada')
  expect(named).toMatchObject({
    code: 0,
    stdout: 'Renamed (decision 2).\n  "Flying in Swarms" (swarm-flight)\n',
  })
  const merged = await run('topics', 'merge', 'swarm-flight', 'llms', '--reason', 'they fly')
  expect(merged.stdout).toBe('Merged (decision 3).\n  "Flying in Swarms" (swarm-flight)\n')
  const hidden = await runProcess(['topics', 'hide', 'pippi', 'swarm-flight'], {
    env: { DATABASE_URL: t.url },
  })
  expect(hidden).toMatchObject({ code: 0, stdout: 'Hidden (decision 4): pippi, swarm-flight.\n' })
  const again = await run('topics', 'hide', 'pippi')
  expect(again).toMatchObject({ code: 2, stdout: '' })
  expect(again.stderr).toContain('The topic "pippi" is hidden by decision 4;')
  const { stdout } = await run('decisions')
  expect(stdout).toMatch(/^4 {2}hide-topic .*\n {5}pippi, swarm-flight$/m)
  expect(stdout).toMatch(
    /^3 {2}merge-topics .*: they fly\n {5}large-language-models → swarm-flight$/m,
  )
  expect(stdout).toMatch(/^2 {2}rename-topic .* by ada\n {5}swarm-flight: Flying in Swarms$/m)
  expect(stdout).toMatch(/^1 {2}place-topic .*\n {5}swarm-flight under large-language-models$/m)
  for (const number of ['4', '3']) expect(await run('undo', number)).toMatchObject({ code: 0 })
  const undone = await run('undo', '1')
  expect(undone.stdout).toBe('Undone (decision 1).\n  "Flying in Swarms" (swarm-flight)\n')
  expect((await run('topics', 'show', 'large-language-models')).stdout).toBe(shown.stdout)
})

test('a topic cannot get the name of another, in any spelling', async () => {
  for (const name of [
    'Large Language Models',
    'large  language models',
    'LLMs',
    'Large Language-Model',
  ]) {
    const { code, stderr } = await run('topics', 'rename', 'swarm-flight', name)
    expect({ name, code }).toEqual({ name, code: 2 })
    expect(stderr).toContain('is a name of the topic "large-language-models" already;')
  }
  const own = await run('topics', 'rename', 'swarm-flight', 'swarm flights')
  expect(own).toMatchObject({ code: 0, stderr: '' })
  const taken = await run('topics', 'rename', 'large-language-models', 'Swarm Flights')
  expect(taken.stderr).toContain('"Swarm Flights" is a name of the topic "swarm-flight" already;')
})

test('topics explains what is wrong with a slug', async () => {
  const { code, stderr, stdout } = await run('topics', 'hide', 'swarm-fligth')
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(
    'No topic has the slug "swarm-fligth", and no keyword; did you mean "swarm-flight"?',
  )
  await run('topics', 'hide', 'llms')
  const again = await run('topics', 'show', 'llms')
  expect(again).toMatchObject({ code: 2, stdout: '' })
  expect(again.stderr).toMatch(
    /The topic "llms" is hidden by decision \d; paperql undo \d shows it again\./,
  )
})

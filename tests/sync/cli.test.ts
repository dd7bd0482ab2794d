import { setTimeout as delay } from 'node:timers/promises'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { transaction } from '../../src/db/transaction.ts'
import { writeRecords } from '../../src/domain/catalogue-write.ts'
import { emptyCatalogue, paperRecord } from '../helpers/catalogue.ts'
import { runCli, spawnCli } from '../helpers/cli.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { finish } from '../helpers/processes.ts'
import { type GithubServer, startGithub } from './github-server.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())

/** Each run starts a process, and several may share the machine. */
const PATIENCE = { timeout: 120_000 }

describe('paperql sync github', PATIENCE, () => {
  let github: GithubServer
  beforeEach(async () => {
    github = await startGithub()
    await emptyCatalogue(t.db)
    return () => github.close()
  })

  const env = () => ({ DATABASE_URL: t.url, GITHUB_API_URL: github.url, GITHUB_TOKEN: 'secret' })

  async function write(count: number): Promise<void> {
    const repositories = Array.from({ length: count }, (_, i) => {
      github.state.repositories.set(i + 1, { id: i + 1, full_name: `a/r${i}` })
      const url = `https://github.com/a/r${i}`
      const names = { host: 'github.com', owner: 'a', name: `r${i}`, url }
      return { ...names, isOfficial: true, evidence: 'curated' as const, framework: null }
    })
    await transaction(t.url, (tx) => writeRecords(tx, [paperRecord({ repositories })]))
  }

  test('tells what it did, and what is left when the limit is reached', async () => {
    await write(3)
    github.state.remaining = 2
    const stopped = await runCli(['sync', 'github'], { env: { ...env(), SYNC_CONTACT: 'a@b.org' } })
    expect(stopped).toMatchObject({ code: 4 })
    expect(stopped.stdout).toMatch(/^Checked 2 repositories in .*: 2 updated, 0 unchanged/)
    expect(stopped.stdout).toMatch(
      /limit is reached until 2.*; run this again then\.\n1 are left\./,
    )
    expect(github.headers[0]?.['user-agent']).toMatch(
      /^paperql\/\d+\.\d+\.\d+ \(mailto:a@b\.org\)$/,
    )
    github.state.remaining = 5000
    const { code, stdout, stderr } = await runCli(['sync', 'github', '--json'], { env: env() })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({ due: 1, checked: 1, left: 0, retryAt: null })
  })

  test('killed half-way, the next run goes on', async () => {
    await write(60)
    const child = spawnCli(['sync', 'github'], { env: env() })
    const isRunning = () => child.exitCode === null
    while (github.requests.length < 55 && isRunning()) await delay(20)
    expect(await finish(child, 'SIGKILL')).toBeNull()
    const [checked] = await t.db.query<{ count: number }>(
      sql`select count(checked_at) as count from repositories`,
    )
    expect(checked).toEqual({ count: 50 })
    const { code, stdout } = await runCli(['sync', 'github', '--json'], { env: env() })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ due: 10, checked: 10, left: 0 })
  })

  test.each([
    [['--limit', '0'], /'--limit <number>' argument '0' is invalid.*whole number/],
    [['--limit', 'all'], /argument 'all' is invalid/],
    [['--older-than', '7'], /Expected a time such as 30m, 12h, 7d or 2w/],
  ])('%j is misuse', async (args, message) => {
    const { code, stderr, stdout } = await runCli(['sync', 'github', ...args], { env: env() })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(message)
  })

  test('variables that cannot be used are told, a token without its value', async () => {
    const wrong = { GITHUB_API_URL: 'api.github.com', GITHUB_TOKEN: 'se cret' }
    const { code, stderr } = await runCli(['sync', 'github'], { env: { ...env(), ...wrong } })
    expect(code).toBe(2)
    expect(stderr).toMatch(/GITHUB_API_URL: "api.github.com" cannot be used; expected a URL/)
    expect(stderr).not.toContain('se cret')
  })
})

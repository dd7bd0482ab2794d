import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { transaction } from '../../src/db/transaction.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import { emptyCatalogue, paperRecord } from '../helpers/catalogue.ts'
import { runCli, runProcess, spawnCli } from '../helpers/cli.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { holdRequest } from '../helpers/http-server.ts'
import { finish } from '../helpers/processes.ts'
import { type GithubServer, startGithub } from './github-server.ts'
import { startHuggingFace } from './hf-server.ts'
import { type ArxivPaper, type OaiServer, startOai } from './oai-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'paperql-sync-'))

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())

describe('paperql sync github', () => {
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

  test('reports what it did, and what is left when the limit is reached', async () => {
    await write(3)
    github.state.remaining = 2
    const stopped = await runProcess(['sync', 'github'], {
      env: { ...env(), SYNC_CONTACT: 'a@b.org' },
    })
    expect(stopped).toMatchObject({ code: 4 })
    expect(stopped.stdout).toMatch(/^Checked 2 repositories in .*: 2 updated, 0 unchanged/)
    expect(stopped.stdout).toMatch(
      /limit is reached until 2.*; run this again then\.\n1 remaining\./,
    )
    expect(github.headers[0]?.['user-agent']).toMatch(
      /^paperql\/\d+\.\d+\.\d+ \(mailto:a@b\.org\)$/,
    )
    github.state.remaining = 5000
    const { code, stdout, stderr } = await runCli(['sync', 'github', '--json'], { env: env() })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({ due: 1, checked: 1, left: 0, retryAt: null })
  })

  test('resumes with the next run after it was killed half-way', async () => {
    await write(60)
    const { hold, asked } = holdRequest()
    github.state.misbehaviours = [...Array.from({ length: 55 }, () => undefined), hold]
    const child = spawnCli(['sync', 'github'], { env: env() })
    await Promise.race([asked, once(child, 'exit')])
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
  ])('%j is a usage error', async (args, message) => {
    const { code, stderr, stdout } = await runCli(['sync', 'github', ...args], { env: env() })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(message)
  })

  test('unusable variables are reported, a token without its value', async () => {
    const wrong = { GITHUB_API_URL: 'api.github.com', GITHUB_TOKEN: 'se cret' }
    const { code, stderr } = await runCli(['sync', 'github'], { env: { ...env(), ...wrong } })
    expect(code).toBe(2)
    expect(stderr).toMatch(/GITHUB_API_URL: "api.github.com" cannot be used; expected a URL/)
    expect(stderr).not.toContain('se cret')
  })
})

describe('paperql sync arxiv', () => {
  let arxiv: OaiServer
  beforeEach(async () => {
    arxiv = await startOai()
    await emptyCatalogue(t.db)
    return () => arxiv.close()
  })

  const paper = (n: number): ArxivPaper => ({
    ...{ id: `2101.0000${n}`, datestamp: '2024-06-03', sets: ['cs:cs:CL'], categories: 'cs.CL' },
    ...{ title: `Numbers of the kind ${n}`, abstract: `About ${n}.`, created: '2021-01-02' },
    authors: [[`Name${n}`, 'Ada', '']],
  })
  const run = (...args: string[]) => ['sync', 'arxiv', '--from', '2024-06-01', '--json', ...args]

  test('resumes after it was killed half-way, and ends like an uninterrupted run', async () => {
    const env = { DATABASE_URL: t.url, ARXIV_OAI_URL: `${arxiv.url}/oai` }
    arxiv.state.papers = [1, 2, 3, 4, 5, 6].map(paper)
    const until = ['--until', '2024-06-30']
    const { hold, asked } = holdRequest()
    arxiv.state.misbehaviours = [undefined, hold]
    const child = spawnCli(run(...until), { env, cwd: folder })
    await Promise.race([asked, once(child, 'exit')])
    expect(await finish(child, 'SIGKILL')).toBeNull()
    const before = arxiv.requests.length
    const { code, stdout } = await runProcess(run(...until), { env, cwd: folder })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ read: 6, state: 'done' })
    expect(arxiv.requests.length - before).toBeLessThan(3)
    const papers = await t.db.query(sql`select title from papers order by title`)
    expect(papers).toEqual(arxiv.state.papers.map(({ title }) => ({ title })))
    const gaps = arxiv.times.slice(1).map((time, i) => time - (arxiv.times[i] ?? 0))
    // A timer may fire a millisecond early.
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(2_998)
  })

  test('impossible days and sets are usage errors; a server that asks to wait ends it with 4', async () => {
    const env = { DATABASE_URL: t.url, ARXIV_OAI_URL: arxiv.url }
    const wrong = await runCli(['sync', 'arxiv', '--from', '2024-02-30'], { env, cwd: folder })
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toMatch(/--from: "2024-02-30" is not a day; expected YYYY-MM-DD/)
    arxiv.state.misbehaviours = [
      (_, response) => void response.writeHead(503, { 'retry-after': '99999' }).end(),
    ]
    const later = await runCli(run('--set', 'cs'), { env, cwd: folder })
    expect(later.code).toBe(4)
    expect(later.stderr).toMatch(/^error: arXiv asks to wait until 2/m)
  })
})

test('paperql sync hf-daily reads the list of a day', async () => {
  const hf = await startHuggingFace()
  hf.days.set('2025-06-30', 2)
  const env = { DATABASE_URL: t.url, HUGGING_FACE_URL: hf.url }
  const day = ['sync', 'hf-daily', '--date', '2025-06-30']
  const { code, stdout } = await runProcess(day, { env, cwd: folder })
  expect({ code, stdout }).toMatchObject({
    ...{ code: 0, stdout: expect.stringMatching(/^Read 2 records in .*: 2 created/) },
  })
  const both = await runCli([...day, '--from', '2025-06-01'], { env, cwd: folder })
  expect(both.code).toBe(2)
  expect(both.stderr).toMatch(/cannot be used with option/)
  await hf.close()
})

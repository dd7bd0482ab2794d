import sql from 'sql-template-tag'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { transaction } from '../../src/db/transaction.ts'
import type { PaperRecord } from '../../src/domain/record/paper-record.ts'
import { parseRepositoryRef } from '../../src/domain/reference/repository-ref.ts'
import { writeRepositoryChecks } from '../../src/domain/repositories/facts.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import { type GithubSyncOptions, syncGithub } from '../../src/sync/github.ts'
import { GITHUB_PACE } from '../../src/sync/github-api.ts'
import { emptyCatalogue, paperRecord } from '../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { askWell } from '../helpers/graphql.ts'
import { type GithubServer, type Misbehaviour, startGithub } from './github-server.ts'

let t: TestDatabase
let github: GithubServer
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())
beforeEach(async () => {
  github = await startGithub()
  await emptyCatalogue(t.db)
  return () => github.close()
})

const PACE = { ...GITHUB_PACE, intervalMs: 0, backoffMs: 5, maxWaitMs: 2_000 }

const sync = (options: Partial<GithubSyncOptions> = {}) =>
  syncGithub({
    ...{ url: t.url, apiUrl: github.url, token: 'secret', userAgent: 'paperql/test' },
    ...{ olderThanMs: 0, pace: PACE },
    ...options,
  })

/** A paper with these repositories, by their URLs. */
const paper = (key: string, urls: string[], over: Partial<PaperRecord> = {}) =>
  paperRecord({
    key,
    title: `Paper ${key}`,
    repositories: urls.map((url) => {
      const ref = parseRepositoryRef(url)
      if (!ref) throw new Error(`${url} is not a repository`)
      return { ...ref, isOfficial: true, evidence: 'in_paper', framework: null }
    }),
    ...over,
  })

const write = (...records: PaperRecord[]) => transaction(t.url, (tx) => writeRecords(tx, records))

const serve = (id: number, full_name: string, over: Record<string, unknown> = {}) =>
  github.state.repositories.set(id, { id, full_name, ...over })

const REPOSITORY = `id url owner name description stars forks language licence isArchived isGone pushedAt checkedAt paperCount
  starHistory { on stars } papers { nodes { title } }`

async function repository(ref: string): Promise<Record<string, unknown> | null> {
  const query = `query($ref: String!) { repository(ref: $ref) { ${REPOSITORY} } }`
  const { data } = await askWell<{ repository: Record<string, unknown> | null }>(t, query, { ref })
  return data.repository
}

const rows = () => t.db.query(sql`select host, owner, name from repositories order by owner, name`)

describe('the data of GitHub on a repository', () => {
  beforeEach(async () => {
    await write(paper('1', ['https://github.com/Ada/Engine', 'https://gitlab.com/ada/engine']))
    serve(7, 'Ada/Engine', { stargazers_count: 1234, description: ' A  "mill"\u0000 ' })
  })

  test('is stored, and shown with the papers that link to it', async () => {
    expect(await sync()).toMatchObject({ due: 1, checked: 1, updated: 1, left: 0, retryAt: null })
    expect(github.requests).toEqual(['/repos/ada/engine'])
    expect(github.headers[0]).toMatchObject({
      'user-agent': 'paperql/test',
      authorization: 'Bearer secret',
      accept: 'application/vnd.github+json',
    })
    const today = new Date().toISOString().slice(0, 10)
    expect(await repository('github.com/ada/engine')).toMatchObject({
      ...{ url: 'https://github.com/Ada/Engine', description: 'A  "mill"', stars: 1234, forks: 2 },
      ...{ language: 'Python', licence: 'MIT', isArchived: false, isGone: false, paperCount: 1 },
      ...{ pushedAt: '2024-01-02T03:04:05.000Z', checkedAt: expect.stringContaining(today) },
      starHistory: [{ on: today, stars: 1234 }],
    })
    const { data } = await askWell<{ papers: { nodes: unknown } }>(
      t,
      '{ papers(filter: { minStars: 1000 }, order: { field: STARS }) { nodes { starCount } } }',
    )
    expect(data.papers.nodes).toEqual([{ starCount: 1234 }])
    expect(await repository('gitlab.com/ada/engine')).toMatchObject({
      stars: null,
      checkedAt: null,
    })
  })

  test('is requested by number and ETag the second time, and costs nothing unless it changed', async () => {
    await sync()
    const before = github.state.remaining
    expect(await sync()).toMatchObject({ checked: 1, unchanged: 1, updated: 0 })
    expect(github.requests.at(-1)).toBe('/repositories/7')
    expect(github.headers.at(-1)?.['if-none-match']).toMatch(/^W\/"/)
    expect(github.state.remaining).toBe(before)
    serve(7, 'Ada/Engine', { stargazers_count: 1200, archived: true, license: null })
    expect(await sync()).toMatchObject({ checked: 1, unchanged: 0, updated: 1 })
    expect(await repository('ada/engine')).toMatchObject({
      ...{ stars: 1200, isArchived: true, licence: null },
      starHistory: [{ stars: 1200 }],
    })
  })

  test('is not requested before its time', async () => {
    await sync()
    expect(await sync({ olderThanMs: 3_600_000 })).toMatchObject({ due: 0, checked: 0 })
    await t.db.query(sql`update repositories set checked_at = checked_at - interval '2 hours'`)
    expect(await sync({ olderThanMs: 3_600_000 })).toMatchObject({ due: 1, checked: 1 })
  })

  test('stays when an import names it again, in another spelling', async () => {
    await sync()
    await write(paper('2', ['https://github.com/ADA/ENGINE']))
    expect(await repository('ada/engine')).toMatchObject({
      ...{ url: 'https://github.com/Ada/Engine', stars: 1234, paperCount: 2 },
    })
    const stars = await t.db.query(sql`select star_count from papers`)
    expect(stars).toEqual([{ star_count: 1234 }, { star_count: 1234 }])
  })

  test.each([
    [404, 404],
    [451, 451],
    [403, 403],
  ])('%i is stored as gone, with the former data', async (status) => {
    await sync()
    const refuse: Misbehaviour = (_, response) => {
      response.writeHead(status, { 'x-ratelimit-remaining': '100' })
      response.end('{"message": "Repository access blocked"}')
    }
    github.state.misbehaviours.push(refuse, refuse)
    expect(await sync()).toMatchObject({ checked: 1, gone: 1, unchanged: 0, updated: 0 })
    expect(await repository('ada/engine')).toMatchObject({ isGone: true, stars: 1234 })
    expect(await sync()).toMatchObject({ checked: 1, gone: 0 })
    expect(await repository('ada/engine')).toMatchObject({ isGone: false })
  })

  test('a repository that was deleted and created again is the new one', async () => {
    await sync()
    github.state.repositories.clear()
    serve(8, 'ada/engine', { stargazers_count: 3 })
    expect(await sync()).toMatchObject({ checked: 1, gone: 0, updated: 1 })
    expect(github.requests.slice(-2)).toEqual(['/repositories/7', '/repos/ada/engine'])
    expect(await repository('ada/engine')).toMatchObject({ stars: 3 })
  })
})

test('repositories never fetched come first, the most used before others, then the stalest', async () => {
  const url = (name: string) => `https://github.com/a/${name}`
  for (const [i, name] of ['old', 'older', 'cited', 'used', 'plain'].entries())
    serve(i + 1, `a/${name}`)
  await write(paper('1', [url('old'), url('older')]))
  await sync()
  await t.db.query(
    sql`update repositories set checked_at = now() - interval '2 days' where name = 'older'`,
  )
  await write(
    paper('2', [url('plain'), url('used')]),
    paper('3', [url('cited'), url('used')], { citationCount: 9 }),
  )
  github.requests.length = 0
  expect(await sync({ limit: 4 })).toMatchObject({ due: 5, checked: 4, left: 1 })
  expect(github.requests).toEqual([
    ...['/repos/a/used', '/repos/a/cited', '/repos/a/plain', '/repositories/2'],
  ])
})

describe('a repository that was renamed', () => {
  beforeEach(async () => {
    await write(paper('1', ['https://github.com/old/name']))
    serve(7, 'Next/Name', { stargazers_count: 5 })
    github.state.oldNames.set('old/name', 7)
  })

  test('has its new name, and is found by the old one', async () => {
    const before = await repository('old/name')
    expect(await sync()).toMatchObject({ checked: 1, renamed: 1, merged: 0 })
    expect(github.requests).toEqual(['/repos/old/name', '/repositories/7'])
    const after = await repository('https://github.com/old/name.git')
    expect(after).toMatchObject({
      ...{
        id: before?.id,
        owner: 'next',
        name: 'name',
        url: 'https://github.com/Next/Name',
        stars: 5,
      },
    })
    expect(await repository('next/name')).toEqual(after)
    const { data } = await askWell<{ paper: unknown; resolvePapers: unknown }>(
      t,
      `{ paper(ref: "https://github.com/old/name") { title }
        resolvePapers(refs: ["github.com/old/name", "github.com/next/name"]) { ... on PaperFound { paper { title } } } }`,
    )
    expect(data).toEqual({
      paper: { title: 'Paper 1' },
      resolvePapers: [{ paper: { title: 'Paper 1' } }, { paper: { title: 'Paper 1' } }],
    })
  })

  test('is not restored or renamed back by imports with its old name', async () => {
    await sync()
    await write(
      paper('1', ['https://github.com/old/name'], { abstract: 'Changed.' }),
      paper('2', ['https://github.com/OLD/name', 'https://github.com/next/name']),
    )
    expect(await rows()).toEqual([{ host: 'github.com', owner: 'next', name: 'name' }])
    expect(await repository('old/name')).toMatchObject({
      ...{ url: 'https://github.com/Next/Name', paperCount: 2 },
    })
    const counts = await t.db.query(sql`select repository_count, star_count from papers`)
    expect(counts).toEqual(Array(2).fill({ repository_count: 1, star_count: 5 }))
    expect(await sync()).toMatchObject({ due: 1, unchanged: 1, renamed: 0 })
  })

  test('can be renamed again, and back', async () => {
    await sync()
    serve(7, 'third/name')
    expect(await sync()).toMatchObject({ renamed: 1 })
    for (const ref of ['old/name', 'next/name', 'third/name'])
      expect(await repository(ref)).toMatchObject({ owner: 'third' })
    serve(7, 'old/name')
    expect(await sync()).toMatchObject({ renamed: 1 })
    for (const ref of ['old/name', 'next/name', 'third/name'])
      expect(await repository(ref)).toMatchObject({ owner: 'old' })
    expect(await t.db.query(sql`select owner from repository_names order by owner`)).toEqual([
      { owner: 'next' },
      { owner: 'third' },
    ])
  })

  test.each(['before', 'after'])(
    'and is joined with the row of the new name that was fetched %s',
    async (when) => {
      const both = ['https://github.com/old/name', 'https://github.com/next/name']
      if (when === 'before') await sync()
      await write(
        paper('2', ['https://github.com/next/name']),
        paper('3', both),
        paper('4', ['https://github.com/other/one', ...both]),
      )
      serve(9, 'other/one')
      const oldIds = await t.db.query<{ id: number }>(sql`select id from repositories order by id`)
      await sync()
      expect(await rows()).toEqual([
        { host: 'github.com', owner: 'next', name: 'name' },
        { host: 'github.com', owner: 'other', name: 'one' },
      ])
      const found = await repository('old/name')
      expect(found).toMatchObject({ stars: 5, paperCount: 4 })
      expect(found?.starHistory).toHaveLength(1)
      const counts = await t.db.query(sql`select repository_count from papers order by title`)
      expect(counts).toEqual([1, 1, 1, 2].map((repository_count) => ({ repository_count })))
      const query = 'query($id: ID!) { node(id: $id) { ... on Repository { name } } }'
      for (const { id } of oldIds) {
        const { data } = await askWell<{ node: unknown }>(t, query, {
          id: Buffer.from(`Repository:${id}`).toString('base64url'),
        })
        expect(data.node).not.toBeNull()
      }
      expect(await sync()).toMatchObject({ due: 2, unchanged: 2 })
    },
  )

  test('names that were exchanged in a circle', async () => {
    await write(paper('2', ['https://github.com/next/name']))
    serve(7, 'old/name')
    serve(8, 'next/name')
    github.state.oldNames.clear()
    await sync()
    serve(7, 'next/name')
    serve(8, 'old/name')
    expect(await sync()).toMatchObject({ checked: 2, renamed: 2, merged: 0 })
    expect(await t.db.query(sql`select host_id, owner from repositories order by host_id`)).toEqual(
      [
        { host_id: 7, owner: 'next' },
        { host_id: 8, owner: 'old' },
      ],
    )
    expect(await t.db.query(sql`select * from repository_names`)).toEqual([])
  })
})

test('one response or a hundred are written by the same number of statements', async () => {
  const statementsOf = async (count: number, from: number) => {
    const urls = Array.from({ length: count * 2 }, (_, i) => `https://github.com/b/r${from + i}`)
    await write(paper(`${from}`, urls))
    const ids = await t.db.query<{ id: number; name: string }>(
      sql`select id, name from repositories where host_id is null order by id`,
    )
    // Half of them turn out to equal the other half, under unknown names.
    const checks = ids.map(({ id }, i) => {
      const hostId = from + (i >> 1)
      const named = { owner: 'c', name: `n${hostId}`, url: `https://github.com/c/n${hostId}` }
      const counts = { stars: 1, forks: 1, language: null, licence: null, isArchived: false }
      const facts = { hostId, ...named, ...counts, description: null, pushedAt: null }
      return { id, kind: 'found' as const, facts, etag: null }
    })
    let statements = 0
    const written = await transaction(t.url, (tx) => {
      const query: typeof tx.query = (statement, options) => {
        statements++
        return tx.query(statement, options)
      }
      return writeRepositoryChecks({ ...tx, query }, 'github.com', checks)
    })
    expect(written).toEqual({ updated: count, renamed: count, merged: count })
    return statements
  }
  expect(await statementsOf(100, 1000)).toBe(await statementsOf(1, 5000))
})

describe('limits and faults', () => {
  const names = Array.from({ length: 60 }, (_, i) => `a/r${String(i).padStart(2, '0')}`)
  beforeEach(async () => {
    await write(...names.map((name, i) => paper(`${i}`, [`https://github.com/${name}`])))
    for (const [i, name] of names.entries()) serve(i + 1, name)
  })

  test('a limit that ends soon is waited for', async () => {
    github.state.remaining = 2
    github.state.resetAt = Math.floor(Date.now() / 1000) + 2
    // After the second answer has reported that none is left.
    const refilled = vi
      .waitUntil(() => github.requests.length >= 2, { timeout: 120_000 })
      .then(() => {
        github.state.remaining = 100
      })
    expect(await sync({ limit: 4 })).toMatchObject({ checked: 4, left: 56, retryAt: null })
    await refilled
    expect(Date.now() / 1000).toBeGreaterThanOrEqual(github.state.resetAt)
    expect(github.requests).toHaveLength(4)
  })

  test('a longer limit ends the run; the next one continues', async () => {
    github.state.remaining = 55
    const { resetAt } = github.state
    expect(await sync({ olderThanMs: 60_000 })).toMatchObject({
      ...{ due: 60, checked: 55, left: 5, retryAt: new Date(resetAt * 1000).toISOString() },
    })
    expect(github.requests).toHaveLength(55)
    expect(await sync({ olderThanMs: 60_000 })).toMatchObject({ checked: 0, left: 5 })
    expect(github.requests).toHaveLength(56)
    github.state.remaining = 100
    expect(await sync({ olderThanMs: 60_000 })).toMatchObject({ due: 5, checked: 5, left: 0 })
  })

  test('a secondary limit is waited for as its header says', async () => {
    const refuse =
      (status: number, retryAfter: string): Misbehaviour =>
      (_, response) => {
        response.writeHead(status, { 'retry-after': retryAfter })
        response.end('{"message": "You have exceeded a secondary rate limit."}')
      }
    github.state.misbehaviours.push(refuse(403, '1'), refuse(429, '0'))
    const startedAt = Date.now()
    expect(await sync({ limit: 1 })).toMatchObject({ checked: 1 })
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(1000)
    expect(github.requests).toHaveLength(3)
    expect(new Set(github.requests).size).toBe(1)
    github.state.misbehaviours.push(refuse(403, '3600'))
    const { retryAt, checked } = await sync({ limit: 1 })
    expect(checked).toBe(0)
    expect(Date.parse(retryAt ?? '')).toBeGreaterThan(Date.now() + 3_500_000)
  })

  test('temporary errors are retried', async () => {
    const cutOff: Misbehaviour = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('{"id": 1,')
      setTimeout(() => response.destroy(), 10)
    }
    github.state.misbehaviours.push(
      (_, response) => void response.writeHead(502).end('<html>Bad gateway</html>'),
      (request) => void request.socket.destroy(),
      cutOff,
      (_, response) => void response.end('{"id": 1, "full_name": "a'),
    )
    expect(await sync({ limit: 1 })).toMatchObject({ checked: 1, failed: 0 })
  })

  test('a repository without a response is skipped, and a general failure is reported', async () => {
    const fail: Misbehaviour = (_, response) => void response.writeHead(500).end()
    github.state.misbehaviours.push(...Array(PACE.attempts).fill(fail))
    expect(await sync({ limit: 3 })).toMatchObject({ checked: 2, failed: 1, left: 57 })
    github.state.misbehaviours.push((_, response) => void response.end('{"id": "one"}'))
    github.state.misbehaviours.push(...Array(100).fill(fail))
    await expect(sync()).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/^GitHub did not answer in any of 5 attempts: 500 /),
    })
  })

  test('circular redirects and invalid responses are errors', async () => {
    github.state.misbehaviours.push(
      ...Array(30 * PACE.attempts).fill(((request, response) => {
        response.writeHead(302, { location: request.url }).end()
      }) satisfies Misbehaviour),
    )
    expect(await sync({ limit: 1 })).toMatchObject({ failed: 1 })
    github.state.misbehaviours.splice(0)
    const odd: Misbehaviour = (_, response) => void response.end('{"id": "one"}')
    github.state.misbehaviours.push(...Array(100).fill(odd))
    await expect(sync()).rejects.toMatchObject({
      message: expect.stringMatching(/not a repository: id/),
    })
  })

  test('a refused token is reported', async () => {
    github.state.misbehaviours.push((_, response) => {
      response.writeHead(401).end('{"message": "Bad credentials"}')
    })
    await expect(sync()).rejects.toMatchObject({
      ...{ code: 'BAD_USER_INPUT', message: expect.stringMatching(/^GITHUB_TOKEN: /) },
    })
  })

  test('of two concurrent runs, one reports the other', async () => {
    const [first, second] = await Promise.allSettled([sync(), sync()])
    const failed = [first, second].filter(({ status }) => status === 'rejected')
    expect(failed).toMatchObject([{ reason: { code: 'CONFLICT' } }])
    expect(await sync({ olderThanMs: 60_000 })).toMatchObject({ due: 0 })
  })
})

import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LOCKS } from '../../../src/db/locks/locks.ts'
import { openSessionLocks } from '../../../src/db/locks/session-locks.ts'
import type { Access } from '../../../src/graphql/access.ts'
import { runImport } from '../../../src/import/run.ts'
import { createLog } from '../../../src/log.ts'
import { startServer } from '../../../src/server/http.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'
import { patientConfig } from '../../helpers/patient-config.ts'

const folder = mkdtempSync(join(tmpdir(), 'paperql-imports-'))
const rejectsPath = join(folder, 'rejects.jsonl')

let t: TestDatabase

/** Four imports: two finished, one killed, and one running in another process. */
beforeAll(async () => {
  t = await createTestDatabase()
  for (const year of [2021, 2022]) {
    const entries = [1, 2, 3].map((i) => ({
      id: `${year}.acl-long.${i}`,
      title: `Paper ${year} ${i}`,
      author: 'Ada',
    }))
    const file = join(folder, `acl${year}.json`)
    const broken = [
      { ...entries[0], id: '', title: '' },
      { ...entries[1], title: 'Half \ud800 a character' },
    ]
    writeFileSync(file, JSON.stringify([...entries, ...broken]))
    await runImport({ url: t.url, format: 'paperlists', files: [file], rejectsPath })
  }
  for (const id of [3, 4])
    await t.db.query(sql`
      insert into import_jobs (id, format, state) overriding system value
      values (${id}::bigint, 'arxiv', 'running')`)
})
afterAll(() => t.close())

const admin = <Data>(query: string, variables = {}) => askWell<Data>(t, query, variables, 'admin')

interface Listed {
  imports: { nodes: { id: string; number: number; state: string }[]; totalCount: number }
}

describe('with the admin key', () => {
  test('imports are listed with all their data, the latest first', async () => {
    const locks = await openSessionLocks(t.url, LOCKS.import)
    await locks.tryLock(4)
    const { data, statements } = await admin<{
      imports: { nodes: object[] }
    }>(`{ imports { totalCount nodes {
      number format state runCount fileCount currentFile bytesRead bytesTotal readCount createdCount createdPaperCount updatedCount
      mergedCount unchangedCount rejectedCount repairedCount error startedAt updatedAt finishedAt rejectsPath
      files { nodes { name sizeBytes bytesRead readCount isDone } }
      rejects { totalCount nodes { file position key reason isRepaired } } } } }`)
    await locks.close()
    expect(statements).toHaveLength(5)
    expect(data.imports).toMatchObject({
      totalCount: 4,
      nodes: [
        { number: 4, state: 'RUNNING', files: { nodes: [] }, rejects: { totalCount: 0 } },
        { number: 3, state: 'INTERRUPTED', finishedAt: null },
        { number: 2, state: 'DONE', format: 'paperlists' },
        {
          ...{
            number: 1,
            state: 'DONE',
            runCount: 1,
            fileCount: 1,
            currentFile: null,
            error: null,
            rejectsPath,
          },
          ...{
            readCount: 5,
            createdCount: 3,
            createdPaperCount: 3,
            rejectedCount: 1,
            repairedCount: 1,
            startedAt: expect.stringMatching(/Z$/),
          },
          files: { nodes: [{ name: join(folder, 'acl2021.json'), readCount: 5, isDone: true }] },
          rejects: {
            totalCount: 2,
            nodes: [
              { file: 'acl2021.json', position: 3, key: null, isRepaired: false },
              {
                position: 4,
                key: 'acl2021/2021.acl-long.2',
                reason: expect.stringMatching(/half|halves/i),
                isRepaired: true,
              },
            ],
          },
        },
      ],
    })
  })

  test('one entry or many take the same number of statements', async () => {
    const nested =
      '{ imports(first: $n) { nodes { number files(first: $n) { nodes { name } } rejects(last: $n) { nodes { key } } } } }'
    for (const n of [1, 100])
      expect((await admin(`query($n: Int) ${nested}`, { n })).statements).toHaveLength(3)
    expect((await admin('{ imports { nodes { number state } } }')).statements).toHaveLength(1)
    expect((await admin('{ imports { totalCount } }')).statements).toHaveLength(1)
  })

  test('by state, in pages', async () => {
    const { data } = await admin<Listed>(
      '{ imports(state: [INTERRUPTED, FAILED]) { nodes { number } totalCount } }',
    )
    expect(data.imports).toEqual({ nodes: [{ number: 4 }, { number: 3 }], totalCount: 2 })
    const seen: number[] = []
    let after: string | null = null
    for (let page = 0; page < 4; page++) {
      const answer: {
        data: { imports: { nodes: { number: number }[]; pageInfo: { endCursor: string } } }
      } = await admin(
        'query($after: String) { imports(first: 1, after: $after) { nodes { number } pageInfo { endCursor } } }',
        { after },
      )
      seen.push(...answer.data.imports.nodes.map(({ number }) => number))
      after = answer.data.imports.pageInfo.endCursor
    }
    expect(seen).toEqual([4, 3, 2, 1])
    const repairs = await admin<{ import: { rejects: object } }>(
      '{ import(id: "1") { rejects(isRepaired: true) { totalCount nodes { position } } } }',
    )
    expect(repairs.data.import.rejects).toEqual({ totalCount: 1, nodes: [{ position: 4 }] })
    expect(repairs.statements).toHaveLength(3)
  })

  test('one by its id, its number, or as a node; null if it does not exist', async () => {
    const { data } = await admin<Listed>('{ imports(last: 1) { nodes { id number } } }')
    const [first] = data.imports.nodes
    expect(first?.number).toBe(1)
    const query =
      'query($id: ID!) { a: import(id: $id) { number } b: import(id: "1") { number } c: import(id: 99) { number } node(id: $id) { id ... on Import { number } } }'
    const found = await admin<Record<string, unknown>>(query, { id: first?.id })
    expect(found.data).toEqual({
      a: { number: 1 },
      b: { number: 1 },
      c: null,
      node: { id: first?.id, number: 1 },
    })
    expect(found.statements).toHaveLength(4)
    for (const id of ['seven', '0', btoa('Paper:1')]) {
      const { errors } = await ask(t, query, { id }, 'admin')
      expect(errors.map(({ code }) => code)).toContain('BAD_USER_INPUT')
    }
  })
})

describe('without it nothing is shown, not even whether there is an import', () => {
  const CASES: [Access | undefined, string][] = [
    [undefined, 'UNAUTHENTICATED'],
    ['anonymous', 'UNAUTHENTICATED'],
    ['stranger', 'UNAUTHENTICATED'],
    ['closed', 'FORBIDDEN'],
  ]
  test.each(CASES)('%s: %s', async (access, code) => {
    const ids = [1, 99].map((number) => btoa(`Import:${number}`))
    const query = `query($ids: [ID!]!) { imports { totalCount } import(id: "1") { number } nodes(ids: $ids) { id }
      a: node(id: "${ids[0]}") { id } b: node(id: "${ids[1]}") { id } papers { totalCount } }`
    const { data, errors, statements } = await ask<Record<string, unknown>>(
      t,
      query,
      { ids },
      access,
    )
    expect(data).toEqual({
      imports: null,
      import: null,
      nodes: [null, null],
      a: null,
      b: null,
      papers: { totalCount: 6 },
    })
    expect(errors).toHaveLength(6)
    expect(new Set(errors.map((error) => error.code))).toEqual(new Set([code]))
    expect(new Set(errors.map((error) => error.message)).size).toBe(1)
    expect(statements).toHaveLength(1)
  })
})

describe('over HTTP', () => {
  const KEY = 'a-key-that-is-long-enough'
  const QUERY = '{ imports { totalCount } }'
  const start = async (
    env: Record<string, string>,
    work: (url: string, fast: () => number) => Promise<void>,
  ) => {
    let fastCount = 0
    const server = await startServer({
      ...{ db: t.db, log: createLog('silent'), onFastPath: () => fastCount++ },
      config: patientConfig(env),
    })
    try {
      await work(`${server.url}/graphql`, () => fastCount)
    } finally {
      await server.stop()
    }
  }
  const post = async (url: string, authorization?: string, query = QUERY) => {
    const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) }
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })
    return {
      status: response.status,
      ...((await response.json()) as {
        data: unknown
        errors?: { extensions: { code: string } }[]
      }),
    }
  }
  const codeOf = ({ errors }: Awaited<ReturnType<typeof post>>) => errors?.[0]?.extensions.code

  test('the key is checked on both paths, and for each request', async () => {
    await start({ PAPERQL_ADMIN_KEY: KEY }, async (url, fast) => {
      for (let time = 0; time < 4; time++) {
        expect(await post(url, `Bearer ${KEY}`)).toEqual({
          status: 200,
          data: { imports: { totalCount: 4 } },
        })
        expect(codeOf(await post(url))).toBe('UNAUTHENTICATED')
        for (const wrong of [
          `Bearer ${KEY}x`,
          `Bearer ${KEY.slice(1)}`,
          'Bearer',
          `Basic ${KEY}`,
          KEY,
          'Bearer é',
        ])
          expect(codeOf(await post(url, wrong))).toBe('UNAUTHENTICATED')
        expect(await post(url, `bearer   ${KEY}`)).toMatchObject({
          data: { imports: { totalCount: 4 } },
        })
      }
      expect(fast()).toBeGreaterThan(20)
      const get = await fetch(`${url}?query=${encodeURIComponent(QUERY)}`, {
        headers: { authorization: `Bearer ${KEY}` },
      })
      expect(await get.json()).toEqual({ data: { imports: { totalCount: 4 } } })
    })
  })

  test('a server without a key shows them to nobody', async () => {
    await start({}, async (url) => {
      for (const given of [undefined, 'Bearer undefined', 'Bearer '])
        expect(codeOf(await post(url, given))).toBe('FORBIDDEN')
    })
  })

  test('a page of another origin may send the header', async () => {
    await start({ PAPERQL_ADMIN_KEY: KEY }, async (url) => {
      const headers = {
        origin: 'https://a.example',
        'access-control-request-headers': 'authorization',
      }
      const preflight = await fetch(url, { method: 'OPTIONS', headers })
      expect(preflight.headers.get('access-control-allow-headers')).toMatch(/\bauthorization\b/)
    })
  })
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBackup, restoreBackup } from '../../src/backup/restore.ts'
import { writeBackup } from '../../src/backup/write.ts'
import { transaction } from '../../src/db/transaction.ts'
import { settlePeople } from '../../src/domain/write/authors/evidence/settle.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import { runExport } from '../../src/export/run.ts'
import { runImport } from '../../src/import/run.ts'
import type { RunningServer } from '../../src/server/http.ts'
import { paperRecord } from '../helpers/catalogue.ts'
import { runCli } from '../helpers/cli.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { startPageServer } from '../helpers/page-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'paperql-moves-'))
const opened: TestDatabase[] = []
let server: RunningServer
let t: TestDatabase

async function open(): Promise<TestDatabase> {
  const one = await createTestDatabase()
  opened.push(one)
  return one
}

const wang = (key: string, affiliation: string) =>
  paperRecord({
    ...{ key, title: `Studies of ${key} in Many Kinds` },
    citationCount: 5,
    authors: [
      { name: 'Wei Wang', affiliation, identifiers: [] },
      { name: `Zebulon ${key}berg`, affiliation: null, identifiers: [] },
    ],
  })
const read = async (...records: ReturnType<typeof wang>[]) => {
  await transaction(t.url, (tx) => writeRecords(tx, records))
  await settlePeople(t.url)
}

beforeAll(async () => {
  t = await open()
  await read(wang('Radar', 'Tongji University'), wang('Opera', 'Université de Lyon'))
  server = await startPageServer(t)
})
afterAll(async () => {
  await server?.stop()
  for (const one of opened) await one.close()
  rmSync(folder, { recursive: true })
})

const visit = (path: string, at = server) =>
  fetch(`${at.url}/${path}`, { headers: { accept: 'text/html' }, redirect: 'manual' })
const movesTo = async (path: string) => {
  const { status, headers } = await visit(path)
  return [status, headers.get('location')]
}

async function query<T>(text: string, variables: object = {}, at = server): Promise<T> {
  const response = await fetch(`${at.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: text, variables }),
  })
  const { data, errors } = (await response.json()) as { data: T; errors?: object[] }
  expect(errors).toBeUndefined()
  return data
}

const idOf = async (key: string) => {
  const { papers } = await query<{
    papers: { nodes: { authorships: { nodes: { name: string; author: { id: string } }[] } }[] }
  }>(
    'query ($text: String) { papers(filter: { text: $text }) { nodes { authorships { nodes { name author { id } } } } } }',
    {
      text: key,
    },
  )
  return papers.nodes[0]?.authorships.nodes[0]?.author.id ?? ''
}

const paged = (id: string) => encodeURIComponent(id.replace(/=+$/, ''))
const paperql = async (...args: string[]) => {
  const { code, stdout, stderr } = await runCli(args, { env: { DATABASE_URL: t.url } })
  expect([code, stderr]).toEqual([0, ''])
  return stdout
}

/** The view of clients that only know this id: titles in all ways to the papers, and the counts. */
async function seenBy(id: string, saved: { filter: string; follow: string }, at = server) {
  const found = await query<{
    node: {
      id: string
      paperCount: number
      metrics: { hIndex: number }
      coAuthors: { totalCount: number }
    }
    author: { id: string }
    papers: { totalCount: number }
    filter: { count: number }
    follow: { count: number }
  }>(
    `query ($id: ID!, $ref: String!, $filter: ID!, $follow: ID!) {
      node(id: $id) { id ... on Author { paperCount metrics { hIndex } coAuthors { totalCount } } } author(ref: $ref) { id }
      papers(filter: { authors: [$ref] }) { totalCount }
      filter: savedQuery(id: $filter) { count } follow: savedQuery(id: $follow) { count } }`,
    { id, ref: id, ...saved },
    at,
  )
  const feeds = [saved.filter, saved.follow].map(async (one) => {
    const feed = await (await visit(`feeds/saved/${one}.json`, at)).json()
    return (feed as { items: object[] }).items.length
  })
  const { node, author, papers, filter, follow } = found
  return {
    ids: [...new Set([node.id, author.id])],
    counts: [node.paperCount, node.metrics.hIndex, node.coAuthors.totalCount],
    papers: [papers.totalCount, filter.count, follow.count, ...(await Promise.all(feeds))],
  }
}

test('a merge holds for all old ids, whatever is read later, until it is undone', async () => {
  const [radar, opera] = [await idOf('Radar'), await idOf('Opera')]
  expect(radar).not.toBe(opera)
  const [kept, old] = [radar, opera].sort()
  const made = await query<{ saveQuery: { id: string }; followAuthor: { id: string } }>(
    'mutation ($id: String!) { saveQuery(input: { filter: { authors: [$id] } }) { id } followAuthor(ref: $id) { id } }',
    { id: old },
  )
  const saved = { filter: made.saveQuery.id, follow: made.followAuthor.id }
  const alone = { ids: [old], counts: [1, 1, 1], papers: [1, 1, 1, 1, 1] }
  expect(await seenBy(old as string, saved)).toEqual(alone)
  expect((await visit(`authors/${paged(old as string)}`)).status).toBe(200)

  expect(await paperql('merge-authors', radar, opera, '--reason', 'one person')).toContain('Merged')
  const both = { ids: [kept], counts: [2, 2, 2], papers: [2, 2, 2, 2, 2] }
  expect(await seenBy(old as string, saved)).toEqual(both)
  expect(await movesTo(`authors/${paged(old as string)}?year=2021`)).toEqual([
    301,
    `/authors/${paged(kept as string)}?year=2021`,
  ])
  expect(await movesTo(`feeds/authors/${paged(old as string)}.atom`)).toEqual([
    301,
    `/feeds/authors/${encodeURIComponent(kept as string)}.atom`,
  ])
  // Like every later import.
  await read({ ...wang('Opera', 'Université de Nantes'), abstract: 'New.' }, wang('Radar', 'UESTC'))
  expect(await seenBy(old as string, saved)).toEqual(both)

  const file = join(folder, 'catalogue.backup')
  await writeBackup({ url: t.url, path: file, isForced: true })
  const restored = await open()
  await restoreBackup({ url: restored.url, backup: await openBackup(file), isReplacing: false })
  const other = await startPageServer(restored)
  try {
    expect(await seenBy(old as string, saved, other)).toEqual(both)
  } finally {
    await other.stop()
  }

  const moved = await open()
  const output = join(folder, 'catalogue.jsonl')
  await runExport({
    ...{ url: t.url, format: 'jsonl', filter: '', output },
    ...{ excludedLicences: [], abstracts: true },
  })
  await runImport({
    ...{ url: moved.url, format: 'paperql', files: [output] },
    rejectsPath: join(folder, 'rejects.jsonl'),
  })
  const third = await startPageServer(moved)
  try {
    const { author } = await query<{ author: { paperCount: number } }>(
      '{ author(ref: "Wei Wang") { paperCount } }',
      {},
      third,
    )
    expect(author).toEqual({ paperCount: 2 })
  } finally {
    await third.stop()
  }

  await paperql('undo', '1')
  expect(await seenBy(old as string, saved)).toEqual(alone)
  expect((await visit(`authors/${paged(old as string)}`)).status).toBe(200)
})

test('a split moves papers to another author, and the counts follow', async () => {
  const [radar, opera] = [await idOf('Radar'), await idOf('Opera')]
  await paperql('merge-authors', radar, opera)
  const [kept] = [radar, opera].sort()
  const { papers } = await query<{ papers: { nodes: { id: string }[] } }>(
    '{ papers(filter: { text: "Opera" }) { nodes { id } } }',
  )
  await paperql('split-author', kept as string, papers.nodes[0]?.id ?? '', '--reason', 'another')
  await read({ ...wang('Opera', 'Tongji University'), abstract: 'Newer.' })
  const { author } = await query<{ author: object }>(
    'query ($ref: String!) { author(ref: $ref) { paperCount metrics { hIndex } coAuthors { nodes { name } } } }',
    { ref: kept },
  )
  expect(author).toEqual({
    ...{ paperCount: 1, metrics: { hIndex: 1 } },
    coAuthors: { nodes: [{ name: 'Zebulon Radarberg' }] },
  })
})

test('the URL of a name leads to its only author for now, and lists several', async () => {
  const { author } = await query<{ author: { id: string } }>(
    '{ author(ref: "Zebulon Radarberg") { id } }',
  )
  expect(await movesTo('authors/Zebulon%20Radarberg')).toEqual([
    302,
    `/authors/${paged(author.id)}`,
  ])
  expect(await movesTo('feeds/authors/Zebulon%20Radarberg.rss')).toEqual([
    302,
    `/feeds/authors/${encodeURIComponent(author.id)}.rss`,
  ])
  const several = await visit('authors/Wei%20Wang')
  expect(several.status).toBe(300)
  const text = await several.text()
  expect(text).toContain('2 authors may be meant.')
  expect(text.match(/href="authors\/[^"]+"><bdi>Wei Wang<\/bdi>/g)).toHaveLength(2)
  expect(text).toContain('Tongji University · 2021')
  const feed = await visit('feeds/authors/Wei%20Wang.json')
  expect(feed.status).toBe(400)
  expect(await feed.text()).toContain('may mean 2 authors')
  expect((await visit('authors/Nobody%20Atall')).status).toBe(404)
})

test('the page of an author lists namesakes, with what distinguishes them', async () => {
  const text = await (await visit(`authors/${paged(await idOf('Radar'))}`)).text()
  expect(text).toContain('Others of this name')
  expect(text).toMatch(/Others of this name[\s\S]*Wei Wang[\s\S]*1 paper/)
})

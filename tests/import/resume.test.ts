import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import sql, { type Sql } from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeConnection, openConnection } from '../../src/db/connection.ts'
import { createRandom } from '../fuzz/random.ts'
import { dumpCatalogue } from '../helpers/catalogue.ts'
import { runCli, spawnCli } from '../helpers/cli.ts'
import { createTestDatabase, endConnections, type TestDatabase } from '../helpers/database.ts'
import { finish } from '../helpers/processes.ts'
import { atLeast } from '../helpers/thorough.ts'

const KILLS = atLeast(5, 20)
/** Number of kills of one import, in sequence, before it may finish. */
const KILLS_A_ROUND = 8
const SEED = Number(process.env.RESUME_SEED ?? Date.now() % 1_000_000)

const folder = mkdtempSync(join(tmpdir(), 'paperql-resume-'))
/** Papers in the first file; the batches are small, so that there are enough of them for the kills. */
const PAPERS = atLeast(120, 240)
const BROKEN_PAPERS = (PAPERS * 5) / 6
const EDGES = PAPERS / 2
const ENTRIES = PAPERS + BROKEN_PAPERS + EDGES

/** Three files: papers of arXiv, the same and other papers of Semantic Scholar with broken entries, and citations. */
function writeFiles(): string[] {
  const arxiv = Array.from({ length: PAPERS }, (_, i) => ({
    ...{ id: `2101.${String(i).padStart(5, '0')}`, title: `A study of the ${i}th sort of parsing` },
    ...{ authors: `Ada Lovelace ${i % 7}, Alan Turing`, categories: 'cs.CL cs.DL' },
    abstract: `We study parsing, ${i}. Code: https://github.com/example/parser-${i % 20}`,
    versions: [{ created: 'Fri, 1 Jan 2021 00:00:00 GMT' }],
    authors_parsed: [
      ['Lovelace', `Ada ${i % 7}`, ''],
      ['Turing', 'Alan', ''],
    ],
  }))
  const s2 = Array.from({ length: BROKEN_PAPERS }, (_, i) => ({
    ...{ corpusid: 1000 + i, title: i % 40 === 7 ? '' : `The ${i}th paper, \u0000 of its own` },
    externalids: i % 2 ? { ArXiv: `2101.${String(i).padStart(5, '0')}` } : null,
    ...{ authors: [{ authorId: `${i % 30}`, name: `B. Author ${i % 30}` }], year: 2021 },
  }))
  const edges = Array.from({ length: EDGES }, (_, i) => ({
    ...{ citationid: i, citingcorpusid: 1000 + i, citedcorpusid: 1000 + ((i * 7) % 60) },
  }))
  const lines = (rows: object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  const files = {
    'arxiv.jsonl.gz': gzipSync(lines(arxiv)),
    's2.jsonl': lines(s2),
    'edges.jsonl': lines(edges),
  }
  return Object.entries(files).map(([name, content]) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  })
}

const files = writeFiles()
const random = createRandom(SEED)
const databases: TestDatabase[] = []

async function createDatabase(): Promise<TestDatabase> {
  const t = await createTestDatabase()
  databases.push(t)
  return t
}
afterAll(() => Promise.all(databases.map((t) => t.close())))

interface Place {
  t: TestDatabase
  rejects: string
}

async function createPlace(name: string): Promise<Place> {
  return { t: await createDatabase(), rejects: join(folder, `${name}.jsonl`) }
}

function commandOf({ rejects }: Place): string[] {
  return ['import', 'auto', ...files, '--json', '--batch-size', '20', '--rejects', rejects]
}

const envOf = ({ t }: Place) => ({ env: { DATABASE_URL: t.url } })

/** The complete result of an import: the catalogue, the words of the search, the report, and the rejects. */
async function outcomeOf({ t, rejects }: Place) {
  const words = await t.db.query(sql`select * from search_lexemes order by lexeme`)
  const state = [await dumpCatalogue(t.db), words]
  const jobs = await t.db.query(sql`
    select state, read_count, created_count, updated_count, merged_count, unchanged_count, rejected_count,
      repaired_count, (select json_agg(r order by number) from (
        select number, file, position, key, reason from import_rejects where job_id = j.id) r) as rejects
    from import_jobs j`)
  return {
    catalogue: createHash('sha256').update(JSON.stringify(state)).digest('hex'),
    jobs: jobs.map((job) => ({ ...job })),
    rejects: readFileSync(rejects, 'utf8'),
  }
}

let expected: Awaited<ReturnType<typeof outcomeOf>>
beforeAll(async () => {
  const place = await createPlace('whole')
  const { code, stderr } = await runCli(commandOf(place), envOf(place))
  expect([code, stderr]).toEqual([3, ''])
  expected = await outcomeOf(place)
  // Without a title, or of a paper that cites itself.
  const rejected = { rejected_count: atLeast(9, 11), repaired_count: atLeast(97, 195) }
  expect(expected.jobs).toMatchObject([{ state: 'done', read_count: ENTRIES, ...rejected }])
})

/**
 * Kills an import when this part of its entries is committed, and a moment later; above 1, when all are committed and counting continues.
 * Resolves to false if it finished earlier.
 */
async function killAt(place: Place, point: number): Promise<boolean> {
  const child = spawnCli(commandOf(place), envOf(place))
  child.stdout?.resume()
  child.stderr?.resume()
  const wanted = Math.min(ENTRIES, Math.floor(point * ENTRIES))
  while (isAlive(child) && (await readCount(place.t)) < wanted) await delay(10)
  await delay(random.part() * (point < 1 ? 40 : 150))
  await finish(child, 'SIGKILL')
  return child.signalCode === 'SIGKILL'
}

const isAlive = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null

async function readCount({ db }: TestDatabase): Promise<number> {
  const [row] = await db.query<{ read: number }>(
    sql`select sum(read_count)::int as read from import_jobs`,
  )
  return row?.read ?? -1
}

test(`killed at ${KILLS} random points and resumed, an import gives the result of an uninterrupted one (RESUME_SEED=${SEED})`, async () => {
  const points: string[] = []
  for (let round = 0; points.length < KILLS; round++) {
    const place = await createPlace(`round-${round}`)
    const drawn = Array.from({ length: KILLS_A_ROUND }, () => random.part() * 1.2 - 0.05)
    for (const point of drawn.sort((a, b) => a - b)) {
      if (!(await killAt(place, point))) break
      points.push(`${await readCount(place.t)} of ${ENTRIES}, for ${point.toFixed(2)}`)
    }
    const { code } = await runCli(commandOf(place), envOf(place))
    const told = `seed ${SEED}, round ${round}, killed at ${points.join('; ')}`
    expect([code, await outcomeOf(place)], told).toEqual([3, expected])
  }
  expect(points.length).toBeGreaterThanOrEqual(KILLS)
})

/**
 * Makes the import of a place wait in the batch with this number of entries, so that the following does not depend on the speed of the
 * machine. `reached` resolves when it waits; `release` lets it, and later ones, continue.
 */
async function holdAt({ t }: Place, count: number) {
  const holder = await openConnection(t.url)
  await holder.query(`
    create function hold() returns trigger language plpgsql as $$ begin
      perform pg_advisory_xact_lock_shared(15);
      return new;
    end $$;
    create trigger hold before update on import_jobs for each row when (new.read_count >= ${count})
      execute function hold();
    select pg_advisory_lock(15)`)
  const waiting = sql`select from pg_locks where locktype = 'advisory' and not granted and objid = 15
    and database = (select oid from pg_database where datname = current_database())`
  return {
    reached: () => expect.poll(() => t.db.query(waiting), { interval: 5 }).toHaveLength(1),
    release: () => closeConnection(holder),
  }
}

test('when its connections are killed half-way it fails with a message, and can be resumed', async () => {
  const place = await createPlace('disconnected')
  const half = await holdAt(place, ENTRIES / 2)
  const child = spawnCli(commandOf(place), envOf(place))
  let stderr = ''
  child.stderr?.on('data', (chunk) => {
    stderr += chunk
  })
  child.stdout?.resume()
  const ended = once(child, 'exit')
  await half.reached()
  const kill = (which: Sql) => endConnections(place.t.db, which)
  // The connection that holds its lock is opened again; losing the one that writes, in the meantime, is fatal.
  expect(await kill(sql`application_name = 'paperql import'`)).toBe(1)
  expect(await kill(sql`backend_xid is not null`)).toBe(1)
  expect(await ended).toEqual([1, null])
  expect(stderr).toMatch(/^error: The database cannot be reached/m)
  await half.release()
  const again = await runCli(commandOf(place), envOf(place))
  expect(again.stderr).toMatch(/^Resuming import 1 at record \d+ of .*; \d+ are already imported/)
  expect(await outcomeOf(place)).toEqual(expected)
})

test('a signal stops it at the end of a batch, with its own code and message', async () => {
  const place = await createPlace('stopped')
  const third = await holdAt(place, ENTRIES / 3)
  const child = spawnCli(
    commandOf(place).filter((word) => word !== '--json'),
    envOf(place),
  )
  let stdout = ''
  child.stdout?.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr?.resume()
  const ended = once(child, 'exit')
  await third.reached()
  child.kill('SIGINT')
  await third.release()
  expect(await ended).toEqual([130, null])
  expect(stdout).toMatch(/^Read \d+ records .*\nImport 1 was stopped before its end/)
  const [job] = await place.t.db.query(sql`select state, read_count from import_jobs`)
  expect(job).toMatchObject({ state: 'stopped', read_count: Number(/\d+/.exec(stdout)?.[0]) })
  await runCli(commandOf(place), envOf(place))
  expect(await outcomeOf(place)).toEqual(expected)
})

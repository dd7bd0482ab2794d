import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openEmbedded } from '../../src/db/embedded/embedded.ts'
import { migrate } from '../../src/db/schema/migrate.ts'
import { compilePrograms } from './programs.ts'

declare module 'vitest' {
  interface ProvidedContext {
    adminUrl: string
    templateName: string
    /** The folder of compiled programs. */
    programs: string
  }
}

const CACHE = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url))
const CLEANER = fileURLToPath(new URL('cleaner.mjs', import.meta.url))

/**
 * One PostgreSQL for the whole run, that of TEST_DATABASE_URL or an embedded one, with a migrated template; and one temporary folder, which
 * tests see as that of the system.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(await roomyFolder(), 'paperql-test-'))
  // If the tests run as root, PostgreSQL runs as another user, who must pass through.
  await chmod(folder, 0o755)
  const programs = join(CACHE, basename(folder))
  const clean = startCleaner(folder, programs)
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder
  let server: { url: string; close(): Promise<void> } | undefined
  const tearDown = async () => {
    await server?.close()
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
    await clean()
  }
  try {
    const compiling = compilePrograms(programs)
    server = await openServer(join(folder, 'server'))
    project.provide('adminUrl', server.url)
    project.provide('templateName', await createTemplate(server.url))
    await compiling
    project.provide('programs', programs)
  } catch (error) {
    await tearDown()
    throw error
  }
  return tearDown
}

const GIGABYTE = 2 ** 30
const MEMORY_FOLDER = '/dev/shm'

/**
 * The folder for temporary files: in memory if there is enough, because creating the thousand files of a database takes a tenth of the time
 * there; otherwise the folder of the system. Containers often have 64 MB of it.
 */
async function roomyFolder(): Promise<string> {
  const room = await statfs(MEMORY_FOLDER).catch(() => null)
  const free = room ? room.bavail * room.bsize : 0
  return free >= 6 * GIGABYTE && process.availableMemory() >= 8 * GIGABYTE
    ? MEMORY_FOLDER
    : tmpdir()
}

/** Removes the folders and ends the processes in them, also when this process is killed. */
function startCleaner(...folders: string[]): () => Promise<void> {
  // In a separate session, so that Ctrl-C does not reach it.
  const cleaner = spawn(process.execPath, [CLEANER, ...folders], {
    stdio: ['pipe', 'ignore', 'inherit'],
    detached: true,
  })
  return async () => {
    const ended = once(cleaner, 'exit')
    cleaner.stdin.end()
    await ended
  }
}

async function openServer(folder: string): Promise<{ url: string; close(): Promise<void> }> {
  const url = process.env.TEST_DATABASE_URL
  if (url) return { url, close: async () => {} }
  return openEmbedded(folder, { durable: false })
}

async function createTemplate(url: string): Promise<string> {
  const name = `paperql_template_${randomBytes(4).toString('hex')}`
  const admin = new pg.Client(url)
  await admin.connect()
  await admin.query(`create database ${name}`)
  await hastenPasswords(admin, url)
  await admin.end()
  await migrate(databaseUrl(url, name))
  return name
}

/**
 * Stores the password with one round of hashing instead of 4,096, which saves both sides time for thousands of connections; not on a server
 * of somebody else.
 */
async function hastenPasswords(admin: pg.Client, url: string): Promise<void> {
  if (process.env.TEST_DATABASE_URL) return
  await admin.query('set scram_iterations = 1')
  const { username, password } = new URL(url)
  const literal = pg.escapeLiteral(decodeURIComponent(password))
  await admin.query(`alter role ${pg.escapeIdentifier(username)} password ${literal}`)
}

/** The URL of another database on the same server. */
export function databaseUrl(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

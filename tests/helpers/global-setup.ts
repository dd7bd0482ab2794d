import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openEmbedded } from '../../src/db/embedded/embedded.ts'
import { migrate } from '../../src/db/schema/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    adminUrl: string
    templateName: string
  }
}

/** One Postgres for the whole run, that of TEST_DATABASE_URL or an embedded one, with a migrated template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openServer()
  const templateName = `paperql_template_${randomBytes(4).toString('hex')}`
  const admin = new pg.Client(server.url)
  const tearDown = async () => {
    await admin.query(`drop database if exists ${templateName} with (force)`).catch(() => {})
    await admin.end().catch(() => {})
    await server.close()
  }
  try {
    await admin.connect()
    await admin.query(`create database ${templateName}`)
    await migrate(databaseUrl(server.url, templateName))
    project.provide('adminUrl', server.url)
    project.provide('templateName', templateName)
  } catch (error) {
    await tearDown()
    throw error
  }
  return tearDown
}

async function openServer(): Promise<{ url: string; close(): Promise<void> }> {
  const url = process.env.TEST_DATABASE_URL
  if (url) return { url, close: async () => {} }
  const folder = await mkdtemp(join(tmpdir(), 'paperql-test-'))
  // Where the tests run as root, Postgres runs as somebody else, who must pass through.
  await chmod(folder, 0o755)
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const server = await openEmbedded(folder, { durable: false })
    const close = async () => {
      await server.close()
      await remove()
    }
    return { url: server.url, close }
  } catch (error) {
    await remove()
    throw error
  }
}

/** The address of another database on the same server. */
export function databaseUrl(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

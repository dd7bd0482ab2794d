import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openClient } from '../../src/db/client.ts'
import { type EmbeddedServer, openEmbedded } from '../../src/db/embedded.ts'
import { migrate } from '../../src/db/migrate.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    adminUrl: string
    template: string
  }
}

/** One real PostgreSQL for the whole run (or TEST_DATABASE_URL), with a migrated template to clone. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL ? null : await startServer()
  const adminUrl = process.env.TEST_DATABASE_URL ?? server?.embedded.url ?? ''
  const template = `template_${process.pid}`
  const admin = openClient(adminUrl, 1, 0)
  await admin.unsafe(`create database ${template}`)
  const url = new URL(adminUrl)
  url.pathname = `/${template}`
  await migrate(url.href)
  project.provide('adminUrl', adminUrl)
  project.provide('template', template)
  return async () => {
    await admin.unsafe(`drop database if exists ${template} with (force)`)
    await admin.end()
    await server?.embedded.close()
    if (server) await rm(server.folder, { recursive: true, force: true })
  }
}

async function startServer(): Promise<{ embedded: EmbeddedServer; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'paperql-test-'))
  const embedded = await openEmbedded(folder, {
    settings: [
      'fsync=off',
      'synchronous_commit=off',
      'full_page_writes=off',
      'shared_buffers=128MB',
    ],
  })
  return { embedded, folder }
}

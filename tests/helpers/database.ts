import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { connect, type Database } from '../../src/db/client.ts'
import { databaseUrl } from './global-setup.ts'

export interface TestDatabase {
  url: string
  db: Database
  /** Texts of the statements that went through `db`, in order; empty it to count anew. */
  statements: string[]
  close(): Promise<void>
}

/** A migrated, empty database of its own for one test file. `template: false` leaves the migrations out. */
export async function createTestDatabase(
  options: { template?: boolean } = {},
): Promise<TestDatabase> {
  const adminUrl = inject('adminUrl')
  const template = options.template === false ? 'template0' : inject('templateName')
  const name = `paperql_test_${randomBytes(6).toString('hex')}`
  await administer(adminUrl, async (admin) => {
    await admin.query(`create database ${name} template ${template}`)
  })
  const url = databaseUrl(adminUrl, name)
  const statements: string[] = []
  const db = connect(url, { poolSize: 4, onStatement: (text) => statements.push(text) })
  return {
    url,
    db,
    statements,
    async close() {
      await db.close()
      await administer(adminUrl, async (admin) => {
        await admin.query(`drop database if exists ${name} with (force)`)
      })
    },
  }
}

async function administer(
  url: string,
  work: (admin: pg.Client) => Promise<unknown>,
): Promise<void> {
  const admin = new pg.Client(url)
  await admin.connect()
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}

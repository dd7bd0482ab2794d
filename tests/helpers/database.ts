import { inject } from 'vitest'
import { connect, type Database, openClient } from '../../src/db/client.ts'

/** A database of the caller's own, cloned from the migrated template; `statements` grows with each one sent. */
export interface TestDatabase {
  url: string
  db: Database
  statements: string[]
  close(): Promise<void>
}

let count = 0

/** Clones the template; `close` drops the clone. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const adminUrl = inject('adminUrl')
  const name = `test_${process.pid}_${Date.now()}_${count++}`
  await administer(adminUrl, `create database ${name} template ${inject('template')}`)
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  const statements: string[] = []
  const db = connect(url.href, { poolSize: 3, onStatement: (text) => statements.push(text) })
  return {
    url: url.href,
    db,
    statements,
    async close() {
      await db.close()
      await administer(adminUrl, `drop database ${name} with (force)`)
    },
  }
}

async function administer(url: string, statement: string): Promise<void> {
  const admin = openClient(url, 1, 0)
  try {
    await admin.unsafe(statement)
  } finally {
    await admin.end()
  }
}

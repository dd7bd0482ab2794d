import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../src/db/transaction.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import type { RunningServer } from '../../src/server/http.ts'
import { paperRecord } from '../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { startPageServer } from '../helpers/page-server.ts'

/** Number of institutions with one short form, more than are shown. */
const COUNT = 23
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVW'

let t: TestDatabase
let server: RunningServer
beforeAll(async () => {
  t = await createTestDatabase()
  const records = Array.from({ length: COUNT }, (_, i) =>
    paperRecord({
      ...{ key: `${i}`, title: `Weaving Paper of the Place ${LETTERS[i]}` },
      authors: [
        {
          ...{ name: `Ann ${LETTERS[i]}`, identifiers: [], affiliation: null },
          institutions: [{ name: `Nordic Tulip ${LETTERS[i]} University`, acronym: 'NTU' }],
        },
      ],
    }),
  )
  await transaction(t.url, (tx) => writeRecords(tx, records))
  server = await startPageServer(t)
})
afterAll(async () => {
  await server?.stop()
  await t?.close()
})

const visit = (path: string) =>
  fetch(`${server.url}/${path}`, { headers: { accept: 'text/html' }, redirect: 'manual' })

test('a short form of several institutions leads to a page that lists them', async () => {
  const response = await visit('institutions/NTU')
  expect(response.status).toBe(300)
  const page = await response.text()
  expect(page).toContain(`${COUNT} institutions may be meant.`)
  expect(page).toContain('3 more are not shown.')
  const [, list = ''] = page.split('<ul class="rows small">')
  const paths = [...list.matchAll(/href="(institutions\/[^"]+)"/g)].map(([, path = '']) => path)
  expect(paths).toHaveLength(20)
  for (const path of paths.slice(0, 3)) expect((await visit(path)).status).toBe(200)
})

test('an unknown short form is not found, and neither is an unreadable one', async () => {
  for (const ref of ['XYZQ', 'https%3A%2F%2Fror.org%2Fnothing']) {
    const response = await visit(`institutions/${ref}`)
    expect(response.status, ref).toBe(404)
    expect(await response.text()).toContain('There is no institution')
  }
})

import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openConnection } from '../../src/db/connection.ts'
import { settleSslMode } from '../../src/db/ssl-mode.ts'
import { openCatalogueServer } from '../../src/serve/open-database.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { patientConfig } from '../helpers/patient-config.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase({ template: false })
})
afterAll(() => t.close())

let stop = () => {}
afterEach(() => stop())

/** A server on this machine that handles each client with `handle`. */
async function listen(handle: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => handle(socket.on('error', () => {})))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stop = () => void server.close()
  return (server.address() as AddressInfo).port
}

const withMode = (url: string, mode: string) => {
  const changed = new URL(url)
  changed.searchParams.set('sslmode', mode)
  return changed.href
}
const open = (url: string) => openCatalogueServer(patientConfig({ DATABASE_URL: url }), () => {})

describe('sslmode works as PostgreSQL documents it', () => {
  test.each(['prefer', 'allow', 'disable'])(
    '%s connects to a server that does not encrypt',
    async (mode) => {
      const { url } = await open(withMode(t.url, mode))
      const client = await openConnection(url)
      expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
      await client.end()
    },
  )

  test.each(['require', 'verify-full'])('%s does not', async (mode) => {
    await expect(open(withMode(t.url, mode))).rejects.toThrow(
      /does not encrypt|does not support SSL/,
    )
  })

  test.each([
    ['S', 'require'],
    ['N', 'disable'],
    ['E', 'disable'],
    ['', 'disable'],
  ])('a server that answers "%s" gets %s', async (answer, expected) => {
    const port = await listen((socket) => socket.once('data', () => socket.end(answer)))
    const url = `postgres://app:p%40ss@127.0.0.1:${port}/papers?sslmode`
    for (const mode of ['prefer', 'allow'])
      expect(await settleSslMode(`${url}=${mode}`)).toBe(`${url}=${expected}`)
    for (const mode of ['disable', 'require', 'verify-ca', 'verify-full'])
      expect(await settleSslMode(`${url}=${mode}`)).toBe(`${url}=${mode}`)
  })
})

test('the error names a pooler that does not pass settings to PostgreSQL', async () => {
  const { hostname, port: to } = new URL(t.url)
  const port = await listen((socket) => {
    const server = connect(Number(to), hostname).on('error', () => {})
    server.pipe(socket)
    socket.once('data', (first) => {
      const changed = first.toString('latin1').replace('search_path=public', 'search_path=nobody')
      server.write(Buffer.from(changed, 'latin1'))
      socket.pipe(server)
    })
  })
  const url = new URL(t.url)
  url.port = String(port)
  url.hostname = '127.0.0.1'
  await expect(open(url.href)).rejects.toThrow(/pooler such as PgBouncer/)
})

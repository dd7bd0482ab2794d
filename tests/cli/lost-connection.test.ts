import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, endConnections, type TestDatabase } from '../helpers/database.ts'
import { finish } from '../helpers/processes.ts'
import { startServe } from '../helpers/serve.ts'

/** Part of the first message of each new connection of the pool. */
const FIRST_MESSAGE = 'plan_cache_mode'

let database: TestDatabase
let proxy: Awaited<ReturnType<typeof startProxy>>
let child: ChildProcess

beforeAll(async () => {
  database = await createTestDatabase()
  proxy = await startProxy(new URL(database.url))
})

afterAll(async () => {
  if (child) await finish(child, 'SIGTERM')
  await proxy?.close()
  await database?.close()
})

/** A proxy between a server and its PostgreSQL. After `cutNext`, it closes the next new connection. */
async function startProxy(target: URL) {
  const open = new Set<Socket>()
  let onCut: (() => void) | null = null
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname)
    const end = () => {
      open.delete(client)
      client.end()
      upstream.destroy()
    }
    open.add(client)
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end)
    upstream.on('data', (bytes) => void client.write(bytes))
    client.on('data', (bytes) => {
      if (!onCut || !bytes.includes(FIRST_MESSAGE)) return void upstream.write(bytes)
      onCut()
      onCut = null
      end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: Object.assign(new URL(target), { host: `127.0.0.1:${port}` }).href,
    cutNext(then: () => void) {
      onCut = then
    },
    async close() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

test('a server survives the loss of connections that are being opened', async () => {
  const served = await startServe({ DATABASE_URL: proxy.url })
  child = served.child
  const ask = async () => {
    const body = JSON.stringify({ query: '{ papers { nodes { id } } }' })
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${served.url}/graphql`, { method: 'POST', headers, body })
    return (await response.json()) as unknown
  }
  const answer = { data: { papers: { nodes: [] } } }
  expect(await ask()).toEqual(answer)
  let isCut = false
  proxy.cutNext(() => {
    isCut = true
    void endConnections(database.db, sql`true`)
  })
  await endConnections(database.db, sql`true`)
  await expect.poll(ask).toEqual(answer)
  expect(isCut).toBe(true)
  expect(child.exitCode).toBeNull()
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BIN } from '../helpers/cli.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { tracked } from '../helpers/processes.ts'
import { type ServeProcess, startServe } from '../helpers/serve.ts'

/** A signal makes the server throw uncaught errors, in a timer and in a promise. */
const THROWS_AT_SIGNAL =
  "--import=data:text/javascript,process.on('SIGUSR2',()=>{setTimeout(()=>{throw(Error('boom'))});Promise.reject(Error('bang'))})"

let t: TestDatabase
let served: ServeProcess
beforeAll(async () => {
  t = await createTestDatabase()
  served = await startServe({ DATABASE_URL: t.url, NODE_OPTIONS: THROWS_AT_SIGNAL })
})
afterAll(async () => {
  await served?.stop()
  await t.close()
})

/** The status of a request that also writes a line to the log. */
async function statusOfWrongRequest(): Promise<number> {
  const response = await fetch(`${served.url}/graphql`, { method: 'POST', body: '{' })
  await response.text()
  return response.status
}

const hasProc = existsSync('/proc/self/status')

test.skipIf(!hasProc)('SIGPIPE, which any socket may raise, stays ignored', async () => {
  expect(caughtSignals(served.child.pid)).toContain(constants.signals.SIGTERM)
  expect(caughtSignals(served.child.pid)).not.toContain(constants.signals.SIGPIPE)
  const importing = tracked(
    spawn(process.execPath, [BIN, 'import', 'arxiv', '-'], {
      env: { PATH: process.env.PATH, DATABASE_URL: t.url },
      stdio: ['pipe', 'ignore', 'ignore'],
    }),
  )
  await expect.poll(() => caughtSignals(importing.pid)).toContain(constants.signals.SIGTERM)
  expect(caughtSignals(importing.pid)).not.toContain(constants.signals.SIGPIPE)
  importing.stdin.end()
  await once(importing, 'exit')
})

function caughtSignals(pid: number | undefined): number[] {
  const [, mask = '0'] = /^SigCgt:\s*(\w+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  const bits = BigInt(`0x${mask}`)
  return Array.from({ length: 64 }, (_, i) => i + 1).filter((n) => (bits >> BigInt(n - 1)) & 1n)
}

test('an uncaught error is logged, and the server keeps running', async () => {
  served.child.kill('SIGUSR2')
  for (const message of ['boom', 'bang']) await expect.poll(() => served.log()).toContain(message)
  expect(await statusOfWrongRequest()).toBe(415)
})

test('the server keeps running when nobody reads its standard output and error any more', async () => {
  served.child.stdout?.destroy()
  served.child.stderr?.destroy()
  for (let time = 0; time < 5; time++) expect(await statusOfWrongRequest()).toBe(415)
  expect(served.child.exitCode).toBeNull()
})

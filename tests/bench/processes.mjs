import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { PEERS } from './peers.mjs'

/** Every process runs on the Node of this package, because PostGraphile 5 needs 22, and one version is fair to all. */
const NODE = fileURLToPath(new URL('./node_modules/node/bin/node', import.meta.url))
export const POOL_SIZE = 10
const START_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 5_000

/** Starts the peer `name` on a free port and waits until it answers HTTP; throws with its output if it does not. */
export async function startPeer(name, databaseUrl) {
  const peer = PEERS[name]
  const port = await freePort()
  const child = spawn(NODE, [fileURLToPath(peer.file), ...peer.args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      HOST: '127.0.0.1',
      PORT: String(port),
      POOL_SIZE: String(POOL_SIZE),
      DATABASE_POOL_SIZE: String(POOL_SIZE),
      ...peer.env,
    },
  })
  let output = ''
  const keep = (chunk) => {
    output = (output + chunk).slice(-4000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  child.on('error', keep)
  const running = { name, port, pid: child.pid, stop: () => stop(child) }
  try {
    await untilReady(port, child, () => `${name} did not start:\n${output}`)
  } catch (error) {
    await running.stop()
    throw error
  }
  return running
}

async function untilReady(port, child, message) {
  const deadline = Date.now() + START_TIMEOUT_MS
  while (Date.now() < deadline && !gone(child)) {
    const up = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    }).then(
      (answer) => answer.text().then(() => true),
      () => false,
    )
    if (up) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(message())
}

const gone = (child) =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null

async function stop(child) {
  if (gone(child)) return
  const closed = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
  await closed
  clearTimeout(timer)
}

/** Runs one job of load.mjs in a separate process and returns its figures; `signal` stops it early. */
export async function load(job, signal) {
  const file = fileURLToPath(new URL('./load.mjs', import.meta.url))
  const child = spawn(NODE, [file], { stdio: ['pipe', 'pipe', 'inherit'], signal })
  const exit = new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  child.stdin.end(JSON.stringify(job))
  const [output, code] = await Promise.all([text(child.stdout), exit])
  if (code !== 0) throw new Error(`the load process ended with code ${code}`)
  return JSON.parse(output)
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

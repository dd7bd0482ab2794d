// A thread with 8 clients that keep their connections alive and send requests without pause, independent of the server's thread. Ends at
// the first message, and posts the lost requests.
import { subscribe } from 'node:diagnostics_channel'
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'

const { port, bodies, expected, counter } = workerData
const answered = new Int32Array(counter)
const lost = []
let isEnding = false

/** The connection of each client's last request, by the number of the client. */
const sockets = new Map()

/** Keeps a connection like the agents of Node. */
function agentClient(id) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const headers = { 'content-type': 'application/json' }
  const options = { port, host: '127.0.0.1', path: '/graphql', method: 'POST', agent, headers }
  return (body) =>
    new Promise((resolve, reject) => {
      const sent = request(options)
      sent.on('socket', (socket) => sockets.set(id, socket))
      sent.on('error', reject)
      sent.on('response', (response) => {
        const read = response.setEncoding('utf8').toArray()
        read.then((chunks) => resolve(chunks.join('')), reject)
      })
      sent.end(body)
    })
}

/** The same with undici. */
const fetchClient = (id) => async (body) => {
  const headers = { 'content-type': 'application/json', 'x-client': String(id) }
  const url = `http://127.0.0.1:${port}/graphql`
  return (await fetch(url, { method: 'POST', headers, body })).text()
}

subscribe('undici:client:sendHeaders', ({ headers, socket }) => {
  const id = /x-client: (\d+)/i.exec(headers)?.[1]
  if (id) sockets.set(Number(id), socket)
})

/**
 * Whether a connection is closed before the server has sent anything on it. The system closes unaccepted connections when the listening
 * socket is closed, and no server can keep them.
 */
const isUnaccepted = (id) => sockets.get(id)?.bytesRead === 0

/** A stopping server closes a connection after a second without a request; no client of an idle machine waits that long. */
const STALLED_MS = 500

/**
 * A refused connection loses nothing: the client knows that its request was not sent. A request that a busy machine sends too late is not
 * lost either.
 */
async function askOn(ask, id) {
  let answeredAt = performance.now()
  for (let n = 0; !isEnding; n++) {
    sockets.delete(id)
    try {
      const text = await ask(bodies[n % bodies.length])
      answeredAt = performance.now()
      if (text === expected) Atomics.add(answered, 0, 1)
      else lost.push(text)
    } catch (error) {
      const code = error.code ?? error.cause?.code ?? String(error)
      if (code === 'ECONNREFUSED') await sleep(5)
      else if (!isUnaccepted(id) && performance.now() - answeredAt < STALLED_MS) lost.push(code)
      answeredAt = performance.now()
    }
    if (n % 3 === 0) await sleep(n % 7)
  }
}

parentPort.once('message', () => {
  isEnding = true
})
const clients = Array.from({ length: 8 }, (_, i) => (i % 2 ? agentClient(i) : fetchClient(i)))
await Promise.all(clients.map(askOn))
parentPort.postMessage(lost)
parentPort.close()

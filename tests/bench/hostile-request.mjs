import { request as httpRequest } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

/** Maximum time to wait for an answer. */
const PATIENCE_MS = 60_000

/**
 * Sends one request unchanged. Returns the status (0 without an answer), the time from its last byte to the answer's last byte, and the
 * answer.
 */
export async function sendRaw(
  address,
  { method = 'POST', path = '/graphql', headers, body, slowly, abortAfterMs },
) {
  const request = httpRequest(new URL(address).origin, {
    method,
    path,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
  })
  const chunks = []
  let status = 0
  const over = new Promise((resolve) => {
    request.on('response', (response) => {
      status = response.statusCode
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('close', resolve)
      response.on('error', resolve)
    })
    request.on('error', resolve)
  })
  request.setTimeout(PATIENCE_MS, () => request.destroy())
  if (slowly) await trickle(request, body)
  else request.end(body)
  const begin = performance.now()
  if (abortAfterMs !== undefined) setTimeout(() => request.destroy(), abortAfterMs)
  await over
  const answer = Buffer.concat(chunks)
  return { status, ms: performance.now() - begin, bytes: answer.length, text: answer.toString() }
}

/** Writes a body one character at a time. */
async function trickle(request, body) {
  for (const letter of body) {
    request.write(letter)
    await delay(50)
  }
  request.end()
}

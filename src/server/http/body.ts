import type { IncomingMessage } from 'node:http'
import { decodeUtf8, otherCharsetOf } from './charset.ts'
import { type Exchange, sendError } from './exchange.ts'

/** Result of reading a body: its text, or the reason why there is none. */
type BodyOutcome = { text: string } | 'too large' | 'not UTF-8' | 'gone'

/** Bytes of a refused body that are read and dropped, so that the client reads the answer. */
const MOST_DROPPED_BYTES = 10_000_000

/**
 * Reads a body of at most `limit` bytes of UTF-8. `done` is called once. It gets no text if the client has gone, or if the body was
 * unreadable and the request is already answered.
 */
export function receiveBody(
  exchange: Exchange,
  limit: number,
  done: (text: string | undefined) => void,
): void {
  const charset = otherCharsetOf(exchange.request.headers['content-type'] ?? '')
  if (charset !== undefined) {
    const message = `charset=${JSON.stringify(charset)} is not supported for request bodies. Send the body in UTF-8.`
    sendError(exchange, 415, 'BAD_REQUEST', message)
    done(undefined)
    return
  }
  readBody(exchange.request, limit, (outcome) => {
    if (outcome === 'too large') {
      const message = `The body is larger than the limit of ${limit} bytes.`
      sendError(exchange, 413, 'REQUEST_ENTITY_TOO_LARGE', message)
    } else if (outcome === 'not UTF-8') {
      sendError(exchange, 400, 'BAD_REQUEST', 'The body is not valid UTF-8. Send it in UTF-8.')
    }
    done(typeof outcome === 'object' ? outcome.text : undefined)
  })
}

/** Reads a body of at most `limit` bytes, whether or not its length was announced. `done` is called once. */
function readBody(
  request: IncomingMessage,
  limit: number,
  done: (outcome: BodyOutcome) => void,
): void {
  if (Number(request.headers['content-length'] ?? 0) > limit) {
    drop(request)
    done('too large')
    return
  }
  const chunks: Buffer[] = []
  let size = 0
  const onData = (chunk: Buffer) => {
    size += chunk.length
    if (size <= limit) {
      chunks.push(chunk)
      return
    }
    settle()
    drop(request)
    done('too large')
  }
  const onEnd = () => {
    settle()
    const [first] = chunks
    const bytes = first && chunks.length === 1 ? first : Buffer.concat(chunks, size)
    const text = decodeUtf8(bytes)
    done(text === null ? 'not UTF-8' : { text })
  }
  const onClose = () => {
    settle()
    done('gone')
  }
  const settle = () => {
    request.off('data', onData).off('end', onEnd).off('close', onClose)
  }
  request.on('data', onData).on('end', onEnd).on('close', onClose)
}

function drop(request: IncomingMessage): void {
  let size = 0
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > MOST_DROPPED_BYTES) request.destroy()
  })
}

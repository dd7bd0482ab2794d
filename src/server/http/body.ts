import type { IncomingMessage } from 'node:http'

/** What became of reading a body: its text, or why there is none. */
export type BodyOutcome = { text: string } | 'too large' | 'gone'

/** Bytes of a refused body that are read and dropped, so that the client gets to read the answer. */
const MOST_DROPPED_BYTES = 10_000_000

/** Reads a body of at most `limit` bytes, whether or not its length was announced. `done` is called once. */
export function readBody(
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
    done({ text: bytes.toString('utf8') })
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

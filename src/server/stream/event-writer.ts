import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

/** Interval at which text is sent at least, so that proxies and clients know that the stream is alive. */
const PING_MS = 15_000

/** Maximum time that a client may leave data unread. */
const SLOW_MS = 30_000

/** Time in which a client that is cut off can read the reason. */
const GOODBYE_MS = 5_000

export interface EventWriter {
  /** Sends text and waits until the client has taken it. Rejects with `TooSlow` if the client does not. */
  write(text: string): Promise<void>
  /** Sends a last text and ends the answer; a client that does not read is disconnected. */
  end(text: string): void
}

/** The client is not reading. */
export class TooSlow extends Error {
  constructor(ms: number) {
    super(`The client read nothing for ${ms / 1000} s.`)
  }
}

/** Writes events to an answer whose head was sent. It buffers only the event that the client has not taken yet. */
export function createEventWriter(
  response: ServerResponse,
  signal: AbortSignal,
  slowMs = SLOW_MS,
): EventWriter {
  const ping = setInterval(() => {
    if (!response.writableNeedDrain) response.write(':\n\n')
  }, PING_MS)
  response.once('close', () => clearInterval(ping))
  return {
    async write(text) {
      signal.throwIfAborted()
      if (response.write(text)) return
      const tooLate = AbortSignal.timeout(slowMs)
      try {
        await once(response, 'drain', { signal: AbortSignal.any([signal, tooLate]) })
      } catch (error) {
        if (tooLate.aborted) throw new TooSlow(slowMs)
        throw error
      }
    },
    end(text) {
      clearInterval(ping)
      response.end(text)
      void delay(GOODBYE_MS, undefined, { ref: false }).then(() => response.destroy())
    },
  }
}

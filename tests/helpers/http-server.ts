import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface TestServer {
  url: string
  /** Path and query of each request, in order; empty it to count again. */
  requests: string[]
  /** Headers of each request, in order. */
  headers: IncomingMessage['headers'][]
  close(): Promise<void>
}

/** A real HTTP server on a free port of this machine. */
export async function startServer(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<TestServer> {
  const requests: string[] = []
  const headers: IncomingMessage['headers'][] = []
  const server = createServer((request, response) => {
    requests.push(request.url ?? '')
    headers.push(request.headers)
    handle(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    headers,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Replaces an answer: `asked` resolves when the request has arrived, which is never answered. */
export function holdRequest(): { hold: () => void; asked: Promise<void> } {
  let hold = () => {}
  const asked = new Promise<void>((resolve) => {
    hold = resolve
  })
  return { hold, asked }
}

import { once } from 'node:events'
import { connect } from 'node:net'

/** What a client asks a server before all else: whether it encrypts. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f])
const ENCRYPTS = 'S'.charCodeAt(0)

/** Longest to wait for the answer. */
const TIMEOUT_MS = 5_000

/**
 * The URL with `require` or `disable` for an sslmode that leaves it to the server, `prefer` or `allow`, which the driver cannot do.
 * A server that does not answer is left to who connects to it.
 */
export async function settleSslMode(url: string): Promise<string> {
  const parsed = new URL(url)
  const { searchParams } = parsed
  if (!/^(?:prefer|allow)$/.test(searchParams.get('sslmode') ?? '')) return url
  searchParams.set('sslmode', (await encrypts(parsed)) ? 'require' : 'disable')
  return parsed.href
}

async function encrypts({ hostname, port, searchParams }: URL): Promise<boolean> {
  const host = searchParams.get('host') ?? decodeURIComponent(hostname).replace(/^\[(.+)\]$/, '$1')
  // Nobody listens on a socket of this machine.
  if (host.startsWith('/')) return false
  const socket = connect(Number(searchParams.get('port') ?? (port || 5432)), host || 'localhost')
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    await once(socket, 'connect', { signal })
    socket.write(SSL_REQUEST)
    const [answer] = (await once(socket, 'data', { signal })) as [Buffer]
    return answer[0] === ENCRYPTS
  } catch {
    return false
  } finally {
    socket.on('error', () => {}).destroy()
  }
}

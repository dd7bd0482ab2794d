import { once } from 'node:events'
import { connect } from 'node:net'

/** The first message of a client: it asks whether the server encrypts. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f])
const ENCRYPTS = 'S'.charCodeAt(0)

/** Maximum time to wait for the answer. */
const TIMEOUT_MS = 5_000

/**
 * Replaces the sslmodes `prefer` and `allow`, which depend on the server and which the driver lacks, by `require` or `disable`. If the
 * server does not answer, `disable` lets the later connection report that.
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
  // Sockets of this machine need no encryption.
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

import type { IncomingMessage } from 'node:http'
import ipaddr from 'ipaddr.js'

/**
 * Identifies the client of a request for rate limits: by its address, or for IPv6 by the subscriber's network. `proxies` is the number of
 * proxies in front; each adds the address it sees to X-Forwarded-For. The entries before these were written by the client itself.
 */
export function clientOf({ headers, socket }: IncomingMessage, proxies: number): string {
  const forwarded = String(headers['x-forwarded-for'] ?? '')
  const path = [...forwarded.split(','), socket.remoteAddress ?? '']
    .map((address) => address.trim())
    .filter((address) => address !== '')
  const address = path.at(-1 - proxies) ?? path[0] ?? ''
  return networkOf(withoutPort(address).replace(/^::ffff:(?=\d+\.)/i, ''))
}

/** Some proxies add the port, which differs between connections: `192.0.2.1:50000`, `[2001:db8::1]:50000`. */
const withoutPort = (address: string) =>
  /^\[(.*)\](?::\d+)?$/.exec(address)?.[1] ?? address.replace(/^([\d.]+):\d+$/, '$1')

/** Providers assign each subscriber at least the last 64 bits of an IPv6 address. */
function networkOf(address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return address
  const { parts } = ipaddr.IPv6.parse(address)
  return parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')
}

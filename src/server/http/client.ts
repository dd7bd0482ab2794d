import type { IncomingMessage } from 'node:http'
import ipaddr from 'ipaddr.js'

/**
 * Who sent a request, as far as its network says, for rate limits: its address, or of an IPv6 address the part that belongs to one
 * subscriber of a network. `proxies` is the number of proxies in front, each of which adds the address that it sees to
 * X-Forwarded-For; what is before these was written by the client itself.
 */
export function clientOf({ headers, socket }: IncomingMessage, proxies: number): string {
  const forwarded = String(headers['x-forwarded-for'] ?? '')
  const path = [...forwarded.split(','), socket.remoteAddress ?? '']
    .map((address) => address.trim())
    .filter((address) => address !== '')
  const address = path.at(-1 - proxies) ?? path[0] ?? ''
  return networkOf(withoutPort(address).replace(/^::ffff:(?=\d+\.)/i, ''))
}

/** Some proxies add the port, which differs from connection to connection: `192.0.2.1:50000`, `[2001:db8::1]:50000`. */
const withoutPort = (address: string) =>
  /^\[(.*)\](?::\d+)?$/.exec(address)?.[1] ?? address.replace(/^([\d.]+):\d+$/, '$1')

/** Providers give each subscriber at least the last 64 bits of IPv6 addresses. */
function networkOf(address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return address
  const { parts } = ipaddr.IPv6.parse(address)
  return parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')
}

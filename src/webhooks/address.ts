import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { AppError } from '../errors.ts'

/** Hosts and networks in WEBHOOK_ALLOW. */
export interface AllowedHosts {
  names: ReadonlySet<string>
  networks: readonly [ipaddr.IPv4 | ipaddr.IPv6, number][]
}

export function allowedHosts(entries: readonly string[]): AllowedHosts {
  const names = new Set<string>()
  const networks: [ipaddr.IPv4 | ipaddr.IPv6, number][] = []
  for (const entry of entries) {
    if (ipaddr.isValidCIDR(entry)) networks.push(ipaddr.parseCIDR(entry))
    else if (ipaddr.isValid(entry)) {
      const address = ipaddr.parse(entry)
      networks.push([address, address.kind() === 'ipv4' ? 32 : 128])
    } else names.add(entry.toLowerCase())
  }
  return { names, networks }
}

/** The public IPv6 internet. IPv6 has many other ranges, some of which lead to IPv4 addresses. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3')

/** Whether webhooks may be sent to an address: it must be public or allowed. */
export function mayReach(address: string, allowed: AllowedHosts): boolean {
  if (!ipaddr.isValid(address)) return false
  if (isInNetworks(address, allowed)) return true
  // An IPv4 address mapped into IPv6 is treated as IPv4.
  const parsed = ipaddr.process(address)
  if (parsed.range() !== 'unicast') return false
  return parsed.kind() === 'ipv4' || (parsed as ipaddr.IPv6).match(GLOBAL_IPV6)
}

/** Whether one of the allowed networks contains this address. */
export function isInNetworks(address: string, { networks }: AllowedHosts): boolean {
  const parsed = ipaddr.process(address)
  return networks.some(
    (network) => network[0].kind() === parsed.kind() && parsed.match(network as never),
  )
}

/** The host of a URL, without the brackets of IPv6. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '')

/** Throws FORBIDDEN for a URL whose host is a blocked address. Host names are resolved when they are used. */
export function assertReachable(url: URL, allowed: AllowedHosts): void {
  const host = hostOf(url)
  if (ipaddr.isValid(host) && !mayReach(host, allowed)) throw refusal(host, host)
}

/**
 * Like `dns.lookup`, but refuses names with any blocked address. The connection uses this answer itself, so that no second, different
 * answer can bypass the check.
 */
export function guardedLookup(allowed: AllowedHosts): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0)
      const isNamed = allowed.names.has(hostname.toLowerCase().replace(/\.$/, ''))
      const refused = addresses.find(({ address }) => !isNamed && !mayReach(address, allowed))
      const [first] = addresses
      if (refused) callback(refusal(hostname, refused.address), '', 0)
      else if (options.all) callback(null, addresses)
      else callback(null, first?.address ?? '', first?.family ?? 0)
    })
  }
}

function refusal(host: string, address: string): AppError {
  const what = host === address ? address : `${host} has the address ${address}, which`
  return new AppError(
    'FORBIDDEN',
    `${what} is not a public address. Webhooks are sent to public addresses and to those in WEBHOOK_ALLOW.`,
  )
}

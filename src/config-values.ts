import { isIPv4, isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'

export const wholeNumber = (least: number, most: number, fallback: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most))
    .default(fallback)

const LABEL = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?'
const HOST_NAME = new RegExp(`^(?=.{1,253}$)${LABEL}(?:\\.${LABEL})*$`, 'i')
/** A numeric last label, as in addresses such as 10.0.0 or 256.1.1.1. */
const NUMBER = /(?:^|\.)(?:\d+|0x[\da-f]*)$/i

/** Whether this is a host name, and not a complete or malformed address. */
export const isHostName = (text: string) => HOST_NAME.test(text) && !NUMBER.test(text)

const isAddress = (text: string) => isIPv4(text) || (isIPv6(text) && !text.includes('%'))

/** A host name or an address to listen on. */
export const isHost = (text: string) => isHostName(text) || isIPv4(text) || isIPv6(text)

/** A host name, an address or a network in CIDR notation. An IPv4 address written as IPv6 is refused, because it would match nothing. */
export function isHostOrNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  if (!isAddress(address)) return bits === undefined && isHostName(text)
  const parsed = ipaddr.parse(address)
  if (parsed.kind() === 'ipv6' && (parsed as ipaddr.IPv6).isIPv4MappedAddress()) return false
  if (bits === undefined) return true
  const most = parsed.kind() === 'ipv4' ? 32 : 128
  return more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most
}

/** A URL with `//` and a host; `smtp:host` and `https:host` only seem to have a host. */
export const urlOf = (protocol: RegExp) =>
  z
    .url({ protocol })
    .refine(
      (text) => /^[a-z]+:\/\/[^/?#]/i.test(text) && URL.canParse(text) && new URL(text).host !== '',
    )

const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']

/** A PostgreSQL URL. Without a host it refers to a socket, as in postgres:///papers?host=/run/postgresql */
export const databaseUrl = z
  .url({ protocol: /^postgres(?:ql)?$/ })
  .regex(/^[^:]+:\/\//)
  .refine((text) => {
    if (!URL.canParse(text)) return false
    const { pathname, hash, searchParams } = new URL(text)
    // An unescaped one of these characters ends a password early, and the rest would be taken for a host, which messages repeat.
    const isCut = /[@#]/.test(pathname + hash + [...searchParams.keys()].join(''))
    return !isCut && SSL_MODES.includes(searchParams.get('sslmode') ?? 'disable')
  })

export const DATABASE_URL = `a URL such as postgres://user:password@host:5432/database, with the signs @ : / ? # and % of a user and a password percent-encoded (@ as %40), and sslmode one of ${SSL_MODES.join(', ')}, if given`

/** Whether a URL has both a user and a password, or neither. */
export function hasWholeLogin(text: string): boolean {
  const { username = '', password = '' } = URL.canParse(text) ? new URL(text) : {}
  return (username === '') === (password === '')
}

/** Without user, query and fragment, because paths are appended to it. */
export const plainUrl = urlOf(/^https?$/).refine((text) => /^[^@?#\s]+$/.test(text))

export const webUrl = (fallback: string) => plainUrl.default(fallback)

const LOCAL_PART = /^[\x21-\x3b\x3d\x3f\x41-\x7e]+$/

/** Whether this is an e-mail address. */
export function isMailAddress(text: string): boolean {
  const at = text.lastIndexOf('@')
  return LOCAL_PART.test(text.slice(0, at)) && at > 0 && isHostName(text.slice(at + 1))
}

/** An e-mail address or a web page through which to contact people. */
export const isContact = (text: string) =>
  isMailAddress(text.replace(/^mailto:/, '')) || urlOf(/^https?$/).safeParse(text).success

/** An e-mail address with or without a display name, on one line. */
export const mailbox = z
  .string()
  .max(300)
  .refine((text) => {
    const [, address = text] = /^[^<>\p{C}]*<([^<>]*)>$/u.exec(text) ?? []
    return isMailAddress(address)
  })

/** Parses `ada:…,grace:…` into names and keys. */
export const namedKeys = z
  .string()
  .transform((text) =>
    text.split(',').map((one): [name: string, key: string] => {
      const [name = '', ...key] = one.trim().split(':')
      return [name, key.join(':')]
    }),
  )
  .refine((keys) =>
    keys.every(([name, key]) => /^[\w.@-]{1,100}$/.test(name) && /^[!-~]{16,}$/.test(key)),
  )
  .refine((keys) =>
    [0, 1].every((part) => new Set(keys.map((pair) => pair[part])).size === keys.length),
  )

export const NAMED_KEYS =
  'name:key pairs separated by commas, each name and key once, each key at least 16 printable ASCII characters without spaces and commas'

/** One or more comma-separated entries. */
const list = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean),
  )
  .refine((entries) => entries.length > 0)

/** Comma-separated entries, each checked by `isEntry`; empty when absent. */
export const listOf = (isEntry: (text: string) => boolean) =>
  list.refine((entries) => entries.every(isEntry)).default([])

/** Comma-separated origins as browsers send them; `*` allows any. */
export const origins = list
  .transform((entries) => entries.map((one) => (one === '*' ? one : originOf(one))))
  .refine((found): found is string[] => !found.includes(null))
  .transform((found) => (found.includes('*') ? '*' : found))
  .default('*')

/** Scheme, host and port in lower case, without the default port; null for other texts. Apps and extensions have their own schemes. */
function originOf(text: string): string | null {
  const [, scheme = '', host = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#@\\\s*]+)$/i.exec(text) ?? []
  if (host === '' || !URL.canParse(text)) return null
  const { origin } = new URL(text)
  return /^https?$/i.test(scheme) ? origin : text.toLowerCase()
}

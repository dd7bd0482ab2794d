import ipaddr from 'ipaddr.js'
import { badInput, quote } from '../errors.ts'
import {
  type AllowedHosts,
  assertReachable,
  guardedLookup,
  hostOf,
  isInNetworks,
} from './address.ts'

const LONGEST_URL = 2000

/**
 * Parses the URL of a webhook. Throws BAD_USER_INPUT if it is invalid, and FORBIDDEN if its host has a blocked address. The address is
 * checked again at each delivery.
 */
export async function parseWebhookUrl(text: string, allowed: AllowedHosts): Promise<string> {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || text.length > LONGEST_URL)
    throw badInput(
      `url: ${quote(text)} is not a URL of at most ${LONGEST_URL} characters; expected one such as https://example.org/hook.`,
    )
  if (url.username !== '' || url.password !== '')
    throw badInput('url: user and password are not sent; leave them out, and check the signature.')
  assertProtocol(url, allowed)
  assertReachable(url, allowed)
  if (!ipaddr.isValid(hostOf(url))) await assertResolves(url, allowed)
  url.hash = ''
  return url.href
}

function assertProtocol(url: URL, allowed: AllowedHosts): void {
  if (url.protocol === 'https:') return
  const host = hostOf(url)
  const isAllowed = allowed.names.has(host) || (ipaddr.isValid(host) && isInNetworks(host, allowed))
  if (url.protocol === 'http:' && isAllowed) return
  throw badInput(
    `url: ${quote(url.href)} is not an https URL; expected https, or http to a host that WEBHOOK_ALLOW names.`,
  )
}

function assertResolves(url: URL, allowed: AllowedHosts): Promise<void> {
  const host = hostOf(url)
  return new Promise((resolve, reject) => {
    guardedLookup(allowed)(host, { all: true }, (error) => {
      if (!error) resolve()
      else if ('syscall' in error)
        reject(badInput(`url: there is no host named ${quote(host)}.`, { cause: error }))
      else reject(error)
    })
  })
}

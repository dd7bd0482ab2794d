import { domainToASCII, domainToUnicode } from 'node:url'
import { z } from 'zod'
import { badInput, quote } from '../../errors.ts'

/** A valid e-mail address. */
export interface EmailAddress {
  /** The address with its domain in ASCII: `ada@xn--mller-kva.example`. */
  address: string
  /** The address in lower case: equal for spellings that differ only in case. */
  key: string
}

/** Limits of RFC 5321, in characters. */
const LONGEST_ADDRESS = 254
const LONGEST_LOCAL_PART = 64

const ASCII = /^[\x21-\x7e]+$/
const EXPECTED = 'expected an address such as ada@example.org'

/**
 * Reads an address entered by a person. The domain may be international; the part before the @ must be ASCII, because many servers
 * refuse other mail. Throws BAD_USER_INPUT for everything else: names, comments, quotes, lists and line ends.
 */
export function parseEmailAddress(text: string, name = 'email'): EmailAddress {
  const typed = text.trim()
  const at = typed.lastIndexOf('@')
  const local = typed.slice(0, at)
  const domain = asciiDomain(typed.slice(at + 1))
  if (at > 0 && domain !== '' && !ASCII.test(local) && /^[^\s\p{C}]+$/u.test(local))
    throw badInput(
      `${name}: ${quote(text)} has characters other than ASCII before the @, which many mail servers refuse; expected an address such as ada@example.org. The domain may be international.`,
    )
  const address = `${local}@${domain}`
  if (!isDeliverable(local, domain, address))
    throw badInput(`${name}: ${quote(text)} is not an e-mail address; ${EXPECTED}.`)
  return { address, key: address.toLowerCase() }
}

/** An address for display, with its domain in Unicode. */
export function shownAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, at)}@${domainToUnicode(address.slice(at + 1)) || address.slice(at + 1)}`
}

function isDeliverable(local: string, domain: string, address: string): boolean {
  return (
    local.length <= LONGEST_LOCAL_PART &&
    address.length <= LONGEST_ADDRESS &&
    !/^\.|\.\.|\.$/.test(local) &&
    /\.(?!\d+$)[^.]+$/.test(domain) &&
    z.regexes.html5Email.test(address)
  )
}

/** A domain in ASCII; empty for other texts, including those with characters that end the host of a URL or are dropped from it. */
function asciiDomain(text: string): string {
  if (/[\s\p{C}/\\?#:%@[\]]/u.test(text)) return ''
  return domainToASCII(text)
}

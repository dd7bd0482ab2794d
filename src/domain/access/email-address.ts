import { domainToASCII, domainToUnicode } from 'node:url'
import { z } from 'zod'
import { badInput, quote } from '../../errors.ts'

/** An e-mail address as it is sent to. */
export interface EmailAddress {
  /** With a domain in ASCII: `ada@xn--mller-kva.example`. */
  address: string
  /** The same for all spellings of one mailbox, as far as case goes. */
  key: string
}

/** Of RFC 5321. */
const LONGEST_ADDRESS = 254
const LONGEST_LOCAL_PART = 64

const ASCII = /^[\x21-\x7e]+$/
const EXPECTED = 'expected an address such as ada@example.org'

/**
 * Reads an address that a person typed. The domain may be international; the part before the @ is ASCII, because many servers
 * do not take other mail. Throws BAD_USER_INPUT for everything else: names, comments, quotes, lists and line ends.
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

/** An address as people read it, with its domain in their script. */
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

/** Empty for what is not a domain. Characters that a URL's host would end at, or drop, are not part of one. */
function asciiDomain(text: string): string {
  if (/[\s\p{C}/\\?#:%@[\]]/u.test(text)) return ''
  return domainToASCII(text)
}

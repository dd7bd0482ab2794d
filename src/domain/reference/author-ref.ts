import { badInput, quote } from '../../errors.ts'
import { severalNames } from './several-names.ts'

/** A strong author identifier: one that a source gives to one person. */
export interface AuthorIdentifier {
  scheme:
    | 'orcid'
    | 'acl'
    | 'openreview'
    | 'dblp'
    | 'dblp_name'
    | 'google_scholar'
    | 'openalex'
    | 's2'
    | 'ieee'
  value: string
}

/**
 * Reads an author reference: an ORCID iD (its check digit is verified), an ACL Anthology people path, an
 * OpenReview `~id`, a DBLP pid or numbered name, an OpenAlex, Semantic Scholar or IEEE author id, or the URL of one. Null when it is none; an e-mail address never is one.
 */
export function findAuthorIdentifier(ref: string): AuthorIdentifier | null {
  const text = plainAddress(ref.trim())
  if (text.length > 300 || text.includes('@') || text.includes('\0')) return null
  return (
    orcid(text) ??
    openreview(text) ??
    openalex(text) ??
    semanticScholar(text) ??
    ieee(text) ??
    dblp(text) ??
    dblpName(text) ??
    acl(text) ??
    scholar(text)
  )
}

/** Hosts whose URLs have the author in the query. */
const BY_QUERY = /^(?:openreview\.net|scholar\.google\.|dblp\.org\/search)/

/** Normalises a URL for the forms below: removes protocol, `www.`, fragment and unused parameters, and puts the host in lower case. Other texts stay. */
function plainAddress(text: string): string {
  const [, host, path] =
    /^(?:https?:\/\/)?(?:www\.)?((?:[a-z\d-]+\.)+[a-z]{2,})(\/.*)$/is.exec(text) ?? []
  if (host === undefined || path === undefined) return text
  const plain = `${host.toLowerCase()}${path.replace(/#.*$/s, '')}`
  return BY_QUERY.test(plain) ? plain : plain.replace(/\?.*$/s, '')
}

/** Why a text is not an author reference: what is expected, that it names several people, or that an ORCID iD was mistyped. */
export function authorRefFault(ref: string): string {
  const names = severalNames(ref)
  if (names) {
    const people = names.length === 2 ? 'two people' : `${names.length} people`
    return `${quote(ref)} names ${people}; expected one. Ask for each: ${names.map(quote).join(', ')}.`
  }
  if (ORCID.test(plainAddress(ref.trim())))
    return `${quote(ref)} is not an ORCID iD: its check digit is wrong, so that one of its characters is mistyped.`
  return `${quote(ref)} is not an author reference; expected an ORCID iD, an ACL Anthology people path, an OpenReview ~id, a DBLP pid or numbered name (Wei Zhang 0001), an OpenAlex, Semantic Scholar or IEEE author id, or the URL of one. A name is looked up, too, where it is that of a person.`
}

/** Like `findAuthorIdentifier`, but throws BAD_USER_INPUT naming the value if it is not an author reference. */
export function parseAuthorRef(ref: string): AuthorIdentifier {
  const found = findAuthorIdentifier(ref)
  if (!found) throw badInput(authorRefFault(ref))
  return found
}

const ORCID = /^(?:orcid\.org\/|orcid:\s*)?(\d{4}-?\d{4}-?\d{4}-?\d{3}[\dX])\/?$/i

function orcid(text: string): AuthorIdentifier | null {
  const digits = ORCID.exec(text)?.[1]?.replaceAll('-', '').toUpperCase()
  if (!digits || !hasCheckDigit(digits)) return null
  return { scheme: 'orcid', value: digits.replace(/(.{4})(?=.)/g, '$1-') }
}

/** ISO 7064 mod 11-2, as ORCID documents it. */
function hasCheckDigit(digits: string): boolean {
  let total = 0
  for (const digit of digits.slice(0, -1)) total = (total + Number(digit)) * 2
  const check = (12 - (total % 11)) % 11
  return digits.at(-1) === (check === 10 ? 'X' : String(check))
}

function openreview(text: string): AuthorIdentifier | null {
  const form =
    /^(?:openreview\.net\/profile\?(?:.*&)?id=|openreview:\s*)?(~[\p{L}\p{M}\p{N}_.'’-]+\d)(?:&.*)?$/iu
  const value = form.exec(text.replace(/%7e/i, '~'))?.[1]
  return value ? { scheme: 'openreview', value } : null
}

function openalex(text: string): AuthorIdentifier | null {
  const form = /^(?:(?:api\.)?openalex\.org\/(?:authors\/|people\/)?|openalex:\s*)?(A\d{5,15})\/?$/i
  const value = form.exec(text)?.[1]
  return value ? { scheme: 'openalex', value: value.toUpperCase() } : null
}

/** Reads a Semantic Scholar author id, which needs its prefix, because a bare number may be anything. */
function semanticScholar(text: string): AuthorIdentifier | null {
  const form = /^(?:semanticscholar\.org\/author\/(?:[^/]+\/)?|s2:\s*)(\d{1,15})\/?$/i
  const value = form.exec(text)?.[1]
  return value ? { scheme: 's2', value } : null
}

function ieee(text: string): AuthorIdentifier | null {
  const form = /^(?:ieeexplore\.ieee\.org\/author\/|ieee:\s*)(\d{8,15})\/?$/i
  const value = form.exec(text)?.[1]
  return value ? { scheme: 'ieee', value } : null
}

function dblp(text: string): AuthorIdentifier | null {
  const form =
    /^(?:dblp\.(?:org|uni-trier\.de|dagstuhl\.de)\/pid\/|dblp:\s*)?([0-9a-z]{1,3}\/[\w-]+)(?:\.html|\/)?$/i
  const value = form.exec(text)?.[1]
  // A DBLP pid starts with digits, or with a letter and a name that has no lower-case slug form.
  return value && /^(?:\d+\/|[a-z]\/[A-Z])/.test(value) ? { scheme: 'dblp', value } : null
}

function dblpName(text: string): AuthorIdentifier | null {
  const plain = /^dblp\.org\/search\?q=author/i.test(text) ? decoded(text) : text
  const [, name, number] =
    /^(?:dblp[-_]name:\s*|dblp\.org\/search\?q=author:)?(\p{L}[^\d:/?@]*[^\s\d:/?@])[ _](0\d{3})(?::(?:&.*)?)?$/iu.exec(
      plain,
    ) ?? []
  return name === undefined || number === undefined ? null : numberedInDblp(name, number)
}

function decoded(address: string): string {
  try {
    return decodeURI(address)
  } catch {
    return address
  }
}

/** DBLP numbers people of one name: "Wei Zhang 0001". Its search has the value as `author:Wei_Zhang_0001:`. */
export const numberedInDblp = (name: string, number: string): AuthorIdentifier => ({
  scheme: 'dblp_name',
  value: `${name
    .normalize('NFC')
    .trim()
    .replace(/[\s_]+/g, '_')}_${number}`,
})

function acl(text: string): AuthorIdentifier | null {
  // The pages lay in a folder for each first letter until 2025.
  const page = /^(?:aclanthology\.org\/)?\/?people\/(?:[a-z0-9]\/)?([\p{L}\p{N}_-]+)\/?$/iu
  const path = /^\/?[a-z0-9]\/([\p{L}\p{N}_-]+)\/?$/iu
  const value = [page, path, /^acl:\s*([a-z0-9-]+)$/i]
    .map((form) => form.exec(text)?.[1])
    .find(Boolean)
  return value ? { scheme: 'acl', value: value.toLowerCase() } : null
}

function scholar(text: string): AuthorIdentifier | null {
  const form =
    /^(?:scholar\.google\.[a-z.]+\/citations\?(?:.*&)?user=|scholar:\s*)([\w-]{12})(?:&.*)?$/i
  const value = form.exec(text)?.[1]
  return value ? { scheme: 'google_scholar', value } : null
}

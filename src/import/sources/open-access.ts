import type { OpenAccessStatus, TextVersion } from '../../db/tables/vocabulary.ts'
import type { OpenAccessClaim, PaperRecord } from '../../domain/record/paper-record.ts'

/**
 * Terms of access that repositories state: in OpenAIRE's and COAR's vocabularies, or in the words of these. COAR numbers open, embargoed,
 * restricted and metadata-only access.
 */
const CLOSED =
  /info:eu-repo\/semantics\/(?:closed|restricted|embargoed)Access|\/access_right\/c_(?:f1cf|16ec|14cb)\b|^\s*(?:(?:info:)?(?:closed|restricted|embargoed|metadata[ -]only) ?access)\s*$/i
const OPEN = /info:eu-repo\/semantics\/openAccess|\/access_right\/c_abf2\b/i
/** Statements in words, such as `Open Access` and `open access publication`, but not `no open access`. */
const OPEN_WORDS = /^(?!.*\b(?:no|not|non|without|embargo\w*)\b).*\bopen[ -]?access\b/i
const LONGEST_WORDS = 60

/** Whether the rights of a work state open or closed access; null if they state neither. A licence alone means open access. */
export function accessOfRights(
  rights: readonly string[],
  licence: string | null,
): 'open' | 'closed' | null {
  if (rights.some((one) => CLOSED.test(one))) return 'closed'
  const isOpen = rights.some(
    (one) => OPEN.test(one) || (one.length < LONGEST_WORDS && OPEN_WORDS.test(one)),
  )
  return licence !== null || isOpen ? 'open' : null
}

/** Access as a record states it. Closed access has no URL, licence or version. */
export const accessClaim = (claim: OpenAccessClaim): Required<Pick<PaperRecord, 'openAccess'>> => ({
  openAccess:
    claim.status === 'closed'
      ? { status: 'closed', url: null, licence: null, version: null }
      : claim,
})

/** The name of a Creative Commons licence, such as `cc-by-nc`, from its URL; null for other URLs. */
export function licenceNamed(url: string): string | null {
  const [, kind, terms] =
    /^https?:\/\/(?:www\.)?creativecommons\.org\/(licenses|publicdomain)\/([a-z-]+)/i.exec(url) ??
    []
  if (terms === undefined) return null
  if (kind?.toLowerCase() === 'licenses') return `cc-${terms.toLowerCase()}`
  return terms.toLowerCase() === 'zero' ? 'cc0' : 'public-domain'
}

/** A Creative Commons licence by its SPDX id, such as `CC-BY-4.0`, or by its URL; null for others. */
export function licenceOfId(id: string): string | null {
  const [, name] = /^(cc-by(?:-(?:nc|nd|sa))*|cc0)-\d\.\d$/i.exec(id.trim()) ?? []
  return name?.toLowerCase() ?? licenceNamed(id)
}

const VERSIONS: [TextVersion, RegExp][] = [
  ['published', /\bpublishedVersion$|\/c_970fb48d4fbd8a85$/i],
  ['accepted', /\bacceptedVersion$|\/c_ab4af688f83e57aa$/i],
  ['submitted', /\bsubmittedVersion$|\/c_71e4c1898caa6e32$/i],
]

/** The version of a text, in the vocabularies of OpenAIRE (also used by OpenAlex) and COAR; null if none is stated. */
export const versionIn = (types: readonly string[]): TextVersion | null =>
  VERSIONS.find(([, form]) => types.some((type) => form.test(type.trim())))?.[0] ?? null

/**
 * Kinds of open access by words of indexes, the freest first. Scopus and Web of Science call hybrid journals `Hybrid Gold` and `Other Gold`,
 * and Web of Science calls bronze `Free to Read`.
 */
const STATUSES: [OpenAccessStatus, RegExp][] = [
  ['diamond', /\b(?:diamond|platinum)\b/i],
  ['gold', /(?<!\b(?:hybrid|other)[ _-]?)\bgold\b/i],
  ['hybrid', /\bhybrid\b|\bother gold\b/i],
  ['bronze', /\bbronze\b|\bfree to read\b/i],
  ['green', /\bgreen\b/i],
  ['closed', /^(?:closed(?: access)?|false|no|0|not open access)$/i],
  ['open', /^(?:true|yes|1|open(?: access)?|all (?:oa|open access))$/i],
]

/** Green open access of Web of Science and Dimensions names the version. */
const GREEN_VERSIONS: [TextVersion, RegExp][] = [
  ['published', /\bgreen,? (?:final|published)\b/i],
  ['accepted', /\bgreen,? accepted\b/i],
  ['submitted', /\bgreen,? submitted\b/i],
]

/**
 * Open access in the words of an index, which may list several kinds: `All Open Access; Gold Open Access; Green Open Access`, `gold, Green
 * Published`, `DOAJ Gold`. The freest counts. Null if the text states none.
 */
export function accessNamed(printed: string): Pick<OpenAccessClaim, 'status' | 'version'> | null {
  const text = printed.trim()
  const status = STATUSES.find(([, form]) => form.test(text))?.[0]
  if (status === undefined) return null
  const version = GREEN_VERSIONS.find(([, form]) => form.test(text))?.[0] ?? null
  return { status, version: status === 'green' ? version : null }
}

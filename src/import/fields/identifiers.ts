import { uniqBy } from 'es-toolkit'
import { IDENTIFIER_SCHEMES, type IdentifierScheme } from '../../db/tables/vocabulary.ts'
import type { PaperIdentifier } from '../../domain/record/paper-record.ts'
import { type AuthorIdentifier, findAuthorIdentifier } from '../../domain/reference/author-ref.ts'
import { normaliseIdentifier, parseRef } from '../../domain/reference/identifier.ts'

/** Identifiers read from references, and repairs to report about invalid ones. */
export interface ReadIdentifiers {
  identifiers: PaperIdentifier[]
  lost: string[]
}

/**
 * Reads the identifiers in references of any spelling, without duplicates. A reference that names a scheme (`doi:…`) and is invalid in
 * it is reported. Other unparsable references, such as URLs of any page, are ignored.
 */
export function readIdentifiers(refs: readonly string[]): ReadIdentifiers {
  const lost: string[] = []
  const found = refs.flatMap((ref) => {
    const read = parse(ref)
    const scheme = read === null ? schemeNamedIn(ref) : undefined
    if (scheme) lost.push(lostIdentifier(scheme))
    return read ?? []
  })
  return { identifiers: distinctIdentifiers(found), lost }
}

/** Reads identifiers as `readIdentifiers` does, without reports. */
export const findIdentifiers = (refs: readonly string[]): PaperIdentifier[] =>
  readIdentifiers(refs).identifiers

function parse(ref: string): PaperIdentifier[] | null {
  try {
    return parseRef(ref)
  } catch {
    return null
  }
}

const schemeNamedIn = (ref: string) =>
  IDENTIFIER_SCHEMES.find((scheme) => ref.startsWith(`${scheme}:`))

/** DOIs of records in Cochrane's register of trials (CENTRAL). The paper itself has another DOI. */
const OF_CENTRAL = /^10\.1002\/central\//

/**
 * Removes duplicates and DOIs of records in an index, and turns DOIs that arXiv assigns into arXiv ids: as DOIs they would contradict
 * the DOI of the published version and prevent a merge of the two.
 */
export function distinctIdentifiers(identifiers: readonly PaperIdentifier[]): PaperIdentifier[] {
  const own = identifiers.filter(({ scheme, value }) => scheme !== 'doi' || !OF_CENTRAL.test(value))
  const all = own.map((id) => {
    const arxiv = id.scheme === 'doi' ? /^10\.48550\/arxiv\.(.+)$/.exec(id.value)?.[1] : undefined
    const value = arxiv === undefined ? null : normaliseIdentifier('arxiv', arxiv)
    return value === null ? id : { scheme: 'arxiv' as const, value }
  })
  return uniqBy(all, ({ scheme, value }) => `${scheme}:${value}`)
}

/** Repair for a value that is stated as an identifier of a scheme and is invalid in it. */
export const lostIdentifier = (scheme: IdentifierScheme): string =>
  `an identifier that is not a valid ${scheme} was left out`

/** Reports links that are left out because they are not web addresses. */
export function reportLinks(links: readonly string[], lost: string[]): void {
  if (links.some((link) => !/^https?:\/\/\S+$/.test(link)))
    lost.push('a link that is not a web address was left out')
}

/** The stated ORCID iD of an author, as a list of at most one; reports invalid text. */
export function orcidIn(stated: unknown, lost: string[]): AuthorIdentifier[] {
  const printed = typeof stated === 'string' ? stated.trim() : ''
  if (/^(?:none|null|nan|n\/?a)?$/i.test(printed)) return []
  const found = findAuthorIdentifier(printed)
  if (found?.scheme === 'orcid') return [found]
  lost.push('an ORCID iD that is not valid was left out')
  return []
}

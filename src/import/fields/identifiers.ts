import { uniqBy } from 'es-toolkit'
import { IDENTIFIER_SCHEMES, type IdentifierScheme } from '../../db/tables/vocabulary.ts'
import type { PaperIdentifier } from '../../domain/record/paper-record.ts'
import { type AuthorIdentifier, findAuthorIdentifier } from '../../domain/reference/author-ref.ts'
import { normaliseIdentifier, parseRef } from '../../domain/reference/identifier.ts'

/** What references of a source identify, and what to report of those that identify nothing. */
export interface ReadIdentifiers {
  identifiers: PaperIdentifier[]
  lost: string[]
}

/**
 * The identifiers in references of any spelling, each once. Those that name a scheme (`doi:…`) and are not of its form are
 * reported; other references that cannot be read, such as URLs of any page, give nothing.
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

/** As `readIdentifiers`, where nothing is to be reported. */
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

/** Cochrane's register of trials numbers its records so: the paper has a DOI of its own. */
const OF_CENTRAL = /^10\.1002\/central\//

/**
 * Removes duplicates, DOIs of records in an index, and DOIs that arXiv assigns: they are arXiv ids in disguise, and as DOIs they would
 * contradict the DOI of the published version and keep the two apart.
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

/** The repair that leaves out what is stated as an identifier of a scheme and does not have its form. */
export const lostIdentifier = (scheme: IdentifierScheme): string =>
  `an identifier that is not a valid ${scheme} was left out`

/** Reports links of an entry that are not web addresses, since they are left out. */
export function reportLinks(links: readonly string[], lost: string[]): void {
  if (links.some((link) => !/^https?:\/\/\S+$/.test(link)))
    lost.push('a link that is not a web address was left out')
}

/** The ORCID iD that a source states of an author, as a list of one; another text is reported. */
export function orcidIn(stated: unknown, lost: string[]): AuthorIdentifier[] {
  const printed = typeof stated === 'string' ? stated.trim() : ''
  if (/^(?:none|null|nan|n\/?a)?$/i.test(printed)) return []
  const found = findAuthorIdentifier(printed)
  if (found?.scheme === 'orcid') return [found]
  lost.push('an ORCID iD that is not valid was left out')
  return []
}

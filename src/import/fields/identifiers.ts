import { uniqBy } from 'es-toolkit'
import { IDENTIFIER_SCHEMES, type IdentifierScheme } from '../../db/tables/vocabulary.ts'
import type { PaperIdentifier } from '../../domain/record/paper-record.ts'
import { normaliseIdentifier, parseRef } from '../../domain/reference/identifier.ts'

/** The identifiers in references of any spelling, each once; unparsable references give none. */
export function findIdentifiers(refs: readonly string[]): PaperIdentifier[] {
  return distinctIdentifiers(refs.flatMap(parse))
}

function parse(ref: string): PaperIdentifier[] {
  try {
    return parseRef(ref)
  } catch {
    return []
  }
}

/**
 * Removes duplicates, and DOIs that arXiv assigns: they are arXiv ids in disguise, and as DOIs they would contradict the DOI
 * of the published version and keep the two apart.
 */
export function distinctIdentifiers(identifiers: readonly PaperIdentifier[]): PaperIdentifier[] {
  const all = identifiers.map((id) => {
    const arxiv = id.scheme === 'doi' ? /^10\.48550\/arxiv\.(.+)$/.exec(id.value)?.[1] : undefined
    const value = arxiv === undefined ? null : normaliseIdentifier('arxiv', arxiv)
    return value === null ? id : { scheme: 'arxiv' as const, value }
  })
  return uniqBy(all, ({ scheme, value }) => `${scheme}:${value}`)
}

/** The repair that leaves out what is stated as an identifier of a scheme and does not have its form. */
export const lostIdentifier = (scheme: IdentifierScheme): string =>
  `an identifier that is not a valid ${scheme} was left out`

/** What to report of references that name a scheme and are not identifiers of it. */
export const lostIdentifiers = (refs: readonly string[]): string[] =>
  refs.flatMap((ref) => {
    const scheme = IDENTIFIER_SCHEMES.find((name) => ref.startsWith(`${name}:`))
    return scheme && parse(ref).length === 0 ? lostIdentifier(scheme) : []
  })

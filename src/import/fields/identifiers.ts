import { uniqBy } from 'es-toolkit'
import type { PaperIdentifier } from '../../domain/record/paper-record.ts'
import { normaliseIdentifier, parseRef } from '../../domain/reference/identifier.ts'

/** The identifiers that references in any spelling lead to, each once; a text that is not a reference gives none. */
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
 * Each identifier once. A DOI that arXiv gives is the arXiv id in disguise: as a DOI it would contradict that of
 * the published version, and keep the two apart.
 */
export function distinctIdentifiers(identifiers: readonly PaperIdentifier[]): PaperIdentifier[] {
  const all = identifiers.map((id) => {
    const arxiv = id.scheme === 'doi' ? /^10\.48550\/arxiv\.(.+)$/.exec(id.value)?.[1] : undefined
    const value = arxiv === undefined ? null : normaliseIdentifier('arxiv', arxiv)
    return value === null ? id : { scheme: 'arxiv' as const, value }
  })
  return uniqBy(all, ({ scheme, value }) => `${scheme}:${value}`)
}

import type { InstitutionEvidence } from '../../../db/tables/vocabulary.ts'
import { type Candidate, candidatesIn } from '../../record/affiliation.ts'
import type { Stated } from './stated.ts'

/** The owners of a name: ROR ids, and whether sources use it without a ROR id. */
export interface Known {
  rors: ReadonlySet<string>
  /** ROR ids that have it as a short form. */
  shortOf: ReadonlySet<string>
  isNamed: boolean
}

/** An institution that an affiliation resolves to. */
export interface Meant {
  /** See `institutions.entity`. */
  entity: string
  evidence: InstitutionEvidence
  matched: string | null
}

/**
 * Resolves an affiliation to institutions by the known names. A claim resolves to one: that of its ROR id, the only one with its name, or
 * the name itself. Printed text resolves to the institutions in it whose names no other institution has; if in doubt, to none.
 */
export function meantBy(
  { name, isClaim, ror, keys }: Pick<Stated, 'name' | 'isClaim' | 'ror' | 'keys'>,
  known: ReadonlyMap<string, Known>,
): Meant[] {
  if (ror !== null) return [{ entity: `ror:${ror}`, evidence: 'ror', matched: null }]
  if (!isClaim) return printedNames(name, known)
  const [key = ''] = keys
  const entity = onlyEntity(key, known.get(key), name) ?? `name:${key}`
  return [{ entity, evidence: 'named', matched: null }]
}

/** The known names in a printed text, the longest first; parts of a found name are not matched again. */
function printedNames(text: string, known: ReadonlyMap<string, Known>): Meant[] {
  const taken = new Set<number>()
  const found = new Map<string, Meant>()
  for (const candidate of candidatesIn(text)) {
    const own = known.get(candidate.key)
    const places = placesOf(candidate)
    // A short form counts only at the beginning: names of places, which come later, may be in capitals too.
    if (own?.rors.size === 0 && !own.isNamed && candidate.from > 0) continue
    if (!own || places.some((place) => taken.has(place))) continue
    for (const place of places) taken.add(place)
    const entity = onlyEntity(candidate.key, own, candidate.text)
    if (entity !== null && !found.has(entity))
      found.set(entity, { entity, evidence: 'printed', matched: candidate.text })
  }
  return [...found.values()]
}

const placesOf = ({ start, end }: Candidate) =>
  Array.from({ length: end - start }, (_, i) => start + i)

/** A short form specific enough to identify one institution: at least four capitals or digits. */
const SHORT_FORM = /^\p{Lu}[\p{Lu}\d]{3,}$/u

/** The institution that has a name; null if several or none have it. Short forms count only if no ROR id has the text as its name. */
function onlyEntity(key: string, known: Known | undefined, written: string): string | null {
  if (!known) return null
  const isShort = known.rors.size === 0 && known.shortOf.size === 1 && SHORT_FORM.test(written)
  const [ror, ...others] = isShort ? known.shortOf : known.rors
  if (others.length > 0) return null
  return ror !== undefined ? `ror:${ror}` : known.isNamed ? `name:${key}` : null
}

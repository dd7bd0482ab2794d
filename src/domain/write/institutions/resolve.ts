import type { InstitutionEvidence } from '../../../db/tables/vocabulary.ts'
import { type Candidate, candidatesIn } from '../../record/affiliation.ts'
import type { Stated } from './stated.ts'

/** Whose name a key is: ROR ids, and whether sources name an institution so without a ROR id. */
export interface Known {
  rors: ReadonlySet<string>
  /** ROR ids whose short form it is. */
  shortOf: ReadonlySet<string>
  isNamed: boolean
}

/** An institution that an affiliation means. */
export interface Meant {
  /** See `institutions.entity`. */
  entity: string
  evidence: InstitutionEvidence
  matched: string | null
}

/**
 * Which institutions an affiliation means, by what is known of the keys of names. A claim means one: that of its ROR id, the only one
 * known by its name, or the name itself. Printed text means those that it names, each by a name that no other has; in doubt none.
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

/** The longest names first; parts of a name that is found are not looked at again. */
function printedNames(text: string, known: ReadonlyMap<string, Known>): Meant[] {
  const taken = new Set<number>()
  const found = new Map<string, Meant>()
  for (const candidate of candidatesIn(text)) {
    const own = known.get(candidate.key)
    const places = placesOf(candidate)
    // Places are written in capitals too, but not first.
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

/** A short form that may stand for one institution: of three letters, or written as a word, it may be anything. */
const SHORT_FORM = /^\p{Lu}[\p{Lu}\d]{3,}$/u

/** The institution that has a name; null where several or none have it. A short form counts where it is no ROR id's name. */
function onlyEntity(key: string, known: Known | undefined, written: string): string | null {
  if (!known) return null
  const isShort = known.rors.size === 0 && known.shortOf.size === 1 && SHORT_FORM.test(written)
  const [ror, ...others] = isShort ? known.shortOf : known.rors
  if (others.length > 0) return null
  return ror !== undefined ? `ror:${ror}` : known.isNamed ? `name:${key}` : null
}

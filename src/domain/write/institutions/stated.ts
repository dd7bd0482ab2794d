import { hash as digest } from 'node:crypto'
import {
  affiliationsIn,
  CANDIDATES_VERSION,
  candidatesIn,
  institutionKey,
  isShared,
  siteOf,
} from '../../record/affiliation.ts'
import type { MergedAffiliation } from '../../record/merge/authors.ts'
import type { InstitutionClaim } from '../../record/paper-record.ts'

/** An affiliation as papers state it: a row of `affiliations`. */
export interface Stated {
  hash: string
  name: string
  isClaim: boolean
  ror: string | null
  domain: string | null
  acronym: string | null
  nameKey: string | null
  keys: string[]
}

/** The affiliations of one author, or of unspecified authors of a paper: institutions if a source names any, else the printed affiliation. */
export function statedOf(said: MergedAffiliation): { stated: Stated; source: string }[] {
  const { institutions = [], affiliation, affiliationSource = '' } = said
  if (institutions.length > 0)
    return institutions.flatMap(({ source, ...claim }) => {
      const stated = claimed(claim)
      return stated ? { stated, source } : []
    })
  return affiliationsIn(affiliation ?? '').map((text) => ({
    stated: printed(text),
    source: affiliationSource,
  }))
}

function claimed(claim: InstitutionClaim): Stated | null {
  const { name, isPrinted = false, ror = null, domain = null, acronym = null } = claim
  const key = institutionKey(name)
  // If several institutions share a name, the home page distinguishes them.
  const nameKey = isShared(key) && domain !== null ? `${key} ${siteOf(domain)}` : key
  if (ror === null && key === '') return null
  return {
    hash: hashOf([name, isPrinted, ror, domain, acronym]),
    ...{ name, isClaim: true, ror, domain, acronym },
    nameKey: isPrinted || key === '' ? null : nameKey,
    keys: ror === null ? [nameKey] : [],
  }
}

function printed(text: string): Stated {
  return {
    hash: hashOf([text, CANDIDATES_VERSION]),
    ...{ name: text, isClaim: false, ror: null, domain: null, acronym: null, nameKey: null },
    keys: candidatesIn(text).map(({ key }) => key),
  }
}

const hashOf = (parts: unknown[]) => digest('sha256', JSON.stringify(parts)).slice(0, 32)

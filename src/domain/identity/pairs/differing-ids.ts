/** A person's name, as far as identifiers are compared with it. */
export interface Name {
  family: string
  given: readonly string[]
}

/** What identifies an author, as `scheme:value`, and the names that papers print. */
interface Identified {
  identifiers: readonly string[]
  names: readonly Name[]
}

/** As sentences name what is of each scheme. */
const SCHEMES: Record<string, string> = {
  orcid: 'ORCID iDs',
  openreview: 'OpenReview profiles',
  acl: 'ACL Anthology pages',
  dblp: 'DBLP pids',
  dblp_name: 'numbered names of DBLP',
  google_scholar: 'Google Scholar profiles',
  openalex: 'OpenAlex profiles',
  s2: 'Semantic Scholar profiles',
  ieee: 'IEEE author ids',
}

/** That two authors have different identifiers of one scheme and none in common, by which imports keep them apart; null where they have not. */
export function differingIds(own: Identified, other: Identified): string | null {
  for (const [scheme, called] of Object.entries(SCHEMES)) {
    const mine = valuesOf(scheme, own)
    const theirs = valuesOf(scheme, other)
    const [one] = mine
    const [another] = theirs
    if (one === undefined || another === undefined) continue
    if (![...mine].some((id) => theirs.has(id)))
      return `They have different ${called}: ${one} and ${another}.`
  }
  return null
}

function valuesOf(scheme: string, { identifiers, names }: Identified): Set<string> {
  const start = `${scheme}:`
  const values = identifiers
    .filter((id) => id.startsWith(start))
    .map((id) => id.slice(start.length))
  return new Set(values.filter((value) => scheme !== 'acl' || !names.some(isPageOf(value))))
}

/** A page of the ACL Anthology that is called by the name alone: another spelling has another page, as nobody told them. */
export const isPageOf =
  (page: string) =>
  ({ family, given }: Name) =>
    page.replaceAll('-', '') === `${given.join('')}${family}`

/** The parts of a name that ACL Anthology pages contain. */
export interface Name {
  family: string
  given: readonly string[]
}

/** The identifiers of an author, as `scheme:value`, and the printed names. */
interface Identified {
  identifiers: readonly string[]
  names: readonly Name[]
}

/** The plural noun for identifiers of each scheme, as used in sentences. */
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

/** A sentence that two authors have different identifiers of one scheme and share none of it, so that imports keep them separate; null otherwise. */
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

/** Whether an ACL Anthology page is named after the name alone. Such a page does not identify a person: another spelling of the name has another page. */
export const isPageOf =
  (page: string) =>
  ({ family, given }: Name) =>
    page.replaceAll('-', '') === `${given.join('')}${family}`

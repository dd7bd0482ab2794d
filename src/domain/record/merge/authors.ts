import { uniqBy } from 'es-toolkit'
import { aroundFamily } from '../../reference/family-name.ts'
import type {
  AffiliationClaim,
  AuthorClaim,
  InstitutionClaim,
  PaperRecord,
} from '../paper-record.ts'
import { familyKey } from '../title-key.ts'
import { fullestName, placesIn } from './aligned.ts'

/** A name of the displayed byline. */
export type MergedAuthor = Omit<AuthorClaim, 'institutions'> & MergedAffiliation

/** The affiliation of an author, and its institutions. */
export interface MergedAffiliation {
  affiliation: string | null
  /** The institutions of the first source with ROR ids, else of the first that names any; each with that source. */
  institutions?: (InstitutionClaim & { source: string })[]
  /** The source of the affiliation, if there is one. */
  affiliationSource?: string
}

/** The byline of one record. */
interface Byline {
  authors: MergedAuthor[]
  hasMoreAuthors: boolean
}

/**
 * The byline of one record: see `chooseByline`. The other records add identifiers, affiliations and first names of the same people.
 */
export function mergeAuthors(ranked: PaperRecord[]): Byline {
  const bylines = ranked.map(bylineOf).filter(({ authors }) => authors.length > 0)
  const chosen = chooseByline(bylines)
  if (chosen === null) return { authors: [], hasMoreAuthors: false }
  const base = chosen.authors
  const others = bylines
    .filter((byline) => byline !== chosen)
    .map(({ authors }) => ({ authors, places: placesIn(namesOf(base), namesOf(authors)) }))
  const authors = base.map((author, i) => {
    const same = others.flatMap(({ authors: own, places }) => own[places[i] ?? -1] ?? [])
    return mergeAuthor([author, ...same])
  })
  return { authors, hasMoreAuthors: chosen.hasMoreAuthors }
}

/**
 * The first byline, unless it is incomplete: by its own words, if another that is not has more names, or as the start of another, because
 * some sources cut long bylines without saying so.
 */
function chooseByline(bylines: Byline[]): Byline | null {
  const [preferred] = bylines
  if (!preferred) return null
  const whole = bylines.find(
    ({ authors, hasMoreAuthors }) => !hasMoreAuthors && authors.length > preferred.authors.length,
  )
  const first = (preferred.hasMoreAuthors && whole) || preferred
  const longer = bylines.filter(({ authors }) => isStart(first.authors, authors))
  const [longest] = longer.toSorted(
    (a, b) =>
      b.authors.length - a.authors.length || Number(a.hasMoreAuthors) - Number(b.hasMoreAuthors),
  )
  return longest ?? first
}

const namesOf = (authors: readonly MergedAuthor[]) => authors.map(({ name }) => name)

/** Merges the data of records about one author; `said` is ordered by precedence. */
function mergeAuthor(said: [MergedAuthor, ...MergedAuthor[]]): MergedAuthor {
  const printed = said.find((a) => a.affiliation)
  const placed = said.find(isIdentified) ?? said.find((a) => a.institutions)
  const identifiers = said.flatMap((author) => author.identifiers)
  const [best, ...others] = said
  const name = fullestName([best.name, ...namesOf(others)])
  // Records may print the name with different accents or signs. A stated family name is used only if the displayed name contains it.
  const family = said.find(({ familyName = '' }) => aroundFamily(name, familyName))?.familyName
  return {
    name,
    ...(family && { familyName: family }),
    affiliation: printed?.affiliation ?? null,
    ...(placed?.institutions && { institutions: placed.institutions }),
    ...(printed?.affiliationSource && { affiliationSource: printed.affiliationSource }),
    // A person has one ORCID iD; if two disagree, that of the preferred record wins.
    identifiers: uniqBy(identifiers, (id) =>
      id.scheme === 'orcid' ? 'orcid' : `${id.scheme}:${id.value}`,
    ),
  }
}

const isIdentified = ({ institutions = [] }: MergedAuthor) => institutions.some(({ ror }) => ror)

/** The byline of a record, each institution with the source that names it. */
function bylineOf({ authors, hasMoreAuthors = false, source }: PaperRecord): Byline {
  return { authors: authors.map((author) => withSource(author, source)), hasMoreAuthors }
}

/** Affiliations of the paper that sources do not assign to one of its authors. */
export function mergeAffiliations(ranked: PaperRecord[]): MergedAffiliation[] {
  return ranked.flatMap(({ affiliations = [], source }) =>
    affiliations.map((one) => withSource(one, source)),
  )
}

const withSource = <Claim extends AffiliationClaim>(
  { institutions, ...claim }: Claim,
  source: string,
) => ({
  ...claim,
  ...(claim.affiliation !== null && { affiliationSource: source }),
  ...(institutions && { institutions: institutions.map((one) => ({ ...one, source })) }),
})

function isStart(start: MergedAuthor[], whole: MergedAuthor[]): boolean {
  if (start.length === 0 || start.length >= whole.length) return false
  return start.every(({ name }, i) => familyKey(name) === familyKey(whole[i]?.name ?? ''))
}

import { alias, sql } from '../../../db/sql.ts'
import { authorRecordIdentifiers } from '../../../db/tables/profiles.ts'
import type { Transaction } from '../../../db/transaction.ts'
import type { AuthorClaim } from '../../record/paper-record.ts'
import type { RecordKey } from '../match/candidates.ts'

const o = alias(authorRecordIdentifiers, 'o')
const m = alias(authorRecordIdentifiers, 'm')

/** The new byline of a paper. */
export interface Byline {
  paperId: number
  authors: AuthorClaim[]
  /** The paper's records. */
  records: RecordKey[]
  /** Operators' decision on each author, spelt as in `Slot`. */
  decisions?: (string | null)[]
}

export type Identifier = AuthorClaim['identifiers'][number]

/**
 * Adds to each name of the bylines the identifiers that records of people give the same person, so that an author is one person even if
 * each source uses another identifier.
 */
export async function withLinkedIdentifiers(tx: Transaction, bylines: Byline[]): Promise<Byline[]> {
  const given = bylines.flatMap(({ authors }) => authors.flatMap(({ identifiers }) => identifiers))
  if (given.length === 0) return bylines
  const rows = await tx.query<Identifier & { of_scheme: string; of_value: string }>(sql`
    select distinct g.scheme as of_scheme, g.value as of_value, ${o.scheme}, ${o.value}
    from unnest(${given.map(({ scheme }) => scheme)}::text[], ${given.map(({ value }) => value)}::text[]) as g(scheme, value)
    join ${m} on ${m.scheme} = g.scheme and ${m.value} = g.value
    join ${o} on ${o.source} = ${m.source} and ${o.key} = ${m.key}
    where (${o.scheme}, ${o.value}) <> (g.scheme, g.value)
    order by ${o.scheme}, ${o.value}`)
  if (rows.length === 0) return bylines
  const linked = new Map<string, Identifier[]>()
  for (const { of_scheme, of_value, scheme, value } of rows) {
    const key = `${of_scheme}\n${of_value}`
    linked.set(key, [...(linked.get(key) ?? []), { scheme, value }])
  }
  const extend = (own: Identifier[]) =>
    own.flatMap((id) => linked.get(`${id.scheme}\n${id.value}`) ?? []).reduce(addIdentifier, own)
  return bylines.map(({ authors, ...byline }) => ({
    ...byline,
    authors: authors.map((author) => ({ ...author, identifiers: extend(author.identifiers) })),
  }))
}

/** Adds an identifier. A person has one ORCID iD: that of the byline wins. */
function addIdentifier(own: Identifier[], added: Identifier): Identifier[] {
  const isKnown = own.some(({ scheme, value }) =>
    scheme === 'orcid' ? added.scheme === scheme : scheme === added.scheme && value === added.value,
  )
  return isKnown ? own : [...own, added]
}

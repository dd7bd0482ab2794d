import sql from 'sql-template-tag'
import type { Transaction } from '../db/transaction.ts'
import type { TargetPaper } from './catalogue-relations.ts'
import type { PaperIdentifier } from './paper-record.ts'

/** An identifier that a paper's records name, while another paper has it. */
type Contested = PaperIdentifier & { paper_id: number }

/**
 * Gives an identifier that several papers name to one of them. Only papers that operators keep apart share any: the
 * first of them has it.
 */
export function settleIdentifiers(made: (TargetPaper & { decided: number | null })[]): {
  targets: TargetPaper[]
  contested: Contested[]
} {
  if (made.every(({ decided }) => decided === null)) return { targets: made, contested: [] }
  const ranked = made.toSorted((a, b) => (a.decided ?? 0) - (b.decided ?? 0))
  const taken = new Set<string>()
  const contested: Contested[] = []
  const targets = ranked.map(({ paperId, merged }): TargetPaper => {
    const identifiers = merged.identifiers.filter(({ scheme, value }) => {
      const name = `${scheme}:${value}`
      if (taken.has(name)) contested.push({ scheme, value, paper_id: paperId })
      return !taken.has(name) && taken.add(name)
    })
    return { paperId, merged: { ...merged, identifiers } }
  })
  return { targets, contested }
}

/** Keeps what the papers name and others have, by which these papers find one another. */
export async function writeContested(tx: Transaction, contested: Contested[]): Promise<void> {
  if (contested.length === 0) return
  await tx.query(sql`
    insert into contested_identifiers (scheme, value, paper_id)
    select r.scheme::identifier_scheme, r.value, r.paper_id
    from jsonb_to_recordset(${JSON.stringify(contested)}::text::jsonb)
      as r(scheme text, value text, paper_id bigint)
    on conflict do nothing`)
}

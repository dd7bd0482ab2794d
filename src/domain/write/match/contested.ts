import { alias, columns, overwrites, sql } from '../../../db/sql.ts'
import { contestedIdentifiers, entangledPapers } from '../../../db/tables/curation.ts'
import type { ApartReason } from '../../../db/tables/vocabulary.ts'
import type { Transaction } from '../../../db/transaction.ts'
import type { PaperIdentifier, PaperRecord } from '../../record/paper-record.ts'
import { byPrecedence } from '../../record/precedence.ts'
import { claimRank, comparable } from '../../record/same/comparable.ts'
import { judge } from '../../record/same/paper.ts'
import type { Group, Placed } from './group.ts'

const excluded = alias(entangledPapers, 'excluded')
const t = alias(entangledPapers, 't')

/** An identifier that a paper's records state but another paper has. */
export interface Contested extends PaperIdentifier {
  reason: ApartReason
}

interface Claim<T extends Placed> {
  id: PaperIdentifier
  group: Group<T>
  rank: number
  record: PaperRecord
}

export const identifierKey = ({ scheme, value }: PaperIdentifier) => `${scheme}:${value}`

/**
 * Assigns each identifier that several papers state to one of them: the first of those that operators keep apart, else the one whose most
 * trusted record has it as its own and not as a link. Returns the identifiers that each of the others states but does not get.
 */
export function settleIdentifiers<T extends Placed>(
  groups: Group<T>[],
): Map<Group<T>, Contested[]> {
  const contested = new Map<Group<T>, Contested[]>()
  for (const claims of sharedClaims(groups)) {
    const [owner, ...others] = claims.sort(compareClaims)
    for (const other of others) {
      const lost = contested.get(other.group) ?? []
      contested.set(other.group, lost)
      if (owner) lost.push({ ...other.id, reason: reasonOf(owner, other) })
    }
  }
  return contested
}

/** For each identifier that several groups state, the best claim of each group. */
function sharedClaims<T extends Placed>(groups: Group<T>[]): Claim<T>[][] {
  const claims = new Map<string, Claim<T>[]>()
  for (const group of groups) {
    for (const [key, claim] of bestClaims(group)) {
      const known = claims.get(key)
      if (known) known.push(claim)
      else claims.set(key, [claim])
    }
  }
  return [...claims.values()].filter(({ length }) => length > 1)
}

function bestClaims<T extends Placed>(group: Group<T>): Map<string, Claim<T>> {
  const best = new Map<string, Claim<T>>()
  for (const { record } of group.members) {
    for (const id of record.identifiers) {
      const claim = { id, group, rank: claimRank(record, id), record }
      const known = best.get(identifierKey(id))
      if (!known || compareRecords(claim, known) < 0) best.set(identifierKey(id), claim)
    }
  }
  return best
}

const compareRecords = (a: Claim<Placed>, b: Claim<Placed>) =>
  a.rank - b.rank || byPrecedence(a.record, b.record)

const decidedIn = ({ members }: Group<Placed>) =>
  members.find(({ decided }) => decided !== null)?.decided ?? null

function compareClaims(a: Claim<Placed>, b: Claim<Placed>): number {
  const [one, other] = [decidedIn(a.group), decidedIn(b.group)]
  if (one !== null || other !== null)
    return (one ?? Number.MAX_SAFE_INTEGER) - (other ?? Number.MAX_SAFE_INTEGER)
  return compareRecords(a, b)
}

function reasonOf(owner: Claim<Placed>, other: Claim<Placed>): ApartReason {
  if (decidedIn(owner.group) !== null && decidedIn(other.group) !== null) return 'decision'
  return judge(comparable(owner.record), comparable(other.record)).reason
}

/** Stores the identifiers that papers state but others have, by which these papers find one another. */
export async function writeContested(
  tx: Transaction,
  contested: (Contested & { paper_id: number })[],
): Promise<void> {
  if (contested.length === 0) return
  await tx.query(sql`
    insert into ${contestedIdentifiers} (${columns(contestedIdentifiers, 'scheme', 'value', 'paperId', 'reason')})
    select r.scheme::identifier_scheme, r.value, r.paper_id, r.reason
    from jsonb_to_recordset(${JSON.stringify(contested)}::text::jsonb)
      as r(scheme text, value text, paper_id bigint, reason text)
    on conflict do nothing`)
}

/** A paper with the number of its set of connected papers. */
export interface Entangled {
  paper_id: number
  tangle: number
}

/** The connected papers; the number of a set is its lowest id. */
export function entangledAmong(
  groups: { tangle: number | null; id: number | undefined }[],
): Entangled[] {
  const byTangle = new Map<number, number[]>()
  for (const { tangle, id } of groups)
    if (tangle !== null && id !== undefined)
      byTangle.set(tangle, [...(byTangle.get(tangle) ?? []), id])
  return [...byTangle.values()].flatMap((ids) =>
    ids.map((id) => ({ paper_id: id, tangle: Math.min(...ids) })),
  )
}

/** Stores which papers are connected, so that they are regrouped together; `known` are those stored before. */
export async function writeEntangled(
  tx: Transaction,
  entangled: Entangled[],
  known: number[],
): Promise<void> {
  if (entangled.length + known.length === 0) return
  await tx.query(sql`
    with wanted as (
      select paper_id, tangle from jsonb_to_recordset(${JSON.stringify(entangled)}::text::jsonb)
        as r(paper_id bigint, tangle bigint)
    ), gone as (
      delete from ${entangledPapers} where ${entangledPapers.paperId} = any(${known}::bigint[])
        and not ${entangledPapers.paperId} = any(array(select paper_id from wanted))
    )
    insert into ${entangledPapers} as t (${entangledPapers.paperId}, ${entangledPapers.tangle}) select paper_id, tangle from wanted
    on conflict (${entangledPapers.paperId}) do update set ${overwrites(entangledPapers, 'tangle')} where ${t.tangle} <> ${excluded.tangle}`)
}

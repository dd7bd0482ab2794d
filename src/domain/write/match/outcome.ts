import type { Transaction } from '../../../db/transaction.ts'
import { newIds, takeId } from '../../../sql/new-ids.ts'
import type { PaperField } from '../../changes/fields.ts'
import type { PaperRecord } from '../../record/paper-record.ts'
import {
  type CandidateRow,
  decisionOf,
  type OwnRow,
  type RecordKey,
  recordKey,
} from './candidates.ts'
import { changedByRecords, recordsByPaper } from './changed.ts'
import {
  type Contested,
  type Entangled,
  entangledAmong,
  identifierKey,
  settleIdentifiers,
} from './contested.ts'
import type { Incoming } from './entries.ts'
import type { Group, Placed } from './group.ts'

/** Why a paper was merged into another. */
interface MergeCause {
  cause: 'identifier' | 'title' | 'decision'
  /** The identifier that the papers share, or the number of the decision. */
  value: string | null
}

/** A paper to write: its incoming and stored records, and what changes. */
export interface Cluster {
  paperId: number
  isNew: boolean
  /** Papers that are merged into this one and deleted, and why. */
  losers: ({ id: number } & MergeCause)[]
  incoming: Incoming[]
  /** Stored records that belonged to another paper or waited for one. */
  moved: RecordKey[]
  /** Those of `moved` that waited. */
  joined: RecordKey[]
  /** Other paper ids, assigned for records that come from another paper: they redirect to this paper now. */
  followed: number[]
  /** The record that a new id is assigned for; null if the paper has an id. */
  origin: RecordKey | null
  records: PaperRecord[]
  /** Identifiers that its records state but another paper has. */
  contested: Contested[]
  /** Other papers that its records belonged to before. */
  from: number[]
  /** Fields that expose its records and changed with them. */
  changed: PaperField[]
}

export interface Matched {
  clusters: Cluster[]
  /** Papers without remaining records. */
  vanished: number[]
  /** Records without a title that share no identifier with any paper: they wait for one. */
  waiting: { incoming: Incoming[]; kept: PaperRecord[] }
  /** Records that waited until this change, and joined a paper or changed: their rows in `waiting_identifiers` are outdated. */
  arrived: RecordKey[]
  /** The stored records of the examined papers, by paper. */
  before: ReadonlyMap<number, PaperRecord[]>
  /** Of the examined papers: those connected with others, now or before. */
  entangled: { now: Entangled[]; before: number[] }
  counts: WriteCounts
}

/** The numbers of incoming records by outcome. */
export interface WriteCounts {
  created: number
  updated: number
  /** Records that joined the paper of another record. */
  merged: number
  unchanged: number
  /** Records without a title whose paper does not exist yet, and records under excluded licences. */
  waiting: number
}

/** A record that may belong to a paper being rebuilt, with its incoming version if there is one. */
export interface Candidate extends Placed {
  incoming: Incoming | null
}

/** A change of the catalogue, without the groups that its records form. */
export interface Given {
  /** The stored records that the change may affect. */
  rows: CandidateRow[]
  touched: Set<number>
  own: Map<string, OwnRow>
  changed: Incoming[]
  unchanged: number
}

/** Derives from the groups which papers to write, which papers vanish, and which records wait. */
export async function describe(
  tx: Transaction,
  groups: Group<Candidate>[],
  given: Given,
): Promise<Matched> {
  const { rows, touched, own, changed, unchanged } = given
  const placed = groups.filter(hasTitle)
  for (const id of papersLosing(groups)) touched.add(id)
  const left = groups.filter((group) => !hasTitle(group)).flatMap(({ members }) => members)
  const contested = settleIdentifiers(placed)
  const remade = changedGroups(placed, given, contested)
  const before = recordsByPaper(rows)
  const clusters = await asClusters(tx, remade, contested, before)
  const ids = new Map(remade.map((group, i) => [group, clusters[i]?.paperId]))
  const kept = new Set(placed.flatMap(({ ids }) => ids))
  const waiting = {
    incoming: left.flatMap((member) => member.incoming ?? []),
    kept: left.flatMap((m) => (m.incoming || m.paperId === null ? [] : m.record)),
  }
  const waited = changed.flatMap(({ record }) => {
    const row = own.get(recordKey(record))
    return row?.is_there && row.paper_id === null ? record : []
  })
  return {
    clusters,
    vanished: [...touched].filter((id) => !kept.has(id)),
    waiting,
    before,
    entangled: {
      now: entangledAmong(
        placed.map((group) => ({ ...group, id: ids.get(group) ?? group.ids[0] })),
      ),
      before: [...new Set(rows.flatMap((row) => (row.is_entangled ? (row.paper_id ?? []) : [])))],
    },
    arrived: [...waited, ...clusters.flatMap(({ joined }) => joined)],
    counts: { ...countClusters(clusters, own), unchanged, waiting: waiting.incoming.length },
  }
}

export function nothingMatched(unchanged: number): Matched {
  return {
    ...{ clusters: [], vanished: [], arrived: [], before: new Map() },
    waiting: { incoming: [], kept: [] },
    entangled: { now: [], before: [] },
    counts: { created: 0, updated: 0, merged: 0, unchanged, waiting: 0 },
  }
}

function countClusters(clusters: Cluster[], own: Map<string, OwnRow>) {
  const counts = { created: 0, updated: 0, merged: 0 }
  for (const cluster of clusters) {
    for (const [index, { record }] of cluster.incoming.entries()) {
      if (own.get(recordKey(record))?.is_there) counts.updated++
      else if (cluster.isNew && index === 0) counts.created++
      else counts.merged++
    }
  }
  return counts
}

const hasTitle = ({ members }: Group<Candidate>) => members.some((m) => m.record.title !== '')

/** Papers that lose a record to another group. An incoming record may show that the stored records are of several papers. */
function papersLosing(groups: Group<Candidate>[]): number[] {
  return groups.flatMap((group) =>
    group.members.flatMap(({ paperId }) =>
      paperId === null || (paperId === group.ids[0] && hasTitle(group)) ? [] : paperId,
    ),
  )
}

/**
 * The groups that may differ from the stored papers. These include groups that state an identifier that a changed group states or stated,
 * because another paper may have it now.
 */
function changedGroups(
  groups: Group<Candidate>[],
  { rows, touched }: Given,
  contested: Map<Group<Candidate>, Contested[]>,
): Group<Candidate>[] {
  const isTouched = (id: number | null) => id !== null && touched.has(id)
  const hasChanged = ({ members, ids }: Group<Candidate>) =>
    ids.length !== 1 ||
    members.some((m) => m.incoming || m.paperId !== ids[0] || isTouched(m.paperId))
  const changed = new Set(groups.filter(hasChanged))
  if (contested.size === 0 && groups.length === changed.size) return [...changed]
  const named = new Set(
    [
      ...rows.filter((row) => isTouched(row.paper_id)),
      ...[...changed].flatMap(({ members }) => members),
    ].flatMap(({ record }) => record.identifiers.map(identifierKey)),
  )
  const isNamed = ({ members }: Group<Candidate>) =>
    members.some(({ record }) => record.identifiers.some((id) => named.has(identifierKey(id))))
  return groups.filter((group) => changed.has(group) || isNamed(group))
}

async function asClusters(
  tx: Transaction,
  groups: Group<Candidate>[],
  contested: Map<Group<Candidate>, Contested[]>,
  before: Matched['before'],
): Promise<Cluster[]> {
  const fresh = groups.filter(({ ids }) => ids.length === 0)
  const drawn = await newIds(tx, 'papers', fresh.length)
  return groups.map((group) => {
    const { members, ids } = group
    const [own, ...losers] = ids
    const paperId = own ?? takeId(drawn)
    return {
      paperId,
      isNew: !members.some((m) => m.paperId === paperId),
      losers: losers.map((id) => ({ id, ...causeOf(group, id) })),
      incoming: members.flatMap(({ incoming }) => incoming ?? []),
      moved: members.flatMap((m) => (m.incoming || m.paperId === paperId ? [] : m.record)),
      joined: members.flatMap((m) => (m.incoming || m.paperId !== null ? [] : m.record)),
      followed: members.flatMap(({ paperId: from, mintedId: id }) =>
        from === paperId || id === null || id === paperId ? [] : id,
      ),
      origin: own === undefined ? originOf(members) : null,
      records: members.map(({ record }) => record),
      contested: contested.get(group) ?? [],
      from: [...new Set(members.flatMap((m) => m.paperId ?? []))].filter((id) => id !== paperId),
      changed: changedByRecords(before.get(paperId) ?? [], members),
    }
  })
}

/** The record that a new id is assigned for: if possible, one for which no id was assigned before. */
function originOf(members: Candidate[]): RecordKey | null {
  return (members.find(({ mintedId }) => mintedId === null) ?? members[0])?.record ?? null
}

function causeOf({ members }: Group<Candidate>, loser: number): MergeCause {
  const its = members.filter(({ paperId }) => paperId === loser)
  const others = members.filter(({ paperId }) => paperId !== loser)
  const decisions = new Set(others.map(({ decided }) => decided))
  const decided = its.find((m) => m.decided !== null && decisions.has(m.decided))?.decided ?? null
  if (decided !== null) return { cause: 'decision', value: String(decisionOf(decided)) }
  const names = ({ record }: Candidate) =>
    record.identifiers.map((id) => `${id.scheme}:${id.value}`)
  const known = new Set(others.flatMap(names))
  const shared = its
    .flatMap(names)
    .filter((name) => known.has(name))
    .sort()[0]
  return shared ? { cause: 'identifier', value: shared } : { cause: 'title', value: null }
}

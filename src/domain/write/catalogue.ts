import { setImmediate as nextTurn } from 'node:timers/promises'
import { allKeyed } from 'es-toolkit'
import { LOCKS, takeLock } from '../../db/locks/locks.ts'
import { columns, type Stored, sql } from '../../db/sql.ts'
import { contestedIdentifiers } from '../../db/tables/curation.ts'
import { papers as papersTable } from '../../db/tables/papers.ts'
import type { Transaction } from '../../db/transaction.ts'
import { noteFields } from '../changes/note.ts'
import { retractedOn } from '../record/events.ts'
import { mergeRecords } from '../record/merge/merge.ts'
import type { PaperRecord } from '../record/paper-record.ts'
import { recountUpvotes } from '../votes/upvotes.ts'
import { writeAuthors } from './authors/authors.ts'
import { unsettleNames } from './authors/evidence/unsettle.ts'
import { writeEvidence } from './authors/evidence/write.ts'
import { forgetHidden, type Hidden, setAside } from './excluded/records.ts'
import { authorsOfRecords, forgetClaims } from './forget.ts'
import { writeInstitutions } from './institutions/papers.ts'
import { type RecordKey, recordKey } from './match/candidates.ts'
import { identifierKey, writeContested, writeEntangled } from './match/contested.ts'
import { type Incoming, incomingOf } from './match/entries.ts'
import { type Change, matchRecords } from './match/match.ts'
import type { Cluster, Matched, WriteCounts } from './match/outcome.ts'
import {
  type ContestedRow,
  noteClusters,
  noteContested,
  noteDepartures,
  noteIdentifiers,
} from './noted.ts'
import { deleteRecords, keepRecords } from './records.ts'
import { followPapers, linkCitations, writeReferences } from './relations/citations.ts'
import { readCurated } from './relations/curated.ts'
import { writeDecisions } from './relations/decisions.ts'
import { formerPapers, keepFormerPapers } from './relations/former.ts'
import { ensureReferences, renewNames } from './relations/names.ts'
import { recount } from './relations/recount.ts'
import { redirectPapers } from './relations/redirects.ts'
import {
  addGain,
  type Gains,
  type References,
  type TargetPaper,
  writeIdentifiers,
  writeRepositories,
  writeTopics,
} from './relations/relations.ts'
import { writeStatements } from './relations/statements.ts'
import { upsertPapers } from './rows.ts'
import { subjectsOf, topicsOfPapers } from './topics/paper-topics.ts'
import { refreshAllTopics } from './topics/refresh.ts'
import { writeClaims, writeKeywords } from './topics/rows.ts'

/**
 * Writes records, each under its own (source, key), and updates their papers, in a number of statements that does not depend on the number
 * of records. No two records may share (source, key). Writers take turns, so concurrent imports are safe.
 */
export async function writeRecords(tx: Transaction, records: PaperRecord[]): Promise<WriteCounts> {
  const counts = await writeIncoming(
    tx,
    records.map((record) => incomingOf(record)),
  )
  await refreshAllTopics(tx)
  return counts
}

/** Like `writeRecords`, for prepared records. Topics that follow from keywords are left to `refreshTopics`. */
export async function writeIncoming(tx: Transaction, incoming: Incoming[]): Promise<WriteCounts> {
  await lockWrites(tx)
  const { shown, removed, hidden, unchanged } = await setAside(tx, incoming)
  const authorIds = await authorsOfRecords(tx, removed)
  const counts = await change(tx, { ...NO_CHANGE, incoming: await withFormer(tx, shown), removed })
  if (removed.length > 0) await forgetClaims(tx, authorIds, removed)
  return {
    ...counts,
    waiting: counts.waiting + hidden,
    unchanged: counts.unchanged + unchanged,
  }
}

/** Adds the ids of their former papers to records that return after their removal. */
async function withFormer(tx: Transaction, incoming: Incoming[]): Promise<Incoming[]> {
  const ids = await formerPapers(
    tx,
    incoming.map(({ record }) => record),
  )
  if (ids.size === 0) return incoming
  return incoming.map((given) => {
    const mintedId = ids.get(recordKey(given.record))
    return mintedId === undefined ? given : { ...given, mintedId }
  })
}

/** Restores records that were taken out, each to its former paper if that still exists. */
export async function restoreRecords(tx: Transaction, records: readonly Hidden[]): Promise<void> {
  await lockWrites(tx)
  const incoming = records.map(({ record, ...own }) => ({ ...incomingOf(record), ...own }))
  await change(tx, { ...NO_CHANGE, incoming })
}

/**
 * Deletes records and rebuilds their papers from the remaining ones; such a paper may split. A paper without records is deleted, and gets
 * its id back if one of its records comes back. Unknown records are ignored.
 */
export async function removeRecords(tx: Transaction, removed: RecordKey[]): Promise<void> {
  await keepFormerPapers(tx, removed)
  await takeOut(tx, removed)
  await forgetHidden(tx, removed)
  await refreshAllTopics(tx)
}

/** Like `removeRecords`, for records that stay stored but hidden. */
export async function takeOut(tx: Transaction, removed: RecordKey[]): Promise<void> {
  await lockWrites(tx)
  await change(tx, { ...NO_CHANGE, removed })
}

/**
 * Regroups the records of these papers and writes the papers, as after a change of the merging rules. An id stays with the record that it
 * was first assigned for; other parts get new ids. `again` are further records to regroup, with or without a paper; `splitOff` are those that
 * leave their paper's id to the others.
 */
export async function remakePapers(
  tx: Transaction,
  paperIds: number[],
  { again = [], splitOff = [] }: Partial<Pick<Change, 'again' | 'splitOff'>> = {},
): Promise<void> {
  await lockWrites(tx)
  await change(tx, { ...NO_CHANGE, paperIds, again, splitOff })
}

const NO_CHANGE: Change = { incoming: [], removed: [], paperIds: [], again: [], splitOff: [] }

/** Blocks other writers until the end of the transaction. */
async function lockWrites(tx: Transaction): Promise<void> {
  await takeLock(tx, LOCKS.write)
}

async function change(tx: Transaction, wanted: Change): Promise<WriteCounts> {
  const matched = await matchRecords(tx, wanted)
  if (wanted.removed.length > 0) await deleteRecords(tx, wanted.removed)
  if (matched.clusters.length + matched.vanished.length > 0) await writeClusters(tx, matched)
  else await keepRecords(tx, matched)
  return matched.counts
}

/** Papers that gained or lost records: their votes, which are stored by paper id, have to be counted again. */
function regrouped(clusters: readonly Cluster[]): number[] {
  const ids = clusters.flatMap(({ paperId, losers, moved, followed, from }) =>
    losers.length + moved.length + followed.length + from.length > 0 ? [paperId, ...from] : [],
  )
  return [...new Set(ids)]
}

async function writeClusters(tx: Transaction, matched: Matched): Promise<void> {
  const regrouping = regroupingOf(matched)
  const { clusters, targets, stated, redirects, gone, old, cleared } = regrouping
  const needs = await readNeeds(tx, regrouping)
  const parts = await writeParts(tx, regrouping, needs)
  const { identifiers, references, topics, repositories, bylines } = parts
  const contested = clusters.flatMap(({ paperId, contested }) =>
    contested.map((lost) => ({ ...lost, paper_id: paperId })),
  )
  await writeContested(tx, contested)
  await writeEntangled(tx, matched.entangled.now, matched.entangled.before)
  await linkCitations(tx, { ...identifiers, citing: references })
  await followPapers(tx, old)
  await keepRecords(tx, matched)
  await redirectPapers(tx, clusters)
  const deleted = await deletePapers(tx, gone)
  await renewNames(
    tx,
    cleared.flatMap((id) => matched.before.get(id) ?? []),
    stated,
  )
  await recountUpvotes(tx, regrouped(clusters))
  const gains = { topics: topics.gains, repositories: repositories.gains }
  await recount(tx, { venues: needs.venues, ...gains })
  noteParts(tx, parts)
  await noteIdentifiers(tx, identifiers, new Set(old))
  await noteContested(tx, needs.freed, contested, identifiers.added)
  await unsettleNames(tx, bylines, [...parts.evident, ...gone])
  noteClusters(tx, clusters, parts.rows, retractionDays(targets))
  noteDepartures(tx, deleted, redirects)
}

/** The result of regrouping. */
interface Regrouping {
  clusters: Cluster[]
  targets: TargetPaper[]
  /** The target papers with the records that they are merged from. */
  stated: (TargetPaper & { records: PaperRecord[] })[]
  /** For each paper that was merged into another: that other paper. */
  redirects: Map<number, number>
  /** For each new paper: the papers that its records belonged to before. */
  fallen: Map<number, readonly number[]>
  gone: number[]
  old: number[]
  /** Papers that may have rows to delete; new papers have none. */
  cleared: number[]
}

function regroupingOf({ clusters, vanished }: Matched): Regrouping {
  const targets = clusters.map(({ paperId, records, contested }): TargetPaper => {
    const merged = mergeRecords(records)
    const lost = new Set(contested.map(identifierKey))
    const identifiers = merged.identifiers.filter((id) => !lost.has(identifierKey(id)))
    return { paperId, merged: { ...merged, identifiers } }
  })
  const redirects = new Map(
    clusters.flatMap(({ paperId, losers }) => losers.map(({ id }) => [id, paperId] as const)),
  )
  const gone = [...redirects.keys(), ...vanished]
  const old = clusters.flatMap(({ isNew, paperId }) => (isNew ? [] : paperId))
  return {
    ...{ clusters, targets, redirects, gone, old, cleared: [...old, ...gone] },
    stated: targets.map((target, i) => ({ ...target, records: clusters[i]?.records ?? [] })),
    fallen: new Map(
      clusters.flatMap(({ isNew, paperId, from }) => (isNew ? [[paperId, from] as const] : [])),
    ),
  }
}

type Needs = Awaited<ReturnType<typeof readNeeds>>

/** Reads what is needed before papers are written. */
async function readNeeds(tx: Transaction, { targets, stated, cleared }: Regrouping) {
  const refs = await ensureReferences(tx, stated)
  const curated = await readCurated(tx)
  const subjects = subjectsOf(targets, curated)
  const paperTopics = await topicsOfPapers(tx, subjects, curated)
  const freed = await freeContested(tx, cleared)
  const venues = await venueGains(tx, targets, cleared, refs)
  return { refs, subjects, paperTopics, freed, venues }
}

type Parts = Awaited<ReturnType<typeof writeParts>>

/** Writes the papers and their dependent rows. */
async function writeParts(
  tx: Transaction,
  { targets, stated, redirects, fallen, gone, cleared }: Regrouping,
  { refs, subjects, paperTopics }: Needs,
) {
  const written = upsertPapers(tx, targets, refs)
  written.catch(() => {})
  // This statement takes by far the longest. The others wait for it; their rows are built meanwhile.
  await nextTurn()
  const printed = stated.map(({ paperId, merged, records }) => ({
    ...{ paperId, records },
    authors: merged.authors,
  }))
  return allKeyed({
    identifiers: writeIdentifiers(tx, targets, cleared),
    topics: writeTopics(tx, paperTopics, cleared),
    keywords: writeKeywords(tx, subjects, cleared),
    repositories: writeRepositories(tx, targets, cleared, refs),
    bylines: writeAuthors(tx, { bylines: printed, cleared, gone, redirects, fallen }),
    references: writeReferences(tx, targets, cleared),
    decisions: writeDecisions(tx, targets, cleared, refs),
    rows: written,
    evident: writeEvidence(tx, targets, subjects),
    institutions: writeInstitutions(tx, targets, cleared),
    statements: writeStatements(tx, targets, { cleared, redirects }),
    claims: writeClaims(tx, subjects, cleared),
  })
}

function noteParts(tx: Transaction, parts: Parts): void {
  noteFields(tx, parts.topics.papers, 'topics')
  noteFields(tx, parts.keywords, 'keywords')
  noteFields(tx, parts.repositories.papers, 'repositories')
  noteFields(tx, parts.references, 'references')
  noteFields(tx, parts.decisions, 'decisions')
}

/** The known retraction days of papers. */
const retractionDays = (targets: TargetPaper[]) =>
  new Map(targets.map(({ paperId, merged }) => [paperId, retractedOn(merged.events)]))

async function deletePapers(tx: Transaction, ids: number[]): Promise<number[]> {
  if (ids.length === 0) return []
  const rows = await tx.query<Stored<typeof papersTable, 'id'>>(sql`
    delete from ${papersTable} where ${papersTable.id} = any(${ids}::bigint[]) returning ${papersTable.id}`)
  return rows.map(({ id }) => id)
}

/** Deletes and returns the identifiers that old papers claimed but did not get. */
async function freeContested(tx: Transaction, cleared: number[]): Promise<ContestedRow[]> {
  if (cleared.length === 0) return []
  return tx.query<ContestedRow>(sql`
    delete from ${contestedIdentifiers} where ${contestedIdentifiers.paperId} = any(${cleared}::bigint[])
    returning ${columns(contestedIdentifiers, 'scheme', 'value', 'paperId', 'reason')}`)
}

/** How many papers each venue gains by this write. */
async function venueGains(
  tx: Transaction,
  targets: TargetPaper[],
  cleared: number[],
  refs: References,
): Promise<Gains> {
  const gains: Gains = new Map()
  for (const { merged } of targets) {
    const id = merged.venue ? refs.venueIds.get(merged.venue.slug) : undefined
    if (id !== undefined) addGain(gains, id, 1)
  }
  if (cleared.length === 0) return gains
  const lost = await tx.query<{ venue_id: number; papers: number }>(sql`
    select ${papersTable.venueId}, count(*) as papers from ${papersTable}
    where ${papersTable.id} = any(${cleared}::bigint[]) and ${papersTable.venueId} is not null group by ${papersTable.venueId}`)
  for (const { venue_id: id, papers } of lost) addGain(gains, id, -papers)
  return gains
}

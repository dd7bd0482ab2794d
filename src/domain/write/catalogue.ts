import { setImmediate as nextTurn } from 'node:timers/promises'
import { LOCKS, takeLock } from '../../db/locks/locks.ts'
import { alias, assigns, columns, recordset, sql } from '../../db/sql.ts'
import { contestedIdentifiers } from '../../db/tables/curation.ts'
import { papers as papersTable } from '../../db/tables/papers.ts'
import type { Transaction } from '../../db/transaction.ts'
import { mergeRecords } from '../record/merge.ts'
import type { PaperRecord } from '../record/paper-record.ts'
import { writeAuthors } from './authors/authors.ts'
import { forgetHidden, type Hidden, setAside } from './excluded/records.ts'
import { authorsOfRecords, forgetClaims } from './forget.ts'
import type { RecordKey } from './match/candidates.ts'
import { identifierKey, writeContested, writeEntangled } from './match/contested.ts'
import { type Incoming, incomingOf } from './match/entries.ts'
import { type Change, type Matched, matchRecords, type WriteCounts } from './match/match.ts'
import { deleteRecords, keepRecords } from './records.ts'
import { followPapers, linkCitations, writeReferences } from './relations/citations.ts'
import { recount } from './relations/recount.ts'
import { redirectPapers } from './relations/redirects.ts'
import {
  addGain,
  distinctRepositories,
  ensureReferences,
  type Gains,
  type References,
  repositoryKey,
  type TargetPaper,
  writeIdentifiers,
  writeRepositories,
  writeTopics,
} from './relations/relations.ts'

const t = alias(papersTable, 't')

/**
 * Writes records, each under its own (source, key), and brings their papers up to date, in a number of
 * statements that does not depend on how many there are. No two records may share (source, key). Writers take
 * turns, so concurrent imports are safe.
 */
export function writeRecords(tx: Transaction, records: PaperRecord[]): Promise<WriteCounts> {
  return writeIncoming(
    tx,
    records.map((record) => incomingOf(record)),
  )
}

/** As `writeRecords`, of records that were made ready before. */
export async function writeIncoming(tx: Transaction, incoming: Incoming[]): Promise<WriteCounts> {
  await lockWrites(tx)
  const { shown, removed, hidden, unchanged } = await setAside(tx, incoming)
  const authorIds = await authorsOfRecords(tx, removed)
  const counts = await change(tx, { ...NO_CHANGE, incoming: shown, removed })
  if (removed.length > 0) await forgetClaims(tx, authorIds, removed)
  return {
    ...counts,
    waiting: counts.waiting + hidden,
    unchanged: counts.unchanged + unchanged,
  }
}

/** Writes records that were taken out, each back to the paper that it had where that is still its own. */
export async function restoreRecords(tx: Transaction, records: readonly Hidden[]): Promise<void> {
  await lockWrites(tx)
  const incoming = records.map(({ record, ...own }) => ({ ...incomingOf(record), ...own }))
  await change(tx, { ...NO_CHANGE, incoming })
}

/**
 * Deletes records and rebuilds their papers from the remaining ones; such a paper may split. A paper without records is
 * deleted with its id. Unknown records are ignored.
 */
export async function removeRecords(tx: Transaction, removed: RecordKey[]): Promise<void> {
  await takeOut(tx, removed)
  await forgetHidden(tx, removed)
}

/** As `removeRecords`, of records that are kept where nobody sees them. */
export async function takeOut(tx: Transaction, removed: RecordKey[]): Promise<void> {
  await lockWrites(tx)
  await change(tx, { ...NO_CHANGE, removed })
}

/**
 * Regroups the records of these papers and writes the papers, as after a change of the merging rules. An id
 * goes where the record goes that it was first given for; other parts get ids of their own. `again` are records to group
 * anew besides, of a paper or not; `splitOff` those that leave their paper's id to the others.
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

/** Until the end of the transaction no other writes. */
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

async function writeClusters(tx: Transaction, matched: Matched): Promise<void> {
  const { clusters, vanished } = matched
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
  // Papers that are new have nothing that would have to go.
  const cleared = [...old, ...gone]
  const refs = await ensureReferences(tx, targets)
  const venues = await venueGains(tx, targets, cleared, refs)
  const written = upsertPapers(tx, targets, refs)
  written.catch(() => {})
  // By far the longest statement: the rows of the others, which wait for it, are made meanwhile.
  await nextTurn()
  const bylines = targets.map(({ paperId, merged }) => ({ paperId, authors: merged.authors }))
  const [identifiers, topics, repositories, byBylines, byReferences] = await Promise.all([
    writeIdentifiers(tx, targets, cleared),
    writeTopics(tx, targets, cleared, refs),
    writeRepositories(tx, targets, cleared, refs),
    writeAuthors(tx, { bylines, cleared, gone, redirects }),
    writeReferences(tx, targets, cleared),
    written,
  ])
  await writeContested(
    tx,
    clusters.flatMap(({ paperId, contested }) =>
      contested.map((lost) => ({ ...lost, paper_id: paperId })),
    ),
  )
  await writeEntangled(tx, matched.entangled.now, matched.entangled.before)
  const changed = new Set([
    ...identifiers.lost,
    ...identifiers.added.map((row) => row.paper_id),
    ...[...topics.papers, ...repositories.papers, ...byBylines, ...byReferences],
  ])
  await linkCitations(tx, { ...identifiers, citing: byReferences })
  await followPapers(tx, old)
  await keepRecords(tx, matched)
  await redirectPapers(tx, clusters)
  if (gone.length > 0)
    await tx.query(sql`delete from ${papersTable} where ${papersTable.id} = any(${gone}::bigint[])`)
  await touchPapers(
    tx,
    old.filter((id) => changed.has(id)),
  )
  await recount(tx, { venues, topics: topics.gains, repositories: repositories.gains })
}

/** By how many papers venues will have more, before these are written. Also forgets what old papers named in vain. */
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
    with freed as (delete from ${contestedIdentifiers} where ${contestedIdentifiers.paperId} = any(${cleared}::bigint[]))
    select ${papersTable.venueId}, count(*) as papers from ${papersTable}
    where ${papersTable.id} = any(${cleared}::bigint[]) and ${papersTable.venueId} is not null group by ${papersTable.venueId}`)
  for (const { venue_id: id, papers } of lost) addGain(gains, id, -papers)
  return gains
}

/** What is written of a paper; the rest is counted or generated. */
const PAPER_KEYS = [
  'title',
  'titleKey',
  'abstract',
  'tldr',
  'kind',
  'publishedOn',
  'publishedPrecision',
  'eventYear',
  'language',
  'licence',
  'isRetracted',
  'venueId',
  'publication',
  'landingUrl',
  'pdfUrl',
  'authorCount',
  'statedCitationCount',
  'upvoteCount',
  'repositoryCount',
  'starCount',
] as const

/**
 * Inserts papers, and updates those that are there and differ. Not by ON CONFLICT, which computes the vectors of a row for the insert
 * and again for the update: by far the most expensive part of both.
 */
async function upsertPapers(
  tx: Transaction,
  papers: TargetPaper[],
  refs: References,
): Promise<void> {
  const rows = papers.map((paper) => paperRow(paper, refs))
  const r = alias(papersTable, 'r')
  await tx.query(sql`
    with given as materialized (
      select * from ${recordset(papersTable, 'r', ['id', ...PAPER_KEYS], rows)}
    ), changed as (
      update ${t} set ${assigns(papersTable, r, ...PAPER_KEYS)}, ${papersTable.updatedAt} = now() from given r
      where ${t.id} = ${r.id} and (${columns(t, ...PAPER_KEYS)}) is distinct from (${columns(r, ...PAPER_KEYS)})
    )
    insert into ${papersTable} (${columns(papersTable, 'id', ...PAPER_KEYS)}) overriding system value
    select ${columns(r, 'id', ...PAPER_KEYS)} from given r where not exists (select from ${t} where ${t.id} = ${r.id})`)
}

function paperRow({ paperId, merged }: TargetPaper, refs: References) {
  const stars = merged.repositories.map((r) => refs.repositories.get(repositoryKey(r))?.stars ?? 0)
  return {
    id: paperId,
    title: merged.title,
    titleKey: merged.titleKey,
    abstract: merged.abstract,
    tldr: merged.tldr,
    kind: merged.kind,
    publishedOn: merged.published?.on ?? null,
    publishedPrecision: merged.published?.precision ?? null,
    eventYear: merged.eventYear,
    language: merged.language,
    licence: merged.licence,
    isRetracted: merged.isRetracted,
    venueId: merged.venue ? (refs.venueIds.get(merged.venue.slug) ?? null) : null,
    publication: merged.publication,
    landingUrl: merged.landingUrl,
    pdfUrl: merged.pdfUrl,
    authorCount: merged.authors.length,
    statedCitationCount: merged.citationCount,
    upvoteCount: merged.upvoteCount,
    repositoryCount: distinctRepositories(merged, refs.repositories).length,
    starCount: Math.max(0, ...stars),
  }
}

/** A paper whose relations changed is as new as one whose own row did. */
async function touchPapers(tx: Transaction, ids: number[]): Promise<void> {
  if (ids.length === 0) return
  await tx.query(sql`
    update ${papersTable} set ${papersTable.updatedAt} = now() where ${papersTable.id} = any(${ids}::bigint[]) and ${papersTable.updatedAt} <> now()`)
}

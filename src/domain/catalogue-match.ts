import sql from 'sql-template-tag'
import type { Transaction } from '../db/transaction.ts'
import type { PaperRecord } from './paper-record.ts'
import { type Comparable, comparable, isSamePaper, matchHash } from './same-paper.ts'

/** A record on its way in, with the hash that tells whether it was read before. */
export interface Incoming {
  record: PaperRecord
  hash: string
  /** Of its title and authors: records that may be the same by these have the same. */
  matchHash: string
}

/** Records that describe one paper: those that came in, and all that the catalogue holds of it. */
export interface Cluster {
  paperId: number
  isNew: boolean
  /** Papers that turned out to be the same; they go. */
  losers: number[]
  incoming: Incoming[]
  records: PaperRecord[]
}

export interface Matched {
  clusters: Cluster[]
  created: number
  updated: number
  merged: number
  unchanged: number
  /** Records without a title that share no identifier with any paper: they have nothing to add to. */
  unplaced: PaperRecord[]
}

const FILLED_AT_ONCE = 1000

/** Gives records of older versions their match hash, without which they are not found by their titles. */
export async function fillMatchHashes(tx: Transaction): Promise<void> {
  for (;;) {
    const rows = await tx.query<{ source: string; key: string; record: PaperRecord }>(sql`
      select source, key, record from source_records where match_hash is null limit ${FILLED_AT_ONCE}`)
    if (rows.length === 0) return
    const hashes = rows.map(({ source, key, record }) => {
      return { source, key, hash: matchHash(comparable(record)) }
    })
    await tx.query(sql`
      update source_records t set match_hash = r.hash
      from jsonb_to_recordset(${JSON.stringify(hashes)}::text::jsonb) as r(source text, key text, hash bigint)
      where t.source = r.source and t.key = r.key`)
  }
}

interface Known {
  paperId: number
  record: PaperRecord
}

/**
 * Groups incoming records with one another and with the catalogue's papers. The rule compares records, not
 * merged papers, and groups are its connected components: so they do not depend on the order of arrival.
 */
export async function matchRecords(tx: Transaction, incoming: Incoming[]): Promise<Matched> {
  const own = await findOwnPapers(tx, incoming)
  const changed = incoming.filter(
    ({ record, hash }) => own.get(recordKey(record))?.content_hash !== hash,
  )
  const counts = { created: 0, updated: 0, merged: 0, unchanged: incoming.length - changed.length }
  if (changed.length === 0) return { clusters: [], unplaced: [], ...counts }
  const ownIds = changed.flatMap(({ record }) => own.get(recordKey(record))?.paper_id ?? [])
  const known = await loadCandidates(tx, changed, ownIds)
  const groups = group(changed, known, own)
  const hasTitle = ({ incoming: given, known: kept }: Group) =>
    given.some(({ record }) => record.title !== '') || kept.some(({ title }) => title !== '')
  const clusters = await asClusters(tx, groups.filter(hasTitle))
  const unplaced = groups.filter((found) => !hasTitle(found))
  for (const cluster of clusters) {
    for (const [index, { record }] of cluster.incoming.entries()) {
      if (own.has(recordKey(record))) counts.updated++
      else if (cluster.isNew && index === 0) counts.created++
      else counts.merged++
    }
  }
  const left = unplaced.flatMap(({ incoming: given }) => given.map(({ record }) => record))
  return { clusters, unplaced: left, ...counts }
}

const recordKey = (record: { source: string; key: string }) => `${record.source}\n${record.key}`

interface OwnRow {
  source: string
  key: string
  paper_id: number
  content_hash: string
}

async function findOwnPapers(tx: Transaction, incoming: Incoming[]): Promise<Map<string, OwnRow>> {
  const keys = incoming.map(({ record: { source, key } }) => ({ source, key }))
  const rows = await tx.query<OwnRow>(sql`
    select s.source, s.key, s.paper_id, s.content_hash
    from jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb) as r(source text, key text)
    join source_records s on s.source = r.source and s.key = r.key`)
  return new Map(rows.map((row) => [recordKey(row), row]))
}

async function loadCandidates(
  tx: Transaction,
  changed: Incoming[],
  ownIds: number[],
): Promise<Known[]> {
  const identifiers = changed.flatMap(({ record }) => record.identifiers)
  const hashes = changed.map(({ matchHash: hash }) => hash).filter((hash) => hash !== '0')
  const rows = await tx.query<{ paper_id: number; record: PaperRecord }>(sql`
    with candidate as (
      select i.paper_id as id
      from jsonb_to_recordset(${JSON.stringify(identifiers)}::text::jsonb) as r(scheme text, value text)
      join paper_identifiers i on i.scheme = r.scheme::identifier_scheme and i.value = r.value
      union
      select m.paper_id from jsonb_array_elements_text(${JSON.stringify(hashes)}::text::jsonb) h
      join source_records m on m.match_hash = h::bigint
      union
      select v::bigint from jsonb_array_elements_text(${JSON.stringify(ownIds)}::text::jsonb) v
    )
    select s.paper_id, s.record from source_records s join candidate c on c.id = s.paper_id`)
  return rows.map((row) => ({ paperId: row.paper_id, record: row.record }))
}

interface Group {
  papers: number[]
  incoming: Incoming[]
  known: PaperRecord[]
}

function group(changed: Incoming[], known: Known[], own: Map<string, OwnRow>): Group[] {
  const sets = disjointSets()
  const replaced = new Set(changed.map(({ record }) => recordKey(record)))
  const kept = known.filter(({ record }) => !replaced.has(recordKey(record)))
  const nodes: { node: string; record: PaperRecord }[] = kept.map(({ paperId, record }) => ({
    node: `paper ${paperId}`,
    record,
  }))
  for (const { record } of changed) {
    const node = `record ${recordKey(record)}`
    const paper = own.get(recordKey(record))
    if (paper) sets.join(node, `paper ${paper.paper_id}`)
    nodes.push({ node, record })
  }
  joinMatches(sets, nodes)
  const groups = new Map<string, Group>()
  const groupOf = (node: string) => {
    const root = sets.find(node)
    const found = groups.get(root) ?? { papers: [], incoming: [], known: [] }
    groups.set(root, found)
    return found
  }
  for (const item of changed) groupOf(`record ${recordKey(item.record)}`).incoming.push(item)
  for (const id of new Set(known.map(({ paperId }) => paperId)))
    groupOf(`paper ${id}`).papers.push(id)
  for (const { paperId, record } of kept) groupOf(`paper ${paperId}`).known.push(record)
  return [...groups.values()].filter(({ incoming }) => incoming.length > 0)
}

/** Only records that share an identifier or a match key can be one paper: no others are compared. */
function joinMatches(
  sets: ReturnType<typeof disjointSets>,
  nodes: { node: string; record: PaperRecord }[],
): void {
  const byIdentifier = new Map<string, string>()
  const byKey = new Map<string, { node: string; compared: Comparable }[]>()
  for (const { node, record } of nodes) {
    for (const { scheme, value } of record.identifiers) {
      const id = `${scheme}:${value}`
      const other = byIdentifier.get(id)
      if (other) sets.join(node, other)
      else byIdentifier.set(id, node)
    }
    const compared = comparable(record)
    if (compared.matchKey === null) continue
    const sameKey = byKey.get(compared.matchKey) ?? []
    for (const other of sameKey) {
      if (isSamePaper(compared, other.compared)) sets.join(node, other.node)
    }
    sameKey.push({ node, compared })
    byKey.set(compared.matchKey, sameKey)
  }
}

async function asClusters(tx: Transaction, groups: Group[]): Promise<Cluster[]> {
  const ids = await newIds(tx, 'papers', groups.filter(({ papers }) => papers.length === 0).length)
  return groups.map(({ papers, incoming, known }) => {
    const [winner, ...losers] = papers.toSorted((a, b) => a - b)
    return {
      paperId: winner ?? takeId(ids),
      isNew: winner === undefined,
      losers,
      incoming,
      records: [...known, ...incoming.map(({ record }) => record)],
    }
  })
}

/** Draws `count` ids from the table's sequence, so that rows of several tables can be written set by set. */
export async function newIds(
  tx: Transaction,
  table: 'papers' | 'authors',
  count: number,
): Promise<number[]> {
  if (count === 0) return []
  // As a subquery the sequence is looked up once, not for each row.
  const rows = await tx.query<{ id: number }>(sql`
    select nextval((select pg_get_serial_sequence(${table}::text, 'id'))::regclass) as id
    from generate_series(1, ${count}::int)`)
  return rows.map(({ id }) => id)
}

/** The next of the ids drawn. */
export function takeId(ids: number[]): number {
  const id = ids.shift()
  if (id === undefined) throw new Error('fewer ids were drawn than are needed')
  return id
}

function disjointSets() {
  const parents = new Map<string, string>()
  const find = (node: string): string => {
    const parent = parents.get(node) ?? node
    if (parent === node) return node
    const root = find(parent)
    parents.set(node, root)
    return root
  }
  return { find, join: (a: string, b: string) => void parents.set(find(a), find(b)) }
}

import { transaction } from '../db/transaction.ts'
import { type CitationEdge, writeEdges } from '../domain/catalogue-edges.ts'
import { type WriteCounts, writeRecords } from '../domain/catalogue-write.ts'
import type { PaperRecord } from '../domain/paper-record.ts'
import type { EdgeReading, Refusal } from './outcome.ts'

const BATCH_SIZE = 500

/** A batch of few records may still be large: so many characters of text and authors end it, too. */
const BATCH_WEIGHT = 4_000_000
const AUTHOR_WEIGHT = 100

/** Citations are short: of so many times more than records a batch is made. */
const EDGES_PER_RECORD = 8

interface BatchOptions {
  url: string
  batchSize?: number
  /** What was written is added to these. */
  counts: WriteCounts
  /** Called for a record that turns out to have no place. */
  refuse: (position: number, refusal: Refusal) => Promise<void>
  /** Called after each write. */
  tell: () => void
}

/** Gathers records, or citations, and writes them batch by batch, each in a transaction. */
export function openBatch(options: BatchOptions) {
  const records = gatherRecords(options)
  const edges = gatherEdges(options)
  return {
    add: records.add,
    addEdge: edges.add,
    async flush() {
      await records.flush()
      await edges.flush()
    },
  }
}

function gatherRecords({ url, batchSize = BATCH_SIZE, counts, refuse, tell }: BatchOptions) {
  const batch = new Map<string, { position: number; record: PaperRecord }>()
  const keyOf = ({ source, key }: PaperRecord) => `${source}\n${key}`
  let weight = 0
  const flush = async () => {
    const given = new Map(batch)
    batch.clear()
    weight = 0
    if (given.size === 0) return
    const records = [...given.values()].map(({ record }) => record)
    const { unplaced, ...written } = await transaction(url, (tx) => writeRecords(tx, records))
    add(counts, written)
    for (const record of unplaced) {
      const position = given.get(keyOf(record))?.position ?? 0
      await refuse(position, { key: record.key, reason: NO_PLACE })
    }
    tell()
  }
  return {
    flush,
    async add(position: number, record: PaperRecord) {
      const key = keyOf(record)
      // An entry that stands twice in a file is a record read again: it comes after the first.
      if (batch.has(key) || batch.size >= batchSize || weight > BATCH_WEIGHT) await flush()
      batch.set(key, { position, record })
      weight += (record.abstract?.length ?? 0) + record.authors.length * AUTHOR_WEIGHT
    },
  }
}

const NO_PLACE =
  'the entry has no title, and the catalogue no paper with its identifier; import the papers first'

function gatherEdges({ url, batchSize = BATCH_SIZE, counts, tell }: BatchOptions) {
  const edges: CitationEdge[] = []
  let from = ''
  const flush = async () => {
    const given = edges.splice(0)
    if (given.length === 0) return
    const { written, unchanged } = await transaction(url, (tx) => writeEdges(tx, from, given))
    add(counts, { created: written, updated: 0, merged: 0, unchanged })
    tell()
  }
  return {
    flush,
    async add({ source, edge }: EdgeReading) {
      if (edges.length >= batchSize * EDGES_PER_RECORD || source !== from) await flush()
      from = source
      edges.push(edge)
    },
  }
}

function add(counts: WriteCounts, written: WriteCounts): void {
  counts.created += written.created
  counts.updated += written.updated
  counts.merged += written.merged
  counts.unchanged += written.unchanged
}

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { PaperRecord } from '../../src/domain/record/paper-record.ts'
import { entryOf } from '../../src/import/entry.ts'
import { findAdapter } from '../../src/import/formats.ts'

const DATA = fileURLToPath(new URL('../../../shared/data', import.meta.url))

/** Whether real input exists beside the repository, which does not include it. */
export const hasRealData = existsSync(DATA)

/** One of this many files of a folder is read, because many of them are similar. */
const STEPS = { paperlists: 12, 'hf-daily': 240, formats: 1, er: 1 }

/** Folders of files with thousands of entries. */
const THINNED = ['paperlists', 'er']

/** Tables of pairs of records, not of papers. */
const NO_PAPERS = /^(?:DBLP-ACM_perfectMapping|hard-pairs)/

/** Records of real papers, at most `most` from each file, spread evenly; `every` reads all files instead of a few. */
export async function realRecords(most: number, every = false): Promise<PaperRecord[]> {
  const records = new Map<string, PaperRecord>()
  for (const [folder, step] of Object.entries(STEPS))
    for (const path of filesIn(folder, every ? 1 : step)) {
      const bytes = bytesOf(path)
      const all = await recordsFrom(path, THINNED.includes(folder) ? thinned(bytes, most) : bytes)
      const share = Math.ceil(all.length / most)
      for (const record of all.filter((_, i) => i % share === 0))
        records.set(`${record.source}:${record.key}`, record)
    }
  return [...records.values()]
}

/** All records of real papers in these files. */
export async function recordsOfFiles(...names: string[]): Promise<PaperRecord[]> {
  const read = await Promise.all(names.map((name) => recordsIn(join(DATA, name))))
  return read.flat()
}

/** At most `most` titles with a colon, from all lists of conferences. */
export function titlesWithColon(most: number): string[] {
  const titles = filesIn('paperlists', 1).flatMap((path) => {
    const list = JSON.parse(gunzipSync(readFileSync(path)).toString()) as { title?: string }[]
    return list.flatMap(({ title }) => (title?.includes(':') ? [title] : []))
  })
  const every = Math.max(1, Math.floor(titles.length / most))
  return titles.filter((_, i) => i % every === 0).slice(0, most)
}

const filesIn = (folder: string, step: number) =>
  readdirSync(join(DATA, folder))
    .filter((name) => /\.(?:json|bib|ris|xml|atom|csv)(?:\.gz)?$/.test(name))
    .filter((name, i) => i % step === 0 && !NO_PAPERS.test(name))
    .map((name) => join(DATA, folder, name))

/** A row of a table or an element of a library. */
const ROW = /(?<=\n).+\n/g
const ELEMENT = /<record>.*?<\/record>/gs

/** A table, library or array with at most `most` of its entries, spread evenly: reading all thousands takes seconds. */
export function thinned(bytes: Buffer, most: number): Buffer {
  const text = bytes.toString()
  if (text.startsWith('[')) return thinnedArray(JSON.parse(text), most)
  const entry = text.startsWith('<') ? ELEMENT : ROW
  const share = Math.ceil((text.match(entry)?.length ?? 0) / most)
  let n = 0
  return Buffer.from(text.replace(entry, (whole) => (n++ % share === 0 ? whole : '')))
}

function thinnedArray(entries: unknown[], most: number): Buffer {
  const share = Math.ceil(entries.length / most)
  return Buffer.from(JSON.stringify(entries.filter((_, i) => i % share === 0)))
}

function bytesOf(path: string): Buffer {
  const raw = readFileSync(path)
  return path.endsWith('.gz') ? gunzipSync(raw) : raw
}

/** The records of papers in a file, as its adapter reads them. */
export const recordsIn = (path: string): Promise<PaperRecord[]> => recordsFrom(path, bytesOf(path))

async function recordsFrom(path: string, bytes: Buffer): Promise<PaperRecord[]> {
  const name = basename(path, '.gz')
  const adapter = await findAdapter('auto', {
    ...{ name, head: bytes.subarray(0, 65_536), bytesTotal: bytes.length, bytesRead: () => 0 },
    text: piecesOf(bytes),
  })
  const records: PaperRecord[] = []
  for await (const outcome of adapter(piecesOf(bytes), name)) {
    const entry = entryOf(outcome)
    if ('record' in entry && entry.record.title !== '') records.push(entry.record)
  }
  return records
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

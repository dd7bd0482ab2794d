import type { PaperRecord } from '../domain/paper-record.ts'

/** What an adapter makes of one entry of its source: a record, or the reason why it is none. */
export type Outcome =
  | { position: number; record: PaperRecord }
  | { position: number; reject: { key: string | null; reason: string } }

/** Joins hard newlines and runs of white space; null when nothing is left. */
export function cleanText(text: unknown): string | null {
  if (typeof text !== 'string') return null
  // NUL is the one character that Postgres cannot hold.
  const clean = text.replaceAll('\0', '').replace(/\s+/g, ' ').trim()
  return clean === '' ? null : clean
}

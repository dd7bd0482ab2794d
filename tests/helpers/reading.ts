import { expect } from 'vitest'
import type { PaperRecord } from '../../src/domain/record/paper-record.ts'
import { entryOf } from '../../src/import/entry.ts'
import { findAdapter } from '../../src/import/formats.ts'
import type { Refusal } from '../../src/import/input/outcome.ts'

/** What the adapter of a format reads in a text, which must also be recognised as of that format. */
export async function readText(format: string, text: string | Buffer, name = 'library') {
  const bytes = Buffer.from(text)
  const input = {
    ...{ name, head: bytes, bytesTotal: bytes.length, bytesRead: () => 0 },
    text: (async function* () {
      // Pieces end anywhere, also within characters.
      for (let at = 0; at < bytes.length; at += 997) yield bytes.subarray(at, at + 997)
    })(),
  }
  const adapter = await findAdapter('auto', input)
  expect(adapter).toBe(await findAdapter(format, input))
  const records: PaperRecord[] = []
  const rejects: (Refusal & { position: number })[] = []
  const repairs: string[] = []
  for await (const outcome of adapter(input.text, name)) {
    const entry = entryOf(outcome)
    if ('reject' in entry) rejects.push({ position: entry.position, ...entry.reject })
    if (!('record' in entry)) continue
    repairs.push(...entry.repairs)
    records.push(entry.record)
  }
  return { records, rejects, repairs }
}

export const namesOf = (record: PaperRecord | undefined) => record?.authors.map(({ name }) => name)
export const idsOf = (record: PaperRecord | undefined) =>
  record?.identifiers.map(({ scheme, value }) => `${scheme}:${value}`)

import { expect } from 'vitest'
import type { PaperRecord } from '../../src/domain/record/paper-record.ts'
import { AppError } from '../../src/errors.ts'
import { entryOf } from '../../src/import/entry.ts'
import { findAdapter } from '../../src/import/formats.ts'
import type { Adapter, Refusal } from '../../src/import/input/outcome.ts'

/** The records that an adapter reads from a text, which must also be recognised as that format. */
export async function readText(format: string, text: string | Buffer, name = 'library') {
  const input = inputOf(Buffer.from(text), name)
  const adapter = await findAdapter('auto', input)
  expect(adapter).toBe(await findAdapter(format, input))
  const { fault, ...read } = await collect(adapter, input)
  if (fault !== null) throw fault
  return read
}

/** The records that an adapter reads from damaged bytes, and the reason if it stopped early. */
export async function readDamaged(format: string, bytes: Buffer) {
  const input = inputOf(bytes, 'library')
  return collect(await findAdapter(format, input), input)
}

function inputOf(bytes: Buffer, name: string) {
  return {
    ...{ name, head: bytes, bytesTotal: bytes.length, bytesRead: () => 0 },
    text: (async function* () {
      // Pieces end anywhere, even within characters.
      for (let at = 0; at < bytes.length; at += 997) yield bytes.subarray(at, at + 997)
    })(),
  }
}

async function collect(adapter: Adapter, { text, name }: ReturnType<typeof inputOf>) {
  const records: PaperRecord[] = []
  const also: PaperRecord[] = []
  const rejects: (Refusal & { position: number })[] = []
  const repairs: string[] = []
  let fault: Error | null = null
  try {
    for await (const outcome of adapter(text, name)) {
      const entry = entryOf(outcome)
      if ('reject' in entry) rejects.push({ position: entry.position, ...entry.reject })
      if (!('record' in entry)) continue
      repairs.push(...entry.repairs)
      records.push(entry.record)
      also.push(...entry.also)
    }
  } catch (error) {
    // A fault of the text, not of the code.
    if (!(error instanceof AppError) && (error as Error).constructor !== Error) throw error
    fault = error as Error
  }
  return { records, also, rejects, repairs, fault }
}

export const namesOf = (record: PaperRecord | undefined) => record?.authors.map(({ name }) => name)
export const idsOf = (record: PaperRecord | undefined) =>
  record?.identifiers.map(({ scheme, value }) => `${scheme}:${value}`)

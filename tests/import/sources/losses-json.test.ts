import { expect, test } from 'vitest'
import {
  brokenFrom,
  type Place,
  placesIn,
  type Value,
  valueAt,
  withValue,
} from '../../helpers/broken-values.ts'
import { readText } from '../../helpers/reading.ts'
import { ENTRIES } from '../../helpers/stated-entries.ts'

/** Values that repeat another value of the entry, which is kept instead, or of which only one is used. */
const SPARE: Record<string, RegExp> = {
  openalex: /^type$/,
  s2: /^publicationtypes/,
  // Free text, from which only the repositories are taken.
  openreview: /^content\.code$/,
}

const read = async (format: string, entry: Value) => readText(format, `${JSON.stringify(entry)}\n`)

/** The positions of an entry whose values its record depends on. */
async function placesRead(format: string, entry: Value) {
  const whole = JSON.stringify((await read(format, entry)).records)
  const found: { place: Place; without: string }[] = []
  for (const place of placesIn(entry)) {
    const { records, repairs } = await readSafely(format, withValue(entry, place, undefined))
    if (typeof place.at(-1) === 'string') expect(repairs, place.join('.')).toEqual([])
    const without = JSON.stringify(records)
    if (without !== whole) found.push({ place, without })
  }
  return found
}

/** Without the value that identifies its format, a text has no format. */
const readSafely = async (format: string, entry: Value) => {
  try {
    return await read(format, entry)
  } catch {
    return { records: [], repairs: [], rejects: [{ reason: 'in no format' }] }
  }
}

test.each(Object.entries(ENTRIES))(
  '%s: a wrong value is kept, or reported',
  async (format, entry) => {
    expect((await read(format, entry)).repairs).toEqual([])
    const silent: string[] = []
    let count = 0
    for (const { place, without } of await placesRead(format, entry)) {
      const name = place.join('.')
      if (SPARE[format]?.test(name)) continue
      for (const wrong of brokenFrom(valueAt(entry, place))) {
        const { records, repairs, rejects } = await readSafely(
          format,
          withValue(entry, place, wrong),
        )
        const isTold = repairs.length > 0 || rejects.length > 0
        count++
        if (!isTold && JSON.stringify(records) === without)
          silent.push(`${name}: ${JSON.stringify(wrong)}`)
      }
    }
    expect(count).toBeGreaterThan(50)
    expect(silent).toEqual([])
  },
)

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readText } from '../../helpers/reading.ts'

/** Version 1 of the format at its first release; never rewritten. */
const OLDEST = fileURLToPath(new URL('../../fixtures/export/export-1.jsonl', import.meta.url))

test('an export of the oldest paperql is read completely: newer fields are optional, or have a default', async () => {
  const text = readFileSync(OLDEST, 'utf8')
  const lines = text
    .trim()
    .split('\n')
    .map((line) => Object.keys(JSON.parse(line))[0])
  expect(new Set(lines)).toEqual(
    new Set(['paperql', 'decision', 'record', 'profile', 'repository', 'citation']),
  )
  const { records, rejects, repairs } = await readText('paperql', text, 'export-1.jsonl')
  expect({ rejects, repairs }).toEqual({ rejects: [], repairs: [] })
  expect(records).toHaveLength(lines.filter((kind) => kind === 'record').length)
})

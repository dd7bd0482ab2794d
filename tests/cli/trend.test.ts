import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCli, runProcess } from '../helpers/cli.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())

test('trend reports the number of papers read, in words or as JSON', async () => {
  const env = { DATABASE_URL: t.url }
  const inWords = await runProcess(['trend'], { env })
  expect(inWords).toMatchObject({ code: 0, stderr: '' })
  expect(inWords.stdout).toBe('Read 0 papers; 0 have a new trending score.\n')
  const asJson = await runCli(['trend', '--all', '--json'], { env })
  expect(asJson.code).toBe(0)
  expect(JSON.parse(asJson.stdout)).toMatchObject({ papers: 0, changed: 0 })
})

import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const SRC = fileURLToPath(new URL('../src', import.meta.url))

/** Which folders of src each folder may import. Files at the top of src compose and may import any. */
const MAY_IMPORT: Record<string, string[]> = {
  server: ['graphql', 'domain', 'db'],
  graphql: ['bibliography', 'domain', 'db'],
  cli: ['backup', 'export', 'sync', 'import', 'domain', 'db'],
  sync: ['import', 'domain', 'db'],
  import: ['domain', 'db'],
  export: ['bibliography', 'domain', 'db'],
  backup: ['db'],
  sample: ['import', 'domain', 'db'],
  bibliography: ['domain', 'db'],
  domain: ['db'],
  db: [],
}
/** Files at the top of src that every layer may use. */
const SHARED = ['errors.ts', 'config.ts', 'log.ts', 'version.ts']
const MOST_LINES = 350

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.(ts|mjs)$/.test(file),
)

test.each(files.filter((file) => file.includes('/')))('%s imports only layers below', (file) => {
  const layer = file.split('/')[0] ?? ''
  const allowed = MAY_IMPORT[layer]
  expect(allowed, `${layer} is not in the table of layers`).toBeDefined()
  const text = readFileSync(join(SRC, file), 'utf8')
  const imported = [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map((match) =>
    relative(SRC, join(SRC, file, '..', match[1] ?? '')),
  )
  const wrong = imported.filter((path) => {
    const target = path.split('/')[0] ?? ''
    return target !== layer && !SHARED.includes(path) && !allowed?.includes(target)
  })
  expect(wrong).toEqual([])
})

test.each(files)('%s can be read in one sitting', (file) => {
  const lines = readFileSync(join(SRC, file), 'utf8').split('\n').length
  expect(lines).toBeLessThanOrEqual(MOST_LINES)
})

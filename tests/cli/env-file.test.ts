import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A folder like a clone, with a `.env` of the test. */
let clone: string
beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), 'paperql-env-'))
  await mkdir(join(clone, 'src'))
  await copyFile(join(root, 'src/bin.mjs'), join(clone, 'src/bin.mjs'))
  await symlink(join(root, 'src/cli'), join(clone, 'src/cli'))
  for (const name of ['node_modules', 'package.json'])
    await symlink(join(root, name), join(clone, name))
})
afterEach(() => rm(clone, { recursive: true }))

/** The error for a wrong first variable. */
async function complaintOf(file: string | Uint8Array, env: Record<string, string> = {}) {
  await writeFile(join(clone, '.env'), file)
  return await new Promise<string>((resolve) => {
    const args = [join(clone, 'src/bin.mjs'), 'serve']
    execFile(process.execPath, args, { env: { PATH: process.env.PATH, ...env } }, (_, __, stderr) =>
      resolve(stderr),
    )
  })
}

const WRONG = 'PORT=nowhere\nHOST=127.0.0.1\n'

test.each([
  ['plain', WRONG],
  ['with a byte order mark', `\uFEFF${WRONG}`],
  ['with line ends of Windows', WRONG.replaceAll('\n', '\r\n')],
  ['with both', `\uFEFF${WRONG.replaceAll('\n', '\r\n')}`],
  ['with export and quotes', 'export PORT="nowhere"\n'],
])('the first variable is read from a file %s', async (_, file) => {
  expect(await complaintOf(file)).toMatch(/PORT.*nowhere/)
})

test('the environment takes precedence', async () => {
  expect(await complaintOf(WRONG, { PORT: 'elsewhere' })).toMatch(/PORT.*elsewhere/)
})

test.each([
  ['UTF-16', Buffer.from(`\uFEFF${WRONG}`, 'utf16le')],
  ['Latin-1', Buffer.from('PORT=caf\u00e9\n', 'latin1')],
])('a file in %s is refused, with the expected encoding', async (_, file) => {
  expect(await complaintOf(file)).toMatch(/\.env cannot be read .*text file in UTF-8/)
})

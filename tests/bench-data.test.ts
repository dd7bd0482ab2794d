import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)
/** Benchmarks of the search use packages of their own, which the first of them installs. */
const isInstalled = existsSync(new URL('./bench/node_modules/postgres', import.meta.url))

const NOWHERE = '/no/such/folder'

test.each(['authors.mjs', 'trial.mjs', ...(isInstalled ? ['search.mjs'] : [])])(
  '%s with a missing data folder is an error',
  async (name) => {
    const ended = await run(
      process.execPath,
      ['--import', 'tsx', `tests/bench/${name}`, '--data', NOWHERE],
      { cwd: new URL('..', import.meta.url) },
    ).catch((error: unknown) => error)
    expect(ended).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(`--data ${NOWHERE}: expected a folder`),
    })
  },
)

test('each benchmark with --data resolves its folder in the same way', async () => {
  const { stdout } = await run('grep', ['-lE', '\\bdata: \\{ type', ...(await benches())])
  expect(stdout.trim().split('\n').toSorted()).toEqual(
    ['authors.mjs', 'search.mjs', 'trial.mjs'].map((name) => `tests/bench/${name}`),
  )
})

async function benches(): Promise<string[]> {
  const { stdout } = await run('git', ['ls-files', 'tests/bench/*.mjs'])
  return stdout.trim().split('\n')
}

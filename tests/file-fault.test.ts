import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, openSync } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fileFault, makeFolders } from '../src/file-fault.ts'
import { BIN } from './helpers/cli.ts'
import { tracked } from './helpers/processes.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paperql-fault-'))
})
afterAll(() => rm(folder, { recursive: true }))

const errno = (code: string) => Object.assign(new Error(`${code}: oh`), { code })

test.each([
  ['ENOSPC', 'UNAVAILABLE', 'x.csv cannot be written: the disk is full (ENOSPC).'],
  ['EROFS', 'UNAVAILABLE', 'x.csv cannot be written: the file system is read-only (EROFS).'],
  ['EACCES', 'UNAVAILABLE', 'x.csv cannot be written: permission denied (EACCES).'],
  ['EUNKNOWN', 'UNAVAILABLE', 'x.csv cannot be written: EUNKNOWN: oh.'],
  ['ENOENT', 'BAD_USER_INPUT', 'x.csv cannot be written: there is no such folder (ENOENT).'],
  ['EISDIR', 'BAD_USER_INPUT', 'x.csv cannot be written: it is a folder (EISDIR).'],
])('%s is %s', (code, expected, message) => {
  expect(fileFault('x.csv', 'written', errno(code))).toMatchObject({ code: expected, message })
})

test('a missing file to read is reported as absent', () => {
  for (const code of ['ENOENT', 'ENOTDIR'])
    expect(fileFault('x.csv', 'read', errno(code)).message).toBe('There is no file x.csv.')
})

describe('folders', () => {
  test('are created with their parents, and existing ones stay', async () => {
    const deep = join(folder, 'a', 'b', 'c')
    expect(await makeFolders(deep)).toBe(join(folder, 'a'))
    expect((await stat(deep)).isDirectory()).toBe(true)
    expect(await makeFolders(deep)).toBeUndefined()
  })

  test.skipIf(!existsSync('/proc/self'))(
    'are not waited for if they cannot be created',
    async () => {
      await expect(makeFolders('/proc/x/y')).rejects.toThrow(/ENOENT/)
      await expect(makeFolders('/proc/version/x')).rejects.toThrow(/ENOTDIR/)
    },
  )
})

describe.skipIf(!existsSync('/dev/full'))('a standard stream on a full disk', () => {
  async function run(args: string[], stream: 'stdout' | 'stderr') {
    const full = openSync('/dev/full', 'w')
    const stdio =
      stream === 'stdout'
        ? (['ignore', full, 'pipe'] as const)
        : (['ignore', 'pipe', full] as const)
    const child = tracked(spawn(process.execPath, [BIN, ...args], { stdio: [...stdio] }))
    const ended = once(child, 'exit')
    const other = stream === 'stdout' ? child.stderr : child.stdout
    const told = other ? await text(other) : ''
    const [code] = await ended
    return { code, told }
  }

  test.each([[['print-schema']], [['completion', 'bash']], [['--help']], [['--version']]])(
    '%s reports it in a line, and fails',
    async (args) => {
      expect(await run(args, 'stdout')).toEqual({
        code: 1,
        told: 'error: Standard output cannot be written: the disk is full (ENOSPC).\n',
      })
    },
  )

  test('a lost message does not change the exit code', async () => {
    expect(await run(['import', 'auto', 'gone.json'], 'stderr')).toEqual({ code: 2, told: '' })
  })
})

import { execFileSync } from 'node:child_process'
import { access, chmod, chown, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SHARED_FOLDER } from '../../../src/db/embedded/binaries.ts'
import { openEmbedded } from '../../../src/db/embedded/embedded.ts'
import { findPlace } from '../../../src/db/embedded/place.ts'
import { runCli } from '../../helpers/cli.ts'
import { createDataFolder, createUsedDataFolder } from '../../helpers/cluster.ts'

const isRoot = process.getuid?.() === 0

/** `above/between/data` is the data folder. */
let above: string
let between: string
let dataDir: string
let cluster: string

beforeEach(async () => {
  above = await createDataFolder()
  between = join(above, 'between')
  dataDir = join(between, 'data')
  cluster = join(dataDir, 'postgres')
})

afterEach(() => rm(above, { recursive: true, force: true }))

const others = () => readdir(SHARED_FOLDER).catch(() => [] as string[])

/** Only root on Linux can mount, and not in every container. */
function mounts(...args: string[]): boolean {
  try {
    execFileSync('mount', args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

interface Fault {
  why: string
  /** Returns a function that undoes it; null if this machine or user cannot do it. */
  make: () => Promise<(() => unknown) | null>
  reason: () => string
}

const withMode = async (path: string, mode: number) => {
  await chmod(path, mode)
  return () => chmod(path, 0o755)
}

const FAULTS: Fault[] = [
  {
    why: 'a file system that became read-only',
    make: async () => {
      if (!mounts('--bind', dataDir, dataDir)) return null
      const undo = () => execFileSync('umount', ['-l', dataDir])
      if (mounts('-o', 'remount,bind,ro', dataDir)) return undo
      undo()
      return null
    },
    reason: () => `${cluster} cannot be written: the file system is read-only (EROFS)`,
  },
  ...['above', 'between', 'dataDir'].map((which) => {
    const closed = () => ({ above, between, dataDir })[which] ?? ''
    return {
      why: `lost rights of ${which}`,
      make: async () => withMode(closed(), isRoot ? 0o700 : 0o000),
      reason: () => (isRoot ? `may not enter ${closed()}` : 'permission denied'),
    }
  }),
  {
    why: 'a cluster that may not be written',
    make: async () => withMode(cluster, 0o500),
    reason: () => (isRoot ? `may not write in ${cluster}` : 'permission denied'),
  },
]

const commands = (file: string) => [
  ['imports'],
  ['export', 'jsonl'],
  ['backup', join(above, 'catalogue.backup')],
  ['import', 'auto', file],
  ['serve'],
]

describe('an unusable folder with a catalogue', () => {
  test.each(FAULTS)('is refused by every command with the reason: $why', async (fault) => {
    const made = await createUsedDataFolder()
    await mkdir(dataDir, { recursive: true })
    execFileSync('mv', [join(made, 'postgres'), dataDir])
    await rm(made, { recursive: true })
    const file = join(above, 'one.bib')
    await writeFile(file, '@article{a, title={On Folders}, author={Ada Lovelace}, year={2020}}\n')
    const before = await others()
    const undo = await fault.make()
    if (undo === null) return
    try {
      for (const args of commands(file)) {
        const env = { PAPERQL_DATA_DIR: dataDir, PORT: '0' }
        const { code, stdout, stderr } = await runCli(args, { env })
        expect({ args, code, stdout }).toEqual({ args, code: 1, stdout: '' })
        expect(stderr).toContain(`The data folder ${dataDir} cannot be used: `)
        expect(stderr).toContain(fault.reason())
      }
    } finally {
      await undo()
    }
    expect(await others()).toEqual(before)
    await expect(access(join(above, 'catalogue.backup'))).rejects.toThrow('ENOENT')
  })

  test('is refused if files are missing', async () => {
    await mkdir(cluster, { recursive: true })
    await expect(openEmbedded(dataDir)).rejects.toThrow(
      /The database in .*postgres is not complete: ENOENT/,
    )
  })
})

describe.skipIf(!isRoot)("a new folder that PostgreSQL's user may not enter", () => {
  const notices: string[] = []
  const find = () => findPlace(dataDir, (notice) => notices.push(notice))

  test('is replaced permanently', async () => {
    await mkdir(dataDir, { recursive: true })
    await chmod(between, 0o700)
    const { folder, account } = await find()
    const other = join(folder, '..')
    try {
      expect(other.startsWith(SHARED_FOLDER)).toBe(true)
      expect(notices).toEqual([
        `Keeping the data in ${other}, as PostgreSQL's user (number ${account?.uid}) may not enter ${between}.`,
      ])
      await mkdir(folder)
      await chown(folder, account?.uid ?? 0, account?.gid ?? 0)
      await chmod(between, 0o755)
      expect(await find()).toEqual({ folder, account })
      expect(notices.at(-1)).toBe(`The data of ${dataDir} is in ${other}.`)
    } finally {
      await rm(other, { recursive: true })
    }
  })
})

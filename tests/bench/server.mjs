import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { tsImport } from 'tsx/esm/api'

const BENCH = { url: process.env.BENCH_DATABASE_URL, folder: new URL('./.data', import.meta.url) }

/**
 * The PostgreSQL that `url` names, or an embedded one in `folder`. It is stopped with the services in `started`, and deleted if it
 * `isTemporary`: as root, its files are elsewhere. Benchmarks use that of BENCH_DATABASE_URL, or keep one in their own folder.
 */
export async function openServer(started, { url, folder, isTemporary = false } = BENCH) {
  if (url) return url
  const { openEmbedded } = await tsImport('../../src/db/embedded/embedded.ts', import.meta.url)
  const path = folder instanceof URL ? fileURLToPath(folder) : folder
  mkdirSync(dirname(path), { recursive: true })
  const embedded = await openEmbedded(path)
  started.push({
    async stop() {
      await embedded.close()
      if (isTemporary) rmSync(dirname(embedded.folder), { recursive: true, force: true })
    },
  })
  return embedded.url
}

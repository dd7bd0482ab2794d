import { fileURLToPath } from 'node:url'
import { tsImport } from 'tsx/esm/api'

const BENCH = { url: process.env.BENCH_DATABASE_URL, folder: new URL('./.data', import.meta.url) }

/**
 * The Postgres that `url` names, or an embedded one in `folder`, which is ended with what was `started`. Benchmarks take that of
 * BENCH_DATABASE_URL, or keep one beside them.
 */
export async function openServer(started, { url, folder } = BENCH) {
  if (url) return url
  const { openEmbedded } = await tsImport('../../src/db/embedded.ts', import.meta.url)
  const embedded = await openEmbedded(folder instanceof URL ? fileURLToPath(folder) : folder)
  started.push({ stop: () => embedded.close() })
  return embedded.url
}

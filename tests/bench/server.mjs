import { fileURLToPath } from 'node:url'
import { tsImport } from 'tsx/esm/api'

/** The Postgres that BENCH_DATABASE_URL names, or an embedded one, which is ended with what was `started`. */
export async function openServer(started) {
  if (process.env.BENCH_DATABASE_URL) return process.env.BENCH_DATABASE_URL
  const folder = fileURLToPath(new URL('./.data', import.meta.url))
  const { openEmbedded } = await tsImport('../../src/db/embedded.ts', import.meta.url)
  const embedded = await openEmbedded(folder)
  started.push({ stop: () => embedded.close() })
  return embedded.url
}

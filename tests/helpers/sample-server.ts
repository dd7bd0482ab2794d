import { createLog } from '../../src/log.ts'
import { startServer } from '../../src/server/http.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { patientConfig } from './patient-config.ts'

export interface SampleServer {
  t: TestDatabase
  url: string
  close(): Promise<void>
}

/** A server on a free port, with the sample in a separate database; `demo` adds the demonstration data. */
export async function startSampleServer(
  sample: 'sample' | 'demo' = 'sample',
): Promise<SampleServer> {
  const t = await createTestDatabase({ sample })
  const config = patientConfig({ LOG_LEVEL: 'silent' })
  const server = await startServer({ db: t.db, config, log: createLog('silent') })
  return {
    t,
    url: server.url,
    async close() {
      await server.stop()
      await t.close()
    },
  }
}

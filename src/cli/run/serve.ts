import type { Config } from '../../config.ts'
import { createLog } from '../../log.ts'
import { checkMail } from '../../mail/check-mail.ts'
import { serve } from '../../serve/serve.ts'
import { endInOrder, surviveErrors } from '../base/ending.ts'
import { notice } from '../base/notice.ts'
import { createProgress } from '../base/progress.ts'
import { surviveLostConnections } from '../base/with-catalogue.ts'

export async function runServe(config: Config): Promise<void> {
  surviveLostConnections()
  await checkMail(config.mail)
  const log = createLog(config.logLevel)
  const progress = createProgress(process.stderr, false)
  const starting = serve({
    config,
    log,
    onNotice: notice,
    onSample: { onProgress: progress.show, onStep: progress.step },
  }).finally(progress.end)
  // A signal during the start lets it finish first: a half-made Postgres helps nobody.
  endInOrder({ stop: async () => (await starting).stop(), isServer: true })
  const { url, place } = await starting
  surviveErrors(log)
  console.log(`paperql serves ${url}/graphql  (data: ${place}; stop with Ctrl-C)`)
}

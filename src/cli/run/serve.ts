import type { Config } from '../../config.ts'
import { createLog } from '../../log.ts'
import { checkMail } from '../../mail/check-mail.ts'
import { type ServeOptions, serve } from '../../serve/serve.ts'
import { endInOrder, surviveErrors } from '../base/ending.ts'
import { notice } from '../base/notice.ts'
import { createProgress } from '../base/progress.ts'
import { surviveLostConnections } from '../base/with-catalogue.ts'

export async function runServe(config: Config): Promise<void> {
  const log = createLog(config.logLevel)
  // Without a terminal, programs read standard error: it contains only the log.
  const tell: ServeOptions['onNotice'] = process.stderr.isTTY
    ? notice
    : (message, level = 'info') => log[level](message)
  surviveLostConnections(tell)
  await checkMail(config.mail)
  const progress = createProgress(process.stderr, false, tell)
  const starting = serve({
    config,
    log,
    onNotice: tell,
    onSample: { onProgress: progress.show, onStep: progress.step },
  }).finally(progress.end)
  // A signal during the start takes effect after it, because a half-initialised Postgres is of no use.
  endInOrder({
    stop: async () => (await starting).stop(),
    isServer: true,
    onLate: (message) => tell(message, 'error'),
  })
  const { url, place } = await starting
  surviveErrors(log)
  console.log(`paperql serves ${url}/graphql  (data: ${place}; stop with Ctrl-C)`)
}

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
  // Where nobody watches, standard error is read by programs: it has the log only.
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
  // A signal during the start lets it finish first: a half-made Postgres helps nobody.
  endInOrder({
    stop: async () => (await starting).stop(),
    isServer: true,
    onLate: (message) => tell(message, 'error'),
  })
  const { url, place } = await starting
  surviveErrors(log)
  console.log(`paperql serves ${url}/graphql  (data: ${place}; stop with Ctrl-C)`)
}

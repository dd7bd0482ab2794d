import type { Config } from '../config.ts'
import type { Database } from '../db/client.ts'
import { transaction } from '../db/transaction.ts'
import { baseUrlOf } from '../digest/links.ts'
import { sendDue } from '../digest/send.ts'
import { sendSignIns } from '../digest/send-sign-ins.ts'
import { forgetChanges } from '../domain/changes/retention.ts'
import { forgetOld } from '../domain/digest/forget.ts'
import { countWords } from '../domain/search/dictionary.ts'
import { updateTrends } from '../domain/trending/update.ts'
import type { Logger } from '../log.ts'
import { openMailer } from '../mail/mailer.ts'
import { refresh } from './refreshing.ts'
import type { Job } from './schedule.ts'

/** What jobs use. */
export interface JobServices {
  url: string
  db: Database
  config: Config
  log: Logger
}

/** The server's jobs, in the order of their numbers. A new job takes the next number. */
export function jobsOf({ url, db, config, log }: JobServices): Job[] {
  const mailer = openMailer(config.mail, log)
  return [
    {
      name: 'search-words',
      number: 1,
      // For what an unfinished import did not count.
      cron: '10 3 * * *',
      run: async (signal) => {
        await transaction(url, countWords)
        await refresh(url, log, signal)
      },
    },
    // Also runs after midnight, so that the ranks of each day are kept.
    { name: 'trending', number: 2, cron: '*/10 * * * *', run: () => updateTrends(url) },
    {
      name: 'digests',
      number: 3,
      // People who subscribe or sign in are waiting for the mail.
      cron: '*/15 * * * * *',
      isFrequent: true,
      run: async (signal) => {
        const publicUrl = baseUrlOf(config)
        const options = { db, mail: config.mail, publicUrl, mailer, log, signal }
        return { ...(await sendSignIns(options)), ...(await sendDue(options)) }
      },
    },
    {
      name: 'forget-subscribers',
      number: 4,
      cron: '40 3 * * *',
      run: () => forgetOld(db, new Date()),
    },
    {
      name: 'changes',
      number: 5,
      cron: '20 3 * * *',
      run: async (signal) => ({
        forgotten: await forgetChanges(url, config.changesRetentionDays, signal),
      }),
    },
  ]
}

import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Config } from '../../config.ts'
import type { Database } from '../../db/client.ts'
import { readInbound } from '../../digest/inbound.ts'
import { baseUrlOf } from '../../digest/links.ts'
import { previewDigest } from '../../digest/preview.ts'
import { sendDue } from '../../digest/send.ts'
import { recordBounce } from '../../domain/digest/bounce.ts'
import { sourceOf } from '../../domain/digest/source.ts'
import { unsubscribe } from '../../domain/digest/subscription.ts'
import { badInput } from '../../errors.ts'
import { orFileFault } from '../../file-fault.ts'
import { createLog } from '../../log.ts'
import { checkMail } from '../../mail/check-mail.ts'
import { openMailer } from '../../mail/mailer.ts'
import { withDatabase } from '../base/with-catalogue.ts'

export interface PreviewCliOptions {
  frequency: 'daily' | 'weekly'
  savedQuery?: string
  size: number
  text?: boolean
  open?: boolean
}

export async function runPreview(config: Config, options: PreviewCliOptions): Promise<void> {
  const { frequency, savedQuery, size } = options
  const settings = { frequency, size, weekday: 1, timeZone: 'UTC', hour: 8 } as const
  const work = async (db: Database) => {
    const source = await sourceOf(db, { savedQuery })
    const setup = { db, publicUrl: baseUrlOf(config) }
    return previewDigest(setup, source, { ...settings, emptyDays: 'tell' }, new Date())
  }
  const mail = await withDatabase(config, work, { endsItself: true })
  if (!options.open) {
    console.log(options.text ? mail.text : mail.html)
    return
  }
  const file = join(await mkdtemp(join(tmpdir(), 'paperql-digest-')), 'digest.html')
  await writeFile(file, mail.html)
  console.log(file)
  const { default: open } = await import('open')
  await open(file)
}

export async function runSend(config: Config, { json = false }: { json?: boolean }): Promise<void> {
  await checkMail(config.mail)
  const log = createLog(config.logLevel)
  const mailer = openMailer(config.mail, log)
  const work = async (db: Database, { signal }: { signal: AbortSignal }) => {
    // Creates the default folder for mails, which must not happen if there is no catalogue.
    await checkMail(config.mail, { isSending: true })
    return sendDue({ db, mail: config.mail, publicUrl: baseUrlOf(config), mailer, log, signal })
  }
  const report = await withDatabase(config, work, { endsItself: true }).finally(() =>
    mailer.close(),
  )
  if (json) console.log(JSON.stringify(report))
  else {
    const counts = Object.entries(report).map(([state, count]) => `${count} ${state}`)
    console.log(counts.length > 0 ? `${counts.join(', ')}.` : 'Nothing is due.')
  }
}

export async function runBounce(
  config: Config,
  address: string | undefined,
  { file }: { file?: string },
): Promise<void> {
  const inbound = address === undefined ? await readMail(file) : null
  const now = new Date()
  const work = async (db: Database) => {
    if (inbound?.kind === 'unsubscribe') {
      await unsubscribe(db, inbound.token, {}, now)
      return 'Unsubscribed.'
    }
    const report = inbound?.kind === 'bounce' ? inbound : { address, reason: 'reported by hand' }
    return OUTCOMES[await recordBounce(db, report, now)]
  }
  console.log(await withDatabase(config, work, { endsItself: true }))
}

const OUTCOMES = {
  counted: 'Counted: the address still gets digests.',
  suppressed: 'Counted: the address gets no digests for now.',
  unknown: 'No subscriber has this address, and no mail this Message-ID.',
}

async function readMail(file: string | undefined) {
  const raw =
    file === undefined
      ? await buffer(process.stdin)
      : await readFile(file).catch(orFileFault(file, 'read'))
  const inbound = await readInbound(raw)
  if (inbound.kind !== 'other') return inbound
  throw badInput(
    'The mail is neither a report of a failed delivery (RFC 3464) nor a request to unsubscribe by the link of a digest.',
  )
}

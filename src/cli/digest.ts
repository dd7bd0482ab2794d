import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { type Command, Option } from 'commander'
import type { Config } from '../config.ts'
import { connect, type Database } from '../db/client.ts'
import { badInput } from '../errors.ts'
import { createLog } from '../log.ts'
import { EXIT, exitHelp } from './base/exit.ts'
import type { WithCatalogue } from './base/with-catalogue.ts'

interface DigestTools {
  config: () => Config
  withCatalogue: WithCatalogue
}

/** Adds `paperql digest` with its commands. */
export function addDigest(program: Command, tools: DigestTools): void {
  const digest = program
    .command('digest')
    .description('preview and send digests by mail, and check that they arrive')
    .addHelpText('after', exitHelp(130))
  digest
    .command('preview')
    .description('print the digest that a new subscriber would get now, as HTML')
    .addOption(
      new Option('--frequency <frequency>', 'how often it comes')
        .choices(['daily', 'weekly'])
        .default('daily'),
    )
    .option('--saved-query <id>', 'show new papers of this saved query, not trending ones')
    .option('--size <number>', 'most papers, from 1 to 50', Number, 10)
    .option('--text', 'print the plain text')
    .option('--open', 'open it in a browser')
    .addHelpText('after', exitHelp(130))
    .action((options: PreviewOptions) => runPreview(tools, options))
  digest
    .command('send')
    .description('send the digests that are due now; serve does so by itself')
    .option('--json', 'print the report as one line of JSON')
    .addHelpText('after', exitHelp(130))
    .action((options: { json?: boolean }) => runSend(tools, options))
  digest
    .command('doctor')
    .description('check the mail server, the sender, its DNS records and links; print what to fix')
    .addHelpText('after', exitHelp(130))
    .action(() => runDoctor(tools))
  digest
    .command('bounce')
    .description('count a mail that could not be delivered, or unsubscribe who asks for it by mail')
    .argument('[address]', 'the address; a mail is read from standard input when absent')
    .option('--file <file>', 'read the mail from this file')
    .addHelpText('after', exitHelp(130))
    .action((address: string | undefined, options: { file?: string }) =>
      runBounce(tools, address, options),
    )
}

function withDatabase<T>(
  { withCatalogue }: DigestTools,
  config: Config,
  work: (db: Database, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return withCatalogue(
    config,
    async ({ url }, signal) => {
      const db = connect(url)
      try {
        return await work(db, signal)
      } finally {
        await db.close()
      }
    },
    { endsItself: true },
  )
}

interface PreviewOptions {
  frequency: 'daily' | 'weekly'
  savedQuery?: string
  size: number
  text?: boolean
  open?: boolean
}

async function runPreview(tools: DigestTools, options: PreviewOptions): Promise<void> {
  const { previewDigest } = await import('../digest/preview.ts')
  const { sourceOf } = await import('../domain/digest/source.ts')
  const { baseUrlOf } = await import('../digest/links.ts')
  const config = tools.config()
  const { frequency, savedQuery, size } = options
  const settings = { frequency, size, weekday: 1, timeZone: 'UTC', hour: 8 } as const
  const mail = await withDatabase(tools, config, async (db) => {
    const source = await sourceOf(db, { savedQuery })
    const setup = { db, publicUrl: baseUrlOf(config) }
    return previewDigest(setup, source, { ...settings, emptyDays: 'tell' }, new Date())
  })
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

async function runSend(tools: DigestTools, { json = false }: { json?: boolean }): Promise<void> {
  const { sendDue } = await import('../digest/send.ts')
  const { openMailer } = await import('../mail/mailer.ts')
  const { baseUrlOf } = await import('../digest/links.ts')
  const config = tools.config()
  const log = createLog(config.logLevel)
  const mailer = openMailer(config.mail, log)
  const report = await withDatabase(tools, config, (db, signal) =>
    sendDue({ db, mail: config.mail, publicUrl: baseUrlOf(config), mailer, log, signal }),
  ).finally(() => mailer.close())
  if (json) console.log(JSON.stringify(report))
  else {
    const counts = Object.entries(report).map(([state, count]) => `${count} ${state}`)
    console.log(counts.length > 0 ? `${counts.join(', ')}.` : 'Nothing is due.')
  }
}

async function runDoctor(tools: DigestTools): Promise<void> {
  const { examine } = await import('../digest/doctor.ts')
  const { openMailer } = await import('../mail/mailer.ts')
  const config = tools.config()
  const mailer = openMailer(config.mail, createLog(config.logLevel))
  const findings = await examine({ config, mailer })
  await mailer.close()
  for (const { what, isGood, says } of findings)
    console.log(`${isGood ? 'good ' : 'FIX  '} ${what}: ${says}`)
  if (findings.some(({ isGood }) => !isGood)) process.exitCode = EXIT.failure
}

async function runBounce(
  tools: DigestTools,
  address: string | undefined,
  { file }: { file?: string },
): Promise<void> {
  const { recordBounce } = await import('../domain/digest/bounce.ts')
  const inbound = address === undefined ? await readMail(file) : null
  const now = new Date()
  const told = await withDatabase(tools, tools.config(), async (db) => {
    if (inbound?.kind === 'unsubscribe') {
      const { unsubscribe } = await import('../domain/digest/subscription.ts')
      await unsubscribe(db, inbound.token, {}, now)
      return 'Unsubscribed.'
    }
    const report = inbound?.kind === 'bounce' ? inbound : { address, reason: 'reported by hand' }
    return OUTCOMES[await recordBounce(db, report, now)]
  })
  console.log(told)
}

const OUTCOMES = {
  counted: 'Counted: the address still gets digests.',
  suppressed: 'Counted: the address gets no digests for now.',
  unknown: 'No subscriber has this address, and no mail this Message-ID.',
}

async function readMail(file: string | undefined) {
  const { readInbound } = await import('../digest/inbound.ts')
  const raw = file === undefined ? await buffer(process.stdin) : await readFile(file)
  const inbound = await readInbound(raw)
  if (inbound.kind !== 'other') return inbound
  throw badInput(
    'The mail is neither a report of a failed delivery (RFC 3464) nor a request to unsubscribe by the link of a digest.',
  )
}

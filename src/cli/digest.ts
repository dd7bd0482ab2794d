import { type Command, Option } from 'commander'
import { exitHelp } from './base/exit.ts'
import { countUpTo } from './base/options.ts'
import type { ReadConfig } from './base/read-config.ts'
import type { PreviewCliOptions } from './run/digest.ts'

/** Adds `paperql digest` and its subcommands. */
export function addDigest(program: Command, readConfig: ReadConfig): void {
  const digest = program
    .command('digest')
    .description('preview and send digests by mail, and check that they arrive')
    .addHelpText('after', exitHelp(130))
  addPreview(digest, readConfig)
  addSend(digest, readConfig)
  addDoctor(digest, readConfig)
  addBounce(digest, readConfig)
}

function addPreview(digest: Command, readConfig: ReadConfig): void {
  digest
    .command('preview')
    .description('print the digest that a new subscriber would get now, as HTML')
    .addOption(
      new Option('--frequency <frequency>', 'how often it comes')
        .choices(['daily', 'weekly'])
        .default('daily'),
    )
    .option('--saved-query <id>', 'show new papers of this saved query, not trending ones')
    .option('--size <number>', 'most papers, from 1 to 50', countUpTo(50), 10)
    .option('--text', 'print the plain text')
    .option('--open', 'open it in a browser')
    .addHelpText('after', exitHelp(130))
    .action(async (options: PreviewCliOptions) => {
      const config = await readConfig()
      const { runPreview } = await import('./run/digest.ts')
      return runPreview(config, options)
    })
}

function addSend(digest: Command, readConfig: ReadConfig): void {
  digest
    .command('send')
    .description('send the digests that are due now; the server also does this')
    .option('--json', 'print the report as one line of JSON')
    .addHelpText('after', exitHelp(130))
    .action(async (options: { json?: boolean }) => {
      const config = await readConfig()
      const { runSend } = await import('./run/digest.ts')
      return runSend(config, options)
    })
}

function addDoctor(digest: Command, readConfig: ReadConfig): void {
  digest
    .command('doctor')
    .description('check the mail server, the sender, its DNS records and links; print what to fix')
    .addHelpText('after', exitHelp(130))
    .action(async () => {
      const config = await readConfig()
      const { runDoctor } = await import('./run/doctor.ts')
      return runDoctor(config)
    })
}

function addBounce(digest: Command, readConfig: ReadConfig): void {
  digest
    .command('bounce')
    .description('record a mail that bounced, or unsubscribe an address that asks for it by mail')
    .argument('[address]', 'the address; a mail is read from standard input when absent')
    .option('--file <file>', 'read the mail from this file')
    .addHelpText('after', exitHelp(130))
    .action(async (address: string | undefined, options: { file?: string }) => {
      const config = await readConfig()
      const { runBounce } = await import('./run/digest.ts')
      return runBounce(config, address, options)
    })
}

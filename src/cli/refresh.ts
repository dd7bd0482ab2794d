import type { Command } from 'commander'
import type { Config } from '../config.ts'
import { settlePeople } from '../domain/write/authors/settle.ts'
import { followPrecedence } from '../domain/write/precedence.ts'
import { exitHelp } from './base/exit.ts'
import type { WithCatalogue } from './base/with-catalogue.ts'

/** What the command needs of the program it belongs to. */
interface RefreshTools {
  config: () => Config
  withCatalogue: WithCatalogue
}

/** Adds `paperql refresh`, which brings a catalogue up to the rules of this version. */
export function addRefresh(program: Command, { config, withCatalogue }: RefreshTools): void {
  program
    .command('refresh')
    .description(
      'bring papers and authors up to the rules of this version; the server does so too, while it answers',
    )
    .addHelpText('after', exitHelp(130))
    .action(() => withCatalogue(config(), refresh, { endsItself: true }))
}

async function refresh({ url }: { url: string }, signal: AbortSignal): Promise<void> {
  await followPrecedence(url, signal)
  if (!signal.aborted) await settlePeople(url, signal)
  if (!signal.aborted) console.log('All papers and authors follow the rules of this version.')
}

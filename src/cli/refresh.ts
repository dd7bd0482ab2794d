import type { Command } from 'commander'
import type { Config } from '../config.ts'
import { learnNames } from '../domain/search/naming/learn.ts'
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
      'bring papers, authors and names of methods up to the rules of this version; the server does so too, while it answers',
    )
    .addHelpText('after', exitHelp(130))
    .action(() => withCatalogue(config(), refresh, { endsItself: true }))
}

async function refresh({ url }: { url: string }, signal: AbortSignal): Promise<void> {
  const options = { signal, tell: (message: string) => console.error(message) }
  await followPrecedence(url, options)
  if (!signal.aborted) await settlePeople(url, options)
  if (!signal.aborted) await learnNames(url, options)
  if (!signal.aborted)
    console.log('All papers, authors and names of methods follow the rules of this version.')
}

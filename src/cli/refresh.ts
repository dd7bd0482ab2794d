import type { Command } from 'commander'
import { exitHelp } from './base/exit.ts'
import type { ReadConfig } from './base/read-config.ts'

/** Adds `paperql refresh`, which applies the rules of this version to a catalogue. */
export function addRefresh(program: Command, readConfig: ReadConfig): void {
  program
    .command('refresh')
    .description(
      'bring papers, topics, authors and names of methods up to the rules of this version; the server does so too, while it answers',
    )
    .addHelpText('after', exitHelp(130))
    .action(async () => {
      const config = await readConfig()
      const { runRefresh } = await import('./run/refresh.ts')
      return runRefresh(config)
    })
}

import type { Command } from 'commander'
import { exitHelp } from './base/exit.ts'
import type { ReadConfig } from './base/read-config.ts'

/** Adds `paperql refresh`, which applies the rules of this version to a catalogue. */
export function addRefresh(program: Command, readConfig: ReadConfig): void {
  program
    .command('refresh')
    .description(
      'apply the rules of this version to papers, topics, authors and names of methods; the server also does so while it runs',
    )
    .addHelpText('after', exitHelp(130))
    .action(async () => {
      const config = await readConfig()
      const { runRefresh } = await import('./run/refresh.ts')
      return runRefresh(config)
    })
}

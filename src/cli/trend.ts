import type { Command } from 'commander'
import { exitHelp } from './base/exit.ts'
import type { ReadConfig } from './base/read-config.ts'
import type { TrendCliOptions } from './run/trend.ts'

/** Adds `paperql trend`, which updates trending scores. */
export function addTrend(program: Command, readConfig: ReadConfig): void {
  program
    .command('trend')
    .description('update the scores of trending papers from what changed; the server does so too')
    .option('--all', 'recompute the scores of all papers, and the usual values of each topic')
    .option('--json', 'print one line of JSON')
    .addHelpText('after', exitHelp(130))
    .action(async (options: TrendCliOptions) => {
      const config = await readConfig()
      const { runTrend } = await import('./run/trend.ts')
      return runTrend(config, options)
    })
}

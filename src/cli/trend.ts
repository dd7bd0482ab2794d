import type { Command } from 'commander'
import type { Config } from '../config.ts'
import { updateTrends } from '../domain/trending/update.ts'
import { exitHelp } from './base/exit.ts'
import type { WithCatalogue } from './base/with-catalogue.ts'

/** What the command needs of the program it belongs to. */
interface TrendTools {
  config: () => Config
  withCatalogue: WithCatalogue
}

interface TrendCliOptions {
  all?: boolean
  json?: boolean
}

/** Adds `paperql trend`, which updates the scores of trending. */
export function addTrend(program: Command, tools: TrendTools): void {
  program
    .command('trend')
    .description('update the scores of trending papers from what changed; the server does so too')
    .option('--all', 'compute the scores of all papers anew, and what is usual in each topic')
    .option('--json', 'print one line of JSON')
    .addHelpText('after', exitHelp(130))
    .action((options: TrendCliOptions) => runTrend(tools, options))
}

async function runTrend(
  { config, withCatalogue }: TrendTools,
  { all = false, json = false }: TrendCliOptions,
): Promise<void> {
  const report = await withCatalogue(config(), ({ url }) => updateTrends(url, { all }))
  const { papers, changed } = report
  console.log(
    json ? JSON.stringify(report) : `Read ${papers} papers; ${changed} have a new trending score.`,
  )
}

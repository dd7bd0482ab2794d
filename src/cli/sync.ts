import { type Command, InvalidArgumentError, Option } from 'commander'
import { DAY_MS } from '../day.ts'
import { parseDay } from '../sync/days.ts'
import { exitHelp } from './base/exit.ts'
import { JSON_REPORT_HELP } from './base/options.ts'
import type { ReadConfig } from './base/read-config.ts'
import type { ArxivCliOptions, GithubCliOptions, HfDailyCliOptions } from './run/sync.ts'

const HOUR_MS = 3_600_000
const UNITS_MS: Record<string, number> = {
  s: 1000,
  m: 60_000,
  h: HOUR_MS,
  d: DAY_MS,
  w: 7 * DAY_MS,
}

/** Adds `paperql sync` with a subcommand for each source. */
export function addSync(program: Command, readConfig: ReadConfig): void {
  const sync = program
    .command('sync')
    .description('update the catalogue from a source on the network')
    .addHelpText('after', exitHelp(3, 4, 130))
  addArxiv(sync, readConfig)
  addHfDaily(sync, readConfig)
  addGithub(sync, readConfig)
}

const day = (name: string) => (text: string) => parseDay(text, name)

const fromOption = () =>
  new Option('--from <day>', 'first day of the changes, as YYYY-MM-DD').argParser(day('--from'))
const untilOption = () =>
  new Option('--until <day>', 'last day of the changes; today when absent').argParser(
    day('--until'),
  )

function addArxiv(sync: Command, readConfig: ReadConfig): void {
  sync
    .command('arxiv')
    .description('fetch what changed at arXiv since the last run, over its OAI-PMH interface')
    .option('--set <sets...>', 'only these sets, such as cs:cs:CL; all of arXiv when absent')
    .addOption(fromOption())
    .addOption(untilOption())
    .option('--json', 'print one line of JSON for each set, without progress')
    .addHelpText(
      'after',
      `
Without --from, it continues where the last run ended. The first run reads all of arXiv at one request every three
seconds, which takes many hours. Faster: import the snapshot from Kaggle, then run this once with --from set to the day
the snapshot was made. Papers deleted at arXiv are deleted here, unless another source has them.
${exitHelp(3, 4, 130)}`,
    )
    .action(async (options: ArxivCliOptions) => {
      const config = await readConfig()
      const { runArxiv } = await import('./run/sync.ts')
      return runArxiv(config, options)
    })
}

function addHfDaily(sync: Command, readConfig: ReadConfig): void {
  sync
    .command('hf-daily')
    .description("fetch Hugging Face's lists of daily papers since the last run")
    .addOption(
      new Option('--date <day>', 'fetch only the list of this day').argParser(day('--date')),
    )
    .addOption(fromOption().conflicts('date'))
    .addOption(untilOption().conflicts('date'))
    .option('--json', JSON_REPORT_HELP)
    .addHelpText(
      'after',
      `
Without days, it continues from the last day that was read; the first run reads the last seven days.
${exitHelp(3, 4, 130)}`,
    )
    .action(async (options: HfDailyCliOptions) => {
      const config = await readConfig()
      const { runHfDaily } = await import('./run/sync.ts')
      return runHfDaily(config, options)
    })
}

function addGithub(sync: Command, readConfig: ReadConfig): void {
  sync
    .command('github')
    .description('refresh the stars, licence, language and name of repositories from GitHub')
    .addOption(
      new Option('--limit <number>', 'maximum number of repositories to refresh').argParser(
        parseCount,
      ),
    )
    .addOption(
      new Option(
        '--older-than <time>',
        'only repositories not refreshed for this long, such as 30m, 12h, 7d',
      )
        .argParser(parseDuration)
        .default(20 * HOUR_MS, '20h, for a run each day'),
    )
    .option('--json', JSON_REPORT_HELP)
    .addHelpText(
      'after',
      `
Repositories that were never refreshed come first, those with the most papers and citations before others; then the
least recently refreshed. GitHub allows 60 requests an hour, and 5,000 with a token in GITHUB_TOKEN. If the limit lasts
longer than five minutes, the run stops; run it again to continue.
${exitHelp(4, 130)}`,
    )
    .action(async (options: GithubCliOptions) => {
      const config = await readConfig()
      const { runGithub } = await import('./run/sync.ts')
      return runGithub(config, options)
    })
}

function parseCount(text: string): number {
  const count = Number(text)
  if (!/^\d{1,9}$/.test(text) || count < 1)
    throw new InvalidArgumentError('Expected a whole number, 1 or more.')
  return count
}

function parseDuration(text: string): number {
  const [, amount, unit = ''] = /^(\d{1,6})([smhdw])$/.exec(text.trim()) ?? []
  if (amount === undefined)
    throw new InvalidArgumentError('Expected a time such as 30m, 12h, 7d or 2w.')
  return Number(amount) * (UNITS_MS[unit] ?? 0)
}

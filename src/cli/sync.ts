import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Config } from '../config.ts'
import type { JobOptions } from '../import/job.ts'
import { syncArxiv } from '../sync/arxiv.ts'
import { parseDay } from '../sync/days.ts'
import { type GithubSyncProgress, type GithubSyncReport, syncGithub } from '../sync/github.ts'
import { syncHfDaily } from '../sync/hf-daily.ts'
import { EXIT, exitHelp } from './base/exit.ts'
import type { WithCatalogue } from './base/with-catalogue.ts'
import { createProgress, describeReport } from './report.ts'

const HOUR_MS = 3_600_000
const UNITS_MS: Record<string, number> = {
  s: 1000,
  m: 60_000,
  h: HOUR_MS,
  d: 24 * HOUR_MS,
  w: 7 * 24 * HOUR_MS,
}

/** What the commands need of the program they belong to. */
export interface SyncTools {
  config: () => Config
  version: string
  withCatalogue: WithCatalogue
}

/** Adds `paperql sync` with a command for each source that is followed. */
export function addSync(program: Command, tools: SyncTools): void {
  const sync = program
    .command('sync')
    .description('update the catalogue from a source on the network')
    .addHelpText('after', exitHelp(3, 4, 130))
  addArxiv(sync, tools)
  addHfDaily(sync, tools)
  addGithub(sync, tools)
}

interface DaysCliOptions {
  from?: string
  until?: string
  json?: boolean
}

const JSON_HELP = 'print the report as one line of JSON, without progress'

const day = (name: string) => (text: string) => parseDay(text, name)

const fromOption = () =>
  new Option('--from <day>', 'first day of the changes, as YYYY-MM-DD').argParser(day('--from'))
const untilOption = () =>
  new Option('--until <day>', 'last day of the changes; today when absent').argParser(
    day('--until'),
  )

function addArxiv(sync: Command, tools: SyncTools): void {
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
    .action((options: DaysCliOptions & { set?: string[] }) => runArxiv(tools, options))
}

async function runArxiv(
  tools: SyncTools,
  { json = false, set = [], ...days }: DaysCliOptions & { set?: string[] },
): Promise<void> {
  const reports = await runSync(tools, 'arXiv', json, (config, options) =>
    syncArxiv({ ...options, ...days, sets: set, baseUrl: config.arxivOaiUrl }),
  )
  for (const report of reports) {
    const about = report.set === null ? '' : `${report.set}: `
    const removed = report.removed > 0 ? `\n${countOf(report.removed)} deleted at arXiv.` : ''
    console.log(json ? JSON.stringify(report) : `${about}${describeReport(report)}${removed}`)
  }
  if (reports.some(({ rejected }) => rejected > 0)) process.exitCode = EXIT.rejects
}

function addHfDaily(sync: Command, tools: SyncTools): void {
  sync
    .command('hf-daily')
    .description("fetch Hugging Face's lists of daily papers since the last run")
    .addOption(
      new Option('--date <day>', 'fetch only the list of this day').argParser(day('--date')),
    )
    .addOption(fromOption().conflicts('date'))
    .addOption(untilOption().conflicts('date'))
    .option('--json', JSON_HELP)
    .addHelpText(
      'after',
      `
Without days, it continues from the last day that was read; the first run reads the last seven days.
${exitHelp(3, 4, 130)}`,
    )
    .action((options: DaysCliOptions & { date?: string }) => runHfDaily(tools, options))
}

async function runHfDaily(
  tools: SyncTools,
  { json = false, date, from = date, until = date }: DaysCliOptions & { date?: string },
): Promise<void> {
  const report = await runSync(tools, 'daily papers', json, (config, options) =>
    syncHfDaily({ ...options, from, until, baseUrl: config.huggingFaceUrl }),
  )
  console.log(json ? JSON.stringify(report) : describeReport(report))
  if (report.rejected > 0) process.exitCode = EXIT.rejects
}

/** Runs a sync that is an import, with its progress. */
async function runSync<T>(
  tools: SyncTools,
  name: string,
  isQuiet: boolean,
  sync: (config: Config, options: JobOptions & { userAgent: string }) => Promise<T>,
): Promise<T> {
  const config = tools.config()
  const progress = createProgress(process.stderr, isQuiet)
  progress.begin(name)
  return tools
    .withCatalogue(config, ({ url }) =>
      sync(config, {
        url,
        userAgent: userAgentOf(tools.version, config.syncContact),
        onProgress: progress.show,
        onNotice: isQuiet ? undefined : tell,
      }),
    )
    .finally(progress.end)
}

interface GithubCliOptions {
  limit?: number
  olderThan: number
  json?: boolean
}

function addGithub(sync: Command, tools: SyncTools): void {
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
    .option('--json', JSON_HELP)
    .addHelpText(
      'after',
      `
Repositories that were never refreshed come first, those with the most papers and citations before others; then the
least recently refreshed. GitHub allows 60 requests an hour, and 5,000 with a token in GITHUB_TOKEN. If the limit lasts
longer than five minutes, the run stops; run it again to continue.
${exitHelp(4, 130)}`,
    )
    .action((options: GithubCliOptions) => runGithub(tools, options))
}

async function runGithub(tools: SyncTools, options: GithubCliOptions): Promise<void> {
  const config = tools.config()
  const isQuiet = options.json === true
  const report = await tools.withCatalogue(config, ({ url }) =>
    syncGithub({
      url,
      apiUrl: config.githubApiUrl,
      token: config.githubToken,
      userAgent: userAgentOf(tools.version, config.syncContact),
      olderThanMs: options.olderThan,
      limit: options.limit,
      ...(!isQuiet && { onNotice: tell, onProgress: showGithub }),
    }),
  )
  console.log(isQuiet ? JSON.stringify(report) : describeGithub(report, config))
  if (report.retryAt !== null) process.exitCode = EXIT.later
}

function showGithub({ checked, failed, due }: GithubSyncProgress): void {
  console.error(`${countOf(checked + failed)} of ${countOf(due)} repositories refreshed`)
}

function describeGithub(report: GithubSyncReport, { githubToken }: Config): string {
  const { checked, left, retryAt, seconds } = report
  const names = ['updated', 'unchanged', 'renamed', 'merged', 'gone', 'failed'] as const
  const told = names.map((name) => `${countOf(report[name])} ${name}`).join(', ')
  const lines = [`Checked ${countOf(checked)} repositories in ${seconds.toFixed(1)} s: ${told}.`]
  if (retryAt !== null) {
    lines.push(`GitHub's limit is reached until ${retryAt}; run this again then.`)
    if (!githubToken) lines.push('With a token in GITHUB_TOKEN it allows 5,000 requests an hour.')
  }
  if (left > 0) lines.push(`${countOf(left)} remaining.`)
  return lines.join('\n')
}

const tell = (message: string) => console.error(message)

const countOf = (count: number) => count.toLocaleString('en')

/** How paperql names itself to the sources. */
function userAgentOf(version: string, contact: string | undefined): string {
  const mail = contact?.includes('@') && !contact.includes(':') ? `mailto:${contact}` : contact
  return `paperql/${version}${mail ? ` (${mail})` : ''}`
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

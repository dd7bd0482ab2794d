import type { Config } from '../../config.ts'
import type { JobOptions } from '../../import/job.ts'
import { syncArxiv } from '../../sync/arxiv.ts'
import { type GithubSyncProgress, type GithubSyncReport, syncGithub } from '../../sync/github.ts'
import { syncHfDaily } from '../../sync/hf-daily.ts'
import { readVersion } from '../../version.ts'
import { EXIT } from '../base/exit.ts'
import { createProgress } from '../base/progress.ts'
import { describeReport } from '../base/report.ts'
import { withCatalogue } from '../base/with-catalogue.ts'

interface DaysCliOptions {
  from?: string
  until?: string
  json?: boolean
}

export interface ArxivCliOptions extends DaysCliOptions {
  set?: string[]
}

export interface HfDailyCliOptions extends DaysCliOptions {
  date?: string
}

export interface GithubCliOptions {
  limit?: number
  olderThan: number
  json?: boolean
}

export async function runArxiv(
  config: Config,
  { json = false, set = [], ...days }: ArxivCliOptions,
): Promise<void> {
  const reports = await runSync(config, 'arXiv', json, (options) =>
    syncArxiv({ ...options, ...days, sets: set, baseUrl: config.arxivOaiUrl }),
  )
  for (const report of reports) {
    const about = report.set === null ? '' : `${report.set}: `
    const removed = report.removed > 0 ? `\n${countOf(report.removed)} deleted at arXiv.` : ''
    console.log(json ? JSON.stringify(report) : `${about}${describeReport(report)}${removed}`)
  }
  if (reports.some(({ rejected }) => rejected > 0)) process.exitCode = EXIT.rejects
}

export async function runHfDaily(
  config: Config,
  { json = false, date, from = date, until = date }: HfDailyCliOptions,
): Promise<void> {
  const report = await runSync(config, 'daily papers', json, (options) =>
    syncHfDaily({ ...options, from, until, baseUrl: config.huggingFaceUrl }),
  )
  console.log(json ? JSON.stringify(report) : describeReport(report))
  if (report.rejected > 0) process.exitCode = EXIT.rejects
}

/** Runs a sync as an import, with progress. */
async function runSync<T>(
  config: Config,
  name: string,
  isQuiet: boolean,
  sync: (options: JobOptions & { userAgent: string }) => Promise<T>,
): Promise<T> {
  const progress = createProgress(process.stderr, isQuiet)
  progress.begin(name)
  return withCatalogue(
    config,
    ({ url }) =>
      sync({
        url,
        userAgent: userAgentOf(config.syncContact),
        onProgress: progress.show,
        onStep: progress.step,
        onNotice: isQuiet ? undefined : tell,
      }),
    { makes: true },
  ).finally(progress.end)
}

export async function runGithub(config: Config, options: GithubCliOptions): Promise<void> {
  const isQuiet = options.json === true
  const report = await withCatalogue(config, ({ url }) =>
    syncGithub({
      url,
      apiUrl: config.githubApiUrl,
      token: config.githubToken,
      userAgent: userAgentOf(config.syncContact),
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

/** The User-Agent of requests to sources. */
function userAgentOf(contact: string | undefined): string {
  const mail = contact?.includes('@') && !contact.includes(':') ? `mailto:${contact}` : contact
  return `paperql/${readVersion()}${mail ? ` (${mail})` : ''}`
}

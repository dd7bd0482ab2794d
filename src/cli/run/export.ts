import type { Config } from '../../config.ts'
import { parseSearchQuery } from '../../domain/search/query.ts'
import { missingLicences } from '../../domain/write/rules.ts'
import { checkOutput, STDOUT } from '../../export/output.ts'
import { type ExportReport, runExport } from '../../export/run.ts'
import { createProgress } from '../base/progress.ts'
import { withCatalogue } from '../base/with-catalogue.ts'

export interface ExportCliOptions {
  output: string
  excludeLicence?: string[]
  abstracts: boolean
  json?: boolean
}

export async function runExportCommand(
  config: Config,
  format: string,
  filter: string,
  options: ExportCliOptions,
): Promise<void> {
  const { output, excludeLicence = [], abstracts } = options
  // Reports invalid arguments without starting PostgreSQL.
  parseSearchQuery(filter, 'strict')
  await checkOutput(output)
  const progress = createProgress(process.stderr, isQuiet(options))
  progress.begin('export')
  const work = async ({ url }: { url: string }) => {
    const missing = await missingLicences(url, excludeLicence)
    if (missing) progress.tell(`--exclude-licence: ${missing}`)
    return runExport({
      ...{ url, format, filter, output, abstracts },
      excludedLicences: excludeLicence,
      onProgress: ({ papers, leftOut }, total) =>
        progress.step(`Writing ${countOf(total)}`, (papers + leftOut) / Math.max(total, 1)),
    })
  }
  const report = await withCatalogue(config, work, { writes: false }).finally(progress.end)
  const tell = report.file === null ? console.error : console.log
  if (options.json) tell(JSON.stringify(report))
  else if (report.file !== null || process.stderr.isTTY) tell(describe(report))
}

/** A progress bar must not appear between the lines of the export. */
const isQuiet = ({ output, json }: ExportCliOptions) =>
  json === true || (output === STDOUT && process.stdout.isTTY && process.stderr.isTTY)

function describe({ papers, leftOut, file, bytes, seconds }: ExportReport): string {
  const size = bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
  const place = file === null ? '' : ` to ${file}`
  const left =
    leftOut > 0
      ? `\n${countOf(leftOut)} left out, because the format cannot represent ${leftOut === 1 ? 'it' : 'them'}.`
      : ''
  if (papers + leftOut === 0) return `The catalogue has no papers; wrote none${place}.`
  return `Wrote ${countOf(papers)}${place} in ${seconds.toFixed(1)} s: ${size}.${left}`
}

const countOf = (papers: number) => `${papers.toLocaleString('en')} paper${papers === 1 ? '' : 's'}`

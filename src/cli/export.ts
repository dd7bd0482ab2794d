import type { Command } from 'commander'
import type { Config } from '../config.ts'
import { UNKNOWN_LICENCE } from '../domain/record/licence.ts'
import { parseSearchQuery } from '../domain/search/query.ts'
import { missingLicences } from '../domain/write/rules.ts'
import { badInput, quote } from '../errors.ts'
import { checkExportFormat, exportFormats } from '../export/formats.ts'
import { checkOutput, STDOUT } from '../export/output.ts'
import { type ExportCounts, type ExportReport, runExport } from '../export/run.ts'
import { progressBar } from './report.ts'
import type { WithCatalogue } from './with-catalogue.ts'

interface ExportCliOptions {
  output: string
  excludeLicence: string[]
  abstracts: boolean
  json?: boolean
}

const width = Math.max(...exportFormats.map(({ name }) => name.length))
const FORMATS_HELP = exportFormats.map(
  ({ name, description }) => `  ${name.padEnd(width)}  ${description}`,
)

interface ExportCommand {
  config: () => Config
  withCatalogue: WithCatalogue
  exitHelp: string
}

/** Adds `paperql export`. */
export function addExport(
  program: Command,
  { config, withCatalogue, exitHelp }: ExportCommand,
): void {
  program
    .command('export')
    .description('write papers of the catalogue in a format of other programs, or whole')
    .argument('<format>', `one of ${exportFormats.map(({ name }) => name).join(', ')}`)
    .argument(
      '[filter...]',
      'which papers, in the language of the search, such as topic:parsing year:2020..2024; all without it',
    )
    .option(
      '-o, --output <file>',
      'where to; compressed when it ends in .gz or .zst; - for standard output',
      STDOUT,
    )
    .option(
      '--exclude-licence <spdx id>',
      'leave out what comes under this licence, such as CC-BY-SA-4.0, or unknown where none is stated; may be given several times',
      (id: string, ids: string[]) => [...ids, licenceOf(id)],
      [],
    )
    .option('--no-abstracts', 'leave out abstracts; jsonl has them all the same')
    .option('--json', 'report as one line of JSON, without progress')
    .addHelpText(
      'after',
      `
Formats:
${FORMATS_HELP.join('\n')}

Papers are written as the catalogue is at the start, whatever is imported meanwhile. A file is there whole or not at
all. Of papers that have several records under different licences, those left out do not show in any format.
${exitHelp}`,
    )
    .action(async (format: string, filter: string[], options: ExportCliOptions) => {
      const progress = createProgress(options)
      // Before a PostgreSQL is started for nothing.
      checkExportFormat(format)
      parseSearchQuery(filter.join(' '), 'strict')
      await checkOutput(options.output)
      const work = async ({ url }: { url: string }) => {
        const missing = await missingLicences(url, options.excludeLicence)
        if (missing) console.error(`--exclude-licence: ${missing}`)
        return runExport({
          ...{ url, format, filter: filter.join(' '), output: options.output },
          excludedLicences: options.excludeLicence,
          abstracts: options.abstracts,
          onProgress: progress.show,
        })
      }
      const report = await withCatalogue(config(), work, { writes: false }).finally(progress.end)
      const tell = report.file === null ? console.error : console.log
      if (options.json) tell(JSON.stringify(report))
      else if (report.file !== null || process.stderr.isTTY) tell(describe(report))
    })
}

function licenceOf(id: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9.+-]*$/.test(id)) return id
  throw badInput(
    `--exclude-licence: ${quote(id)} is no licence; expected an SPDX id such as CC-BY-SA-4.0, or ${UNKNOWN_LICENCE}.`,
  )
}

/** A bar on a terminal, where it does not come between the lines of the export itself. */
function createProgress({ output, json }: ExportCliOptions) {
  const isShown = !json && process.stderr.isTTY && (output !== STDOUT || !process.stdout.isTTY)
  if (!isShown) return { show() {}, end() {} }
  const bar = progressBar(
    process.stderr,
    'export [{bar}] {percentage}% · {value} of {total} papers',
  )
  return {
    show({ papers, leftOut }: ExportCounts, total: number) {
      if (!bar.isActive) bar.start(total, 0)
      bar.update(papers + leftOut)
    },
    end: () => bar.stop(),
  }
}

function describe({ papers, leftOut, file, bytes, seconds }: ExportReport): string {
  const size = bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
  const place = file === null ? '' : ` to ${file}`
  const left =
    leftOut > 0
      ? `\n${countOf(leftOut)} left out, as the format has no place for ${leftOut === 1 ? 'it' : 'them'}.`
      : ''
  if (papers + leftOut === 0) return `No paper meets the filter; wrote none${place}.`
  return `Wrote ${countOf(papers)}${place} in ${seconds.toFixed(1)} s: ${size}.${left}`
}

const countOf = (papers: number) => `${papers.toLocaleString('en')} paper${papers === 1 ? '' : 's'}`

import type { Command } from 'commander'
import type { Config } from '../config.ts'
import { UNKNOWN_LICENCE } from '../domain/record/licence.ts'
import { parseSearchQuery } from '../domain/search/query.ts'
import { missingLicences } from '../domain/write/rules.ts'
import { badInput, quote } from '../errors.ts'
import { checkExportFormat, exportFormats } from '../export/formats.ts'
import { checkOutput, STDOUT } from '../export/output.ts'
import { type ExportCounts, type ExportReport, runExport } from '../export/run.ts'
import { exitHelp } from './base/exit.ts'
import type { WithCatalogue } from './base/with-catalogue.ts'
import { progressBar, shownOf } from './report.ts'

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
}

/** Adds `paperql export`. */
export function addExport(program: Command, { config, withCatalogue }: ExportCommand): void {
  program
    .command('export')
    .description('write papers to a file for other programs, or the whole catalogue')
    .argument('<format>', `one of ${exportFormats.map(({ name }) => name).join(', ')}`)
    .argument(
      '[filter...]',
      'search query, such as topic:parsing year:2020..2024; all papers when absent',
    )
    .option(
      '-o, --output <file>',
      'file to write, compressed if its name ends in .gz or .zst; - for standard output',
      STDOUT,
    )
    .option(
      '--exclude-licence <spdx id>',
      'leave out records under this licence, such as CC-BY-SA-4.0, or unknown for those without one; repeatable',
      (id: string, ids: string[]) => [...ids, licenceOf(id)],
      [],
    )
    .option('--no-abstracts', 'leave out abstracts (jsonl always includes them)')
    .option('--json', 'print the report as one line of JSON, without progress')
    .addHelpText(
      'after',
      `
Formats:
${FORMATS_HELP.join('\n')}

The export is a snapshot of the catalogue; imports that run meanwhile do not change it. Files are written atomically. If
a paper has records under several licences, records left out by --exclude-licence do not appear in any format.
${exitHelp(130)}`,
    )
    .action(async (format: string, filter: string[], options: ExportCliOptions) => {
      const settings = config()
      // Reports bad arguments without starting PostgreSQL.
      checkExportFormat(format)
      parseSearchQuery(filter.join(' '), 'strict')
      await checkOutput(options.output)
      const progress = createProgress(options)
      progress.begin()
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
      const report = await withCatalogue(settings, work, { writes: false }).finally(progress.end)
      const tell = report.file === null ? console.error : console.log
      if (options.json) tell(JSON.stringify(report))
      else if (report.file !== null || process.stderr.isTTY) tell(describe(report))
    })
}

function licenceOf(id: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9.+-]*$/.test(id)) return id
  throw badInput(
    `--exclude-licence: ${quote(id)} is not a licence; expected an SPDX id such as CC-BY-SA-4.0, or ${UNKNOWN_LICENCE}.`,
  )
}

/** A bar on a terminal, where it does not come between the lines of the export itself. */
function createProgress({ output, json }: ExportCliOptions) {
  const isShown = !json && process.stderr.isTTY && (output !== STDOUT || !process.stdout.isTTY)
  if (!isShown) return { begin() {}, show() {}, end() {} }
  const bar = progressBar(process.stderr, 'export [{bar}] {percentage}% · {done} papers')
  return {
    begin: () => bar.start(1, 0, { done: '0' }),
    show({ papers, leftOut }: ExportCounts, total: number) {
      const done = papers + leftOut
      const counts = `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`
      bar.setTotal(total)
      bar.update(shownOf(done, total), { done: counts })
    },
    end: () => bar.stop(),
  }
}

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

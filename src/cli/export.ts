import type { Command } from 'commander'
import { UNKNOWN_LICENCE } from '../db/tables/vocabulary.ts'
import { badInput, quote } from '../errors.ts'
import { checkExportFormat, exportFormats } from '../export/formats.ts'
import { exitHelp } from './base/exit.ts'
import { formatsHelp, JSON_REPORT_HELP } from './base/options.ts'
import type { ReadConfig } from './base/read-config.ts'
import type { ExportCliOptions } from './run/export.ts'

/** Adds `paperql export`. */
export function addExport(program: Command, readConfig: ReadConfig): void {
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
      '-',
    )
    .option(
      '--exclude-licence <spdx id>',
      'leave out records under this licence, such as CC-BY-SA-4.0, or unknown for those without one; repeatable',
      (id: string, ids: string[] = []) => [...ids, checkedLicence(id)],
    )
    .option('--no-abstracts', 'leave out abstracts (jsonl always includes them)')
    .option('--json', JSON_REPORT_HELP)
    .addHelpText(
      'after',
      `${formatsHelp(exportFormats)}
The export is a snapshot of the catalogue; imports that run meanwhile do not change it. Files are written atomically. If
a paper has records under several licences, records left out by --exclude-licence do not appear in any format.
${exitHelp(130)}`,
    )
    .action(async (format: string, filter: string[], options: ExportCliOptions) => {
      checkExportFormat(format)
      const config = await readConfig()
      const { runExportCommand } = await import('./run/export.ts')
      return runExportCommand(config, format, filter.join(' '), options)
    })
}

function checkedLicence(id: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9.+-]*$/.test(id)) return id
  throw badInput(
    `--exclude-licence: ${quote(id)} is not a licence; expected an SPDX id such as CC-BY-SA-4.0, or ${UNKNOWN_LICENCE}.`,
  )
}

import { type Command, Option } from 'commander'
import { checkFormat, importFormats } from '../import/formats.ts'
import { exitHelp } from './base/exit.ts'
import { countUpTo, formatsHelp, JSON_REPORT_HELP } from './base/options.ts'
import type { ReadConfig } from './base/read-config.ts'
import type { ImportCliOptions } from './run/import.ts'

const HELP = `${formatsHelp(importFormats)}
Files of any size are read in little memory. Importing the same file again changes nothing. Rejected records go to the
rejects file and the import continues. A paper that several files describe is merged into one.

Run the same command to resume an import that was stopped or that crashed; finished files and records are skipped.
Standard input and changed files are read from the start. "paperql imports" lists imports and their progress.
${exitHelp(3, 130)}`

/** Adds `paperql import`. */
export function addImport(program: Command, readConfig: ReadConfig): void {
  program
    .command('import')
    .description('add papers from files; existing papers are updated or skipped')
    .argument('<format>', 'one of those listed below; auto detects the format of each file')
    .argument(
      '<files...>',
      'plain, gzip or zstd files; patterns such as "data/*.gz"; - for standard input',
    )
    .addOption(
      new Option(
        '--rejects <file>',
        'write rejected and repaired records here, each with the reason',
      ).default(undefined, '<first file>.rejects.jsonl in the current folder'),
    )
    .option(
      '--name <file>',
      'file name for standard input, for formats that read conference and year from it',
    )
    .option('--json', JSON_REPORT_HELP)
    .option('--restart', 'start over, even if the last import of these files is unfinished')
    .addOption(
      new Option('--batch-size <records>', 'records written in one transaction')
        .argParser(countUpTo(10_000))
        .default(undefined, '500'),
    )
    .addHelpText('after', HELP)
    .action(async (format: string, files: string[], options: ImportCliOptions) => {
      checkFormat(format)
      const config = await readConfig()
      const { runImportCommand } = await import('./run/import.ts')
      return runImportCommand(config, format, files, options)
    })
}

import { type Command, Option } from 'commander'
import { SHOWN_IMPORT_STATES } from '../db/tables/vocabulary.ts'
import { exitHelp } from './base/exit.ts'
import { countUpTo, MOST_SHOWN, numberOf } from './base/options.ts'
import type { ReadConfig } from './base/read-config.ts'
import type { ImportsCliOptions } from './run/imports.ts'

/** Adds `paperql imports`, which shows the state of imports. */
export function addImports(program: Command, readConfig: ReadConfig): void {
  program
    .command('imports')
    .description('list imports and their progress, the latest first; or show one with its rejects')
    .argument(
      '[number]',
      'number of the import to show with its files and rejects',
      numberOf('an import', 'imports'),
    )
    .addOption(
      new Option('--state <state>', 'only imports in this state').choices(SHOWN_IMPORT_STATES),
    )
    .addOption(
      new Option(
        '--limit <number>',
        'maximum number of imports, or of files and rejects of one, to show',
      )
        .argParser(countUpTo(MOST_SHOWN))
        .default(20),
    )
    .option(
      '--json',
      'print JSON: an array of imports, or one import with all stored files and rejects',
    )
    .addHelpText(
      'after',
      `
States: running, done, partial (some files could not be read to their end), stopped (by a signal), failed (with an error),
interrupted (the process was killed or lost the database). Run the same "paperql import …" to resume an import in one of
the last three. The database stores the first 1,000 rejects and the first 1,000 repairs of an import; its rejects file
has all.
${exitHelp(130)}`,
    )
    .action(async (number: number | undefined, options: ImportsCliOptions) => {
      const config = await readConfig()
      const { runImports } = await import('./run/imports.ts')
      return runImports(config, number, options)
    })
}

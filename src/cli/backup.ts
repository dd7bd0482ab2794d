import type { Command } from 'commander'
import { exitHelp } from './base/exit.ts'
import { JSON_REPORT_HELP } from './base/options.ts'
import type { ReadConfig } from './base/read-config.ts'
import type { BackupCliOptions, RestoreCliOptions } from './run/backup.ts'

export function addBackup(program: Command, readConfig: ReadConfig): void {
  program
    .command('backup')
    .description('back up the whole database to a file, even while a server or an import runs')
    .argument('<file>', 'file to write, such as catalogue.backup; - for standard output')
    .option('--force', 'replace the file if it exists')
    .option('--json', JSON_REPORT_HELP)
    .addHelpText(
      'after',
      `
The backup is a snapshot of the database with all ids, decisions and imports. It is compressed, written atomically, and
works with any PostgreSQL ≥ 15: use it to move to another server or to the next major version of the embedded one. An
older schema is backed up as it is; restore migrates it. "paperql export jsonl" writes the records alone, for other
catalogues.
${exitHelp(130)}`,
    )
    .action(async (file: string, options: BackupCliOptions) => {
      const config = await readConfig()
      const { runBackup } = await import('./run/backup.ts')
      return runBackup(config, file, options)
    })
}

export function addRestore(program: Command, readConfig: ReadConfig): void {
  program
    .command('restore')
    .description('restore a backup into an empty database')
    .argument('<file>', 'file written by "paperql backup"; - for standard input')
    .option('--replace', 'delete the current data of the database first')
    .option('--json', JSON_REPORT_HELP)
    .addHelpText(
      'after',
      `
Runs in one transaction: if it is stopped or the file is damaged, the database does not change. First stop the server
and imports that use the database. With --replace, the disk holds old and new data until the end. A backup of a newer
schema is refused.
${exitHelp(130)}`,
    )
    .action(async (file: string, options: RestoreCliOptions) => {
      const config = await readConfig()
      const { runRestore } = await import('./run/backup.ts')
      return runRestore(config, file, options)
    })
}

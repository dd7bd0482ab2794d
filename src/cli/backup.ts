import type { Command } from 'commander'
import { openBackup, type RestoreReport, restoreBackup } from '../backup/restore.ts'
import { type BackupReport, checkBackupPath, writeBackup } from '../backup/write.ts'
import type { Config } from '../config.ts'
import { exitHelp } from './base/exit.ts'
import type { WithCatalogue } from './base/with-catalogue.ts'
import { progressBar, shownOf } from './report.ts'

interface BackupTools {
  config: () => Config
  withCatalogue: WithCatalogue
}

interface BackupCliOptions {
  force?: boolean
  json?: boolean
}

interface RestoreCliOptions {
  replace?: boolean
  json?: boolean
}

const JSON_HELP = 'print the report as one line of JSON, without progress'

/** Adds `paperql backup` and `paperql restore`. */
export function addBackup(program: Command, tools: BackupTools): void {
  program
    .command('backup')
    .description('back up the whole database to a file, even while a server or an import runs')
    .argument('<file>', 'file to write, such as catalogue.backup; - for standard output')
    .option('--force', 'replace the file if it exists')
    .option('--json', JSON_HELP)
    .addHelpText(
      'after',
      `
The backup is a snapshot of the database with all ids, decisions and imports. It is compressed, written atomically, and
works with any PostgreSQL ≥ 15: use it to move to another server or to the next major version of the embedded one. An
older schema is backed up as it is; restore migrates it. "paperql export jsonl" writes the records alone, for other
catalogues.
${exitHelp(130)}`,
    )
    .action((file: string, options: BackupCliOptions) => runBackup(tools, file, options))
  program
    .command('restore')
    .description('restore a backup into an empty database')
    .argument('<file>', 'file written by "paperql backup"; - for standard input')
    .option('--replace', 'delete the current data of the database first')
    .option('--json', JSON_HELP)
    .addHelpText(
      'after',
      `
Runs in one transaction: if it is stopped or the file is damaged, the database does not change. First stop the server
and imports that use the database. With --replace, the disk holds old and new data until the end. A backup of a newer
schema is refused.
${exitHelp(130)}`,
    )
    .action((file: string, options: RestoreCliOptions) => runRestore(tools, file, options))
}

async function runBackup(
  { config, withCatalogue }: BackupTools,
  path: string,
  { force: isForced = false, json: isJson = false }: BackupCliOptions,
): Promise<void> {
  const settings = config()
  await checkBackupPath(path, isForced)
  const bar = createBar('backup [{bar}] {percentage}% · {table}', isJson)
  const report = await withCatalogue(
    settings,
    ({ url }) =>
      writeBackup({
        ...{ url, path, isForced },
        onProgress: (table, rows, total) => bar.show(table, rows, total),
        onNotice: (message) => console.error(message),
      }),
    { writes: false, lacking: 'accept' },
  ).finally(bar.end)
  const tell = report.file === null ? console.error : console.log
  tell(isJson ? JSON.stringify(report) : describeBackup(report))
}

async function runRestore(
  { config, withCatalogue }: BackupTools,
  path: string,
  { replace: isReplacing = false, json: isJson = false }: RestoreCliOptions,
): Promise<void> {
  const settings = config()
  const backup = await openBackup(path)
  const bar = createBar('restore [{bar}] {percentage}% · {table}', isJson)
  const report = await withCatalogue(
    settings,
    async ({ url, claimServe }) => {
      await claimServe()
      const onProgress = (table: string, bytes: number, total: number | null) =>
        bar.show(table, bytes, total ?? bytes)
      return restoreBackup({ url, backup, isReplacing, onProgress })
    },
    { lacking: 'ignore' },
  ).finally(bar.end)
  const { paperql, postgres, createdAt } = backup.manifest
  const of = `of ${createdAt.slice(0, 16).replace('T', ' ')} UTC by paperql ${paperql} on PostgreSQL ${postgres}`
  console.log(isJson ? JSON.stringify(report) : describeRestore(report, of))
}

/** A bar on a terminal, nothing elsewhere. */
function createBar(format: string, isQuiet: boolean) {
  if (isQuiet || !process.stderr.isTTY) return { show() {}, end() {} }
  const bar = progressBar(process.stderr, format)
  bar.start(1, 0, { table: 'starting' })
  return {
    show(table: string, done: number, total: number) {
      bar.setTotal(Math.max(total, 1))
      bar.update(shownOf(done, total), { table })
    },
    end: () => bar.stop(),
  }
}

function describeBackup({ file, tables, rows, bytes, seconds }: BackupReport): string {
  const place = file === null ? '' : ` to ${file}`
  return `Wrote ${rowsOf(rows)} of ${tables} tables${place} in ${seconds.toFixed(1)} s: ${(bytes / 1e6).toFixed(1)} MB.`
}

function describeRestore({ tables, rows, seconds }: RestoreReport, of: string): string {
  return `Restored ${rowsOf(rows)} of ${tables} tables in ${seconds.toFixed(1)} s, from a backup ${of}.`
}

const rowsOf = (rows: number) => `${rows.toLocaleString('en')} row${rows === 1 ? '' : 's'}`

import { openBackup, type RestoreReport, restoreBackup } from '../../backup/restore.ts'
import { type BackupReport, checkBackupPath, writeBackup } from '../../backup/write.ts'
import type { Config } from '../../config.ts'
import { progressBar, shownOf } from '../base/progress.ts'
import { withCatalogue } from '../base/with-catalogue.ts'

export interface BackupCliOptions {
  force?: boolean
  json?: boolean
}

export interface RestoreCliOptions {
  replace?: boolean
  json?: boolean
}

export async function runBackup(
  config: Config,
  path: string,
  { force: isForced = false, json: isJson = false }: BackupCliOptions,
): Promise<void> {
  await checkBackupPath(path, isForced)
  const bar = createBar('backup [{bar}] {percentage}% · {table}', isJson)
  const report = await withCatalogue(
    config,
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

export async function runRestore(
  config: Config,
  path: string,
  { replace: isReplacing = false, json: isJson = false }: RestoreCliOptions,
): Promise<void> {
  const backup = await openBackup(path)
  const bar = createBar('restore [{bar}] {percentage}% · {table}', isJson)
  const report = await withCatalogue(
    config,
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

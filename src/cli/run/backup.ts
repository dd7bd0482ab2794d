import { openBackup, type RestoreReport, restoreBackup } from '../../backup/restore.ts'
import { type BackupReport, checkBackupPath, writeBackup } from '../../backup/write.ts'
import type { Config } from '../../config.ts'
import { createProgress } from '../base/progress.ts'
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
  const progress = createProgress(process.stderr, isJson)
  progress.begin('backup')
  const report = await withCatalogue(
    config,
    ({ url }) =>
      writeBackup({
        ...{ url, path, isForced },
        onProgress: (table, rows, total) =>
          progress.step(`Writing ${table}`, rows / Math.max(total, 1)),
        onNotice: progress.tell,
      }),
    { writes: false, lacking: 'accept' },
  ).finally(progress.end)
  const tell = report.file === null ? console.error : console.log
  tell(isJson ? JSON.stringify(report) : describeBackup(report))
}

export async function runRestore(
  config: Config,
  path: string,
  { replace: isReplacing = false, json: isJson = false }: RestoreCliOptions,
): Promise<void> {
  const backup = await openBackup(path)
  const progress = createProgress(process.stderr, isJson)
  progress.begin('restore')
  const report = await withCatalogue(
    config,
    async ({ url, claimServe }) => {
      await claimServe()
      const onProgress = (table: string, bytes: number, total: number | null) =>
        progress.step(`Restoring ${table}`, total && bytes / total)
      return restoreBackup({ url, backup, isReplacing, onProgress })
    },
    { makes: true, lacking: 'ignore' },
  ).finally(progress.end)
  const { paperql, postgres, createdAt } = backup.manifest
  const of = `of ${createdAt.slice(0, 16).replace('T', ' ')} UTC by paperql ${paperql} on PostgreSQL ${postgres}`
  console.log(isJson ? JSON.stringify(report) : describeRestore(report, of))
}

function describeBackup({ file, tables, rows, bytes, seconds }: BackupReport): string {
  const place = file === null ? '' : ` to ${file}`
  return `Wrote ${rowsOf(rows)} of ${tables} tables${place} in ${seconds.toFixed(1)} s: ${(bytes / 1e6).toFixed(1)} MB.`
}

function describeRestore({ tables, rows, seconds }: RestoreReport, of: string): string {
  return `Restored ${rowsOf(rows)} of ${tables} tables in ${seconds.toFixed(1)} s, from a backup ${of}.`
}

const rowsOf = (rows: number) => `${rows.toLocaleString('en')} row${rows === 1 ? '' : 's'}`

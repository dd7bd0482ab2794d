import { setFlagsFromString } from 'node:v8'
import type { Config } from '../../config.ts'
import { checkImport, runImport } from '../../import/run.ts'
import { EXIT } from '../base/exit.ts'
import { createProgress } from '../base/progress.ts'
import { describeReport } from '../base/report.ts'
import { withCatalogue } from '../base/with-catalogue.ts'

export interface ImportCliOptions {
  rejects?: string
  name?: string
  json?: boolean
  restart?: boolean
  batchSize?: number
}

export async function runImportCommand(
  config: Config,
  format: string,
  files: string[],
  options: ImportCliOptions,
): Promise<void> {
  const { json, rejects: rejectsPath, restart: isRestart, batchSize } = options
  // By default V8 lets a heap of 70 MB grow fourfold before it collects garbage.
  setFlagsFromString('--heap-growing-percent=40')
  // Reports invalid arguments without starting PostgreSQL.
  await checkImport({ format, files, rejectsPath })
  const progress = createProgress(process.stderr, json === true)
  progress.begin(files[0] === '-' ? 'standard input' : (files[0] ?? ''))
  const work = async ({ url }: { url: string }, signal: AbortSignal) => {
    const limits = { rejectsPath, isRestart, batchSize, signal, stdinName: options.name }
    const watching = { onProgress: progress.show, onStep: progress.step, onNotice: progress.tell }
    const result = await runImport({ url, format, files, ...limits, ...watching })
    progress.end()
    console.log(json ? JSON.stringify(result) : describeReport(result))
    if (result.rejected > 0 || result.unreadable.length > 0) process.exitCode = EXIT.rejects
  }
  await withCatalogue(config, work, { makes: true, endsItself: true }).finally(progress.end)
}

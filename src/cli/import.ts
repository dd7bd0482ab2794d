import { setFlagsFromString } from 'node:v8'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Config } from '../config.ts'
import { importFormats } from '../import/formats.ts'
import { EXIT, exitHelp } from './base/exit.ts'
import type { WithCatalogue } from './base/with-catalogue.ts'
import { createProgress, describeReport } from './report.ts'

interface ImportTools {
  config: () => Config
  withCatalogue: WithCatalogue
}

interface ImportCliOptions {
  rejects?: string
  name?: string
  json?: boolean
  restart?: boolean
  batchSize?: number
}

const width = Math.max(...importFormats.map(({ name }) => name.length))
const FORMATS_HELP = importFormats.map(
  ({ name, description }) => `  ${name.padEnd(width)}  ${description}`,
)

/** Adds `paperql import`. */
export function addImport(program: Command, tools: ImportTools): void {
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
    .option('--json', 'print the report as one line of JSON, without progress')
    .option('--restart', 'start over, even if the last import of these files is unfinished')
    .addOption(
      new Option('--batch-size <records>', 'records written in one transaction')
        .argParser(parseBatchSize)
        .default(undefined, '500'),
    )
    .addHelpText(
      'after',
      `
Formats:
${FORMATS_HELP.join('\n')}

Files of any size are read in little memory. Importing the same file again changes nothing. Rejected records go to the
rejects file and the import continues. A paper that several files describe is merged into one.

Run the same command to resume an import that was stopped or that crashed; finished files and records are skipped.
Standard input and changed files are read from the start. "paperql imports" lists imports and their progress.
${exitHelp(3, 130)}`,
    )
    .action((format: string, files: string[], options: ImportCliOptions) =>
      runImportCommand(tools, format, files, options),
    )
}

const MOST_BATCH_SIZE = 10_000

function parseBatchSize(text: string): number {
  const size = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (size >= 1 && size <= MOST_BATCH_SIZE) return size
  throw new InvalidArgumentError(`Expected a whole number from 1 to ${MOST_BATCH_SIZE}.`)
}

async function runImportCommand(
  { config, withCatalogue }: ImportTools,
  format: string,
  files: string[],
  options: ImportCliOptions,
): Promise<void> {
  const { json, rejects: rejectsPath, restart: isRestart, batchSize } = options
  const settings = config()
  const { checkImport, runImport } = await import('../import/run.ts')
  // By default V8 lets a heap of 70 MB grow fourfold before it collects garbage.
  setFlagsFromString('--heap-growing-percent=40')
  // Reports bad arguments without starting PostgreSQL.
  await checkImport({ format, files, rejectsPath })
  const progress = createProgress(process.stderr, json === true)
  progress.begin(files[0] === '-' ? 'standard input' : (files[0] ?? ''))
  const work = async ({ url }: { url: string }, signal: AbortSignal) => {
    const limits = { rejectsPath, isRestart, batchSize, signal, stdinName: options.name }
    const watching = { onProgress: progress.show, onNotice: progress.tell }
    const result = await runImport({ url, format, files, ...limits, ...watching })
    progress.end()
    console.log(json ? JSON.stringify(result) : describeReport(result))
    if (result.rejected > 0 || result.unreadable.length > 0) process.exitCode = EXIT.rejects
  }
  await withCatalogue(settings, work, { endsItself: true }).finally(progress.end)
}

import { setFlagsFromString } from 'node:v8'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { type Config, loadConfig } from '../config.ts'
import { isUnreachable } from '../db/connection.ts'
import { adviceOnLog, causeOf, describeCause } from '../db/error-cause.ts'
import { migrate } from '../db/schema/migrate.ts'
import { AppError } from '../errors.ts'
import { importFormats } from '../import/formats.ts'
import { checkImport, runImport } from '../import/run.ts'
import { createLog } from '../log.ts'
import { type CatalogueServer, openCatalogueServer } from '../serve/open-database.ts'
import { readVersion } from '../version.ts'
import { addBackup } from './backup.ts'
import { addCurate } from './curate.ts'
import { endInOrder, surviveErrors, watchOutput } from './ending.ts'
import { addExport } from './export.ts'
import { addImports } from './imports.ts'
import { createProgress, describeReport } from './report.ts'
import { addSync } from './sync.ts'
import type { CatalogueOptions } from './with-catalogue.ts'

/** What a command ends with; told in its help. */
const EXIT = { ok: 0, failure: 1, misuse: 2, rejects: 3, later: 4 } as const

const EXIT_HELP = `
Exit codes:
  0    done
  1    the machine or the database failed
  2    a command, option, variable or file that cannot be used
  3    an import ended, and some of its records were rejected, or some of its files could not be read
  4    a sync stopped before its end, as the source wants to be asked again only later
  130  stopped half-way by Ctrl-C (143 by SIGTERM); serve, which has no other end, ends with 0`

const VARIABLES_HELP = `
Environment (or the file .env beside package.json; .env.example tells of each):
  DATABASE_URL              a PostgreSQL ≥ 15 to use; without it an embedded one is started
  PAPERQL_DATA_DIR          folder of the embedded one's data (.paperql beside package.json)
  PAPERQL_SAMPLE            false: leave an empty catalogue empty
  PAPERQL_MIGRATE           false: refuse an older schema; only paperql migrate changes it
  PAPERQL_ADMIN_KEY         who sends it sees the imports in GraphQL; nobody without it
  PAPERQL_EXCLUDE_LICENCES  SPDX ids of licences whose data the server shows nowhere, such as CC-BY-SA-4.0
  HOST, PORT                where to serve (127.0.0.1, 4000)
  LOG_LEVEL                 fatal, error, warn, info, debug or silent (info); debug shows stack traces
  DATABASE_POOL_SIZE, DATABASE_LONG_STATEMENTS, STATEMENT_TIMEOUT_MS, SLOW_QUERY_MS,
  REQUEST_TIMEOUT_MS, QUERY_COST_LIMIT, ANSWER_SIZE_LIMIT_BYTES, REQUEST_BODY_LIMIT_BYTES,
  KEEP_ALIVE_TIMEOUT_MS, CORS_ORIGIN, GRAPHIQL
  GITHUB_TOKEN, SYNC_CONTACT                    what sync tells the sources
  ARXIV_OAI_URL, HUGGING_FACE_URL, GITHUB_API_URL   where they are`

const EXAMPLES_HELP = `
Examples:
  paperql serve                                     the API and GraphiQL on http://127.0.0.1:4000/graphql
  PORT=8080 paperql serve                           the same on another port
  paperql import paperlists acl2025.json.gz         add a conference list
  paperql import hf-listing listing.txt --json      add a listing, report as JSON
  paperql import auto "dumps/*.gz"                  add files, each by what stands in it
  curl … | paperql import arxiv -                   add what another program writes
  curl … | paperql import paperlists - --name iclr2026.json
  paperql export bibtex topic:parsing -o parsing.bib    write papers for LaTeX
  paperql export jsonl -o catalogue.jsonl.gz        write all that the catalogue holds
  paperql backup catalogue.backup                   write the whole database to a file
  paperql restore catalogue.backup                  fill an empty database from it
  paperql imports                                   how far each import came, and what was rejected
  paperql sync arxiv --set cs:cs:CL                 read what changed at arXiv since the last time
  paperql sync github --limit 5000                  refresh the stars of repositories
  paperql print-schema > schema.graphql             the schema, for code generators`

type Environment = Record<string, string | undefined>

/** Runs the command of `argv` and sets the exit code of the process. */
export async function runCli(argv: string[], env: Environment): Promise<void> {
  watchOutput()
  // The driver asks each new connection for the types of arrays, and nobody waits for that answer: whoever waits for the
  // connection gets another one.
  process.on('unhandledRejection', (error) => {
    if (!isUnreachable(error)) throw error
    notice('A connection to the database was lost while it was being made; trying again.')
  })
  try {
    await createProgram(env).parseAsync(argv, { from: 'user' })
  } catch (error) {
    process.exitCode = error instanceof CommanderError ? commanderExit(error) : report(error, env)
  }
}

/** Commander has said what is wrong already. */
function commanderExit({ exitCode }: CommanderError): number {
  return exitCode === 0 ? EXIT.ok : EXIT.misuse
}

function report(error: unknown, env: Environment): number {
  const message = error instanceof Error ? error.message : String(error)
  const isDebug = env.LOG_LEVEL === 'debug' && error instanceof Error
  const cause = causeToTell(error)
  console.error(`error: ${isDebug ? error.stack : (cause ?? message)}`)
  if (isDebug && error.cause) console.error(error.cause)
  if (!(error instanceof AppError)) return EXIT.failure
  if (error.code === 'RATE_LIMITED') return EXIT.later
  return error.code === 'BAD_USER_INPUT' ? EXIT.misuse : EXIT.failure
}

/** What is told instead of an error's own message, where the database or the system is at fault; null where that says it all. */
function causeToTell(error: unknown): string | null {
  const cause = causeOf(error)
  if (cause === null || !(error instanceof Error)) return null
  if (!(error instanceof AppError)) return describeCause(cause)
  const isExplained = error.code !== 'UNAVAILABLE' || !error.message.startsWith('The database ')
  return isExplained ? null : `${error.message}\n${describeCause(cause)}`
}

function createProgram(env: Environment): Command {
  const program = new Command('paperql')
    .description('A self-hosted GraphQL API for paper metadata.')
    .version(readVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .showHelpAfterError('(paperql --help tells more)')
    .addHelpText('after', `${EXAMPLES_HELP}\n${VARIABLES_HELP}\n${EXIT_HELP}`)
    .exitOverride()
  program
    .command('serve')
    .description(
      'serve GraphQL and GraphiQL; starts PostgreSQL, migrates, loads the sample if empty',
    )
    .addHelpText('after', `${VARIABLES_HELP}\n${EXIT_HELP}`)
    .action(() => runServe(loadConfig(env)))
  program
    .command('migrate')
    .description(
      'bring the database to the newest migration; other commands do so too, unless PAPERQL_MIGRATE is false',
    )
    .action(() => withCatalogue({ ...loadConfig(env), autoMigrate: true }, runMigrate))
  addImport(program, env)
  addExport(program, { config: () => loadConfig(env), withCatalogue, exitHelp: EXIT_HELP })
  addImports(program, { config: () => loadConfig(env), withCatalogue })
  addBackup(program, { config: () => loadConfig(env), withCatalogue, exitHelp: EXIT_HELP })
  addCurate(program, { config: () => loadConfig(env), withCatalogue, exitHelp: EXIT_HELP })
  addSync(program, {
    config: () => loadConfig(env),
    version: readVersion(),
    withCatalogue,
    exit: EXIT,
    exitHelp: EXIT_HELP,
  })
  program
    .command('print-schema')
    .description('print the schema in GraphQL SDL to standard output')
    .action(runPrintSchema)
  return program
}

function addImport(program: Command, env: Environment): void {
  const width = Math.max(...importFormats.map(({ name }) => name.length))
  const formats = importFormats.map(
    ({ name, description }) => `  ${name.padEnd(width)}  ${description}`,
  )
  program
    .command('import')
    .description(
      'add the papers of files to the catalogue; what is there already is updated or left',
    )
    .argument(
      '<format>',
      `how the files are written: ${importFormats.map((f) => f.name).join(', ')}`,
    )
    .argument(
      '<files...>',
      'files, plain or compressed by gzip or zstd; patterns such as "data/*.gz"; - for standard input',
    )
    .addOption(
      new Option(
        '--rejects <file>',
        'where records that cannot be used or had to be repaired are told, with the reason of each',
      ).default(undefined, '<first file>.rejects.jsonl here'),
    )
    .option(
      '--name <file>',
      'what standard input would be called as a file, for formats that read a conference and year from it',
    )
    .option('--json', 'report as one line of JSON, without progress')
    .option(
      '--restart',
      'begin anew, also where the last import of these files did not come to its end',
    )
    .addOption(
      new Option('--batch-size <records>', 'records that are written at once, in one transaction')
        .argParser(parseBatchSize)
        .default(undefined, '500'),
    )
    .addHelpText(
      'after',
      `
Formats:
${formats.join('\n')}

Files of any size are read in little memory. Importing the same file again changes nothing. A record that cannot be
used goes to the rejects file and the rest goes on. Papers that stand in several files become one.

Stopped half-way, whether by Ctrl-C or by a power cut, an import is gone on with by the same command: it passes over what
was read, up to the last record that was written. Only standard input is read from its start. A file that has changed since is
read from its start, too. "paperql imports" tells how far each import came.
${EXIT_HELP}`,
    )
    .action((format: string, files: string[], options: ImportCliOptions) =>
      runImportCommand(loadConfig(env), format, files, options),
    )
}

interface ImportCliOptions {
  rejects?: string
  name?: string
  json?: boolean
  restart?: boolean
  batchSize?: number
}

const MOST_BATCH_SIZE = 10_000

function parseBatchSize(text: string): number {
  const size = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (size >= 1 && size <= MOST_BATCH_SIZE) return size
  throw new InvalidArgumentError(`Expected a whole number from 1 to ${MOST_BATCH_SIZE}.`)
}

const notice = (message: string) => console.error(message)

// The server and the schema take a second to load, which no other command needs.

async function runServe(config: Config): Promise<void> {
  const { serve } = await import('../serve/serve.ts')
  const log = createLog(config.logLevel)
  const progress = createProgress(process.stderr, false)
  const starting = serve({
    config,
    log,
    onNotice: notice,
    onSampleProgress: progress.show,
  }).finally(progress.end)
  // A signal during the start lets it come to its end first: a half-made Postgres helps nobody.
  endInOrder({ stop: async () => (await starting).stop(), isServer: true })
  const { url, place } = await starting
  surviveErrors(log)
  console.log(`paperql serves ${url}/graphql  (data: ${place}; stop with Ctrl-C)`)
}

async function runPrintSchema(): Promise<void> {
  const { lexicographicSortSchema, printSchema } = await import('graphql')
  const { schema } = await import('../graphql/index.ts')
  process.stdout.write(`${printSchema(lexicographicSortSchema(schema))}\n`)
}

async function runMigrate({ place }: CatalogueServer): Promise<void> {
  console.log(`${place} has the newest migration.`)
}

async function runImportCommand(
  config: Config,
  format: string,
  files: string[],
  options: ImportCliOptions,
): Promise<void> {
  const { json, rejects: rejectsPath, restart: isRestart, batchSize } = options
  // Left to itself, V8 lets a heap of 70 MB grow fourfold before it looks for what records have left behind.
  setFlagsFromString('--heap-growing-percent=40')
  // Before a PostgreSQL is started for nothing.
  await checkImport({ format, files, rejectsPath })
  const progress = createProgress(process.stderr, json === true)
  const work = async ({ url }: CatalogueServer, signal: AbortSignal) => {
    const settings = { rejectsPath, isRestart, batchSize, signal, stdinName: options.name }
    const watching = { onProgress: progress.show, onNotice: progress.tell }
    const result = await runImport({ url, format, files, ...settings, ...watching })
    progress.end()
    console.log(json ? JSON.stringify(result) : describeReport(result))
    if (result.rejected > 0 || result.unreadable.length > 0) process.exitCode = EXIT.rejects
  }
  await withCatalogue(config, work, { endsItself: true }).finally(progress.end)
}

/**
 * Opens the configured Postgres for the time of `work`, with its schema checked and brought up to date. A signal closes it; work
 * that ends itself is waited for before, once its signal has told it to.
 */
async function withCatalogue<T>(
  config: Config,
  work: (server: CatalogueServer, signal: AbortSignal) => Promise<T>,
  { endsItself = false, writes = true, lacking }: CatalogueOptions = {},
): Promise<T> {
  const opening = openCatalogueServer(config, notice)
  const stopping = new AbortController()
  const working = opening.then(async (server) => {
    try {
      const policy = lacking ?? (config.autoMigrate ? 'apply' : 'refuse')
      if (policy !== 'ignore') await migrate(server.url, { lacking: policy, writes })
      return await work(server, stopping.signal)
    } catch (error) {
      throw await withReason(error, server)
    } finally {
      await server.close()
    }
  })
  endInOrder({
    async stop() {
      stopping.abort()
      await (endsItself ? working : (await opening).close())
    },
  })
  return working
}

/** Where an embedded PostgreSQL died meanwhile, its log knows why. */
async function withReason(error: unknown, server: CatalogueServer): Promise<unknown> {
  if (!(error instanceof AppError) || error.code !== 'UNAVAILABLE') return error
  const reason = await server.reason()
  if (!reason) return error
  const told = `${error.message}\nPostgreSQL's log: ${reason}. ${adviceOnLog(reason)}`.trim()
  return new AppError(error.code, told, { cause: error })
}

import { Command, CommanderError } from 'commander'
import { causeOf, describeCause } from '../db/error-cause.ts'
import { AppError, type ErrorCode, quote } from '../errors.ts'
import { readVersion } from '../version.ts'
import { addBackup, addRestore } from './backup.ts'
import { hasLostOutput, watchOutput } from './base/ending.ts'
import { EXIT, exitHelp, SERVE_EXIT_HELP } from './base/exit.ts'
import { notice } from './base/notice.ts'
import type { ReadConfig } from './base/read-config.ts'
import { addCompletion } from './completion.ts'
import { addCurate, addCurateAuthors } from './curate.ts'
import { addDigest } from './digest.ts'
import { addExport } from './export.ts'
import { addImport } from './import.ts'
import { addImports } from './imports.ts'
import { addRefresh } from './refresh.ts'
import { addSync } from './sync.ts'
import { addTopics } from './topics.ts'
import { addTrend } from './trend.ts'

const VARIABLES_HELP = `
Environment (or the file .env beside package.json; see .env.example for details):
  DATABASE_URL              PostgreSQL ≥ 15 to use; an embedded one is started when absent
  PAPERQL_DATA_DIR          data folder of the embedded PostgreSQL (.paperql beside package.json)
  PAPERQL_SAMPLE            false: do not load the sample into an empty catalogue; demo: add made-up
                            citations, upvotes and stars to it
  PAPERQL_MIGRATE           false: refuse an older schema; only paperql migrate changes it
  PAPERQL_ADMIN_KEY         shows imports in GraphQL to clients that send this key; to no one when absent
  PAPERQL_EXCLUDE_LICENCES  SPDX ids of licences whose data the server hides, such as CC-BY-SA-4.0
  HOST, PORT                address and port of the server (127.0.0.1, 4000)
  PUBLIC_URL                base of links in feeds, pages and mails (http://localhost:PORT)
  LOG_LEVEL                 fatal, error, warn, info, debug or silent (info); debug shows stack traces
  DATABASE_POOL_SIZE, DATABASE_LONG_STATEMENTS, STATEMENT_TIMEOUT_MS, SLOW_QUERY_MS,
  REQUEST_TIMEOUT_MS, QUERY_COST_LIMIT, ANSWER_SIZE_LIMIT_BYTES, REQUEST_BODY_LIMIT_BYTES,
  KEEP_ALIVE_TIMEOUT_MS, CORS_ORIGIN, GRAPHIQL, PAGES, CHANGES_RETENTION_DAYS,
  EVENT_STREAMS_LIMIT, EVENT_STREAMS_PER_CLIENT, API_KEYS, WEBHOOK_ALLOW
  TRUSTED_PROXIES, SMTP_URL, MAIL_FROM, MAIL_REPLY_TO, MAIL_BOUNCE_TO, MAIL_DIR,
  DKIM_KEY_FILE, DKIM_DOMAIN, DKIM_SELECTOR         how mails are sent
  GITHUB_TOKEN, SYNC_CONTACT                        sent to the sources by sync
  ARXIV_OAI_URL, HUGGING_FACE_URL, GITHUB_API_URL   addresses of the sources
  Other names that begin with PAPERQL_, and slips such as SMTP_ULR, cause a warning`

const EXAMPLES_HELP = `
Examples:
  paperql serve                                     serve http://127.0.0.1:4000/graphql with GraphiQL
  PORT=8080 paperql serve                           use another port
  paperql import paperlists acl2025.json.gz         import a conference list
  paperql import hf-listing listing.txt --json      import a listing, report as JSON
  paperql import auto "dumps/*.gz"                  import files, detect the format of each
  curl … | paperql import arxiv -                   import from another program
  curl … | paperql import paperlists - --name iclr2026.json
  paperql export bibtex topic:parsing -o parsing.bib    write papers for LaTeX
  paperql export jsonl -o catalogue.jsonl.gz        write the whole catalogue
  paperql backup catalogue.backup                   back up the whole database to a file
  paperql restore catalogue.backup                  restore it into an empty database
  paperql imports                                   list imports, their progress and rejects
  paperql sync arxiv --set cs:cs:CL                 fetch what changed at arXiv since the last run
  paperql sync github --limit 5000                  refresh the stars of repositories
  paperql topics merge speech-recognition asr       merge topics; later imports follow
  paperql trend                                     update the scores of trending papers
  paperql refresh                                   follow the rules of this version at once
  paperql digest doctor                             check that digests can arrive
  paperql print-schema > schema.graphql             write the schema for code generators`

/** Rewords usage errors, and appends a pointer to the help of their command. */
function pointToHelp(command: Command, path = 'paperql'): void {
  command.configureOutput({ outputError: (text, write) => write(plainly(text)) })
  command.showHelpAfterError(`Run "${path} --help" for usage.`)
  for (const one of command.commands) pointToHelp(one, `${path} ${one.name()}`)
}

/** Commander's message for an invalid argument refers to its own terms. */
const plainly = (text: string) =>
  text
    .replace(
      /command-argument value '(.*)' is invalid for argument '([^']*)'/s,
      (_, value: string, name: string) => `${quote(value)} is not a valid ${name}`,
    )
    .replace(/missing required argument '(refs|authors)'/, (missing, name: string) =>
      name === 'refs'
        ? `${missing}: two papers or more are needed`
        : `${missing}: two authors or more are needed`,
    )

type Environment = Record<string, string | undefined>

/** Runs the command of `argv` and sets the exit code of the process. */
export async function runCli(argv: string[], env: Environment): Promise<void> {
  watchOutput()
  try {
    const program = createProgram(env)
    await program.parseAsync(knownToHelp(program, argv), { from: 'user' })
  } catch (error) {
    process.exitCode = error instanceof CommanderError ? commanderExit(error) : report(error, env)
  }
}

/** For help on an unknown command, returns only the command: commander suggests similar names for it, but not after `help`. */
function knownToHelp({ commands }: Command, argv: string[]): string[] {
  const [first, name] = argv
  if (first !== 'help' || name === undefined || name === 'help' || name.startsWith('-')) return argv
  return commands.some((one) => one.name() === name) ? argv : [name]
}

/** Commander has already printed the error. */
function commanderExit({ exitCode }: CommanderError): number {
  return exitCode === 0 ? EXIT.ok : EXIT.misuse
}

/** A reference to something unknown, such as an import number, is misuse like a missing file. */
const MISUSES = new Set<ErrorCode>(['BAD_USER_INPUT', 'NOT_FOUND'])

function report(error: unknown, env: Environment): number {
  if (hasLostOutput()) return EXIT.failure
  const message = error instanceof Error ? error.message : String(error)
  const isDebug = env.LOG_LEVEL === 'debug' && error instanceof Error
  const cause = causeToTell(error)
  console.error(`error: ${isDebug ? error.stack : (cause ?? message)}`)
  if (isDebug && error.cause) console.error(error.cause)
  if (!(error instanceof AppError)) return EXIT.failure
  if (error.code === 'RATE_LIMITED') return EXIT.later
  return MISUSES.has(error.code) ? EXIT.misuse : EXIT.failure
}

/** The message to print instead of the error's own if the database or the system failed; null if its own suffices. */
function causeToTell(error: unknown): string | null {
  const cause = causeOf(error)
  if (cause === null || !(error instanceof Error)) return null
  if (!(error instanceof AppError)) return describeCause(cause)
  const isExplained = error.code !== 'UNAVAILABLE' || !error.message.startsWith('The database ')
  return isExplained ? null : `${error.message}\n${describeCause(cause)}`
}

/** All commands. Each loads its modules when it runs, so that usage errors and help are printed at once. */
export function createProgram(env: Environment): Command {
  const readConfig = async () => {
    const { emptyIn, loadConfig, misspeltIn } = await import('../config.ts')
    for (const told of [...misspeltIn(env), ...emptyIn(env)]) notice(`warning: ${told}`)
    return loadConfig(env)
  }
  const program = new Command('paperql')
    .description('A self-hosted GraphQL API for paper metadata.')
    .version(readVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', `${EXAMPLES_HELP}\n${VARIABLES_HELP}\n${exitHelp(3, 4, 130)}`)
    .exitOverride()
  addServe(program, readConfig)
  addImport(program, readConfig)
  addExport(program, readConfig)
  addImports(program, readConfig)
  addBackup(program, readConfig)
  addRestore(program, readConfig)
  addCurate(program, readConfig)
  addCurateAuthors(program, readConfig)
  addTopics(program, readConfig)
  addDigest(program, readConfig)
  addSync(program, readConfig)
  addTrend(program, readConfig)
  addRefresh(program, readConfig)
  addPrintSchema(program)
  addCompletion(program)
  pointToHelp(program)
  return program
}

function addServe(program: Command, readConfig: ReadConfig): void {
  program
    .command('serve')
    .description(
      'serve GraphQL and GraphiQL; starts PostgreSQL, migrates it, loads the sample if empty',
    )
    .addHelpText('after', `${VARIABLES_HELP}\n${SERVE_EXIT_HELP}`)
    .action(async () => {
      const config = await readConfig()
      const { runServe } = await import('./run/serve.ts')
      return runServe(config)
    })
  program
    .command('migrate')
    .description(
      'update the database to the newest schema; other commands do so too, unless PAPERQL_MIGRATE is false',
    )
    .addHelpText('after', exitHelp(130))
    .action(async () => {
      const config = await readConfig()
      const { runMigrate } = await import('./run/migrate.ts')
      return runMigrate(config)
    })
}

function addPrintSchema(program: Command): void {
  program
    .command('print-schema')
    .description('print the GraphQL schema as SDL')
    .addHelpText('after', exitHelp())
    .action(async () => {
      const { runPrintSchema } = await import('./run/print-schema.ts')
      runPrintSchema()
    })
}

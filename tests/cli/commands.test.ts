import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Command, CommanderError } from 'commander'
import { describe, expect, test } from 'vitest'
import { createProgram } from '../../src/cli/program.ts'

/** Fails for each file that is forgotten where a command is added: the recipe is in src/cli/README.md. */
const COMMANDS = [
  ...['serve', 'migrate', 'import', 'imports', 'export', 'backup', 'restore', 'merge', 'split'],
  ...['merge-authors', 'split-author'],
  ...[
    'undo',
    'decisions',
    'digest',
    'sync',
    'topics',
    'trend',
    'refresh',
    'print-schema',
    'completion',
  ],
]

const root = fileURLToPath(new URL('../../', import.meta.url))
const under = (folder: string, name: RegExp) =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file) && !file.includes('node_modules'))
    .map((file) => readFileSync(`${root}${folder}/${file}`, 'utf8'))
    .join('\n')

const guide = readFileSync(`${root}src/cli/README.md`, 'utf8')
/** Without this file, which names all commands. */
const tests = under('tests', /(?<!commands)\.test\.ts$/)

interface Outcome {
  stdout: string
  stderr: string
  code: number
}

/** Parses a command line that ends before a command runs, in this process: `cli.test.ts` does so in processes of their own. */
async function parse(...args: string[]): Promise<Outcome> {
  const outcome: Outcome = { stdout: '', stderr: '', code: -1 }
  const program = createProgram({})
  const listen = (command: Command) => {
    command.configureOutput({
      writeOut: (text) => {
        outcome.stdout += text
      },
      writeErr: (text) => {
        outcome.stderr += text
      },
    })
    for (const one of command.commands) listen(one)
  }
  listen(program)
  const error = await program.parseAsync(args, { from: 'user' }).catch((cause: unknown) => cause)
  if (!(error instanceof CommanderError)) throw new Error(`"${args.join(' ')}" ran`)
  return { ...outcome, code: error.exitCode }
}

test('each command of --help is here', async () => {
  const { stdout: help } = await parse('--help')
  const listed = /\nCommands:\n((?: {2}.*\n)+)/.exec(help)?.[1] ?? ''
  const names = [...listed.matchAll(/^ {2}([a-z][\w-]*)/gm)].map(([, name]) => name)
  expect(names.filter((name) => name !== 'help').toSorted()).toEqual(COMMANDS.toSorted())
})

describe.each(COMMANDS)('%s', (name) => {
  test('has a help page, and refuses an option that there is not', async () => {
    const page = await parse(name, '--help')
    expect(page).toMatchObject({ code: 0, stderr: '' })
    expect(page.stdout).toMatch(new RegExp(`^Usage: paperql ${name}\\b`))
    expect(page.stdout.match(/^Exit codes:$/gm)).toHaveLength(1)
    expect(page.stdout).not.toContain('(default: [])')
    const refused = await parse(name, '--no-such-option')
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(/no-such-option|missing required argument/)
  })

  test('is in the guide', () => {
    expect(guide).toMatch(new RegExp(`^\\|.*\`${name}\\b`, 'm'))
  })

  test('is run by a test', () => {
    // As the first word of a command line: names are also common words.
    expect(tests).toMatch(new RegExp(`\\[\\s*['"\`]${name}['"\`]`))
  })
})

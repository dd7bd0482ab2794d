import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Command, CommanderError } from 'commander'
import { describe, expect, test } from 'vitest'
import { createProgram } from '../../src/cli/program.ts'

// Fails for each file that is forgotten when a command is added: the recipe is in src/cli/README.md.

/** A command and all below it, each with the words that call it. */
const withOwn = (command: Command, words: string[]): [words: string[], command: Command][] => [
  [words, command],
  ...command.commands.flatMap((one) => withOwn(one, [...words, one.name()])),
]
const all = createProgram({}).commands.flatMap((one) => withOwn(one, [one.name()]))
/** Commands without the groups that only contain others, such as `digest`. */
const running = all.filter(([, { commands }]) => commands.length === 0)

const root = fileURLToPath(new URL('../../', import.meta.url))
const under = (folder: string, name: RegExp) =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file) && !file.includes('node_modules'))
    .map((file) => readFileSync(`${root}${folder}/${file}`, 'utf8'))
    .join('\n')

const tests = under('tests', /\.test\.ts$/)
/** Command lines in the table of commands: in `topics merge`, `rename` the second is `topics rename`. */
const inGuide = [
  ...readFileSync(`${root}src/cli/README.md`, 'utf8').matchAll(/^\| (`.*?`) +\|.*\| (?:yes|no)/gm),
].flatMap(([, cell = '']) => {
  const lines = [...cell.matchAll(/`([^`]+)`/g)].map(([, line = '']) => line.split(' '))
  const group = all.find(([[first], { commands }]) => first === lines[0]?.[0] && commands.length)
  const words = group ? 2 : 1
  return lines.map((line) =>
    (group && line[0] !== group[0][0] ? [...group[0], ...line] : line).slice(0, words).join(' '),
  )
})

interface Outcome {
  stdout: string
  stderr: string
  code: number
}

/** Parses a command line that ends before a command runs, in this process; `cli.test.ts` uses separate processes. */
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

test('the guide lists all commands', () => {
  expect(running.length).toBeGreaterThan(25)
  expect(inGuide.toSorted()).toEqual(running.map(([words]) => words.join(' ')).toSorted())
})

describe.each(all)('%j', (words, command) => {
  test('has a help page, and refuses an unknown option', async () => {
    const page = await parse(...words, '--help')
    expect(page).toMatchObject({ code: 0, stderr: '' })
    expect(page.stdout).toMatch(new RegExp(`^Usage: paperql ${words.join(' ')}\\b`))
    expect(page.stdout.match(/^Exit codes:$/gm)).toHaveLength(1)
    expect(page.stdout).not.toContain('(default: [])')
    const refused = await parse(...words, '--no-such-option')
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(/no-such-option|missing required argument/)
  })

  test('describes itself, its arguments and its options', () => {
    expect(command.description()).not.toBe('')
    const parts = [...command.registeredArguments, ...command.options]
    expect(parts.filter((part) => !part.description).map((part) => part.name())).toEqual([])
  })
})

test.each(running)('a test runs %j', (words) => {
  // Only as the first words of a command line, because names are also common words.
  const line = words.map((word) => `['"\`]${word}['"\`]`).join(',\\s*')
  expect(new RegExp(`(?:\\[|\\brun\\()\\s*${line}`).test(tests)).toBe(true)
})

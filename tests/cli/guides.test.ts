import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { globSync } from 'tinyglobby'
import { expect, test } from 'vitest'
import { createProgram } from '../../src/cli/program.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (file: string) => readFileSync(`${root}${file}`, 'utf8')
const guides = globSync(['README.md', 'src/**/*.md', 'tests/**/*.md'], {
  cwd: root,
  ignore: ['**/node_modules/**'],
})

/** Captures of a pattern in all guides, each with its guide. */
const found = (pattern: RegExp): [text: string, guide: string][] =>
  guides.flatMap((guide) =>
    [...read(guide).matchAll(pattern)].map(([, text = '']): [string, string] => [
      text.trim(),
      guide,
    ]),
  )

/** Arguments of commands that are written out, without comments and pipes; commands with placeholders are skipped. */
const lines = found(/npm run (?:-s )?paperql -- ([^\n`]+)/g)
  .map(([line, guide]): [string, string] => [line.replace(/\s+[#|>].*$/, ''), guide])
  .filter(([line]) => !/[<…]|^--help/.test(line))

/** A program that parses commands without running them. */
function parser(): Command {
  const program = createProgram({})
  const silence = (command: Command) => {
    command.configureOutput({ writeOut: () => {}, writeErr: () => {} })
    if (command.commands.length === 0) command.action(() => {})
    for (const one of command.commands) silence(one)
  }
  silence(program)
  return program
}

test('the guides show how to run commands', () => {
  expect(lines.length).toBeGreaterThan(30)
})

test.each(lines)('paperql %s, in %s, is a valid command', async (line) => {
  const words = line.match(/"[^"]*"|'[^']*'|\S+/g) ?? []
  const args = words.map((word) => word.replace(/^(["'])(.*)\1$/, '$2'))
  const outcome = await parser()
    .parseAsync(args, { from: 'user' })
    .then(
      () => 'understood',
      (error: unknown) => String(error),
    )
  expect(outcome).toBe('understood')
})

test('commands in sentences of guides exist', () => {
  const names = createProgram({}).commands.map((command) => command.name())
  const named = found(/`paperql ([a-z][\w-]*)/g)
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter(([name]) => !names.includes(name))).toEqual([])
})

test('scripts and tests that guides run exist', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const run = found(/\bnpm run (?:-s )?([a-z][\w:-]*)/g)
  expect(run.length).toBeGreaterThan(50)
  expect(run.filter(([name]) => !Object.hasOwn(scripts, name))).toEqual([])
  const files = found(/\b(?:npx vitest run|vitest run|node) ((?:tests|src)\/[\w./-]+)/g)
  expect(files.length).toBeGreaterThan(5)
  expect(files.filter(([file]) => !existsSync(`${root}${file}`))).toEqual([])
})

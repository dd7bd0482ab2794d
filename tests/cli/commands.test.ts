import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { runCli } from '../helpers/cli.ts'

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

let help: string
beforeAll(async () => {
  help = (await runCli(['--help'])).stdout
})

test('each command of --help is here', () => {
  const listed = /\nCommands:\n((?: {2}.*\n)+)/.exec(help)?.[1] ?? ''
  const names = [...listed.matchAll(/^ {2}([a-z][\w-]*)/gm)].map(([, name]) => name)
  expect(names.filter((name) => name !== 'help').toSorted()).toEqual(COMMANDS.toSorted())
})

describe.each(COMMANDS)('%s', (name) => {
  test('has a help page, and refuses an option that there is not', async () => {
    const [page, refused] = await Promise.all([
      runCli([name, '--help']),
      runCli([name, '--no-such-option']),
    ])
    expect(page).toMatchObject({ code: 0, stderr: '' })
    expect(page.stdout).toMatch(new RegExp(`^Usage: paperql ${name}\\b`))
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toMatch(/no-such-option|missing required argument/)
  })

  test('is in the guide', () => {
    expect(guide).toMatch(new RegExp(`^\\|.*\`${name}\\b`, 'm'))
  })

  test('is run by a test', () => {
    expect(tests).toMatch(new RegExp(`['"\`]${name}['"]`))
  })
})

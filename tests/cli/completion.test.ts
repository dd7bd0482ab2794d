import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { runCli, runProcess } from '../helpers/cli.ts'

const SHELLS = ['bash', 'zsh', 'fish'] as const
const scripts = new Map<string, string>()
beforeAll(async () => {
  for (const shell of SHELLS) {
    const { code, stdout } = await (shell === 'bash' ? runProcess : runCli)(['completion', shell])
    expect(code).toBe(0)
    scripts.set(shell, stdout)
  }
})

const hasShell = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0

/** The completions of bash for the last word of a command line. */
function completeInBash(...words: string[]): string[] {
  const program = `${scripts.get('bash')}
COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); _paperql; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr } = spawnSync('bash', ['-c', program, 'bash', ...words], {
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return stdout.split('\n').filter((line) => line !== '')
}

test.skipIf(!hasShell('bash'))('bash completes commands, formats, options and states', () => {
  expect(completeInBash('paperql', 'imp')).toEqual(['import', 'imports'])
  expect(completeInBash('paperql', 'sync', '')).toEqual(['arxiv', 'hf-daily', 'github'])
  expect(completeInBash('paperql', 'export', 'bib')).toEqual(['bibtex'])
  expect(completeInBash('paperql', 'sync', 'arxiv', '--f')).toEqual(['--from'])
  expect(completeInBash('paperql', 'imports', '--json', '--state', 'd')).toEqual(['done'])
  // Empty, so that bash completes files itself.
  expect(completeInBash('paperql', 'import', 'csv', '')).toEqual([])
})

test.each(SHELLS)('%s can parse its script', (shell) => {
  for (const word of ['restore', 'hf-listing', 'batch-size', 'interrupted'])
    expect(scripts.get(shell)).toContain(word)
  if (!hasShell(shell)) return
  const file = join(mkdtempSync(join(tmpdir(), 'completion-')), shell)
  writeFileSync(file, scripts.get(shell) ?? '')
  const { status, stderr } = spawnSync(shell, ['-n', file], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})

/** The completions of fish for a command line. */
function completeInFish(line: string): string[] {
  const shell: (typeof SHELLS)[number] = 'fish'
  const program = `${scripts.get('fish')}\ncomplete -C '${line}'`
  const { stdout, stderr } = spawnSync(shell, ['--no-config', '-c', program], { encoding: 'utf8' })
  expect(stderr).toBe('')
  return stdout.split('\n').flatMap((offered) => offered.split('\t')[0] || [])
}

test.skipIf(!hasShell('fish'))('fish completes commands, formats, options and states', () => {
  expect(completeInFish('paperql imp')).toEqual(['import', 'imports'])
  expect(completeInFish('paperql sync ')).toEqual(['arxiv', 'github', 'hf-daily'])
  expect(completeInFish('paperql export bib')).toEqual(['bibtex'])
  expect(completeInFish('paperql sync arxiv --f')).toEqual(['--from'])
  expect(completeInFish('paperql imports --json --state d')).toEqual(['done'])
})

test('the zsh script leaves variables that zsh ties to PATH alone', () => {
  expect(scripts.get('zsh')).not.toMatch(/\b(?:path|fpath|cdpath|manpath)=/)
})

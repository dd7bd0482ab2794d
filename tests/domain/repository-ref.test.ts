import { expect, test } from 'vitest'
import {
  findRepositoryLinks,
  parseRepositoryColumn,
  parseRepositoryRef,
} from '../../src/domain/repository-ref.ts'

const key = (text: string) => {
  const ref = parseRepositoryRef(text)
  return ref && `${ref.host} ${ref.owner} ${ref.name}`
}

const SAME = [
  'https://github.com/Quareia/LTA',
  'http://www.github.com/quareia/lta/',
  'github.com/Quareia/LTA.git',
  'git@github.com:Quareia/LTA.git',
  'github.com:Quareia/LTA',
  'https://github.com/Quareia/LTA/tree/main/src',
  'https://github.com/Quareia/LTA/blob/main/README.md',
  'https://github.com/Quareia/LTA.',
  '(https://github.com/Quareia/LTA).',
  '\\url{https://github.com/Quareia/LTA}',
  'https://github.com/Quareia/LTA#readme',
  '[![github](/images/github_icon.svg) Quareia/LTA](https://github.com/Quareia/LTA)',
]
for (const text of SAME) {
  test(`${text} is a repository`, () => expect(key(text)).toBe('github.com quareia lta'))
}

const NONE = [
  'https://github.com/steqe',
  'https://clues-benchmark.github.io',
  'https://declare-lab.github.io/CICERO',
  'https://gist.github.com/someone/0123456789',
  'https://github.com/topics/nlp',
  'https://github.com/your-repo',
  'https://github.com/llavar/LLaV AR-2',
  'https://huggingface.co/papers/2305.18290',
  'https://rowanzellers.com/piglet',
  '1Github Repository',
  '',
]
for (const text of NONE) {
  test(`${JSON.stringify(text)} is none`, () => expect(parseRepositoryRef(text)).toBeNull())
}

test('other hosts', () => {
  expect(key('https://gitlab.com/erniecyc/few-selector')).toBe('gitlab.com erniecyc few-selector')
  expect(key('https://bitbucket.org/a/b')).toBe('bitbucket.org a b')
  expect(key('https://codeberg.org/a/b')).toBe('codeberg.org a b')
  expect(key('https://huggingface.co/amunozo/pixel')).toBe('huggingface.co amunozo pixel')
  expect(key('https://huggingface.co/datasets/QCRI/AraDiCE')).toBe(
    'huggingface.co datasets/qcri aradice',
  )
})

test('a column holds several, in several spellings', () => {
  const text =
    'https://github.com/a/b; github.com/c/d;e/f; https://x.github.io + [x](https://github.com/a/b)'
  expect(parseRepositoryColumn(text).map(({ url }) => url)).toEqual([
    'https://github.com/a/b',
    'https://github.com/c/d',
    'https://github.com/e/f',
  ])
})

test('links in running text, with punctuation and LaTeX', () => {
  const text =
    'Code: https://github.com/A/b_c. We https://github.com/openai/preparedness{open-source our code}, see github.com/x/my\\_code, and https://github.com/MBZUAI-CLeaR/IoE-Prompting.git.'
  expect(findRepositoryLinks(text).map(({ owner, name }) => `${owner}/${name}`)).toEqual([
    'a/b_c',
    'openai/preparedness',
    'x/my_code',
    'mbzuai-clear/ioe-prompting',
  ])
})

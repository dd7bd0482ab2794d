import { expect, test } from 'vitest'
import {
  findRepositoryLinks,
  normalUrl,
  parseRepositoryColumn,
  parseRepositoryRef,
} from '../../../src/domain/reference/repository-ref.ts'

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
  'https://github.com/Quareia/LTA?tab=readme-ov-file',
  'https://raw.githubusercontent.com/Quareia/LTA/main/README.md',
  'https:\\/\\/github.com\\/Quareia\\/LTA',
  '\\href{https://github.com/Quareia/LTA}{our code}',
  'ssh://git@github.com/Quareia/LTA.git',
  'https://github.com/Quareia/LTA/.',
  'https://github.com//Quareia/LTA.git).',
  '[![github](/images/github_icon.svg) Quareia/LTA](https://github.com/Quareia/LTA)',
]
for (const text of SAME) {
  test(`${text} is a repository`, () => expect(key(text)).toBe('github.com quareia lta'))
}

const NONE = [
  'https://github.com/steqe',
  'https://clues-benchmark.github.io',
  'https://declare-lab.github.io/CICERO',
  'https://gist.github.com/0123456789abcdef0123',
  'https://gist.github.com/someone/starred',
  'https://github.com/user-attachments/assets/0123',
  'https://gitlab.com/someone',
  'https://gitlab.com/explore/projects',
  'https://someone.gitlab.io/project',
  'https://gitlab.io/a/b',
  'https://huggingface.co/bert-base-uncased',
  'https://huggingface.co/datasets/squad',
  'https://huggingface.co/spaces/gradio',
  'https://huggingface.co/docs/transformers',
  'https://bitbucket.org/someone',
  'https://github.com/topics/nlp',
  'https://github.com/your-repo',
  'https://github.com/llavar/LLaV AR-2',
  'https://huggingface.co/papers/2305.18290',
  'https://rowanzellers.com/piglet',
  '1Github Repository',
  '',
]
for (const text of NONE) {
  test(`${JSON.stringify(text)} is not a repository`, () =>
    expect(parseRepositoryRef(text)).toBeNull())
}

test.each([
  ['https://gitlab.com/erniecyc/few-selector', 'gitlab.com erniecyc few-selector'],
  ['https://gitlab.com/group/sub/Project.git', 'gitlab.com group/sub project'],
  ['https://gitlab.com/group/sub/project/-/tree/main/src', 'gitlab.com group/sub project'],
  ['https://gitlab.com/group/project/blob/master/a.py', 'gitlab.com group project'],
  ['git@gitlab.com:group/sub/project.git', 'gitlab.com group/sub project'],
  [
    'gitlab.inria.fr/ariabi/counter-dataset-public.',
    'gitlab.inria.fr ariabi counter-dataset-public',
  ],
  ['https://bitbucket.org/a/b/src/master/', 'bitbucket.org a b'],
  ['https://codeberg.org/a/b/src/branch/main', 'codeberg.org a b'],
  [
    'https://gist.github.com/Someone/0123456789abcdef0123',
    'gist.github.com someone 0123456789abcdef0123',
  ],
  [
    'https://gist.githubusercontent.com/a/0123456789abcdef0123/raw/x.py',
    'gist.github.com a 0123456789abcdef0123',
  ],
  ['https://huggingface.co/amunozo/pixel', 'huggingface.co amunozo pixel'],
  ['https://huggingface.co/a/b/tree/main', 'huggingface.co a b'],
  ['https://hf.co/A/b.', 'huggingface.co a b'],
  [
    'https://hf.co/datasets/naist-nlp/Wiki-ImageReview1.0',
    'huggingface.co datasets/naist-nlp wiki-imagereview1.0',
  ],
  ['https://huggingface.co/datasets/QCRI/AraDiCE', 'huggingface.co datasets/qcri aradice'],
  ['https://huggingface.co/spaces/a/b/blob/main/app.py', 'huggingface.co spaces/a b'],
])('%s is on another host', (text, expected) => expect(key(text)).toBe(expected))

test('the URL keeps its case, and leads to the repository itself', () => {
  expect(parseRepositoryRef('https://hf.co/Datasets/QCRI/AraDiCE/tree/main')?.url).toBe(
    'https://huggingface.co/datasets/QCRI/AraDiCE',
  )
  expect(parseRepositoryRef('gitlab.com/Group/Sub/Project/-/issues')?.url).toBe(
    'https://gitlab.com/Group/Sub/Project',
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
    'Code: https://github.com/A/b_c. We https://github.com/openai/preparedness{open-source our code}, see github.com/x/my\\_code, github.com/y/long\\-name{\\_}2\\textunderscore{}z (v1), and https://github.com/MBZUAI-CLeaR/IoE-Prompting.git.'
  expect(findRepositoryLinks(text).map(({ owner, name }) => `${owner}/${name}`)).toEqual([
    'a/b_c',
    'openai/preparedness',
    'x/my_code',
    'y/longname_2_z',
    'mbzuai-clear/ioe-prompting',
  ])
})

test('a URL is normalised', () => {
  expect(normalUrl('https://GitHub.com/a b/../C')).toBe('https://github.com/C')
  expect(normalUrl('https://github.com/Quareia/LTA')).toBe('https://github.com/Quareia/LTA')
  expect(normalUrl('no address')).toBe('no address')
})

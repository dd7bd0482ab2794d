import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { measureFunctions } from './helpers/function-lengths.ts'

const SRC = fileURLToPath(new URL('../src', import.meta.url))

/**
 * All folders of src, the lowest first: files import from their own folder and from folders before it in this list. Put a new folder at the
 * first place from which it reaches what it needs.
 */
const ORDER = [
  'db/tables',
  'db',
  'db/functions',
  'db/locks',
  'db/schema',
  'db/embedded',
  'sql',
  'mail',
  'domain/access',
  'domain/identity/counts',
  'domain/reference',
  'domain/record',
  'domain/record/same',
  'domain/record/keywords',
  'domain/venues',
  'domain/institutions',
  'domain/entity',
  'domain/statements',
  'domain/identity/affiliations',
  'domain/identity/spelling',
  'domain/identity/decided',
  'domain/identity/pairs',
  'domain/identity',
  'domain/record/merge',
  'domain/identity/reasons',
  'domain/identity/similar',
  'domain/identity/lookup',
  'domain/papers/related',
  'domain/papers',
  'domain/changes',
  'domain/search/fields',
  'domain/search/reading',
  'domain/search/terms',
  'domain/search/naming',
  'domain/search',
  'domain/find',
  'domain/analysis',
  'domain/lists',
  'domain/repositories',
  'domain/trending',
  'domain/votes',
  'domain/write/match',
  'domain/write/excluded',
  'domain/write/relations',
  'domain/write/institutions',
  'domain/write/topics',
  'domain/write/authors',
  'domain/write/authors/evidence',
  'domain/write',
  'domain/saved',
  'domain/digest',
  'domain/curation',
  'domain/imports',
  'domain/export',
  'bibliography',
  'import/input/encoding',
  'import/input',
  'import/fields',
  'import/fields/printed',
  'import/names',
  'import/sources',
  'import/formats',
  'import',
  'sample',
  'sync',
  'export',
  'backup',
  'webhooks',
  'digest',
  'graphql',
  'graphql/plan',
  'graphql/relay',
  'graphql/papers',
  'graphql/repositories',
  'graphql/analysis',
  'graphql/institutions',
  'graphql/entity',
  'graphql/statements',
  'graphql/identity',
  'graphql/find',
  'graphql/search',
  'graphql/lists',
  'graphql/trending',
  'graphql/digest',
  'graphql/imports',
  'graphql/changes',
  'graphql/saved',
  'graphql/votes',
  'graphql/webhooks',
  'server/http',
  'server/graphiql',
  'server/cost',
  'server/hints',
  'server/execute',
  'server/stream',
  'server',
  'html',
  'feeds',
  'pages/parts',
  'pages/paper',
  'pages/subscriptions',
  'pages/votes',
  'pages',
  'serve',
  'cli/base',
  'cli/run',
  'cli/run/curation',
  'cli',
]
/** Files at the top of src that every folder may use. */
const SHARED = [
  'errors.ts',
  'file-fault.ts',
  'config.ts',
  'day.ts',
  'log.ts',
  'match-at.ts',
  'retry-after.ts',
  'run-document.ts',
  'version.ts',
]
/** Mails use these files too, and GraphQL previews mails, so they import nothing of paperql. */
const MARKUP = ['html/template.ts', 'html/paths.ts', 'html/dates.ts', 'html/legal-text.ts']
/** The schema combines the types, and so imports from folders above it. */
const COMPOSES = ['graphql/index.ts']
/** An import between these would not be a cycle, but would mix their responsibilities. */
const APART: [folder: string, from: string][] = [
  ['graphql', 'import'],
  ['graphql', 'sync'],
  ['graphql', 'export'],
  ['graphql', 'backup'],
  ['graphql', 'sample'],
  ['server', 'import'],
  ['server', 'sync'],
  ['server', 'export'],
  ['server', 'backup'],
  ['server', 'sample'],
  ['backup', 'domain'],
  ['backup', 'import'],
  ['export', 'import'],
  ['export', 'sync'],
  ['import', 'bibliography'],
]
/** Reads a file that a client sends, in the way of an import. */
const MAY_READ_FILES = ['graphql/saved/read-bibliography.ts']
const MOST_LINES = 350
const MOST_FILES = 15
/** Limit for a function: name the parts of a longer one. */
const MOST_LINES_OF_FUNCTION = 40
/** Limit for a guide: split a longer one by subject, and link each part. */
const MOST_GUIDE_LINES = 150
/** Folders with more files need a README.md that states their purpose and where to start. */
const MOST_WITHOUT_README = 5
/** One file for each format with its helpers; one file for each group of tables. */
const MAY_HOLD_MORE = ['import/sources', 'db/tables']

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.(ts|mjs)$/.test(file),
)
const within = (folder: string, top: string) => folder === top || folder.startsWith(`${top}/`)

function importedBy(file: string): string[] {
  const text = readFileSync(join(SRC, file), 'utf8')
  return [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map((match) =>
    relative(SRC, join(SRC, file, '..', match[1] ?? '')),
  )
}

test('the order lists each folder with source files once', () => {
  const folders = new Set(files.map((file) => dirname(file)).filter((folder) => folder !== '.'))
  expect(ORDER.toSorted()).toEqual([...folders].sort())
})

test.each(files.filter((file) => file.includes('/') && !COMPOSES.includes(file)))(
  '%s imports only from lower folders',
  (file) => {
    const folder = dirname(file)
    const apart = MAY_READ_FILES.includes(file)
      ? []
      : APART.filter(([top]) => within(folder, top)).map(([, from]) => from)
    const wrong = importedBy(file).filter((path) => {
      const target = dirname(path)
      if ([...SHARED, ...MARKUP].includes(path)) return false
      return (
        ORDER.indexOf(target) > ORDER.indexOf(folder) ||
        target === '.' ||
        apart.some((from) => within(target, from))
      )
    })
    expect(wrong).toEqual([])
  },
)

test.each(files)('%s is short enough to read at once', (file) => {
  const lines = readFileSync(join(SRC, file), 'utf8').split('\n').length
  expect(lines).toBeLessThanOrEqual(MOST_LINES)
})

test('functions are short enough to read at once', () => {
  const measured = [...files, 'html/script.js'].flatMap((file) =>
    measureFunctions(file, readFileSync(join(SRC, file), 'utf8')).map((one) => ({ file, ...one })),
  )
  const long = measured.filter(({ lines }) => lines > MOST_LINES_OF_FUNCTION)
  expect(measured.length).toBeGreaterThan(5000)
  expect(long.map(({ file, line, lines }) => `${file}:${line}: ${lines} lines`)).toEqual([])
})

test('the parts of a function and the entries of a list are measured separately', () => {
  const lines = (count: number, line: string) => `${line}\n`.repeat(count)
  const lengthsOf = (text: string) => measureFunctions('a.ts', text).map((one) => one.lines)
  expect(lengthsOf(`function a() {\n${lines(50, 'b()')}}`)).toEqual([52])
  expect(lengthsOf(`const a = () => {\n${lines(50, 'b()')}}`)).toEqual([52])
  expect(lengthsOf(`f(() => ({\n${lines(50, 'b: 1,')}}))`)).toEqual([1])
  expect(
    lengthsOf(`function a() {\nconst c = 1\nreturn {\n${lines(50, 'b: c,')}} as const\n}`),
  ).toEqual([4])
  expect(lengthsOf(`const a = () => [\n() => {\n${lines(50, 'b()')}},\n]`)).toEqual([1, 52])
  expect(lengthsOf(`function a() {\nconst b = () => {\n${lines(50, 'c()')}}\nb()\n}`)).toEqual([
    4, 52,
  ])
  expect(lengthsOf(`function a() {\nd({\nb() {\n${lines(50, 'c()')}}})\n}`)).toEqual([4, 52])
  expect(lengthsOf(`function a() {\nd(() => {\n${lines(50, 'c()')}})\n}`)).toEqual([54, 52])
})

/** Packages and files that a file loads, before any of its functions is called. */
function loadedWith(file: string, loaded = new Set<string>()): Set<string> {
  if (loaded.has(file)) return loaded
  loaded.add(file)
  const text = readFileSync(join(SRC, file), 'utf8')
  for (const [, names = '', path = ''] of text.matchAll(/^import (.*?) from '([^']+)'/gms)) {
    const isOfTypes = /^(?:type\b|\{\s*(?:type [^,]+,?\s*)+\}$)/.test(names)
    if (isOfTypes) continue
    if (path.startsWith('.')) loadedWith(relative(SRC, join(SRC, file, '..', path)), loaded)
    else if (!path.startsWith('node:')) loaded.add(path)
  }
  return loaded
}

test('help, completion and usage errors load few modules', () => {
  const loaded = [...loadedWith('cli/program.ts')]
  expect(loaded.filter((name) => !/\.m?ts$/.test(name)).toSorted()).toEqual(['commander', 'leven'])
  expect(loaded.filter((name) => name.startsWith('cli/run/'))).toEqual([])
  expect(loaded.length).toBeLessThan(41)
})

const byFolder = new Map<string, string[]>()
for (const file of files)
  byFolder.set(dirname(file), [...(byFolder.get(dirname(file)) ?? []), file])

test('a folder holds few enough files to see at once', () => {
  const full = [...byFolder].filter(
    ([folder, held]) => held.length > MOST_FILES && !MAY_HOLD_MORE.includes(folder),
  )
  expect(full.map(([folder, held]) => `${folder}: ${held.length} files`)).toEqual([])
})

const ROOT = join(SRC, '..')
const all = ['src', 'tests'].flatMap((top) =>
  readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' }).map(
    (file) => `${top}/${file}`,
  ),
)
const RECIPE = /^\| file .*\| fails if forgotten.*\n\|[-| ]+\n((?:\|.*\n)+)/gm

/** The README of src is about folders, and covers the files at its top. */
const guided = [...byFolder].flatMap(([folder, own]) =>
  own.filter((file) => file.endsWith('.ts')).length > MOST_WITHOUT_README && folder !== '.'
    ? folder
    : [],
)

/** The source files that a guide links or prints as code, by path or the end of it. */
function namedIn(guide: string): { name: string; file: string | undefined }[] {
  const text = readFileSync(join(ROOT, guide), 'utf8')
  const names = [...text.matchAll(/\]\(([\w./-]+\.ts)\)|`([\w./-]+\.(?:ts|mjs|sql))`/g)]
  return names.map(([, link, code = '']) => {
    const name = link ?? code
    const own = join(dirname(guide), name)
    const isThere = (file: string) => file === own || file === name
    const file =
      all.find(isThere) ?? (link ? undefined : all.find((one) => one.endsWith(`/${name}`)))
    return { name, file }
  })
}

test.each(guided)('%s has a README that names its files', (folder) => {
  expect(all).toContain(`src/${folder}/README.md`)
  const named = namedIn(`src/${folder}/README.md`)
  expect(named.some(({ file }) => file && dirname(file) === `src/${folder}`)).toBe(true)
})

test.each(all.filter((file) => file.endsWith('.md') && file.startsWith('src/')))(
  '%s names only existing files',
  (guide) => {
    const missing = namedIn(guide).filter(({ file }) => !file)
    expect(missing.map(({ name }) => name)).toEqual([])
  },
)

/** Rows of the tables of files to change, each with the folder of its guide. */
const steps = all
  .filter((file) => file.endsWith('.md') && !file.includes('node_modules'))
  .flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(RECIPE)].flatMap(([, rows = '']) =>
      rows
        .trim()
        .split('\n')
        .map((row) => [dirname(file), row] as const),
    ),
  )

test('recipes name existing files, and symbols that these define', () => {
  const wrong = steps.flatMap(([folder, row]) => {
    const named = [...row.matchAll(/`([\w./-]+\.ts)`/g)].map(([, path = '']) => path)
    const found = named.map(
      (path) =>
        [path, join(folder, path)].find((one) => all.includes(one)) ??
        all.find((one) => one.endsWith(`/${path}`)),
    )
    const text = found.map((path) => (path ? readFileSync(join(ROOT, path), 'utf8') : '')).join()
    const undefinedNames = [...row.matchAll(/`([A-Z]\w+)`/g)]
      .map(([, name = '']) => name)
      .filter((name) => !new RegExp(`\\b(?:const|function|interface|type) ${name}\\b`).test(text))
    return [...named.filter((_, i) => !found[i]), ...undefinedNames].map(
      (name) => `${row}: ${name}`,
    )
  })
  expect(steps.length).toBeGreaterThan(30)
  expect(wrong).toEqual([])
})

/** Relative links of all guides, as file and target, without the part after `#`. */
const links = [
  'README.md',
  ...all.filter((file) => file.endsWith('.md') && !file.includes('node_modules')),
].flatMap((file) =>
  [...readFileSync(join(ROOT, file), 'utf8').matchAll(/\]\((?!\w+:|#)([^)\s#]+)/g)].map(
    ([, address = '']) => ({ file, address }),
  ),
)

test('a guide is about one subject, which its title and its first sentence state', () => {
  const guides = all.filter((file) => file.endsWith('.md') && !file.includes('node_modules'))
  const wrong = guides.filter((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8')
    return text.split('\n').length > MOST_GUIDE_LINES || !/^# \S.*\n\n[^#\n]/.test(text)
  })
  expect(guides.length).toBeGreaterThan(80)
  expect(wrong).toEqual([])
})

test('links in guides lead to existing targets', () => {
  expect(links.length).toBeGreaterThan(200)
  expect(
    links.filter(({ file, address }) => !existsSync(join(ROOT, dirname(file), address))),
  ).toEqual([])
})

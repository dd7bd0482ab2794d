import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { globSync } from 'tinyglobby'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runImport } from '../src/import/run.ts'
import { type Example, elide, examplesOf, withAnswers } from './helpers/readme.ts'
import { type SampleServer, startSampleServer } from './helpers/sample-server.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FILES = globSync(['README.md', '{src,tests}/**/README.md'], {
  cwd: ROOT,
  absolute: true,
  ignore: ['**/node_modules/**'],
}).map((path) => ({ path, name: relative(ROOT, path), text: readFileSync(path, 'utf8') }))
const importsOf = (text: string) => examplesOf(text).flatMap(({ imports }) => imports)
// Those that import come last: the others describe the sample alone.
const DOCUMENTS = FILES.filter(({ text }) => examplesOf(text).length > 0).sort(
  (a, b) => importsOf(a.text).length - importsOf(b.text).length,
)

let server: SampleServer
beforeAll(async () => {
  server = await startSampleServer()
}, 180_000)
afterAll(() => server?.close())

async function ask({ query, variables }: Example): Promise<Record<string, unknown>> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  return (await response.json()) as Record<string, unknown>
}

async function importText({ format, text }: Example['imports'][number]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'paperql-readme-'))
  const file = join(folder, 'input')
  await writeFile(file, text)
  await runImport({ url: server.t.url, format, files: [file] })
  await rm(folder, { recursive: true })
}

// `npx vitest run tests/readme.test.ts -u` writes the answers of today into the files.
test.each(DOCUMENTS)(
  '$name prints the answers that its examples have on the sample',
  async (document) => {
    const answers: { of: Example; answer: Record<string, unknown> }[] = []
    for (const of of examplesOf(document.text)) {
      for (const one of of.imports) await importText(one)
      answers.push({ of, answer: await ask(of) })
    }
    for (const { of, answer } of answers) {
      const place = `${document.name}:${of.line}`
      if (of.printed === undefined) expect({ place, errors: answer.errors }).toEqual({ place })
    }
    await expect(withAnswers(document.text, answers)).toMatchFileSnapshot(document.path)
  },
)

test('an answer may be shortened where the README says so, and nowhere else', () => {
  const answer = { text: 'A long abstract', list: [1, 2, 3], rest: null }
  const shortened = { text: 'A long…', list: [1, '…'], rest: null }
  expect(elide(answer, shortened)).toEqual(shortened)
  expect(elide(answer, { text: 'A short…', list: ['…', 1], rest: 'x…' })).toEqual(answer)
  expect(elide({ list: [1] }, { list: [1, '…'] })).toEqual({ list: [1] })
})

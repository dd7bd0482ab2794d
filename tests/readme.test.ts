import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { globSync } from 'tinyglobby'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runImport } from '../src/import/run.ts'
import { emptyFields } from './helpers/empty-fields.ts'
import { type Example, elide, examplesOf, withAnswers } from './helpers/readme.ts'
import { type SampleServer, startSampleServer } from './helpers/sample-server.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FILES = globSync(['README.md', '{src,tests}/**/*.md'], {
  cwd: ROOT,
  absolute: true,
  ignore: ['**/node_modules/**'],
}).map((path) => ({ path, name: relative(ROOT, path), text: readFileSync(path, 'utf8') }))
const DOCUMENTS = FILES.filter(({ text }) => examplesOf(text).length > 0)

let server: SampleServer
let demo: SampleServer
beforeAll(async () => {
  server = await startSampleServer()
  demo = await startSampleServer('demo')
})
afterAll(() => Promise.all([server?.close(), demo?.close()]))

async function ask({ query, variables }: Example, { url }: SampleServer) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  return (await response.json()) as Record<string, unknown>
}

async function importText({ format, text }: Example['imports'][number], url: string) {
  const folder = await mkdtemp(join(tmpdir(), 'paperql-readme-'))
  const file = join(folder, 'input')
  await writeFile(file, text)
  await runImport({ url, format, files: [file], rejectsPath: null })
  await rm(folder, { recursive: true })
}

// `npx vitest run tests/readme.test.ts -u` writes the current answers into the files.
test.each(DOCUMENTS)(
  'the examples in $name have the printed answers on the sample',
  async (document) => {
    const answers: { of: Example; answer: Record<string, unknown> }[] = []
    const examples = examplesOf(document.text)
    // The imports of a document are only for its own examples.
    const isImporting = examples.some(({ imports }) => imports.length > 0)
    const own = isImporting ? await startSampleServer() : server
    for (const of of examples) {
      for (const one of of.imports) await importText(one, own.t.url)
      answers.push({ of, answer: await ask(of, of.isOnDemo ? demo : own) })
    }
    if (own !== server) await own.close()
    for (const { of, answer } of answers) {
      const place = `${document.name}:${of.line}`
      if (of.printed === undefined) expect({ place, errors: answer.errors }).toEqual({ place })
      // An example of an error shows missing data.
      if (!answer.errors)
        expect({ place, empty: emptyFields(answer) }).toEqual({ place, empty: [] })
    }
    await expect(withAnswers(document.text, answers)).toMatchFileSnapshot(document.path)
  },
)

test('an answer may be shortened where the README marks it, and nowhere else', () => {
  const answer = { text: 'A long abstract', list: [1, 2, 3], rest: null }
  const shortened = { text: 'A long…', list: [1, '…'], rest: null }
  expect(elide(answer, shortened)).toEqual(shortened)
  expect(elide(answer, { text: 'A short…', list: ['…', 1], rest: 'x…' })).toEqual(answer)
  expect(elide({ list: [1] }, { list: [1, '…'] })).toEqual({ list: [1] })
})

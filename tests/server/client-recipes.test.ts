import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { preset } from '@graphql-codegen/client-preset'
import { codegen } from '@graphql-codegen/core'
import { Client, type Exchange, fetchExchange } from '@urql/core'
import { cacheExchange } from '@urql/exchange-graphcache'
import { minifyIntrospection, outputIntrospectionFile } from 'gql.tada/internal'
import {
  buildSchema,
  type DocumentNode,
  introspectionFromSchema,
  isUnionType,
  Kind,
  parse,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import sql from 'sql-template-tag'
import { globSync } from 'tinyglobby'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { EXAMPLE_QUERIES } from '../../src/server/graphiql/examples.ts'
import { type SampleServer, startSampleServer } from '../helpers/sample-server.ts'

const pathOf = (relative: string) => fileURLToPath(new URL(`../../${relative}`, import.meta.url))
const run = promisify(execFile)

const GUIDES = globSync('src/server/clients/*.md', { cwd: pathOf('.'), absolute: true }).map(
  (path) => readFileSync(path, 'utf8'),
)
const RECIPES = GUIDES.join('\n')
const SCHEMA = readFileSync(pathOf('schema.graphql'), 'utf8')
const PRINTED = 'http://127.0.0.1:4000/graphql'

let server: SampleServer
/** In node_modules, so that the recipes find the libraries. */
let folder: string
beforeAll(async () => {
  server = await startSampleServer()
  await mkdir(pathOf('node_modules/.cache'), { recursive: true })
  folder = mkdtempSync(pathOf('node_modules/.cache/clients-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await server?.close()
})

/** Writes the block with that name as a file, with the URL of the test's server, and returns its path. */
function recipe(name: string): string {
  const [, text] = new RegExp(`^\`\`\`\\w+ ${name}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(RECIPES) ?? []
  if (text === undefined) throw new Error(`The guides of clients have no ${name}.`)
  return write(name, text.replaceAll(PRINTED, `${server.url}/graphql`))
}

function write(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const has = (command: string, ...args: string[]) => spawnSync(command, args).status === 0
const HAS_CURL = has('sh', '-c', 'curl --help all | grep -q -- --json')

test('each recipe fits on a screen', () => {
  expect(GUIDES.length).toBeGreaterThan(6)
  expect(GUIDES.filter((guide) => guide.split('\n').length > 72)).toEqual([])
})

test.skipIf(!HAS_CURL)('curl', async () => {
  const { stdout } = await run('sh', [recipe('curl.sh')])
  expect(JSON.parse(stdout)).toMatchObject({ data: { paper: { year: 2025 } } })
})

/** Titles of the papers that the recipes read. */
async function titles(): Promise<string[]> {
  const rows = await server.t.db.query<{ title: string }>(sql`
    select p.title from papers p join paper_topics x on x.paper_id = p.id join topics o on o.id = x.topic_id
    where o.slug = 'question-answering'`)
  expect(rows.length).toBeGreaterThan(100)
  return rows.map(({ title }) => title).toSorted()
}

test('JavaScript reads all pages', async () => {
  const { stdout } = await run(process.execPath, [recipe('papers.mjs')])
  expect(stdout.trim().split('\n').toSorted()).toEqual(await titles())
})

test.skipIf(!has('python3', '--version'))('Python reads all pages', async () => {
  const { stdout } = await run('python3', [recipe('papers.py')])
  expect(stdout.trim().split('\n').toSorted()).toEqual(await titles())
})

/** The output of tsc for a project in the folder. */
async function typeCheck(...args: string[]): Promise<string> {
  const tsc = pathOf('node_modules/typescript/bin/tsc')
  const options = ['--types', 'node', '--allowImportingTsExtensions', '--skipLibCheck', ...args]
  return run(process.execPath, [tsc, ...options], { cwd: folder }).then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  )
}

test('gql.tada: the recipe has the right types, and a misspelt field fails', async () => {
  // In the form of its command, which does not run on the TypeScript of this project.
  const introspection = minifyIntrospection(introspectionFromSchema(buildSchema(SCHEMA)))
  const env = outputIntrospectionFile(introspection, { fileType: '.d.ts', shouldPreprocess: true })
  write('graphql-env.d.ts', env)
  const project = recipe('tada-tsconfig.json')
  const source = recipe('tada.ts')
  expect(await typeCheck('-p', project)).toBe('')
  writeFileSync(
    source,
    readFileSync(source, 'utf8').replace('nodes { url stars }', 'nodes { url }'),
  )
  expect(await typeCheck('-p', project)).toMatch(/'stars' does not exist/)
})

test('GraphQL Code Generator: the recipe has the right types, and a misspelt field fails', async () => {
  const { default: config } = (await import(pathToFileURL(recipe('codegen.ts')).href)) as {
    default: {
      documents: string[]
      generates: Record<string, unknown>
      importExtension: string
      config: object
    }
  }
  const [baseOutputDir = ''] = Object.keys(config.generates)
  const source = recipe(config.documents[0] ?? '')
  const [, text = ''] = /graphql\(`([^`]*)`\)/.exec(readFileSync(source, 'utf8')) ?? []
  const outputs = await preset.buildGeneratesSection({
    baseOutputDir,
    schema: parse(SCHEMA),
    schemaAst: buildSchema(SCHEMA),
    documents: [{ location: source, rawSDL: text, document: parse(text) }],
    // Like its command, which has too many packages for this project; it takes no extension from `config`.
    config: { ...config.config, importExtension: config.importExtension },
    presetConfig: {},
    plugins: [],
    pluginMap: {},
    pluginContext: {},
  } as never)
  for (const output of outputs) {
    await mkdir(dirname(join(folder, output.filename)), { recursive: true })
    write(output.filename, await codegen(output))
  }
  const options = [
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--noEmit',
    '--ignoreConfig',
    'paper.ts',
  ]
  expect(await typeCheck(...options)).toBe('')
  writeFileSync(source, readFileSync(source, 'utf8').replace('?.publishedOn', '?.published'))
  expect(await typeCheck(...options)).toMatch(/'published' does not exist/)
})

describe('urql', () => {
  const schema = buildSchema(SCHEMA)

  /** Adds the `id` of each object that has one, as Graphcache requires. */
  function withIds(document: DocumentNode): DocumentNode {
    const info = new TypeInfo(schema)
    const id = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: 'id' } } as const
    const SelectionSet = {
      leave(node: SelectionSetNode) {
        const type = info.getParentType()
        const hasId = type && !isUnionType(type) && 'id' in type.getFields()
        return hasId ? { ...node, selections: [...node.selections, id] } : undefined
      },
    }
    return visit(document, visitWithTypeInfo(info, { SelectionSet }))
  }

  /** Runs the examples of GraphiQL, and returns the warnings of Graphcache. */
  async function warningsOf(client: Client): Promise<string[]> {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    try {
      for (const { query, variables = '{}' } of EXAMPLE_QUERIES) {
        const { error } = await client.query(withIds(parse(query)), JSON.parse(variables))
        expect(error).toBeUndefined()
      }
      return warn.mock.calls.map(([message]) => String(message))
    } finally {
      warn.mockRestore()
    }
  }

  async function clientOfRecipe(): Promise<Client> {
    const { createClient } = await import(pathToFileURL(recipe('client.mjs')).href)
    await run(process.execPath, [recipe('schema.mjs')], { cwd: folder })
    const written = JSON.parse(readFileSync(join(folder, 'schema.json'), 'utf8'))
    return createClient(`${server.url}/graphql`, written)
  }

  const clientWith = (cache: Exchange) =>
    new Client({ url: `${server.url}/graphql`, exchanges: [cache, fetchExchange] })

  test('every type has an id or a key: Graphcache warns of no example', async () => {
    expect(await warningsOf(await clientOfRecipe())).toEqual([])
    const without = await warningsOf(clientWith(cacheExchange({})))
    expect(without.join()).toMatch(/`keys` config for `Authorship`/)
  })

  test('the pages of a list join without gaps, in order', async () => {
    const client = await clientOfRecipe()
    const [, query = ''] = /const PAPERS = `([^`]*)`/.exec(RECIPES) ?? []
    type Answer = { papers: { edges: { node: { id: string } }[]; pageInfo: { endCursor: string } } }
    let after: string | null = null
    let read: Answer | undefined
    for (let page = 0; page < 3; page++) {
      const { data, error } = await client.query<Answer>(query, { after }).toPromise()
      expect(error).toBeUndefined()
      read = data
      after = data?.papers.pageInfo.endCursor ?? null
    }
    const whole = await clientWith(
      cacheExchange({ schema: introspectionFromSchema(schema) }),
    ).query<Answer>(query.replace('first: 20', 'first: 60'), {})
    const ids = (answer: Answer | undefined) => answer?.papers.edges.map(({ node }) => node.id)
    expect(ids(read)).toHaveLength(60)
    expect(ids(read)).toEqual(ids(whole.data))
  })
})

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { runCommand } from './command.mjs'
import { neededFolder } from './data-folder.mjs'
import { openServer } from './server.mjs'
import { compareLists, differences, exportLines, suspicious } from './trial-check.mjs'
import { filesOf } from './trial-readings.mjs'
import { describe, isOfEntry } from './trial-report.mjs'

/** Started services, in order; stopped in reverse, whatever happens. */
const started = []

async function main() {
  const { values } = parseArgs({ options: { data: { type: 'string' } } })
  const folder = mkdtempSync(join(tmpdir(), 'paperql-trial-'))
  started.push({ stop: () => rmSync(folder, { recursive: true, force: true }) })
  try {
    const data = resolve(neededFolder(values.data))
    const server = await openServer(started, {
      url: process.env.TRIAL_DATABASE_URL,
      folder: join(folder, 'server'),
      isTemporary: true,
    })
    const trial = await run(server, folder, data)
    console.log(describe(trial))
    keep(trial)
    return trial.faults.length === 0 ? 0 : 1
  } catch (error) {
    console.error(`error: ${error.message}`)
    return 1
  } finally {
    for (const one of started.reverse()) await one.stop()
  }
}

/** Imports all files, exports them, imports the export into another database, and exports again. */
async function run(server, folder, data) {
  const files = filesOf(data)
  const one = await create(server, 'paperql_trial_one')
  const rejectsPath = join(folder, 'rejects.jsonl')
  console.error(`importing ${files.length} files`)
  // Code 3: some files have no papers, and some entries no title.
  const imported = await runCommand(
    ['import', 'auto', ...files, '--json', '--rejects', rejectsPath],
    { url: one, expected: [0, 3] },
  )
  const [first, second] = ['first', 'second'].map((name) => join(folder, `${name}.jsonl.gz`))
  console.error('exporting')
  const exported = await runCommand(['export', 'jsonl', '-o', first, '--json'], { url: one })
  const two = await create(server, 'paperql_trial_two')
  console.error('importing the export')
  const restored = await runCommand(
    ['import', 'paperql', first, '--json', '--rejects', join(folder, 'again.jsonl')],
    { url: two, expected: [0, 3] },
  )
  console.error('exporting again')
  const again = await runCommand(['export', 'jsonl', '-o', second, '--json'], { url: two })
  const report = JSON.parse(imported.output)
  const rejects = report.rejectsPath === null ? [] : jsonLines(rejectsPath)
  const job = JSON.parse((await runCommand(['imports', '1', '--json'], { url: one })).output)
  const lines = exportLines(first)
  const papers = await papersOf(one)
  const lists = compareLists(files, data, {
    records: papers.flat(),
    counts: new Map(job.files.map(({ name, readCount }) => [name, readCount])),
    rejects: rejects.filter(isOfEntry),
  })
  const trial = {
    ...{ files: files.length, lists, report, rejects, papers: countsOf(papers) },
    ...{ contested: await contestedOf(one), suspicious: suspicious(papers) },
    steps: { imported, exported, restored, again },
    restored: JSON.parse(restored.output),
    lines: lines.length,
    exports: differences(lines, exportLines(second)),
    groups: differences(groupsOf(papers), groupsOf(await papersOf(two))),
    claims: differences(await claimsOf(one), await claimsOf(two)),
  }
  return { ...trial, faults: faultsOf(trial) }
}

async function create(server, name) {
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  await admin.query(`drop database if exists ${name} with (force)`)
  await admin.query(`create database ${name}`)
  await admin.end()
  return Object.assign(new URL(server), { pathname: `/${name}` }).href
}

const jsonLines = (path) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

async function rowsOf(url, query) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(query)).rows
  } finally {
    await client.end()
  }
}

/** The records of each paper. */
async function papersOf(url) {
  const rows = await rowsOf(
    url,
    `select paper_id as paper, source, key, coalesce(record->>'title', '') as title,
      coalesce(record->'authors', '[]') as authors
    from source_records order by source, key`,
  )
  const papers = new Map()
  for (const { paper, ...record } of rows) {
    const id = paper ?? `waiting ${record.source} ${record.key}`
    papers.set(id, [...(papers.get(id) ?? []), record])
  }
  return [...papers.values()]
}

const groupsOf = (papers) =>
  papers.map((records) => records.map(({ source, key }) => `${source}:${key}`).join(' + '))

const countsOf = (papers) => ({
  papers: papers.length,
  records: papers.flat().length,
  merged: papers.filter((records) => records.length > 1).length,
  acrossSources: papers.filter((records) => new Set(records.map(({ source }) => source)).size > 1)
    .length,
  largest: Math.max(...papers.map((records) => records.length)),
})

const contestedOf = (url) =>
  rowsOf(
    url,
    `select scheme, reason, count(distinct value)::int as identifiers, count(*)::int as claims,
      min(value) as example
    from contested_identifiers group by 1, 2 order by 3 desc, 1, 2`,
  )

const claimsOf = async (url) =>
  (await rowsOf(url, 'select scheme, value, reason from contested_identifiers')).map(
    ({ scheme, value, reason }) => `${scheme}:${value} (${reason})`,
  )

function faultsOf({ lists, exports, groups, claims, restored }) {
  const short = lists.filter(({ isRead }) => !isRead).map(({ name }) => name)
  return [
    ...(short.length > 0 ? [`less than 99.5% is read of ${short.join(', ')}`] : []),
    ...(exports.gone.length + exports.added.length > 0 ? ['the exports differ'] : []),
    ...(groups.gone.length + groups.added.length > 0
      ? ['records are merged into other papers']
      : []),
    ...(claims.gone.length + claims.added.length > 0 ? ['contested identifiers differ'] : []),
    ...(restored.rejected > 0 ? [`${restored.rejected} records of the export are rejected`] : []),
  ]
}

function keep(trial) {
  const folder = fileURLToPath(new URL('./results/', import.meta.url))
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}trial.json`, JSON.stringify(trial, null, 2))
  console.log(`Written to ${folder}trial.json`)
}

process.exitCode = await main()

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { negatives, positives } from './merge-made.mjs'
import { dblpAcm, hardPairs, hasData, review } from './merge-sets.mjs'
import { years, yearsId } from './merge-years.mjs'
import { openServer } from './server.mjs'

const COMMAND = fileURLToPath(new URL('../../src/bin.mjs', import.meta.url))
const started = []
const folder = mkdtempSync(join(tmpdir(), 'paperql-merge-'))
async function main() {
  if (!hasData()) {
    console.error('The labelled data is not in ../shared/data: nothing to measure.')
    return 0
  }
  try {
    const server = await openServer(started)
    // `npm run bench:merge -- dblp` measures one set.
    const sets = { made, years: yearsRows, hard: hardRows, dblp: dblpAcmRows, reviews: reviewsRows }
    const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(sets)
    const rows = []
    for (const name of wanted) rows.push(...(await sets[name](server)))
    for (const [name, ...figures] of rows) console.log(`| ${[name, ...figures].join(' | ')} |`)
    return 0
  } catch (error) {
    console.error(`error: ${error.message}`)
    return 1
  } finally {
    for (const one of started.reverse()) await one.stop()
    rmSync(folder, { recursive: true })
  }
}

/** Imports files into an empty database, as a user would. Returns the paper of each record by source and key. */
async function papersOf(server, files) {
  const name = 'paperql_bench_merge'
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  await admin.query(`drop database if exists ${name} with (force)`)
  await admin.query(`create database ${name}`)
  await admin.end()
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href
  for (const [format, file, text] of files) {
    const path = join(folder, file)
    writeFileSync(path, text)
    await importFile(url, format, path)
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query('select source, key, paper_id as paper from source_records')
  await client.end()
  return rows
}

function importFile(url, format, path) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [COMMAND, 'import', format, path, '--json', '--rejects', join(folder, 'rejects.jsonl')],
      { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DATABASE_URL: url } },
    )
    child.once('error', reject)
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`the import of ${path} ended with code ${code}`)),
    )
  })
}

const jsonl = (records) =>
  [{ paperql: 1 }, ...records.map((record) => ({ record }))]
    .map((x) => JSON.stringify(x))
    .join('\n')

async function made(server) {
  const { files, count, paperOf } = positives()
  const rows = await papersOf(server, files)
  const groups = Array.from({ length: count }, () => [])
  for (const row of rows) groups[paperOf(row)]?.push(row)
  let [pairs, missed, wrong] = [0, 0, 0]
  const owners = new Map()
  for (const [i, group] of groups.entries()) {
    for (const [n, a] of group.entries())
      for (const b of group.slice(0, n)) {
        pairs++
        if (a.paper !== b.paper) {
          missed++
          if (process.env.SHOW) console.error('missed', a, b)
        }
      }
    for (const { paper } of group) owners.set(paper, new Set([...(owners.get(paper) ?? []), i]))
  }
  for (const owned of owners.values()) if (owned.size > 1) wrong++
  const { kinds, items } = negatives()
  const apart = await papersOf(server, [['csl-json', 'apart.json', JSON.stringify(items)]])
  const byId = new Map(apart.map(({ key, paper }) => [/n\d+[ab]/.exec(key)?.[0], paper]))
  const glued = kinds.filter((kind, n) => {
    const isGlued = byId.get(`n${n}a`) === byId.get(`n${n}b`)
    if (isGlued && process.env.SHOW) console.error('glued', kind, items[2 * n], items[2 * n + 1])
    return isGlued
  })
  const part = (n, of) => `${n} of ${of.toLocaleString('en')}`
  return [
    [
      `one paper in five formats: ${count} papers`,
      `missed ${part(missed, pairs)} pairs`,
      `${wrong} glued`,
    ],
    [
      `pairs of two papers, ${new Set(kinds).size} kinds`,
      `wrong ${part(glued.length, kinds.length)}`,
      [...new Set(glued)].join(', '),
    ],
  ]
}

async function yearsRows(server) {
  const { files, pairs, apart } = years()
  const rows = await papersOf(server, files)
  const byId = new Map(rows.map((row) => [yearsId(row), row.paper]))
  const split = ({ ids: [a, b], kind }) => {
    if (!byId.has(a) || !byId.has(b)) throw new Error(`a record of "${kind}" was not read`)
    return byId.get(a) !== byId.get(b)
  }
  const missed = pairs.filter(split)
  const glued = apart.filter((pair) => !split(pair))
  if (process.env.SHOW) console.error('missed', missed, 'glued', glued)
  const kindsOf = (all) => [...new Set(all.map(({ kind }) => kind))]
  return [
    [
      `papers on two lists, ${kindsOf(pairs).length} kinds`,
      `missed ${missed.length} of ${pairs.length}`,
      kindsOf(missed).join(', '),
    ],
    [
      `two papers on two lists, ${kindsOf(apart).length} kinds`,
      `wrong ${glued.length} of ${apart.length}`,
      kindsOf(glued).join(', '),
    ],
  ]
}

/** The half of a labelled set that a text belongs to: rules were tuned only on the first. */
const halfOf = (text) => createHash('sha256').update(text).digest()[0] % 2
const HALVES = ['tuning half', 'held-out half']
const share = (a, b) => (a / Math.max(1, a + b)).toFixed(4)

async function hardRows(server) {
  const pairs = hardPairs()
  let [found, merged] = [0, 0]
  const placed = await papersOf(server, [
    ['paperql', 'pairs.jsonl', jsonl(pairs.flatMap(({ records }) => records))],
  ])
  const paperOf = new Map(placed.map(({ key, paper }) => [key, paper]))
  for (const { records, isOne, id } of pairs) {
    const [a, b] = records.map(({ key }) => paperOf.get(key))
    if (a !== b) continue
    if (isOne) found++
    else merged++
    if (!isOne && process.env.SHOW) console.error('merged', id)
  }
  const duplicates = pairs.filter(({ isOne }) => isOne).length
  return [
    [
      'hard pairs',
      `found ${found} of ${duplicates}`,
      `merged ${merged} of ${pairs.length - duplicates} others`,
    ],
  ]
}

async function reviewsRows(server) {
  const rows = []
  for (const name of ['copper', 'tafenoquine', 'respiratory'])
    rows.push(...(await reviewRows(server, name)))
  return rows
}

async function dblpAcmRows(server) {
  const { dblp, acm, truth } = dblpAcm()
  const rows = await papersOf(server, [['paperql', 'er.jsonl', jsonl([...dblp, ...acm])]])
  const byPaper = Map.groupBy ? Map.groupBy(rows, ({ paper }) => paper) : groupBy(rows)
  const found = [...byPaper.values()].flatMap((all) =>
    all
      .filter(({ source }) => source === 'dblp')
      .flatMap((a) => all.filter(({ source }) => source === 'acm').map((b) => `${a.key} ${b.key}`)),
  )
  return [null, 0, 1].map((half) => {
    const isIn = (pair) => half === null || halfOf(pair) === half
    const right = found.filter((pair) => isIn(pair) && truth.has(pair)).length
    const wrong = found.filter((pair) => isIn(pair) && !truth.has(pair)).length
    const missed = [...truth].filter(isIn).length - right
    const f1 = ((2 * right) / (2 * right + wrong + missed)).toFixed(4)
    return [
      `DBLP-ACM${half === null ? '' : `, ${HALVES[half]}`}`,
      `precision ${share(right, wrong)}, recall ${share(right, missed)}`,
      `F1 ${f1}`,
    ]
  })
}

function groupBy(rows) {
  const groups = new Map()
  for (const row of rows) groups.set(row.paper, [...(groups.get(row.paper) ?? []), row])
  return groups
}

async function reviewRows(server, name) {
  const { records, duplicates } = review(name)
  const rows = await papersOf(server, [['paperql', 'review.jsonl', jsonl(records)]])
  const sizes = groupBy(rows)
  return [null, 0, 1].map((half) => {
    const own = rows.filter(({ key }) => half === null || halfOf(key) === half)
    const taken = own.filter(({ paper }) => sizes.get(paper).length > 1)
    const right = taken.filter(({ key }) => duplicates.has(key)).length
    const missed = own.filter(({ key }) => duplicates.has(key)).length - right
    return [
      `${name}${half === null ? ` (${records.length})` : `, ${HALVES[half]}`}`,
      `precision ${share(right, taken.length - right)}`,
      `recall ${share(right, missed)}`,
    ]
  })
}

process.exitCode = await main()

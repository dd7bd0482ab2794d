import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { arxivFile } from './arxiv.mjs'
import { postgresCpu } from './cpu.mjs'
import { dailyFiles, longArray } from './hf-daily.mjs'
import { copyFloor, WAYS } from './import-floor.mjs'
import { growthLines, measureGrowth } from './import-growth.mjs'
import { measureAtOnce, measurePart, measureVersions, PARTS, sharesOf } from './import-parts.mjs'
import { runImport } from './import-run.mjs'
import { openServer } from './server.mjs'

const SEED = 1
const GOALS = { floor: 0.4, again: 5, megabytes: 300, files: 0.7, before: 0.9 }
/** Megabytes of two arrays; the larger must not need more memory. */
const ARRAYS = [50, 500]
const RECORDS_PER_FILE = 17
/** Measurements without `--only`. */
const MEASURED = ['big', 'files', 'memory']
/** Further values of `--only`. */
const ASKED_FOR = ['growth', ...Object.keys(PARTS)]

const HEAD = [
  '| run | s | records/s | CPU s node | CPU s Postgres | peak MB (by quarters) | goal |',
  '|---|--:|--:|--:|--:|---|---|',
]

/** Started services, in order; stopped in reverse, whatever happens. */
const started = []
process.exitCode = await main()

async function main() {
  try {
    const { records, files, rounds, only, against, atOnce, affiliated } = readOptions()
    if (atOnce) {
      const file = await arxivFile(records, SEED, console.error, affiliated)
      reportVersions(records, await measureAtOnce(serverOf, against, file))
      return 0
    }
    const at = await openAt(await openServer(started))
    if (only.includes('files')) {
      const daily = dailyFiles(files, RECORDS_PER_FILE, SEED)
      reportFiles(files, await measureFiles(at, daily))
    }
    if (only.includes('memory')) reportMemory(await measureMemory(at))
    if (only.includes('growth')) {
      const runs = await measureGrowth(partsAt(at), [records / 4, records].map(Math.round), SEED)
      console.log([...growthLines(runs), ''].join('\n'))
      save(`import-growth-${records}`, runs)
    }
    for (const part of Object.keys(PARTS).filter((name) => only.includes(name))) {
      const file = await arxivFile(records, SEED, console.error)
      reportPart(part, records, await measurePart(partsAt(at), part, file, rounds))
    }
    if (against !== undefined) {
      const file = await arxivFile(records, SEED, console.error, affiliated)
      reportVersions(records, await measureVersions(partsAt(at), against, file, rounds))
    }
    if (only.includes('big')) {
      const file = await arxivFile(records, SEED, console.error)
      report(records, await measure(at, file))
    }
    return 0
  } catch (error) {
    console.error(`error: ${error.message}`)
    return 1
  } finally {
    for (const one of started.reverse()) await one.stop()
  }
}

async function openAt(server) {
  const admin = postgres(server, { max: 1, onnotice: () => {} })
  started.push({ stop: () => admin.end() })
  return { server, admin, cpu: await postgresCpu(admin) }
}

/** An embedded server for one version, so that its CPU time is known. */
async function serverOf(way) {
  return partsAt(
    await openAt(
      await openServer(started, { folder: new URL(`./.data/versions/${way}`, import.meta.url) }),
    ),
  )
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      records: { type: 'string', default: '1000000' },
      files: { type: 'string', default: '579' },
      rounds: { type: 'string', default: '1' },
      only: { type: 'string' },
      against: { type: 'string' },
      'at-once': { type: 'boolean', default: false },
      affiliated: { type: 'string', default: '0' },
    },
  })
  const number = (name, least) => {
    const value = Number(values[name])
    if (Number.isInteger(value) && value >= least) return value
    throw new Error(`--${name} ${values[name]}: expected a whole number of at least ${least}`)
  }
  const { against, 'at-once': atOnce } = values
  if (atOnce && against === undefined)
    throw new Error('--at-once: expected --against with the folder of another version')
  const affiliated = Number(values.affiliated)
  if (!(affiliated >= 0 && affiliated <= 1))
    throw new Error(`--affiliated ${values.affiliated}: expected a share from 0 to 1`)
  const only = values.only?.split(',') ?? (against === undefined ? MEASURED : [])
  const known = [...MEASURED, ...ASKED_FOR]
  if (!only.every((name) => known.includes(name)))
    throw new Error(`--only ${values.only}: expected some of ${known.join(', ')}`)
  return {
    records: number('records', 1000),
    files: number('files', 10),
    rounds: number('rounds', 1),
    only,
    against,
    atOnce,
    affiliated,
  }
}

function partsAt(at) {
  return { cpu: at.cpu, create: (name) => create(at, name) }
}

async function create({ server, admin }, name) {
  await admin.unsafe(`drop database if exists "${name}" with (force)`)
  await admin.unsafe(`create database "${name}"`)
  await admin.unsafe('checkpoint')
  return Object.assign(new URL(server), { pathname: `/${name}` }).href
}

/** Imports the same records from one file and from many, each into an empty database. */
async function measureFiles(at, { one, many }) {
  const run = async (files) => {
    console.error(`importing ${files.length === 1 ? 'one file' : `${files.length} files`}`)
    return runImport(await create(at, 'paperql_bench_import'), 'hf-daily', files, at.cpu)
  }
  return { one: await run([one]), many: await run(many) }
}

/** Imports one array into an empty database, then one of ten times its size with the same records. */
async function measureMemory(at) {
  const url = await create(at, 'paperql_bench_import')
  const runs = []
  for (const megabytes of ARRAYS) {
    const file = await longArray(megabytes, SEED)
    console.error(`importing an array of ${megabytes} MB`)
    const { memory, counts } = await runImport(url, 'hf-daily', [file], at.cpu)
    runs.push({ megabytes, memory, read: counts.read })
  }
  return runs
}

/** Imports the file into an empty database, imports it again, and copies the rows into another. */
async function measure(at, file) {
  const { cpu } = at
  const url = await create(at, 'paperql_bench_import')
  console.error('importing')
  const first = await runImport(url, 'arxiv', [file], cpu)
  console.error('importing again')
  const again = await runImport(url, 'arxiv', [file], cpu)
  console.error('copying the rows')
  const copy = async (way) =>
    copyFloor(url, await create(at, 'paperql_bench_import_floor'), cpu, WAYS[way])
  return { first, again, floor: await copy('bare'), unchecked: await copy('unchecked') }
}

function rowOf(records) {
  return (name, { seconds, cpu, memory }, goal = '') => {
    const peak = memory ? `${memory.peak} (${memory.quarters.join(', ')})` : ''
    const figures = [seconds.toFixed(1), (records / seconds).toFixed(0)]
    return `| ${[name, ...figures, cpu.node.toFixed(1), cpu.postgres.toFixed(1), peak, goal].join(' | ')} |`
  }
}

function reportMemory(runs) {
  const [small, large] = runs.map(({ memory }) => memory.peak)
  const lines = runs.map(
    ({ megabytes, memory, read }) =>
      `| ${megabytes} MB | ${read} | ${memory.peak} (${memory.quarters.join(', ')}) |`,
  )
  const found = `The larger takes ${(large / small).toFixed(2)} of the memory`
  console.log(
    [
      '| one JSON array of | records | peak MB (by quarters) |',
      '|--:|--:|---|',
      ...lines,
      '',
      goalOf(found, large <= GOALS.megabytes, `≤ ${GOALS.megabytes} MB`),
      '',
    ].join('\n'),
  )
  save('import-memory', runs)
}

function reportPart(part, records, found) {
  const { goal, name } = PARTS[part]
  const shares = sharesOf(found.with, found.without)
  const row = rowOf(records)
  const text = `${shares.clock.toFixed(3)} of the rate, by CPU time ${shares.cpu.toFixed(3)}`
  console.log(
    [
      `${records} records with ${name} and without`,
      '',
      ...HEAD,
      row('without', found.without),
      row('with', found.with, goalOf(text, shares.clock >= goal, `≥ ${goal}`)),
      '',
    ].join('\n'),
  )
  save(`import-${part}-${records}`, { records, shares, ...found })
}

function reportVersions(records, { before, now, isEnded = false }) {
  const shares = sharesOf(now, before)
  const row = rowOf(records)
  const least = isEnded ? 'more than ' : ''
  const text = `${least}${shares.clock.toFixed(2)} of the rate, by CPU time ${least}${shares.cpu.toFixed(2)}`
  console.log(
    [
      `${records} records with another version and this one`,
      '',
      ...HEAD,
      row(isEnded ? 'the other, ended before it was done' : 'the other', before),
      row('this one', now, goalOf(text, shares.clock >= GOALS.before, `≥ ${GOALS.before}`)),
      '',
    ].join('\n'),
  )
  save(`import-versions-${records}`, { records, shares, isEnded, before, now })
}

/** Also by CPU time, which is more reliable on a machine with other work. */
function reportFiles(files, { one, many }) {
  const [read, readOfMany] = [one, many].map(({ counts }) => counts.created + counts.merged)
  if (read !== readOfMany)
    throw new Error(`${read} records were written of one file, ${readOfMany} of many`)
  const cpuOf = ({ cpu }) => cpu.node + cpu.postgres
  const ratios = { files: one.seconds / many.seconds, cpu: cpuOf(one) / cpuOf(many) }
  const row = rowOf(read)
  const found = `${ratios.files.toFixed(2)} of the rate, by CPU time ${ratios.cpu.toFixed(2)}`
  console.log(
    [
      `${read} records in one file and in ${files}`,
      '',
      ...HEAD,
      row('one file', one),
      row(`${files} files`, many, goalOf(found, ratios.files >= GOALS.files, `≥ ${GOALS.files}`)),
      '',
    ].join('\n'),
  )
  save(`import-files-${files}`, { files, ratios, one, many })
}

function report(records, { first, again, floor, unchecked }) {
  const perSecond = ({ seconds }) => records / seconds
  const ratios = {
    floor: perSecond(first) / perSecond(floor),
    unchecked: perSecond(first) / perSecond(unchecked),
    again: perSecond(again) / perSecond(first),
    megabytes: Math.max(first.memory.peak, again.memory.peak),
  }
  const row = rowOf(records)
  console.log(
    [
      `${records} records`,
      '',
      ...HEAD,
      row(
        'first import',
        first,
        goalOf(
          `${ratios.floor.toFixed(2)} of the floor`,
          ratios.floor >= GOALS.floor,
          `≥ ${GOALS.floor}`,
        ),
      ),
      row(
        'the same again',
        again,
        goalOf(
          `${ratios.again.toFixed(1)} of the first`,
          ratios.again >= GOALS.again,
          `≥ ${GOALS.again}`,
        ),
      ),
      row('floor: COPY, then indexes', floor),
      row('the same, unchecked, on both cores', unchecked, `${ratios.unchecked.toFixed(2)}`),
      '',
      `Peak memory ${ratios.megabytes} MB ${goalOf('', ratios.megabytes <= GOALS.megabytes, `≤ ${GOALS.megabytes} MB`)}`,
      `The floor's parts: ${Object.entries(floor.parts)
        .map(([part, seconds]) => `${part} ${seconds.toFixed(1)} s`)
        .join(', ')}`,
    ].join('\n'),
  )
  save(`import-${records}`, { records, ratios, first, again, floor, unchecked })
}

function save(name, figures) {
  const folder = fileURLToPath(new URL('./results/', import.meta.url))
  mkdirSync(folder, { recursive: true })
  const path = `${folder}${name}.json`
  writeFileSync(path, JSON.stringify(figures, null, 2))
  console.log(`Written to ${path}`)
}

function goalOf(found, reached, goal) {
  return `${found} (${goal}: ${reached ? 'reached' : 'missed'})`.trim()
}

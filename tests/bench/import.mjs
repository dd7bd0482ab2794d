import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { arxivFile } from './arxiv.mjs'
import { postgresCpu } from './cpu.mjs'
import { copyFloor, WAYS } from './import-floor.mjs'
import { runImport } from './import-run.mjs'
import { openServer } from './server.mjs'

const SEED = 1
const GOALS = { floor: 0.4, again: 5, megabytes: 300 }

/** What was started, in order; ended in reverse, whatever happens. */
const started = []
process.exitCode = await main()

async function main() {
  try {
    const { values } = parseArgs({ options: { records: { type: 'string', default: '1000000' } } })
    const records = Number(values.records)
    if (!Number.isInteger(records) || records < 1000)
      throw new Error(`--records ${values.records}: expected a whole number of at least 1000`)
    const server = await openServer(started)
    const file = await arxivFile(records, SEED, console.error)
    report(records, await measure(server, file))
    return 0
  } catch (error) {
    console.error(`error: ${error.message}`)
    return 1
  } finally {
    for (const one of started.reverse()) await one.stop()
  }
}

/** Imports the file into an empty database, imports it again, and copies the rows into another. */
async function measure(server, file) {
  const admin = postgres(server, { max: 1, onnotice: () => {} })
  started.push({ stop: () => admin.end() })
  const create = async (name) => {
    await admin.unsafe(`drop database if exists "${name}" with (force)`)
    await admin.unsafe(`create database "${name}"`)
    await admin.unsafe('checkpoint')
    return Object.assign(new URL(server), { pathname: `/${name}` }).href
  }
  const cpu = await postgresCpu(admin)
  const url = await create('paperql_bench_import')
  console.error('importing')
  const first = await runImport(url, file, cpu)
  console.error('importing again')
  const again = await runImport(url, file, cpu)
  console.error('copying the rows')
  const copy = async (way) =>
    copyFloor(url, await create('paperql_bench_import_floor'), cpu, WAYS[way])
  return { first, again, floor: await copy('bare'), unchecked: await copy('unchecked') }
}

function report(records, { first, again, floor, unchecked }) {
  const perSecond = ({ seconds }) => records / seconds
  const ratios = {
    floor: perSecond(first) / perSecond(floor),
    unchecked: perSecond(first) / perSecond(unchecked),
    again: perSecond(again) / perSecond(first),
    megabytes: Math.max(first.memory.peak, again.memory.peak),
  }
  const row = (name, run, goal = '') =>
    `| ${name} | ${run.seconds.toFixed(1)} | ${perSecond(run).toFixed(0)} | ${run.cpu.node.toFixed(1)} | ${run.cpu.postgres.toFixed(1)} | ${run.memory ? `${run.memory.peak} (${run.memory.quarters.join(', ')})` : ''} | ${goal} |`
  console.log(
    [
      `${records} records`,
      '',
      '| run | s | records/s | CPU s node | CPU s Postgres | peak MB (by quarters) | goal |',
      '|---|--:|--:|--:|--:|---|---|',
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
  const folder = fileURLToPath(new URL('./results/', import.meta.url))
  mkdirSync(folder, { recursive: true })
  const path = `${folder}import-${records}.json`
  writeFileSync(path, JSON.stringify({ records, ratios, first, again, floor, unchecked }, null, 2))
  console.log(`Written to ${path}`)
}

function goalOf(found, reached, goal) {
  return `${found} (${goal}: ${reached ? 'reached' : 'missed'})`.trim()
}

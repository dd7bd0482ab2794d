import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { prepare } from './generate.mjs'
import { PEERS } from './peers.mjs'
import { load, POOL_SIZE, startPeer } from './processes.mjs'
import { summarise, table } from './report.mjs'
import { buildJob, compareAnswers, drawVariables } from './requests.mjs'
import { openServer } from './server.mjs'
import { SHAPES } from './shapes.mjs'

const CONNECTIONS = 8
const SEED = 1

/** Started services, in order; stopped in reverse, whatever happens. */
const started = []
const interrupted = new AbortController()
process.exitCode = await main()

async function main() {
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => interrupted.abort(name))
  try {
    const options = readOptions()
    const rounds = await measure(options)
    const peers = options.against ? [...options.peers, 'other'] : options.peers
    publish(summarise(rounds, options.shapes, peers), rounds, options)
    return 0
  } catch (error) {
    console.error(interrupted.signal.aborted ? 'interrupted' : `error: ${error.message}`)
    return 1
  } finally {
    for (const one of started.reverse()) await one.stop()
  }
}

function readOptions() {
  const text = (value) => ({ type: 'string', default: value })
  const { values } = parseArgs({
    options: {
      papers: text('300000'),
      shapes: text(Object.keys(SHAPES).join()),
      peers: text(Object.keys(PEERS).join()),
      seconds: text('10'),
      rounds: text('3'),
      json: { type: 'boolean', default: false },
      against: { type: 'string' },
    },
  })
  if (values.against && process.env.BENCH_DATABASE_URL) {
    throw new Error('--against: unset BENCH_DATABASE_URL, as each version keeps its own Postgres')
  }
  return {
    against: values.against && pathToFileURL(`${resolve(values.against)}/tests/bench/`),
    papers: positive('papers', values.papers, 2000),
    seconds: positive('seconds', values.seconds, 1),
    rounds: positive('rounds', values.rounds, 1),
    shapes: chosen('shapes', values.shapes, SHAPES),
    peers: chosen('peers', values.peers, PEERS),
    json: values.json,
  }
}

function positive(name, text, least) {
  const value = Number(text)
  if (Number.isInteger(value) && value >= least) return value
  throw new Error(`--${name} ${text}: expected a whole number of at least ${least}`)
}

function chosen(name, text, known) {
  const names = text.split(',')
  for (const one of names) {
    if (!Object.hasOwn(known, one)) {
      throw new Error(`--${name} ${one}: expected some of ${Object.keys(known).join(', ')}`)
    }
  }
  return names
}

async function measure(options) {
  const url = await prepare(await openServer(started), options.papers, SEED, say)
  const peers = []
  for (const name of options.peers) await start(peers, name, url)
  if (options.against) await startOtherVersion(peers, options)
  const sql = postgres(url, { max: 1 })
  started.push({ stop: () => sql.end() })
  const draws = await drawVariables(sql, options.shapes)
  const jobs = await prepareJobs(peers, draws, options.shapes)
  return await runRounds(jobs, options)
}

async function start(peers, name, url) {
  stopIfInterrupted()
  const peer = await startPeer(name, url)
  started.push(peer)
  peers.push(peer)
}

/** The version of another clone, on a catalogue that it creates itself, because each version has its own tables. */
async function startOtherVersion(peers, { against, papers }) {
  const load = (file) => import(new URL(file, against))
  const other = await load('server.mjs')
  const { prepare: prepareOther } = await load('generate.mjs')
  PEERS.other = (await load('peers.mjs')).PEERS.paperql
  await start(
    peers,
    'other',
    await prepareOther(await other.openServer(started), papers, SEED, say),
  )
}

async function prepareJobs(peers, draws, shapes) {
  const jobs = {}
  for (const shape of shapes) {
    stopIfInterrupted()
    const pairs = []
    for (const peer of peers) pairs.push([peer.name, await buildJob(peer, shape, draws[shape])])
    await compareAnswers(shape, pairs, draws[shape])
    say(`${shape}: ${pairs.map(([name]) => name).join(', ')} answer alike`)
    jobs[shape] = pairs
  }
  return jobs
}

/** Peers take turns within a shape, in another order in each round, so that drift does not favour one of them. */
async function runRounds(jobs, { shapes, rounds, seconds }) {
  const results = []
  const warmupSeconds = Math.max(1, Math.round(seconds / 3))
  for (let round = 0; round < rounds; round++) {
    for (const shape of shapes) {
      const turn = round % jobs[shape].length
      const order = [...jobs[shape].slice(turn), ...jobs[shape].slice(0, turn)]
      for (const [peer, job] of order) {
        const task = { ...job, seconds, warmupSeconds, connections: CONNECTIONS }
        const figures = await load(task, interrupted.signal)
        if (figures.failures > 0) {
          throw new Error(`${peer}, ${shape}: ${figures.failures} requests failed`)
        }
        say(`round ${round + 1} ${shape} ${peer}: ${figures.perSecond.toFixed(0)} requests/s`)
        results.push({ round, shape, peer, ...figures })
      }
    }
  }
  return results
}

function publish(summary, rounds, options) {
  const folder = new URL('./results/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, pool: POOL_SIZE }
  const at = new Date().toISOString()
  const document = JSON.stringify({ at, machine, options, summary, rounds }, null, 2)
  writeFileSync(new URL(`${at.replaceAll(':', '-')}.json`, folder), document)
  console.log(options.json ? document : table(summary))
}

/** Long work also notices an interruption here. */
function say(line) {
  stopIfInterrupted()
  console.error(line)
}

function stopIfInterrupted() {
  interrupted.signal.throwIfAborted()
}

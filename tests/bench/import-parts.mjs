import postgres from 'postgres'
import { runImport } from './import-run.mjs'

/**
 * Parts of an import of which it is measured what they cost: the least rate of one with the part, as a share of one without; the
 * rows that only the part writes; and what the import is then.
 */
export const PARTS = {
  log: { goal: 0.9, rows: 'select count(*)::int as rows from changes', name: 'the change log' },
  people: {
    goal: 0.9,
    rows: "select count(*)::int as rows from authorships where name_block <> ''",
    name: 'people by evidence',
  },
  names: {
    goal: 0.9,
    rows: 'select count(*)::int as rows from paper_names',
    name: 'names and acronyms',
  },
}

/**
 * Imports the file with a part and without it, each into an empty database: in turns, the first of one round the second of the
 * next, so that what else goes on meets both.
 */
export async function measurePart(at, part, file, rounds) {
  const ways = { without: { without: part }, with: {} }
  return measureWays(at, ways, file, rounds, (url, way) => checkRows(url, part, way))
}

/** The same of the version in another folder, and this one. */
export const measureVersions = (at, root, file, rounds) =>
  measureWays(at, { before: { root }, now: {} }, file, rounds)

/**
 * The same at once, each on a server of its own, for sizes at which both take long: both meet what else goes on. The other version is ended
 * when this one is done, as it is slower then; `isEnded` says so.
 */
export async function measureAtOnce(serverOf, root, file) {
  const late = new AbortController()
  const run = async (way, options) => {
    const at = await serverOf(way)
    return runImport(await at.create('paperql_bench_import'), 'arxiv', [file], at.cpu, options)
  }
  const [before, now] = await Promise.all([
    run('before', { root, signal: late.signal }),
    run('now', {}).finally(() => late.abort()),
  ])
  return { before, now, isEnded: before.counts === null }
}

async function measureWays({ cpu, create }, ways, file, rounds, check = () => {}) {
  const names = Object.keys(ways)
  const runs = Object.fromEntries(names.map((way) => [way, []]))
  for (let round = 0; round < rounds; round++)
    for (const way of round % 2 === 0 ? names : names.toReversed()) {
      console.error(`importing: ${way}`)
      const url = await create('paperql_bench_import')
      runs[way].push(await runImport(url, 'arxiv', [file], cpu, ways[way]))
      await check(url, way)
    }
  return Object.fromEntries(names.map((way) => [way, meanOf(runs[way])]))
}

/** An import that has rows of the part in spite of doing without it, or none with it, measures nothing. */
async function checkRows(url, part, way) {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const [{ rows }] = await sql.unsafe(PARTS[part].rows)
    if (rows > 0 !== (way === 'with'))
      throw new Error(`an import ${way} ${PARTS[part].name} wrote ${rows} rows of it`)
  } finally {
    await sql.end()
  }
}

function meanOf(runs) {
  const mean = (read) => runs.reduce((sum, run) => sum + read(run), 0) / runs.length
  return {
    seconds: mean(({ seconds }) => seconds),
    cpu: { node: mean(({ cpu }) => cpu.node), postgres: mean(({ cpu }) => cpu.postgres) },
    memory: runs[0].memory,
    counts: runs[0].counts,
  }
}

/** The rate of an import as a share of another's, by the clock and by CPU time. */
export function sharesOf(own, other) {
  const cpuOf = ({ cpu }) => cpu.node + cpu.postgres
  return { clock: other.seconds / own.seconds, cpu: cpuOf(other) / cpuOf(own) }
}

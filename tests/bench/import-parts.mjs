import postgres from 'postgres'
import { runImport } from './import-run.mjs'

/**
 * Parts of an import whose cost is measured: the minimum rate of an import with the part, as a share of one without; the rows that only the
 * part writes; and the name of such an import.
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
 * Imports the file with a part and without it, each into an empty database. They take turns, in another order in each round, so that other
 * work affects both.
 */
export async function measurePart(at, part, file, rounds) {
  const ways = { without: { without: part }, with: {} }
  return measureWays(at, ways, file, rounds, (url, way) => checkRows(url, part, way))
}

/** The same for the version in another folder, and this one. */
export const measureVersions = (at, root, file, rounds) =>
  measureWays(at, { before: { root }, now: {} }, file, rounds)

/**
 * The same at once, each on its own server, for sizes at which both take long, so that other work affects both. The other version is
 * stopped when this one has finished, because it is then slower; `isEnded` reports that.
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

/** An import without the part that still has its rows, or one with the part and no rows, measures nothing. */
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

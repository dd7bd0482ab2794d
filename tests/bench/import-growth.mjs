import { readFileSync, writeFileSync } from 'node:fs'
import postgres from 'postgres'
import { arxivFile } from './arxiv.mjs'
import { runImport } from './import-run.mjs'

/** Number of records that are added to catalogues of different sizes. */
const ADDED = 500
/** Number of listed tables, those with the most additional rows read. */
const NAMED = 8

/**
 * The cost of the same number of new records in catalogues of these sizes: rows of tables and blocks that PostgreSQL read, which other work
 * on the machine does not change.
 */
export async function measureGrowth({ cpu, create }, sizes, seed) {
  const runs = []
  for (const size of sizes) {
    const { first, last } = await splitFile(size, seed)
    const url = await create('paperql_bench_import')
    console.error(`importing ${size} records, then ${ADDED}`)
    await runImport(url, 'arxiv', [first], cpu)
    const before = await statistics(url)
    const { seconds, cpu: used } = await runImport(url, 'arxiv', [last], cpu)
    runs.push({ size, seconds, cpu: used, ...differences(before, await statistics(url)) })
  }
  return runs
}

/** A catalogue of a size and the records to add, from one world of people and words. */
async function splitFile(size, seed) {
  const path = await arxivFile(size + ADDED, seed, console.error)
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  const parts = { first: `${path}.first.json`, last: `${path}.last.json` }
  writeFileSync(parts.first, `${lines.slice(0, size).join('\n')}\n`)
  writeFileSync(parts.last, `${lines.slice(size).join('\n')}\n`)
  return parts
}

/** Counters of closed connections: each has reported its counts by then. */
async function statistics(url) {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const tables = await sql`
      select relname as name, (seq_tup_read + coalesce(idx_tup_fetch, 0))::float8 as rows,
        (n_tup_ins + n_tup_upd + n_tup_del)::float8 as written from pg_stat_user_tables`
    const [{ blocks }] = await sql`
      select (blks_hit + blks_read)::float8 as blocks from pg_stat_database where datname = current_database()`
    return { tables: new Map(tables.map((table) => [table.name, table])), blocks }
  } finally {
    await sql.end()
  }
}

function differences(before, after) {
  const tables = [...after.tables.values()].map(({ name, rows, written }) => ({
    name,
    rows: rows - (before.tables.get(name)?.rows ?? 0),
    written: written - (before.tables.get(name)?.written ?? 0),
  }))
  const sum = (key) => tables.reduce((total, table) => total + table[key], 0)
  return {
    rows: sum('rows'),
    written: sum('written'),
    blocks: after.blocks - before.blocks,
    tables: Object.fromEntries(tables.map(({ name, rows }) => [name, rows])),
  }
}

/** Lines of a table: the total, then the tables of which more is read in the largest catalogue than in the smallest. */
export function growthLines(runs) {
  const [small, large] = [runs[0], runs.at(-1)]
  const growing = Object.keys(large.tables)
    .map((name) => ({ name, more: large.tables[name] - (small.tables[name] ?? 0) }))
    .sort((a, b) => b.more - a.more)
    .slice(0, NAMED)
  const row = (name, read) =>
    `| ${name} | ${runs.map((run) => Math.round(read(run))).join(' | ')} |`
  return [
    `| ${ADDED} records added to | ${runs.map(({ size }) => size).join(' | ')} |`,
    `|---|${runs.map(() => '--:').join('|')}|`,
    row('rows read', ({ rows }) => rows),
    row('rows written', ({ written }) => written),
    row('blocks read', ({ blocks }) => blocks),
    ...growing.map(({ name }) => row(`rows of ${name}`, ({ tables }) => tables[name] ?? 0)),
  ]
}

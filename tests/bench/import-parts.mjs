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
export async function measurePart({ cpu, create }, part, file, rounds) {
  const runs = { with: [], without: [] }
  for (let round = 0; round < rounds; round++)
    for (const way of round % 2 === 0 ? ['without', 'with'] : ['with', 'without']) {
      console.error(`importing ${way} ${PARTS[part].name}`)
      const url = await create('paperql_bench_import')
      const options = way === 'without' ? { without: part } : {}
      const run = await runImport(url, 'arxiv', [file], cpu, options)
      await checkRows(url, part, way)
      runs[way].push(run)
    }
  return { with: meanOf(runs.with), without: meanOf(runs.without) }
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

/** The rate of an import with the part as a share of one without it, by the clock and by CPU time. */
export function sharesOf({ with: own, without }) {
  const cpuOf = ({ cpu }) => cpu.node + cpu.postgres
  return { clock: without.seconds / own.seconds, cpu: cpuOf(without) / cpuOf(own) }
}

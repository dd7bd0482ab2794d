import { createReadStream, createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { tsImport } from 'tsx/esm/api'
import { CONNECTION, dropIndexes } from './indexes.mjs'

const FOLDER = fileURLToPath(new URL('./.data/rows/', import.meta.url))
/** Counts from other tables, which an import updates at its end. */
const COUNTED = [
  'words',
  'search_lexemes',
  'search_words',
  'search_statistics',
  'citation_recounts',
]
/**
 * Ways of copying rows: one table after another, with foreign keys checked for each row; or as fast as two cores allow, with tables and
 * indexes in parallel and without checks, which requires a superuser.
 */
export const WAYS = {
  bare: { lanes: 1, connection: { maintenance_work_mem: CONNECTION.maintenance_work_mem } },
  unchecked: { lanes: 2, connection: CONNECTION },
}

/**
 * The floor: the finished rows of one catalogue, written to files, then copied into an empty one whose indexes are
 * built afterwards. Ends as an import does: words counted, statistics up to date.
 */
export async function copyFloor(from, to, postgresCpu, { lanes, connection }) {
  const tables = await writeFiles(from)
  const { migrate } = await tsImport('../../src/db/schema/migrate.ts', import.meta.url)
  await migrate(to)
  const sql = postgres(to, { max: lanes, onnotice: () => {}, connection })
  try {
    for (const { name } of tables) await sql.unsafe(`truncate "${name}" cascade`)
    const before = { cpu: postgresCpu(), node: process.cpuUsage() }
    const startedAt = performance.now()
    const parts = await fill(sql, to, tables, lanes)
    const { user, system } = process.cpuUsage(before.node)
    return {
      seconds: (performance.now() - startedAt) / 1000,
      cpu: { node: (user + system) / 1e6, postgres: postgresCpu() - before.cpu },
      parts,
    }
  } finally {
    await sql.end({ timeout: 2 })
    rmSync(FOLDER, { recursive: true, force: true })
  }
}

async function fill(sql, url, tables, lanes) {
  const parts = {}
  const timed = async (part, work) => {
    const startedAt = performance.now()
    const result = await work()
    parts[part] = (performance.now() - startedAt) / 1000
    return result
  }
  const indexes = await dropIndexes(sql)
  // The work of the triggers for each row is done once at the end.
  for (const { name } of tables) await sql.unsafe(`alter table "${name}" disable trigger user`)
  await timed('copy', () => inLanes(lanes, tables, (table) => copyIn(sql, table)))
  await timed('indexes', () => inLanes(lanes, indexes, (definition) => sql.unsafe(definition)))
  await timed('words', () => sql.unsafe('select fill_words()'))
  await timed('statistics', async () => {
    await sql.unsafe('analyze')
    const { refreshSearchWords } = await tsImport(
      '../../src/domain/search/dictionary.ts',
      import.meta.url,
    )
    await refreshSearchWords(url)
  })
  return parts
}

/** The tables with rows, referenced tables first, then the largest; each is written to a file in the format of COPY. */
async function writeFiles(url) {
  mkdirSync(FOLDER, { recursive: true })
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const tables = await sql`
      with recursive depth(oid, level) as (
        select oid, 0 from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
        union select k.conrelid, d.level + 1 from depth d
        join pg_constraint k on k.confrelid = d.oid and k.contype = 'f' and k.conrelid <> k.confrelid)
      select c.relname as name, string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns
      from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
        and a.attgenerated = '' and c.relname <> all(${COUNTED}) and c.reltuples > 0
      group by c.oid
      order by (select max(d.level) from depth d where d.oid = c.oid), pg_table_size(c.oid) desc`
    for (const table of tables) await copyOut(url, table)
    return tables.map(({ name, columns }) => ({ name, columns }))
  } finally {
    await sql.end()
  }
}

/** On a separate connection, because the driver does not return one after a copy out. */
async function copyOut(url, { name, columns }) {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  const rows = await sql.unsafe(`copy "${name}" (${columns}) to stdout`).readable()
  await pipeline(rows, createWriteStream(FOLDER + name))
  await sql.end({ timeout: 0 })
}

async function copyIn(sql, { name, columns }) {
  const into = await sql.unsafe(`copy "${name}" (${columns}) from stdin`).writable()
  await pipeline(createReadStream(FOLDER + name, { highWaterMark: 1 << 20 }), into)
}

/** Works on the items in order, `lanes` at a time. */
async function inLanes(lanes, items, work) {
  const left = [...items]
  const lane = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { tsImport } from 'tsx/esm/api'
import { titleKey } from './search-engines.mjs'

const NAME = 'paperql_bench_search'

/** Folders without new papers for a search: pairs to be merged, some of them made up. */
const LEFT_OUT = new Set(['er'])

/**
 * A database with the papers of all lists in `folder`, or with the built-in sample if that is null. `isKept` reuses the database of the
 * last run.
 */
export async function openCatalogue(server, folder, isKept) {
  const target = new URL(server)
  target.pathname = `/${NAME}`
  if (isKept) return target.href
  const admin = postgres(server, { max: 1, onnotice: () => {} })
  try {
    await admin.unsafe(`drop database if exists ${NAME} with (force)`)
    await admin.unsafe(`create database ${NAME}`)
  } finally {
    await admin.end()
  }
  const { migrate } = await tsImport('../../src/db/schema/migrate.ts', import.meta.url)
  await migrate(target.href)
  if (folder !== null) await importLists(target.href, folder)
  else {
    const { loadSampleIfEmpty } = await tsImport('../../src/sample/index.ts', import.meta.url)
    await loadSampleIfEmpty({ url: target.href })
  }
  return target.href
}

async function importLists(url, folder) {
  const { runImport } = await tsImport('../../src/import/run.ts', import.meta.url)
  const files = filesIn(folder).sort()
  const report = await runImport({ url, format: 'auto', files, rejectsPath: '/dev/null' })
  console.error(`imported ${report.created} papers in ${report.seconds.toFixed(0)} s`)
}

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return LEFT_OUT.has(entry.name) ? [] : filesIn(path)
    return entry.name.startsWith('README') || /\.(csv\.gz|md)$/.test(entry.name) ? [] : [path]
  })
}

/** Data of a paper for the baselines: everything that paperql searches, including names of authors and keywords. */
export async function readPapers(sql) {
  const rows = await sql`
    select p.id, p.title, coalesce(p.abstract, '') as abstract, coalesce(p.keyword_text, '') as keywords,
      coalesce((select string_agg(a.name, ' ' order by a.position) from authorships a where a.paper_id = p.id), '') as authors,
      array(select scheme || ':' || value from paper_identifiers i where i.paper_id = p.id) as keys
    from papers p order by p.id`
  return rows.map((row) => ({ ...row, keys: [...row.keys, titleKey(row.title)] }))
}

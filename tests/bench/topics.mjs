/**
 * Which topics follow from the keywords of real papers: the daily lists and all conference lists of ../shared/data. Prints how many
 * topics there are, how many papers have at least two, and which of the commonest topics are spellings of one another.
 */
import { existsSync, readdirSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import sql from 'sql-template-tag'
import { connect } from '../../src/db/client.ts'
import { openEmbedded } from '../../src/db/embedded/embedded.ts'
import { migrate } from '../../src/db/schema/migrate.ts'
import { runImport } from '../../src/import/run.ts'

const DATA = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
const COMMONEST = 500

const { values: options } = parseArgs({
  options: {
    // A Postgres to use, whose catalogue is empty, or holds these papers already.
    url: { type: 'string' },
    // Papers whose topics are printed, to be judged by hand.
    papers: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
  },
})

if (existsSync(join(DATA, 'hf-daily'))) await main()
else console.log(`${DATA} is not here; nothing to measure.`)

async function main() {
  const folder = await mkdtemp(join(tmpdir(), 'topics-'))
  await chmod(folder, 0o755)
  const server = options.url ? null : await openEmbedded(folder, { durable: false })
  const url = options.url ?? server.url
  try {
    await migrate(url)
    await importAll(url)
    const db = connect(url, { statementTimeoutMs: 600_000 })
    await print(db)
    await db.close()
  } finally {
    await server?.close()
    await rm(folder, { recursive: true })
  }
}

async function importAll(url) {
  for (const [format, files] of [
    ['hf-daily', filesIn('hf-daily')],
    ['paperlists', filesIn('paperlists')],
  ]) {
    const rejectsPath = join(tmpdir(), `topics-${process.pid}.rejects.jsonl`)
    const report = await runImport({ url, format, files, rejectsPath })
    await rm(rejectsPath, { force: true })
    console.error(`${format}: ${report.created} papers, ${report.seconds.toFixed(0)} s`)
  }
}

function filesIn(folder) {
  const names = readdirSync(join(DATA, folder)).filter((name) => name.endsWith('.gz'))
  return names.map((name) => join(DATA, folder, name))
}

async function print(db) {
  const [all] = await db.query(sql`
    select (select count(*) from papers)::int as papers, (select count(*) from topics)::int as topics,
      (select count(*) from topics where kind = 'keyword')::int as "fromKeywords",
      (select count(distinct slug) from paper_keywords)::int as keywords`)
  const shares = await db.query(sql`
    select s.source, count(distinct p.id)::int as papers,
      round(avg((select count(*) from paper_topics t where t.paper_id = p.id) ) , 1) as "topicsEach",
      round(100.0 * count(distinct p.id) filter (where (select count(*) from paper_topics t where t.paper_id = p.id) >= 2)
        / count(distinct p.id), 1) as "withTwo"
    from papers p join source_records s on s.paper_id = p.id group by 1 order by 1`)
  const commonest = await db.query(sql`
    select slug, name, paper_count as papers from topics order by paper_count desc, slug limit ${COMMONEST}::int`)
  const pairs = variantsAmong(commonest)
  console.log(`${all.papers} papers print ${all.keywords} keywords (by slug).`)
  console.log(
    `Topics: ${all.topics}, of which ${all.fromKeywords} are keywords that enough papers use.`,
  )
  for (const { source, papers, topicsEach, withTwo } of shares)
    console.log(
      `${source}: ${papers} papers, ${topicsEach} topics each, ${withTwo}% with at least two`,
    )
  console.log(`Spellings of one another among the ${commonest.length} commonest: ${pairs.length}`)
  for (const pair of pairs) console.log(`  ${pair.join('  =  ')}`)
  if (Number(options.papers) > 0) await printPapers(db)
}

/** Compared without the keys of paperql: letters and digits alone, without the plural, or the initials of the other. */
function variantsAmong(topics) {
  const plain = (name) =>
    name
      .toLowerCase()
      .replace(/s\b/g, '')
      .replace(/[^\p{L}\p{N}]/gu, '')
      .replace(/is(?=ation|ing|ed|e\b)/g, 'iz')
  const sorted = (name) =>
    (name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
      .map((word) => word.replace(/s$/, ''))
      .sort()
      .join(' ')
  const initials = (name) =>
    (name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word[0]).join('')
  const pairs = []
  for (const [i, a] of topics.entries())
    for (const b of topics.slice(i + 1)) {
      const isShort = (name) => /^\S{2,6}$/.test(name)
      const isInitials =
        (isShort(a.name) && initials(b.name) === plain(a.name) && initials(b.name).length > 1) ||
        (isShort(b.name) && initials(a.name) === plain(b.name) && initials(a.name).length > 1)
      if (plain(a.name) === plain(b.name) || sorted(a.name) === sorted(b.name) || isInitials)
        pairs.push([a.name, b.name])
    }
  return pairs
}

async function printPapers(db) {
  const rows = await db.query(sql`
    select p.id, p.title, left(p.abstract, 600) as abstract,
      array(select o.name || ' (' || t.score || ' ' || t.source || ')' from paper_topics t join topics o on o.id = t.topic_id
        where t.paper_id = p.id order by t.score desc nulls last, o.slug) as topics
    from papers p where exists (select from paper_topics t where t.paper_id = p.id)
    order by md5(p.title || ${options.seed}::text) limit ${Number(options.papers)}::int`)
  for (const { title, abstract, topics } of rows)
    console.log(`\n# ${title}\n${abstract ?? ''}\n  ${topics.join('\n  ')}`)
}

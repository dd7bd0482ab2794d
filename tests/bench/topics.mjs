/**
 * Topics that follow from the keywords of real papers: the daily lists and all conference lists of ../shared/data. Prints the number of
 * topics, the number of papers with at least two, the most common topics that are spellings of one another, and the share of right topics
 * on papers judged by hand.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
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
import { isNear, spellingOf } from './topics-variants.mjs'

const DATA = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
const JUDGED = new URL('topics-judged.json', import.meta.url)
const COMMONEST = 500

const { values: options } = parseArgs({
  options: {
    // A PostgreSQL to use, whose catalogue is empty or already has these papers.
    url: { type: 'string' },
    // Number of papers to draw and print with their topics, for judging by hand.
    papers: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    // Prints the most common topics, and pairs with similar names, for reading.
    list: { type: 'boolean', default: false },
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
  console.log(`${all.papers} papers print ${all.keywords} keywords (by slug).`)
  console.log(
    `Topics: ${all.topics}, of which ${all.fromKeywords} are keywords that enough papers use.`,
  )
  const shares = await db.query(sql`
    with counted as (
      select p.id, (select count(*) from paper_topics t where t.paper_id = p.id) as topics from papers p
    )
    select coalesce(s.source, 'all') as source, count(distinct c.id)::int as papers, round(avg(c.topics), 1) as "topicsEach",
      round(100.0 * count(distinct c.id) filter (where c.topics >= 1) / count(distinct c.id), 1) as "withOne",
      round(100.0 * count(distinct c.id) filter (where c.topics >= 2) / count(distinct c.id), 1) as "withTwo"
    from counted c join (select distinct paper_id, source from source_records) s on s.paper_id = c.id
    group by grouping sets ((s.source), ()) order by grouping(s.source), 1`)
  for (const { source, papers, topicsEach, withOne, withTwo } of shares)
    console.log(
      `${source}: ${papers} papers, ${topicsEach} topics each, ${withOne}% with one, ${withTwo}% with at least two`,
    )
  await printSpellings(db)
  await printPrecision(db)
  if (Number(options.papers) > 0) await printPapers(db)
}

async function printSpellings(db) {
  const commonest = await db.query(sql`
    select slug, name, paper_count as papers,
      (select string_agg(stem, ' ' order by stem) from unnest(tsvector_to_array(to_tsvector('english', name))) stem) as stems
    from topics order by paper_count desc, slug limit ${COMMONEST}::int`)
  const pairs = commonest.flatMap((a, i) => commonest.slice(i + 1).map((b) => [a.name, b.name]))
  const spellings = pairs.flatMap(([a, b]) => {
    const reason = spellingOf(a, b)
    return reason === null ? [] : [{ a, b, reason }]
  })
  console.log(
    `Spellings of one another among the ${commonest.length} commonest: ${spellings.length}`,
  )
  for (const { a, b, reason } of spellings) console.log(`  ${a}  =  ${b}  (${reason})`)
  if (!options.list) return
  const stems = new Map(commonest.map(({ name, stems: own }) => [name, own]))
  console.log('Similar names:')
  for (const [a, b] of pairs)
    if (spellingOf(a, b) === null && isNear(a, b, stems)) console.log(`  ${a}  ~  ${b}`)
  for (const { name, slug, papers } of commonest) console.log(`${papers}\t${name}\t${slug}`)
}

/** Precision on judged papers: a set used for tuning, and one judged afterwards. */
async function printPrecision(db) {
  if (!existsSync(JUDGED)) return
  const sets = JSON.parse(readFileSync(JUDGED, 'utf8'))
  for (const [set, papers] of Object.entries(sets)) {
    const counts = { right: 0, wrong: 0, unjudged: [], missed: 0, papers: 0 }
    for (const [record, { right, wrong }] of Object.entries(papers)) {
      const [, source, key] = /^([^:]+):(.+)$/.exec(record)
      const rows = await db.query(sql`
        select o.slug from source_records s join paper_topics t on t.paper_id = s.paper_id join topics o on o.id = t.topic_id
        where s.source = ${source} and s.key = ${key}`)
      const slugs = new Set(rows.map(({ slug }) => slug))
      if (slugs.size > 0) counts.papers++
      for (const slug of slugs)
        if (right.includes(slug)) counts.right++
        else if (wrong.includes(slug)) counts.wrong++
        else counts.unjudged.push(`${record} ${slug}`)
      counts.missed += right.filter((slug) => !slugs.has(slug)).length
    }
    const { right, wrong, missed, unjudged } = counts
    console.log(
      `Judged by hand (${set}): ${counts.papers} papers with topics, ${right} of ${right + wrong} topics right (precision ${(right / (right + wrong)).toFixed(3)}), ${missed} right ones missed, ${unjudged.length} not judged`,
    )
    for (const one of unjudged) console.log(`  not judged: ${one}`)
  }
}

async function printPapers(db) {
  const rows = await db.query(sql`
    select s.record, p.title, p.abstract,
      array(select o.slug || ' (' || t.score || ' ' || t.source || ')' from paper_topics t join topics o on o.id = t.topic_id
        where t.paper_id = p.id order by t.score desc nulls last, o.slug) as topics,
      array(select k.name from paper_keywords k where k.paper_id = p.id order by k.position) as keywords
    from papers p cross join lateral (
      select min(source || ':' || key) as record from source_records r where r.paper_id = p.id) s
    where exists (select from paper_topics t where t.paper_id = p.id)
    order by md5(s.record || ${options.seed}::text) limit ${Number(options.papers)}::int`)
  for (const { record, title, abstract, topics, keywords } of rows)
    console.log(
      `\n# ${record}\n${title}\n${abstract ?? ''}\nKeywords: ${keywords.join('; ')}\n  ${topics.join('\n  ')}`,
    )
}

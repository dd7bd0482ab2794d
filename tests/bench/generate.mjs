import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import postgres from 'postgres'
import { tsImport } from 'tsx/esm/api'
import { catalogue } from './catalogue.mjs'
import { CONNECTION, dropIndexes } from './indexes.mjs'

const MIGRATIONS = new URL('../../migrations/', import.meta.url)

/**
 * Creates a database with a catalogue of `size` papers from `seed` on the server at `url`, and returns its URL. A finished one of the same
 * size, seed and migrations is used again, unless the measured server would first remake it under newer rules.
 */
export async function prepare(url, size, seed, say) {
  const stamp = fingerprint(size, seed)
  const target = new URL(url)
  target.pathname = `/paperql_bench_${size}_${seed}`
  const name = target.pathname.slice(1)
  const admin = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const [row] = await admin`
      select shobj_description(oid, 'pg_database') as stamp from pg_database where datname = ${name}`
    if (row?.stamp === stamp && (await isSettled(target.href))) return target.href
    say(`generating ${size} papers into ${name}`)
    await admin.unsafe(`drop database if exists "${name}" with (force)`)
    await admin.unsafe(`create database "${name}"`)
    const { migrate } = await load('db/schema/migrate.ts')
    await migrate(target.href)
    await fill(target.href, size, seed, say)
    if (!(await isSettled(target.href))) throw new Error('the server would change the catalogue')
    await admin.unsafe(`comment on database "${name}" is '${stamp}'`)
    return target.href
  } finally {
    await admin.end()
  }
}

function fingerprint(size, seed) {
  const hash = createHash('sha256').update(`${size} ${seed}`)
  for (const file of readdirSync(MIGRATIONS).sort()) {
    if (file.endsWith('.sql')) hash.update(readFileSync(new URL(file, MIGRATIONS)))
  }
  for (const file of [
    'catalogue.mjs',
    'citations.mjs',
    'generate.mjs',
    'indexes.mjs',
    'random.mjs',
    'words.mjs',
  ]) {
    hash.update(readFileSync(new URL(file, import.meta.url)))
  }
  return hash.digest('hex')
}

async function fill(url, size, seed, say) {
  const sql = postgres(url, { max: 8, onnotice: () => {}, connection: CONNECTION })
  try {
    const indexes = await dropIndexes(sql)
    const source = catalogue(size, seed)
    await copyPapers(sql, source, say)
    await copySmall(sql, source)
    say('building indexes')
    for (const definition of indexes) await sql.unsafe(definition)
    await sql.unsafe(NEWEST_PAPERS)
    await sql.unsafe(SMART_TAG)
    await sql.unsafe('select fill_words()')
    await sql.unsafe(
      'insert into citation_counts select id, linked_citation_count, now() from papers where linked_citation_count > 0',
    )
    for (const table of ['papers', 'authors', 'topics', 'venues', 'repositories']) {
      await sql.unsafe(`select setval('${table}_id_seq', (select max(id) from ${table}))`)
    }
    const { refreshSearchWords } = await load('domain/search/dictionary.ts')
    await refreshSearchWords(url)
    await sql.unsafe(TRENDS)
    await settle(url)
    await sql.unsafe('vacuum (analyze)')
    await sql.unsafe('checkpoint')
  } finally {
    await sql.end({ timeout: 2 })
  }
}

/** The work of the triggers of papers, which COPY does not run here. */
const TRENDS = `
  insert into paper_trends (paper_id, day, week, month)
  select p.id, d, d, d from papers p, trend_date(p.published_on, p.published_precision, p.created_at) d`

const load = (path) => tsImport(`../../src/${path}`, import.meta.url)

async function isSettled(url) {
  const { isRefreshed } = await load('domain/write/precedence.ts')
  return isRefreshed(url)
}

/** Otherwise the measured server would do this during the measurement. */
async function settle(url) {
  const { transaction } = await load('db/transaction.ts')
  const { prepareRules } = await load('domain/write/precedence.ts')
  const { updateTrends } = await load('domain/trending/update.ts')
  await transaction(url, prepareRules)
  await updateTrends(url)
}

/** The function that a PostGraphile user writes to read an author's newest papers from the index. */
const NEWEST_PAPERS = `
  create function authors_newest_papers(author authors, amount int) returns setof papers
  language sql stable rows 20 as $$
    select p.* from authorships a join papers p on p.id = a.paper_id
    where a.author_id = author.id order by a.published_sort desc, a.paper_id desc limit amount
  $$`

/** PostGraphile would give a function and a table the same name, and then serve nothing. */
const SMART_TAG = `comment on function search_words(text) is '@name search_text_words'`

const COLUMNS = {
  papers:
    'id, title, title_key, abstract, kind, published_on, published_precision, event_year, language, licence, venue_id, author_count, stated_citation_count, linked_citation_count, repository_count, star_count',
  paper_identifiers: 'scheme, value, paper_id',
  authorships: 'paper_id, position, author_id, name, published_sort',
  paper_topics: 'paper_id, topic_id, score, source, published_sort',
  paper_repositories: 'paper_id, repository_id, is_official, evidence, source',
  citations: 'citing_id, cited_id, sources, intents, published_sort',
}

async function copyPapers(sql, source, say) {
  const out = {}
  for (const table of Object.keys(COLUMNS)) out[table] = await openCopy(sql, table, COLUMNS[table])
  let done = 0
  for (const paper of source.papers()) {
    writePaper(out, paper, source.authors)
    done++
    if (done % 500 === 0) await Promise.all(Object.values(out).map((copy) => copy.flush()))
    if (done % 50_000 === 0) say(`${done} papers`)
  }
  await Promise.all(Object.values(out).map((copy) => copy.end()))
}

function writePaper(out, paper, authors) {
  const { id, published } = paper
  const year = published?.slice(0, 4) ?? null
  const key = paper.title.toLowerCase().slice(0, 500)
  out.papers.row(
    ...[id, paper.title, key, paper.abstract, 'preprint', published, published && 'day', year],
    ...['en', 'CC0-1.0', paper.venue === null ? null : paper.venue + 1, paper.authors.length],
    ...[paper.citations, paper.citedBy, paper.repositories.length, paper.stars],
  )
  const arxiv = `${1000 + Math.floor(id / 100_000)}.${String(id % 100_000).padStart(5, '0')}`
  out.paper_identifiers.row('arxiv', arxiv, id)
  out.paper_identifiers.row('doi', `10.48550/bench.${id}`, id)
  paper.authors.forEach((author, position) => {
    out.authorships.row(id, position, author + 1, authors[author].name, published ?? '-infinity')
  })
  for (const { topic, score } of paper.topics) {
    out.paper_topics.row(id, topic + 1, score, 'keywords', published ?? '-infinity')
  }
  for (const repository of paper.repositories) {
    out.paper_repositories.row(id, repository + 1, repository % 3 > 0, 'in_paper', 'bench')
  }
  for (const cited of paper.references) {
    out.citations.row(id, cited, '{bench}', '{}', published ?? '-infinity')
  }
}

async function copySmall(sql, { authors, topics, venues, repositories }) {
  await copyAll(sql, 'authors', 'id, name, name_key, paper_count', authors, (a, id) => [
    ...[id, a.name, a.name.toLowerCase(), a.papers],
  ])
  await copyAll(sql, 'topics', 'id, slug, name, name_key, kind, paper_count', topics, (t, id) => [
    ...[id, t.slug, t.name, t.name.toLowerCase(), 'task', t.papers],
  ])
  await copyAll(sql, 'venues', 'id, slug, name, name_key, kind, paper_count', venues, (v, id) => [
    ...[id, v.slug, v.name, v.name.toLowerCase(), 'conference', v.papers],
  ])
  const columns = 'id, host, owner, name, url, stars, language, paper_count'
  await copyAll(sql, 'repositories', columns, repositories, (r, id) => [
    ...[id, 'github.com', r.owner, r.name, `https://github.com/${r.owner}/${r.name}`, r.stars],
    ...['Python', r.papers],
  ])
}

async function copyAll(sql, table, columns, items, toRow) {
  const copy = await openCopy(sql, table, columns)
  for (const [index, item] of items.entries()) copy.row(...toRow(item, index + 1))
  await copy.end()
}

async function openCopy(sql, table, columns) {
  const stream = await sql.unsafe(`copy ${table} (${columns}) from stdin`).writable()
  let buffer = ''
  let failure = null
  stream.on('error', (error) => {
    failure = error
  })
  const flush = async () => {
    if (failure) throw failure
    const chunk = buffer
    buffer = ''
    if (chunk && !stream.write(chunk)) await once(stream, 'drain')
  }
  return {
    /** The generated text contains no tab, line break or backslash, so it needs no escapes. */
    row(...values) {
      buffer += `${values.map((value) => value ?? '\\N').join('\t')}\n`
    },
    flush,
    async end() {
      await flush()
      stream.end()
      await once(stream, 'finish')
    },
  }
}

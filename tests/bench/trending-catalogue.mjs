import pg from 'pg'

const FIRST_DAY = Date.parse('2025-01-01T00:00:00Z')
const dayOf = (day) => new Date(FIRST_DAY + day * 86_400_000).toISOString().slice(0, 10)
const TEMPLATE = 'paperql_bench_trending'

/** Creates databases with the data of worlds on a day. `constants` replaces some constants of trending. */
export async function openTrending(server, constants = {}) {
  const { TRENDING } = await import('../../src/domain/trending/constants.ts')
  for (const [path, value] of Object.entries(constants)) replace(TRENDING, path.split('.'), value)
  // Imported only now, because statements contain the constants.
  const { updateTrends } = await import('../../src/domain/trending/update.ts')
  const { migrate } = await import('../../src/db/schema/migrate.ts')
  await administer(server, [
    `drop database if exists ${TEMPLATE} with (force)`,
    `create database ${TEMPLATE}`,
  ])
  await migrate(urlOf(server, TEMPLATE))
  return {
    async open(seed) {
      const name = `${TEMPLATE}_${seed}`
      await administer(server, [
        `drop database if exists ${name} with (force)`,
        `create database ${name} template ${TEMPLATE}`,
      ])
      const url = urlOf(server, name)
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      return {
        client,
        update: (day) => updateTrends(url, { today: dayOf(day) }),
        async close() {
          await client.end()
          await administer(server, [`drop database ${name} with (force)`])
        },
      }
    },
    close: () => administer(server, [`drop database ${TEMPLATE} with (force)`]),
  }
}

function replace(object, [key, ...path], value) {
  if (path.length > 0) replace(object[key], path, value)
  else if (object[key] === undefined) throw new Error(`There is no constant ${key}`)
  else object[key] = value
}

const urlOf = (server, name) => Object.assign(new URL(server), { pathname: `/${name}` }).href

async function administer(server, statements) {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    for (const one of statements) await client.query(one)
  } finally {
    await client.end()
  }
}

/** Writes the data of a world for a range of days, both included. Ids of papers are those of the world, from 1. */
export async function write(client, world, from, to) {
  const isNow = (day) => day <= to && (day >= from || from === 0)
  const papers = world.papers.filter(({ day }) => isNow(day))
  await insertPapers(
    client,
    papers.map(({ id, day, repository, topic }) => ({
      ...{ id: id + 1, title: `Paper ${id}`, on: dayOf(day), code: repository ? 1 : 0, topic },
    })),
  )
  const linked = papers.filter(({ repository }) => repository)
  await insert(
    client,
    `insert into repositories (id, host, owner, name, url) overriding system value
    select r.id, 'github.com', 'made', r.id::text, 'https://github.com/made/' || r.id
    from jsonb_to_recordset($1::text::jsonb) r(id bigint) on conflict do nothing`,
    linked.map(({ repository }) => ({ id: repository.id + 1 })),
  )
  await insert(
    client,
    `insert into paper_repositories (paper_id, repository_id, is_official, evidence, source)
    select paper, repository, official, 'curated', 'made'
    from jsonb_to_recordset($1::text::jsonb) r(paper bigint, repository bigint, official boolean)`,
    linked.map(({ id, repository, isOfficial = true }) => ({
      paper: id + 1,
      repository: repository.id + 1,
      official: isOfficial,
    })),
  )
  const known = new Set(
    world.papers.filter(({ day }) => day <= to).map(({ repository }) => repository),
  )
  await insert(
    client,
    `insert into repository_stars (repository_id, observed_on, stars)
    select repository, day, stars from jsonb_to_recordset($1::text::jsonb) r(repository bigint, day date, stars int)`,
    world.repositories
      .filter((one) => known.has(one))
      .flatMap(({ id, counts }) =>
        [...counts]
          .filter(([day]) => isNow(day))
          .map(([day, stars]) => ({ repository: id + 1, day: dayOf(day), stars })),
      ),
  )
  await insert(
    client,
    `insert into source_records (source, key, paper_id, content_hash, listed_on, record)
    select 'hf-daily', paper || '/' || day, paper, upvotes::text, day, jsonb_build_object('upvoteCount', upvotes)
    from jsonb_to_recordset($1::text::jsonb) r(paper bigint, day date, upvotes int)`,
    world.papers
      .filter(({ listing }) => listing && isNow(listing.day))
      .map(({ id, listing }) => ({
        ...{ paper: id + 1, day: dayOf(listing.day), upvotes: listing.upvotes },
      })),
  )
  await cite(client, world, isNow)
  await vote(client, world, isNow)
}

async function vote(client, world, isNow) {
  const votes = world.papers.flatMap(({ id, votes }) =>
    votes
      .filter(({ day }) => isNow(day))
      .map(({ day, voter }) => ({
        paper: id + 1,
        voter: `mail:${voter}`,
        at: `${dayOf(day)}T12:00Z`,
      })),
  )
  await insert(
    client,
    `with voted as (
      insert into paper_upvotes (voter, paper_id, created_at)
      select voter, paper, at from jsonb_to_recordset($1::text::jsonb) r(voter text, paper bigint, at timestamptz)
      on conflict do nothing returning paper_id
    ) update papers p set own_upvote_count = own_upvote_count + n.votes
    from (select paper_id, count(*) as votes from voted group by 1) n where p.id = n.paper_id`,
    votes,
  )
}

async function cite(client, world, isNow) {
  const made = world.papers.flatMap(({ id, citations }) =>
    citations.map((day, i) => ({ id: 1_000_000 + id * 1000 + i, cited: id + 1, day })),
  )
  const now = made.filter(({ day }) => isNow(day))
  await insertPapers(
    client,
    now.map(({ id, day }) => ({ id, title: `Citing ${id}`, on: dayOf(day), code: 0, topic: null })),
  )
  await insert(
    client,
    `insert into citations (citing_id, cited_id, sources, intents, published_sort)
    select id, cited, '{made}', '{}', day from jsonb_to_recordset($1::text::jsonb) r(id bigint, cited bigint, day date)`,
    now.map(({ id, cited, day }) => ({ id, cited, day: dayOf(day) })),
  )
}

async function insertPapers(client, papers) {
  await insert(
    client,
    `insert into papers (id, title, title_key, kind, published_on, published_precision, repository_count)
    overriding system value select id, title, lower(title), 'preprint', r.on, 'day', code
    from jsonb_to_recordset($1::text::jsonb) r(id bigint, title text, "on" date, code int)`,
    papers,
  )
  const about = papers.filter(({ topic }) => topic)
  await insert(
    client,
    `insert into topics (slug, name, name_key, kind) select distinct topic, topic, topic, 'field'::topic_kind
    from jsonb_to_recordset($1::text::jsonb) r(topic text) on conflict do nothing`,
    about,
  )
  await insert(
    client,
    `insert into paper_topics (paper_id, topic_id, source, published_sort)
    select r.id, t.id, 'made', r.on from jsonb_to_recordset($1::text::jsonb) r(id bigint, topic text, "on" date)
    join topics t on t.slug = r.topic`,
    about,
  )
}

async function insert(client, text, rows) {
  if (rows.length > 0) await client.query(text, [JSON.stringify(rows)])
}

/** Ids, as in the world, of the first papers of a window; null for papers that only cite. */
export async function top(client, window, size) {
  const { rows } = await client.query(
    `select paper_id from paper_trends order by ${window} desc, paper_id desc limit ${size}`,
  )
  return rows.map(({ paper_id: id }) => (Number(id) > 900_000 ? null : Number(id) - 1))
}

/** The floor: node:http and postgres.js, with one prepared statement for each request; PostgreSQL writes the JSON of the answer. */
import { createServer } from 'node:http'
import postgres from 'postgres'

const AUTHORS = `(select coalesce(json_agg(json_build_object('id', a.id, 'name', a.name) order by s.position), '[]')
  from authorships s join authors a on a.id = s.author_id where s.paper_id = p.id)`
const TOPICS = `(select coalesce(json_agg(json_build_object('slug', t.slug, 'name', t.name)), '[]')
  from paper_topics pt join topics t on t.id = pt.topic_id where pt.paper_id = p.id)`
const REPOSITORIES = `(select coalesce(json_agg(json_build_object('url', r.url, 'stars', r.stars, 'isOfficial', pr.is_official)), '[]')
  from paper_repositories pr join repositories r on r.id = pr.repository_id where pr.paper_id = p.id)`
const HEAD = `'id', p.id, 'title', p.title, 'publishedOn', p.published_on`
const newestOf = (author, limit) => `lateral (
  select p.id, p.title, p.published_on, p.published_sort from authorships s join papers p on p.id = s.paper_id
  where s.author_id = ${author} order by s.published_sort desc, s.paper_id desc limit ${limit}) p`

const NEWEST = `json_agg(json_build_object(${HEAD}, 'authors', ${AUTHORS}, 'topics', ${TOPICS})
  order by p.published_sort desc, p.id desc)`

const STATEMENTS = {
  point: `select json_build_object(${HEAD}, 'abstract', p.abstract, 'authors', ${AUTHORS}, 'topics', ${TOPICS},
    'repositories', ${REPOSITORIES})::text as body from papers p where p.id = $1::bigint`,
  newest20: `select ${NEWEST}::text as body
    from (select * from papers order by published_sort desc, id desc limit 20) p`,
  topic20: `select coalesce(json_agg(json_build_object(${HEAD}, 'repositories', ${REPOSITORIES})
      order by p.published_sort desc, p.id desc), '[]')::text as body
    from (select paper_id from paper_topics
      where topic_id = (select id from topics where slug = $1::text)
      order by published_sort desc, paper_id desc limit 20) page join papers p on p.id = page.paper_id`,
  author20: `select json_build_object('id', a.id, 'name', a.name, 'papers',
      (select coalesce(json_agg(json_build_object(${HEAD}) order by p.published_sort desc, p.id desc), '[]')
       from ${newestOf('a.id', 20)}))::text as body
    from authors a where a.id = $1::bigint`,
  deep: `select json_agg(json_build_object(${HEAD}, 'authors',
      (select json_agg(json_build_object('id', w.id, 'name', w.name, 'papers',
        (select json_agg(json_build_object(${HEAD}, 'topics', ${TOPICS}) order by p.published_sort desc, p.id desc)
         from ${newestOf('w.id', 5)})) order by b.position)
       from authorships b join authors w on w.id = b.author_id where b.paper_id = p.id))
      order by p.published_sort desc, p.id desc)::text as body
    from (select * from papers order by published_sort desc, id desc limit 10) p`,
  page50: `select ${NEWEST}::text as body
    from (select * from papers where (published_sort, id) < ($1::date, $2::bigint)
      order by published_sort desc, id desc limit 20) p`,
}

const sql = postgres(process.env.DATABASE_URL, {
  max: Number(process.env.POOL_SIZE),
  types: { date: { to: 1082, from: [1082], parse: String, serialize: String } },
})

createServer((request, response) => {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    answer(request.url.slice(1), JSON.parse(Buffer.concat(chunks).toString())).then(
      (body) => send(response, 200, body),
      (error) => send(response, 500, JSON.stringify({ errors: [String(error)] })),
    )
  })
}).listen(Number(process.env.PORT), '127.0.0.1')

async function answer(shape, values) {
  // Without `simple: false`, the driver does not prepare a statement without values.
  const [row] = await sql.unsafe(STATEMENTS[shape], values, { prepare: true, simple: false })
  return row?.body ?? 'null'
}

function send(response, status, body) {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  response.writeHead(status, headers).end(body)
}

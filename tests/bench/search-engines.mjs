import MiniSearch from 'minisearch'

/** Number of examined results. */
export const DEPTH = 10

/** Three engines over the same papers, by name; each returns the keys of the papers for a text, the best first. */
export async function openEngines(sql, papers, port) {
  const index = indexOf(papers)
  return {
    paperql: askPaperql(port),
    websearch_to_tsquery: await openWebsearch(sql),
    MiniSearch: askMiniSearch(index, {}),
    'MiniSearch, fuzzy': askMiniSearch(index, { fuzzy: 0.2 }),
  }
}

const SEARCH = `query($query: String!) { search(query: $query, first: ${DEPTH}) { nodes { title identifiers { scheme value } } } }`

function askPaperql(port) {
  return async (query) => {
    const { search } = await ask(port, SEARCH, { query })
    return search.nodes.map(keysOf)
  }
}

/** The answer to a GraphQL query. */
export async function ask(port, query, variables) {
  const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = await answer.json()
  if (errors) throw new Error(`${JSON.stringify(variables)}: ${errors[0].message}`)
  return data
}

/** The keys of a paper in judgements: its identifiers, or its title if it has none. */
export const keysOf = ({ title, identifiers }) => [
  ...identifiers.map(({ scheme, value }) => `${scheme.toLowerCase()}:${value}`),
  titleKey(title),
]
export const titleKey = (title) =>
  `title:${title
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu)
    ?.join('-')}`

async function openWebsearch(sql) {
  await sql`drop table if exists baseline`
  await sql`create table baseline as
    select p.id, p.title, setweight(to_tsvector('english', p.title), 'A') || setweight(to_tsvector('english', coalesce(p.abstract, '')), 'B')
      || setweight(to_tsvector('simple', (select coalesce(string_agg(a.name, ' ' order by a.position), '') from authorships a where a.paper_id = p.id)), 'C')
      || setweight(to_tsvector('english', coalesce(p.keyword_text, '')), 'C') as words,
      array(select scheme || ':' || value from paper_identifiers i where i.paper_id = p.id) as keys
    from papers p`
  return async (text) => {
    const rows = await sql`
      select b.title, b.keys from baseline b, websearch_to_tsquery('english', ${text}) as q
      where b.words @@ q order by ts_rank_cd(b.words, q) desc, b.id limit ${DEPTH}`
    return rows.map(({ title, keys }) => [...keys, titleKey(title)])
  }
}

function indexOf(papers) {
  const index = new MiniSearch({
    fields: ['title', 'abstract', 'keywords', 'authors'],
    storeFields: ['keys'],
    searchOptions: { boost: { title: 2 } },
  })
  index.addAll(papers)
  return index
}

const askMiniSearch = (index, options) => (text) =>
  index
    .search(text, options)
    .slice(0, DEPTH)
    .map(({ keys }) => keys)

/**
 * The queries. `variables(sql)` draws the variables (raw ids, slugs, cursor positions), the same for every peer. Each peer turns one draw
 * into a request (see peers.mjs), and its answer into the canonical form.
 */
export const SHAPES = {
  point: {
    goal: { postgraphile: 1.5, floor: 0.35 },
    variables: (sql) => sql`
      select id from papers where published_on is not null
      order by hashint8(id) limit 1000`,
  },
  newest20: { goal: { postgraphile: 1.5, floor: 0.8 }, variables: async () => [{}] },
  topic20: {
    goal: { postgraphile: 1.5, floor: 0.8 },
    variables: (sql) => sql`
      select slug from topics where paper_count >= 20
        and (id <= 10 or id % greatest(1, (select count(*) from topics) / 90) = 0)
      order by id limit 100`,
  },
  author20: {
    goal: { postgraphile: 1.5, floor: 0.8 },
    variables: (sql) => sql`
      select id from authors where paper_count >= 5 order by hashint8(id) limit 1000`,
  },
  deep: { goal: { postgraphile: 1.5, floor: 0.8 }, variables: async () => [{}] },
  page50: {
    goal: { postgraphile: 1.5, floor: 0.8 },
    /** The last paper of page 39 … 59, which precedes the requested page. */
    variables: (sql) => sql`
      select page, published_sort::text as day, id from (
        select row_number() over (order by published_sort desc, id desc) as n, published_sort, id
        from papers order by published_sort desc, id desc limit 1180) newest
      cross join lateral (select (n / 20 + 1)::int as page) numbered
      where n % 20 = 0 and page between 40 and 60 order by n`,
  },
}

/** The canonical paper: numbers for ids, topics by slug and repositories by URL, because no order is requested. */
export function canonicalPaper(paper) {
  const out = { id: Number(paper.id), title: paper.title, publishedOn: paper.publishedOn }
  if ('abstract' in paper) out.abstract = paper.abstract
  if (paper.authors) out.authors = paper.authors.map(canonicalAuthor)
  if (paper.topics) {
    out.topics = sorted(
      paper.topics.map(({ slug, name }) => ({ slug, name })),
      'slug',
    )
  }
  if (paper.repositories) {
    const rows = paper.repositories.map(({ url, stars, isOfficial }) => ({
      url,
      stars,
      isOfficial,
    }))
    out.repositories = sorted(rows, 'url')
  }
  return out
}

/** The canonical author, with papers if the shape has them. */
export function canonicalAuthor(author) {
  const out = { id: Number(author.id), name: author.name }
  if (author.papers) out.papers = author.papers.map(canonicalPaper)
  return out
}

function sorted(rows, key) {
  return rows.sort((a, b) => (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0))
}

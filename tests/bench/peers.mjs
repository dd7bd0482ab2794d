import { canonicalAuthor, canonicalPaper } from './shapes.mjs'

const paperId = (id) => Buffer.from(`Paper:${id}`).toString('base64')
const authorId = (id) => Buffer.from(`Author:${id}`).toString('base64')
const rawId = (id) => Buffer.from(id, 'base64').toString().split(':').pop()

const P = {
  authors: 'authorships(first: 100) { nodes { author { id name } } }',
  topics: 'topics(first: 100) { nodes { slug name } }',
  repositories: 'repositories(first: 100) { edges { isOfficial node { url stars } } }',
  head: 'id title publishedOn',
}
const newest = 'order: { field: PUBLISHED, direction: DESC }'

const PAPERQL = {
  point: {
    query: `query Point($ref: String!) { paper(ref: $ref) { ${P.head} abstract ${P.authors} ${P.topics} ${P.repositories} } }`,
    values: ({ id }) => ({ ref: paperId(id) }),
    read: (data) => paperqlPaper(data.paper),
  },
  newest20: {
    query: `query Newest { papers(first: 20, ${newest}) { nodes { ${P.head} ${P.authors} ${P.topics} } } }`,
    values: () => ({}),
    read: (data) => data.papers.nodes.map(paperqlPaper),
  },
  topic20: {
    query: `query Topic($slug: String!) { papers(first: 20, filter: { topics: [$slug] }, ${newest}) { nodes { ${P.head} ${P.repositories} } } }`,
    values: ({ slug }) => ({ slug }),
    read: (data) => data.papers.nodes.map(paperqlPaper),
  },
  author20: {
    query: `query Author($ref: String!) { author(ref: $ref) { id name papers(first: 20, ${newest}) { nodes { ${P.head} } } } }`,
    values: ({ id }) => ({ ref: authorId(id) }),
    read: (data) => paperqlAuthor(data.author),
  },
  deep: {
    query: `query Deep { papers(first: 10, ${newest}) { nodes { ${P.head} authorships(first: 100) { nodes { author { id name papers(first: 5, ${newest}) { nodes { ${P.head} ${P.topics} } } } } } } } }`,
    values: () => ({}),
    read: (data) => data.papers.nodes.map(paperqlPaper),
  },
  page50: {
    query: `query Page($after: String!) { papers(first: 20, after: $after, ${newest}) { nodes { ${P.head} ${P.authors} ${P.topics} } pageInfo { endCursor } } }`,
    walk: `query Walk($after: String) { papers(first: 20, after: $after, ${newest}) { pageInfo { endCursor } } }`,
    values: ({ cursor }) => ({ after: cursor }),
    read: (data) => data.papers.nodes.map(paperqlPaper),
    endCursor: (data) => data.papers.pageInfo.endCursor,
  },
}

function paperqlPaper({ authorships, topics, repositories, ...paper }) {
  return canonicalPaper({
    ...paper,
    id: rawId(paper.id),
    ...(authorships && { authors: authorships.nodes.map(({ author }) => paperqlAuthor(author)) }),
    ...(topics && { topics: topics.nodes }),
    ...(repositories && { repositories: repositories.edges.map((e) => ({ ...e, ...e.node })) }),
  })
}

function paperqlAuthor({ id, name, papers }) {
  const out = canonicalAuthor({ id: rawId(id), name })
  return papers ? { ...out, papers: papers.nodes.map(paperqlPaper) } : out
}

const G = {
  authors: 'authorshipsByPaperIdList { authorByAuthorId { rowId name } }',
  topics: 'paperTopicsByPaperIdList { topicByTopicId { slug name } }',
  repositories:
    'paperRepositoriesByPaperIdList { isOfficial repositoryByRepositoryId { url stars } }',
  head: 'rowId title publishedOn',
  newest: 'orderBy: [PUBLISHED_SORT_DESC, ROW_ID_DESC]',
}

const POSTGRAPHILE = {
  point: {
    query: `query Point($id: BigInt!) { paperByRowId(rowId: $id) { ${G.head} abstract ${G.authors} ${G.topics} ${G.repositories} } }`,
    values: ({ id }) => ({ id: String(id) }),
    read: (data) => graphilePaper(data.paperByRowId),
  },
  newest20: {
    query: `query Newest { allPapersList(first: 20, ${G.newest}) { ${G.head} ${G.authors} ${G.topics} } }`,
    values: () => ({}),
    read: (data) => data.allPapersList.map(graphilePaper),
  },
  topic20: {
    query: `query Topic($slug: String!) { topicBySlug(slug: $slug) { paperTopicsByTopicIdList(first: 20, orderBy: [PUBLISHED_SORT_DESC, PAPER_ID_DESC]) { paperByPaperId { ${G.head} ${G.repositories} } } } }`,
    values: ({ slug }) => ({ slug }),
    read: (data) =>
      data.topicBySlug.paperTopicsByTopicIdList.map((row) => graphilePaper(row.paperByPaperId)),
  },
  author20: {
    query: `query Author($id: BigInt!) { authorByRowId(rowId: $id) { rowId name newestPapersList(amount: 20) { ${G.head} } } }`,
    values: ({ id }) => ({ id: String(id) }),
    read: (data) => graphileAuthor(data.authorByRowId),
  },
  deep: {
    query: `query Deep { allPapersList(first: 10, ${G.newest}) { ${G.head} authorshipsByPaperIdList { authorByAuthorId { rowId name newestPapersList(amount: 5) { ${G.head} ${G.topics} } } } } }`,
    values: () => ({}),
    read: (data) => data.allPapersList.map(graphilePaper),
  },
  page50: {
    query: `query Page($after: Cursor!) { allPapers(first: 20, after: $after, ${G.newest}) { nodes { ${G.head} ${G.authors} ${G.topics} } pageInfo { endCursor } } }`,
    walk: `query Walk($after: Cursor) { allPapers(first: 20, after: $after, ${G.newest}) { pageInfo { endCursor } } }`,
    values: ({ cursor }) => ({ after: cursor }),
    read: (data) => data.allPapers.nodes.map(graphilePaper),
    endCursor: (data) => data.allPapers.pageInfo.endCursor,
  },
}

function graphilePaper(row) {
  const { authorshipsByPaperIdList: authors, paperTopicsByPaperIdList: topics } = row
  const { paperRepositoriesByPaperIdList: repositories, rowId, ...paper } = row
  return canonicalPaper({
    ...paper,
    id: rowId,
    ...(authors && { authors: authors.map((a) => graphileAuthor(a.authorByAuthorId)) }),
    ...(topics && { topics: topics.map((t) => t.topicByTopicId) }),
    ...(repositories && {
      repositories: repositories.map((r) => ({ ...r, ...r.repositoryByRepositoryId })),
    }),
  })
}

function graphileAuthor({ rowId, name, newestPapersList: papers }) {
  const out = canonicalAuthor({ id: rowId, name })
  return papers ? { ...out, papers: papers.map(graphilePaper) } : out
}

const list = (rows) => rows.map(canonicalPaper)
const FLOOR = {
  point: { values: ({ id }) => [id], read: canonicalPaper },
  newest20: { values: () => [], read: list },
  topic20: { values: ({ slug }) => [slug], read: list },
  author20: { values: ({ id }) => [id], read: canonicalAuthor },
  deep: { values: () => [], read: list },
  page50: { values: ({ day, id }) => [day, id], read: list },
}

const ROOT = new URL('../../', import.meta.url)
const here = (file) => new URL(file, import.meta.url)

/** The competitors: how to start each, and how to query it. */
export const PEERS = {
  paperql: {
    file: new URL('src/bin.mjs', ROOT),
    args: ['serve'],
    env: { PAPERQL_SAMPLE: 'false', LOG_LEVEL: 'warn' },
    shapes: PAPERQL,
  },
  postgraphile: { file: here('postgraphile.mjs'), args: [], env: {}, shapes: POSTGRAPHILE },
  floor: { file: here('floor.mjs'), args: [], env: {}, shapes: FLOOR },
}

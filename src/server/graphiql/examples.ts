import { DEMO_EXAMPLES } from './demo-examples.ts'
import type { ExampleQuery } from './example.ts'
import { FIND_EXAMPLES } from './find-examples.ts'
import { STATEMENT_EXAMPLES } from './statement-examples.ts'

/** The queries that open as tabs of the page at /graphql. */
export const EXAMPLE_QUERIES: ExampleQuery[] = [
  {
    title: 'A paper page',
    query: `# A paper page in one request.
# Run it with the button, or Ctrl-Enter.
# "ref" takes any identifier in any spelling: an
# ACL Anthology id, a DOI, arXiv:…, a URL, an "id".
query Paper {
  paper(ref: "https://aclanthology.org/2025.coling-main.283/") {
    id
    title
    abstract
    publishedOn
    publishedPrecision # how much of the date is known
    venue { name }
    url
    pdfUrl
    identifiers { scheme value url }
    authorships {
      nodes { position name affiliation author { id } }
    }
    topics { edges { score node { slug name } } }
    repositories {
      edges { isOfficial evidence node { url } }
    }
  }
}
`,
  },
  {
    title: 'Related papers',
    query: `# Papers like this one, and what makes them so: topics,
# authors, rare words of the title, and shared citations
# if sources state any.
query Related {
  paper(ref: "2025.coling-main.539") {
    title
    related(first: 5) {
      score
      reasons { kind detail weight }
      paper { title year venue { acronym } }
    }
  }
}
`,
  },
  {
    title: 'Papers like these, not like that',
    query: `# Papers like several papers together, and not like
# another one. "filter" and "order" are those of lists.
query Alike($likes: [String!]!, $dislikes: [String!]!) {
  relatedPapers(
    likes: $likes
    dislikes: $dislikes
    filter: { published: { from: "2021-01-01" } }
    first: 5
  ) {
    score
    # Negative weights come from the papers not liked
    reasons { kind detail weight }
    paper { title year }
  }
}
`,
    variables: `{
  "likes": [
    "2025.coling-main.283",
    "2025.coling-main.579",
    "2024.naacl-long.450"
  ],
  "dislikes": ["2025.coling-main.409"]
}
`,
  },
  {
    title: 'Newest papers with code',
    query: `# The newest papers that have a repository.
# For the next page, set "after" below to "endCursor".
query Newest($after: String) {
  papers(
    first: 10
    after: $after
    filter: { hasRepository: true }
    order: { field: PUBLISHED, direction: DESC }
  ) {
    totalCount # counted only when asked for
    pageInfo { hasNextPage endCursor }
    nodes {
      title
      publishedOn
      authorships(first: 3) { totalCount nodes { name } }
      repositories { nodes { url } }
    }
  }
}
`,
    variables: '{ "after": null }',
  },
  {
    title: 'Facets',
    query: `# Facet counts over the whole list, not the page:
# "value" is what the filter takes.
query Facets($filter: PaperFilter) {
  papers(first: 5, filter: $filter) {
    totalCount
    nodes { title year }
    facets {
      years(first: 5) { value count }
      # all topics that could be chosen instead
      topics(ignoreOwnFilter: true) { value label count }
      authors(first: 5) { label count author { id } }
      hasRepository { label count }
    }
  }
  stats { paperCount authorCount topicCount } # of everything
}
`,
    variables: '{ "filter": { "topics": { "any": ["machine-translation"] } } }',
  },
  {
    title: 'Award papers and talks of a venue',
    query: `# Papers with an award or a talk at a venue in a year.
# "decisions" holds what became of a paper at each venue:
# also rejections, ratings of reviewers and sessions.
query Decisions($venue: String!, $year: Int!) {
  papers(
    first: 10
    filter: {
      anyOf: [
        { decisions: { venues: [$venue], years: [$year], hasAward: true } }
        { decisions: { venues: [$venue], years: [$year], presentation: [ORAL] } }
      ]
    }
  ) {
    totalCount
    nodes {
      title
      decisions { venue { acronym } year outcome status award sources }
    }
  }
  # What became of all papers of that year
  all: papers(filter: { decisions: { venues: [$venue], years: [$year] } }) {
    facets { outcomes { value count } awards { value count } }
  }
}
`,
    variables: '{ "venue": "acl", "year": 2022 }',
  },
  ...STATEMENT_EXAMPLES,
  {
    title: 'An author',
    query: `# An author page: one request, and one SQL statement
# for each list.
query Author {
  author(ref: "https://orcid.org/0000-0002-7709-2543") {
    name
    paperCount
    identifiers { scheme value }
    metrics { firstYear lastYear }
    affiliations(first: 2) { name lastYear }
    papersPerYear { year count }
    leadingTopics(first: 5) { paperCount topic { slug name } }
    coAuthors(first: 5) {
      totalCount
      edges { paperCount lastYear node { id name } }
    }
    papers(first: 5, order: { field: PUBLISHED }) {
      nodes {
        title
        year
        venue { acronym }
        authorships { nodes { name author { id paperCount } } }
      }
    }
  }
}
`,
  },
  {
    title: 'A topic',
    query: `# A topic with its parents, related topics, leading
# authors, counts by time and newest papers. Every list
# of papers takes the same filter.
query Topic($slug: String!) {
  topic(slug: $slug) {
    name
    kind
    paperCount
    ancestors { slug name } # the widest first
    # Topics that occur together with it more than by chance
    coOccurring(first: 5) { paperCount lift topic { slug } }
    papersPerYear { year count }
    papersPerMonth(from: "2024-05", to: "2025-01") { month count }
    leadingAuthors(first: 3) { paperCount author { id name } }
    leadingRepositories(first: 3) { paperCount repository { url } }
    papers(
      first: 5
      filter: { year: [2024, 2025], hasRepository: true }
    ) {
      totalCount
      nodes { title publishedOn topics { nodes { slug } } }
    }
  }
  # All topics, most papers first
  topics(first: 10) { nodes { slug paperCount } }
}
`,
    variables: '{ "slug": "question-answering" }',
  },
  {
    title: 'A repository and its papers',
    query: `# The papers that a repository belongs to.
# "ref" takes its URL, or "owner/name" at GitHub.
query Repository {
  repository(ref: "huawei-noah/Pretrained-Language-Model") {
    url
    papers { # or papers(isOfficial: true)
      totalCount
      edges {
        isOfficial
        evidence
        node { title year authorships(first: 2) { nodes { name } } }
      }
    }
  }
}
`,
  },
  ...FIND_EXAMPLES,
  ...DEMO_EXAMPLES,
]

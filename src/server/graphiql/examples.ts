/** A query that is shown to people; it runs on the sample as it is. */
export interface ExampleQuery {
  /** What it shows, in a few words. */
  title: string
  query: string
  /** JSON with the values of its variables, where it has some. */
  variables?: string
}

/** The queries with which the page at /graphql opens, one tab each. */
export const EXAMPLE_QUERIES: ExampleQuery[] = [
  {
    title: 'A paper page',
    query: `# All that a paper page shows, in one request.
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
      edges { isOfficial evidence node { url stars } }
    }
  }
}
`,
  },
  {
    title: 'Related papers',
    query: `# Papers like this one, and what makes them so: topics,
# authors, rare words of the title, and citations once
# an import brings them ("references", "citations",
# "coCited", "sharedReferences", "citationPath").
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
    query: `# By what these papers can be told apart, with counts
# of the whole list: "value" is what the filter takes.
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
    title: 'An author',
    query: `# All that an author page shows: one request,
# and one statement for each of its lists.
query Author {
  author(ref: "aclanthology.org/people/zhiyuan-liu") {
    name
    paperCount
    identifiers { scheme value }
    # Counted over this catalogue alone
    metrics { citationCount hIndex firstYear lastYear }
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
    query: `# A topic, those above and beside it, who writes about it
# and when, and its newest papers. Every list of papers
# takes the same filter.
query Topic($slug: String!) {
  topic(slug: $slug) {
    name
    kind
    paperCount
    ancestors { slug name } # the widest first
    # Often together, and oftener than by chance
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
  # The other topics, those with most papers first
  topics(first: 10) { nodes { slug paperCount } }
}
`,
    variables: '{ "slug": "question-answering" }',
  },
  {
    title: 'A repository and its papers',
    query: `# Which papers is this code of?
# "ref" takes its URL, or "owner/name" at GitHub.
query Repository {
  repository(ref: "huawei-noah/Pretrained-Language-Model") {
    url
    stars # null until an import brings it
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
  {
    title: 'References, resolved',
    query: `# What these references are, each in its place:
# identifiers, URLs and repositories, up to 500.
query Resolve($refs: [String!]!) {
  resolvePapers(refs: $refs) {
    __typename
    ... on PaperFound { ref means normalised paper { title year } }
    ... on PaperAmbiguous {
      ref
      message
      candidates { isOfficial paper { title year } }
    }
    ... on PaperNotFound { ref reason message }
  }
}
`,
    variables: `{
  "refs": [
    "https://doi.org/10.18653/v1/2025.coling-main.283",
    "https://github.com/huawei-noah/Pretrained-Language-Model",
    "arXiv:1706.03762v7",
    "isbn:978-0262035613"
  ]
}`,
  },
  {
    title: 'A paper by its reference',
    query: `# The paper that a reference means, as lists of
# references print it, also with misprints.
query Match($reference: String!) {
  matchPaper(reference: $reference) {
    confidence # 0 to 1
    reasons
    paper { title year authorships(first: 3) { nodes { name } } }
  }
}
`,
    variables:
      '{ "reference": "Mousi, B., et al. AraDICE: Benchmarks for dialectal and cultural capabilites in LLMs. COLING 2024" }',
  },
  {
    title: 'A search box',
    query: `# Suggestions for the text so far: words
# may be cut short, out of order, or mistyped.
query Suggest($prefix: String!) {
  suggest(prefix: $prefix, first: 10) {
    kind
    label
    value # for filters and references
    isCorrected
    matches { start end }
    node {
      ... on Paper { year venue { acronym } }
      ... on Author { paperCount }
      ... on Topic { paperCount }
    }
  }
}
`,
    variables: '{ "prefix": "quetsion answ" }',
  },
  {
    title: 'A search',
    query: `# Words in any form, "phrases", OR, -without,
# and fields: title: author: topic: venue: year:
# has:code stars:>100 cites:>10 lang:python
query Search($query: String!) {
  search(query: $query, first: 10) {
    totalCount
    edges {
      score # textScore + citationScore + freshnessScore
      highlights { title abstract } # safe HTML
      node {
        title
        year
        venue { acronym }
        topics(first: 3) { nodes { name } }
      }
    }
  }
}
`,
    variables: '{ "query": "\\"machine translation\\" low-resource year:2022..2025 -speech" }',
  },
]

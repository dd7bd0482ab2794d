import type { ExampleQuery } from './example.ts'

/** Queries that need the demonstration data: the sample has no citations, ratings, stars or upvotes. */
export const DEMO_EXAMPLES: ExampleQuery[] = [
  {
    title: 'Citations (demo)',
    isOnDemo: true,
    query: `# Citations come from OpenAlex, Crossref or Semantic
# Scholar. The sample has none: start the server with
# PAPERQL_SAMPLE=demo for made-up ones (source "demo").
query Citations($ref: String!) {
  paper(ref: $ref) {
    title
    citationCount
    referenceCount
    citations(first: 5) {
      totalCount
      edges { sources intents isInfluential node { title year } }
    }
    references(first: 5, order: { field: CITATIONS }) {
      edges { contexts node { title year citationCount } }
    }
    unresolvedReferences(first: 3) {
      nodes { title identifiers { url } }
    }
    coCited(first: 3) { count paper { title } }
    sharedReferences(first: 3) { count paper { title } }
  }
  mostCited: papers(first: 5, order: { field: CITATIONS }) {
    nodes { title citationCount }
  }
}
`,
    variables: '{ "ref": "2022.acl-short.16" }',
  },
  {
    title: 'Ratings by reviewers (demo)',
    isOnDemo: true,
    query: `# The best rated talks of a venue. Scales of ratings
# differ between venues: compare within one. The sample
# has none: PAPERQL_SAMPLE=demo makes some up.
query Ratings {
  papers(
    first: 5
    filter: { decisions: { venues: ["coling"], presentation: [ORAL] } }
    order: { field: RATING }
  ) {
    totalCount
    nodes {
      title
      authorSummary # by the authors; "tldr" is by a model
      decisions { presentation session area rating { mean count } }
    }
    facets {
      sessions { value count }
      areas(first: 3) { value count }
      presentations { value count }
    }
  }
}
`,
  },
  {
    title: 'Keywords and topics (demo)',
    isOnDemo: true,
    query: `# Keywords as printed; those that enough papers use are
# topics. Any spelling finds them. PAPERQL_SAMPLE=demo has some.
query Keywords($keywords: [String!]) {
  papers(first: 5, filter: { keywords: $keywords }) {
    nodes { title keywords topics { nodes { slug } } }
    facets { keywords(first: 5, ignoreOwnFilter: true) { value count } }
  }
  topic(slug: "large-language-model") {
    slug
    variants { name reason paperCount }
  }
}
`,
    variables: '{ "keywords": ["machine-translation"] }',
  },
  {
    title: 'Changes of preprints (demo)',
    isOnDemo: true,
    query: `# The versions that came in last, and which fields of the
# paper changed with them.
query PreprintChanges {
  changes(kinds: [NEW_VERSION], first: 5) {
    nodes {
      version
      on
      fields
      paper {
        title
        events(kind: [VERSION]) { number on notice }
        openAccess { status url licence version }
      }
    }
    endCursor
  }
}
`,
  },
  {
    title: 'Stars and upvotes (demo)',
    isOnDemo: true,
    query: `# Stars come from "paperql sync github", upvotes from
# "paperql sync hf-daily". The sample has none: start the
# server with PAPERQL_SAMPLE=demo for made-up ones.
query Stars($from: Date) {
  repositories(first: 5, order: { field: STARS }) {
    nodes {
      url
      stars
      language
      starHistory(from: $from) { on stars source }
    }
  }
  papers(first: 5, filter: { minStars: 100 }, order: { field: STARS }) {
    totalCount
    facets { repositoryLanguages { label count } }
    nodes { title starCount repositories { nodes { url stars } } }
  }
  # Papers of the daily lists
  paper(ref: "2024.naacl-long.407") {
    title
    upvoteCount
    listings { source day upvotes comments }
  }
}
`,
    variables: '{ "from": null }',
  },
]

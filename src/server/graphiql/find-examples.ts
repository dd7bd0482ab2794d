import type { ExampleQuery } from './example.ts'

/** Queries that find papers and people: by reference, by name, by the beginning of a word, and by search. */
export const FIND_EXAMPLES: ExampleQuery[] = [
  {
    title: 'References, resolved',
    query: `# Up to 500 references of any kind: identifiers, URLs
# and repositories. Each gets its own result, in order.
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
    title: 'Authors by name',
    query: `# References and names of authors, in order. A name that
# several have returns all of them, told apart.
query People($refs: [String!]!) {
  resolveAuthors(refs: $refs) {
    ... on AuthorFound { ref author { id name paperCount } }
    ... on AuthorAmbiguous { message candidates { id name summary { text } } }
    ... on AuthorNotFound { ref reason }
  }
}
`,
    variables: '{ "refs": ["Maosong Sun", "Wei Zhang", "aclanthology.org/people/zhiyuan-liu"] }',
  },
  {
    title: 'A paper by its reference',
    query: `# Finds a paper from a reference as printed. Typos are
# tolerated.
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
    title: 'Autocomplete',
    query: `# Autocomplete: prefixes of words, in any order. Typos
# are tolerated.
query Suggest($prefix: String!) {
  suggest(prefix: $prefix, first: 10) {
    kind
    label
    detail # tells namesakes apart
    value # for filters and references
    isCorrected
    matches { start end }
    node {
      ... on Paper { year venue { acronym } }
      ... on Author { paperCount }
      ... on Topic { paperCount }
      ... on Institution { country paperCount }
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

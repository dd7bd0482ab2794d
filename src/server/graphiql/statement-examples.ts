import type { ExampleQuery } from './example.ts'

/** What an institution published since a day. */
const INSTITUTION_EXAMPLE: ExampleQuery = {
  title: 'Papers of an institution',
  query: `# Papers of an institution since a day, and who wrote them.
# "institution" takes a ROR id, a name in any language that
# ROR has (北京大学), or a short form (MIT).
query Institution {
  institution(ref: "UIUC") {
    name
    ror
    acronyms
    paperCount
    papers(first: 5, filter: { published: { from: "2022-01-01" } }) {
      totalCount
      nodes {
        title
        publishedOn
        institutions { edges { evidence matchedText node { name } } }
      }
    }
    authors(first: 5) { edges { paperCount node { name } } }
    topicsPerYear(first: 2, from: 2021, to: 2025) { year paperCount topic { name } }
  }
}
`,
}

/** Queries for what sources state about papers: links, events, languages. */
export const STATEMENT_EXAMPLES: ExampleQuery[] = [
  INSTITUTION_EXAMPLE,
  {
    title: 'Papers with code and a demo',
    query: `# Links by kind: PDF, SUPPLEMENT, VIDEO, SLIDES, POSTER,
# PROJECT_PAGE, DEMO, SPACE, MODEL, DATASET. Facets count
# what the other filters leave.
query Demos {
  papers(
    first: 5
    filter: { hasRepository: true, hasLink: [DEMO, SPACE] }
  ) {
    totalCount
    nodes {
      title
      links(kind: [DEMO, SPACE, VIDEO, PROJECT_PAGE]) { kind url }
      repositories { nodes { url } }
    }
    facets { linkKinds(ignoreOwnFilter: true) { value count } }
  }
}
`,
  },
  {
    title: 'What was retracted',
    query: `# Retractions, corrections and concerns come from the ACL
# Anthology, Crossref, OpenAlex, PubMed and Retraction Watch.
query Retracted {
  retracted: papers(filter: { isRetracted: true }) {
    totalCount
    nodes {
      title
      events(kind: [RETRACTION, CONCERN]) { kind on reason sources }
    }
  }
  corrected: papers(
    filter: { hasEvent: [CORRECTION], eventOn: { from: "2020-01-01" } }
  ) {
    nodes { title events(kind: [CORRECTION]) { on notice } }
  }
  all: papers {
    facets { eventKinds { value count } }
  }
}
`,
  },
  {
    title: 'New versions, and what changed',
    query: `# The versions of a paper, the newest first, with what
# changed. Versions come from arXiv, the ACL Anthology,
# OpenReview, DataCite and Crossref.
query Versions($from: Date) {
  papers(
    first: 5
    filter: { hasEvent: [VERSION], eventOn: { from: $from } }
    order: { field: PUBLISHED }
  ) {
    totalCount
    nodes {
      title
      publishedOn
      events(kind: [VERSION]) { number on reason notice }
      openAccess { status url licence version }
    }
  }
}
`,
    variables: '{ "from": "2024-01-01" }',
  },
  {
    title: 'Papers by language',
    query: `# "pt" also stands for "pt-BR". Of most papers of the sample
# no source states the language.
query Languages {
  papers(first: 5, filter: { language: ["pt"] }) {
    totalCount
    nodes { title language }
    facets { languages(ignoreOwnFilter: true) { value label count } }
  }
}
`,
  },
]

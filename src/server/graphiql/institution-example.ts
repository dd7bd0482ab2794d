import type { ExampleQuery } from './example.ts'

/** What an institution has published since a day. */
export const INSTITUTION_EXAMPLE: ExampleQuery = {
  title: 'Papers of an institution',
  query: `# Papers of an institution since a day, and who wrote them.
# "institution" takes a ROR id, a name, or a short form.
query Institution {
  institution(ref: "UIUC") {
    name
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

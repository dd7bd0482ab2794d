/**
 * Fields of `Paper` that a change can name, spelt as in the GraphQL schema. Counts and parts are covered by the field that they follow from:
 * `authorCount` by `authorships`, `year` and `publishedPrecision` by `publishedOn`. Fields computed on request (`related`, `coCited`,
 * `otherVersions`) are not included.
 */
export const PAPER_FIELDS = [
  'abstract',
  'authorSummary',
  'authorships',
  'citationCount',
  'citationCounts',
  'citations',
  'conflicts',
  'decisions',
  'events',
  'eventYear',
  'identifiers',
  'institutions',
  'isRetracted',
  'keywords',
  'kind',
  'language',
  'licence',
  'links',
  'listings',
  'mergedFrom',
  'openAccess',
  'pdfUrl',
  'publication',
  'publishedOn',
  'references',
  'repositories',
  'sources',
  'starCount',
  'title',
  'tldr',
  'topics',
  'upvoteCount',
  'url',
  'venue',
] as const

export type PaperField = (typeof PAPER_FIELDS)[number]

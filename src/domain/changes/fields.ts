/**
 * Fields of `Paper` that a change can name, as they are called in the GraphQL schema. Counts and parts go by the field that they
 * follow: `authorCount` by `authorships`, `year` and `publishedPrecision` by `publishedOn`. Fields that are worked out when they
 * are asked for (`related`, `coCited`, `otherVersions`) have no name here.
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

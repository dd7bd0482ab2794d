import type { GraphQLInputObjectType } from 'graphql'
import { keyOf } from './name-hints.ts'

/** Names that other APIs have and this one lacks, with what to use instead. Names are lower-case, without `_` and `-`. */
const INSTEAD: [names: string, sentence: string][] = [
  [
    'viewer me currentuser user account',
    'There are no accounts to query: access is granted by the header "Authorization".',
  ],
  [
    'ratelimit rateinfo quota cost usage',
    'The cost of a query is in the extensions of its answer: send "extensions": { "cost": true }.',
  ],
  [
    'numcomments comments commentcount comment discussion discussions discussionid',
    'There are no comments; "upvoteCount" counts upvotes.',
  ],
  [
    'embedding embeddings vector specter specterv2 specter2',
    'There are no embeddings; "related" and "relatedPapers" find similar papers.',
  ],
  [
    'influentialcitationcount',
    'Influential citations are not counted: select "citations { edges { isInfluential } }".',
  ],
  [
    'email emails emailaddress',
    'There are no e-mail addresses: imports leave out those of authors, and subscriptions do not show theirs.',
  ],
  [
    'score rank relevance relevancescore',
    'A score belongs to the edge of a list: edges { score node { id } }.',
  ],
  [
    'snippet snippets highlight highlights',
    'Highlights belong to the edges of a search: edges { highlights { title abstract } node { id } }.',
  ],
  [
    'totalpages pagecount lastpage currentpage',
    'Lists have no page numbers: select "totalCount", and continue with "after" and "endCursor".',
  ],
  ['health status ping', 'The health of the server is at "/health" and "/readyz".'],
  [
    'addpaper createpaper updatepaper importpaper importpapers',
    'Papers come from "paperql import" and "paperql sync" on the command line.',
  ],
  ...['topic', 'venue', 'institution', 'keyword'].map((one): [string, string] => [
    `follow${one} follow${one}s`,
    `To follow a list of papers, save its query: saveQuery(input: { filter: { ${one}s: ["…"] } }).`,
  ]),
  ['followquery followsearch', 'To follow a search, save it: saveQuery(input: { query: "…" }).'],
  ['timezone tz utcoffset', 'Days are in UTC; only subscriptions have a time zone.'],
  [
    'select fields include expand attributes',
    'Select fields in braces, such as { nodes { title } }.',
  ],
]

/** The same for conditions of a filter. */
const INSTEAD_OF_CONDITION: [names: string, sentence: string][] = [
  ['and allof all every', 'A paper must meet all conditions that are side by side in a filter.'],
  [
    'not none noneof exclude without',
    'Use "topicsNone", or NOT in the "query" of "search", to leave papers out.',
  ],
  [
    'id ids ref refs doi dois arxivid pmid',
    'A filter takes no identifiers: use "paper(ref:)" for one paper, "resolvePapers(refs:)" for several.',
  ],
  [
    'country countries countrycode',
    'A filter takes no countries: find institutions with "institutions(country:)", and give them in "institutions".',
  ],
  [
    'source sources provider database index',
    'A filter takes no sources: select "sources { source }" of each paper.',
  ],
  [
    'version versions versionnumber versioncount latestversion',
    'A filter takes no versions: use "hasEvent: [VERSION]" for papers with a version that a source names, and select "events(kind: [VERSION])" of a paper.',
  ],
]

const tableOf = (pairs: [names: string, sentence: string][]) =>
  new Map(
    pairs.flatMap(([names, sentence]) => names.split(' ').map((name) => [name, sentence] as const)),
  )

const FIELDS = tableOf(INSTEAD)
const CONDITIONS = tableOf(INSTEAD_OF_CONDITION)

/** The hint for `nodes` and `edges` on a type without pages, such as the events of a paper. */
export const withoutPages = (name: string): string | undefined =>
  name === 'nodes' || name === 'edges'
    ? `This has no pages: select its fields directly, without "${name}".`
    : undefined

/** What to use instead of a field or argument that no type has; undefined if unknown. */
export const insteadOf = (name: string): string | undefined => FIELDS.get(keyOf(name))

/** What to use instead of a condition that a filter of papers lacks; undefined if unknown. */
export const insteadOfCondition = (
  type: GraphQLInputObjectType,
  name: string,
): string | undefined =>
  Object.hasOwn(type.getFields(), 'anyOf') ? CONDITIONS.get(keyOf(name)) : undefined

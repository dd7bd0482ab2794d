import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'

/** Maps each foreign name to the names of this schema. A map, because an object has keys of its own, such as `constructor`. */
export function invert(others: Record<string, string>): Map<string, string[]> {
  const names = new Map<string, string[]>()
  for (const [name, keys] of Object.entries(others))
    for (const key of keys.split(' ')) names.set(key, [...(names.get(key) ?? []), name])
  return names
}

/**
 * Names of this schema in the order to try, each with the names that other APIs use (Semantic Scholar, OpenAlex, Crossref, Hugging Face,
 * GitHub).
 */
export const FIELD_NAMES = invert({
  authorships: 'author authors authornames authorname firstauthor byline creators contributors',
  author: 'author user',
  authors: 'users researchers people members',
  acronym: 'shortname abbreviation abbr',
  acronyms: 'acronym shortname abbreviation abbr',
  identifiers:
    'externalids ids doi orcid arxiv arxivid pmid pmcid corpusid openalexid dblp isbn semanticscholarid',
  id: 'paperid authorid',
  name: 'displayname fullname namewithowner login title firstname lastname givenname familyname',
  title: 'displayname name',
  label: 'name title text',
  publishedOn: 'date publicationdate published publishedat publisheddate month',
  year: 'publicationyear',
  venue: 'journal conference containertitle publicationvenue primarylocation',
  venues: 'journals conferences',
  publication: 'biblio pages volume issue publisher isbn issn',
  citationCount: 'citedbycount numcitedby numcitations',
  referenceCount: 'referencedworkscount',
  citations: 'citedby citing',
  references: 'referencedworks bibliography',
  related: 'relatedworks relatedpapers recommendations similar similarpapers',
  relatedPapers: 'recommendations recommend similarpapers related',
  'topics(kind:)': 'tasks methods fields categories',
  topics:
    'tasks methods fields keywords concepts fieldsofstudy s2fieldsofstudy categories tags primarytopic primarycategory',
  keywords: 'aikeywords',
  decisions: 'award awards acceptance',
  institutions: 'affiliations organization organizations organisation lastknowninstitutions',
  institution: 'organization organisation',
  repositories:
    'code codeurl codelink coderepository repository repositoryurl repourl github githubrepo githuburl',
  starCount: 'stars githubstars stargazers stargazercount',
  stars: 'stargazercount stargazerscount stargazers watchers',
  forks: 'forkcount forkscount',
  upvoteCount: 'upvotes votes likes',
  upvotePaper: 'upvote vote like',
  pdfUrl: 'pdf openaccesspdf fulltext fulltexturl',
  openAccess: 'isoa oastatus bestoalocation',
  url: 'link htmlurl landingpageurl',
  links:
    'projectpage homepageurl linkedmodels linkeddatasets linkedspaces models datasets spaces videos video slides poster demo mediaurls',
  abstract: 'abstractinvertedindex summary',
  tldr: 'aisummary',
  citation: 'bibtex citationstyles',
  metrics: 'hindex citationcount citedbycount citations summarystats',
  papers: 'works publications articles latest newest recent',
  paperCount: 'workscount papers works total count totalpapers numpapers',
  authorCount: 'authors totalauthors numauthors',
  topicCount: 'topics totaltopics numtopics',
  venueCount: 'venues totalvenues numvenues',
  repositoryCount: 'repositories totalrepositories numrepositories',
  papersPerYear: 'countsbyyear years paperyears peryear byyear',
  affiliations: 'affiliation',
  language: 'primarylanguage',
  licence: 'license licenseinfo',
  kind: 'type publicationtype publicationtypes',
  listings: 'submittedondailyat',
  createdAt: 'createddate added',
  updatedAt: 'updateddate',
  paper: 'work article publication',
  facets: 'groupby aggregate aggregations aggs buckets groups',
  stats: 'statistics counts aggregate',
  changes:
    'papers paper paperadded papercreated paperupdated paperchanged newpapers updates events',
  bibliography: 'export',
  daily: 'dailypapers listing listings lists',
  trending: 'trendingpapers',
  search: 'papersearch searchpapers papersearchbulk',
  suggest: 'autocomplete suggestions',
  matchPaper: 'papersearchmatch papermatch',
  resolvePapers: 'papersbyids papersbyid paperbatch getpapers',
  highlights: 'snippet snippets highlight fragments',
  hasNextPage: 'hasmore hasnext',
  hasPreviousPage: 'hasprevious',
  endCursor: 'cursor next nextcursor nextpage',
  startCursor: 'previous previouscursor',
})

/** The same for the fields of a connection. */
export const LIST_NAMES = invert({
  nodes: 'results items data hits list records entries',
  totalCount: 'count total totalresults totalitems totalhits numfound size meta',
})

/** Arguments that take search words come before `ref`, which also takes names. */
export const ARGUMENT_NAMES = invert({
  query: 'q query search text term title keyword name',
  prefix: 'q query search text term',
  name: 'q query search text term name label acronym abbreviation shortname',
  ref: 'id name owner repo fullname doi arxivid pmid url paperid corpusid openalexid authorid orcid ror',
  slug: 'id ref',
  refs: 'ids',
  first: 'limit perpage pagesize size top take maxresults rows count',
  after: 'offset page cursor skip start pagetoken nextcursor',
  since: 'after cursor offset pagetoken nextcursor',
  order: 'sort orderby sortby',
  filter: 'where filters condition conditions',
  kind: 'type types',
  kinds: 'type types',
  window: 'period timeframe interval range days',
  date: 'day',
  likes: 'paper papers paperid paperids id ids ref refs seed seeds positive positivepaperids',
  dislikes: 'negative negativepaperids unlike',
})

export const keyOf = (name: string) => name.replace(/[_-]/g, '').toLowerCase()

/** What to write for an unknown field: its name in this type, or the path to it; undefined if unknown. */
export function hintForField(type: GraphQLNamedType, name: string): string | undefined {
  const here = findName(type, name)
  if (here) return here
  for (const wrapper of ['nodes', 'edges', 'node', 'pageInfo', 'stats', ...subjectOf(type)]) {
    const inner = typeOf(type, wrapper)
    const found = inner && (hasField(inner, name) ? name : findName(inner, name))
    if (found) return `${wrapper} { ${found} }`
  }
  const [list, ...others] = hasField(type, 'id') ? [] : listsOf(type)
  const found = list && others.length === 0 ? hintForField(list.type, name) : undefined
  return found ? `${list?.name} { ${found} }` : ofItsPapers(type, name)
}

/**
 * A path to lists that only the papers of an entity have, such as the topics of a repository. Titles and counts are left out: they would be
 * taken for the entity's own.
 */
function ofItsPapers(type: GraphQLNamedType, name: string): string | undefined {
  const list = hasField(type, 'id') ? typeOf(type, 'papers') : undefined
  const paper = list && typeOf(list, 'nodes')
  const found = paper && findName(paper, name)
  return found && typeOf(paper, found) ? `papers { nodes { ${found} } }` : undefined
}

/** The connections among the fields of a type. */
const listsOf = (type: GraphQLNamedType) =>
  Object.keys(fieldsOf(type)).flatMap((name) => {
    const inner = typeOf(type, name)
    return inner && hasField(inner, 'pageInfo') ? [{ name, type: inner }] : []
  })

/** The field with the subject of a type: `paper` for a related paper. Empty if the type is an entity itself, or has several subjects. */
function subjectOf(type: GraphQLNamedType): string[] {
  if (hasField(type, 'id')) return []
  const nodes = Object.keys(fieldsOf(type)).filter((field) => {
    const inner = typeOf(type, field)
    return inner && hasField(inner, 'id')
  })
  return nodes.length === 1 ? nodes : []
}

/** What to write for an unknown argument: the schema's word for it, or its singular or plural. */
export function hintForArgument(
  field: GraphQLField<unknown, unknown>,
  name: string,
): string | undefined {
  const known = ARGUMENT_NAMES.get(keyOf(name)) ?? []
  const singular = (one: string) => keyOf(one).replace(/s$/, '')
  return (
    known.find((one) => hasArgument(field, one)) ??
    field.args.find((one) => singular(one.name) === singular(name))?.name
  )
}

/** The same, if a neighbouring field that returns the same items has the argument. */
export function hintForArgumentBeside(
  parent: GraphQLNamedType,
  field: GraphQLField<unknown, unknown>,
  name: string,
): string | undefined {
  const known = ARGUMENT_NAMES.get(keyOf(name)) ?? []
  return besides(parent, field, [name, ...known.filter((one) => one !== 'ref')])
}

/** The same for an argument that identifies one item: the neighbouring field that finds it. */
export function hintForReference(
  parent: GraphQLNamedType,
  field: GraphQLField<unknown, unknown>,
  name: string,
): string | undefined {
  const known = ARGUMENT_NAMES.get(keyOf(name)) ?? []
  return known.includes('ref') ? besides(parent, field, ['ref']) : undefined
}

/**
 * The same for an argument that selects from the result: a field of the result, or the one that takes the argument. Undefined if a required
 * argument is missing (`given` are the present ones), because the unknown one was probably meant for it.
 */
export function hintForSelection(
  field: GraphQLField<unknown, unknown>,
  name: string,
  given: readonly string[],
): string | undefined {
  if (field.args.some((one) => isRequiredArgument(one) && !given.includes(one.name)))
    return undefined
  const type = getNamedType(field.type)
  const takers = Object.values(fieldsOf(type)).filter((one) => hasArgument(one, name))
  const found =
    findName(type, name) ?? (takers.length === 1 ? `${takers[0]?.name}(${name}:)` : undefined)
  return found && `${field.name} { ${found} }`
}

function besides(
  parent: GraphQLNamedType,
  field: GraphQLField<unknown, unknown>,
  names: readonly string[],
): string | undefined {
  const item = itemOf(field)
  const others = Object.values(fieldsOf(parent)).filter((one) => item && itemOf(one) === item)
  for (const name of names) {
    const other = others.find((one) => hasArgument(one, name))
    if (other) return `${other.name}(${name}:)`
  }
  return undefined
}

const hasArgument = ({ args }: GraphQLField<unknown, unknown>, wanted: string) =>
  args.some(({ name }) => name === wanted)

/** The type that a field lists or returns. */
function itemOf({ type }: GraphQLField<unknown, unknown>): GraphQLCompositeType | undefined {
  const named = getNamedType(type)
  return typeOf(named, 'nodes') ?? (isObjectType(named) ? named : undefined)
}

function findName(type: GraphQLNamedType, name: string): string | undefined {
  const key = keyOf(name)
  const spelled = Object.keys(fieldsOf(type)).find((field) => keyOf(field) === key)
  if (spelled) return spelled
  const ofList = hasField(type, 'pageInfo') ? (LIST_NAMES.get(key) ?? []) : []
  const known = [...ofList, ...(FIELD_NAMES.get(key) ?? [])].find((field) => hasMeant(type, field))
  return known ?? itemsNamed(type, key)
}

/**
 * The entries of a connection, or the node of an edge, if asked for by the name of their type: `trending { papers }`, `edges { paper }`.
 */
function itemsNamed(type: GraphQLNamedType, key: string): string | undefined {
  const one = key.replace(/ies$/, 'y').replace(/s$/, '')
  return ['nodes', 'node'].find((field) => typeOf(type, field)?.name.toLowerCase() === one)
}

const fieldsOf = (type: GraphQLNamedType) =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields() : {}

const hasField = (type: GraphQLNamedType, name: string) => Object.hasOwn(fieldsOf(type), name)

/** Whether a type has a field, or a field with an argument, such as `topics(kind:)`. */
function hasMeant(type: GraphQLNamedType, meant: string): boolean {
  const [name = '', argument] = meant.split(/\(|:\)/)
  const field = hasField(type, name) ? fieldsOf(type)[name] : undefined
  return field !== undefined && (!argument || hasArgument(field, argument))
}

function typeOf(type: GraphQLNamedType, field: string): GraphQLCompositeType | undefined {
  const inner = hasField(type, field) ? getNamedType(fieldsOf(type)[field]?.type) : undefined
  return isObjectType(inner) || isInterfaceType(inner) ? inner : undefined
}

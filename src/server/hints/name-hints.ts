import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isInterfaceType,
  isObjectType,
} from 'graphql'

/** A map, since an object has names of its own, such as `constructor`. */
function namesOf(names: Record<string, string[]>): Map<string, string[]> {
  return new Map(Object.entries(names))
}

/** Names that other APIs (Semantic Scholar, OpenAlex, Crossref, GitHub) use, and those of this schema in the order to try. */
const FIELD_NAMES = namesOf({
  author: ['authorships', 'author'],
  authors: ['authorships'],
  externalids: ['identifiers'],
  ids: ['identifiers'],
  doi: ['identifiers'],
  orcid: ['identifiers'],
  paperid: ['id'],
  displayname: ['name', 'title'],
  fullname: ['name'],
  name: ['title', 'label'],
  title: ['name', 'label'],
  namewithowner: ['name'],
  date: ['publishedOn'],
  publicationdate: ['publishedOn'],
  published: ['publishedOn'],
  publicationyear: ['year'],
  journal: ['venue'],
  conference: ['venue'],
  containertitle: ['venue'],
  citedbycount: ['citationCount'],
  citedby: ['citations'],
  referencedworks: ['references'],
  relatedworks: ['related'],
  recommendations: ['related'],
  keywords: ['topics'],
  concepts: ['topics'],
  fieldsofstudy: ['topics'],
  categories: ['topics'],
  tags: ['topics'],
  code: ['repositories'],
  repository: ['repositories'],
  pdf: ['pdfUrl'],
  openaccesspdf: ['pdfUrl'],
  link: ['url'],
  htmlurl: ['url'],
  bibtex: ['citation'],
  hindex: ['metrics'],
  works: ['papers'],
  publications: ['papers'],
  workscount: ['paperCount'],
  affiliation: ['affiliations'],
  stargazercount: ['stars'],
  stargazerscount: ['stars'],
  primarylanguage: ['language'],
  work: ['paper'],
  article: ['paper'],
})

/** Arguments that take words, in the order to try. */
const WORDS = ['query', 'prefix', 'name']

const ARGUMENT_NAMES = namesOf({
  id: ['ref', 'slug'],
  doi: ['ref'],
  arxivid: ['ref'],
  url: ['ref'],
  ids: ['refs'],
  limit: ['first'],
  perpage: ['first'],
  pagesize: ['first'],
  offset: ['after'],
  page: ['after'],
  cursor: ['after'],
  sort: ['order'],
  orderby: ['order'],
  sortby: ['order'],
  q: WORDS,
  query: WORDS,
  search: WORDS,
  text: WORDS,
  term: WORDS,
  title: ['query'],
  keyword: ['query'],
  where: ['filter'],
})

export const keyOf = (name: string) => name.replace(/[_-]/g, '').toLowerCase()

/** What to write for a field that a type lacks: its name here, or where it is; undefined where nothing is known. */
export function hintForField(type: GraphQLNamedType, name: string): string | undefined {
  const here = findName(type, name)
  if (here) return here
  for (const wrapper of ['nodes', 'edges', 'node', ...subjectOf(type)]) {
    const inner = typeOf(type, wrapper)
    const found = inner && (hasField(inner, name) ? name : findName(inner, name))
    if (found) return `${wrapper} { ${found} }`
  }
  return undefined
}

/** The field of what a type says something about: `paper` of a related paper. None of what stands for itself, or is about several. */
function subjectOf(type: GraphQLNamedType): string[] {
  if (hasField(type, 'id')) return []
  const nodes = Object.keys(fieldsOf(type)).filter((field) => {
    const inner = typeOf(type, field)
    return inner && hasField(inner, 'id')
  })
  return nodes.length === 1 ? nodes : []
}

/** What to write for an argument that a field lacks: its name here, or the field beside it that lists the same and has it. */
export function hintForArgument(
  parent: GraphQLNamedType,
  field: GraphQLField<unknown, unknown>,
  name: string,
): string | undefined {
  const known = ARGUMENT_NAMES.get(keyOf(name)) ?? []
  const here = known.find((one) => hasArgument(field, one))
  if (here) return here
  const listed = nodeOf(field)
  const other = Object.values(fieldsOf(parent)).find(
    (one) => listed && nodeOf(one) === listed && known.some((of) => hasArgument(one, of)),
  )
  return other && `${other.name}(${known.find((one) => hasArgument(other, one))}:)`
}

const hasArgument = ({ args }: GraphQLField<unknown, unknown>, wanted: string) =>
  args.some(({ name }) => name === wanted)

/** What a connection lists. */
const nodeOf = ({ type }: GraphQLField<unknown, unknown>) => typeOf(getNamedType(type), 'nodes')

function findName(type: GraphQLNamedType, name: string): string | undefined {
  const key = keyOf(name)
  const spelled = Object.keys(fieldsOf(type)).find((field) => keyOf(field) === key)
  return spelled ?? FIELD_NAMES.get(key)?.find((field) => hasField(type, field))
}

const fieldsOf = (type: GraphQLNamedType) =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields() : {}

const hasField = (type: GraphQLNamedType, name: string) => Object.hasOwn(fieldsOf(type), name)

function typeOf(type: GraphQLNamedType, field: string): GraphQLCompositeType | undefined {
  const inner = hasField(type, field) ? getNamedType(fieldsOf(type)[field]?.type) : undefined
  return isObjectType(inner) || isInterfaceType(inner) ? inner : undefined
}

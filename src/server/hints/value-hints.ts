import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isScalarType,
} from 'graphql'
import { type Days, daysIn } from '../../day.ts'
import { objectFormOf } from '../../graphql/input-forms.ts'
import { invert, keyOf } from './name-hints.ts'

/** Names of input fields, each with the names that other APIs use. */
export const INPUT_NAMES = invert({
  keywords: 'keyword',
  topics: 'topic tag tags keyword keywords category categories concepts fieldsofstudy',
  topicsAll: 'alltopics',
  topicsNone: 'nottopics excludetopics withouttopics',
  topicsWithin: 'subtopics withintopics',
  authors: 'author writtenby orcid authorid authorname',
  institutions: 'institution affiliation affiliations organization organisation ror',
  openAccess: 'isoa oastatus isopenaccess openaccesspdf',
  hasLink: 'hasfulltext haspdf hasvideo hasslides hasposter hasdemo hasdataset hasmodel',
  anyOf: 'or any either',
  venues: 'venue journal journals conference conferences',
  hasRepository: 'code hascode withcode repository repositories',
  language: 'lang languages',
  repositoryLanguage: 'programminglanguage codelanguage',
  decisions: 'decision award awards hasaward accepted acceptance',
  kind: 'kinds type types publicationtype publicationtypes',
  minCitations:
    'citations citationcount mincitationcount citedbycount citationsgte citationcountgte citedbycountgte',
  minStars: 'stars starcount minstarcount starsgte githubstars',
  minUpvotes: 'upvotes upvotecount upvotesgte likes',
  year: 'years publicationyear',
  text: 'query search q title titlecontains abstract abstractcontains fulltext',
  published: 'publishedon publicationdate daterange date',
  from: 'gte gt ge after since start min begin greaterthan greaterthanorequalto',
  to: 'lte lt le before until end max lessthan lessthanorequalto',
  'published: { from }':
    'from since after yearfrom minyear yeargte yeargt fromyear yearmin startyear startdate fromdate datefrom publishedafter frompublicationdate',
  'published: { to }':
    'to until before yearto maxyear yearlte yearlt toyear yearmax endyear enddate todate dateto publishedbefore topublicationdate',
  field: 'by key sort sortby orderby',
  direction: 'dir order sortorder',
})

/** The same for enum values. */
const ENUM_WORDS = invert({
  PUBLISHED:
    'date year newest latest recent recency publishedon publishedat publicationdate publicationyear',
  CREATED: 'createdat added addedat',
  CITATIONS: 'citationcount citedby citedbycount cited citation',
  STARS: 'starcount stargazers stargazercount popularity',
  PAPER_COUNT: 'papers workscount paperscount size popularity',
  NAME: 'displayname title',
  TITLE: 'name',
  ASC: 'ascending up ascend',
  DESC: 'descending down descend',
  JOURNAL_ARTICLE: 'article journal',
  CONFERENCE_PAPER: 'conference inproceedings proceedingsarticle paper',
  WORKSHOP_PAPER: 'workshop',
  CHAPTER: 'bookchapter incollection inbook',
  THESIS: 'dissertation phdthesis mastersthesis',
  REPORT: 'techreport',
  PREPRINT: 'postedcontent arxiv',
})

/** Fields by which other APIs compare a value with one or several others. */
const OPERATORS = new Set(
  'in eq is equals equalto any oneof has contains containedby overlaps min gte from'.split(' '),
)

/** What to write for an unknown field of an input type; undefined if unknown. */
export function hintForInputField(type: GraphQLInputObjectType, name: string): string | undefined {
  const fields = Object.keys(type.getFields())
  const known = fields.find((field) => keyOf(field) === keyOf(name))
  return (
    known ?? INPUT_NAMES.get(keyOf(name))?.find((one) => fields.includes(one.replace(/:.*/, '')))
  )
}

/** The forms that the value of a field may have, if an object is accepted in place of a list. */
export function formsOf(type: GraphQLInputObjectType, field: string): string | undefined {
  const names = objectFormOf(type, field)
  return names && `Expected a list, or an object with ${Object.keys(names).join(', ')}.`
}

/** A value that fits the type and was probably intended; undefined if unknown. `part` is the wrong field of an object. */
export function hintForValue(type: GraphQLInputType, value: unknown, part?: string): unknown {
  const inner = getNullableType(type)
  if (isListType(inner)) return hintForList(inner.ofType, value)
  if (isInputObjectType(inner)) {
    const fields = inner.getFields()
    if (fields.field && fields.direction) return hintForOrder(inner, value)
    if (fields.from && fields.to) return hintForRange(value)
    return part === 'year' && fields.published ? hintForYears(value) : undefined
  }
  const [only] = membersOf(value)
  if (only && OPERATORS.has(keyOf(only[0])))
    return fits(inner, only[1]) ? only[1] : hintForValue(inner, only[1])
  if (isEnumType(inner)) return hintForWord(inner, value)
  return hintForScalar(getNamedType(inner).name, value)
}

function membersOf(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const members = Object.entries(value)
  return members.length === 1 ? members : []
}

function fits(type: GraphQLInputType, value: unknown): boolean {
  const named = getNamedType(type)
  if (Array.isArray(value)) return value.every((one) => fits(named, one))
  if (isEnumType(named)) return typeof value === 'string' && named.getValue(value) != null
  if (!isScalarType(named)) return false
  try {
    return named.parseValue(value) !== undefined
  } catch {
    return false
  }
}

function hintForList(of: GraphQLInputType, value: unknown): unknown {
  const [only] = membersOf(value)
  const given = only && OPERATORS.has(keyOf(only[0])) ? only[1] : value
  if (given !== value && fits(of, given)) return given
  if (!Array.isArray(given)) return hintForValue(of, given)
  const entries = given.map((one) => (fits(of, one) ? one : hintForValue(of, one)))
  return entries.includes(undefined) ? undefined : entries
}

type Enum = Extract<ReturnType<typeof getNamedType>, { getValue: unknown }>

function hintForWord(type: Enum, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const known = type.getValues().find(({ name }) => keyOf(name) === keyOf(value.trim()))
  return known?.name ?? ENUM_WORDS.get(keyOf(value.trim()))?.find((one) => type.getValue(one))
}

/** Reads `{ citations: DESC }`, `CITATIONS_DESC`, `citations:desc`, `-citations`, or a list of one of these. */
function hintForOrder(type: GraphQLInputObjectType, value: unknown): unknown {
  if (Array.isArray(value)) {
    const [only] = value
    if (value.length !== 1) return undefined
    return hintForOrder(type, only)
  }
  const { field, direction } = type.getFields()
  const fields = getNamedType(field?.type)
  const directions = getNamedType(direction?.type)
  if (!isEnumType(fields) || !isEnumType(directions)) return undefined
  const [key, way] = partsOfOrder(value)
  const known = hintForWord(fields, key)
  if (known === undefined) return undefined
  const knownWay = way === undefined ? undefined : hintForWord(directions, way)
  return { field: known, ...(knownWay && { direction: knownWay }) }
}

const ORDER_TEXT = /^(-?)(.+?)(?:[\s_:.]+(asc|desc|ascending|descending))?$/i

function partsOfOrder(value: unknown): [key: unknown, way?: unknown] {
  if (typeof value === 'object' && value !== null) {
    const { field, direction } = value as Record<string, unknown>
    if (field === undefined) return membersOf(value)[0] ?? [undefined]
    const [key, way] = typeof field === 'string' ? partsOfOrder(field) : []
    return [key, direction ?? way]
  }
  const [, minus, key, way] = ORDER_TEXT.exec(typeof value === 'string' ? value : '') ?? []
  return [key, way ?? (minus ? 'desc' : undefined)]
}

/** Reads `year: { from: 2020 }` and `year: { gte: 2020, lte: 2022 }`. */
function hintForYears(filter: unknown): unknown {
  const { year } = filter as { year?: unknown }
  if (typeof year !== 'object' || year === null) return undefined
  const published: Record<string, string> = {}
  for (const [name, value] of Object.entries(year)) {
    const days = daysOf(value)
    const [end] = [name, ...(INPUT_NAMES.get(keyOf(name)) ?? [])].filter(
      (one) => one === 'from' || one === 'to',
    )
    if (!days || !end) return undefined
    published[end] = end === 'from' ? days.from : days.until
  }
  return Object.keys(published).length > 0 ? { published } : undefined
}

const PART_OF_DATE = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:T.*)?$/

/** The first and last day of a year, month or day; undefined for other values. */
function daysOf(value: unknown): Days | undefined {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  const [, year, month, day] = PART_OF_DATE.exec(text) ?? []
  if (year === undefined) return undefined
  const parts = [year, month, day].flatMap((part) => part?.padStart(2, '0') ?? [])
  return daysIn(parts.join('-')) ?? undefined
}

/** Reads a range of days from a single year, month or day, or from a list of two. */
function hintForRange(value: unknown): unknown {
  const [from, to = from] = Array.isArray(value) ? value : [value]
  const first = daysOf(from)
  const last = daysOf(to)
  return first && last && { from: first.from, to: last.until }
}

function hintForScalar(type: string, value: unknown): unknown {
  if (typeof value === 'object') return undefined
  const text = String(value).trim()
  switch (type) {
    case 'Int':
      return /^[+-]?\d{1,9}$/.test(text) ? Number(text) : undefined
    case 'Float':
      return text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined
    case 'Boolean':
      return { true: true, false: false, yes: true, no: false, 1: true, 0: false }[
        text.toLowerCase()
      ]
    case 'String':
    case 'ID':
      return text
    case 'Date':
      return daysOf(value)?.from
    default:
      return undefined
  }
}

import { createHash } from 'node:crypto'
import type { Database } from '../../db/client.ts'
import { alias, type Sql, sql } from '../../db/sql.ts'
import { papers } from '../../db/tables/papers.ts'
import { quote } from '../../errors.ts'
import {
  cutPage,
  type KeysetOrder,
  keysetConditions,
  keysetLimit,
  keysetOrderBy,
  type Page,
  type PageRows,
} from '../../sql/keyset.ts'
import { readPage } from '../../sql/list.ts'
import {
  decodeList,
  type JsonList,
  jsonList,
  READ_AHEAD,
  type Selection,
} from '../../sql/selection.ts'
import { type Paper, paperEntity } from '../entity/paper.ts'
import type { CountedPapers } from '../papers/facets.ts'
import { type PaperFilter, paperConditions } from '../papers/filter.ts'
import { type PaperOrder, paperOrder } from '../papers/list.ts'
import { titleKey } from '../record/title-key.ts'
import {
  linksOf,
  namingRunsOf,
  neighboursOf,
  requiredLinksOf,
  shareOfLinked,
  termsOf,
  withVenuesOfDecisions,
} from './asked.ts'
import { candidates, findsNone, matches, type Sought } from './candidates.ts'
import { compileSearch, conditionsWithoutTerms } from './compile.ts'
import type { SearchTerm } from './fields/field.ts'
import { type Highlights, highlight } from './highlight.ts'
import { readSearchQuery, type SearchNode, type SearchWarning, withoutEtAl } from './query.ts'
import { type ScoreParts, scoring } from './rank.ts'
import { type NamedPapers, papersNamedBy, titlesHeldBy } from './reference.ts'
import { unknownWords, withNamedAuthors, withWords } from './similar-names.ts'
import { namesMeant } from './terms/name-slips.ts'
import { describeTerms, type TermFacts } from './terms.ts'
import { codePointAt, type QueryMode } from './tokens.ts'

const p = alias(papers, 'p')

/** A search result. */
export interface Hit extends Paper {
  score: number
  textScore: number
  citationScore: number
  freshnessScore: number
  highlights?: Highlights
}

export interface SearchRequest {
  query: string
  mode: QueryMode
  filter: PaperFilter
  /** Null to rank by relevance. */
  order: PaperOrder | null
}

/** A search whose query was parsed and looked up. */
export interface Search extends Sought {
  request: SearchRequest
  /** The parsed query with its names looked up; null if it is empty or identifies papers as a whole. */
  tree: SearchNode | null
  /** The parts that LENIENT did not understand. */
  warnings: readonly SearchWarning[]
}

/** Maximum number of papers counted; for a common word, the best. */
const MOST_COUNTED = 10_000

/** Parses a query and looks up its words: one statement, two with full names of authors. Throws BAD_USER_INPUT for an invalid query. */
export async function planSearch(
  db: Pick<Database, 'query'>,
  request: SearchRequest,
): Promise<Search> {
  const { tree: read, warnings } = readSearchQuery(request.query, request.mode)
  const filter = paperConditions(request.filter)
  const named = request.mode === 'lenient' ? await papersNamedBy(db, request.query) : null
  if (named) return searchOfNamed(request, named, filter)
  const tree = await withNamedAuthors(db, request.mode === 'lenient' ? withoutEtAl(read) : read)
  const first = await lookUp(db, request, tree, filter)
  const meant = await namesMeant(db, unknownWords(tree, first.facts, request.mode))
  const { wanted, required, facts } =
    meant.size === 0 ? first : await lookUp(db, request, withWords(tree, meant), filter)
  const plan = compileSearch(wanted, facts)
  const linked = shareOfLinked(required, facts)
  // In an order other than relevance, papers that lack a word could come first.
  const isExact = request.mode === 'strict' || request.order !== null
  if (isExact) plan.optional = null
  return {
    request,
    tree,
    warnings: [
      ...warnings,
      ...corrections(request.query, termsOf(tree), first.facts, meant),
      ...ignoredWords(request.query, termsOf(wanted), facts),
    ],
    plan,
    size: facts.size,
    filter,
    filterShare: Math.min(facts.filterShare, linked),
    isLinked: linked < 1,
    titleKey: isExact ? '' : titleKey(request.query),
    titlesHeld: isExact ? [] : titlesHeldBy(request.query),
    isComplete: isExact,
  }
}

/** Looks up the facts of a query: one statement. */
async function lookUp(
  db: Pick<Database, 'query'>,
  { mode, order }: SearchRequest,
  tree: SearchNode | null,
  filter: readonly Sql[],
) {
  const wanted = tree && withVenuesOfDecisions(tree)
  const required = requiredLinksOf(wanted)
  const asked = {
    terms: termsOf(wanted),
    neighbours: neighboursOf(wanted),
    runs: mode === 'lenient' && order === null ? namingRunsOf(wanted) : [],
    links: linksOf(wanted),
    required,
    // The share of matches matters only for ranking by relevance.
    conditions: order === null ? [...filter, ...conditionsWithoutTerms(wanted)] : [],
  }
  return { wanted, required, facts: await describeTerms(db, asked, mode) }
}

/** Warnings about corrected words. */
function corrections(
  query: string,
  terms: readonly SearchTerm[],
  { groupOf }: Pick<TermFacts, 'groupOf'>,
  names: ReadonlyMap<SearchTerm, string>,
): SearchWarning[] {
  return terms.flatMap((term) => {
    const name = names.get(term)
    const group = groupOf(term)
    const words = name === undefined ? group?.correctedTo : [name]
    if (!words) return []
    const character = codePointAt(query, term.start)
    const meant = words.map(quote).join(', ')
    const written = quote(term.text)
    const instead = group?.isRare
      ? `as well as ${written}, which hardly any paper has and may be a misprint`
      : `instead of ${written}, a word that the catalogue does not know`
    const message = `query, character ${character}: searched for ${meant} ${instead}.`
    return { character, message }
  })
}

/** The warning that none of a query's words is searched for. Without it, all papers would seem to contain them. */
function ignoredWords(
  query: string,
  terms: readonly SearchTerm[],
  { groupOf }: Pick<TermFacts, 'groupOf'>,
): SearchWarning[] {
  const [first] = terms
  if (first === undefined || terms.some((term) => groupOf(term) !== null)) return []
  const character = codePointAt(query, first.start)
  const words = quote(terms.map(({ text }) => text).join(' '))
  const message = `query, character ${character}: ${words} has only stop words and signs, which are ignored.`
  return [{ character, message }]
}

/** The search for papers with known ids: no words are looked up. */
function searchOfNamed(
  request: SearchRequest,
  { ids, warning }: NamedPapers,
  filter: readonly Sql[],
): Search {
  const plan = compileSearch(null, { groupOf: () => null, linkedOf: () => null, coined: [] })
  const character = request.query.search(/\S/) + 1
  const message = `query, character ${character}: ${warning}`
  return {
    request,
    tree: null,
    warnings: warning === null ? [] : [{ character, message }],
    plan: { ...plan, conditions: [sql`${p.id} = any(${ids}::bigint[])`] },
    size: { papers: ids.length, tiers: [] },
    filter,
    filterShare: ids.length === 0 ? 0 : 1,
    isLinked: true,
    titleKey: '',
    titlesHeld: [],
    isComplete: true,
  }
}

/** The order of a search's results. By relevance, cursors are valid for the same query only. */
export function searchOrder({ query, mode, order }: SearchRequest): KeysetOrder<Hit> {
  if (order) return paperOrder(order) as KeysetOrder<Hit>
  const hash = createHash('sha256').update(`${mode} ${query}`).digest('base64url').slice(0, 8)
  return {
    name: `search.relevance.${hash}`,
    direction: 'desc',
    keys: [
      { column: sql`s.score`, type: 'real' },
      { column: sql`s.id`, type: 'bigint' },
    ],
    valuesOf: ({ score, id }) => [score, id],
  }
}

/** A page of search results: one statement, two if `highlights` are selected. */
export async function readSearch(
  db: Database,
  search: Search,
  page: Page,
  selection: Selection,
): Promise<PageRows<Hit>> {
  if (findsNone(search) && search.titleKey === '') return cutPage([], page)
  const read = search.request.order === null ? readRanked : readOrdered
  const hits = await read(db, search, page, selection)
  if (!selection.columns.has('highlights')) return hits
  const highlights = await highlight(db, search.plan, hits.rows)
  return {
    ...hits,
    rows: hits.rows.map((hit, i) => ({
      ...hit,
      ...(highlights[i] && { highlights: highlights[i] }),
    })),
  }
}

const SCORES = ['score', 'textScore', 'citationScore', 'freshnessScore']

/** The conditions on a paper for a search in an order other than relevance. */
export function conditionsOfSearch({ plan: { text, conditions }, filter }: Search): Sql[] {
  return [
    ...(text === null ? [] : [sql`${p.search} @@ ${text}::tsquery`]),
    ...conditions,
    ...filter,
  ]
}

function readOrdered(
  db: Database,
  search: Search,
  page: Page,
  selection: Selection,
): Promise<PageRows<Hit>> {
  const { request, plan } = search
  const { join, parts } = scoring(plan)
  const isScored = SCORES.some((name) => selection.columns.has(name))
  return readPage<Hit>(db, {
    from: isScored ? sql`${p} ${join}` : sql`${p}`,
    conditions: conditionsOfSearch(search),
    isSelective: true,
    entity: paperEntity,
    order: searchOrder(request),
    page,
    selection,
    ...(isScored && { extra: scoresOf(parts) }),
  })
}

async function readRanked(
  db: Database,
  search: Search,
  page: Page,
  selection: Selection,
): Promise<PageRows<Hit>> {
  const order = searchOrder(search.request)
  const { join: joined, parts } = scoring(search.plan)
  const scores = scoresOf(parts)
  const isAhead = selection.columns.has(READ_AHEAD)
  // Results are ranked by id and score alone; the selected columns are read only for the page.
  const from = sql`(select * from (
      select ${p.id}, ${scores.score} as score, ${parts.text} as text, ${parts.citations} as citations, ${parts.freshness} as freshness
      from (${candidates(search)}) p ${joined}) s
    where true${keysetConditions(order, page)}
    order by ${keysetOrderBy(order, page)} limit ${keysetLimit(page.limit, isAhead)}) s join ${p} on ${p.id} = s.id`
  const list: JsonList = {
    entity: paperEntity,
    order,
    from,
    condition: sql`true`,
    more: {
      sortKey: sql`s.score`,
      score: sql`s.score`,
      textScore: sql`s.text`,
      citationScore: sql`s.citations`,
      freshnessScore: sql`s.freshness`,
    },
  }
  const [row] = await db.query<{ items: unknown }>(
    sql`select to_json(${jsonList(list, selection, { ...page, after: null, before: null })}) as items`,
    { isSelective: hasConditions(search), expectedMs: 15 },
  )
  return cutPage(decodeList<Hit>(list, selection, row?.items), page)
}

/**
 * Whether the statement should be planned for its values. Not for searches of words only: their facts are known, and planning takes a third
 * as long as the search.
 */
function hasConditions({ plan, filter }: Search): boolean {
  return plan.conditions.length + filter.length > 0
}

function scoresOf({ text, citations, freshness }: ScoreParts): Record<string, Sql> {
  return {
    score: sql`(${text} + ${citations} + ${freshness})`,
    textScore: text,
    citationScore: citations,
    freshnessScore: freshness,
  }
}

/** Counts the results of a search, up to 10,000: one statement. */
export async function countSearch(db: Database, search: Search): Promise<number> {
  if (findsNone(search)) return 0
  const [row] = await db.query<{ count: number }>(
    sql`select count(*) as count from (${matches(search, MOST_COUNTED)}) m`,
    { isSelective: hasConditions(search), expectedMs: 15 },
  )
  return row?.count ?? 0
}

/** The results of a search under another filter, up to 10,000, to be counted by facet values. */
export function foundPapers(search: Search, filter: PaperFilter): CountedPapers {
  const conditions = paperConditions(filter)
  // A condition that is left out may have excluded all the other papers.
  const filterShare = conditions.length < search.filter.length ? 1 : search.filterShare
  const found = matches({ ...search, filter: conditions, filterShare }, MOST_COUNTED)
  return { from: sql`(${found}) m join ${p} on ${p.id} = m.id`, conditions: [], isSelective: true }
}

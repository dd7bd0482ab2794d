import leven from 'leven'
import type { Database } from '../../db/client.ts'
import { alias, type Sql, sql } from '../../db/sql.ts'
import { authors as authorsTable } from '../../db/tables/papers.ts'
import { searchLexemes, searchStatistics, searchWords } from '../../db/tables/search.ts'
import type { SearchTerm } from './fields/field.ts'
import { linkedByField, linkedIds } from './links.ts'
import { shareOfSample } from './sample.ts'
import { shareOfAll } from './shares.ts'
import type { FieldLeaf, QueryMode } from './tokens.ts'

const l = alias(searchLexemes, 'l')
const d = alias(searchWords, 'd')
const u = alias(authorsTable, 'u')

/** What is known of the catalogue as a whole when a search is planned. */
export interface CatalogueSize {
  papers: number
  /** Papers of each tier of quality, from 0 on. */
  tiers: number[]
}

/** A term as the indexes know it. */
export interface TermGroup {
  /** As a tsquery: what a paper has to have. */
  match: string
  /** Its lexemes as alternatives in a tsquery, by which their occurrences are counted. */
  rank: string
  /** What one full occurrence counts in `rank`, as Postgres divides by the number of lexemes. */
  scale: number
  /** Whether a paper may have the lexemes and still not match. */
  isGated: boolean
  /** Share of the catalogue's papers that have it, and that have it in the title; estimated. */
  share: number
  titleShare: number
  /** Weight of the term: the logarithm of its rarity. */
  weight: number
  /** Authors who are called so; those with most papers, behind those who are called by the next word too. */
  authors: NamedAuthor[]
}

export type NamedAuthor = [id: number, papers: number]

export interface TermFacts {
  size: CatalogueSize
  /** Share of the papers that meet what is asked besides words; estimated. */
  filterShare: number
  /** Null for a term that has only words too common to search for. */
  groupOf(term: SearchTerm): TermGroup | null
  /** Ids of the papers that a field links to; null where they are many, or not known. */
  linkedOf(leaf: FieldLeaf): readonly number[] | null
}

type LexemeCount = [lexeme: string, papers: number, titles: number]
type Near = [word: string, ...LexemeCount]

interface TermRow {
  query: string
  lexemes: LexemeCount[]
  /** Of a prefix: the words before the last, as a tsquery. */
  head: string
  last: string
  continued: LexemeCount[]
  /** Corrections of a word that occurs in no paper. */
  near: Near[]
  authors: NamedAuthor[]
}

/** Before the words were counted for the first time, as of a catalogue in which all are equally rare. */
const UNKNOWN_SIZE: CatalogueSize = { papers: 1000, tiers: [] }

/** Most different words that a prefix is taken to begin. */
const MOST_CONTINUED = 20
/** Papers that have such words, up to which the index is asked for all that begin so. */
const MOST_COLLECTED = 5_000
/** Shorter words have too many neighbours. */
const LEAST_CORRECTED = 4
/** A word in so few papers may be a mistake of theirs, if one like it is in many times more. */
const FEW_PAPERS = 3
const MANY_TIMES = 50
/** A word in a larger share of the papers is hardly typed for the sake of an author. */
const MOST_SHARE_OF_NAME = 0.02
const MOST_AUTHORS = 300
/** Only the first words of a query are corrected; in a long text the other words compensate. */
const MOST_GUESSED = 20

/** What a query asks for. */
interface Asked {
  terms: readonly SearchTerm[]
  neighbours: readonly [SearchTerm, SearchTerm][]
  /** Fields that link to papers by another table. */
  links: readonly FieldLeaf[]
  /** Conditions on the alias `p` that have nothing to do with terms. */
  conditions: readonly Sql[]
}

/**
 * Looks up what the catalogue knows of the terms: one statement. LENIENT also takes words for others: those of no paper
 * for the words that they resemble, those that are names for authors, and neighbours for the one word they make.
 */
export async function describeTerms(
  db: Pick<Database, 'query'>,
  { terms, neighbours, links, conditions }: Asked,
  mode: QueryMode,
): Promise<TermFacts> {
  const isLenient = mode === 'lenient'
  const joined = isLenient
    ? neighbours.filter((pair) => pair.every(({ text }) => WORD.test(text)))
    : []
  const texts = [...terms.map(({ text }) => text), ...joined.map(([a, b]) => a.text + b.text)]
  const kinds = [...terms.map(({ kind }) => kind), ...joined.map(() => 'joined')]
  const names = isLenient
    ? [
        ...terms.map(({ kind, text }, i) => (kind === 'word' && i < MOST_GUESSED ? text : null)),
        ...joined.map(([a, b], i) => (i < MOST_GUESSED ? `${a.text} ${b.text}` : null)),
      ]
    : []
  const [row] = await db.query<FactsRow>(
    statement({ texts, kinds, names }, linkedIds(links), conditions, isLenient),
    // How many authors or topics have a name is known by its value only.
    { isSelective: links.length > 0 },
  )
  const size = row?.size ?? UNKNOWN_SIZE
  const rows = row?.terms ?? []
  const groups = new Map(
    terms.map((term, i) => [term, rows[i] ? groupOf(term, rows[i], size, isLenient) : null]),
  )
  for (const [i, pair] of joined.entries()) {
    const { lexemes = [], authors = [] } = rows[terms.length + i] ?? {}
    // Letters of scripts without spaces are indexed separately: their sequence is not a word to look up.
    const whole = lexemes.length === 1 ? lexemes[0] : undefined
    for (const term of pair) {
      const group = groups.get(term)
      if (group) groups.set(term, withPair(group, whole, authors, size))
    }
  }
  const linked = linkedByField(links, row?.linked ?? [])
  return {
    size,
    filterShare: row?.filter_share ?? 1,
    groupOf: (term) => groups.get(term) ?? null,
    linkedOf: (leaf) => linked.get(leaf) ?? null,
  }
}

interface FactsRow {
  size: CatalogueSize | null
  filter_share: number
  linked: number[][] | null
  terms: TermRow[] | null
}

/** What may be written together with its neighbour. */
const WORD = /^\p{L}+$/u

/** A term with what it makes with its neighbour: one word, or a name. */
function withPair(
  group: TermGroup,
  whole: LexemeCount | undefined,
  authors: NamedAuthor[],
  size: CatalogueSize,
): TermGroup {
  const named =
    group.authors.length > 0 && authors.length > 0
      ? { ...group, authors: [...new Map([...authors, ...group.authors])] }
      : group
  if (!whole || whole[1] === 0) return named
  const [lexeme, papers, titles] = whole
  return {
    ...named,
    match: `${group.match} | ${quoted(lexeme)}`,
    rank: `${group.rank} | ${quoted(lexeme)}`,
    scale: group.scale + 1,
    share: Math.min(1, group.share + shareOf(papers, size)),
    titleShare: Math.min(1, group.titleShare + shareOf(titles, size)),
  }
}

/** `offset 0` prevents a lateral query from being computed again for each row compared with it. */
const statement = (
  { texts, kinds, names }: { texts: string[]; kinds: string[]; names: (string | null)[] },
  linked: Sql,
  conditions: readonly Sql[],
  corrects: boolean,
) => sql`
  select (select json_build_object('papers', ${searchStatistics.paperCount}, 'tiers', ${searchStatistics.tierCounts}) from ${searchStatistics}) as size,
    ${shareOfSample(conditions)} as filter_share, ${linked} as linked,
    (select json_agg(json_build_object('query', search_term(t.text)::text, 'lexemes', own.lexemes,
        'head', coalesce(phraseto_tsquery('paperql', regexp_replace(w.words, '\\S+$', ''))::text, ''), 'last', w.last,
        'continued', continued.lexemes, 'near', near.words,
        'authors', named.authors) order by t.place)
      from unnest(${texts}::text[], ${kinds}::text[], ${names}::text[]) with ordinality as t(text, kind, name, place)
      cross join lateral (select search_words(t.text) as words offset 0) s
      cross join lateral (select s.words, substring(s.words from '\\S+$') as last offset 0) w
      cross join lateral (
        select coalesce(json_agg(json_build_array(x.lexeme, coalesce(${l.paperCount}, 0), coalesce(${l.titleCount}, 0))), '[]') as lexemes,
          coalesce(max(${l.paperCount}), 0) as most, count(*) as size
        from unnest(tsvector_to_array(to_tsvector('paperql', w.words))) as x(lexeme)
        left join ${l} using (lexeme)) own
      cross join lateral (
        select coalesce(json_agg(json_build_array(c.lexeme, c.paper_count, c.title_count)), '[]') as lexemes from (
          select distinct l.* from ${d} join ${l} using (lexeme)
          where t.kind = 'prefix' and ${d.word} >= w.last and ${d.word} < w.last || chr(1114111)
          order by ${l.paperCount} desc, ${l.lexeme} limit ${corrects ? MOST_CONTINUED : 500}) c) continued
      cross join lateral (
        select coalesce(json_agg(json_build_array(c.word, c.lexeme, c.paper_count, c.title_count)), '[]') as words from (
          select ${d.word}, l.* from ${d} join ${l} using (lexeme)
          where ${corrects} and t.place <= ${MOST_GUESSED} and t.kind = 'word'
            and own.size = 1 and own.most <= ${FEW_PAPERS}
            and length(w.words) between ${LEAST_CORRECTED} and 40 and w.words ~ '[[:alpha:]]'
            and (${d.word} % w.words or (${d.word} >= left(w.words, 2) and ${d.word} < left(w.words, 2) || chr(1114111)))
            and abs(length(${d.word}) - length(w.words)) <= 2
            and levenshtein_less_equal(${d.word}, left(w.words, 40), 2) <= 2
          order by ${l.paperCount} desc, ${d.word} limit 200) c) near
      cross join lateral (select case when is_unspaced(t.name) then t.name else unaccent(search_words(t.name)) end as words offset 0) n
      cross join lateral (
        select coalesce(json_agg(json_build_array(c.id, c.paper_count)), '[]') as authors from (
          select ${u.id}, ${u.paperCount} from ${u}
          where (own.size = 1 or (t.kind = 'word' and is_unspaced(t.text)))
            and own.most <= ${MOST_SHARE_OF_NAME}::float8 * (select ${searchStatistics.paperCount} from ${searchStatistics})
            and key_vector(${u.nameKey}) @@ case when n.words ~ '^[[:alpha:]]{2,30}( [[:alpha:]]{2,30})?$'
              then ('''' || replace(n.words, ' ', ''' & ''') || '''')::tsquery end
          order by ${u.paperCount} desc, ${u.id} limit ${MOST_AUTHORS}) c) named) as terms`

function groupOf(
  term: SearchTerm,
  row: TermRow,
  size: CatalogueSize,
  isLenient: boolean,
): TermGroup | null {
  if (term.kind === 'prefix' && row.last) return prefixGroup(row, size, isLenient)
  if (row.query === '' || row.lexemes.length === 0) return null
  const own = lexemesIn(row.query)
  if (row.lexemes.length > 1) {
    const group = compoundGroup(row, own, size)
    return row.authors.length > 0 ? { ...group, authors: row.authors } : group
  }
  const [lexeme] = row.lexemes as [LexemeCount]
  const { authors } = row
  if (authors.length > 0) {
    const papers = Math.max(lexeme[1], papersOf(authors))
    return { ...groupOfAny([lexeme], size), weight: rarity(papers, size), authors }
  }
  const meant = nearest(term.text, row.near, lexeme[1])
  if (meant.length === 0) return groupOfAny([lexeme], size)
  // A word that is in no paper says nothing; one that is in few says more than the words that it resembles.
  return groupOfAny(lexeme[1] === 0 ? [...meant, lexeme] : [lexeme, ...meant], size)
}

/** Alternatives, as rare as the commonest of them. */
function groupOfAny(lexemes: readonly LexemeCount[], size: CatalogueSize): TermGroup {
  const match = lexemes.map(([lexeme]) => quoted(lexeme)).join(' | ')
  const papers = Math.max(...lexemes.map((one) => one[1]))
  const titles = Math.max(...lexemes.map((one) => one[2]))
  return {
    match,
    rank: match,
    scale: lexemes.length,
    isGated: false,
    share: shareOf(papers, size),
    titleShare: shareOf(titles, size),
    weight: rarity(papers, size),
    authors: [],
  }
}

/** Words in a row, or joined by a hyphen: as rare as the rarest, and a bit more telling for each other one. */
function compoundGroup(row: TermRow, own: string[], size: CatalogueSize): TermGroup {
  const { lexemes } = row
  const weights = lexemes.map(([, papers]) => rarity(papers, size)).sort((a, b) => b - a)
  const [first = 0, ...others] = weights
  return {
    match: row.query,
    rank: own.join(' | '),
    scale: own.length > lexemes.length ? own.length / 2 : 1,
    isGated: true,
    share: shareOfAll(lexemes.map(([, papers]) => shareOf(papers, size))),
    titleShare: shareOfAll(lexemes.map(([, , titles]) => shareOf(titles, size))),
    weight: first + others.reduce((sum, weight) => sum + weight, 0) / 2,
    authors: [],
  }
}

function prefixGroup(row: TermRow, size: CatalogueSize, isLenient: boolean): TermGroup {
  const continued = row.continued.map(([lexeme]) => quoted(lexeme))
  const sum = (at: 1 | 2) => row.continued.reduce((total, one) => total + one[at], 0)
  // The index collects all papers of a beginning before it looks at any. What else begins so is in none or few of them.
  const isRare = row.continued.length < MOST_CONTINUED && sum(1) <= MOST_COLLECTED
  const any = isRare || !isLenient ? [`${quoted(row.last)}:*`] : []
  const alternatives = [...new Set([...continued, ...any])].join(' | ')
  return {
    match: row.head ? `(${row.head}) <-> (${alternatives})` : alternatives,
    rank: alternatives,
    scale: continued.length + any.length,
    isGated: row.head !== '',
    share: shareOf(sum(1), size),
    titleShare: shareOf(sum(2), size),
    weight: rarity(sum(1), size),
    authors: [],
  }
}

/** The words that somebody who wrote `text` may have meant: the nearest, and of equally near ones the commonest. */
function nearest(text: string, near: readonly Near[], papers: number): LexemeCount[] {
  const word = text.toLowerCase()
  const most = papers > 0 || word.length < 6 ? 1 : 2
  const candidates = near
    .map(([other, ...count]) => ({ distance: distanceOf(word, other), count }))
    .filter(({ distance, count }) => distance <= most && count[1] >= papers * MANY_TIMES)
    .sort((a, b) => a.distance - b.distance || b.count[1] - a.count[1])
  const best = candidates.filter(({ distance }) => distance === candidates[0]?.distance)
  return [...new Map(best.map(({ count }) => [count[0], count])).values()].slice(0, 3)
}

/** The number of slips between two words; letters that changed places are one. */
function distanceOf(a: string, b: string): number {
  const distance = leven(a, b)
  const isSwapped = distance === 2 && a.length === b.length && sorted(a) === sorted(b)
  return isSwapped ? 1 : distance
}

const sorted = (word: string) => [...word].sort().join('')

const LEXEME = /'(?:[^'\\]|''|\\.)*'/g
const lexemesIn = (query: string): string[] => [...new Set(query.match(LEXEME) ?? [])]
const quoted = (lexeme: string) => `'${lexeme.replace(/[\\']/g, '$&$&')}'`

/** How many papers authors have together; one that two of them wrote counts twice. */
export function papersOf(authors: readonly NamedAuthor[]): number {
  return authors.reduce((sum, [, papers]) => sum + papers, 0)
}

function shareOf(papers: number, size: CatalogueSize): number {
  return Math.min(1, papers / Math.max(1, size.papers))
}

/** BM25 weight of a term with this document frequency. */
function rarity(papers: number, size: CatalogueSize): number {
  const others = Math.max(0, size.papers - papers)
  return Math.log(1 + (others + 0.5) / (papers + 0.5))
}

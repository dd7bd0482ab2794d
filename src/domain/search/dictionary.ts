import { type Column, getTableName, type Table } from 'drizzle-orm'
import { LOCKS, takeLock } from '../../db/locks/locks.ts'
import { alias, columns, empty, overwrites, raw, type Sql, type Stored, sql } from '../../db/sql.ts'
import { authors } from '../../db/tables/authors.ts'
import { papers as papersTable } from '../../db/tables/papers.ts'
import { searchLexemes, searchStatistics, searchWords } from '../../db/tables/search.ts'
import { type Transaction, transaction } from '../../db/transaction.ts'
import { beginStep, type PassOptions } from '../../sql/progress.ts'
import { learnNames } from './naming/learn.ts'

const l = alias(searchLexemes, 'l')

/**
 * Number of papers whose abstracts are counted. The frequency of a word on one paper in a hundred is then known to within a tenth, which
 * suffices. Read as whole pages of the table.
 */
export const COUNTED_ABSTRACTS = 20_000
/** Number of papers whose titles are read for spellings, and of those whose abstracts are. */
const SPELT_TITLES = 100_000
const SPELT_ABSTRACTS = 5_000
/** Maximum length of a counted word; longer ones are addresses and formulas. */
const LONGEST_WORD = 40
/** New papers are added to the counts; above this share of the catalogue, everything is counted again. */
const SHARE_TO_RECOUNT = 0.1

type Known = Stored<typeof searchStatistics, 'paper_count' | 'refreshed_at'>

/** Counts the words of papers added since the last count, and their acronyms. Safe to run concurrently. */
export async function refreshSearchWords(url: string, options: PassOptions = {}): Promise<void> {
  beginStep(options.onStep, 'Counting words for the search')
  await transaction(url, countWords)
  await learnNames(url, options)
}

/** As `refreshSearchWords`, without the acronyms. */
export async function countWords(tx: Transaction): Promise<void> {
  if (!(await isStale(tx))) return
  await takeLock(tx, LOCKS.searchWords)
  if (await isStale(tx)) await recount(tx)
}

async function isStale(tx: Transaction): Promise<boolean> {
  const rows = await tx.query(sql`
    select from ${papersTable} where ${papersTable.createdAt} > coalesce(
      (select ${searchStatistics.refreshedAt} from ${searchStatistics}), '-infinity') limit 1`)
  return rows.length > 0
}

/** Merges the pending lists of a table's word indexes, which each search has to read otherwise. */
async function cleanWordIndexes(tx: Transaction, table: Table): Promise<void> {
  await tx.query(sql`
    select gin_clean_pending_list(i.indexrelid::regclass) from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indrelid = ${getTableName(table)}::regclass and c.relam = (select oid from pg_am where amname = 'gin')`)
}

async function recount(tx: Transaction): Promise<void> {
  const [known] = await tx.query<Known>(sql`
    select ${searchStatistics.paperCount}, ${searchStatistics.refreshedAt} from ${searchStatistics}`)
  const [now] = await tx.query<{ added: number; latest: string | null }>(sql`
    select count(*) as added, max(${papersTable.createdAt}) as latest from ${papersTable}
    where ${papersTable.createdAt} > ${known?.refreshed_at ?? '-infinity'}::timestamptz`)
  if (!now?.latest) return
  const isSmall = known !== undefined && now.added <= known.paper_count * SHARE_TO_RECOUNT
  const papers = isSmall ? known.paper_count + now.added : await countPapers(tx)
  const part = isSmall
    ? sql`where ${papersTable.createdAt} > ${raw(`'${known.refreshed_at}'`)}`
    : empty
  const sample = (most: number) => (isSmall ? part : sampleOf(most, papers))
  await countLexemes(tx, sample(COUNTED_ABSTRACTS), isSmall)
  await collectWords(tx, papersTable.title, sample(SPELT_TITLES))
  await collectWords(tx, papersTable.abstract, sample(SPELT_ABSTRACTS))
  await collectWords(tx, papersTable.keywordText, sample(SPELT_ABSTRACTS))
  await describeCatalogue(tx, papers, now.latest)
  for (const table of [papersTable, authors]) await cleanWordIndexes(tx, table)
  await tx.query(sql`analyze ${searchLexemes}, ${searchWords}`)
}

/** Counts all papers again. Words of deleted papers stay counted until then. */
async function countPapers(tx: Transaction): Promise<number> {
  const [row] = await tx.query<{ papers: number }>(
    sql`select count(*)::int as papers from ${papersTable}`,
  )
  return row?.papers ?? 0
}

/** A sampling clause for `from papers` that reads about `most` of them, always the same ones. */
function sampleOf(most: number, papers: number): Sql {
  if (papers <= most) return empty
  return raw(`tablesample system (${((100 * most) / papers).toFixed(4)}) repeatable (1)`)
}

/** The lexemes of a column, with the number of papers in `part` that have each. Both must be without parameters, as they become a text. */
function lexemesOf(column: Column | Sql, part: Sql): Sql {
  return sql`ts_stat(${sql`select ${column} from ${papersTable} ${part}`.sql})`
}

async function countLexemes(tx: Transaction, part: Sql, isAdded: boolean): Promise<void> {
  const excluded = alias(searchLexemes, 'excluded')
  const titles = isAdded ? part : empty
  const size = (of: Sql) => sql`(select greatest(count(*), 1)::float8 from ${papersTable} ${of})`
  await tx.query(sql`
    create temp table counted on commit drop as
    select lexeme, greatest(s.ndoc * f.factor, t.ndoc)::int as paper_count, coalesce(t.ndoc, 0) as title_count
    from (select word as lexeme, ndoc from ${lexemesOf(papersTable.search, part)}) s
    full join (select word as lexeme, ndoc from ${lexemesOf(papersTable.titleSearch, titles)}) t using (lexeme)
    cross join (select ${size(titles)} / ${size(part)} as factor) f
    where length(lexeme) <= ${LONGEST_WORD}`)
  const old = (column: Sql) => (isAdded ? sql`${column} + ` : empty)
  await tx.query(sql`
    insert into ${searchLexemes} as l (${columns(searchLexemes, 'lexeme', 'paperCount', 'titleCount')})
    select lexeme, paper_count, title_count from counted
    on conflict (${searchLexemes.lexeme}) do update set ${searchLexemes.paperCount} = ${old(l.paperCount)}${excluded.paperCount},
      ${searchLexemes.titleCount} = ${old(l.titleCount)}${excluded.titleCount}`)
  if (!isAdded)
    await tx.query(sql`
      delete from ${l} where not exists (select from counted c where c.lexeme = ${l.lexeme})`)
}

/** Adds the written words of a column, without accents, each with its lexeme. */
async function collectWords(tx: Transaction, column: Column, part: Sql): Promise<void> {
  const written = sql`to_tsvector('simple', search_text(left(coalesce(${column}, ''), 20000)))`
  await tx.query(sql`
    insert into ${searchWords} (${searchWords.word}, ${searchWords.lexeme})
    select distinct on (w.word) w.word, l.lexeme
    from ${lexemesOf(written, part)} s
    cross join lateral (select unaccent(s.word) as word) w
    cross join lateral (select (tsvector_to_array(to_tsvector('paperql', w.word)))[1] as lexeme) l
    where length(w.word) between 2 and ${LONGEST_WORD} and w.word ~ '[^0-9]' and l.lexeme is not null
    order by w.word
    on conflict (${searchWords.word}) do nothing`)
}

/** Counts the catalogue and its tiers. Tiers are counted in the same sample as words, because shares of both are compared. */
async function describeCatalogue(tx: Transaction, papers: number, latest: string): Promise<void> {
  const sample = sampleOf(COUNTED_ABSTRACTS, papers)
  await tx.query(sql`
    insert into ${searchStatistics} as s (${columns(searchStatistics, 'id', 'paperCount', 'tierCounts', 'refreshedAt')})
    select 1, ${papers}::int, array(
        select round(count(t.tier) * ${papers}::float8 / greatest(sum(count(t.tier)) over (), 1))::int
        from generate_series(0, 100) as n
        left join (select ${papersTable.searchTier}[1] as tier from ${papersTable} ${sample}) t on t.tier = n
        group by n order by n), ${latest}::timestamptz
    on conflict (${searchStatistics.id}) do update set ${overwrites(searchStatistics, 'paperCount', 'tierCounts', 'refreshedAt')}`)
}

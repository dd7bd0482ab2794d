import { LOCKS, takeLock } from '../../../db/locks/locks.ts'
import { alias, columns, raw, recordset, type Sql, sql } from '../../../db/sql.ts'
import {
  acronyms,
  coinedNames,
  namingChanges,
  namingQueue,
  paperNames,
} from '../../../db/tables/naming.ts'
import { papers } from '../../../db/tables/papers.ts'
import { type Transaction, transaction } from '../../../db/transaction.ts'
import { beginStep, type PassOptions } from '../../../sql/progress.ts'
import { INTRODUCED, LONG_AHEAD, NAMED_IN_TITLE, namingsOf, UNNAMED } from './definitions.ts'
import { byLongForm, followUsual, readUsual, type UsualForms, unnamedIn } from './titles.ts'

const p = alias(papers, 'p')
const q = alias(namingQueue, 'q')
const n = alias(paperNames, 'n')
const a = alias(acronyms, 'a')

/**
 * Papers read, and names counted, in one transaction. Other writers wait meanwhile: otherwise a writer that deletes a paper whose names are
 * being read could deadlock with the reader.
 */
const PAPERS_AT_ONCE = 1_000
const NAMES_AT_ONCE = 2_000

interface Texts {
  id: number
  title: string
  abstract: string | null
  /** The vector of the title. */
  words: string
}

/**
 * Reads the names in new and changed papers, and counts their acronyms again. The counts depend only on the papers, not on the order in which
 * they arrived. Can be interrupted; resumes when called again.
 */
export async function learnNames(url: string, options: PassOptions = {}): Promise<void> {
  await repeat(url, READING, options)
  await repeat(url, COUNTING, options)
}

/** Whether `learnNames` would do nothing. */
export async function areNamesLearnt(tx: Transaction): Promise<boolean> {
  return (await READING.count(tx)) + (await COUNTING.count(tx)) === 0
}

interface Step {
  what: string
  /** Counts the remaining work. */
  count: (tx: Transaction) => Promise<number>
  /** Does a part of the work; returns how much. */
  run: (tx: Transaction) => Promise<number>
}

const READING: Step = {
  what: 'Reading acronyms and names of methods',
  count: (tx) => countOf(tx, sql`select count(*)::int as count from ${namingQueue}`),
  run: readSome,
}

const COUNTING: Step = {
  what: 'Counting acronyms and names of methods',
  count: (tx) => countOf(tx, sql`select count(*)::int as count from ${namingChanges}`),
  run: countSome,
}

async function countOf(tx: Transaction, counting: Sql): Promise<number> {
  const [row] = await tx.query<{ count: number }>(counting)
  return row?.count ?? 0
}

async function repeat(url: string, step: Step, { signal, onStep }: PassOptions): Promise<void> {
  const told = beginStep(onStep, step.what)
  const of = await transaction(url, step.count)
  let done = 0
  for (let last = of; last > 0 && done < of && !signal?.aborted; ) {
    last = await transaction(url, step.run)
    done += last
    told(done / of)
  }
}

async function readSome(tx: Transaction): Promise<number> {
  await takeLock(tx, LOCKS.write)
  const usual = byLongForm(await readUsual(tx, null))
  const queued = await tx.query<{ id: number }>(sql`
    delete from ${namingQueue} where ${namingQueue.paperId} in (
      select ${q.paperId} from ${q} order by ${q.paperId} limit ${PAPERS_AT_ONCE}::int)
    returning ${namingQueue.paperId} as id`)
  const read = await tx.query<Texts>(sql`
    select ${p.id}, ${p.title}, left(${p.abstract}, 5000) as abstract, ${p.titleSearch}::text as words
    from ${p} where ${p.id} = any(${queued.map(({ id }) => id)}::bigint[])`)
  await writeNames(tx, read, usual)
  return queued.length
}

async function writeNames(
  tx: Transaction,
  read: readonly Texts[],
  usual: UsualForms,
): Promise<void> {
  const rows = read.flatMap(({ id, title, abstract, words }) => {
    const namings = namingsOf(title, abstract)
    const named = new Set(namings.map(({ key }) => key))
    const unnamed = unnamedIn(words, usual).filter(({ key }) => !named.has(key))
    return [...namings, ...unnamed].map((naming) => ({ ...naming, paperId: id }))
  })
  await tx.query(
    sql`delete from ${paperNames} where ${paperNames.paperId} = any(${read.map(({ id }) => id)}::bigint[])`,
  )
  await tx.query(sql`
    insert into ${paperNames} (${columns(paperNames, 'paperId', 'key', 'long', 'strength', 'longQuery')})
    select r.paper_id, r.key, r.long, r.strength,
      nullif(phraseto_tsquery('paperql', search_words(r.long))::text, '')
    from ${recordset(paperNames, 'r', ['paperId', 'key', 'long', 'strength'], rows)}`)
}

async function countSome(tx: Transaction): Promise<number> {
  await takeLock(tx, LOCKS.write)
  const changed = await tx.query<{ key: string }>(sql`
    delete from ${namingChanges} where ${namingChanges.key} in (
      select ${namingChanges.key} from ${namingChanges} order by ${namingChanges.key} limit ${NAMES_AT_ONCE}::int)
    returning ${namingChanges.key}`)
  if (changed.length === 0) return 0
  const keys = sql`${changed.map(({ key }) => key)}::text[]`
  const before = await readUsual(tx, keys)
  await tx.query(sql`delete from ${acronyms} where ${acronyms.key} = any(${keys})`)
  // A phrase has at least two words.
  await tx.query(sql`
    insert into ${acronyms} (${columns(acronyms, 'key', 'longQuery', 'paperCount', 'share')})
    select ${n.key}, ${n.longQuery}, count(*), count(*) / sum(count(*)) over (partition by ${n.key})
    from ${n} where ${n.key} = any(${keys}) and ${n.longQuery} like '%<%'
    group by ${n.key}, ${n.longQuery}`)
  await followUsual(tx, before, await readUsual(tx, keys))
  await tx.query(sql`delete from ${coinedNames} where ${coinedNames.key} = any(${keys})`)
  await tx.query(chosenAsCoined(keys, await readYears(tx)))
  // The changes noted for titles that were just found are counted already.
  await tx.query(sql`delete from ${namingChanges} where ${namingChanges.key} = any(${keys})`)
  return changed.length
}

/** Number of papers whose years are counted; in larger catalogues a sample of about this size, read as whole pages of the table. */
const DATED = 20_000

/** The relative number of papers by year. */
async function readYears(tx: Transaction): Promise<{ year: number; papers: number }[]> {
  const [known] = await tx.query<{ papers: number }>(sql`
    select reltuples as papers from pg_class where oid = 'papers'::regclass`)
  const share = DATED / Math.max(DATED, known?.papers ?? 0)
  const sample = share < 1 ? `tablesample system (${(100 * share).toFixed(4)}) repeatable (1)` : ''
  return tx.query(sql`
    select extract(year from ${p.publishedOn})::int as year, count(*)::int as papers from ${p} ${raw(sample)}
    where ${p.publishedOn} is not null group by 1`)
}

/** Minimum number of papers that explain an acronym for the most cited of them to count as its coiner without other evidence. */
const MANY = 5
/** The same minimum if that paper has the long form in its title. */
const FEW = 3
/** Minimum citations of that paper per paper that explains the acronym. */
const CITED = 10
/** Maximum share of the papers with a name that may be from its first year; with more, the name existed before. */
const MOST_AT_FIRST = 0.2

/** Minimum number of papers that would be expected before a name's first year if it had been in use, for its absence to be significant. */
const ABSENT = 3

/**
 * Selects papers whose title names their subject, and those with weaker evidence from the first year of the name if most papers with it came
 * later. Names with several meanings are distinguished by their long forms.
 *
 * - A paper that only says it introduces a name is ignored if others with the name are cited and it is not.
 * - A title that begins with a long form is no evidence if the catalogue does not reach back before the name existed.
 * - A title that begins with a common name is no evidence if other papers with the name are cited and it hardly is: it means something else.
 *   The same holds if the paper never states the usual long form, unless it is cited far more often than other papers have the name.
 */
function chosenAsCoined(keys: Sql, years: readonly { year: number; papers: number }[]): Sql {
  const expectedBefore = sql`(select coalesce(sum(papers) filter (where y.year < c.first_year), 0) * c.total
    / greatest(sum(papers) filter (where y.year >= c.first_year), 1) from years y)`
  return sql`
    insert into ${coinedNames} (${columns(coinedNames, 'key', 'paperId', 'strength', 'share')})
    with years as materialized (
      select * from unnest(${years.map(({ year }) => year)}::int[], ${years.map(({ papers }) => papers)}::float8[]) y(year, papers)
    )
    select key, paper_id, strength, coalesce(share, 1) from (
      select m.*, count(*) over long as total, min(year) over long as first_year, max(cites) over long as most_cites,
        count(*) over in_year as in_year, max(cites) filter (where strength >= ${INTRODUCED}::int) over in_year as most_of_introduced
      from (
        select ${n.key}, ${n.paperId}, ${n.strength}, ${p.citationCount} as cites,
          extract(year from ${p.publishedOn})::int as year, meaning.query as meant,
          case when own.key is null and ${n.longQuery} is null then 1::real / (usual.paper_count + 1) else own.share end as share
        from ${n} join ${p} on ${p.id} = ${n.paperId}
        left join lateral (select ${a.longQuery}, ${a.paperCount} from ${a} where ${a.key} = ${n.key}
          order by ${a.paperCount} desc, ${a.longQuery} limit 1) usual on true
        cross join lateral (select case
          when ${n.longQuery} like usual.long_query || ' <%' then usual.long_query
          when ${n.longQuery} is not null then ${n.longQuery}
          when ${n.strength} < ${NAMED_IN_TITLE}::int or usual.paper_count < ${MANY}::int or ${p.citationCount} > ${CITED}::int * usual.paper_count
            or ${p.search} @@ ${allWords(sql`usual.long_query`)} then usual.long_query end as query offset 0) meaning
        left join ${acronyms} own on own.key = ${n.key} and own.long_query = meaning.query
        where ${n.key} = any(${keys})) m
      window long as (partition by key, meant), in_year as (partition by key, meant, year)) c
    where (strength >= ${NAMED_IN_TITLE}::int and (total < ${MANY}::int or cites >= total or cites = 0 or most_cites < total)
      and (total < ${MANY}::int or year is null or year <= first_year
        or (year = first_year + 1 and cites = most_cites)))
      or (year = first_year and in_year <= greatest(2, total * ${MOST_AT_FIRST}::float8) and (
        (strength >= ${INTRODUCED}::int and cites = most_of_introduced
          and (strength >= ${LONG_AHEAD}::int or total < ${MANY}::int or cites > 0 or most_cites = 0)
          and (strength <> ${UNNAMED.ahead}::int or ${expectedBefore} >= ${ABSENT}::int))
        or (strength > 0 and total >= case when strength > 1 then ${FEW}::int else ${MANY}::int end
          and cites > ${CITED}::int * total and cites = most_cites)))`
}

/** A phrase as a conjunction of its words. */
const allWords = (phrase: Sql) => sql`regexp_replace(${phrase}, '<(-|\\d+)>', '&', 'g')::tsquery`

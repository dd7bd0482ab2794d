import { alias, columns, recordset, type Sql, sql } from '../../../db/sql.ts'
import {
  acronyms,
  coinedNames,
  namingChanges,
  namingQueue,
  paperNames,
} from '../../../db/tables/naming.ts'
import { papers } from '../../../db/tables/papers.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { INTRODUCED, NAMED_IN_TITLE, namingsOf, UNNAMED } from './definitions.ts'
import { byLongForm, followUsual, readUsual, type UsualForms, unnamedIn } from './titles.ts'

const p = alias(papers, 'p')
const q = alias(namingQueue, 'q')
const n = alias(paperNames, 'n')
const a = alias(acronyms, 'a')

/** Papers whose texts are read at once. */
const BATCH = 2_000

interface Texts {
  id: number
  title: string
  abstract: string | null
  /** The vector of the title. */
  words: string
}

/** Whether there are papers whose names were not read, or acronyms that were not counted, as an expression. */
export const isNamingStale: Sql = sql`(exists (select from ${namingQueue}) or exists (select from ${namingChanges}))`

/**
 * Reads the names of papers that came or changed, and counts their acronyms again. What is counted depends on the papers alone, not
 * on the order in which they came.
 */
export async function learnNames(tx: Transaction): Promise<void> {
  const usual = byLongForm(await readUsual(tx, null))
  for (;;) {
    const read = await tx.query<Texts>(sql`
      with read as (delete from ${namingQueue} where ${namingQueue.paperId} in (
        select ${q.paperId} from ${q} order by ${q.paperId} limit ${BATCH} for update skip locked) returning paper_id)
      select ${p.id}, ${p.title}, left(${p.abstract}, 5000) as abstract, ${p.titleSearch}::text as words
      from read join ${p} on ${p.id} = read.paper_id`)
    await writeNames(tx, read, usual)
    if (read.length < BATCH) break
  }
  await countAcronyms(tx)
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

async function countAcronyms(tx: Transaction): Promise<void> {
  const changed = await tx.query<{ key: string }>(sql`delete from ${namingChanges} returning key`)
  if (changed.length === 0) return
  const keys = sql`${changed.map(({ key }) => key)}::text[]`
  const before = await readUsual(tx, keys)
  await tx.query(sql`delete from ${acronyms} where ${acronyms.key} = any(${keys})`)
  // A phrase has two words at least.
  await tx.query(sql`
    insert into ${acronyms} (${columns(acronyms, 'key', 'longQuery', 'paperCount', 'share')})
    select ${n.key}, ${n.longQuery}, count(*), count(*) / sum(count(*)) over (partition by ${n.key})
    from ${n} where ${n.key} = any(${keys}) and ${n.longQuery} like '%<%'
    group by ${n.key}, ${n.longQuery}`)
  await followUsual(tx, before, await readUsual(tx, keys))
  await tx.query(sql`delete from ${coinedNames} where ${coinedNames.key} = any(${keys})`)
  await tx.query(chosenAsCoined(keys))
  // Those of the titles just found are counted.
  await tx.query(sql`delete from ${namingChanges} where ${namingChanges.key} = any(${keys})`)
}

/** Least papers that explain an acronym of which one that only explains it too may have coined it: the most cited. */
const MANY = 5
/** Least citations of that paper, for each paper that explains the acronym. */
const CITED = 10
/** Of all papers with the name, the part that may be of its first year: where more are, it was there before. */
const MOST_AT_FIRST = 0.2

/** Least papers with the name that were to be expected before its first year if it had been in use, for its absence to say something. */
const ABSENT = 3

/**
 * Papers whose title names what they are about, and those with weaker evidence of the first year in which the name is known, where
 * most papers with it came later. Names that mean several things are told apart by their long forms. That a title only begins with a
 * long form says nothing where the catalogue does not reach back to when there was none.
 */
function chosenAsCoined(keys: Sql): Sql {
  const expectedBefore = sql`(select coalesce(sum(papers) filter (where y.year < c.first_year), 0) * c.total
    / greatest(sum(papers) filter (where y.year >= c.first_year), 1) from years y)`
  return sql`
    insert into ${coinedNames} (${columns(coinedNames, 'key', 'paperId', 'strength', 'share')})
    with years as materialized (
      select extract(year from ${p.publishedOn})::int as year, count(*)::float8 as papers from ${p}
      where ${p.publishedOn} is not null group by 1
    )
    select key, paper_id, strength, coalesce(share, 1) from (
      select m.*, count(*) over long as total, min(year) over long as first_year, max(cites) over long as most_cites,
        count(*) over in_year as in_year, max(cites) filter (where strength >= ${INTRODUCED}::int) over in_year as most_of_introduced
      from (
        select ${n.key}, ${n.paperId}, ${n.strength}, ${p.citationCount} as cites,
          extract(year from ${p.publishedOn})::int as year, own.share, coalesce(${n.longQuery}, usual.long_query) as meant
        from ${n} join ${p} on ${p.id} = ${n.paperId}
        left join lateral (select ${a.longQuery} from ${a} where ${a.key} = ${n.key}
          order by ${a.paperCount} desc, ${a.longQuery} limit 1) usual on true
        left join ${acronyms} own on own.key = ${n.key} and own.long_query = coalesce(${n.longQuery}, usual.long_query)
        where ${n.key} = any(${keys})) m
      window long as (partition by key, meant), in_year as (partition by key, meant, year)) c
    where (strength >= ${NAMED_IN_TITLE}::int and (total < ${MANY}::int or year is null or year <= first_year
        or (year = first_year + 1 and cites = most_cites)))
      or (year = first_year and in_year <= greatest(2, total * ${MOST_AT_FIRST}::float8) and (
        (strength >= ${INTRODUCED}::int and cites = most_of_introduced
          and (strength <> ${UNNAMED.ahead}::int or ${expectedBefore} >= ${ABSENT}::int))
        or (total >= ${MANY}::int and cites > ${CITED}::int * total and cites = most_cites)))`
}

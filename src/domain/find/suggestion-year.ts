import { alias, join, type Sql, sql } from '../../db/sql.ts'
import { authors, authorships } from '../../db/tables/authors.ts'
import { papers } from '../../db/tables/papers.ts'
import { nameKey, titleKey } from '../record/title-key.ts'
import { yearIn } from '../search/terms/cited.ts'

const p = alias(papers, 'p')
const x = alias(authorships, 'x')
const y = alias(authorships, 'y')
const u = alias(authors, 'u')
const c = alias(authors, 'c')
const z = alias(papers, 'z')

/** A reference as people type it, such as `Vaswani et al. 2017` or `attention need 2017`. */
export interface Reference {
  year: number
  /** The words of each name, if they are names. */
  names: string[][]
  /** The same as words of a title. */
  words: string[]
}

/** Maximum number of authors of a name whose papers are read, the most prolific first. */
const MOST_AUTHORS = 1000
const MOST_TITLES = 1000
const MOST_NAMES = 3
const MOST_WORDS = 8

/** Removes `et al.`, which is not part of a name or a title. */
export const withoutEtAl = (prefix: string): string =>
  prefix.replace(/(?<=\S[\s,]+)et\.? al\b\.?/giu, ' ')

/** Reads a prefix with a year among other words as a reference; null for other prefixes. */
export function referenceIn(prefix: string): Reference | null {
  const tokens = prefix.trim().split(/\s+/)
  const at = tokens.findLastIndex((token) => yearIn(token) !== null)
  const year = yearIn(tokens[at] ?? '')
  if (year === null) return null
  const others = tokens.toSpliced(at, 1).join(' ')
  const words = titleKey(others).split(' ').filter(Boolean)
  if (words.length === 0 || words.length > MOST_WORDS) return null
  const names = others
    .split(/\s+(?:and|und|et)\s+|\s*[&;]\s*/i)
    .map((name) =>
      nameKey(name.replace(/[,\s]+$/, ''))
        .split(' ')
        .filter(Boolean),
    )
    .filter((name) => name.length > 0)
  return { year, names: names.length <= MOST_NAMES ? names : [], words }
}

/** A tsquery for all words of a key, which contain only letters and digits. */
const all = (words: readonly string[]) => words.map((word) => `'${word}'`).join(' & ')

/**
 * Ids of the papers that a reference may mean, as a table with `is_first`, whether the first name is that of the first author. Each part
 * reads a bounded number of rows.
 */
export function referredPapers({ year, names, words }: Reference, first: number): Sql {
  const [from, to] = [`${year}-01-01`, `${year}-12-31`]
  const [name, ...others] = names
  const parts = [
    sql`select t.id, t.use, false as is_first from (
      (select ${z.id}, ${z.citationCount} as use, ${z.titleKey} as key, ${z.publishedSort} as day from ${z}
        where key_vector(${z.titleKey}) @@ ${all(words)}::tsquery limit ${MOST_TITLES}::int)
      union (select s.id, s.use, s.key, s.day from (
        select ${z.id}, ${z.citationCount} as use, ${z.titleKey} as key, ${z.publishedSort} as day from ${z}
        order by ${z.citationCount} desc, ${z.id} desc limit ${MOST_TITLES}::int) s
        where is_suggested(s.key, ${words.map((word) => `% ${word}%`)}::text[], null))) t
      where t.day between ${from}::date and ${to}::date`,
  ]
  if (name)
    parts.push(sql`select ${p.id}, ${p.citationCount} as use, min(${x.position}) = 1 as is_first from (
        select ${u.id} from ${u} where key_vector(${u.nameKey} || ${u.otherNames}) @@ ${all(name)}::tsquery
        order by ${u.paperCount} desc, ${u.id} desc limit ${MOST_AUTHORS}::int) a
      join ${x} on ${x.authorId} = a.id and ${x.publishedSort} between ${from}::date and ${to}::date
      join ${p} on ${p.id} = ${x.paperId}${others.length > 0 ? join(others.map(alsoBy), '') : sql``}
      group by ${p.id}, ${p.citationCount}`)
  return sql`select id, max(use) as use, bool_or(is_first) as is_first from (${join(parts, ' union all ')}) r
    group by id order by 3 desc, 2 desc, 1 desc limit ${first}::int`
}

/** A condition that a paper `p` also has an author of this name. */
const alsoBy = (
  name: readonly string[],
): Sql => sql` and exists (select from ${y} where ${y.paperId} = ${p.id}
  and ${y.authorId} in (select ${c.id} from ${c} where key_vector(${c.nameKey} || ${c.otherNames}) @@ ${all(name)}::tsquery))`

import { groupBy } from 'es-toolkit'
import type { Database } from '../../db/client.ts'
import { alias, columns, empty, raw, type Sql, sql } from '../../db/sql.ts'
import { authors, authorships } from '../../db/tables/authors.ts'
import { indexedBlock } from './name-block.ts'

/** Keys by which authors are looked up. */
interface Keys {
  /** Family names and initials: see `printedBlocks`. */
  blocks: readonly string[]
  /** tsqueries for the words of all names of an author together. */
  words: readonly string[]
  /** tsqueries for one of the other names that papers print for an author. */
  wordsOfOthers?: readonly string[]
}

/** An author who has a key. */
export interface KeyedAuthor {
  key: string
  id: number
  name: string
  /** `authors.other_names`. */
  otherNames: string
  paperCount: number
}

/** Limit of authors read for each key; those with the most papers are read. */
export const MOST_OF_KEY = 1000

const b = alias(authors, 'b')
const n = alias(authors, 'n')
const w = alias(authors, 'w')
const o = alias(authors, 'o')
const l = alias(authorships, 'l')

/** The authors of each key, those with the most papers first. Keys without authors are left out. One statement for all keys. */
export async function authorsByKeys(
  db: Pick<Database, 'query'>,
  { blocks, words, wordsOfOthers = [] }: Keys,
): Promise<Record<string, KeyedAuthor[]>> {
  const ofOthers = sql` union all ${ofEach(
    wordsOfOthers,
    thoseThat(o, sql`${o.otherNames} <> '' and key_vector(${o.otherNames}) @@ k.key::tsquery`),
  )}`
  const rows = await db.query<KeyedAuthor>(sql`
    ${ofEach(
      blocks,
      sql`${thoseThat(b, sql`${indexedBlock(b)} = k.key`)} union ${thoseThat(
        n,
        sql`${n.id} in (select ${l.authorId} from ${l} where ${l.nameBlock} = k.key and ${l.nameBlock} <> '')`,
      )}`,
    )}
    union all ${ofEach(words, thoseThat(w, sql`key_vector(${w.nameKey} || ${w.otherNames}) @@ k.key::tsquery`))}
    ${wordsOfOthers.length > 0 ? ofOthers : empty}
    order by "paperCount" desc, id`)
  return groupBy(rows, ({ key }) => key)
}

const ofEach = (keys: readonly string[], authorsOfKey: Sql) => sql`
  select k.key, f.* from unnest(${[...new Set(keys)]}::text[]) as k(key) cross join lateral (${authorsOfKey}) f`

const thoseThat = (t: typeof b, condition: Sql) => sql`(
  select ${columns(t, 'id', 'name')}, ${t.otherNames} as "otherNames", ${t.paperCount} as "paperCount" from ${t}
  where ${condition} order by ${t.paperCount} desc, ${t.id} limit ${raw(String(MOST_OF_KEY))})`

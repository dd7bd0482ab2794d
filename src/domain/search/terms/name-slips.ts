import type { Database } from '../../../db/client.ts'
import { alias, sql } from '../../../db/sql.ts'
import { authors } from '../../../db/tables/authors.ts'
import { nameKey } from '../../record/title-key.ts'
import type { SearchTerm } from '../fields/field.ts'
import { quoted } from './groups.ts'

const u = alias(authors, 'u')

type Db = Pick<Database, 'query'>

/** Range of the length of a name: shorter words resemble too many names, and longer ones are not names of people. */
const LEAST_LETTERS = 4
const MOST_LETTERS = 20
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']
/** Maximum number of words of a query, or of a name, that are compared. */
const MOST_WORDS = 3

/** Texts one typo away from a word: a letter left out, added or replaced, or two letters swapped. */
export function slipsOf(word: string): string[] {
  if (word.length < LEAST_LETTERS || word.length > MOST_LETTERS || !/^[a-z]+$/.test(word)) return []
  const slips = new Set<string>()
  for (let at = 0; at <= word.length; at++) {
    const [before, rest] = [word.slice(0, at), word.slice(at)]
    for (const letter of LETTERS) {
      slips.add(before + letter + rest)
      slips.add(before + letter + rest.slice(1))
    }
    slips.add(before + rest.slice(1))
    slips.add(before + rest.slice(1, 2) + rest.slice(0, 1) + rest.slice(2))
  }
  slips.delete(word)
  return [...slips]
}

/** The author with the most papers whose name has these words with at most one typo each; null if there is none. */
export async function authorNear(db: Db, text: string): Promise<string | null> {
  const words = nameKey(text).split(' ').filter(Boolean)
  if (words.length === 0 || words.length > MOST_WORDS) return null
  const query = words
    .map((word) => `(${[word, ...slipsOf(word)].map(quoted).join(' | ')})`)
    .join(' & ')
  const [row] = await db.query<{ name: string }>(sql`
    select ${u.name} from ${u} where key_vector(${u.nameKey} || ${u.otherNames}) @@ ${query}::tsquery
    order by ${u.paperCount} desc, ${u.id} limit 1`)
  return row?.name ?? null
}

/** A word of a query that is not a known name or word. */
export interface UnknownWord {
  term: SearchTerm
  /** Adjacent words, which may be other names of the same person. */
  beside: string[]
  /** Whether it may be a typo of a word in papers, so that it counts as a name only beside another name of the author. */
  isWord: boolean
}

/**
 * Names of authors one typo away from unknown words. Of several names for a word, the name of an author who also has an adjacent word as a name
 * comes first, then the name on the most papers. One statement; none without words.
 */
export async function namesMeant(
  db: Db,
  unknown: readonly UnknownWord[],
): Promise<Map<SearchTerm, string>> {
  const asked = unknown.slice(0, MOST_WORDS).flatMap((word, place) =>
    slipsOf(nameKey(word.term.text)).map((slip) => ({
      ...{ place, slip, isWord: word.isWord },
      beside: word.beside.map(nameKey).filter(Boolean).map(quoted).join(' | '),
    })),
  )
  if (asked.length === 0) return new Map()
  const rows = await db.query<{ place: number; slip: string }>(sql`
    select distinct on (w.place) w.place, w.slip
    from jsonb_to_recordset(${JSON.stringify(asked)}::text::jsonb) as w(place int, slip text, beside text, "isWord" boolean)
    cross join lateral (
      select sum(${u.paperCount}) as papers, count(*) filter (where w.beside <> ''
        and key_vector(${u.nameKey} || ${u.otherNames}) @@ w.beside::tsquery) as whole
      from ${u} where key_vector(${u.nameKey} || ${u.otherNames}) @@ quote_literal(w.slip)::tsquery) n
    where n.papers > 0 and (n.whole > 0 or not w."isWord")
    order by w.place, n.whole > 0 desc, n.papers desc, w.slip`)
  return new Map(
    rows.flatMap(({ place, slip }) => {
      const word = unknown[place]
      return word ? [[word.term, slip]] : []
    }),
  )
}

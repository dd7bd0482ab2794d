import { alias, join, type Sql, sql } from '../../db/sql.ts'
import { authors, topics, venues } from '../../db/tables/papers.ts'
import { nameKey, titleKey } from '../record/title-key.ts'
import type { SearchTerm } from './tokens.ts'

const u = alias(authors, 'u')
const t = alias(topics, 't')
const v = alias(venues, 'v')

/** Names that hold the same words are many for few words only: those with most papers are the ones meant. */
const MOST_NAMES = 500

/** Ids of authors whose names hold the words of the term, in any order unless it is a phrase. */
export function authorIdsByWords(term: SearchTerm): Sql {
  const holds = holdsWords(sql`${u.nameKey}`, term, (text) => joinedNames(nameKey(text)))
  return sql`select ${u.id} from ${u} where ${holds} order by ${u.paperCount} desc, ${u.id} limit ${MOST_NAMES}`
}

/** Ids of topics of that slug, or whose names hold the words of the term. */
export function topicIdsByWords(term: SearchTerm): Sql {
  const holds = holdsWords(sql`${t.nameKey}`, term, titleKey)
  return sql`select ${t.id} from ${t} where ${t.slug} = ${term.text.toLowerCase()} or ${holds}
    order by ${t.paperCount} desc, ${t.id} limit ${MOST_NAMES}`
}

/** Ids of venues of that slug or acronym, or whose names hold the words of the term. */
export function venueIdsByWords(term: SearchTerm): Sql {
  const holds = holdsWords(sql`${v.nameKey}`, term, titleKey)
  return sql`select ${v.id} from ${v}
    where ${v.slug} = ${term.text.toLowerCase()} or lower(${v.acronym}) = ${term.text.toLowerCase()} or ${holds}
    order by ${v.paperCount} desc, ${v.id} limit ${MOST_NAMES}`
}

/** Chinese, Japanese and Korean names are written without a space. */
const joinedNames = (key: string) =>
  key.replace(/(?<=[\p{Script=Han}\p{Script=Hangul}]) (?=[\p{Script=Han}\p{Script=Hangul}])/gu, '')

/** A condition on a name's key. Keys hold only letters, digits and spaces, which mean nothing in a pattern. */
function holdsWords(key: Sql, term: SearchTerm, keyOf: (text: string) => string): Sql {
  const words = keyOf(term.text).split(' ').filter(Boolean)
  if (words.length === 0) return sql`false`
  const runs = term.kind === 'phrase' ? [words.join(' ')] : words
  return sql`(${join(
    runs.map((run, i) => {
      const isWhole = term.kind !== 'prefix' || i < runs.length - 1
      return sql`${key} ~ ${patternOf(run, isWhole)}`
    }),
    ' and ',
  )})`
}

/** Which letters of other scripts are ones for `\m` depends on the locale of the database. */
function patternOf(run: string, isWhole: boolean): string {
  const [start, end] = /[^ -~]/.test(run) ? ['(^| )', '( |$)'] : ['\\m', '\\M']
  return `${start}${run}${isWhole ? end : ''}`
}

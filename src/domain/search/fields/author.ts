import { alias, empty, join, type Sql, sql } from '../../../db/sql.ts'
import { authors, authorships } from '../../../db/tables/authors.ts'
import { authorIdOf } from '../../entity/author.ts'
import { allForms } from '../../identity/lookup/asked-name.ts'
import type { AuthorsOfName } from '../../identity/lookup/named.ts'
import { authorNameOf, isAuthorReference } from '../../identity/lookup/resolution.ts'
import { isInitial } from '../../identity/person-name.ts'
import type { SearchTerm } from './field.ts'
import { holdsWords, named } from './names.ts'

const u = alias(authors, 'u')

/** A name, with the authors who have it in forms with other words, if these were looked up. */
export interface AuthorTerm extends SearchTerm {
  named?: AuthorsOfName
}

export const author = named({
  examples: [
    ['author:liu', 'by an author of this name, in any form that papers print'],
    ['author:orcid:0000-0002-1825-0097', 'by the author with this identifier'],
  ],
  meaning(term: AuthorTerm) {
    const x = alias(authorships, 'x')
    const where = isAuthorReference(term.text)
      ? sql`${x.authorId} = ${authorIdOf(term.text)}`
      : sql`${x.authorId} = any(array(${authorIds({ ...term, text: authorNameOf(term.text) })}))`
    return { from: sql`${x}`, where }
  },
  isPlannedOnce: true,
  most: 10,
})

/** The name of a person in a value; null for references, prefixes and patterns. */
export function nameOf({ kind, text }: SearchTerm): string | null {
  return kind === 'prefix' || kind === 'pattern' || isAuthorReference(text)
    ? null
    : authorNameOf(text)
}

/** Ids of authors whose names have the words, and of those who have the name in other forms. */
function authorIds(term: AuthorTerm): Sql {
  const byWords = authorIdsByWords(term)
  if (!term.named) return byWords
  const { full, partial } = term.named
  return sql`${byWords} union select unnest(${full}::bigint[])
    union select unnest(${partial}::bigint[]) where not exists (${byWords})`
}

/**
 * Ids of authors whose names have the words of the term, in any order unless it is a phrase. An initial matches words that begin with it,
 * because another name of the author may be fuller.
 */
function authorIdsByWords(term: SearchTerm): Sql {
  const asWords: SearchTerm = term.kind === 'phrase' ? { ...term, kind: 'word' } : term
  const conditions = allForms(term.text).map((form) => {
    const holds = holdsWords(NAMES, { ...asWords, text: form }, (text) => text, isInitial)
    return term.kind === 'phrase' ? sql`${holds}${inRow(form)}` : holds
  })
  return sql`select ${u.id} from ${u} where ${join(conditions, ' or ')}`
}

/** All printed names of an author, and other spellings of them. */
const NAMES = sql`(${u.nameKey} || ${u.otherNames})`

/** A condition that the words of a name are adjacent; the family name may come first. */
function inRow(name: string): Sql {
  const words = name.split(' ').filter(Boolean)
  if (words.length < 2) return empty
  const orders = [
    words,
    [...words.slice(1), ...words.slice(0, 1)],
    [...words.slice(-1), ...words.slice(0, -1)],
  ]
  const pattern = orders.map((some) => some.map(asPattern).join(MIDDLE)).join('|')
  return sql` and ' ' || ${NAMES} || ' ' ~ ${` (${pattern}) `}`
}

/** Middle names may be missing, or be initials. Slashes separate names. */
const MIDDLE = '( [^ /])* '
const asPattern = (word: string) => (isInitial(word) ? `${word}[^/]*` : word)

import { alias, type Sql, sql } from '../../../db/sql.ts'
import { authors, authorships } from '../../../db/tables/papers.ts'
import { authorIdOf } from '../../entity/author.ts'
import type { AuthorsOfName } from '../../identity/lookup/named.ts'
import { authorNameOf, isAuthorReference } from '../../identity/lookup/resolution.ts'
import { isInitial, joinedNames } from '../../identity/person-name.ts'
import { nameKey } from '../../record/title-key.ts'
import type { SearchTerm } from './field.ts'
import { holdsWords, named } from './names.ts'

const u = alias(authors, 'u')

/** A name, with the authors who have it in other forms than its words where these were looked up. */
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

/** What of a value may be the name of a person; null for references, and for a single word or its beginning. */
export function nameOf({ kind, text }: SearchTerm): string | null {
  return kind === 'prefix' || kind === 'pattern' || isAuthorReference(text)
    ? null
    : authorNameOf(text)
}

/** Ids of the authors who have the words, and of those who have the name in other forms. */
function authorIds(term: AuthorTerm): Sql {
  const byWords = authorIdsByWords(term)
  if (!term.named) return byWords
  const { full, partial } = term.named
  return sql`${byWords} union select unnest(${full}::bigint[])
    union select unnest(${partial}::bigint[]) where not exists (${byWords})`
}

/**
 * Ids of authors whose names hold the words of the term, in any order unless it is a phrase. An initial is the beginning of a
 * word, as another name of the author may be fuller.
 */
function authorIdsByWords(term: SearchTerm): Sql {
  const names = sql`(${u.nameKey} || ${u.otherNames})`
  const keyOf = (text: string) => joinedNames(nameKey(text))
  const asWords: SearchTerm = term.kind === 'phrase' ? { ...term, kind: 'word' } : term
  const words = keyOf(term.text).split(' ').filter(Boolean)
  // The family name may come first.
  const orders = [words, [...words.slice(1), ...words.slice(0, 1)]]
  const pattern = orders.map((some) => some.map(asPattern).join(MIDDLE)).join('|')
  const inRow =
    term.kind === 'phrase' && words.length > 1
      ? sql` and ' ' || ${names} || ' ' ~ ${` (${pattern}) `}`
      : sql``
  return sql`select ${u.id} from ${u} where ${holdsWords(names, asWords, keyOf, isInitial)}${inRow}`
}

/** Middle names may be left out, or be initials alone. Slashes are between names. */
const MIDDLE = '( [^ /])* '
const asPattern = (word: string) => (isInitial(word) ? `${word}[^/]*` : word)

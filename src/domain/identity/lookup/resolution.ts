import type { Database } from '../../../db/client.ts'
import { alias, sql } from '../../../db/sql.ts'
import { authorIdentifiers, authorRedirects } from '../../../db/tables/authors.ts'
import { AppError, quote } from '../../../errors.ts'
import { globalId, parseGlobalId } from '../../../sql/global-id.ts'
import type { RowSource } from '../../../sql/list.ts'
import type { Selection } from '../../../sql/selection.ts'
import { type Author, authorAt, authorsByIds, findAuthor } from '../../entity/author.ts'
import {
  type AuthorIdentifier,
  authorRefFault,
  findAuthorIdentifier,
} from '../../reference/author-ref.ts'
import { nameOfSeveral } from '../name-page.ts'
import { authorsByNames, type Named, type NamedAuthor, nameIn } from './named.ts'
import { NO_SUMMARY, summariesByAuthors, summaryLines } from './summary.ts'

/** The result of resolving a reference to an author. */
export type AuthorResolution =
  | { kind: 'found'; ref: string; means: AuthorMeans; author: Author }
  | { kind: 'not_found'; ref: string; reason: 'malformed' | 'absent'; message: string }
  | {
      kind: 'ambiguous'
      ref: string
      message: string
      /** How many authors the reference fits; may exceed the number of candidates, which is limited. */
      authorCount: number
      candidates: Author[]
    }

export const AUTHOR_MEANS = ['identifier', 'id', 'name'] as const
type AuthorMeans = (typeof AUTHOR_MEANS)[number]

/** Limit of candidates for a name. */
export const MOST_CANDIDATES = 20

type AuthorRef =
  | { means: 'id'; id: number }
  | { means: 'identifier'; identifier: AuthorIdentifier }
  /** The name as written in the request. */
  | { means: 'name'; name: string }

function readAuthorRef(ref: string): AuthorRef | null {
  const id = parseGlobalId('Author', ref)
  if (id !== null) return { means: 'id', id }
  const identifier = findAuthorIdentifier(ref)
  const page = identifier && nameOfSeveral(identifier)
  if (identifier && page === null) return { means: 'identifier', identifier }
  const name = page ?? ref
  return nameIn(name) === null ? null : { means: 'name', name }
}

/** Whether a text is a name, for which authors are looked up, and not an id or an identifier. */
export const isAuthorName = (ref: string): boolean => readAuthorRef(ref)?.means === 'name'

/** Whether a text is an id or an identifier of an author. */
export const isAuthorReference = (ref: string): boolean => {
  const read = readAuthorRef(ref)
  return read !== null && read.means !== 'name'
}

/** The name in a text that is a name or the Anthology's page of a name; other texts unchanged. */
export function authorNameOf(text: string): string {
  const read = readAuthorRef(text)
  return read?.means === 'name' ? read.name : text
}

/** The row that `findAuthorOrNamesakes` reads; null for a name, which several authors may have. */
export function authorRefAt(ref: string): RowSource | null {
  return isAuthorName(ref) ? null : authorAt(ref)
}

/**
 * The author with this id or identifier, or the only author with this name; null if there is none. BAD_USER_INPUT for a text that is
 * none of these, and for a name that fits several authors, who are listed in the error.
 */
export async function findAuthorOrNamesakes(
  db: Database,
  ref: string,
  selection: Selection,
): Promise<Author | null> {
  const read = readAuthorRef(ref)
  if (read?.means !== 'name') return findAuthor(db, ref, selection)
  const [{ authors, isOne } = NOBODY] = await authorsByNames(db, [read.name])
  const [first] = authors
  if (!first) return null
  if (!isOne) throw await ambiguous(db, read.name, authors)
  return (await authorsByIds(db, selection, [first.id])).get(first.id) ?? null
}

const NOBODY: Named = { authors: [], isOne: false, fullCount: 0 }

/**
 * The global ids of authors by their names; names that nobody has are left out. BAD_USER_INPUT for a name that fits several authors, who are
 * listed in the error. `place` is the argument with the names, for the error.
 */
export async function authorIdsByNames(
  db: Database,
  names: readonly string[],
  place: string,
): Promise<Map<string, string>> {
  const wanted = [...new Set(names)].flatMap((ref) => {
    const read = readAuthorRef(ref)
    return read?.means === 'name' ? { ref, ...read } : []
  })
  const found = await authorsByNames(
    db,
    wanted.map(({ name }) => name),
  )
  const ids = new Map<string, string>()
  for (const [i, { ref, name }] of wanted.entries()) {
    const { authors, isOne } = found[i] ?? NOBODY
    const [first] = authors
    if (!first) continue
    if (!isOne) throw await ambiguous(db, name, authors, `${place}: `)
    ids.set(ref, globalId('Author', first.id))
  }
  return ids
}

/** Limit of authors listed in the message of an error. */
const MOST_LISTED = 5

/** The error for an ambiguous name. It lists the candidates in its message, and for programs with their ids in `details`. */
async function ambiguous(
  db: Database,
  ref: string,
  authors: NamedAuthor[],
  place = '',
): Promise<AppError> {
  const shown = authors.slice(0, MOST_CANDIDATES)
  const summaries = await summariesByAuthors(
    db,
    shown.map(({ id }) => id),
  )
  const lines = summaryLines(summaries)
  const candidates = shown.map(({ id, name, paperCount }) => {
    const summary = summaries.get(id)?.summary ?? NO_SUMMARY
    return {
      ref: globalId('Author', id),
      name,
      text: lines.get(id) ?? null,
      paperCount,
      ...summary,
    }
  })
  const listed = candidates.slice(0, MOST_LISTED)
  const names = listed.map(({ ref: id, name, text }) => `${name} (${text ? `${text}, ` : ''}${id})`)
  const others = authors.length > listed.length ? '; …' : '.'
  const message =
    authors.length === 1
      ? `${meantOf(ref, names)} Ask again with that id.`
      : `${manyOf(ref, authors.length)}: ${names.join('; ')}${others} Ask again with one of these ids; in GraphQL, ${listing(ref)} lists all of them with details that distinguish them.`
  return new AppError('BAD_USER_INPUT', `${place}${message}`, {
    details: { authorCount: authors.length, candidates },
  })
}

/** The GraphQL field that lists them as data. JSON quoting is safe: `nameIn` admits no character that GraphQL escapes differently. */
const listing = (ref: string) => `authors(name: ${JSON.stringify(ref)})`

const manyOf = (ref: string, count: number) =>
  `${quote(ref)} may mean ${count.toLocaleString('en')} authors`

/** The message for a family name that one author has: the request may mean another, who is not in the catalogue. */
const meantOf = (ref: string, [name]: readonly string[]) =>
  `${quote(ref)} is probably ${name}, the only author here with a matching name.`

/** Resolves references to authors, in the order of the references. Three statements for all. */
export async function resolveAuthors(
  db: Database,
  selection: Selection,
  refs: readonly string[],
): Promise<AuthorResolution[]> {
  const read = refs.map(readAuthorRef)
  const [found, named] = await Promise.all([lookUp(db, read), byName(db, read)])
  const idsOf = (one: AuthorRef | null, i: number): number[] => {
    if (one?.means === 'name')
      return (named.get(one.name)?.authors ?? []).slice(0, MOST_CANDIDATES).map(({ id }) => id)
    const id = found.get(i)
    return id === undefined ? [] : [id]
  }
  const rows = await authorsByIds(db, selection, [...new Set(read.flatMap(idsOf))])
  return read.map((one, i): AuthorResolution => {
    const ref = refs[i] ?? ''
    if (!one) return { kind: 'not_found', ref, reason: 'malformed', message: authorRefFault(ref) }
    const among = idsOf(one, i)
    const candidates = among.flatMap((id) => {
      const row = rows.get(id)
      return row ? { ...row, among } : []
    })
    const [author] = candidates
    if (!author) {
      const message = `No author here has the ${one.means === 'name' ? 'name' : 'reference'} ${quote(ref)}.`
      return { kind: 'not_found', ref, reason: 'absent', message }
    }
    const all = one.means === 'name' ? named.get(one.name) : undefined
    if (!all || all.isOne) return { kind: 'found', ref, means: one.means, author }
    const authorCount = all.authors.length
    const message = authorCount === 1 ? meantOf(ref, [author.name]) : `${manyOf(ref, authorCount)}.`
    return { kind: 'ambiguous', ref, message, authorCount, candidates }
  })
}

async function byName(
  db: Database,
  read: readonly (AuthorRef | null)[],
): Promise<Map<string, Named>> {
  const names = [...new Set(read.flatMap((one) => (one?.means === 'name' ? one.name : [])))]
  if (names.length === 0) return new Map()
  const found = await authorsByNames(db, names)
  return new Map(names.map((name, i) => [name, found[i] ?? NOBODY]))
}

/** Ids of authors by the indexes of the references that are ids or identifiers. */
async function lookUp(
  db: Database,
  read: readonly (AuthorRef | null)[],
): Promise<Map<number, number>> {
  const ids = read.flatMap((one, place) => (one?.means === 'id' ? { place, id: one.id } : []))
  const identifiers = read.flatMap((one, place) =>
    one?.means === 'identifier' ? { place, ...one.identifier } : [],
  )
  if (ids.length + identifiers.length === 0) return new Map()
  const i = alias(authorIdentifiers, 'i')
  const r = alias(authorRedirects, 'r')
  const rows = await db.query<{ place: number; id: number }>(sql`
    select w.place, ${i.authorId} as id
    from unnest(${identifiers.map(({ place }) => place)}::int[], ${identifiers.map(({ scheme }) => scheme)}::text[],
      ${identifiers.map(({ value }) => value)}::text[]) as w(place, scheme, value)
    join ${i} on ${i.scheme} = w.scheme and ${i.value} = w.value
    union all
    select w.place, coalesce(${r.authorId}, w.id) from unnest(${ids.map(({ place }) => place)}::int[], ${ids.map(({ id }) => id)}::bigint[]) as w(place, id)
    left join ${r} on ${r.id} = w.id`)
  return new Map(rows.map(({ place, id }) => [place, id]))
}

import type { Database } from '../../db/client.ts'
import { alias, join, sql } from '../../db/sql.ts'
import { authors } from '../../db/tables/authors.ts'
import { papers, venues } from '../../db/tables/papers.ts'
import { topics } from '../../db/tables/topics.ts'
import { quote } from '../../errors.ts'
import { authorsOfNames } from '../identity/lookup/named.ts'
import { nearInstitutions } from '../institutions/reference.ts'
import { institutionsMeant, showsWords } from '../institutions/search.ts'
import { nearPrinted } from '../statements/printed-names.ts'
import { type AuthorTerm, nameOf } from './fields/author.ts'
import type { SearchTerm } from './fields/field.ts'
import { type FieldName, fieldOf, meaningOf } from './fields/fields.ts'
import type { SearchNode, SearchWarning } from './query.ts'
import { authorNear, slipsOf, type UnknownWord } from './terms/name-slips.ts'
import type { TermFacts } from './terms.ts'
import { codePointAt, type FieldLeaf, type QueryMode } from './tokens.ts'

const p = alias(papers, 'p')
const o = alias(topics, 'o')
const v = alias(venues, 'v')
const a = alias(authors, 'a')

type Db = Pick<Database, 'query'>

/** Maximum number of names of a query that are looked up. */
const MOST_COMPARED = 5

/** The fields of a query that name entities, except those under NOT. */
export function namedLeaves(node: SearchNode | null): FieldLeaf[] {
  const all = (one: SearchNode): FieldLeaf[] => {
    if ('nodes' in one) return one.nodes.flatMap(all)
    return one.kind === 'field' && fieldOf(one.field).isName ? [one] : []
  }
  return node === null ? [] : all(node).slice(0, MOST_COMPARED)
}

/** Warnings about names in a query that no paper has, with suggestions: one statement, and one for each such name; none without names. */
export async function unfoundNames(
  db: Db,
  query: string,
  tree: SearchNode | null,
): Promise<SearchWarning[]> {
  const leaves = namedLeaves(tree)
  if (leaves.length === 0) return []
  const rows = await db.query<{ place: number }>(
    join(
      leaves.map((leaf, place) => {
        const meaning = meaningOf(leaf)
        const found =
          'from' in meaning
            ? sql`select from ${meaning.from} where ${meaning.where}`
            : sql`select from ${p} where ${meaning.condition}`
        return sql`select ${place}::int as place where not exists (${found})`
      }),
      ' union all ',
    ),
  )
  return Promise.all(
    rows.map(async ({ place }) => {
      const leaf = leaves[place] as FieldLeaf
      const near = await similarName(db, leaf)
      const character = codePointAt(query, leaf.start)
      const hint = near === null ? '.' : `; did you mean ${near}?`
      return {
        character,
        message: `query, character ${character}: no paper has the ${leaf.field} ${quote(textOf(leaf))}${hint}`,
      }
    }),
  )
}

/** Maximum number of institutions in a warning. */
const MOST_INSTITUTIONS = 3

/** Warnings about affiliations read as institutions whose names do not show why, such as MIT: one statement, none without affiliations. */
export async function institutionsRead(
  db: Db,
  query: string,
  tree: SearchNode | null,
): Promise<SearchWarning[]> {
  const asked = namedLeaves(tree).flatMap((leaf) => {
    const { text, kind } = leaf.value as SearchTerm
    const meant = leaf.field === 'affiliation' ? institutionsMeant(text, kind === 'phrase') : null
    return meant === null ? [] : [{ leaf, text, meant }]
  })
  if (asked.length === 0) return []
  const rows = await db.query<{ place: number; name: string }>(
    join(
      asked.map(({ meant }, place) => sql`select ${place}::int as place, m.name from ${meant} m`),
      ' union all ',
    ),
  )
  return asked.flatMap(({ leaf, text }, at): SearchWarning[] => {
    const all = rows.flatMap(({ place, name }) => (place === at ? name : []))
    const others = all.filter((name) => !showsWords(name, text))
    if (others.length === 0) return []
    const character = codePointAt(query, leaf.start)
    const more = others.length - MOST_INSTITUTIONS
    const names = [
      ...others.slice(0, MOST_INSTITUTIONS).map(quote),
      ...(more > 0 ? [`${more} more`] : []),
    ].join(', ')
    const message = `query, character ${character}: the affiliation ${quote(text)} was ${others.length < all.length ? 'also ' : ''}read as ${names}.`
    return [{ character, message }]
  })
}

const textOf = ({ field, value }: FieldLeaf): string =>
  typeof value === 'string' ? value : (value as SearchTerm).text || fieldOf(field).print(value)

/** A field with the most similar existing name, such as `topic:parsing`; null if the name exists or none is similar. */
export async function similarName(db: Db, leaf: FieldLeaf): Promise<string | null> {
  const text = textOf(leaf).toLowerCase()
  const near = await nearest(db, leaf.field, text)
  if (near === null || near.toLowerCase() === text) return null
  return `${leaf.field}:${/^[\w-]+$/.test(near) ? near : JSON.stringify(near)}`
}

async function nearest(db: Db, field: FieldName, text: string): Promise<string | null> {
  switch (field) {
    case 'affiliation':
      return (await nearInstitutions(db, text, 1))[0]?.name ?? null
    case 'lang':
      return nearPrinted(db, 'language', text)
    case 'award':
    case 'session':
    case 'area':
      return nearPrinted(db, field, text)
    case 'topic':
    case 'venue':
      return alikeByTrigrams(db, field, text)
    case 'author':
      return (await authorNear(db, text)) ?? (await alikeByTrigrams(db, field, text))
    default:
      return null
  }
}

async function alikeByTrigrams(
  db: Db,
  field: 'topic' | 'venue' | 'author',
  text: string,
): Promise<string | null> {
  const names = {
    topic: sql`select ${o.slug} as shown, ${o.slug} as name, ${o.paperCount} as weight from ${o}
      union all select ${o.slug}, lower(${o.name}), ${o.paperCount} from ${o}`,
    venue: sql`select ${v.slug} as shown, ${v.slug} as name, ${v.paperCount} as weight from ${v}
      union all select ${v.slug}, lower(${v.name}), ${v.paperCount} from ${v}
      union all select ${v.slug}, lower(${v.acronym}), ${v.paperCount} from ${v}`,
    author: sql`select ${a.name} as shown, ${a.nameKey} as name, ${a.paperCount} as weight from ${a}
      where ${a.nameKey} % ${text}`,
  }
  // A short name with two letters swapped shares too few trigrams.
  const slips = slipsOf(text)
  const [row] = await db.query<{ shown: string; name: string }>(sql`
    select shown, name from (${names[field]}) n where name % ${text} or name = any(${slips}::text[])
    order by name = any(${slips}::text[]) desc, similarity(name, ${text}) desc, weight desc, shown limit 1`)
  return row && row.name !== text ? row.shown : null
}

/**
 * Looks up the names of authors in a query in all forms that papers print, such as Chris Manning for Christopher Manning: one statement, none
 * without such names.
 */
export async function withNamedAuthors(
  db: Db,
  root: SearchNode | null,
): Promise<SearchNode | null> {
  const names = root === null ? [] : [...new Set(namesIn(root))]
  const found = await authorsOfNames(db, names)
  const byName = new Map(names.map((name, i) => [name, found[i]]))
  const put = (node: SearchNode): SearchNode => {
    if ('nodes' in node) return { ...node, nodes: node.nodes.map(put) }
    if (node.kind === 'not') return { ...node, node: put(node.node) }
    const named = byName.get(nameIn(node) ?? '')
    if (node.kind !== 'field' || !named) return node
    const value: AuthorTerm = { ...(node.value as AuthorTerm), named }
    return { ...node, value }
  }
  return root === null || found.every((one) => one === null) ? root : put(root)
}

function namesIn(node: SearchNode): string[] {
  if ('nodes' in node) return node.nodes.flatMap(namesIn)
  if (node.kind === 'not') return namesIn(node.node)
  return [nameIn(node)].flatMap((name) => name ?? [])
}

const nameIn = (node: SearchNode): string | null =>
  node.kind === 'field' && node.field === 'author' ? nameOf(node.value as AuthorTerm) : null

/** Words of a query, outside fields and NOT, that occur neither in papers nor in names. */
export function unknownWords(
  tree: SearchNode | null,
  { groupOf, size }: Pick<TermFacts, 'groupOf' | 'size'>,
  mode: QueryMode,
): UnknownWord[] {
  // Before the words are counted, none are known.
  if (mode === 'strict' || tree === null || size.tiers.length === 0) return []
  const siblings = 'nodes' in tree ? tree.nodes : [tree]
  return siblings.flatMap((term, i) => {
    const group = term.kind === 'word' ? groupOf(term) : null
    if (term.kind !== 'word' || !group || group.authors.length > 0 || group.isVenue) return []
    if ((!group.correctedTo || group.isRare) && group.share > 0) return []
    // A name that is more similar than the most similar word is meant instead.
    const slips = slipsOf(term.text.toLowerCase())
    const isWord = group.correctedTo?.some((word) => slips.includes(word)) ?? false
    const beside = [siblings[i - 1], siblings[i + 1]].flatMap((one) =>
      one?.kind === 'word' ? one.text : [],
    )
    return [{ term, beside, isWord }]
  })
}

/** Replaces some words of a tree. */
export function withWords(
  tree: SearchNode | null,
  meant: ReadonlyMap<SearchTerm, string>,
): SearchNode | null {
  const put = (node: SearchNode): SearchNode => {
    if ('nodes' in node) return { ...node, nodes: node.nodes.map(put) }
    const text = node.kind === 'word' ? meant.get(node) : undefined
    return node.kind === 'word' && text !== undefined ? { ...node, text } : node
  }
  return tree && put(tree)
}

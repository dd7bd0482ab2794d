import { alias, type Sql, sql } from '../../db/sql.ts'
import { authorIdentifiers, authorRedirects } from '../../db/tables/authors.ts'
import { paperRedirects } from '../../db/tables/papers.ts'
import { repositoryRedirects } from '../../db/tables/repositories.ts'
import { topics } from '../../db/tables/topics.ts'
import type { Transaction } from '../../db/transaction.ts'
import { globalId, parseGlobalId } from '../../sql/global-id.ts'
import { topicIdBy, topicNameRows } from '../entity/topic-slug.ts'
import { isAuthorReference } from '../identity/lookup/resolution.ts'
import { parseAuthorRef } from '../reference/author-ref.ts'
import type { SearchTerm } from '../search/fields/field.ts'
import { printSearchQuery } from '../search/print.ts'
import { parseSearchQuery, type SearchNode } from '../search/query.ts'
import { papersDocument, papersToFollow, type SavedDocument, type SavedFilter } from './document.ts'

const a = alias(authorRedirects, 'a')
const i = alias(authorIdentifiers, 'i')
const j = alias(authorIdentifiers, 'j')
const p = alias(paperRedirects, 'p')
const r = alias(repositoryRedirects, 'r')
const t = alias(topics, 't')

/** References in documents whose targets may have been merged or renamed. */
interface Named {
  /** Ids and identifiers. */
  authors: Set<string>
  papers: Set<number>
  repositories: Set<number>
  topics: Set<string>
}

const TOPIC_LISTS = ['topics', 'topicsAll', 'topicsNone', 'topicsWithin'] as const

/**
 * Documents as they would be saved now: with the current ids and slugs of merged authors, papers, repositories and topics, so that equivalent
 * documents become equal; unchanged ones are returned as they are. One statement for all, or none.
 */
export async function documentsNow(
  db: Pick<Transaction, 'query'>,
  documents: readonly SavedDocument[],
): Promise<SavedDocument[]> {
  const named = namedIn(documents)
  const kinds = statementsOf(named)
  if (kinds.length === 0) return [...documents]
  const [first, ...others] = kinds as [Sql, ...Sql[]]
  const all = others.reduce((sum, one) => sql`${sum} union all ${one}`, first)
  const rows = await db.query<{ kind: string; was: string; now: string }>(all)
  const now = new Map(rows.map((row) => [`${row.kind} ${row.was}`, row.now]))
  return documents.map((document) => {
    const [before, after] = [NOTHING_MERGED, now].map((names) => documentWith(document, names))
    return after && JSON.stringify(before) !== JSON.stringify(after) ? after : document
  })
}

const NOTHING_MERGED: Now = new Map()

/** The documents that followed authors, papers or repositories merged into that of this document. One statement, or none. */
export async function followsBefore(
  db: Pick<Transaction, 'query'>,
  document: SavedDocument,
): Promise<SavedDocument[]> {
  const read = async (from: Sql) => (await db.query<{ id: number }>(from)).map(({ id }) => id)
  const { kind, name } = document
  switch (kind) {
    case 'author': {
      const now = document.authorId
      const ids = await read(
        sql`select ${a.id} from ${a} where ${a.authorId} = ${now}::bigint and ${a.id} <> ${now}::bigint`,
      )
      return ids.map((authorId) => ({ kind, name, authorId }))
    }
    case 'repository': {
      const ids = await read(
        sql`select ${r.id} from ${r} where ${r.repositoryId} = ${document.repositoryId}::bigint`,
      )
      return ids.map((repositoryId) => ({ kind, name, repositoryId }))
    }
    case 'paper': {
      const ids = await read(
        sql`select ${p.id} from ${p} where ${p.paperId} = any(${[...document.paperIds]}::bigint[])`,
      )
      return ids.map((id) => papersToFollow(kind, [id], name))
    }
    default:
      return []
  }
}

function namedIn(documents: readonly SavedDocument[]): Named {
  const named: Named = {
    ...{ authors: new Set(), papers: new Set(), repositories: new Set(), topics: new Set() },
  }
  const readFilter = (filter: SavedFilter) => {
    for (const ref of filter.authors ?? []) named.authors.add(ref)
    for (const list of TOPIC_LISTS) for (const slug of filter[list] ?? []) named.topics.add(slug)
    for (const part of filter.anyOf ?? []) readFilter(part)
  }
  for (const document of documents)
    if (document.kind === 'author') named.authors.add(globalId('Author', document.authorId))
    else if (document.kind === 'repository') named.repositories.add(document.repositoryId)
    else if (document.kind === 'papers') {
      readFilter(document.filter)
      for (const ref of authorsOfQuery(document.query)) named.authors.add(ref)
    } else for (const id of document.paperIds) named.papers.add(id)
  return named
}

/** The `author:` leaves of a query that name one author. */
function authorsOfQuery(query: string | null): string[] {
  const found: string[] = []
  const tree = query === null ? null : parseSearchQuery(query, 'strict')
  if (tree)
    mapAuthors(tree, (ref) => {
      found.push(ref)
      return ref
    })
  return found
}

function mapAuthors(node: SearchNode, change: (ref: string) => string): SearchNode {
  if ('nodes' in node) return { ...node, nodes: node.nodes.map((one) => mapAuthors(one, change)) }
  if (node.kind === 'not') return { ...node, node: mapAuthors(node.node, change) }
  if (node.kind !== 'field' || node.field !== 'author') return node
  const term = node.value as SearchTerm
  return isAuthorReference(term.text)
    ? { ...node, value: { ...term, text: change(term.text) } }
    : node
}

function statementsOf(named: Named): Sql[] {
  const refs = [...named.authors].filter(isAuthorReference)
  const ids = refs.flatMap((ref) => parseGlobalId('Author', ref) ?? [])
  const identifiers = refs
    .filter((ref) => parseGlobalId('Author', ref) === null)
    .map((ref) => ({ ref, ...parseAuthorRef(ref) }))
  const [papers, repositories] = [[...named.papers], [...named.repositories]]
  const [curated, name] = [sql`n.curated`, sql`n.name`]
  return [
    ...(ids.length > 0
      ? [
          sql`select 'author' as kind, ${a.id}::text as was, ${a.authorId}::text as now from ${a} where ${a.id} = any(${ids}::bigint[])`,
        ]
      : []),
    ...(identifiers.length > 0
      ? [
          sql`select 'identifier' as kind, w.ref as was, replace(o.scheme, 'google_', '') || ':' || o.value as now
          from unnest(${identifiers.map(({ ref }) => ref)}::text[], ${identifiers.map(({ scheme }) => scheme)}::text[],
            ${identifiers.map(({ value }) => value)}::text[]) as w(ref, scheme, value)
          join ${i} on ${i.scheme} = w.scheme and ${i.value} = w.value
          cross join lateral (select ${j.scheme}, min(${j.value}) as value from ${j}
            where ${j.authorId} = ${i.authorId} and ${j.scheme} = ${i.scheme} group by ${j.scheme}) o where o.value <> w.value`,
        ]
      : []),
    ...(papers.length > 0
      ? [
          sql`select 'paper' as kind, ${p.id}::text as was, ${p.paperId}::text as now from ${p} where ${p.id} = any(${papers}::bigint[])`,
        ]
      : []),
    ...(repositories.length > 0
      ? [
          sql`select 'repository' as kind, ${r.id}::text as was, ${r.repositoryId}::text as now from ${r} where ${r.id} = any(${repositories}::bigint[])`,
        ]
      : []),
    ...(named.topics.size > 0
      ? [
          sql`select 'topic' as kind, n.name as was, ${t.slug} as now from ${topicNameRows([...named.topics])}
          join ${t} on ${t.id} = ${topicIdBy(name, sql`n.key`, curated)}`,
        ]
      : []),
  ]
}

type Now = ReadonlyMap<string, string>

function documentWith(document: SavedDocument, now: Now): SavedDocument {
  const numberOf = (kind: string, id: number) => Number(now.get(`${kind} ${id}`) ?? id)
  const { kind, name } = document
  switch (kind) {
    case 'author':
      return { kind, name, authorId: numberOf('author', document.authorId) }
    case 'repository':
      return { kind, name, repositoryId: numberOf('repository', document.repositoryId) }
    case 'papers': {
      const { query, filter } = document
      const tree = query === null ? null : parseSearchQuery(query, 'strict')
      const changed = tree && printSearchQuery(mapAuthors(tree, (ref) => authorNow(ref, now)))
      return papersDocument({ ...document, query: changed, filter: filterWith(filter, now) })
    }
    default: {
      const ids = document.paperIds.map((id) => numberOf('paper', id))
      return papersToFollow(kind, ids, name)
    }
  }
}

/** The current reference of an author; if a merge left several identifiers of one scheme, the first. */
function authorNow(ref: string, now: Now): string {
  const id = now.get(`author ${parseGlobalId('Author', ref)}`)
  return id === undefined ? (now.get(`identifier ${ref}`) ?? ref) : globalId('Author', Number(id))
}

function filterWith(filter: SavedFilter, now: Now): SavedFilter {
  const lists = TOPIC_LISTS.flatMap((list) => {
    const slugs = filter[list]
    return slugs ? [[list, slugs.map((slug) => now.get(`topic ${slug}`) ?? slug)]] : []
  })
  return {
    ...filter,
    ...Object.fromEntries(lists),
    ...(filter.authors && { authors: filter.authors.map((ref) => authorNow(ref, now)) }),
    ...(filter.anyOf && { anyOf: filter.anyOf.map((part) => filterWith(part, now)) }),
  }
}

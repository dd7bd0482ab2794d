import { alias, sql } from '../../db/sql.ts'
import { authors, topics, venues } from '../../db/tables/papers.ts'
import type { Transaction } from '../../db/transaction.ts'
import { parseSearchQuery, type SearchLeaf, type SearchNode } from '../search/query.ts'

const o = alias(topics, 'o')
const v = alias(venues, 'v')
const a = alias(authors, 'a')

/** Fields whose values are names of the catalogue. */
const NAMED = ['topic', 'venue', 'author'] as const
type Named = (typeof NAMED)[number]
type NamedTerm = { field: Named; text: string }

/** Number of terms for which a similar name is looked for. */
const MOST_COMPARED = 5

/** A hint such as ` Did you mean topic:parsing?` for a query that no paper matches; empty where no name is similar. */
export async function similarNames(tx: Transaction, query: string): Promise<string> {
  const node = parseSearchQuery(query, 'strict')
  const terms = node ? leavesOf(node).flatMap(namedTerm).slice(0, MOST_COMPARED) : []
  const hints: string[] = []
  for (const term of terms) {
    const near = await similarName(tx, term)
    if (near) hints.push(`${term.field}:${/^[\w-]+$/.test(near) ? near : JSON.stringify(near)}`)
  }
  return hints.length === 0 ? '' : ` Did you mean ${hints.join(' and ')}?`
}

function leavesOf(node: SearchNode): SearchLeaf[] {
  if ('nodes' in node) return node.nodes.flatMap(leavesOf)
  return node.kind === 'not' ? [] : [node]
}

function namedTerm(leaf: SearchLeaf): NamedTerm[] {
  if (leaf.kind !== 'field' || leaf.term.kind === 'prefix') return []
  const field = NAMED.find((name) => name === leaf.field)
  return field ? [{ field, text: leaf.term.text.toLowerCase() }] : []
}

/** The most similar name; null where one is equal, or none is similar. */
async function similarName(tx: Transaction, { field, text }: NamedTerm): Promise<string | null> {
  const names = {
    topic: sql`select ${o.slug} as shown, ${o.slug} as name, ${o.paperCount} as weight from ${o}
      union all select ${o.slug}, lower(${o.name}), ${o.paperCount} from ${o}`,
    venue: sql`select ${v.slug} as shown, ${v.slug} as name, ${v.paperCount} as weight from ${v}
      union all select ${v.slug}, lower(${v.name}), ${v.paperCount} from ${v}`,
    author: sql`select ${a.name} as shown, ${a.nameKey} as name, ${a.paperCount} as weight from ${a}
      where ${a.nameKey} % ${text}`,
  }
  const [row] = await tx.query<{ shown: string; name: string }>(sql`
    select shown, name from (${names[field]}) n where name % ${text}
    order by similarity(name, ${text}) desc, weight desc, shown limit 1`)
  return row && row.name !== text ? row.shown : null
}

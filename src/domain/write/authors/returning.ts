import { alias, columns, sql } from '../../../db/sql.ts'
import { authorRedirects } from '../../../db/tables/papers.ts'
import type { Transaction } from '../../../db/transaction.ts'
import type { Person } from './group.ts'

const r = alias(authorRedirects, 'r')
const t = alias(authorRedirects, 't')

/** Papers of an author that are kept with the redirect from the author's id: enough to tell whose the id was. */
const MOST_KEPT = 100

/** As `author_redirects.paper_ids`: the papers that each author had whose places are this person's. */
export function papersKept({ slots }: Person): (authorId: number) => number[] {
  const papers = new Map<number, number[]>()
  for (const { paperId, authorIds } of slots)
    for (const id of authorIds) {
      const own = papers.get(id)
      if (own) own.push(paperId)
      else papers.set(id, [paperId])
    }
  return (authorId) => (papers.get(authorId) ?? []).sort((a, b) => a - b).slice(0, MOST_KEPT)
}

interface Redirect {
  id: number
  author_id: number
  paper_ids: number[]
}

type Pieces = Map<number, [Person, Set<number>][]>

/** Authors whose places are of several people now, and the ids of others that were merged into them. */
export interface Broken {
  pieces: Pieces
  redirects: Redirect[]
}

/** Reads nothing where no author falls apart. */
export async function readBroken(tx: Transaction, people: readonly Person[]): Promise<Broken> {
  const pieces = piecesOf(people)
  const broken = [...pieces].flatMap(([id, own]) => (own.length > 1 ? id : []))
  if (broken.length === 0) return { pieces, redirects: [] }
  const redirects = await tx.query<Redirect>(sql`
    select ${columns(r, 'id', 'authorId', 'paperIds')} from ${r}
    where ${r.authorId} = any(${broken}::bigint[]) order by ${r.id}`)
  return { pieces, redirects }
}

/** Papers that each author has of others who were merged into them: these do not carry the id on. */
export const papersOfOthers = ({ redirects }: Broken): Map<number, Set<number>> => {
  const papers = new Map<number, Set<number>>()
  for (const { author_id, paper_ids } of redirects)
    papers.set(author_id, new Set([...(papers.get(author_id) ?? []), ...paper_ids]))
  return papers
}

/** Ids that lead elsewhere now. */
export interface Returning {
  /** The id that each person has back, who has none. */
  ids: Map<Person, number>
  /** Other ids of theirs, which are to redirect to them. */
  others: [id: number, person: Person][]
}

/**
 * The ids that people have back who fall off the author that they had been merged into, so that what a merge took its undoing gives:
 * these redirect no more.
 */
export async function returningIds(
  tx: Transaction,
  { pieces, redirects }: Broken,
  ids: ReadonlyMap<Person, number>,
): Promise<Returning> {
  const returning: Returning = { ids: new Map(), others: [] }
  const claims = redirects.flatMap(({ id, author_id, paper_ids }) => {
    const [best] = (pieces.get(author_id) ?? [])
      .map(([person, papers]) => {
        return { person, shared: paper_ids.filter((one) => papers.has(one)).length }
      })
      .sort((x, y) => y.shared - x.shared)
    return best && best.shared > 0 && !ids.has(best.person) ? { id, ...best } : []
  })
  for (const { id, person } of claims.sort((x, y) => y.shared - x.shared || x.id - y.id))
    if (returning.ids.has(person)) returning.others.push([id, person])
    else returning.ids.set(person, id)
  if (returning.ids.size > 0)
    await tx.query(sql`
      delete from ${t} where ${t.id} = any(${[...returning.ids.values()]}::bigint[])`)
  return returning
}

/** The people that each author's places are of now, with the papers of these places. */
function piecesOf(people: readonly Person[]): Pieces {
  const pieces = new Map<number, Map<Person, Set<number>>>()
  for (const person of people)
    for (const { paperId, authorIds } of person.slots)
      for (const id of authorIds) {
        const own = pieces.get(id) ?? new Map<Person, Set<number>>()
        pieces.set(id, own)
        own.set(person, (own.get(person) ?? new Set()).add(paperId))
      }
  return new Map([...pieces].map(([id, own]) => [id, [...own]]))
}

/** Has the other ids lead to the people, who are authors now. */
export async function redirectOthers(
  tx: Transaction,
  others: Returning['others'],
  ids: ReadonlyMap<Person, number>,
): Promise<void> {
  if (others.length === 0) return
  await tx.query(sql`
    update ${t} set ${authorRedirects.authorId} = r.author_id
    from unnest(${others.map(([id]) => id)}::bigint[], ${others.map(([, person]) => ids.get(person) ?? 0)}::bigint[]) as r(id, author_id)
    where ${t.id} = r.id`)
}

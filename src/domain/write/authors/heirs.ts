import { groupBy, partition } from 'es-toolkit'
import { alias, columns, overwrites, sql } from '../../../db/sql.ts'
import { authorRedirects } from '../../../db/tables/authors.ts'
import { paperRedirects, papers } from '../../../db/tables/papers.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { isSplitOff } from '../../identity/decided/decision-id.ts'
import type { Person } from './group.ts'
import type { KnownAuthors } from './known.ts'

const r = alias(authorRedirects, 'r')
const t = alias(authorRedirects, 't')
const x = alias(paperRedirects, 'x')

/** Maximum number of papers stored with an author's id: enough to recognise to whom it belonged. */
const MOST_KEPT = 100

/**
 * An id that redirects to an author, with the papers that it had before. Authors who were ever joined with others have such an entry for
 * their own id too, so that a part that is split off takes along the ids of its papers.
 */
interface Home {
  id: number
  author_id: number
  paper_ids: number[]
}

/** The new owners of ids. */
export interface Heirs {
  /** The ids that each person keeps, including those that redirected elsewhere, and the one that identifies the author. */
  byPerson: Map<Person, { id: number; all: number[] }>
  /** The stored ids of the authors whose authorships belong to several people now. */
  homes: Home[]
  /** The ids of these authors. */
  broken: Set<number>
  /** The authors from whom an operator just split papers. */
  split: Set<number>
}

/** The authorships of an author that belong to one person now, and how many of the author's identifiers that person has. */
interface Piece {
  person: Person
  /** Papers, and whether an operator just split each off: earlier splits have ids of their own. */
  papers: Map<number, { isSplitOff: boolean }>
  identifiers: number
}

/**
 * Assigns each id to one person. An author's own id stays with the person that was not split off, else with the papers that it had before
 * the author was joined with others, else with most of the author's papers. If a person has several ids, the lowest stays.
 */
export async function findHeirs(
  tx: Transaction,
  people: readonly Person[],
  known: KnownAuthors,
): Promise<Heirs> {
  const pieces = piecesOf(people, known)
  const broken = new Set([...pieces].flatMap(([id, own]) => (own.length > 1 ? id : [])))
  const split = new Set([...pieces].flatMap(([id, own]) => (own.some(isLeaving) ? id : [])))
  const homes = await readHomes(tx, [...broken])
  const homesOf = groupBy(homes, (home) => home.author_id)
  const all = new Map<Person, number[]>()
  for (const [id, own] of pieces)
    for (const [one, person] of ownersOf(id, own, homesOf[id] ?? []))
      all.set(person, [...(all.get(person) ?? []), one])
  const byPerson = new Map(
    [...all].map(([person, ids]) => [person, { id: Math.min(...ids), all: ids }]),
  )
  return { byPerson, homes, broken, split }
}

/** The owners of an author's own id and of the ids that redirect to the author, among the people that these pieces belong to. */
function ownersOf(
  id: number,
  pieces: readonly Piece[],
  homes: readonly Home[],
): [id: number, person: Person][] {
  const [[home], others] = partition(homes, (one) => one.id === id)
  const ofOthers = new Set(others.flatMap((one) => one.paper_ids))
  const first = new Set(others.length > 0 ? home?.paper_ids : [])
  const fallen = new Map(
    others.flatMap(({ id: other, paper_ids }): [number, Person | undefined][] => {
      const papers = new Set(paper_ids)
      const isThere = pieces.some((piece) => sharedOf(piece, papers).length > 0)
      return isThere ? [[other, best(pieces, (piece) => weightOf(piece, papers))]] : []
    }),
  )
  const served = new Set(fallen.values())
  const heir = best(pieces, (piece) => standingOf(piece, { first, ofOthers, served }))
  if (!heir) return []
  return [
    [id, heir],
    ...others.map((other): [number, Person] => [other.id, fallen.get(other.id) ?? heir]),
  ]
}

/** What else decides who gets an author's own id. */
interface Claims {
  /** Papers that the author had before being joined with others. */
  first: ReadonlySet<number>
  ofOthers: ReadonlySet<number>
  /** People who already have the id of another author that had been joined with this one. */
  served: ReadonlySet<Person | undefined>
}

/** The claim of a piece to the author's own id, as numbers to compare, the most important first. */
function standingOf(
  { person, papers, identifiers }: Piece,
  { first, ofOthers, served }: Claims,
): number[] {
  const staying = [...papers].flatMap(([paper, { isSplitOff }]) => (isSplitOff ? [] : paper))
  return [
    Number(staying.length > 0),
    staying.filter((paper) => first.has(paper)).length,
    staying.filter((paper) => !ofOthers.has(paper)).length,
    Number(!served.has(person)),
    staying.length,
    papers.size,
    identifiers,
  ]
}

/** The claim of a piece to an id that had these papers. */
function weightOf(piece: Piece, home: ReadonlySet<number>): number[] {
  const shared = sharedOf(piece, home)
  const staying = shared.filter(([, { isSplitOff }]) => !isSplitOff)
  return [shared.length, staying.length, piece.identifiers]
}

const isLeaving = ({ papers }: Piece) => [...papers.values()].some(({ isSplitOff }) => isSplitOff)

const sharedOf = ({ papers }: Piece, home: ReadonlySet<number>) =>
  [...papers].filter(([paper]) => home.has(paper))

/** The person of the piece with the largest weight, the first of equals. */
function best(pieces: readonly Piece[], weigh: (piece: Piece) => number[]): Person | undefined {
  if (pieces.length === 1) return pieces[0]?.person
  const weighed = pieces.map((piece) => ({ piece, weights: weigh(piece) }))
  const [first] = weighed.sort((a, b) => {
    const place = a.weights.findIndex((weight, i) => weight !== b.weights[i])
    return place < 0 ? 0 : (b.weights[place] ?? 0) - (a.weights[place] ?? 0)
  })
  return first?.piece.person
}

/** For each known author, the people that have the author's authorships and identifiers now. */
function piecesOf(
  people: readonly Person[],
  { authorIds, former = [], holders }: KnownAuthors,
): Map<number, Piece[]> {
  const all = [...authorIds, ...former]
  const pieces = new Map<number, Map<Person, Piece>>(all.map((id) => [id, new Map()]))
  const pieceOf = (id: number | undefined, person: Person) => {
    const own = id === undefined ? undefined : pieces.get(id)
    if (!own) return undefined
    const piece = own.get(person) ?? { person, papers: new Map(), identifiers: 0 }
    own.set(person, piece)
    return piece
  }
  for (const person of people) {
    for (const { paperId, authorIds: ids, identifiers, before = identifiers } of person.slots)
      for (const id of ids)
        pieceOf(id, person)?.papers.set(paperId, {
          isSplitOff: isSplitOff(identifiers.filter((one) => !before.includes(one))),
        })
    for (const name of person.identifiers) {
      const piece = pieceOf(holders.get(name), person)
      if (piece) piece.identifiers++
    }
  }
  return new Map([...pieces].map(([id, own]) => [id, [...own.values()]]))
}

/** Reads the stored ids of these authors. Papers that were merged into others count as those. */
async function readHomes(tx: Transaction, broken: number[]): Promise<Home[]> {
  if (broken.length === 0) return []
  return tx.query<Home>(sql`
    select ${columns(r, 'id', 'authorId')}, array(
      select coalesce(${x.paperId}, p.id) from unnest(${r.paperIds}) p(id) left join ${x} on ${x.id} = p.id and not exists (select from ${papers} where ${papers.id} = p.id)) as paper_ids
    from ${r} where ${r.authorId} = any(${broken}::bigint[]) order by ${r.id}`)
}

/**
 * Redirects all ids to the authors of the people who keep them. The stored papers of an id stay those that it had first, unless an operator
 * splits these off: then they become the remaining ones.
 */
export async function redirectAuthors(
  tx: Transaction,
  { byPerson, homes, broken, split }: Heirs,
): Promise<void> {
  const kept = new Set(homes.map(({ id }) => id))
  const rows = [...byPerson].flatMap(([person, { id: winner, all }]) => {
    const papersOf = papersKept(person)
    return all.flatMap((id) =>
      all.length > 1 || kept.has(id)
        ? { id, winner, papers: papersOf(id), isWhole: !broken.has(id), isSplit: split.has(id) }
        : [],
    )
  })
  if (rows.length === 0) return
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(id bigint, winner bigint, papers bigint[], "isWhole" boolean, "isSplit" boolean)`
  await tx.query(sql`
    update ${t} set ${authorRedirects.authorId} = r.winner from ${given}
    where ${t.authorId} = r.id and r."isWhole" and r.id <> r.winner`)
  await tx.query(
    sql`insert into ${authorRedirects} (${columns(authorRedirects, 'id', 'authorId', 'paperIds')})
      select id, winner, papers from ${given}
      on conflict (${authorRedirects.id}) do update set ${overwrites(authorRedirects, 'authorId')}`,
  )
  await tx.query(sql`
    update ${t} set ${authorRedirects.paperIds} = r.papers from ${given} where ${t.id} = r.id and r."isSplit"`)
}

/** The value of `author_redirects.paper_ids` for each author whose authorships belong to this person. */
function papersKept({ slots }: Person): (authorId: number) => number[] {
  const papers = new Map<number, number[]>()
  for (const { paperId, authorIds, had } of slots)
    for (const one of had ?? authorIds.map((authorId) => ({ authorId, paperId }))) {
      const own = papers.get(one.authorId)
      if (own) own.push(one.paperId)
      else papers.set(one.authorId, [one.paperId])
    }
  return (authorId) => (papers.get(authorId) ?? []).sort((a, b) => a - b).slice(0, MOST_KEPT)
}

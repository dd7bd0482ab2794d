import { countBy, groupBy } from 'es-toolkit'
import { alias, columns, sql } from '../../../db/sql.ts'
import { authorships } from '../../../db/tables/authors.ts'
import { papers } from '../../../db/tables/papers.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { noteFields } from '../../changes/note.ts'
import { nameBlock } from '../../identity/name-block.ts'
import { isPageOfSeveral } from '../../identity/name-page.ts'
import { placesIn } from '../../record/merge/aligned.ts'
import { nameKey } from '../../record/title-key.ts'
import { refreshAuthors } from './author-rows.ts'
import { insertAuthorships, rowOf } from './authorships.ts'
import { authorsDecided, withDecisions } from './decided.ts'
import { type FormerPlace, keepFormer, readFormer } from './former.ts'
import { groupSlots, isStated, type Slot } from './group.ts'
import { AUTHORSHIP_KEYS, type AuthorshipRow, loadKnown } from './known.ts'
import { type Byline, type Identifier, withLinkedIdentifiers } from './link.ts'
import { writeAuthorIdentifiers, writePeople } from './people.ts'
import { writeVerdicts } from './verdicts.ts'

const p = alias(papers, 'p')
const a = alias(authorships, 'a')

/** The bylines to write. */
interface Bylines {
  bylines: Byline[]
  /** Papers that may have a stored byline, and deleted papers. */
  cleared: number[]
  /** Deleted papers. */
  gone: number[]
  /** For each deleted paper that was merged into another: that other paper. */
  redirects: Map<number, number>
  /** For each new paper: the papers that its records belonged to before. */
  fallen: Map<number, readonly number[]>
}

export interface WrittenBylines {
  changed: number[]
  /** Name blocks (`authorships.name_block`) by paper. */
  names: Map<number, Set<string>>
}

/**
 * Assigns an author to each authorship of the `given` bylines and writes the changes. `groupSlots` alone decides who is who, from these
 * authorships and all that are connected with them; an author's id stays with most of the author's authorships. Returns the papers whose
 * bylines changed, and the names that each paper has and had.
 */
export async function writeAuthors(tx: Transaction, given: Bylines): Promise<WrittenBylines> {
  const { cleared, gone, redirects } = given
  const bylines = await withDecisions(tx, await withLinkedIdentifiers(tx, given.bylines))
  const before = await authorshipsOf(tx, cleared)
  const former = await readFormer(
    tx,
    bylines.map(({ paperId }) => paperId),
    redirects,
  )
  const written = slotsOf(bylines, { before, former }, given)
  const used = new Set(written.flatMap(({ authorIds }) => authorIds))
  const returning = former.filter((row) => row.isFree && used.has(row.author_id))
  const connected = [...before, ...returning.filter(({ isThere }) => isThere)]
  const known = await loadKnown(tx, {
    identifiers: written.flatMap(({ identifiers }) => identifiers),
    authorIds: [...connected.map((row) => row.author_id), ...(await decidedIn(tx, bylines))],
    rewritten: new Set(cleared),
  })
  const people = groupSlots([...written, ...known.standing])
  const { ids, moved } = await writePeople(tx, people, {
    ...known,
    former: returning.flatMap((row) => (row.isThere ? [] : row.author_id)),
  })
  const after = people.flatMap((person) =>
    person.slots.flatMap((slot) => (slot.isWritten ? rowOf(slot, ids.get(person) ?? 0) : [])),
  )
  const changed = changedPapers(before, after, gone)
  await replaceBylines(tx, cleared, after, changed)
  await writeAuthorIdentifiers(tx, people, ids, known)
  await writeVerdicts(tx, people, ids, known.holders)
  await refreshAuthors(tx, people, ids, known)
  await keepFormer(tx, { before, after, former, redirects })
  const shown = changedPapers(before, after, [], SHOWN)
  noteFields(tx, [...shown, ...moved.map(([slot]) => slot.paperId)], 'authorships')
  return { changed: [...changed], names: namesOf([...before, ...after]) }
}

/** The authors named by operators' decisions on these bylines. */
const decidedIn = (tx: Transaction, bylines: Byline[]) =>
  authorsDecided(
    tx,
    bylines.flatMap(({ decisions = [] }) => decisions.flatMap((one) => one ?? [])),
  )

/** Rewrites the bylines that changed. In the others, only the publication day is updated from the paper. */
async function replaceBylines(
  tx: Transaction,
  cleared: number[],
  after: AuthorshipRow[],
  changed: ReadonlySet<number>,
): Promise<void> {
  await deleteBylines(
    tx,
    cleared.filter((id) => changed.has(id)),
  )
  await insertAuthorships(
    tx,
    after.filter((row) => changed.has(row.paper_id)),
  )
  await followDays(tx, cleared)
}

function namesOf(rows: AuthorshipRow[]): Map<number, Set<string>> {
  const names = new Map<number, Set<string>>()
  for (const { paper_id, name_block } of rows) {
    if (!name_block) continue
    const known = names.get(paper_id)
    if (known) known.add(name_block)
    else names.set(paper_id, new Set([name_block]))
  }
  return names
}

/** The columns of an authorship that GraphQL shows. Identifiers are shown with the author instead. */
const SHOWN = ['position', 'author_id', 'name', 'family_name', 'affiliation'] as const
/** The columns of an authorship that are stored. */
const KEPT = [...SHOWN, 'identifiers', 'name_block', 'person'] as const

async function authorshipsOf(tx: Transaction, paperIds: number[]): Promise<AuthorshipRow[]> {
  if (paperIds.length === 0) return []
  return tx.query<AuthorshipRow>(sql`
    select ${columns(authorships, ...AUTHORSHIP_KEYS)} from ${authorships}
    where ${authorships.paperId} = any(${paperIds}::bigint[]) order by ${authorships.paperId}, ${authorships.position}`)
}

/**
 * The slots of bylines. An author whose name, or another spelling of it, was on the paper before may keep their id, and stays the person found
 * by evidence until the name is clustered again, if it is in the same name block.
 */
function slotsOf(
  bylines: Byline[],
  { before, former }: { before: AuthorshipRow[]; former: FormerPlace[] },
  { redirects, fallen }: Pick<Bylines, 'redirects' | 'fallen'>,
): Slot[] {
  const rowsOf = rowsBefore(before, redirects)
  const formerRowsOf = rowsBefore(
    former.filter(({ isFree }) => isFree),
    new Map(former.map((row) => [row.paper_id, row.now])),
  )
  return bylines.flatMap(({ paperId, authors, decisions = [] }) => {
    const rowsOfNames = rowsOf(paperId, authors)
    const formerOfNames = formerRowsOf(paperId, authors)
    const origins = (fallen.get(paperId) ?? []).map((id) =>
      rowsOf(redirects.get(id) ?? id, authors),
    )
    return authors.map(({ name, familyName, affiliation, identifiers }, index) => {
      const rows = rowsOfNames[index] ?? []
      const fallenOff = origins.flatMap((own) => own[index] ?? [])
      const back = rows.length + fallenOff.length === 0 ? (formerOfNames[index] ?? []) : []
      const block = nameBlock(name, authors.length)
      const persons = personsIn(block, [...rows, ...back], authors.length)
      return {
        paperId,
        position: index + 1,
        name,
        familyName: familyName ?? null,
        affiliation,
        identifiers: linksOf(name, identifiers, decisions[index] ?? null),
        nameBlock: block,
        person: persons.length > 0 ? Math.min(...persons) : null,
        ...formerOf(rows, [...fallenOff, ...back], paperId),
        isWritten: true,
      }
    })
  })
}

/** The persons that evidence found for earlier rows of this name block. Those of other blocks will not be clustered with it, or not by evidence at all. */
const personsIn = (
  block: string,
  rows: readonly Pick<AuthorshipRow, 'name' | 'person'>[],
  length: number,
): number[] =>
  rows.flatMap(({ name, person }) =>
    person === null || block === '' || nameBlock(name, length) !== block ? [] : person,
  )

type PlaceRow = Pick<AuthorshipRow, 'paper_id' | 'author_id' | 'name' | 'identifiers'>

/** The earlier rows of an author with the same name; for a new paper, on the papers that its records come from. */
function formerOf(rows: PlaceRow[], origins: PlaceRow[], paperId: number) {
  const former = rows.length > 0 ? rows : origins.map((row) => ({ ...row, paper_id: paperId }))
  return {
    authorIds: [...new Set(former.map((row) => row.author_id))],
    before: former.flatMap((row) => row.identifiers ?? []),
    had: former.map((row) => ({ authorId: row.author_id, paperId: row.paper_id })),
  }
}

/**
 * The earlier rows of each name of a byline, including those on papers merged into it. Two authors of the same name on a paper each keep their
 * own rows, so that their ids are not swapped. A name also has the rows of other spellings that a record of the paper printed.
 */
function rowsBefore<R extends PlaceRow>(before: R[], redirects: Map<number, number>) {
  const byPaper: Record<string, R[]> = groupBy(
    before,
    (row) => redirects.get(row.paper_id) ?? row.paper_id,
  )
  return (paperId: number, authors: Byline['authors']): R[][] => {
    const rows = byPaper[paperId]
    if (rows === undefined) return []
    const named: Record<string, R[]> = groupBy(rows, (row) => nameKey(row.name))
    const keys = authors.map(({ name }) => nameKey(name))
    const counts = countBy(keys, (key) => key)
    const passed = new Map<string, number>()
    const equal = keys.map((key) => {
      const place = passed.get(key) ?? 0
      passed.set(key, place + 1)
      return ofPlace(named[key] ?? [], place, counts[key] ?? 1)
    })
    const isLeft = rows.some((row) => counts[nameKey(row.name)] === undefined)
    return isLeft && equal.some((own) => own.length === 0)
      ? withOtherSpellings(equal, authors, rows)
      : equal
  }
}

/** For each paper, the rows of each name, or if it has none, those of the same person under another name. */
function withOtherSpellings<R extends PlaceRow>(
  equal: R[][],
  authors: Byline['authors'],
  rows: readonly R[],
): R[][] {
  const names = authors.map(({ name }) => name)
  const used = new Set(equal.flat())
  const aligned = Object.values(groupBy(rows, (row) => row.paper_id)).map((own) => {
    const places = placesIn(
      names,
      own.map(({ name }) => name),
    )
    return (at: number) => own[places[at] ?? -1] ?? []
  })
  return equal.map((own, at) =>
    own.length > 0 ? own : aligned.flatMap((rowAt) => rowAt(at)).filter((row) => !used.has(row)),
  )
}

/** The rows of the `place`th of `count` authors of one name: on each paper the row at the same place, or all rows if it had fewer. */
function ofPlace<R extends PlaceRow>(rows: R[], place: number, count: number): R[] {
  if (count === 1) return rows
  return Object.values(groupBy(rows, (row) => row.paper_id)).flatMap((own) =>
    own.length === count ? own.slice(place, place + 1) : own,
  )
}

/** The links that identify the person of an authorship, without pages that several people of the name share. */
function linksOf(name: string, identifiers: Identifier[], decision: string | null): string[] {
  const stated = identifiers
    .filter((id) => !isPageOfSeveral(id, name))
    .map(({ scheme, value }) => `${scheme}:${value}`)
    .filter(isStated)
  return [...new Set(decision === null ? stated : [...stated, decision])].sort()
}

/** The papers whose rows differ in these columns. Papers without earlier rows, which are most, are not compared. */
function changedPapers(
  before: AuthorshipRow[],
  after: AuthorshipRow[],
  gone: number[],
  columns: readonly (keyof AuthorshipRow)[] = KEPT,
): Set<number> {
  const old = textsOf(before, columns)
  const now = textsOf(
    after.filter((row) => old.has(row.paper_id)),
    columns,
  )
  const others = [...old.keys()].filter((id) => old.get(id) !== now.get(id))
  const fresh = after.flatMap((row) => (old.has(row.paper_id) ? [] : row.paper_id))
  const ids = new Set([...old.keys(), ...fresh])
  return new Set([...others, ...fresh, ...gone.filter((id) => ids.has(id))])
}

function textsOf(rows: AuthorshipRow[], columns: readonly (keyof AuthorshipRow)[]) {
  const byPaper = new Map<number, string[]>()
  for (const row of rows) {
    const lines = byPaper.get(row.paper_id) ?? []
    lines.push(JSON.stringify(columns.map((column) => row[column])))
    byPaper.set(row.paper_id, lines)
  }
  return new Map([...byPaper].map(([id, lines]) => [id, lines.sort().join('\n')]))
}

async function deleteBylines(tx: Transaction, paperIds: number[]): Promise<void> {
  if (paperIds.length === 0) return
  await tx.query(
    sql`delete from ${authorships} where ${authorships.paperId} = any(${paperIds}::bigint[])`,
  )
}

async function followDays(tx: Transaction, paperIds: number[]): Promise<void> {
  if (paperIds.length === 0) return
  await tx.query(sql`
    update ${a} set ${authorships.publishedSort} = ${p.publishedSort} from ${p}
    where ${p.id} = ${a.paperId} and ${a.paperId} = any(${paperIds}::bigint[])
      and ${a.publishedSort} <> ${p.publishedSort}`)
}

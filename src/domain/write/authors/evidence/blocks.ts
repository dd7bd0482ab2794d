import { createHash } from 'node:crypto'
import { groupBy } from 'es-toolkit'
import { alias, columns, sql } from '../../../../db/sql.ts'
import { authorships } from '../../../../db/tables/authors.ts'
import { paperEvidence } from '../../../../db/tables/people.ts'
import type { Transaction } from '../../../../db/transaction.ts'
import { type Authorship, clusterAuthorships } from '../../../identity/cluster.ts'
import { isBlockOfCollaboration } from '../../../identity/collaboration.ts'
import { isSplitOff } from '../../../identity/decided/decision-id.ts'
import { likeNames } from '../../../identity/name-block.ts'
import { bylineRank } from '../../../identity/pairs/byline-rank.ts'
import { readEvidence } from '../../../identity/paper-evidence.ts'
import { type PersonName, parsePersonName } from '../../../identity/person-name.ts'
import { affiliationWords } from '../../../identity/words.ts'
import { groupSlots, isStated } from '../group.ts'
import { AUTHORSHIP_KEYS, type AuthorshipRow, slotOf } from '../known.ts'

const a = alias(authorships, 'a')
const e = alias(paperEvidence, 'e')

/** The result of clustering some names. */
export interface Clustered {
  /** Authorships that evidence assigns to another person; null if it joins them with no other any more. */
  changes: { paperId: number; position: number; person: number | null }[]
  /** The authors of all authorships that these are or were joined with. */
  authorIds: number[]
}

/** The persons that evidence finds in a block, which has all authorships of a name. */
export type PersonsOf = (block: readonly ReadRow[]) => Map<ReadRow, number>

/** Clusters all authorships of each of these names: see `domain/identity/cluster.ts`. */
export async function clusterBlocks(
  tx: Transaction,
  names: string[],
  personsOf: PersonsOf = personsIn,
): Promise<Clustered> {
  const result: Clustered = { changes: [], authorIds: [] }
  for (const block of await readBlocks(tx, names)) {
    const persons = personsOf(block)
    compare(block, (row) => persons.get(row) ?? null, result)
  }
  return result
}

/** The authorships of each of these names. */
export async function readBlocks(tx: Transaction, names: string[]): Promise<ReadRow[][]> {
  const rows = await tx.query<ReadRow>(sql`
    select ${columns(a, ...AUTHORSHIP_KEYS)}, (select ${e.said} from ${e} where ${e.paperId} = ${a.paperId}) as said
    from ${a} where ${a.nameBlock} = any(${names}::text[]) and ${a.nameBlock} <> ''`)
  return Object.values(groupBy(rows, (row) => row.name_block ?? ''))
}

/** Clusters the authorships of a name. */
export const personsIn: PersonsOf = (block) =>
  isBlockOfCollaboration(block[0]?.name_block ?? '')
    ? oneOf(block)
    : personsOfAlike(withLikeNames(block).map(authorshipOf))

/** A row with the evidence of its paper, as `evidenceText` writes it. */
export type ReadRow = AuthorshipRow & { said: string | null }

interface Named {
  row: ReadRow
  name: PersonName
}

/** The authorships whose name fits that of another one; evidence does not apply to the rest. */
function withLikeNames(block: readonly ReadRow[]): Named[] {
  const named = block.flatMap((row): Named[] => {
    const name = parsePersonName(row.name)
    return name ? [{ row, name }] : []
  })
  const mayFit = likeNames(named.map(({ name }) => name))
  return named.filter(({ name }) => mayFit(name))
}

interface Placed extends Authorship {
  row: ReadRow
}

function authorshipOf({ row, name }: Named): Placed {
  const paper = readEvidence(row.said ?? '')
  const own = paper.keys[row.position - 1]
  return {
    row,
    name,
    key: `${paper.order}\t${row.position}`,
    tie: [
      row.affiliation ?? '',
      row.identifiers?.join(' ') ?? '',
      row.said ?? '',
      row.paper_id,
    ].join('\t'),
    paperId: row.paper_id,
    rank: bylineRank(row.position, paper.keys),
    coAuthors: new Set(paper.keys.filter((key) => key !== own)),
    affiliation: affiliationWords(row.affiliation),
    titleWords: paper.titleWords,
    topics: paper.topics,
    owners: paper.owners,
    year: paper.publishedOn === null ? null : Number(paper.publishedOn.slice(0, 4)),
    venue: paper.venue,
    unit: null,
    identifiers: row.identifiers ?? [],
    isSplitOff: isSplitOff(row.identifiers ?? []),
  }
}

/** The person of each authorship that evidence joins with others. The number depends on the authorships alone, not on their ids. */
function personsOfAlike(alike: Placed[]): Map<ReadRow, number> {
  const persons = new Map<ReadRow, number>()
  const taken = new Set<number>()
  for (const { members } of clusterAuthorships(withUnits(alike))) {
    const units = new Set(members.map(({ unit }, place) => unit ?? place))
    if (units.size < 2) continue
    let person = numberOf(members[0]?.key ?? '')
    while (taken.has(person)) person++
    taken.add(person)
    for (const { row } of members) persons.set(row, person)
  }
  return persons
}

/** One person for the whole block: the name alone suffices. */
function oneOf(block: readonly ReadRow[]): Map<ReadRow, number> {
  const person = numberOf(block[0]?.name_block ?? '')
  return new Map(block.length > 1 ? block.map((row) => [row, person]) : [])
}

/** A 48-bit hash of a text. */
function numberOf(text: string): number {
  return createHash('sha1').update(text).digest().readUIntBE(0, 6)
}

/** Joins authorships that share an identifier before clustering. Ignores identifiers that a decision assigned to another person. */
function withUnits(block: Placed[]): Placed[] {
  const placed = block.filter(({ identifiers }) => identifiers.length > 0)
  if (placed.length === 0) return block
  const bySlot = new Map(
    placed.map((one) => [slotOf(one.row, one.row.identifiers ?? [], null), one]),
  )
  for (const [unit, person] of groupSlots([...bySlot.keys()]).entries()) {
    const isDecided = person.identifiers.some((id) => !isStated(id))
    const lost = new Set(isDecided ? person.contested : [])
    for (const slot of person.slots) {
      const one = bySlot.get(slot)
      if (!one) continue
      one.unit = String(unit)
      if (lost.size > 0) one.identifiers = one.identifiers.filter((id) => !lost.has(id))
    }
  }
  return block
}

/** Adds to the result the authorships of a block that get another person, and the authors of those whose person is split. */
function compare(
  block: readonly ReadRow[],
  personOf: (row: ReadRow) => number | null,
  { changes, authorIds }: Clustered,
): void {
  const persons = new Set<number>()
  const authorOf = new Map<number, number>()
  for (const row of block) {
    const person = personOf(row)
    if (row.person !== person) {
      changes.push({ paperId: row.paper_id, position: row.position, person })
      authorIds.push(row.author_id)
      if (row.person !== null) persons.add(row.person)
      if (person !== null) persons.add(person)
    }
    if (person === null) continue
    const author = authorOf.get(person)
    if (author === undefined) authorOf.set(person, row.author_id)
    else if (author !== row.author_id) persons.add(person)
  }
  if (persons.size === 0) return
  for (const row of block)
    if ([row.person, personOf(row)].some((person) => person !== null && persons.has(person)))
      authorIds.push(row.author_id)
}

import { createHash } from 'node:crypto'
import { groupBy } from 'es-toolkit'
import { alias, columns, sql } from '../../../db/sql.ts'
import { authorships, papers, paperTopics } from '../../../db/tables/papers.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { type Authorship, clusterAuthorships } from '../../identity/cluster.ts'
import { likeNames } from '../../identity/name-block.ts'
import { type PersonName, parsePersonName } from '../../identity/person-name.ts'
import { affiliationWords, titleWords } from '../../identity/words.ts'
import { nameKey } from '../../record/title-key.ts'
import { groupSlots, type Slot } from './group.ts'
import { AUTHORSHIP_KEYS, type AuthorshipRow } from './known.ts'

const o = alias(authorships, 'o')
const p = alias(papers, 'p')
const pt = alias(paperTopics, 'pt')

/** What clustering some names changes. */
export interface Clustered {
  /** Authorships that evidence makes another person's, or nobody's any more. */
  changes: { paperId: number; position: number; person: number | null }[]
  /** The authors of all authorships that these are or were one with. */
  authorIds: number[]
}

/** Clusters all authorships of each of these names: see `domain/identity/cluster.ts`. */
export async function clusterBlocks(
  tx: Transaction,
  names: string[],
  shelf: PaperShelf,
): Promise<Clustered> {
  const rows = await tx.query<AuthorshipRow>(sql`
    select ${columns(authorships, ...AUTHORSHIP_KEYS)} from ${authorships}
    where ${authorships.nameBlock} = any(${names}::text[]) and ${authorships.nameBlock} <> ''`)
  const read = memoized(parsePersonName)
  const blocks = Object.values(groupBy(rows, (row) => row.name_block ?? '')).map((block) => ({
    block,
    alike: withLikeNames(block, read),
  }))
  const shown = await shelf.read(tx, [
    ...new Set(blocks.flatMap(({ alike }) => alike.map(({ row }) => row.paper_id))),
  ])
  const wordsOf = memoized(affiliationWords)
  const result: Clustered = { changes: [], authorIds: [] }
  for (const { block, alike } of blocks) {
    const persons = personsOf(alike.map((named) => authorshipOf(named, shown, wordsOf)))
    compare(block, (row) => persons.get(row) ?? null, result)
  }
  return result
}

interface Named {
  row: AuthorshipRow
  name: PersonName
}

/** Authorships whose name may fit that of another one: evidence has nothing to say of the rest. */
function withLikeNames(
  block: AuthorshipRow[],
  read: (printed: string) => PersonName | null,
): Named[] {
  const named = block.flatMap((row): Named[] => {
    const name = read(row.name)
    return name ? [{ row, name }] : []
  })
  const mayFit = likeNames(named.map(({ name }) => name))
  return named.filter(({ name }) => mayFit(name))
}

interface ShownPaper {
  /** The key of each name of the byline. */
  keys: string[]
  titleWords: Set<string>
  topics: Set<string>
  publishedOn: string | null
  venue: string | null
  /** What orders papers whatever their ids. */
  order: string
}

/** Papers that were read; those of one import have names of many blocks. */
export interface PaperShelf {
  read(tx: Transaction, ids: number[]): Promise<Map<number, ShownPaper>>
}

/** Papers kept between blocks: about 2 kB each. */
const MOST_PAPERS = 20_000

/** To be used for one run: what changes meanwhile is looked at again in the next. */
export function openShelf(): PaperShelf {
  const papers = new Map<number, ShownPaper>()
  let keyOf = memoized(nameKey)
  return {
    async read(tx, ids) {
      const missing = ids.filter((id) => !papers.has(id))
      if (papers.size + missing.length <= MOST_PAPERS) {
        await readPapers(tx, missing, papers, keyOf)
        return papers
      }
      papers.clear()
      keyOf = memoized(nameKey)
      await readPapers(tx, ids, papers, keyOf)
      return papers
    },
  }
}

/** Adds what each paper says about its authors. */
async function readPapers(
  tx: Transaction,
  ids: number[],
  papers: Map<number, ShownPaper>,
  keyOf: (name: string) => string,
): Promise<void> {
  if (ids.length === 0) return
  const rows = await tx.query<{
    id: number
    title_key: string
    published_on: string | null
    venue_id: number | null
    byline: string | null
    topics: string | null
  }>(sql`
    select ${p.id}, ${p.titleKey}, ${p.publishedOn}, ${p.venueId},
      (select string_agg(translate(${o.name}, E'\n', ' '), E'\n' order by ${o.position}) from ${o} where ${o.paperId} = ${p.id}) as byline,
      (select string_agg(${pt.topicId}::text, ' ') from ${pt} where ${pt.paperId} = ${p.id}) as topics
    from ${p} where ${p.id} = any(${ids}::bigint[])`)
  for (const { id, title_key, published_on, venue_id, byline, topics } of rows) {
    const keys = (byline ?? '').split('\n').map(keyOf)
    papers.set(id, {
      keys,
      titleWords: titleWords(title_key),
      topics: new Set(topics?.split(' ')),
      publishedOn: published_on,
      venue: venue_id === null ? null : String(venue_id),
      order: `${published_on ?? '~'}\t${title_key}\t${keys.join(';')}`,
    })
  }
}

interface Placed extends Authorship {
  row: AuthorshipRow
}

function authorshipOf(
  { row, name }: Named,
  papers: Map<number, ShownPaper>,
  wordsOf: (affiliation: string) => Set<string>,
): Placed {
  const paper = papers.get(row.paper_id)
  const own = paper?.keys[row.position - 1]
  return {
    row,
    name,
    key: `${paper?.order ?? ''}\t${row.position}`,
    paperId: row.paper_id,
    coAuthors: new Set(paper?.keys.filter((key) => key !== own)),
    affiliation: wordsOf(row.affiliation ?? ''),
    titleWords: paper?.titleWords ?? NONE,
    topics: paper?.topics ?? NONE,
    year: paper?.publishedOn ? Number(paper.publishedOn.slice(0, 4)) : null,
    venue: paper?.venue ?? null,
    unit: null,
    identifiers: row.identifiers ?? [],
  }
}

const NONE = new Set<string>()

/** The person of each authorship that evidence makes one with others; the same for the same authorships, whatever their ids. */
function personsOf(block: Placed[]): Map<AuthorshipRow, number> {
  const persons = new Map<AuthorshipRow, number>()
  const taken = new Set<number>()
  for (const { members } of clusterAuthorships(withUnits(block))) {
    const units = new Set(members.map(({ unit }, place) => unit ?? place))
    if (units.size < 2) continue
    let person = numberOf(members[0]?.key ?? '')
    while (taken.has(person)) person++
    taken.add(person)
    for (const { row } of members) persons.set(row, person)
  }
  return persons
}

/** Those that identifiers make one person's are one from the start. */
function withUnits(block: Placed[]): Placed[] {
  const placed = block.filter(({ identifiers }) => identifiers.length > 0)
  if (placed.length === 0) return block
  const bySlot = new Map(placed.map((one) => [slotOf(one.row), one]))
  for (const [unit, { slots }] of groupSlots([...bySlot.keys()]).entries())
    for (const slot of slots) {
      const one = bySlot.get(slot)
      if (one) one.unit = String(unit)
    }
  return block
}

function slotOf(row: AuthorshipRow): Slot {
  return {
    paperId: row.paper_id,
    position: row.position,
    name: row.name,
    affiliation: row.affiliation,
    identifiers: row.identifiers ?? [],
    nameBlock: row.name_block ?? '',
    person: null,
    authorIds: [row.author_id],
    isWritten: false,
  }
}

/** A number for a text, of 48 bits. */
function numberOf(text: string): number {
  return createHash('sha1').update(text).digest().readUIntBE(0, 6)
}

/** Adds to the result which authorships of a block are to have another person. */
function compare(
  block: AuthorshipRow[],
  personOf: (row: AuthorshipRow) => number | null,
  { changes, authorIds }: Clustered,
): void {
  const changed = block.filter((row) => row.person !== personOf(row))
  if (changed.length === 0) return
  const persons = new Set(changed.flatMap((row) => [row.person ?? [], personOf(row) ?? []].flat()))
  for (const row of changed) {
    changes.push({ paperId: row.paper_id, position: row.position, person: personOf(row) })
    authorIds.push(row.author_id)
  }
  for (const row of block)
    if ([row.person, personOf(row)].some((person) => person !== null && persons.has(person)))
      authorIds.push(row.author_id)
}

function memoized<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const value = compute(text)
    known.set(text, value)
    return value
  }
}

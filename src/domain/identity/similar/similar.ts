import { inArray } from 'drizzle-orm'
import { groupBy } from 'es-toolkit'
import type { Database } from '../../../db/client.ts'
import { orm } from '../../../db/orm.ts'
import { alias, raw, sql } from '../../../db/sql.ts'
import { authors } from '../../../db/tables/papers.ts'
import { countGivenNames, indexedBlock, mayBePerson, printedBlocks } from '../name-block.ts'
import { fitNames } from '../name-fit.ts'
import { readApart } from '../pairs/apart.ts'
import { type PersonName, parsePersonName } from '../person-name.ts'
import { readProfiles } from '../profiles.ts'
import { compareAuthors } from './compare.ts'
import { type Compared, readRivals, type SimilarAuthor, shareOut } from './rivals.ts'

/** Most authors of one family name and initial whose names are read, and most of them that are compared. */
export const SIMILAR_LIMITS = { names: 1000, authors: 50 }

/**
 * Other authors whose names fit that of each author, those first that are most likely the same person: four statements for
 * all, and two more where others may be meant, too. Authors are compared by their newest papers.
 */
export async function readSimilarAuthors(
  db: Database,
  authorIds: readonly number[],
): Promise<Map<number, SimilarAuthor[]>> {
  const found = await readNamesakes(db, authorIds)
  const wanted = new Set([...found].flatMap(([id, { others }]) => [id, ...others]))
  const profiles = await readProfiles(db, [...wanted])
  const apart = await readApart(db, [...wanted])
  const compared = [...found].flatMap(([id, { others, givenNames, named }]): Compared[] => {
    const own = profiles.get(id)
    if (!own) return []
    const list = others.flatMap((other) => {
      const profile = profiles.get(other)
      return profile ? { profile, ...compareAuthors(own, profile, givenNames, apart) } : []
    })
    return [{ own, others: list, givenNames, named }]
  })
  const rivals = await readRivals(db, compared, profiles, apart)
  const shared = new Map(compared.map((one) => [one.own.id, shareOut(one, rivals, apart)]))
  return new Map([...found.keys()].map((id) => [id, shared.get(id) ?? []]))
}

interface Namesakes {
  others: number[]
  /** Different given names of this family name and initial. */
  givenNames: number
  /** All of these blocks, those with most papers first. */
  named: { id: number; name: PersonName }[]
}

const c = alias(authors, 'c')

async function readNamesakes(
  db: Database,
  authorIds: readonly number[],
): Promise<Map<number, Namesakes>> {
  const own = await orm(db)
    .select({ id: authors.id, name: authors.name })
    .from(authors)
    .where(inArray(authors.id, [...authorIds]))
  const named = own.flatMap(({ id, name: printed }) => {
    const name = personOf(printed)
    return name ? { id, name, printed } : []
  })
  const blocks = named.flatMap(({ id, printed }) =>
    printedBlocks(printed).map((block) => ({ id, block })),
  )
  const rows = await db.query<{ of: number; id: number; name: string }>(sql`
    select distinct w.of, n.id, n.name, n.paper_count
    from unnest(${blocks.map(({ id }) => id)}::bigint[], ${blocks.map(({ block }) => block)}::text[]) as w(of, block)
    cross join lateral (
      select ${c.id}, ${c.name}, ${c.paperCount} from ${c}
      where ${indexedBlock(c)} = w.block
      order by ${c.paperCount} desc, ${c.id} limit ${raw(String(SIMILAR_LIMITS.names))}) n
    order by n.paper_count desc, n.id`)
  const found = groupBy(rows, (row) => row.of)
  return new Map(named.map(({ id, name }) => [id, namesakesOf(id, name, found[id] ?? [])]))
}

const personOf = (printed: string) => (mayBePerson(printed) ? parsePersonName(printed) : null)

function namesakesOf(
  id: number,
  name: PersonName,
  rows: readonly { id: number; name: string }[],
): Namesakes {
  const named = rows.flatMap((row) => {
    const other = row.id === id ? null : personOf(row.name)
    return other ? { id: row.id, name: other } : []
  })
  const others = named.flatMap((row) => {
    const fit = fitNames(name, row.name)
    return fit ? { id: row.id, isEqual: fit === 'equal' } : []
  })
  others.sort((x, y) => Number(y.isEqual) - Number(x.isEqual))
  return {
    others: others.slice(0, SIMILAR_LIMITS.authors).map((other) => other.id),
    givenNames: countGivenNames(
      name,
      rows.map((row) => row.name),
    ),
    named,
  }
}

import { inArray } from 'drizzle-orm'
import type { Database } from '../../../db/client.ts'
import { orm } from '../../../db/orm.ts'
import { authors } from '../../../db/tables/authors.ts'
import { readProfiles } from '../profiles.ts'
import { readApart } from './apart.ts'
import { compareAuthors } from './compare.ts'
import { readNamesakes } from './namesakes.ts'
import { type Compared, readRivals, type SimilarAuthor, shareOut } from './rivals.ts'

/**
 * Other authors whose names fit that of each author, the likeliest to be the same person first. Authors are compared by their newest papers.
 * Five statements for all, and two more if there may be rivals.
 */
export async function readSimilarAuthors(
  db: Database,
  authorIds: readonly number[],
): Promise<Map<number, SimilarAuthor[]>> {
  const named = await orm(db)
    .select({ id: authors.id, printed: authors.name })
    .from(authors)
    .where(inArray(authors.id, [...authorIds]))
  const { othersOf, givenNamesOf } = await readNamesakes(db, named)
  const wanted = new Set([...othersOf].flatMap(([id, others]) => [id, ...others]))
  const profiles = await readProfiles(db, [...wanted])
  const apart = await readApart(db, [...wanted])
  const compared = [...othersOf].flatMap(([id, others]): Compared[] => {
    const own = profiles.get(id)
    if (!own) return []
    const list = others.flatMap((other) => {
      const profile = profiles.get(other)
      if (!profile) return []
      return { profile, ...compareAuthors(own, profile, givenNamesOf(own, profile), apart) }
    })
    return [{ own, others: list }]
  })
  const rivals = await readRivals(db, compared, profiles, apart)
  const shared = new Map(compared.map((one) => [one.own.id, shareOut(one, rivals, apart)]))
  return new Map([...othersOf.keys()].map((id) => [id, shared.get(id) ?? []]))
}

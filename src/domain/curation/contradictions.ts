import { inArray } from 'drizzle-orm'
import { groupBy } from 'es-toolkit'
import { orm } from '../../db/orm.ts'
import { authorIdentifiers, authors } from '../../db/tables/authors.ts'
import type { Transaction } from '../../db/transaction.ts'
import { quote } from '../../errors.ts'
import { fitNames } from '../identity/name-fit.ts'
import { parsePersonName } from '../identity/person-name.ts'

/** Evidence against authors being one person, as sentences: incompatible names, and different identifiers of one scheme. */
export async function contradictionsOf(tx: Transaction, authorIds: number[]): Promise<string[]> {
  const named = await orm(tx)
    .select({ name: authors.name })
    .from(authors)
    .where(inArray(authors.id, authorIds))
    .orderBy(authors.id)
  const identifiers = await orm(tx)
    .select()
    .from(authorIdentifiers)
    .where(inArray(authorIdentifiers.authorId, authorIds))
    .orderBy(authorIdentifiers.scheme, authorIdentifiers.value)
  return [...ofNames(named.map(({ name }) => name)), ...ofIdentifiers(identifiers)]
}

/** For each name, the first other name that it does not fit. */
function ofNames(names: string[]): string[] {
  return names.flatMap((name, i) => {
    const other = names.slice(0, i).find((before) => !mayBeOne(before, name))
    return other === undefined ? [] : [`${quote(other)} and ${quote(name)} are different names.`]
  })
}

function mayBeOne(one: string, other: string): boolean {
  const [a, b] = [parsePersonName(one), parsePersonName(other)]
  return a === null || b === null || fitNames(a, b) !== null
}

function ofIdentifiers(identifiers: (typeof authorIdentifiers.$inferSelect)[]): string[] {
  const byScheme = groupBy(identifiers, ({ scheme }) => scheme)
  return Object.entries(byScheme).flatMap(([scheme, all]) => {
    const many = new Set(all.map(({ authorId }) => authorId)).size
    const values = all.map(({ value }) => value).join(', ')
    return many > 1 ? [`They have different identifiers of the scheme ${scheme}: ${values}.`] : []
  })
}

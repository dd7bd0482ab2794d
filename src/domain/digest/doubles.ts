import { and, eq, inArray } from 'drizzle-orm'
import { groupBy, uniq } from 'es-toolkit'
import { orm } from '../../db/orm.ts'
import { subscriptions } from '../../db/tables/digest.ts'
import type { Transaction } from '../../db/transaction.ts'
import { papersDocument, type SavedDocument } from '../saved/document.ts'
import { documentsNow } from '../saved/now.ts'
import { savedIdsNow } from '../saved/saved-query.ts'
import type { DigestSource } from './source.ts'
import type { Subscription } from './subscription.ts'

/** Those of these subscriptions that duplicate an older one of the subscriber after a merge. */
export async function findDoubles(
  tx: Transaction,
  due: readonly Subscription[],
): Promise<Set<number>> {
  if (due.length === 0) return new Set()
  const all = await orm(tx)
    .select()
    .from(subscriptions)
    .where(
      and(
        inArray(subscriptions.subscriberId, uniq(due.map((one) => one.subscriberId))),
        eq(subscriptions.state, 'active'),
      ),
    )
    .orderBy(subscriptions.id)
  const several = Object.values(
    groupBy(all, ({ subscriberId, frequency }) => `${subscriberId} ${frequency}`),
  ).filter((own) => own.length > 1)
  const keys = await sourceKeysNow(
    tx,
    several.flat().map(({ source }) => source as DigestSource),
  )
  const keyOf = new Map(several.flat().map(({ id }, i) => [id, keys[i]]))
  const doubles = several.flatMap((own) =>
    own.filter(({ id }, i) =>
      own.slice(0, i).some((older) => keyOf.get(older.id) === keyOf.get(id)),
    ),
  )
  return new Set(doubles.map(({ id }) => id))
}

/** Keys of sources, equal for sources that a merge has made equal: at most three statements. */
export async function sourceKeysNow(
  tx: Transaction,
  sources: readonly DigestSource[],
): Promise<string[]> {
  const saved = sources.flatMap((source) => (source.kind === 'saved' ? source.id : []))
  const ids = await savedIdsNow(tx, saved)
  const filters = sources.map((source): SavedDocument | null =>
    source.kind === 'trending' ? papersDocument({ filter: source.filter }) : null,
  )
  const now = await documentsNow(
    tx,
    filters.filter((one) => one !== null),
  )
  return sources.map((source, i) => {
    if (source.kind === 'saved')
      return keyOf({ kind: 'saved', id: ids.get(source.id) ?? source.id })
    const place = filters.slice(0, i).filter((one) => one !== null).length
    const document = now[place]
    return keyOf(document?.kind === 'papers' ? { ...source, filter: document.filter } : source)
  })
}

/** The key of a source. */
export const keyOf = (source: DigestSource): string => JSON.stringify(source)

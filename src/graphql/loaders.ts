import DataLoader from 'dataloader'
import type { FieldNode, GraphQLResolveInfo } from 'graphql'

type Batch<V, Id = number> = (ids: readonly Id[]) => Promise<Map<Id, V>>

/** Maximum parents per statement: more than pages within a page can hold, but not too many for an array. */
const MAX_BATCH = 10_000

/** Batches the loading of one request: what a field of the query loads is loaded for all its parents at once. */
export interface Loaders {
  /** The value that `batch` returns for `id`; undefined if it has none. `batch` is called with all ids requested in this turn. */
  load<V, Id extends number | string = number>(
    info: GraphQLResolveInfo,
    purpose: string,
    id: Id,
    batch: Batch<V, Id>,
  ): Promise<V | undefined>
  /** Like `load`, but shared by all fields with the same `purpose`, whatever they select. */
  loadShared<V>(purpose: string, id: number, batch: Batch<V>): Promise<V | undefined>
  /** The result of `work`, which runs once for the field whatever the number of its parents. */
  once<V>(info: GraphQLResolveInfo, purpose: string, work: () => Promise<V>): Promise<V>
  /** Discards everything loaded, because something was written. */
  forget(): void
}

export function createLoaders(): Loaders {
  const byField = new Map<string, Map<string, unknown>>()

  const keptUnder = <T>(key: string, purpose: string, make: () => T): T => {
    const byPurpose = byField.get(key) ?? new Map<string, unknown>()
    byField.set(key, byPurpose)
    if (!byPurpose.has(purpose)) byPurpose.set(purpose, make())
    return byPurpose.get(purpose) as T
  }
  const kept = <T>(info: GraphQLResolveInfo, purpose: string, make: () => T): T =>
    keptUnder(keyOfNodes(info.fieldNodes), purpose, make)

  return {
    load: (info, purpose, id, batch) => kept(info, purpose, () => batched(batch)).load(id),
    loadShared: (purpose, id, batch) => keptUnder('', purpose, () => batched(batch)).load(id),
    once: (info, purpose, work) => kept(info, purpose, work),
    forget: () => byField.clear(),
  }
}

const batched = <V, Id>(batch: Batch<V, Id>) =>
  new DataLoader<Id, V | undefined>(inOrder(batch), { maxBatchSize: MAX_BATCH })

const inOrder =
  <V, Id>(batch: Batch<V, Id>) =>
  async (ids: readonly Id[]) => {
    const found = await batch(ids)
    return ids.map((id) => found.get(id))
  }

/** A field selected by several nodes merges their selections, so each set of nodes counts as a field of its own. */
export function keyOfNodes(nodes: readonly FieldNode[]): string {
  return nodes.map(numberOf).join()
}

const numbers = new WeakMap<FieldNode, number>()
let lastNumber = 0

function numberOf(node: FieldNode): number {
  const known = numbers.get(node)
  if (known) return known
  numbers.set(node, ++lastNumber)
  return lastNumber
}

import { LRUCache } from 'lru-cache'

/** Clients send few different headers; whoever sends many cannot have them all kept. */
const MOST_KEPT = 200
const LONGEST_KEPT = 300

/** Reads each value of a header once. */
export function byHeader<T>(read: (header: string) => T): (header: string) => T {
  const known = new LRUCache<string, { value: T }>({ max: MOST_KEPT })
  return (header) => {
    const kept = known.get(header)
    if (kept) return kept.value
    const value = read(header)
    if (header.length <= LONGEST_KEPT) known.set(header, { value })
    return value
  }
}

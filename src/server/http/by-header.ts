import { LRUCache } from 'lru-cache'

/** Clients send few different values; a client that sends many must not fill the cache. */
const MOST_KEPT = 200
const LONGEST_KEPT = 300

/** Caches what is read from the values of a header. */
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

import { sortBy } from 'es-toolkit'
import { atLeast } from '../helpers/thorough.ts'

/** Pseudo-random numbers, equal for the same seed (mulberry32). */
export interface Random {
  /** From 0 to below 1. */
  part(): number
  /** A whole number from 0 to `below` - 1. */
  whole(below: number): number
  /** True with the probability `share`. */
  chance(share: number): boolean
  pick<T>(from: readonly T[]): T
  /** A random part of them, at least `least`, in their order. */
  some<T>(from: readonly T[], least: number, most: number): T[]
  /** All of them, in another order. */
  shuffled<T>(from: readonly T[]): T[]
}

/** The same in each run of `npm test`; a thorough run uses another seed each time, and prints it. */
export function drawn(): Random {
  const seed = atLeast(1, Date.now() % 2 ** 32)
  if (seed !== 1) console.info(`Drawn with the seed ${seed}`)
  return createRandom(seed)
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (below: number) => Math.floor(next() * below)
  const pick = <T>(from: readonly T[]): T => {
    if (from.length === 0) throw new Error('Nothing to pick from')
    return from[whole(from.length)] as T
  }
  return {
    part: next,
    whole,
    chance: (share) => next() < share,
    pick,
    some(from, least, most) {
      const wanted = Math.min(from.length, least + whole(most - least + 1))
      const places = new Set<number>()
      while (places.size < wanted) places.add(whole(from.length))
      return [...places].sort((a, b) => a - b).map((place) => from[place] as (typeof from)[number])
    },
    shuffled: (from) =>
      sortBy(
        from.map((one) => ({ one, at: next() })),
        ['at'],
      ).map(({ one }) => one),
  }
}

import { LRUCache } from 'lru-cache'
import type { Expectation } from './statement-queue.ts'

/** What is known of a statement by its text: how long a run usually takes, and its name. */
export interface KnownText extends Expectation {
  /** Under which it is prepared; undefined for one that runs unprepared. */
  name: string | undefined
}

export interface StatementTexts {
  /** Looks a text up, which counts as a use. `expectedMs` is believed until the first run. */
  use(text: string, expectedMs?: number): KnownText
  /** Rises each time all names are given up: a connection with statements of an earlier one is to be closed. */
  readonly generation: number
}

/** Most texts remembered. A client chooses the filters that make them up, so there may be any number. */
const MOST_TEXTS = 2_000

/** Most statements prepared; each takes memory on every connection. */
const MOST_PREPARED = 500

interface Entry extends KnownText {
  generation: number
}

/** Names the statements that are used again, and remembers how long each takes. */
export function createStatementTexts(): StatementTexts {
  const entries = new LRUCache<string, Entry>({ max: MOST_TEXTS })
  let generation = 0
  let prepared = 0
  return {
    get generation() {
      return generation
    },
    use(text, expectedMs = 1) {
      const entry = entries.get(text)
      if (!entry) {
        const first = { name: undefined, expectedMs, hasRun: false, generation }
        entries.set(text, first)
        return first
      }
      if (entry.name !== undefined && entry.generation === generation) return entry
      if (prepared === MOST_PREPARED) {
        generation++
        prepared = 0
      }
      entry.name = `g${generation}_${++prepared}`
      entry.generation = generation
      return entry
    },
  }
}

/**
 * Learns from a run. Runs are slowed by others, so a shorter one weighs much more: a statement stays a short one when
 * only some of its runs are short, and a long one is known after a few.
 */
export function learn(known: KnownText, ms: number): void {
  known.hasRun = true
  known.expectedMs += (ms - known.expectedMs) * (ms < known.expectedMs ? 0.5 : 0.03)
}

import { LRUCache } from 'lru-cache'
import type { Expectation } from './statement-queue.ts'

/** Facts about a statement by its text: its name, and how long a run usually takes. */
export interface KnownText extends Expectation {
  /** The name under which it is prepared; undefined if it runs unprepared. */
  name: string | undefined
}

export interface StatementTexts {
  /** Looks a text up, which counts as a use. `expectedMs` applies until the first run. */
  use(text: string, expectedMs?: number): KnownText
  /** Increases each time all names are given up. A connection with statements of an earlier generation must be closed. */
  readonly generation: number
}

/** Maximum number of remembered texts. Clients choose the filters in them, so there may be any number. */
const MOST_TEXTS = 2_000

/** Maximum number of prepared statements; each takes memory on every connection. */
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
 * Learns from a run. Other statements slow runs down, so a shorter run weighs much more: a statement stays short if some of its runs are
 * short, and a long one is recognised after a few runs.
 */
export function learn(known: KnownText, ms: number): void {
  known.hasRun = true
  known.expectedMs += (ms - known.expectedMs) * (ms < known.expectedMs ? 0.5 : 0.03)
}

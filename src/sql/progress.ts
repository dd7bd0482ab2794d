/** What a long pass over the catalogue heeds and tells. */
export interface PassOptions {
  /** Ends it in order; called again, it goes on. */
  signal?: AbortSignal | undefined
  /** Told in sentences, now and then, how far it is. */
  tell?: ((message: string) => void) | undefined
}

/** Passes of most catalogues are over sooner, and then say nothing. */
const EVERY_MS = 10_000

/** A function that is told after each step what part is done, from 0 to 1, and passes it on now and then. */
export function telling(tell: PassOptions['tell'], what: string): (part: number) => void {
  let toldAt = Date.now()
  return (part) => {
    const now = Date.now()
    if (!tell || now - toldAt < EVERY_MS) return
    toldAt = now
    tell(`${what}: ${Math.floor(100 * Math.min(1, part))}% done.`)
  }
}

/** Called when a step begins, and again as it goes on: `what` is being done, and what part of it is done, from 0 to 1; null where it is not known. */
export type OnStep = (what: string, part: number | null) => void

/** What a long pass over the catalogue heeds and tells. */
export interface PassOptions {
  /** Ends it in order; called again, it goes on. */
  signal?: AbortSignal | undefined
  onStep?: OnStep | undefined
}

/** Tells that a step begins. Returns a function that takes the part that is done. */
export function beginStep(onStep: OnStep | undefined, what: string): (part: number) => void {
  onStep?.(what, null)
  return (part) => onStep?.(what, Math.min(1, part))
}

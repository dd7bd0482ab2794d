/** Called when a step begins and as it progresses, with its name and the part that is done, from 0 to 1; null if the part is unknown. */
export type OnStep = (what: string, part: number | null) => void

/** Options of a long pass over the catalogue. */
export interface PassOptions {
  /** Stops the pass in order; running it again resumes it. */
  signal?: AbortSignal | undefined
  onStep?: OnStep | undefined
}

/** Reports the start of a step. Returns a function that reports the part that is done. */
export function beginStep(onStep: OnStep | undefined, what: string): (part: number) => void {
  onStep?.(what, null)
  return (part) => onStep?.(what, Math.min(1, part))
}

/** Who decides, and why. */
export interface Decider {
  by: string
  reason: string | null
}

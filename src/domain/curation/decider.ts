/** The person who decides, and the reason. */
export interface Decider {
  by: string
  reason: string | null
}

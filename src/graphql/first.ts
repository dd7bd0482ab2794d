import type { KeysetOrder } from '../db/keyset.ts'
import { parsePage } from './connection.ts'

/** The argument of a list that has no pages. */
export const firstArg = (defaultValue: number) => ({
  type: 'Int' as const,
  required: true as const,
  defaultValue,
  description: 'How many, 0 to 100.',
})

/** Reads that argument. Throws BAD_USER_INPUT when it is out of range. */
export function parseFirst(first: number): number {
  return parsePage({ first }, NO_ORDER).limit
}

const NO_ORDER: KeysetOrder<never> = { name: '', direction: 'asc', keys: [], valuesOf: () => [] }

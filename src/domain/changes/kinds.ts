import type { ChangeKind } from '../../db/tables/vocabulary.ts'
import { badInput } from '../../errors.ts'

/** The requested kinds, each once; null for all. Throws BAD_USER_INPUT for an empty list, which would match nothing. */
export function wantedKinds(kinds: readonly ChangeKind[] | null | undefined): ChangeKind[] | null {
  if (kinds == null) return null
  if (kinds.length > 0) return [...new Set(kinds)]
  throw badInput('kinds is empty; expected at least one kind of change, or null.')
}

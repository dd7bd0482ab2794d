import type { ChangeKind } from '../../db/tables/vocabulary.ts'
import { badInput } from '../../errors.ts'

/** The kinds that a client asks for, each once; null where it names none. Throws BAD_USER_INPUT for a list of none, from which nothing would ever come. */
export function wantedKinds(kinds: readonly ChangeKind[] | null | undefined): ChangeKind[] | null {
  if (kinds == null) return null
  if (kinds.length > 0) return [...new Set(kinds)]
  throw badInput('kinds is empty; expected at least one kind of change, or null.')
}

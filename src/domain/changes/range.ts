import type { Database } from '../../db/client.ts'
import { badInput } from '../../errors.ts'
import { assertReadable, parseChangeCursor } from './cursor.ts'
import { readLogState } from './read.ts'

/** The changes after one cursor and up to another, as numbers of the log; null for its end. */
export interface ChangeRange {
  after: number
  upTo: number | null
}

/**
 * Reads two cursors: one statement. Throws BAD_USER_INPUT for an invalid cursor, and CONFLICT for one after which changes are missing.
 */
export async function changesBetween(
  db: Database,
  since: string,
  until: string | null | undefined,
): Promise<ChangeRange> {
  const from = parseChangeCursor(since, 'since')
  const to = until == null ? null : parseChangeCursor(until, 'until')
  const state = await readLogState(db)
  assertReadable(from, state, 'since')
  if (to) {
    assertReadable(to, state, 'until')
    if (to.id < from.id) throw badInput('until: the cursor is before that of since.')
  }
  return { after: from.id, upTo: to?.id ?? null }
}

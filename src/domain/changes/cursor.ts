import { AppError, badInput, quote } from '../../errors.ts'

/** A position in the log of changes: after the change with this number. */
export interface ChangePlace {
  /** The log of the position. */
  log: string
  id: number
}

/** The state of the log. */
export interface LogState {
  log: string
  forgottenThrough: number
  /** The last number assigned to a change. */
  last: number
}

const FORM = /^([0-9a-f]{16})-(0|[1-9]\d{0,15})$/

export const changeCursor = ({ log, id }: ChangePlace): string => `${log}-${id}`

/** Parses a cursor of changes. Throws BAD_USER_INPUT for other texts. */
export function parseChangeCursor(text: string, argument: string): ChangePlace {
  const [, log, digits] = FORM.exec(text.trim()) ?? []
  const id = Number(digits)
  if (log !== undefined && Number.isSafeInteger(id)) return { log, id }
  throw badInput(
    `${argument}: ${quote(text)} is not a cursor of changes; expected the endCursor of a page, the cursor of a change, or the one in the first line of an export.`,
  )
}

/** Throws CONFLICT for a position after which changes are missing. */
export function assertReadable(place: ChangePlace, state: LogState, argument: string): void {
  const reason =
    place.log !== state.log
      ? 'is of another catalogue, or of this one before it was restored from a backup'
      : place.id > state.last
        ? 'is ahead of this catalogue, which was set back to an earlier state'
        : place.id < state.forgottenThrough
          ? 'is older than the changes that are kept'
          : null
  if (reason === null) return
  throw new AppError(
    'CONFLICT',
    `${argument}: the cursor ${quote(changeCursor(place))} ${reason}. Resync: take a new export with "paperql export jsonl", and go on from the cursor in its first line.`,
  )
}

import { raw, type Sql, sql } from '../../../db/sql.ts'

/** The scheme of operators' decisions among the identifiers of a byline. The value is the number of the decision and the part. */
export const DECISION = 'decision'
const SCHEME = `${DECISION}:`

/** The part of a split whose bylines get a new author id. */
const SPLIT_OFF = '1'

/** The identifier that assigns a byline to a part of a decision. */
export const decisionId = (decision: number, part: number): string => `${SCHEME}${decision}.${part}`

export const isDecision = (identifier: string): boolean => identifier.startsWith(SCHEME)

/** The number of the decision in such an identifier. */
export const decisionIn = (identifier: string): number => Number(partsOf(identifier)[0])

/** Whether an operator split a byline off; the other bylines keep the author's id. */
export const isSplitOff = (identifiers: readonly string[]): boolean =>
  identifiers.some((id) => isDecision(id) && partsOf(id)[1] === SPLIT_OFF)

const partsOf = (identifier: string) => identifier.slice(SCHEME.length).split('.')

/** `isDecision` in SQL. */
export const isDecisionSql = (identifier: Sql): Sql =>
  sql`${identifier} like ${raw(`'${SCHEME}%'`)}`

/** `decisionIn` in SQL. */
export const decisionInSql = (identifier: Sql): Sql =>
  sql`split_part(split_part(${identifier}, ':', 2), '.', 1)::bigint`

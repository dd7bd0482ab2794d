import { raw, type Sql, sql } from '../../../db/sql.ts'

/** The scheme of what operators decided, among the identifiers of a byline: the value is the decision and its part. */
export const DECISION = 'decision'
const SCHEME = `${DECISION}:`

/** The part of a decision that leaves the author's id to the others. */
const SPLIT_OFF = '1'

/** What a decision says of a byline, as an identifier. */
export const decisionId = (decision: number, part: number): string => `${SCHEME}${decision}.${part}`

export const isDecision = (identifier: string): boolean => identifier.startsWith(SCHEME)

/** The number of the decision of such an identifier. */
export const decisionIn = (identifier: string): number => Number(partsOf(identifier)[0])

/** Whether an operator split a byline off, which leaves the author's id to the others. */
export const isSplitOff = (identifiers: readonly string[]): boolean =>
  identifiers.some((id) => isDecision(id) && partsOf(id)[1] === SPLIT_OFF)

const partsOf = (identifier: string) => identifier.slice(SCHEME.length).split('.')

/** `isDecision` in a statement. */
export const isDecisionSql = (identifier: Sql): Sql =>
  sql`${identifier} like ${raw(`'${SCHEME}%'`)}`

/** `decisionIn` in a statement. */
export const decisionInSql = (identifier: Sql): Sql =>
  sql`split_part(split_part(${identifier}, ':', 2), '.', 1)::bigint`

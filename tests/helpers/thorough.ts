/**
 * Whether tests cover all of many similar cases: every paper of the real lists, more random examples, more kills. `npm test` covers a part,
 * so that it ends within minutes; TEST_THOROUGH=1 covers all.
 */
const isThorough = process.env.TEST_THOROUGH === '1'

/** The second value in a thorough run, otherwise the first. */
export const atLeast = <Value>(few: Value, all: Value): Value => (isThorough ? all : few)

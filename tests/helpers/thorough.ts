/**
 * Whether tests take all of what is alike: every paper of the real lists, more drawn examples, more kills. `npm test` takes part of
 * it, so that it ends within minutes; TEST_THOROUGH=1 takes all.
 */
const isThorough = process.env.TEST_THOROUGH === '1'

/** The second value where tests are to be thorough, else the first. */
export const atLeast = <Value>(few: Value, all: Value): Value => (isThorough ? all : few)

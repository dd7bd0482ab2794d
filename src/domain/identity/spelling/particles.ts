import { readWords } from '../counts/read.ts'

/** Words that are printed before a family name: apart, joined to it, or left out. */
const PARTICLES = 'al da de del di dos du el la le st van von'

/** Those by which a name is looked up in one word and in two: Le Cun, LeCun. Ben and Do are names, too. */
export const APART_OR_JOINED = readWords(`${PARTICLES} della der mac mc o san ten ter`)

/** Those that names in capitals have. Mc may be initials there. */
export const IN_CAPITALS = readWords(`${PARTICLES} ben bin der do`)

const JOINED = readWords(
  `${PARTICLES} abu ben bin das dela della delos des do ibn mac mc san ten ter vanden vander`,
)

/** What may be left out of a family name in one word, the longest that leaves three letters. */
export const PARTICLE_AT_START = new RegExp(
  `^(?:${[...JOINED].sort((x, y) => y.length - x.length).join('|')})(?=.{3})`,
)

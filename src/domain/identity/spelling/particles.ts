import { readWords } from '../counts/read.ts'

/** Words before a family name that are printed apart, joined to it, or left out. */
const PARTICLES = 'al da de del di dos du el la le st van von'

/** Particles for which a name is looked up both joined and apart: Le Cun, LeCun. Without Ben and Do, which are also names. */
export const APART_OR_JOINED = readWords(`${PARTICLES} della der mac mc o san ten ter`)

/** Particles in names in capitals. Without Mc, which may be initials there. */
export const IN_CAPITALS = readWords(`${PARTICLES} ben bin den der do ten ter`)

const JOINED = readWords(
  `${PARTICLES} abdul abu ben bin das dela della delos des do ibn mac mc san ten ter vanden vander vonden vonder`,
)

/** Particles whose last letter may belong to the next word, with the condition for a particle: Deluca is De Luca, Desantis De Santis, Delange De Lange. */
const BEFORE_CONSONANTS: Record<string, string> = {
  del: 'del(?![aeiou])',
  dela: 'dela(?=[^aeiou][aeiouhlr])',
  des: 'des(?![aeiou])',
  dos: 'dos(?![aeiou])',
}

/** The particle at the start of a family name printed as one word: the longest that leaves three letters. */
export const PARTICLE_AT_START = new RegExp(
  `^(?:${[...JOINED]
    .sort((x, y) => y.length - x.length)
    .map((word) => BEFORE_CONSONANTS[word] ?? word)
    .join('|')})(?=.{3})`,
)

/** Names after O'. Other names that begin with o do not have this prefix. */
const AFTER_O = readWords(
  'briain brien bryan callaghan carroll cathain ceallaigh cleirigh conaill connell connor dea dochartaigh doherty domhnaill donnell donoghue donovan dowd driscoll dwyer flaherty flynn gorman grady hagan halloran hanlon hara hare kane keefe keeffe kelly laoire leary loughlin mahony malley mara meara murchu neil neill nolan regan reilly riordain riordan rorke rourke shaughnessy shea suilleabhain sullivan toole',
)
/** Names after D' whose letters could also follow Da, De, Di or Do: D'Amico. */
const AFTER_D = readWords(
  'acunto agostino alema alessandri alessandro alessio alo amato amelio amico aniello apice apolito aquino arienzo ario ascanio ascenzo ascoli astous avino azeglio elia eramo esposito este ippolito onofrio orazio oria oro ottavio ovidio',
)
/** Other names after D', recognised because no name begins with the letters after the vowel or the D: D'Angelo, D'Aubigné, D'Souza. */
const SHOWS_D =
  /^d(?:[aeiou](?:[lmnr](?![aeiouyh])|(?<=a)u)|(?=[bcfghklmnpst])(?!hu?[aeiou]{2})).{2}/

/** Whether a family name in one word begins with O' or D', which others print apart or with an apostrophe. */
export const isAfterApostrophe = (family: string): boolean =>
  (family[0] === 'o' && AFTER_O.has(family.slice(1))) ||
  (family[0] === 'd' && (AFTER_D.has(family.slice(1)) || SHOWS_D.test(family)))

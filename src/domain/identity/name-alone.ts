import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { nameKey } from '../record/title-key.ts'
import { LEAST } from './cluster.ts'
import { WEIGHTS } from './evidence.ts'
import { nameBlock } from './name-block.ts'
import {
  expectedNamesakes,
  isInitial,
  isPinyin,
  type PersonName,
  parsePersonName,
} from './person-name.ts'
import { signalsWanted } from './support.ts'

/** Names that are remembered: an import meets most of them several times. */
const REMEMBERED = 20_000
const known = new LRUCache<string, { person: number | null }>({ max: REMEMBERED })

/**
 * What bylines of a name have as their person before they are clustered, and where the cluster is called by that name: a number made
 * of the name as printed and its block. Null where the name alone does not say that they are one person's.
 */
export function personOfName(printed: string): number | null {
  const before = known.get(printed)
  if (before) return before.person
  const name = parsePersonName(printed)
  const block = nameBlock(printed, 1)
  const isKnown = name !== null && block !== '' && isEnoughAlone(name)
  const person = isKnown ? numberOf(`${block}\n${nameKey(printed)}`) : null
  known.set(printed, { person })
  return person
}

/** Whether clustering makes two bylines of the name one person's that have nothing in common, as far as nothing speaks against it. */
function isEnoughAlone(name: PersonName): boolean {
  const people = expectedNamesakes(name, 1)
  const bearer = {
    people,
    isInitial: isInitial(name.given[0] ?? ''),
    isPinyin: isPinyin(name),
    isSplitOff: false,
  }
  if (signalsWanted(bearer, bearer) > 0) return false
  const { base, namesakes, nothingShared, nothingSharedInPinyin } = WEIGHTS
  const nothing = nothingShared + (bearer.isPinyin ? nothingSharedInPinyin : 0)
  return base + namesakes * Math.log(people) + nothing >= LEAST
}

/** A number for a text, of 48 bits. */
export function numberOf(text: string): number {
  return createHash('sha1').update(text).digest().readUIntBE(0, 6)
}

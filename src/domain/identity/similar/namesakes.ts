import { memoize, once, partition } from 'es-toolkit'
import { LRUCache } from 'lru-cache'
import type { Database } from '../../../db/client.ts'
import { authorsByKeys, type KeyedAuthor } from '../authors-by-keys.ts'
import {
  givenNamesByFamily,
  isWordsKey,
  keysOf,
  mayBePerson,
  printedBlocks,
} from '../name-block.ts'
import { familyKey, fitNames } from '../name-fit.ts'
import { type PersonName, parsePersonName } from '../person-name.ts'
import { readNearest } from './nearest.ts'

/** Limit of authors compared with one author. */
export const MOST_COMPARED = 50

export interface NamedAuthor {
  id: number
  printed: string
}

/** Authors with names that fit one another. */
export interface Namesakes {
  /**
   * By author id: the ids of the authors to compare. Equal names come first, then those with the most papers. If too many fit, those who have most
   * in common with the author.
   */
  othersOf: ReadonlyMap<number, readonly number[]>
  /** Number of different given names here with the rarer of two family names; the same from both sides. */
  givenNamesOf: (one: NamedAuthor, other: NamedAuthor) => number
}

/** A printed name with the keys for its lookup. */
interface Reading {
  name: PersonName
  /** Its own keys in the indexes. */
  keys: () => readonly string[]
  /** The keys of all names that may fit it. Lazy, because most names that are read do not need them. */
  blocks: () => ReadonlySet<string>
}

interface Row extends NamedAuthor {
  reading: Reading
  papers: number
}

/**
 * Authors whose names fit. Two authors find each other, or neither finds the other, unless more have the name than
 * are read or compared. One statement for all, and another if more fit an author than are compared.
 */
export async function readNamesakes(
  db: Database,
  wanted: readonly NamedAuthor[],
): Promise<Namesakes> {
  const { fitting, givenNamesOf } = await readFitting(db, wanted)
  const most = MOST_COMPARED
  const tooMany = new Map([...fitting].filter(([, others]) => others.length > most))
  const nearest = tooMany.size > 0 ? await readNearest(db, tooMany) : tooMany
  const othersOf = [...fitting].map(([id, others]): [number, number[]] => {
    return [id, (nearest.get(id) ?? others).slice(0, most)]
  })
  return { othersOf: new Map(othersOf), givenNamesOf }
}

/** How many of the authors read have a name that fits each author's. One statement for all. */
export async function countNamesakes(
  db: Database,
  wanted: readonly NamedAuthor[],
): Promise<Map<number, number>> {
  const { fitting } = await readFitting(db, wanted)
  return new Map([...fitting].map(([id, others]) => [id, others.length]))
}

async function readFitting(db: Database, wanted: readonly NamedAuthor[]) {
  const own = wanted.flatMap(({ id, printed }) => {
    const reading = readingOf(printed)
    return reading ? { id, printed, reading } : []
  })
  const blocks = new Set(own.flatMap(({ reading }) => [...reading.blocks()]))
  const byBlock = await readBlocks(db, [...blocks])
  return {
    fitting: new Map(own.map((one) => [one.id, othersOf(one, byBlock)])),
    givenNamesOf: givenNamesIn(byBlock),
  }
}

/** Cached, because authors of one name are compared with one another. */
const known = new LRUCache<string, { reading: Reading | null }>({
  max: 5_000,
  memoMethod: (printed) => ({ reading: read(printed) }),
})

const readingOf = (printed: string): Reading | null => known.memo(printed).reading

function read(printed: string): Reading | null {
  const name = mayBePerson(printed) ? parsePersonName(printed) : null
  return (
    name && {
      name,
      keys: once(() => keysOf(printed)),
      blocks: once(() => new Set(printedBlocks(printed))),
    }
  )
}

async function readBlocks(db: Database, keys: readonly string[]): Promise<Map<string, Row[]>> {
  const [words, blocks] = partition(keys, isWordsKey)
  const found = await authorsByKeys(db, { blocks, words })
  const rowsOf = (of: readonly KeyedAuthor[]) =>
    of.flatMap(({ id, name: printed, paperCount: papers }) => {
      const reading = readingOf(printed)
      return reading ? { id, printed, reading, papers } : []
    })
  return new Map(Object.entries(found).map(([key, of]) => [key, rowsOf(of)]))
}

function othersOf(
  { id: ownId, reading: own }: Pick<Row, 'id' | 'reading'>,
  byBlock: ReadonlyMap<string, Row[]>,
): number[] {
  const fitOf = memoize(({ name, blocks }: Reading) => {
    const fit = fitNames(own.name, name)
    return fit !== null && own.keys().some((key) => blocks().has(key)) ? fit : null
  })
  const seen = new Set([ownId])
  const fitting: (Pick<Row, 'id' | 'papers'> & { isEqual: boolean })[] = []
  for (const block of own.blocks())
    for (const { id, reading, papers } of byBlock.get(block) ?? []) {
      if (seen.has(id)) continue
      seen.add(id)
      const fit = fitOf(reading)
      if (fit) fitting.push({ id, papers, isEqual: fit === 'equal' })
    }
  fitting.sort(
    (x, y) => Number(y.isEqual) - Number(x.isEqual) || y.papers - x.papers || x.id - y.id,
  )
  return fitting.map(({ id }) => id)
}

/** Counts given names among the names that may fit both authors. */
function givenNamesIn(byBlock: ReadonlyMap<string, Row[]>): Namesakes['givenNamesOf'] {
  const families = memoize((block: string) =>
    givenNamesByFamily((byBlock.get(block) ?? []).map(({ reading }) => reading.name)),
  )
  // Memoized, because most pairs of a family name share the same blocks.
  const countIn = memoize(
    ([blocks, family]: readonly [readonly string[], string]) => {
      const all = new Set<string>()
      for (const block of blocks)
        for (const given of families(block).get(family) ?? []) all.add(given)
      return all.size
    },
    { getCacheKey: ([blocks, family]) => `${family}\n${blocks.join('\n')}` },
  )
  return ({ printed: one }, { printed: other }) => {
    const [a, b] = [readingOf(one), readingOf(other)]
    if (!a || !b) return 0
    const common = [...a.blocks()].filter((block) => b.blocks().has(block)).sort()
    return Math.min(...[a, b].map(({ name }) => countIn([common, familyKey(name.family)])))
  }
}

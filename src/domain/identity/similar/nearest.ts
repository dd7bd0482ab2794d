import type { Database } from '../../../db/client.ts'
import { alias, raw, sql } from '../../../db/sql.ts'
import { authorships } from '../../../db/tables/authors.ts'
import { paperEvidence } from '../../../db/tables/people.ts'
import { RARITIES, WEIGHTS } from '../evidence.ts'
import { readEvidence } from '../paper-evidence.ts'
import { PROFILE_LIMITS } from '../profiles.ts'
import { affiliationWords } from '../words.ts'

/** Newest papers read for each namesake. For the author, all that are compared. */
const PAPERS = raw('5')
const OWN_PAPERS = raw(String(PROFILE_LIMITS.papers))

const l = alias(authorships, 'l')
const e = alias(paperEvidence, 'e')

interface Row {
  id: number
  position: number
  affiliation: string | null
  said: string
}

/** Words, names and accounts of an author's papers, each with its weight if others share it. */
type Words = Map<string, number>

/**
 * The namesakes of each author, those with most in common first, by co-authors, affiliation, titles and accounts, then in the given order. If more
 * have a name than can be compared, those of one person would otherwise be missed. One statement for all.
 */
export async function readNearest(
  db: Database,
  namesakes: ReadonlyMap<number, readonly number[]>,
): Promise<Map<number, number[]>> {
  const wanted = [...new Set([...namesakes].flatMap(([id, others]) => [id, ...others]))]
  const rows = await db.query<Row>(sql`
    select w.id, n.position, n.affiliation, ${e.said}
    from (select v as id, v = any(${[...namesakes.keys()]}::bigint[]) as is_own from unnest(${wanted}::bigint[]) v) w
    cross join lateral (
      select ${l.paperId}, ${l.position}, ${l.affiliation} from ${l} where ${l.authorId} = w.id
      order by ${l.publishedSort} desc, ${l.paperId} desc limit case when w.is_own then ${OWN_PAPERS} else ${PAPERS} end) n
    join ${e} on ${e.paperId} = n.paper_id`)
  const words = new Map<number, Words>()
  for (const row of rows) words.set(row.id, addWords(row, words.get(row.id) ?? new Map()))
  return new Map(
    [...namesakes].map(([id, others]) => {
      const own = words.get(id) ?? new Map<string, number>()
      const ranked = others.map((other, at) => ({
        other,
        at,
        weight: inCommon(own, words.get(other)),
      }))
      ranked.sort((x, y) => y.weight - x.weight || x.at - y.at)
      return [id, ranked.map(({ other }) => other)]
    }),
  )
}

function addWords({ position, affiliation, said }: Row, words: Words): Words {
  const { keys, titleWords, owners } = readEvidence(said)
  for (const key of keys)
    if (key !== keys[position - 1])
      words.set(`c ${key}`, WEIGHTS.coAuthor * RARITIES.coAuthors(key))
  for (const word of affiliationWords(affiliation))
    words.set(`a ${word}`, WEIGHTS.affiliation * RARITIES.affiliation(word))
  for (const word of titleWords)
    words.set(`t ${word}`, WEIGHTS.titleWord * RARITIES.titleWords(word))
  for (const owner of owners) words.set(`o ${owner}`, WEIGHTS.repositoryOwner)
  return words
}

function inCommon(own: Words, other: Words | undefined): number {
  if (!other) return 0
  const [few, many] = own.size < other.size ? [own, other] : [other, own]
  let total = 0
  for (const [word, weight] of few) if (many.has(word)) total += weight
  return total
}

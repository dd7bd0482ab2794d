import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Access } from '../../src/graphql/access.ts'
import { schema } from '../../src/graphql/index.ts'
import type { TestDatabase } from '../helpers/database.ts'
import { atLeast } from '../helpers/thorough.ts'
import { createFuzzedDatabase } from './catalogue.ts'
import { type GeneratedQuery, generateQuery } from './generate-query.ts'
import { askOverHttp, startFuzzedServer } from './over-http.ts'
import { createRandom } from './random.ts'
import { shrink } from './shrink.ts'
import { createHarvest, gather } from './values.ts'
import { answerAllWays, disagreement, type Ways } from './ways.ts'

/** `npm run fuzz` sets these; the suite always runs the same queries. */
const SEED = Number(process.env.FUZZ_SEED ?? 1)
const COUNT = Number(process.env.FUZZ_QUERIES ?? atLeast(120, 200))

/** Share of the queries that are also sent over HTTP. */
const HTTP_SHARE = 0.2

/** A run gives up after it has printed this number of failures. */
const MOST_FAILURES = 10

/** Maximum time for one query, on a shared machine. */
const QUERY_TIMEOUT_MS = 1000

/** Supplies ids and cursors for the first queries. */
const FIRST: GeneratedQuery = {
  query: `{
    papers(first: 20) { edges { cursor node { id title venue { id } citations { edges { cursor } }
      references { edges { cursor } } authorships { edges { cursor node { author { id } } } }
      topics { edges { cursor node { id } } } repositories { edges { cursor node { id } } } } } }
    authors { edges { cursor node { name coAuthors(first: 2) { edges { cursor } } } } }
    topics { edges { cursor node { name children { edges { cursor } } } } }
    venues { edges { cursor } } repositories { edges { cursor } } imports { edges { cursor node { id } } }
    search(query: "neural") { edges { cursor } } }`,
  variables: {},
}

let t: TestDatabase
let server: Awaited<ReturnType<typeof startFuzzedServer>>
beforeAll(async () => {
  t = await createFuzzedDatabase()
  server = await startFuzzedServer(t)
})
afterAll(async () => {
  await server?.stop()
  await t?.close()
})

test(
  'all ways of answering give equal answers',
  async () => {
    const random = createRandom(SEED)
    const harvest = createHarvest()
    gather(random, harvest, (await answerAllWays(schema, t.db, FIRST, 'admin')).data)
    const counts = { asked: 0, refused: 0, postgres: 0, both: 0, withErrors: 0, overHttp: 0 }
    const failures: string[] = []
    for (; counts.asked < COUNT && failures.length < MOST_FAILURES; counts.asked++) {
      const query = generateQuery(schema, random, harvest)
      const access = random.chance(0.3) ? 'admin' : 'anonymous'
      const ways = await answerAllWays(schema, t.db, query, access)
      gather(random, harvest, ways.data)
      count(counts, ways)
      if (disagreement(ways)) failures.push(`query ${counts.asked} ${await report(query, access)}`)
      else if (random.chance(HTTP_SHARE)) {
        counts.overHttp++
        const fault = await askOverHttp(server.url, query, access, ways)
        if (fault) failures.push(`query ${counts.asked} ${print(query, access, fault)}`)
      }
    }
    console.log(`seed ${SEED}: ${JSON.stringify(counts)}`)
    expect(failures.join('\n\n')).toBe('')
    // Otherwise little would be compared.
    expect(counts.postgres).toBeGreaterThan(COUNT / 10)
    expect(counts.both).toBeGreaterThan(COUNT / 40)
    expect(counts.withErrors).toBeLessThan(COUNT / 2)
  },
  COUNT * QUERY_TIMEOUT_MS,
)

function count(counts: Record<string, number>, { told, by, data }: Ways): void {
  const add = (name: string, isSo: boolean) => {
    counts[name] = (counts[name] ?? 0) + Number(isSo)
  }
  add('refused', data === undefined)
  add('postgres', by === 'postgres')
  add('both', by === 'both')
  add('withErrors', told.first?.includes('"errors"') ?? false)
}

/** The smallest query found that fails in any way, with the answers. */
async function report(failing: GeneratedQuery, access: Access): Promise<string> {
  const faultOf = async (query: GeneratedQuery) =>
    disagreement(await answerAllWays(schema, t.db, query, access))
  const smallest = await shrink(failing, async (query) => (await faultOf(query)) !== null)
  return print(smallest, access, (await faultOf(smallest)) ?? 'does not fail each time')
}

function print({ query, variables }: GeneratedQuery, access: Access, fault: string): string {
  return `of seed ${SEED} (${access})\n${query}\n${JSON.stringify(variables)}\n${fault}`
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { findInstitutions } from '../../../src/domain/institutions/reference.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import type { AppError } from '../../../src/errors.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'

/** The printed affiliation, and the institution and short form that a list assigns to it; none if it names none. */
type Byline = [printed: string, institution?: string, acronym?: string]

/** Places, each with its university, one institution with the place in its name, and one university of another place. */
const PLACES = ['Columbia', 'Washington', 'Michigan', 'Zorbia'].map((place, n) => ({
  place,
  own: n % 2 === 0 ? `${place} University` : `University of ${place}`,
  other: n % 2 === 0 ? `University of British ${place}` : `Western ${place} College`,
}))
/** Companies whose parts are printed, and which lists assign to the company with the part as short form. */
const FIRMS = [
  ['Google', 'DeepMind'],
  ['Meta', 'Facebook AI Research'],
  ['Vorltech', 'Plimfield Labs'],
] as const
/** Institutions of which some lists print only the short form. */
const SHORT = [
  ['Korea Advanced Institute of Science and Technology', 'KAIST'],
  ['University of California, Berkeley', 'UC Berkeley'],
  ['Technion - Israel Institute of Technology', 'Technion'],
] as const

const BYLINES: Byline[] = [
  ...PLACES.flatMap(({ place, own, other }): Byline[] => [
    [`Dept. of Looms, ${own}`, own],
    [`${other}, Vancouver`, other],
    [`${own.replace('University', 'Univ.')}, Weaving Lab`],
    [`Loom School, British ${place} Weavers Guild`],
  ]),
  ...FIRMS.flatMap(([firm, part]): Byline[] => [
    [`${firm} Inc.`, firm, part],
    [`${firm} ${part}`, firm, part],
    [`${part}, Paris`, firm, part],
  ]),
  ...SHORT.flatMap(([name, short]): Byline[] => [
    [name, name, short],
    [short, short],
  ]),
]

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  const records = BYLINES.map(([affiliation, institution, acronym], n) =>
    paperRecord({
      ...{ key: `${n}`, title: `Weaving of the Kind ${n}` },
      authors: [
        {
          ...{ name: `Ann Weaver${n}`, identifiers: [], affiliation },
          ...(institution && {
            institutions: [{ name: institution, ...(acronym && { acronym }) }],
          }),
        },
      ],
    }),
  )
  await transaction(t.url, (tx) => writeRecords(tx, records))
})
afterAll(() => t.close())

async function bylinesOf(query: string): Promise<string[]> {
  const { data } = await askWell<{
    search: { nodes: { authorships: { nodes: { affiliation: string }[] } }[] }
  }>(
    t,
    'query ($query: String!) { search(query: $query, first: 100) { nodes { authorships { nodes { affiliation } } } } }',
    { query },
  )
  return data.search.nodes
    .flatMap(({ authorships }) => authorships.nodes.map((one) => one.affiliation))
    .toSorted()
}

const printed = (holds: (byline: Byline) => boolean) =>
  BYLINES.filter(holds)
    .map(([text]) => text)
    .toSorted()

describe.each(PLACES)('$place', ({ place, own, other }) => {
  const isOwn = ([text, institution]: Byline) =>
    institution === own || text.startsWith(own.replace('University', 'Univ.'))
  test('a quoted name finds that institution, and not others with its words', async () => {
    expect(await bylinesOf(`affiliation:"${own}"`)).toEqual(printed(isOwn))
    expect(await bylinesOf(`affiliation:"${own.toLowerCase()}" weaving`)).toEqual(printed(isOwn))
  })
  test('the place alone finds its university, not one with the place in its name', async () => {
    const found = await bylinesOf(`affiliation:${place}`)
    for (const text of printed(isOwn)) expect(found).toContain(text)
    expect(found).not.toContain(`${other}, Vancouver`)
  })
})

test.each(FIRMS)(
  'a part of %s: %s is found as printed, without the company',
  async (firm, part) => {
    expect(await bylinesOf(`affiliation:"${part}"`)).toEqual(
      [`${firm} ${part}`, `${part}, Paris`].toSorted(),
    )
    expect(await bylinesOf(`affiliation:${firm}`)).toEqual(
      printed(([, institution]) => institution === firm),
    )
    expect(await bylinesOf(`weaving -affiliation:"${part}"`)).toHaveLength(BYLINES.length - 2)
    expect(await bylinesOf(`affiliation:"${part}" OR title:"no such title"`)).toHaveLength(2)
  },
)

test.each(SHORT)('%s is found by its short form %s', async (name, short) => {
  expect(await bylinesOf(`affiliation:"${short}"`)).toEqual([name, short].toSorted())
  expect(await bylinesOf(`affiliation:"${name}"`)).toContain(name)
})

test.each(SHORT)(
  '%s and an institution called %s are distinguished by an error',
  async (name, short) => {
    const query = 'query ($ref: String!) { institution(ref: $ref) { name paperCount } }'
    const refusal = await findInstitutions(t.db, [short], 'ref').catch((error: unknown) => error)
    const candidates = (refusal as AppError).details?.candidates as { ref: string; name: string }[]
    expect(candidates.map((one) => one.name).toSorted()).toEqual([name, short].toSorted())
    for (const { ref, name: called } of candidates)
      expect((await askWell(t, query, { ref })).data).toEqual({
        institution: { name: called, paperCount: 1 },
      })
  },
)

test.each(FIRMS)('%s is the company, although lists give it the short form %s', async (firm) => {
  const query = 'query ($ref: String!) { institution(ref: $ref) { name paperCount } }'
  expect((await askWell(t, query, { ref: firm })).data).toEqual({
    institution: { name: firm, paperCount: 3 },
  })
})

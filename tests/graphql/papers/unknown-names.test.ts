import {
  type GraphQLInputField,
  GraphQLInputObjectType,
  GraphQLString,
  getNamedType,
} from 'graphql'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { digestCandidates } from '../../../src/domain/digest/content.ts'
import type { SavedPapers } from '../../../src/domain/saved/document.ts'
import { isFoundBy } from '../../../src/domain/saved/papers.ts'
import { findSavedQuery, saveQuery } from '../../../src/domain/saved/saved-query.ts'
import { schema } from '../../../src/graphql/index.ts'
import type { TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'
import { createSeededDatabase } from '../seeded-catalogue.ts'

let t: TestDatabase
beforeAll(async () => {
  ;({ t } = await createSeededDatabase())
})
afterAll(() => t.close())

/** Texts that are words of papers, not names. */
const WORDS = ['text', 'keywords']

/** For each condition on names an existing one, and a slip in it that is answered with `meant`. */
const KNOWN: Record<string, [known: string, slip: string, meant: string | null]> = {
  topics: ['clustering', 'clusterin', 'clustering'],
  topicsAll: ['clustering', 'clusterin', 'clustering'],
  topicsNone: ['clustering', 'clusterin', 'clustering'],
  topicsWithin: ['clustering', 'clusterin', 'clustering'],
  // The name may belong to a person to whom nobody here is similar.
  authors: ['Ada Lovelace', 'Ada Lovelase', null],
  institutions: ['bell-labs', 'bel-labs', 'bell-labs'],
  venues: ['weather', 'wether', 'weather'],
  repositoryLanguage: ['python', 'Pyhton', 'Python'],
  language: ['German', 'Grman', 'german'],
  'decisions.venues': ['weather', 'wether', 'weather'],
  'decisions.awards': ['best paper', 'bst paper', 'Best Paper'],
  'decisions.sessions': ['learning ii', 'Lerning II', 'Learning II'],
  'decisions.areas': ['theory', 'Theroy', 'Theory'],
}

/** The paths of all conditions of a filter that take texts. */
function pathsOf(type: GraphQLInputObjectType): string[] {
  return Object.values(type.getFields()).flatMap((field: GraphQLInputField) => {
    const inner = getNamedType(field.type)
    if (inner === GraphQLString) return [field.name]
    if (!(inner instanceof GraphQLInputObjectType) || field.name === 'anyOf') return []
    return pathsOf(inner).map((path) => `${field.name}.${path}`)
  })
}
const PATHS = pathsOf(schema.getType('PaperFilter') as GraphQLInputObjectType).filter(
  (path) => !WORDS.includes(path),
)

const filterOf = (path: string, names: unknown): Record<string, unknown> =>
  path.split('.').reduceRight<unknown>((value, name) => ({ [name]: value }), names) as Record<
    string,
    unknown
  >

test('each condition on names is tested here', () => {
  expect(PATHS.sort()).toEqual(Object.keys(KNOWN).sort())
})

const DAILY = { frequency: 'daily', newsSince: new Date(0) } as const

const SELECTIONS = {
  rows: 'nodes { title }',
  count: 'totalCount',
  facets: 'facets { years { value count } }',
  all: 'totalCount nodes { title } facets { years { value count } }',
}
const UNKNOWN = 'Nonesuch Zzyzx'

/** The name of a condition in messages: those on topics are one, with `all`, `none` and `within`. */
const calledIn = (path: string) => `filter.${path.replace(/^topics\w+/, 'topics')}: no `

describe.each(PATHS)('filter.%s', (path) => {
  const [known = '', slip = '', meant = null] = KNOWN[path] ?? []

  test.each(Object.entries(SELECTIONS))(
    'refuses an unknown name, with %s selected',
    async (_, asked) => {
      const query = `query ($filter: PaperFilter) { papers(filter: $filter) { ${asked} } }`
      for (const names of [UNKNOWN, [UNKNOWN], [known, UNKNOWN]])
        for (const filter of [filterOf(path, names), { anyOf: [filterOf(path, names)] }]) {
          const { errors } = await ask(t, query, { filter })
          expect(errors[0]?.message, JSON.stringify(filter)).toContain(calledIn(path))
          expect(errors[0]?.message).toContain(JSON.stringify(UNKNOWN))
          expect(errors[0]?.code).toBe('BAD_USER_INPUT')
        }
    },
  )

  test.each([
    'trending(filter: $filter) { nodes { title } }',
    'search(query: "", filter: $filter) { totalCount }',
    'stats(filter: $filter) { paperCount }',
    'daily { papers(filter: $filter) { totalCount } }',
    'digestPreview(filter: $filter) { subject }',
    'changes(filter: $filter) { nodes { kind } }',
  ])('in %s, too', async (field) => {
    const query = `query ($filter: PaperFilter) { ${field} }`
    const { errors } = await ask(t, query, { filter: filterOf(path, [UNKNOWN]) })
    expect(errors[0]?.message).toContain(calledIn(path))
  })

  test('suggests a correction of a slip', async () => {
    const query = 'query ($filter: PaperFilter) { papers(filter: $filter) { totalCount } }'
    const { errors } = await ask(t, query, { filter: filterOf(path, [slip]) })
    if (meant !== null)
      expect(errors[0]?.message).toMatch(new RegExp(`did you mean "?${meant}"?\\?`, 'i'))
  })

  test('accepts an existing one', async () => {
    const query = 'query ($filter: PaperFilter) { papers(filter: $filter) { totalCount } }'
    await askWell(t, query, { filter: filterOf(path, [known]) })
  })
})

test('a saved query continues when its language is deleted from the catalogue', async () => {
  const filter = { repositoryLanguage: ['Rust'] }
  const { id } = await saveQuery(t.db, { filter })
  const document = (await findSavedQuery(t.db, id))?.document as SavedPapers
  const foundNow = async () =>
    t.db.query(sql`select p.id from papers p where ${await isFoundBy(t.db, document)}`)
  expect((await foundNow()).length).toBeGreaterThan(0)
  await t.db.query(sql`update repositories set language = 'Zig' where language = 'Rust'`)
  expect(await foundNow()).toEqual([])
  expect(
    await digestCandidates(t.db, { kind: 'trending', filter: document.filter }, DAILY),
  ).toEqual([])
  await expect(saveQuery(t.db, { filter })).rejects.toThrow(
    'no repository in the catalogue is in "rust"',
  )
  await t.db.query(sql`update repositories set language = 'Rust' where language = 'Zig'`)
})

test('a list of repositories refuses an unused language', async () => {
  for (const asked of ['totalCount', 'nodes { url }'])
    for (const language of ['"Pyhton"', '["Pyhton"]', '["Rust", "Pyhton"]']) {
      const { errors } = await ask(t, `{ repositories(language: ${language}) { ${asked} } }`)
      expect(errors[0]?.message).toBe(
        'language: no repository in the catalogue is in "Pyhton"; did you mean "Python"?',
      )
    }
  const { data } = await askWell<{ repositories: { totalCount: number } }>(
    t,
    '{ repositories(language: [" RUST "]) { totalCount } }',
  )
  expect(data.repositories.totalCount).toBeGreaterThan(0)
})

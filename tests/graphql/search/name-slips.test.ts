import fc from 'fast-check'
import leven from 'leven'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refreshSearchWords } from '../../../src/domain/search/dictionary.ts'
import { slipsOf } from '../../../src/domain/search/terms/name-slips.ts'
import type { TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'
import { createSeededDatabase } from '../seeded-catalogue.ts'

let t: TestDatabase
let names: string[]
beforeAll(async () => {
  ;({ t } = await createSeededDatabase())
  await refreshSearchWords(t.url)
  const rows = await t.db.query<{ name: string }>(
    sql`select name from authors where name_key ~ '^[a-z]{3,} [a-z]{5,}$' order by paper_count desc, id limit 12`,
  )
  names = rows.map(({ name }) => name)
  expect(names.length).toBeGreaterThan(2)
})
afterAll(() => t.close())

async function search(query: string) {
  const { data } = await askWell<{
    search: { nodes: { id: string }[]; warnings: { message: string }[] }
  }>(
    t,
    'query ($query: String!) { search(query: $query, first: 100) { nodes { id } warnings { message } } }',
    { query },
  )
  const { nodes, warnings } = data.search
  return { ids: nodes.map(({ id }) => id), told: warnings.map(({ message }) => message).join(' ') }
}

/** A name with two letters swapped, one missing, one added and one replaced, at each position except the first. */
function slipsIn(name: string): string[] {
  const places = [...name.slice(2)].map((_, i) => i + 1)
  return places
    .flatMap((at) => [
      name.slice(0, at) + name.slice(at + 1, at + 2) + name.slice(at, at + 1) + name.slice(at + 2),
      name.slice(0, at) + name.slice(at + 1),
      `${name.slice(0, at)}x${name.slice(at)}`,
      `${name.slice(0, at)}x${name.slice(at + 1)}`,
    ])
    .filter((slip) => slip !== name)
}

test('the field for authors suggests a name at one edit, which finds papers', async () => {
  for (const name of names) {
    const family = name.split(' ')[1]?.toLowerCase() ?? ''
    for (const slip of slipsIn(family)) {
      const { ids, told } = await search(`author:${slip}`)
      if (ids.length > 0) continue
      const [, meant = ''] = /did you mean (author:.+)\?$/.exec(told) ?? []
      expect(meant, slip).not.toBe('')
      const words = meant.toLowerCase().match(/[a-z]+/g) ?? []
      expect(
        words.some((word) => slipsOf(slip).includes(word)),
        `${slip}: ${meant}`,
      ).toBe(true)
      expect((await search(meant)).ids.length).toBeGreaterThan(0)
    }
  }
})

test('a full name with a slip finds the papers of the name, and reports it', async () => {
  for (const name of names) {
    const [given = '', family = ''] = name.toLowerCase().split(' ')
    const own = (await search(`${given} ${family}`)).ids
    for (const slip of slipsIn(family).slice(0, 8)) {
      const { ids, told } = await search(`${given} ${slip}`)
      if (told === '') continue
      expect(told).toContain(`searched for "${family}" instead of "${slip}"`)
      expect(ids, `${given} ${slip}`).toEqual(own)
    }
    expect((await search(`${given} ${slipsIn(family)[1]}`)).told).not.toBe('')
  }
})

test('slips are all spellings at one edit, and a swap is one edit', () => {
  const word = fc.stringMatching(/^[a-d]{4,7}$/)
  const swapped = (a: string, b: string) =>
    a.length === b.length &&
    [...a].some(
      (_, i) => i + 1 < a.length && a.slice(0, i) + a[i + 1] + a[i] + a.slice(i + 2) === b,
    )
  fc.assert(
    fc.property(word, word, (a, b) => {
      const isNear = a !== b && (leven(a, b) === 1 || swapped(a, b))
      expect(slipsOf(a).includes(b)).toBe(isNear)
    }),
  )
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDamaged, readText } from '../../helpers/reading.ts'

const paper = (i: number) => ({
  title: `Paper ${i} "of" [a] {list}, that is`,
  authors: ['Grace Hopper', `Alan M. Turing`],
  venue: 'ISMIR',
  references: [{ title: 'An older one', authors: ['Ann Bee'], year: 1990 }],
})
const titlesOf = (records: readonly { title: string }[]) => records.map(({ title }) => title)
const papers = [1, 2, 3].map(paper)

const key = fc.constantFrom('papers', 'data', 'items', 'result', 'accepted papers', 'a"b', 'ε')
const beside = fc.constantFrom<Record<string, unknown>>(
  {},
  { count: 3, next: null },
  { meta: { title: 'A list', tags: ['[', '}', '"'] } },
  { editors: [{ name: 'Ann Bee' }], empty: [], none: {} },
)
const spaces = fc.constantFrom(0, 2)
/** The structure around a list: objects, and lists of objects. */
const wrapper = fc.array(fc.tuple(key, beside, beside, fc.boolean()), {
  minLength: 1,
  maxLength: 4,
})

describe('a list of papers anywhere in a file', () => {
  test('is read at any place and in any form', async () => {
    await fc.assert(
      fc.asyncProperty(wrapper, spaces, async (around, indent) => {
        let value: unknown = papers
        for (const [name, before, after, isInList] of around) {
          const object = { ...before, [name]: value, ...after }
          value = isInList ? [object] : object
        }
        const { records, rejects } = await readText(
          'json-list',
          JSON.stringify(value, null, indent),
        )
        expect(titlesOf(records)).toEqual(titlesOf(papers))
        expect(rejects).toEqual([])
      }),
      { numRuns: 100 },
    )
  })

  test('is one list if it is divided into sessions', async () => {
    const sessions = [1, 4].map((from) => ({
      title: 'A session',
      papers: [paper(from), paper(from + 1)],
    }))
    const { records } = await readText('json-list', JSON.stringify({ sessions }))
    expect(titlesOf(records)).toEqual(titlesOf([1, 2, 4, 5].map(paper)))
  })

  test('is one list if it is divided by years, which apply to papers without one', async () => {
    const own = { ...paper(3), year: 2019 }
    const text = JSON.stringify({ 2023: [paper(1)], 2024: [paper(2), own] })
    const { records } = await readText('json-list', text)
    expect(records.map(({ published }) => published?.on.slice(0, 4))).toEqual([
      '2023',
      '2024',
      '2019',
    ])
  })

  test.each([
    [{ accepted: papers, rejected: papers }, 'accepted, rejected'],
    [{ data: { oral: papers, poster: papers } }, 'data.oral, data.poster'],
    [{ data: { items: papers }, others: [{ papers }] }, 'data.items, others[].papers'],
  ])('is refused if there are several: %#', async (value, places) => {
    for (const indent of [0, 2])
      await expect(readText('json-list', JSON.stringify(value, null, indent))).rejects.toThrow(
        `JSON with papers in several lists: ${places}`,
      )
  })

  test('ends at other papers that follow the start of the file', async () => {
    const many = Array.from({ length: 8000 }, (_, i) => paper(i))
    const text = JSON.stringify({ accepted: many, rejected: papers })
    const { records, fault } = await readDamaged('json-list', Buffer.from(text))
    expect(records).toHaveLength(8000)
    expect(fault?.message).toContain('in several lists: accepted, rejected')
  })

  test('is read up to the place where the file was truncated, and an invalid entry is rejected', async () => {
    const text = JSON.stringify({ papers: [papers[0], 5, papers[1], papers[2]] })
    const { records, fault, rejects } = await readDamaged(
      'json-list',
      Buffer.from(text.slice(0, -60)),
    )
    expect(titlesOf(records)).toEqual(titlesOf(papers.slice(0, 2)))
    expect(rejects).toMatchObject([{ position: 1, reason: 'the entry is not a JSON object' }])
    expect(fault?.message).toContain('cannot be read to its end')
  })

  test.each([
    { name: 'a package', authors: ['Ann Bee'], versions: [{ title: '1.0' }] },
    { songs: [{ title: 'A song', author: 'Ann Bee' }] },
    { title: 'One', list: [{ references: [paper(1)] }] },
  ])('is not in a file of something else: %#', async (value) => {
    await expect(readText('json-list', JSON.stringify(value))).rejects.toThrow(/in no format/)
  })
})

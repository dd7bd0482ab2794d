import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type MatchRequest,
  matchPaper,
  matchReferences,
} from '../../../src/domain/find/paper-match.ts'
import { NOTHING } from '../../../src/sql/selection.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { atLeast } from '../../helpers/thorough.ts'

interface Known {
  id: number
  title: string
  authors: string[]
  year: number
}

/** One of this many papers of the sample is described. */
const STEP = atLeast(18, 8)
const LEAST = atLeast(120, 200)

let t: TestDatabase
let present: Known[]
/** Papers of the sample that were removed again: they must not be found. */
let absent: Known[]

beforeAll(async () => {
  t = await createTestDatabase({ sample: 'sample' })
  const all = await t.db.query<Known>(sql`
    select p.id, p.title, array(select name from authorships a where a.paper_id = p.id order by position) as authors,
      extract(year from p.published_on)::int as year
    from papers p where not exists (select from papers o where o.title_key = p.title_key and o.id <> p.id) order by p.id`)
  absent = all.filter((_, i) => i % STEP === 0)
  present = all.filter((_, i) => i % STEP === STEP / 2)
  await t.db.query(sql`delete from papers where id = any(${absent.map(({ id }) => id)}::bigint[])`)
})
afterAll(() => t.close())

/** A number that depends only on the paper. */
const dice = ({ id }: Known, sides: number, salt = 0) =>
  ((id * 2_654_435_761 + salt * 40_503) >>> 7) % sides

const words = (title: string) => title.split(' ')

/** Two letters swapped, one missing or one doubled in every third word. */
function misprint(paper: Known): string {
  return words(paper.title)
    .map((word, i) => {
      if (word.length < 4 || i % 3 !== dice(paper, 3)) return word
      const at = 1 + dice(paper, word.length - 2, i)
      const [a = '', b = ''] = [word[at], word[at + 1]]
      const kinds = [`${b}${a}`, b, `${a}${a}${b}`]
      return word.slice(0, at) + kinds[dice(paper, 3, i)] + word.slice(at + 2)
    })
    .join(' ')
}

const truncated = ({ title }: Known) => title.slice(0, Math.max(30, Math.round(title.length * 0.6)))
const withoutSubtitle = ({ title }: Known) => {
  const head = title.split(/[:?]/)[0] ?? ''
  return words(head).length >= 3 ? head : title
}
const withDroppedWords = (paper: Known) => {
  const all = words(paper.title)
  const count = all.length > 8 ? 2 : 1
  const gone = new Set(Array.from({ length: count }, (_, i) => dice(paper, all.length, i)))
  return all.filter((_, i) => !gone.has(i)).join(' ')
}

const family = (name: string) => words(name).at(-1) ?? ''
const initialsFirst = (name: string) => `${name[0]}. ${family(name)}`
const familyFirst = (name: string) => `${family(name)}, ${name[0]}.`

const CHANGES: [name: string, change: (paper: Known) => MatchRequest][] = [
  ['misprints', (paper) => ({ title: misprint(paper) })],
  ['a cut title', (paper) => ({ title: truncated(paper) })],
  ['no subtitle', (paper) => ({ title: withoutSubtitle(paper) })],
  ['words left out', (paper) => ({ title: withDroppedWords(paper) })],
  [
    'misprints, authors and a year beside',
    (paper) => ({
      title: misprint(paper),
      authors: paper.authors.slice(0, 3).map(familyFirst),
      year: paper.year + 1,
    }),
  ],
  [
    'words left out, an author and others',
    (paper) => ({
      title: withDroppedWords(paper),
      authors: [initialsFirst(paper.authors[0] ?? ''), 'et al.'],
      year: paper.year,
    }),
  ],
  [
    'a reference with the year in brackets',
    ({ title, authors, year }) => ({
      reference: `${authors.slice(0, 4).map(familyFirst).join(', ')} (${year}). ${title}. In Proceedings of the Annual Meeting, pages 1000-1012.`,
    }),
  ],
  [
    'a reference with quotes',
    ({ title, authors, year }) => ({
      reference: `[12] ${authors.slice(0, 3).map(initialsFirst).join(', ')}, "${title}," in Proc. ACL, ${year}, pp. 12–20.`,
    }),
  ],
  [
    'a reference with others and misprints',
    (paper) => ({
      reference: `${familyFirst(paper.authors[0] ?? '')}, et al. ${misprint(paper)}. ACL ${paper.year}`,
    }),
  ],
  [
    'a reference with full names',
    ({ title, authors, year }) => ({
      reference: `${authors.slice(0, -1).join(', ')}, and ${authors.at(-1)}. ${year}. ${title}. In Proceedings of EMNLP. Association for Computational Linguistics.`,
    }),
  ],
]

const match = (request: MatchRequest) => matchPaper(t.db, NOTHING, request, 3)

const LEAST_SURE = 0.6

test('of faulty descriptions of papers, 95 of 100 find the paper first', async () => {
  const missed: string[] = []
  for (const [i, paper] of present.entries()) {
    const request = CHANGES[i % CHANGES.length]?.[1](paper) ?? {}
    const [best] = await match(request)
    if (best?.paper.id !== paper.id) missed.push(JSON.stringify(request))
  }
  expect(present.length).toBeGreaterThanOrEqual(LEAST)
  expect(missed.length / present.length, missed.join('\n')).toBeLessThanOrEqual(0.05)
})

test('papers outside the catalogue match another one in at most 2 of 100 cases', async () => {
  const sure: string[] = []
  for (const [i, paper] of absent.entries()) {
    const request = CHANGES[i % CHANGES.length]?.[1](paper) ?? {}
    const [best] = await match(request)
    if (best && best.confidence >= LEAST_SURE)
      sure.push(`${best.confidence} ${JSON.stringify(request)}`)
  }
  expect(absent.length).toBeGreaterThanOrEqual(LEAST)
  expect(sure.length / absent.length, sure.join('\n')).toBeLessThanOrEqual(0.02)
})

test('with authors and year, an equal title is almost certain', async () => {
  for (const paper of present.filter((_, i) => i % 10 === 0)) {
    const [best] = await match({ title: paper.title, authors: paper.authors, year: paper.year })
    expect(best).toMatchObject({ titleSimilarity: 1, paper: { id: paper.id } })
    expect(best?.confidence).toBeGreaterThanOrEqual(0.9)
    const n = paper.authors.length
    expect(best?.reasons).toEqual([
      'title equal',
      'first author matches',
      `${n} of ${n} authors`,
      'year equal',
    ])
  }
})

test('other authors and another year make an equal title doubtful', async () => {
  const [paper] = present
  const [alone] = await match({ title: paper?.title })
  const [doubted] = await match({ title: paper?.title, authors: ['Zzyzx, Q.'], year: 1950 })
  expect(alone?.confidence).toBeGreaterThan(0.75)
  expect(doubted?.confidence ?? 0).toBeLessThan(0.4)
})

test('many references take the same statements as one, with the same results', async () => {
  const references = present.slice(0, 20).flatMap((paper) => {
    const { reference } = CHANGES[6 + (paper.id % 4)]?.[1](paper) ?? {}
    return reference ?? []
  })
  for (const some of [references.slice(0, 1), [...references, '', 'Nothing of the kind.']]) {
    t.statements.length = 0
    const matches = await matchReferences(t.db, NOTHING, some, 3)
    expect(t.statements).toHaveLength(2)
    expect(matches).toHaveLength(some.length)
    for (const [i, reference] of some.entries())
      if (reference) expect(matches[i]).toEqual(await match({ reference }))
  }
})

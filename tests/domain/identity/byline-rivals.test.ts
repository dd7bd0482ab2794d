import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import {
  readConfidences,
  readIdentities,
  SURE,
} from '../../../src/domain/identity/reasons/identity.ts'
import { settlePeople } from '../../../src/domain/write/authors/evidence/settle.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { atLeast } from '../../helpers/thorough.ts'
import { catalogueOfFile } from '../../helpers/writer.ts'

const t = catalogueOfFile()

interface Given {
  name: string
  with?: string[]
  at?: string | null
  title?: string
  orcid?: string
}

async function write(papers: readonly Given[]): Promise<void> {
  const records = papers.map(({ name, with: others = [], at = null, title, orcid }, n) =>
    paperRecord({
      ...{ key: String(n), title: title ?? `Chapter ${n}` },
      identifiers: [{ scheme: 'doi', value: `10.5555/${n}` }],
      authors: [
        {
          ...{ name, affiliation: at },
          identifiers: orcid ? [{ scheme: 'orcid' as const, value: orcid }] : [],
        },
        ...others.map((one) => ({ name: one, affiliation: null, identifiers: [] })),
      ],
    }),
  )
  await emptyCatalogue(t.db)
  await t.run((tx) => writeRecords(tx, records))
  await settlePeople(t.url)
}

/** The author of the paper of this number. */
async function authorOf(paper: number): Promise<{ id: number; paperId: number }> {
  const [row] = await t.db.query<{ id: number; paperId: number }>(sql`
    select l.author_id as id, l.paper_id as "paperId" from authorships l join source_records s on s.paper_id = l.paper_id
    where s.key = ${String(paper)} and l.position = 1`)
  if (!row) throw new Error(`No paper ${paper}.`)
  return row
}

const LAKES = ['Ann Ostermeier', 'Bo Brentwick']
/** Two people, either of whom may be the author of the last paper, and the name that it prints. */
const PAIRS: [one: string, other: string, printed: string][] = [
  ['John Quirrell', 'Jane Quirrell', 'J. Quirrell'],
  ['Christine Quirrell', 'Christopher Quirrell', 'Chris Quirrell'],
  ['Zebulon A. Quirrell', 'Zebulon B. Quirrell', 'Zebulon Quirrell'],
]

/** Things that the other paper shares with the last paper, the least first. */
const SHARED: Omit<Given, 'name'>[] = [
  { with: ['Zed Vandermoor'], at: 'Kleve University' },
  { with: ['Zed Vandermoor'], at: 'Kleve University', title: 'Turbid lakes' },
  { with: ['Zed Vandermoor'], at: 'Norderney Tide Lab' },
  { with: LAKES.slice(1), at: 'Kleve University' },
  { with: LAKES.slice(1) },
  { with: LAKES.slice(1), title: 'Turbid lakes' },
  { with: LAKES.slice(1), at: 'Borkum Tide Lab' },
  { with: LAKES, at: 'Borkum Tide Lab' },
  { with: LAKES.slice(1), at: 'Norderney Tide Lab' },
  { with: LAKES, at: 'Kleve University' },
  { with: LAKES },
  { with: LAKES, title: 'Turbid lakes' },
  { with: LAKES, at: 'Norderney Tide Lab' },
]

test.each(PAIRS)(
  'a paper of %s that may be by %s, as it prints %s, is shown with the rival',
  async (one, other, printed) => {
    const lab = { with: LAKES, at: 'Norderney Tide Lab', title: 'Turbid lakes of eels' }
    const found = new Set<string>()
    for (const papers of atLeast([2, 8], [2, 4, 8]))
      for (const shared of SHARED) {
        const ofOne = Array.from({ length: papers }, () => ({ name: one, ...lab }))
        await write([...ofOne, { name: printed, ...lab }, { name: other, ...shared }])
        const [author, joined] = [await authorOf(0), await authorOf(papers)]
        const identity = (await readIdentities(t.db, [author.id])).get(author.id)
        const rivals = identity?.evidence.filter(({ kind }) => kind === 'rivals') ?? []
        const isApart = joined.id !== author.id
        found.add(isApart ? 'apart' : rivals.length > 0 ? 'rivalled' : 'sure')
        if (isApart || rivals.length === 0) {
          expect(rivals).toEqual([])
          expect(identity?.confidence).toBeGreaterThan(0.95)
          continue
        }
        const detail = shared.at
          ? `${other} (${shared.at})`
          : expect.stringMatching(new RegExp(`^${other}( \\(\\d{4}\\))?$`))
        expect(rivals).toEqual([{ kind: 'rivals', detail, papers: 1 }])
        expect(identity?.confidence).toBeGreaterThan(0.9)
        expect(identity?.confidence).toBeLessThan(0.96)
        const isSure = (identity?.confidence ?? 0) >= SURE
        expect(identity?.unverified).toMatchObject(
          isSure ? [] : [{ name: printed, doubt: 'evidence' }],
        )
        const bylines = [joined, author].map(({ id, paperId }) => ({ authorId: id, paperId }))
        const confidences = await readConfidences(t.db, bylines)
        expect(confidences).toEqual([isSure ? 1 : identity?.confidence, 1])
      }
    expect(found).toEqual(new Set(['sure', 'rivalled', 'apart']))
  },
)

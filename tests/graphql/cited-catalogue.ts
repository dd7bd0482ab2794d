import type { CitationIntent } from '../../src/db/tables/vocabulary.ts'
import { transaction } from '../../src/db/transaction.ts'
import type { ReferenceClaim } from '../../src/domain/record/paper-record.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import { refreshCitationCounts } from '../../src/domain/write/relations/citation-count.ts'
import { writeEdges } from '../../src/domain/write/relations/edges.ts'
import type { TestDatabase } from '../helpers/database.ts'
import { arxivId, createSeededDatabase, type SeededPaper } from './seeded-catalogue.ts'

/** A citation between the papers of two numbers, with its data. */
export interface SeededCitation {
  citing: number
  cited: number
  sources: string[]
  isInfluential: boolean | null
  intents: CitationIntent[]
}

/** A paper that cites works outside the catalogue: three by its record, one only by a citation pair. */
export const WELL_READ_PAPER = 20
const UNKNOWN_WORKS: ReferenceClaim[] = [
  { identifiers: [{ scheme: 'doi', value: '10.9999/unknown.1' }], title: 'An Unknown Work' },
  { identifiers: [], text: 'A. Nobody. A lost book. 1901.' },
  {
    identifiers: [
      { scheme: 'corpusid', value: '77' },
      { scheme: 'doi', value: '10.9999/unknown.2' },
    ],
    isInfluential: true,
    intents: ['methodology'],
  },
]
export const UNKNOWN_BY_EDGE = '88'

/** The seeded catalogue with citations: from records, from citation pairs, and from both; a few papers are cited by very many. */
export async function createCitedDatabase(): Promise<{
  t: TestDatabase
  papers: SeededPaper[]
  citations: SeededCitation[]
}> {
  const { t, papers } = await createSeededDatabase()
  const citations = papers.flatMap((_, citing) => citationsOf(citing, papers.length))
  const edges = citations.filter(({ sources }) => sources.includes('s2'))
  const named = (i: number) => ({ scheme: 'arxiv' as const, value: arxivId(i) })
  await transaction(t.url, async (tx) => {
    const records = papers.map(({ record }, i) => ({
      ...record,
      references: [
        ...(i === WELL_READ_PAPER ? UNKNOWN_WORKS : []),
        ...citations
          .filter(({ citing, sources }) => citing === i && sources.includes('test'))
          .map(({ cited }) => ({ identifiers: [named(cited)] })),
      ],
    }))
    await writeRecords(tx, records)
    await writeEdges(tx, 's2', [
      ...edges.map(({ citing, cited, isInfluential, intents }) => ({
        citing: named(citing),
        cited: named(cited),
        isInfluential,
        intents,
      })),
      ...[UNKNOWN_BY_EDGE, '77'].map((value) => ({
        citing: named(WELL_READ_PAPER),
        cited: { scheme: 'corpusid' as const, value },
      })),
    ])
  })
  await refreshCitationCounts(t.url)
  return { t, papers, citations }
}

const SOURCES = [['test'], ['s2'], ['s2', 'test']]
const INTENTS: CitationIntent[][] = [[], ['background'], ['methodology', 'result']]

/** Earlier papers, mostly the first ones. */
function citationsOf(citing: number, count: number): SeededCitation[] {
  const far = [3, 11, 29, 64].map((step) => citing - step)
  const famous = citing % 3 === 0 ? [0, 1] : citing % 3 === 1 ? [1, 2] : [(citing * 7) % 12]
  const cited = new Set([...far, ...famous].filter((i) => i >= 0 && i < count && i !== citing))
  return [...cited].map((one) => {
    const sources = SOURCES[(citing + one) % 3] ?? []
    const isJudged = sources.includes('s2')
    return {
      citing,
      cited: one,
      sources,
      isInfluential: isJudged ? ([null, true, false][citing % 3] ?? null) : null,
      intents: isJudged ? (INTENTS[one % 3] ?? []) : [],
    }
  })
}

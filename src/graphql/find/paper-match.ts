import { matchPaper, matchReferences, type PaperMatch } from '../../domain/find/paper-match.ts'
import { builder } from '../builder.ts'
import { costs, type GivenArguments } from '../cost.ts'
import { atMost, REFERENCE } from '../input-limits.ts'
import { selectionBelow } from '../plan/plan-rows.ts'
import { PaperRef } from '../refs.ts'
import { assertSize } from '../relay/connection.ts'

const PaperMatchRef = builder.objectRef<PaperMatch>('PaperMatch')
PaperMatchRef.implement({
  description: 'A candidate for a described paper.',
  fields: (t) => ({
    paper: t.expose('paper', { type: PaperRef, description: 'The paper.' }),
    confidence: t.exposeFloat('confidence', {
      description:
        'Confidence from 0 to 1. At 0.8 and above very likely the paper; below 0.6 probably another one with a similar title.',
    }),
    titleSimilarity: t.exposeFloat('titleSimilarity', {
      description:
        'Similarity of the titles from 0 to 1: the best of edit distance, containment and shared words.',
    }),
    reasons: t.exposeStringList('reasons', {
      description:
        'Evidence for and against, such as `title similar 93%`, `first author matches`, `2 of 3 authors`, `year near`.',
    }),
  }),
})

interface ReferenceMatches {
  reference: string
  matches: PaperMatch[]
}

const ReferenceMatchesRef = builder.objectRef<ReferenceMatches>('ReferenceMatches')
ReferenceMatchesRef.implement({
  description: 'Papers that match a reference.',
  fields: (t) => ({
    reference: t.exposeString('reference', { description: 'The reference as given.' }),
    matches: t.expose('matches', {
      type: [PaperMatchRef],
      ...costs({ size: 5 }),
      description: 'Matches, highest confidence first; empty when nothing matches.',
    }),
  }),
})

const DEFAULT_SIZE = 5
const MOST_MATCHES = 20

/** Its titles are searched for among those of all similar papers. */
const POINTS_OF_REFERENCE = 50

const matchesOf = ({ first }: GivenArguments) =>
  Math.min(Number(first ?? DEFAULT_SIZE), MOST_MATCHES)

function sizeOf(first: number | null | undefined): number {
  const size = first ?? DEFAULT_SIZE
  assertSize('first', size, MOST_MATCHES)
  return size
}

const FIRST = `Maximum number of results, 0 to ${MOST_MATCHES}; ${DEFAULT_SIZE} when absent.`
const PATHS = [[['PaperMatch', 'paper']]] as const
const BATCH_PATHS = [
  [
    ['ReferenceMatches', 'matches'],
    ['PaperMatch', 'paper'],
  ],
] as const

builder.queryFields((t) => ({
  matchPaper: t.field({
    ...costs({ each: POINTS_OF_REFERENCE, size: matchesOf }),
    type: [PaperMatchRef],
    nullable: true,
    description:
      'Papers that match a description, highest confidence first. Typos, missing words, missing subtitles and off-by-one years are tolerated. Empty when nothing matches; null only with an error.',
    args: {
      title: t.arg.string({
        ...atMost({ characters: 1000 }),
        description: 'The title. Cannot be combined with `reference`.',
      }),
      reference: t.arg.string({
        ...atMost(REFERENCE),
        description:
          'A reference string as printed in a reference list. Cannot be combined with `title`.',
      }),
      authors: t.arg.stringList({
        description:
          'Some or all authors, first author first: `Family, G.`, `G. Family` or `Given Family`; `et al.` for others.',
      }),
      year: t.arg.int({ description: 'The year of publication.' }),
      first: t.arg.int({ description: FIRST }),
    },
    resolve: (_, { first, ...request }, { db }, info) =>
      matchPaper(db, selectionBelow(info, 'Paper', PATHS), request, sizeOf(first)),
  }),
  matchPapers: t.field({
    ...costs({ entry: POINTS_OF_REFERENCE, size: { lengthOf: 'references' } }),
    type: [ReferenceMatchesRef],
    nullable: true,
    description: 'Like `matchPaper` for many references, in their order. Null only with an error.',
    args: {
      references: t.arg.stringList({
        ...atMost({ ...REFERENCE, entries: 50 }),
        required: true,
        description:
          'At most 50 reference strings as printed in reference lists; the default cost limit admits 19.',
      }),
      first: t.arg.int({ description: FIRST }),
    },
    resolve: async (_, { references, first }, { db }, info) => {
      const selection = selectionBelow(info, 'Paper', BATCH_PATHS)
      const matches = await matchReferences(db, selection, references, sizeOf(first))
      return references.map((reference, i) => ({ reference, matches: matches[i] ?? [] }))
    },
  }),
}))

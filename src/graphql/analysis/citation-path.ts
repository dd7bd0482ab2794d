import type { GraphQLResolveInfo } from 'graphql'
import { findCitationPath, LONGEST_PATH, PATH_LIMITS } from '../../domain/analysis/citation-path.ts'
import { type Paper, papersByIds } from '../../domain/entity/paper.ts'
import { NOTHING } from '../../sql/selection.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { costs } from '../cost.ts'
import { atMost, REFERENCE } from '../input-limits.ts'
import { answeredBy } from '../plan/declare.ts'
import { selectionOf } from '../plan/plan-rows.ts'
import { PaperRef } from '../refs.ts'

interface CitationPath {
  length: number
  papers: Paper[]
}

const CitationPathRef = builder.objectRef<CitationPath>('CitationPath')
CitationPathRef.implement({
  description: 'A chain of citations from one paper to another: each paper cites the next.',
  fields: (t) => ({
    length: t.exposeInt('length', {
      description: 'Number of citations in the chain.',
    }),
    papers: t.field({
      type: [PaperRef],
      description: 'Papers of the chain, including both ends.',
      ...answeredBy({ list: 'papers' }),
      resolve: ({ papers }) => papers,
    }),
  }),
})

builder.queryFields((t) => ({
  citationPath: t.field({
    ...costs({ each: 50 }),
    type: CitationPathRef,
    nullable: true,
    description: `The shortest chain of citations from a newer paper to an older one; null when there is none within \`maxLength\`. At most ${PATH_LIMITS.each} references of a paper and ${PATH_LIMITS.step} papers of a step are followed.`,
    args: {
      from: t.arg.string({
        ...atMost(REFERENCE),
        required: true,
        description: 'First paper: any reference that `paper(ref:)` accepts.',
      }),
      to: t.arg.string({
        ...atMost(REFERENCE),
        required: true,
        description: 'Last paper: any reference that `paper(ref:)` accepts.',
      }),
      maxLength: t.arg.int({
        required: true,
        defaultValue: LONGEST_PATH,
        description: `Maximum number of citations in the chain, 1 to ${LONGEST_PATH}.`,
      }),
    },
    resolve: (_, { from, to, maxLength }, context, info) =>
      readPath(context, info, { from, to, maxLength }),
  }),
}))

async function readPath(
  { db }: Context,
  info: GraphQLResolveInfo,
  { from, to, maxLength }: { from: string; to: string; maxLength: number },
): Promise<CitationPath | null> {
  const ids = await findCitationPath(db, from, to, maxLength)
  if (ids === null) return null
  const selection = selectionOf(info).relations.get('papers')?.selection ?? NOTHING
  const papers = await papersByIds(db, selection, ids)
  return { length: ids.length - 1, papers: ids.flatMap((id) => papers.get(id) ?? []) }
}

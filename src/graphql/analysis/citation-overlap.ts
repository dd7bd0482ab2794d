import type { GraphQLResolveInfo } from 'graphql'
import {
  type CitationOverlap,
  OVERLAP_LIMITS,
  type OverlapKind,
  readOverlaps,
} from '../../domain/analysis/citation-overlap.ts'
import type { Paper } from '../../domain/entity/paper.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { costs } from '../cost.ts'
import { answeredBy } from '../plan/declare.ts'
import { selectionOf } from '../plan/plan-rows.ts'
import { PaperRef } from '../refs.ts'
import { assertSize, topArgs } from '../relay/connection.ts'

const CitationOverlapRef = builder.objectRef<CitationOverlap>('CitationOverlap')
CitationOverlapRef.implement({
  description: 'A paper that shares citations or references with another.',
  fields: (t) => ({
    count: t.exposeInt('count', {
      description: 'Number of papers that cite both, or that both cite.',
    }),
    paper: t.field({
      type: PaperRef,
      description: 'The paper itself.',
      ...answeredBy({ one: 'paper' }),
      resolve: ({ paper }) => paper,
    }),
  }),
})

const { through, each } = OVERLAP_LIMITS

builder.objectFields(PaperRef, (t) => ({
  coCited: t.field({
    ...costs({ each: 3.5 }),
    type: [CitationOverlapRef],
    description: `Papers cited together with it, most often first, then the most cited. Based on the newest ${through} citing papers and up to ${each} references of each.`,
    args: topArgs,
    resolve: (paper, { first }, context, info) =>
      overlapsOf('co_cited', paper, first, context, info),
  }),
  sharedReferences: t.field({
    ...costs({ each: 1.5 }),
    type: [CitationOverlapRef],
    description: `Papers that cite the same works, most shared references first, then the most cited. Based on up to ${through} references and the newest ${each} papers that cite each.`,
    args: topArgs,
    resolve: (paper, { first }, context, info) =>
      overlapsOf('shared_references', paper, first, context, info),
  }),
}))

/** Papers that share citations with a paper; read for all papers of the query at once. */
async function overlapsOf(
  kind: OverlapKind,
  { id }: Paper,
  first: number,
  { db, loaders }: Context,
  info: GraphQLResolveInfo,
): Promise<CitationOverlap[]> {
  assertSize('first', first)
  const load = (ids: readonly number[]) => readOverlaps(db, kind, first, selectionOf(info), ids)
  return (await loaders.load(info, kind, id, load)) ?? []
}

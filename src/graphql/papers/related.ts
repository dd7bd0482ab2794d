import type { GraphQLResolveInfo } from 'graphql'
import type { Paper } from '../../domain/entity/paper.ts'
import { MOST_COMPARED, MOST_SEEDS, readAlike } from '../../domain/papers/alike.ts'
import { RELATED_LIMITS } from '../../domain/papers/related/limits.ts'
import {
  RELATION_KINDS,
  type RelatedPaper,
  type RelationReason,
  readRelated,
} from '../../domain/papers/related.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { costs } from '../cost.ts'
import { enumOf } from '../enums.ts'
import { atMost } from '../input-limits.ts'
import { answeredBy } from '../plan/declare.ts'
import { selectionOf } from '../plan/plan-rows.ts'
import { PaperRef } from '../refs.ts'
import { assertSize, topArgs } from '../relay/connection.ts'
import { PaperFilterInput } from './filter.ts'
import { PaperOrderInput } from './list.ts'

const RelationKindEnum = enumOf('RelationKind', 'Kinds of relation.', RELATION_KINDS, {
  topic: 'They share a topic.',
  author: 'They share an author.',
  text: 'A word of the title or abstract, or two neighbours in the title, occur in title, abstract or keywords of the other. Words that the most similar papers share weigh more.',
  co_cited: 'Papers cite both.',
  shared_references: 'Both cite the same papers.',
  cites: 'The paper cites the other.',
  cited_by: 'The other cites the paper.',
})

const RelationReasonRef = builder.objectRef<RelationReason>('RelationReason')
RelationReasonRef.implement({
  description: 'A reason why two papers are related.',
  fields: (t) => ({
    kind: t.expose('kind', { type: RelationKindEnum, description: 'Kind of relation.' }),
    detail: t.exposeString('detail', {
      nullable: true,
      description:
        'Name of the topic or author, or the word or two neighbours in lower case; null for citations.',
    }),
    count: t.exposeInt('count', {
      nullable: true,
      description: 'Number of papers that cite both, or that both cite; null for other kinds.',
    }),
    weight: t.exposeFloat('weight', {
      description:
        'Part of the score: rarer items weigh more. Negative where it comes from a paper of `dislikes`.',
    }),
  }),
})

const RelatedPaperRef = builder.objectRef<RelatedPaper>('RelatedPaper')
RelatedPaperRef.implement({
  description: 'A related paper with reasons.',
  fields: (t) => ({
    score: t.exposeFloat('score', {
      description: 'Sum of the weights of all reasons; comparable within one list only.',
    }),
    reasons: t.field({
      ...costs({ size: 5 }),
      type: [RelationReasonRef],
      description: 'Everything the two papers share, highest weight first.',
      ...answeredBy({ resolver: ['reasons'] }),
      resolve: ({ reasons }) => reasons,
    }),
    paper: t.field({
      type: PaperRef,
      description: 'The paper itself.',
      ...answeredBy({ one: 'paper' }),
      resolve: ({ paper }) => paper,
    }),
  }),
})

const {
  topics,
  topicPapers,
  authors,
  authorPapers,
  words,
  told,
  hits,
  wordPapers,
  pairs,
  pairTitles,
  citations,
} = RELATED_LIMITS

builder.objectFields(PaperRef, (t) => ({
  related: t.field({
    ...costs({ each: 5 }),
    type: [RelatedPaperRef],
    description: `Similar papers by topics, authors, words and citations. Candidates are the newest ${topicPapers} papers of its ${topics} rarest topics, the newest ${authorPapers} of its first ${authors} authors, papers with one of the ${hits} rarest of the ${words} words of its title and ${told} of its abstract that say most if at most ${wordPapers} titles have it, or with one of ${pairs} pairs of title words that are neighbours if at most ${pairTitles} titles may, and papers reached through ${citations} citations in each direction.`,
    args: topArgs,
    resolve: (paper, { first }, context, info) => relatedOf(paper, first, context, info),
  }),
}))

/** Papers related to a paper; read for all papers of the query at once. */
async function relatedOf(
  { id }: Paper,
  first: number,
  { db, loaders }: Context,
  info: GraphQLResolveInfo,
): Promise<RelatedPaper[]> {
  assertSize('first', first)
  const load = (ids: readonly number[]) => readRelated(db, first, selectionOf(info), ids)
  return (await loaders.load(info, 'related', id, load)) ?? []
}

const SEEDS = atMost({ entries: MOST_SEEDS, characters: 2000 })

builder.queryField('relatedPapers', (t) =>
  t.field({
    ...costs({ each: 5 * MOST_SEEDS }),
    type: [RelatedPaperRef],
    nullable: true,
    description:
      'Papers like several papers together, and not like others: by the reasons of `Paper.related`, summed. The papers themselves are left out. Null only with an error.',
    args: {
      likes: t.arg.stringList({
        ...SEEDS,
        required: true,
        description: `1 to ${MOST_SEEDS} references of any kind that \`paper(ref:)\` accepts. A paper like all of them ranks above one like a few.`,
      }),
      dislikes: t.arg.stringList({
        ...SEEDS,
        required: true,
        defaultValue: [],
        description: `Up to ${MOST_SEEDS} references to papers; what results have in common with them, and not with \`likes\`, counts against these.`,
      }),
      filter: t.arg({
        type: PaperFilterInput,
        description: 'Conditions that results must meet; all papers when absent.',
      }),
      order: t.arg({
        type: PaperOrderInput,
        description: `Sort order of the ${MOST_COMPARED} most alike papers; the most alike first when absent.`,
      }),
      ...topArgs,
    },
    resolve: (_, { filter, order, ...request }, { db }, info) => {
      assertSize('first', request.first)
      const asked = { ...request, filter: filter ?? {}, order: order ?? null }
      return readAlike(db, asked, selectionOf(info))
    },
  }),
)

import type { GraphQLResolveInfo } from 'graphql'
import type { Paper } from '../../domain/entity/paper.ts'
import {
  RELATED_LIMITS,
  RELATION_KINDS,
  type RelatedPaper,
  type RelationReason,
  readRelated,
} from '../../domain/papers/related.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { costs } from '../cost.ts'
import { enumOf } from '../enums.ts'
import { needs, selectionOf } from '../plan/lookahead.ts'
import { PaperRef } from '../refs.ts'
import { assertSize, topArgs } from '../relay/connection.ts'

const RelationKindEnum = enumOf(
  'RelationKind',
  'Why a paper is taken to be related to another.',
  RELATION_KINDS,
  {
    topic: 'Both are about a topic.',
    author: 'Both are by an author.',
    text: 'A rare word of the title stands in title or abstract of the other.',
    co_cited: 'Papers cite both.',
    shared_references: 'Both cite the same papers.',
    cites: 'The paper cites the other.',
    cited_by: 'The other cites the paper.',
  },
)

const RelationReasonRef = builder.objectRef<RelationReason>('RelationReason')
RelationReasonRef.implement({
  description: 'A reason why a paper is taken to be related to another.',
  fields: (t) => ({
    kind: t.expose('kind', { type: RelationKindEnum, description: 'What sort of reason it is.' }),
    detail: t.exposeString('detail', {
      nullable: true,
      description:
        'Name of the topic or author, or the word as the title has it, in lower case; null for citations.',
    }),
    count: t.exposeInt('count', {
      nullable: true,
      description:
        'How many papers cite both, or how many both cite; null for what is not counted.',
    }),
    weight: t.exposeFloat('weight', {
      description: 'Its part of the score: the rarer what they share, the more.',
    }),
  }),
})

const RelatedPaperRef = builder.objectRef<RelatedPaper>('RelatedPaper')
RelatedPaperRef.implement({
  description: 'A paper that is related to another, and why.',
  fields: (t) => ({
    score: t.exposeFloat('score', {
      description: 'The sum of the weights of all reasons: of use for comparing within one list.',
    }),
    reasons: t.field({
      ...costs({ size: 5 }),
      type: [RelationReasonRef],
      description: 'All that the two share, the weightiest first.',
      ...needs({ reads: ['reasons'] }),
      resolve: ({ reasons }) => reasons,
    }),
    paper: t.field({
      type: PaperRef,
      description: 'The paper itself.',
      ...needs({ embeds: { relation: 'paper', kind: 'object' } }),
      resolve: ({ paper }) => paper,
    }),
  }),
})

const { topics, topicPapers, authors, authorPapers, words, wordPapers, citations } = RELATED_LIMITS

builder.objectFields(PaperRef, (t) => ({
  related: t.field({
    ...costs({ each: 5 }),
    type: [RelatedPaperRef],
    description: `Papers that are most like it, by topics, authors, rare words of its title, and citations where there are any. Looked for among the newest ${topicPapers} of its ${topics} rarest topics, the newest ${authorPapers} of its first ${authors} authors, those that have one of the ${words} rarest words of its title, if at most ${wordPapers} titles do, and what ${citations} of its citations either way lead to.`,
    args: topArgs,
    resolve: (paper, { first }, context, info) => relatedOf(paper, first, context, info),
  }),
}))

/** What is related to one paper; read for all papers of the query at once. */
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

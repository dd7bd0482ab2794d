import type { ObjectRef } from '@pothos/core'
import type { GraphQLResolveInfo } from 'graphql'
import {
  type LeadingAuthor,
  type LeadingKind,
  type LeadingRepository,
  type LeadingTopic,
  leadingByParents,
} from '../../domain/analysis/leading.ts'
import { type LinkedParent, MOST_PAPERS } from '../../domain/papers/link.ts'
import { builder, type Types } from '../builder.ts'
import type { Context } from '../context.ts'
import { costs } from '../cost.ts'
import { answeredBy } from '../plan/declare.ts'
import { selectionOf } from '../plan/plan-rows.ts'
import { AuthorRef, RepositoryRef, TopicRef } from '../refs.ts'
import { assertSize, topArgs } from '../relay/connection.ts'

const MOST = MOST_PAPERS.toLocaleString('en')
const NEWEST = `among the newest ${MOST} papers`

export const LeadingAuthorRef = builder.objectRef<LeadingAuthor>('LeadingAuthor')
LeadingAuthorRef.implement({
  description: 'An author with many of the papers.',
  fields: (t) => ({
    author: t.field({
      type: AuthorRef,
      description: 'The author.',
      ...answeredBy({ one: 'author' }),
      resolve: ({ author }) => author,
    }),
    paperCount: t.exposeInt('paperCount', {
      description: `Number of the author's papers ${NEWEST}.`,
    }),
    citationCount: t.exposeInt('citationCount', {
      description: 'Sum of the citation counts of these papers.',
    }),
  }),
})

export const LeadingTopicRef = builder.objectRef<LeadingTopic>('LeadingTopic')
LeadingTopicRef.implement({
  description: 'A topic of many of the papers.',
  fields: (t) => ({
    topic: t.field({
      type: TopicRef,
      description: 'The topic.',
      ...answeredBy({ one: 'topic' }),
      resolve: ({ topic }) => topic,
    }),
    paperCount: t.exposeInt('paperCount', {
      description: `Number of papers with this topic ${NEWEST}.`,
    }),
  }),
})

export const LeadingRepositoryRef = builder.objectRef<LeadingRepository>('LeadingRepository')
LeadingRepositoryRef.implement({
  description: 'A repository linked to many of the papers.',
  fields: (t) => ({
    repository: t.field({
      type: RepositoryRef,
      description: 'The repository.',
      ...answeredBy({ one: 'repository' }),
      resolve: ({ repository }) => repository,
    }),
    paperCount: t.exposeInt('paperCount', {
      description: `Number of linked papers ${NEWEST}.`,
    }),
  }),
})

/** Options of a field that lists the leading authors, topics or repositories among a parent's papers. */
export function leadingField<Row extends { id: number; paperCount: number }>(
  type: ObjectRef<Types, Row>,
  parent: LinkedParent,
  leading: LeadingKind,
  description: string,
  /** Points per parent. */
  each: number,
) {
  return {
    ...costs({ each }),
    type: [type] as [typeof type],
    description: `${description} Based on the newest ${MOST} papers.`,
    args: topArgs,
    resolve: async (
      { id }: { id: number },
      { first }: { first: number },
      { db, loaders }: Context,
      info: GraphQLResolveInfo,
    ): Promise<Row[]> => {
      assertSize('first', first)
      const request = { parent, leading, first, selection: selectionOf(info) }
      const load = (ids: readonly number[]) => leadingByParents<Row>(db, request, ids)
      return (await loaders.load(info, parent, id, load)) ?? []
    },
  }
}

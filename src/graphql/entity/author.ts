import {
  type Author,
  type AuthorOrder,
  authorAt,
  authorEntity,
  authorList,
  authorOrder,
  findAuthor,
} from '../../domain/entity/author.ts'
import { globalId } from '../../sql/global-id.ts'
import {
  AffiliationRef,
  AuthorMetricsRef,
  affiliationsOf,
  metricsOf,
} from '../analysis/author-metrics.ts'
import { CoAuthorConnection, coAuthorsOf } from '../analysis/co-author.ts'
import { LeadingTopicRef, leadingField } from '../analysis/leading.ts'
import { papersPerYear, YearCountRef } from '../analysis/year-count.ts'
import { builder } from '../builder.ts'
import { costs, listPoints, whenGiven } from '../cost.ts'
import { AuthorConnection, PaperConnection } from '../papers/connections.ts'
import { paperListArgs, paperListNeeds, papersOf } from '../papers/list.ts'
import { needs, selectionOf } from '../plan/lookahead.ts'
import { AuthorIdentifierRef, AuthorRef, NodeRef } from '../refs.ts'
import { type PageArguments, pageArgs, topArgs } from '../relay/connection.ts'
import { type RootList, rootList, rootPage } from '../relay/list.ts'
import { orderInput } from '../relay/order.ts'
import { AuthorProfileRef } from './author-profile.ts'

AuthorRef.implement({
  description:
    'A person who stands in bylines. Two people may share a name: authors are merged on identifiers, never on names alone.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description: 'Opaque id, unique among all types.',
      ...needs({ globalId: 'Author' }),
      resolve: ({ id }) => globalId('Author', id),
    }),
    name: t.exposeString('name', { description: 'The fullest name that papers print.' }),
    identifiers: t.field({
      type: [AuthorIdentifierRef],
      description: 'Names that registries and archives give to this person.',
      ...needs({ embeds: { relation: 'identifiers', kind: 'list' }, cost: { size: 3 } }),
      resolve: ({ identifiers = [] }) => identifiers,
    }),
    profiles: t.field({
      type: [AuthorProfileRef],
      description:
        'What registries of authors say of this person, by source and key; empty when no record of them was imported.',
      ...needs({ embeds: { relation: 'profiles', kind: 'list' }, cost: { size: 2 } }),
      resolve: ({ profiles = [] }) => profiles,
    }),
    paperCount: t.exposeInt('paperCount', { description: 'Number of papers in this catalogue.' }),
    papers: t.field({
      type: PaperConnection.connection,
      description: 'Their papers, the latest published first unless ordered otherwise.',
      args: paperListArgs,
      ...paperListNeeds({
        each: listPoints(0.4, 1, 1),
        list: { count: whenGiven('filter', 1, 0), facet: 4 },
      }),
      resolve: (author, args, context, info) => papersOf('author', author, context, args, info),
    }),
    papersPerYear: t.field({
      ...costs({ each: 1, size: 30 }),
      type: [YearCountRef],
      description:
        'Their papers by year of publication, the earliest first; papers without a date are not counted.',
      resolve: (author, _, context, info) => papersPerYear('author', author, context, info),
    }),
    coAuthors: t.field({
      ...costs({ each: 40, list: { count: 17, facet: 0 } }),
      type: CoAuthorConnection.connection,
      description:
        'Who stands in the same bylines: those with most shared papers first, then by name. Of more than 10,000 papers the newest 10,000 are looked at.',
      args: pageArgs,
      resolve: (author, args, context, info) => coAuthorsOf(author, args, context, info),
    }),
    leadingTopics: t.field(
      leadingField(
        LeadingTopicRef,
        'author',
        'topic',
        'What they write about: the topics on most of their papers first.',
        11,
      ),
    ),
    metrics: t.field({
      ...costs({ each: 6 }),
      type: AuthorMetricsRef,
      description:
        'What their papers in this catalogue come to: citations, h-index, first and last year.',
      resolve: (author, _, context, info) => metricsOf(author, context, info),
    }),
    affiliations: t.field({
      ...costs({ each: 0.2 }),
      type: [AffiliationRef],
      description:
        'Where they work and worked, as their newest 100 papers print it, the latest first; empty when none does.',
      args: topArgs,
      resolve: (author, args, context, info) => affiliationsOf(author, args, context, info),
    }),
  }),
})

const AuthorOrderInput = orderInput('Author', 'authors', {
  paper_count: 'Number of papers in this catalogue.',
  name: 'Name as it is printed, given name first, without regard to case and accents.',
})

interface AuthorListArguments extends PageArguments {
  name?: string | null | undefined
  order?: { field: AuthorOrder; direction: 'asc' | 'desc' } | null | undefined
}

function authorsThat(args: AuthorListArguments): RootList {
  return {
    list: authorList(args.name ?? null),
    entity: authorEntity,
    order: authorOrder(args.order?.field ?? 'paper_count', args.order?.direction ?? 'desc'),
  }
}

builder.queryFields((t) => ({
  author: t.field({
    type: AuthorRef,
    nullable: true,
    description:
      'The author a reference leads to, or null when there is none in the catalogue. What is no reference is an error.',
    args: {
      ref: t.arg.string({
        required: true,
        description:
          "An author's `id`, an ORCID iD, an ACL Anthology people path, an OpenReview `~id`, a DBLP pid, an OpenAlex, Semantic Scholar or IEEE author id, or the URL of one.",
      }),
    },
    ...needs({ answers: ({ ref }: { ref: string }) => authorAt(ref), cost: { each: 0.5 } }),
    resolve: (_, { ref }, { db }, info) => findAuthor(db, ref, selectionOf(info)),
  }),
  authors: t.field({
    type: AuthorConnection.connection,
    nullable: true,
    description:
      'All authors, those with most papers first unless ordered otherwise. Null only with an error.',
    args: {
      ...pageArgs,
      name: t.arg.string({
        description: 'Only those whose name holds all of these words, or parts of words.',
      }),
      order: t.arg({ type: AuthorOrderInput, description: 'In which order.' }),
    },
    ...needs({
      answers: (args: AuthorListArguments) => rootPage(args, authorsThat(args)),
      cost: { each: whenGiven('name', 20, 1), list: { count: 30, facet: 0 } },
    }),
    resolve: (_, args, context, info) => rootList<Author>(context, args, info, authorsThat(args)),
  }),
}))

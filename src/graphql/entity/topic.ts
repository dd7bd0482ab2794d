import type { GraphQLResolveInfo } from 'graphql'
import { TOPIC_REASONS, type TopicKind } from '../../db/tables/vocabulary.ts'
import {
  findTopic,
  type Topic,
  type TopicOrder,
  type TopicVariant,
  topicAt,
  topicEntity,
  topicList,
  topicOrder,
  topicsByIds,
  topicsNamed,
} from '../../domain/entity/topic.ts'
import { ancestorsByTopics } from '../../domain/papers/topic-tree.ts'
import { CoOccurringTopicRef, coOccurrenceArgs, coOccurring } from '../analysis/co-occurrence.ts'
import { LeadingAuthorRef, LeadingRepositoryRef, leadingField } from '../analysis/leading.ts'
import { MonthCountRef, monthRangeArgs, papersPerMonth } from '../analysis/month-count.ts'
import { papersPerYear } from '../analysis/year-count.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { costs, listPoints, whenGiven } from '../cost.ts'
import { enumOf, TopicKindEnum } from '../enums.ts'
import { PaperConnection, TopicConnection } from '../papers/connections.ts'
import { paperListArgs, paperListNeeds, papersOf } from '../papers/list.ts'
import { answeredBy } from '../plan/declare.ts'
import { selectionOf } from '../plan/plan-rows.ts'
import { NodeRef, TopicRef } from '../refs.ts'
import { loadById, nodeId } from '../relay/by-id.ts'
import { type Connection, type PageArguments, pageArgs } from '../relay/connection.ts'
import { listsOf, namedList, parentList, type RootList, rootList, rootPage } from '../relay/list.ts'
import { type OrderArgument, orderInput } from '../relay/order.ts'

const TopicOrderInput = orderInput('Topic', 'topics', {
  paper_count: 'Number of papers in this catalogue.',
  name: 'Name, ignoring case and accents.',
})

const topicListArgs = builder.args((t) => ({
  ...pageArgs,
  order: t.field({ type: TopicOrderInput, description: 'Sort order.' }),
}))

const TopicReasonEnum = enumOf('TopicReason', 'Why a keyword leads to a topic.', TOPIC_REASONS, {
  vocabulary: 'The vocabulary lists it as a name of the topic.',
  stated:
    'A spelling of a topic that a source states: another number, hyphen, space or variety of English.',
  use: 'A spelling of a keyword that papers of several groups use.',
  acronym: 'An acronym that papers spell out like this in their keywords or abstracts.',
  decision: 'An operator decided so.',
})

const TopicVariantRef = builder.objectRef<TopicVariant>('TopicVariant')
TopicVariantRef.implement({
  description: 'A keyword that leads to a topic.',
  fields: (t) => ({
    slug: t.exposeString('slug', {
      description: 'Slug; it is accepted like the slug of the topic.',
    }),
    name: t.exposeString('name', { description: 'The keyword as most papers print it.' }),
    reason: t.expose('reason', {
      type: TopicReasonEnum,
      description: 'Why it leads to the topic.',
    }),
    paperCount: t.exposeInt('paperCount', { description: 'Number of papers that print it.' }),
  }),
})

TopicRef.implement({
  description: 'A subject of papers.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id(nodeId('Topic')),
    slug: t.exposeString('slug', { description: 'Slug, used in URLs and filters.' }),
    name: t.exposeString('name', { description: 'Display name.' }),
    kind: t.expose('kind', { type: TopicKindEnum, description: 'Kind of topic.' }),
    description: t.exposeString('description', {
      ...costs({ bytes: 400 }),
      nullable: true,
      description: 'Description from OpenAlex; null when no record was imported.',
    }),
    paperCount: t.exposeInt('paperCount', { description: 'Number of papers in this catalogue.' }),
    parent: t.field({
      type: TopicRef,
      nullable: true,
      description: 'Broader topic; null for a top-level topic.',
      ...answeredBy({ resolver: ['parentId'] }),
      resolve: ({ parentId }, _, context, info) =>
        parentId === null ? null : loadById(topicsByIds, parentId, context, info),
    }),
    children: t.field({
      ...costs({ each: 0.2, list: { count: 0.2, facet: 0 } }),
      type: TopicConnection.connection,
      description: 'Narrower topics, most papers first unless `order` is given.',
      args: topicListArgs,
      resolve: (topic, args, context, info) => childrenOf(topic, args, context, info),
    }),
    ancestors: t.field({
      ...costs({ each: 0.05, size: 4 }),
      type: [TopicRef],
      description:
        'Broader topics, broadest first and `parent` last; at most 20. Empty for a top-level topic.',
      resolve: async ({ id }, _, { db, loaders }, info) =>
        (await loaders.load(info, 'ancestors', id, (ids) =>
          ancestorsByTopics(db, selectionOf(info), ids),
        )) ?? [],
    }),
    papers: t.field({
      type: PaperConnection.connection,
      description: 'Papers on the topic, latest first unless `order` is given.',
      args: paperListArgs,
      ...paperListNeeds({
        each: listPoints(0.3, 8, 100),
        list: { count: whenGiven('filter', 40, 0), facet: 120 },
      }),
      resolve: (topic, args, context, info) => papersOf('topic', topic, context, args, info),
    }),
    variants: t.field({
      type: [TopicVariantRef],
      description:
        'Other spellings of the topic that papers print as keywords, the commonest first; at most 50.',
      ...answeredBy({ list: 'variants' }, { each: 1, size: 5 }),
      resolve: ({ variants = [] }) => variants,
    }),
    papersPerYear: t.field(papersPerYear('topic', { each: 2.5, size: 40 })),
    papersPerMonth: t.field({
      ...costs({ each: 5, size: 360 }),
      type: [MonthCountRef],
      description:
        'Papers by month of publication, earliest first, including months without papers; at most 1,200 months. Papers with only a year count in `papersPerYear` only.',
      args: monthRangeArgs,
      resolve: (topic, range, context, info) => papersPerMonth(topic, range, context, info),
    }),
    coOccurring: t.field({
      ...costs({ each: 70 }),
      type: [CoOccurringTopicRef],
      description: 'Topics that occur on the same papers. Based on the newest 10,000 papers.',
      args: coOccurrenceArgs,
      resolve: (topic, args, context, info) => coOccurring(topic, args, context, info),
    }),
    leadingAuthors: t.field(
      leadingField(
        LeadingAuthorRef,
        'topic',
        'author',
        'Authors by number of papers on the topic.',
        110,
      ),
    ),
    leadingRepositories: t.field(
      leadingField(
        LeadingRepositoryRef,
        'topic',
        'repository',
        'Repositories by number of linked papers on the topic, then by stars.',
        100,
      ),
    ),
  }),
})

interface TopicListArguments extends PageArguments {
  order?: OrderArgument<TopicOrder>
}

function orderOf({ order }: TopicListArguments) {
  return topicOrder(order?.field ?? 'paper_count', order?.direction ?? 'desc')
}

/** The narrower topics of a topic; read for all topics of the query at once. */
async function childrenOf(
  topic: Topic,
  args: TopicListArguments,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Connection<Topic>> {
  const list = { list: topicList({}), entity: topicEntity, order: orderOf(args) }
  return parentList(topic, args, context, info, listsOf<Topic>(list))
}

interface RootTopicListArguments extends TopicListArguments {
  name?: string | null | undefined
  kind?: readonly TopicKind[] | null | undefined
}

function topicsThat(args: RootTopicListArguments): RootList {
  const { name, kind: kinds } = args
  const named = namedList(args, topicEntity, (one) => topicsNamed({ name: one, kinds }))
  if (named) return named
  return {
    list: topicList({ name, kinds }),
    entity: topicEntity,
    order: orderOf(args),
  }
}

builder.queryFields((t) => ({
  topic: t.field({
    type: TopicRef,
    nullable: true,
    description:
      'The topic with this slug; null when there is none. `suggest` finds topics by names with typos.',
    args: {
      slug: t.arg.string({
        required: true,
        description:
          'Slug in any case, such as `machine-translation`, or a keyword that leads to it.',
      }),
    },
    ...answeredBy({ source: ({ slug }: { slug: string }) => topicAt(slug) }, { each: 0.5 }),
    resolve: (_, { slug }, { db }, info) => findTopic(db, slug, selectionOf(info)),
  }),
  topics: t.field({
    type: TopicConnection.connection,
    nullable: true,
    description:
      'All topics, most papers first unless `order` is given; by `name`, whole names first, then whole words. Null only with an error.',
    args: {
      ...topicListArgs,
      name: t.arg.string({
        description:
          'Only topics whose name contains this, or which papers call by this name, such as `LLMs`.',
      }),
      kind: t.arg({ type: [TopicKindEnum], description: 'Only topics of these kinds.' }),
    },
    ...answeredBy(
      { source: (args: RootTopicListArguments) => rootPage(args, topicsThat(args)) },
      { each: whenGiven('name', 5, 1), list: { count: 3, facet: 0 } },
    ),
    resolve: (_, args, context, info) => rootList<Topic>(context, args, info, topicsThat(args)),
  }),
}))

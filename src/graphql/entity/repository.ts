import {
  findRepository,
  type Repository,
  type RepositoryFilter,
  type RepositoryOrder,
  repositoryAt,
  repositoryEntity,
  repositoryList,
  repositoryOrder,
} from '../../domain/entity/repository.ts'
import { globalId } from '../../sql/global-id.ts'
import { LeadingRepositoryRef, leadingField } from '../analysis/leading.ts'
import { builder } from '../builder.ts'
import { costs, listPoints, whenGiven } from '../cost.ts'
import { atMost, REFERENCE } from '../input-limits.ts'
import { RepositoryConnection, RepositoryPaperConnection } from '../papers/connections.ts'
import { linkedPaperListArgs, paperListNeeds, papersOf } from '../papers/list.ts'
import { needs, selectionOf } from '../plan/lookahead.ts'
import { NodeRef, RepositoryRef } from '../refs.ts'
import { type PageArguments, pageArgs } from '../relay/connection.ts'
import { type RootList, rootList, rootPage } from '../relay/list.ts'
import { orderInput } from '../relay/order.ts'
import { dayRangeArgs, StarCountRef, starHistory } from '../repositories/star-history.ts'
import { toInstant } from '../scalars.ts'

RepositoryRef.implement({
  description:
    'A place where code is kept. What its host says of it is null until it was asked; the host is asked from time to time.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description: 'Opaque id, unique among all types.',
      ...needs({ globalId: 'Repository' }),
      resolve: ({ id }) => globalId('Repository', id),
    }),
    url: t.expose('url', { type: 'URL', description: 'Its page at the host.' }),
    host: t.exposeString('host', { description: 'Such as `github.com`.' }),
    owner: t.exposeString('owner', {
      description: 'User or organisation, in lower case; groups within groups at GitLab.',
    }),
    name: t.exposeString('name', { description: 'Its name at its owner, in lower case.' }),
    description: t.exposeString('description', {
      ...costs({ bytes: 150 }),
      nullable: true,
      description: 'What its owner says it is; null when unknown.',
    }),
    stars: t.exposeInt('stars', {
      nullable: true,
      description: 'How many people starred it at the host; null when unknown.',
    }),
    forks: t.exposeInt('forks', {
      nullable: true,
      description: 'How many copies there are at the host; null when unknown.',
    }),
    language: t.exposeString('language', {
      nullable: true,
      description: 'The programming language most of it is in; null when unknown.',
    }),
    licence: t.exposeString('licence', {
      nullable: true,
      description: 'SPDX id of the licence of the code; null when unknown.',
    }),
    isArchived: t.exposeBoolean('isArchived', {
      description: 'Whether its owner has closed it to changes.',
    }),
    pushedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When code was last added; null when unknown.',
      ...needs({ value: 'pushedAt' }),
      resolve: ({ pushedAt }) => (pushedAt === null ? null : toInstant(pushedAt)),
    }),
    checkedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When its host was last asked for all this; null when it never was.',
      ...needs({ reads: ['checkedAt'] }),
      resolve: ({ checkedAt }) => (checkedAt === null ? null : toInstant(checkedAt)),
    }),
    isGone: t.exposeBoolean('isGone', {
      description:
        'Whether its host knew it no more, or did not show it, when last asked: deleted, made private, or blocked. What was known of it before stays.',
    }),
    starHistory: t.field({
      ...costs({ each: 0.3, size: 365 }),
      type: [StarCountRef],
      description:
        'Its stars on the days on which they were counted, the oldest first; empty when they never were.',
      args: dayRangeArgs,
      resolve: (repository, args, context, info) => starHistory(repository, args, context, info),
    }),
    paperCount: t.exposeInt('paperCount', { description: 'Number of papers linked to it.' }),
    papers: t.field({
      type: RepositoryPaperConnection.connection,
      description: 'Papers linked to it, the latest published first unless ordered otherwise.',
      args: linkedPaperListArgs,
      ...paperListNeeds({
        each: listPoints(0.3, 1, 1),
        list: { count: whenGiven('filter', 1, 0), facet: 4 },
      }),
      resolve: (repository, args, context, info) =>
        papersOf('repository', repository, context, args, info),
    }),
    related: t.field(
      leadingField(
        LeadingRepositoryRef,
        'repository',
        'repository',
        'Other repositories of its papers: those that share most of them first, then by stars.',
        2,
      ),
    ),
  }),
})

const RepositoryOrderInput = orderInput('Repository', 'repositories', {
  stars: 'Stars at the host; those where they are unknown have least.',
  paper_count: 'Number of papers linked to it.',
  name: 'Name at its owner.',
})

interface RepositoryListArguments extends PageArguments, Omit<RepositoryFilter, 'languages'> {
  language?: readonly string[] | null | undefined
  order?: { field: RepositoryOrder; direction: 'asc' | 'desc' } | null | undefined
}

function repositoriesThat(args: RepositoryListArguments): RootList {
  return {
    list: repositoryList({ ...args, languages: args.language }),
    entity: repositoryEntity,
    order: repositoryOrder(args.order?.field ?? 'stars', args.order?.direction ?? 'desc'),
  }
}

builder.queryFields((t) => ({
  repository: t.field({
    type: RepositoryRef,
    nullable: true,
    description:
      'The repository a reference leads to, or null when there is none. What is no reference is an error.',
    args: {
      ref: t.arg.string({
        ...atMost(REFERENCE),
        required: true,
        description:
          "A repository's `id`, its URL at GitHub, GitLab, Bitbucket, Codeberg or Hugging Face, that of a gist, or GitHub's `owner/name`; also those it had before it was renamed.",
      }),
    },
    ...needs({ answers: ({ ref }: { ref: string }) => repositoryAt(ref), cost: { each: 0.5 } }),
    resolve: (_, { ref }, { db }, info) => findRepository(db, ref, selectionOf(info)),
  }),
  repositories: t.field({
    type: RepositoryConnection.connection,
    nullable: true,
    description:
      'All repositories, those with most stars first unless ordered otherwise. Null only with an error.',
    args: {
      ...pageArgs,
      name: t.arg.string({ description: 'Only those whose `owner/name` holds this.' }),
      owner: t.arg.string({ description: 'Only those of this user or organisation.' }),
      language: t.arg.stringList({ description: 'Only those mainly in one of these languages.' }),
      minStars: t.arg.int({ description: 'Only those with at least so many stars.' }),
      order: t.arg({ type: RepositoryOrderInput, description: 'In which order.' }),
    },
    ...needs({
      answers: (args: RepositoryListArguments) => rootPage(args, repositoriesThat(args)),
      cost: { each: whenGiven('name', 60, 1), list: { count: 30, facet: 0 } },
    }),
    resolve: (_, args, context, info) =>
      rootList<Repository>(context, args, info, repositoriesThat(args)),
  }),
}))

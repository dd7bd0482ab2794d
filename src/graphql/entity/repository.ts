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
import { assertPrinted } from '../../domain/statements/printed-names.ts'
import type { Source } from '../../sql/list.ts'
import { LeadingRepositoryRef, leadingField } from '../analysis/leading.ts'
import { builder } from '../builder.ts'
import { costs, listPoints, whenGiven } from '../cost.ts'
import { atMost, REFERENCE } from '../input-limits.ts'
import { RepositoryConnection, RepositoryPaperConnection } from '../papers/connections.ts'
import { linkedPaperListArgs, paperListNeeds, papersOf } from '../papers/list.ts'
import { answeredBy } from '../plan/declare.ts'
import { selectionOf } from '../plan/plan-rows.ts'
import { NodeRef, RepositoryRef } from '../refs.ts'
import { nodeId } from '../relay/by-id.ts'
import { type PageArguments, pageArgs } from '../relay/connection.ts'
import { type RootList, rootList, rootPage } from '../relay/list.ts'
import { type OrderArgument, orderInput } from '../relay/order.ts'
import { dayRangeArgs, StarCountRef, starHistory } from '../repositories/star-history.ts'

RepositoryRef.implement({
  description:
    'A code repository. Fields stated by its host are null until `paperql sync github` has read them.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id(nodeId('Repository')),
    url: t.expose('url', { type: 'URL', description: 'Page at the host.' }),
    host: t.exposeString('host', { description: 'Host name, such as `github.com`.' }),
    owner: t.exposeString('owner', {
      description: 'User or organisation, in lower case; groups within groups at GitLab.',
    }),
    name: t.exposeString('name', { description: 'Repository name, in lower case.' }),
    description: t.exposeString('description', {
      ...costs({ bytes: 150 }),
      nullable: true,
      description: 'Description by its owner; null when unknown.',
    }),
    stars: t.exposeInt('stars', {
      nullable: true,
      description: 'Number of stars at the host; null when unknown.',
    }),
    forks: t.exposeInt('forks', {
      nullable: true,
      description: 'Number of forks at the host; null when unknown.',
    }),
    language: t.exposeString('language', {
      nullable: true,
      description: 'Main programming language; null when unknown.',
    }),
    licence: t.exposeString('licence', {
      nullable: true,
      description: 'SPDX id of the licence of the code; null when unknown.',
    }),
    isArchived: t.exposeBoolean('isArchived', {
      description: 'Whether it is archived (read-only).',
    }),
    pushedAt: t.expose('pushedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Time of the last push; null when unknown.',
    }),
    checkedAt: t.expose('checkedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Time when the host was last asked; null when never.',
    }),
    isGone: t.exposeBoolean('isGone', {
      description:
        'Whether the host answered not found, private or blocked when last asked. Earlier data is kept.',
    }),
    starHistory: t.field({
      ...costs({ each: 0.3, size: 365 }),
      type: [StarCountRef],
      description: 'Star counts on the days they were read, oldest first; empty when never read.',
      args: dayRangeArgs,
      resolve: (repository, args, context, info) => starHistory(repository, args, context, info),
    }),
    paperCount: t.exposeInt('paperCount', { description: 'Number of papers linked to it.' }),
    papers: t.field({
      type: RepositoryPaperConnection.connection,
      description: 'Linked papers, latest first unless `order` is given.',
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
        'Other repositories of its papers, most shared papers first, then by stars.',
        2,
      ),
    ),
  }),
})

const RepositoryOrderInput = orderInput('Repository', 'repositories', {
  stars: 'Stars at the host; unknown counts sort as fewest.',
  paper_count: 'Number of papers linked to it.',
  name: 'Repository name.',
})

interface RepositoryListArguments extends PageArguments, Omit<RepositoryFilter, 'languages'> {
  language?: readonly string[] | null | undefined
  order?: OrderArgument<RepositoryOrder>
}

function repositoriesThat(args: RepositoryListArguments): RootList {
  return {
    list: repositoryList({ ...args, languages: args.language }),
    entity: repositoryEntity,
    order: repositoryOrder(args.order?.field ?? 'stars', args.order?.direction ?? 'desc'),
  }
}

/** The source of a page; null if languages must be looked up first: an unknown language among several does not make the list empty. */
function pageOfRepositories(args: RepositoryListArguments): Source | null {
  return (args.language?.length ?? 0) > 1 ? null : rootPage(args, repositoriesThat(args))
}

builder.queryFields((t) => ({
  repository: t.field({
    type: RepositoryRef,
    nullable: true,
    description:
      'The repository with this reference; null when there is none. An unparsable reference is an error.',
    args: {
      ref: t.arg.string({
        ...atMost(REFERENCE),
        required: true,
        description:
          "A repository's `id`, its URL at GitHub, GitLab, Bitbucket, Codeberg or Hugging Face, that of a gist, or GitHub's `owner/name`; also its former names.",
      }),
    },
    ...answeredBy({ source: ({ ref }: { ref: string }) => repositoryAt(ref) }, { each: 0.5 }),
    resolve: (_, { ref }, { db }, info) => findRepository(db, ref, selectionOf(info)),
  }),
  repositories: t.field({
    type: RepositoryConnection.connection,
    nullable: true,
    description:
      'All repositories, most stars first unless `order` is given. Null only with an error.',
    args: {
      ...pageArgs,
      name: t.arg.string({ description: 'Only repositories whose `owner/name` contains this.' }),
      owner: t.arg.string({ description: 'Only repositories of this user or organisation.' }),
      language: t.arg.stringList({
        description:
          'Only repositories whose main language is one of these; one that no repository has is an error.',
      }),
      minStars: t.arg.int({ description: 'Minimum number of stars.' }),
      order: t.arg({ type: RepositoryOrderInput, description: 'Sort order.' }),
    },
    ...answeredBy(
      { source: pageOfRepositories },
      { each: whenGiven('name', 60, 1), list: { count: 30, facet: 0 } },
    ),
    async resolve(_, args, context, info) {
      const names = args.language ?? []
      await assertPrinted(context.db, { kind: 'language', argument: 'language', names })
      return rootList<Repository>(context, args, info, repositoriesThat(args))
    },
  }),
}))

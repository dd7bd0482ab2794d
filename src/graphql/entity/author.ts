import { coAuthorLists } from '../../domain/analysis/co-author.ts'
import { authorInstitutionLists } from '../../domain/analysis/institution-people.ts'
import {
  type Author,
  type AuthorOrder,
  authorEntity,
  authorList,
  authorOrder,
  authorsNamed,
} from '../../domain/entity/author.ts'
import { allForms } from '../../domain/identity/lookup/asked-name.ts'
import {
  type AuthorsOfName,
  authorsOfNames,
  isFullName,
} from '../../domain/identity/lookup/named.ts'
import { authorRefAt, findAuthorOrNamesakes } from '../../domain/identity/lookup/resolution.ts'
import type { Source } from '../../sql/list.ts'
import {
  AffiliationRef,
  AuthorMetricsRef,
  affiliationsOf,
  metricsOf,
} from '../analysis/author-metrics.ts'
import { CoAuthorConnection } from '../analysis/co-author.ts'
import { LeadingTopicRef, leadingField } from '../analysis/leading.ts'
import { papersPerYear } from '../analysis/year-count.ts'
import { builder } from '../builder.ts'
import { costs, listPoints, whenGiven } from '../cost.ts'
import { AuthorInstitutionConnection } from '../institutions/people.ts'
import { AuthorConnection, PaperConnection } from '../papers/connections.ts'
import { paperListArgs, paperListNeeds, papersOf } from '../papers/list.ts'
import { answeredBy } from '../plan/declare.ts'
import { selectionOf } from '../plan/plan-rows.ts'
import { AuthorIdentifierRef, AuthorRef, NodeRef } from '../refs.ts'
import { nodeId } from '../relay/by-id.ts'
import { type PageArguments, pageArgs, topArgs } from '../relay/connection.ts'
import { namedList, parentList, type RootList, rootList, rootPage } from '../relay/list.ts'
import { type OrderArgument, orderInput } from '../relay/order.ts'
import { AuthorProfileRef } from './author-profile.ts'

AuthorRef.implement({
  description:
    'An author of papers. Two people may share a name: authors are merged by identifiers and by evidence, which `identity` shows, never by name alone.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id(nodeId('Author')),
    name: t.exposeString('name', {
      description:
        'The form of the name that most papers print; of equally frequent ones the longest. Searches find the author by the others, too.',
    }),
    identifiers: t.field({
      type: [AuthorIdentifierRef],
      description: 'Identifiers of this person in registries and archives.',
      ...answeredBy({ list: 'identifiers' }, { size: 3 }),
      resolve: ({ identifiers = [] }) => identifiers,
    }),
    profiles: t.field({
      type: [AuthorProfileRef],
      description:
        'Profiles of this person in author registries, ordered by source and key; empty when none was imported.',
      ...answeredBy({ list: 'profiles' }, { size: 2 }),
      resolve: ({ profiles = [] }) => profiles,
    }),
    paperCount: t.exposeInt('paperCount', { description: 'Number of papers in this catalogue.' }),
    papers: t.field({
      type: PaperConnection.connection,
      description: 'Papers of the author, latest first unless `order` is given.',
      args: paperListArgs,
      ...paperListNeeds({
        each: listPoints(0.4, 1, 1),
        list: { count: whenGiven('filter', 1, 0), facet: 4 },
      }),
      resolve: (author, args, context, info) => papersOf('author', author, context, args, info),
    }),
    papersPerYear: t.field(papersPerYear('author', { each: 1, size: 30 })),
    coAuthors: t.field({
      ...costs({ each: 40, list: { count: 17, facet: 0 } }),
      type: CoAuthorConnection.connection,
      description:
        'Co-authors by number of shared papers, then by name. Based on the newest 10,000 papers.',
      args: pageArgs,
      resolve: (author, args, context, info) =>
        parentList(author, args, context, info, coAuthorLists),
    }),
    leadingTopics: t.field(
      leadingField(
        LeadingTopicRef,
        'author',
        'topic',
        "Topics by number of the author's papers.",
        11,
      ),
    ),
    institutions: t.field({
      ...costs({ each: 4, list: { count: 3, facet: 0 } }),
      type: AuthorInstitutionConnection.connection,
      description:
        'Institutions of the author, by the number of papers that name them for the author, then by name; empty when none is known.',
      args: pageArgs,
      resolve: (author, args, context, info) =>
        parentList(author, args, context, info, authorInstitutionLists),
    }),
    metrics: t.field({
      ...costs({ each: 6 }),
      type: AuthorMetricsRef,
      description:
        'Citations, h-index, first and last year, computed from the papers in this catalogue.',
      resolve: (author, _, context, info) => metricsOf(author, context, info),
    }),
    affiliations: t.field({
      ...costs({ each: 0.2 }),
      type: [AffiliationRef],
      description:
        "Affiliations printed in the author's newest 100 papers, latest first; empty when none states any.",
      args: topArgs,
      resolve: (author, args, context, info) => affiliationsOf(author, args, context, info),
    }),
  }),
})

const AuthorOrderInput = orderInput('Author', 'authors', {
  paper_count: 'Number of papers in this catalogue.',
  name: 'Name as printed, given name first, ignoring case and accents.',
})

interface AuthorListArguments extends PageArguments {
  name?: string | null | undefined
  order?: OrderArgument<AuthorOrder>
}

/** `named` are the authors who have the name in other forms than these words. */
function authorsThat(args: AuthorListArguments, named: AuthorsOfName | null): RootList {
  const forms = args.name?.trim() ? allForms(args.name) : null
  const byFit = namedList(args, authorEntity, () => authorsNamed(forms ?? [], named))
  if (byFit) return byFit
  return {
    list: authorList(forms, named),
    entity: authorEntity,
    order: authorOrder(args.order?.field ?? 'paper_count', args.order?.direction ?? 'desc'),
  }
}

/** Null for a name whose other forms must be looked up, or whose first rows come from another query. */
function authorsPage(args: AuthorListArguments): Source | null {
  const that = authorsThat(args, null)
  return isFullName(args.name ?? '') || that.list.head ? null : rootPage(args, that)
}

builder.queryFields((t) => ({
  author: t.field({
    type: AuthorRef,
    nullable: true,
    description:
      'The author with this reference, or the only one of this name; null when not in the catalogue. A name that fits several authors is an error whose `extensions.candidates` lists them, each with its `ref`, affiliation, years, topics and number of papers; `resolveAuthors` returns them as data.',
    args: {
      ref: t.arg.string({
        required: true,
        description:
          "An author's `id`, an ORCID iD, an ACL Anthology people path, an OpenReview `~id`, a DBLP pid or numbered name (Wei Zhang 0001), an OpenAlex, Semantic Scholar or IEEE author id, or the URL of one; or a name.",
      }),
    },
    ...answeredBy({ source: ({ ref }: { ref: string }) => authorRefAt(ref) }, { each: 0.5 }),
    resolve: (_, { ref }, { db }, info) => findAuthorOrNamesakes(db, ref, selectionOf(info)),
  }),
  authors: t.field({
    type: AuthorConnection.connection,
    nullable: true,
    description:
      'All authors, most papers first unless `order` is given; by `name`, in any form that papers print, whole names first, then whole words. Null only with an error.',
    args: {
      ...pageArgs,
      name: t.arg.string({
        description: 'Only authors whose name contains all of these words or parts of words.',
      }),
      order: t.arg({ type: AuthorOrderInput, description: 'Sort order.' }),
    },
    ...answeredBy(
      { source: authorsPage },
      { each: whenGiven('name', 20, 1), list: { count: 30, facet: 0 } },
    ),
    resolve: async (_, args, context, info) => {
      const [named = null] = await authorsOfNames(context.db, [args.name ?? ''])
      const list = await rootList<Author>(context, args, info, authorsThat(args, named))
      const among = list.rows.map(({ id }) => id)
      return { ...list, rows: list.rows.map((row) => ({ ...row, among })) }
    },
  }),
}))

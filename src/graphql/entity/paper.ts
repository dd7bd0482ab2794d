import type { GraphQLResolveInfo } from 'graphql'
import type { Sql } from 'sql-template-tag'
import { AUTHORSHIP_ORDER, authorshipList } from '../../domain/entity/authorship.ts'
import { type Paper, topicCountsByPapers } from '../../domain/entity/paper.ts'
import { PAPER_REPOSITORY_ORDER, paperRepositoryList } from '../../domain/entity/repository.ts'
import { PAPER_TOPIC_ORDER, paperTopicList } from '../../domain/entity/topic.ts'
import { findPaper, paperAt } from '../../domain/papers/resolution.ts'
import { globalId } from '../../sql/global-id.ts'
import type { KeysetOrder } from '../../sql/keyset.ts'
import { readJsonLists } from '../../sql/list.ts'
import { type JsonList, NOTHING } from '../../sql/selection.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { costs, listPoints, whenGiven } from '../cost.ts'
import { DatePrecisionEnum, IdentifierSchemeEnum, PaperKindEnum } from '../enums.ts'
import { atMost, REFERENCE } from '../input-limits.ts'
import { bibliographyOf, citationArgs, citationCost } from '../papers/bibliography.ts'
import {
  AuthorshipConnection,
  PaperConnection,
  PaperRepositoryConnection,
  PaperTopicConnection,
} from '../papers/connections.ts'
import { allPapers, pageOfAllPapers, paperListArgs } from '../papers/list.ts'
import { needs, rowSelectionOf, selectionOf } from '../plan/lookahead.ts'
import { IdentifierRef, NodeRef, PaperRef, PublicationRef, VenueRef } from '../refs.ts'
import { type PageArguments, pageArgs, parsePage, shortConnection } from '../relay/connection.ts'
import { toInstant } from '../scalars.ts'

PaperRef.implement({
  description:
    'A scholarly paper, merged from all records of it that were imported: which of them is believed, is told by `sources` and the README.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description: 'Opaque id, unique among all types.',
      ...needs({ globalId: 'Paper' }),
      resolve: ({ id }) => globalId('Paper', id),
    }),
    title: t.exposeString('title', { ...costs({ bytes: 90 }), description: 'Title, as printed.' }),
    abstract: t.exposeString('abstract', {
      ...costs({ bytes: 1300 }),
      nullable: true,
      description:
        'The whole abstract, by the source that `sources` tells; null when no source states it.',
    }),
    tldr: t.exposeString('tldr', {
      ...costs({ bytes: 200 }),
      nullable: true,
      description:
        'The paper in a sentence, as a model of Semantic Scholar or Hugging Face wrote it; null when neither did.',
    }),
    kind: t.expose('kind', { type: PaperKindEnum, description: 'What sort of publication it is.' }),
    publishedOn: t.expose('publishedOn', {
      type: 'Date',
      nullable: true,
      description:
        'Day of publication, with 01 for what `publishedPrecision` leaves open; null when unknown.',
    }),
    publishedPrecision: t.expose('publishedPrecision', {
      type: DatePrecisionEnum,
      nullable: true,
      description: 'How much of `publishedOn` is known; null when nothing is.',
    }),
    year: t.exposeInt('year', {
      nullable: true,
      description: 'Year of publication; null when unknown.',
    }),
    eventYear: t.exposeInt('eventYear', {
      nullable: true,
      description: 'Year of the conference at which it appeared; null when it appeared at none.',
    }),
    language: t.exposeString('language', {
      nullable: true,
      description: 'Language of the text as a BCP 47 tag; null when no source states it.',
    }),
    licence: t.exposeString('licence', {
      nullable: true,
      description:
        'SPDX id of the licence of its metadata, of the most believed record that has one: `sources` tells that of each; null when none is stated.',
    }),
    isRetracted: t.exposeBoolean('isRetracted', {
      description: 'Whether a source says that it was retracted.',
    }),
    url: t.field({
      type: 'URL',
      nullable: true,
      description: 'Page of the paper at its publisher or archive; null when none is known.',
      ...needs({ value: 'landingUrl' }),
      resolve: ({ landingUrl }) => landingUrl,
    }),
    pdfUrl: t.expose('pdfUrl', {
      type: 'URL',
      nullable: true,
      description: 'The paper itself as PDF; null when none is known.',
    }),
    authorCount: t.exposeInt('authorCount', { description: 'Number of names in the byline.' }),
    citationCount: t.exposeInt('citationCount', {
      description:
        'How often it is cited: the largest of `citationCounts`, as each source misses some.',
    }),
    upvoteCount: t.exposeInt('upvoteCount', {
      nullable: true,
      description:
        'How many people upvoted it at Hugging Face, when that was last read; null when it was never on its daily list.',
    }),
    repositoryCount: t.exposeInt('repositoryCount', {
      description: 'Number of linked code repositories.',
    }),
    starCount: t.exposeInt('starCount', {
      description: 'Stars of the linked repository that has most; 0 when none is known.',
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When it came into this catalogue.',
      ...needs({ value: 'createdAt' }),
      resolve: ({ createdAt }) => toInstant(createdAt),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      description: 'When an import last changed it.',
      ...needs({ value: 'updatedAt' }),
      resolve: ({ updatedAt }) => toInstant(updatedAt),
    }),
    venue: t.field({
      type: VenueRef,
      nullable: true,
      description: 'Where it appeared; null when unknown.',
      ...needs({ embeds: { relation: 'venue', kind: 'object' } }),
      resolve: ({ venue }) => venue,
    }),
    publication: t.field({
      type: PublicationRef,
      nullable: true,
      description:
        'Journal, book or proceedings with volume, pages and publisher; null when no record of the version shown states any of it.',
      ...needs({ embeds: { relation: 'publication', kind: 'object' } }),
      resolve: ({ publication }) => publication,
    }),
    identifiers: t.field({
      type: [IdentifierRef],
      description: 'Its identifiers in all schemes, in the order of the schemes.',
      args: {
        schemes: t.arg({
          type: [IdentifierSchemeEnum],
          description: 'Only those of these schemes; all when absent.',
        }),
      },
      ...needs({ embeds: { relation: 'identifiers', kind: 'list' }, cost: { size: 4 } }),
      resolve: ({ identifiers = [] }, { schemes }) =>
        schemes ? identifiers.filter(({ scheme }) => schemes.includes(scheme)) : identifiers,
    }),
    authorships: t.field({
      type: AuthorshipConnection.connection,
      description: 'The byline, in its order.',
      args: pageArgs,
      ...needs({
        embeds: { relation: 'authorships', kind: 'connection', count: 'authorCount' },
        cost: { usualPage: 10 },
      }),
      resolve: (paper, args, context, info) =>
        shortList(paper, paper.authorships, AUTHORSHIP_ORDER, authorshipList, {
          args,
          context,
          info,
          countAll: () => paper.authorCount,
        }),
    }),
    topics: t.field({
      type: PaperTopicConnection.connection,
      description: 'What it is about, the surest first.',
      args: pageArgs,
      ...needs({ embeds: { relation: 'topics', kind: 'connection' }, cost: { usualPage: 5 } }),
      resolve: (paper, args, context, info) =>
        shortList(paper, paper.topics, PAPER_TOPIC_ORDER, paperTopicList, {
          args,
          context,
          info,
          countAll: () => countTopics(paper, context, info),
        }),
    }),
    repositories: t.field({
      type: PaperRepositoryConnection.connection,
      description: 'Its code: official repositories first, then by stars.',
      args: pageArgs,
      ...needs({
        embeds: { relation: 'repositories', kind: 'connection', count: 'repositoryCount' },
        cost: { usualPage: 3 },
      }),
      resolve: (paper, args, context, info) =>
        shortList(paper, paper.repositories, PAPER_REPOSITORY_ORDER, paperRepositoryList, {
          args,
          context,
          info,
          countAll: () => paper.repositoryCount,
        }),
    }),
    citation: t.string({
      ...costs(citationCost),
      description:
        'How to cite it, in a format of reference managers or as text. Keys of BibTeX, RIS and CSL-JSON are stable: the same whatever else is cited.',
      args: citationArgs,
      resolve: ({ id }, args, context, info) => bibliographyOf([id], args, context, info),
    }),
  }),
})

interface Request {
  args: PageArguments
  context: Context
  info: GraphQLResolveInfo
  countAll: () => Promise<number> | number
}

/** One of a paper's short lists: at hand where the whole query reads its beginning, else loaded for all papers. */
function shortList<Row>(
  paper: Paper,
  embedded: Row[] | undefined,
  order: KeysetOrder<Row>,
  list: (paperId: Sql) => JsonList,
  { args, context, info, countAll }: Request,
) {
  const page = parsePage(args, order)
  const load = () => {
    const selection = rowSelectionOf(info) ?? NOTHING
    return context.loaders.load(info, 'page', paper.id, (ids) =>
      readJsonLists<Row>(context.db, list, selection, page, ids),
    )
  }
  return shortConnection({ order, page, embedded, load, countAll })
}

async function countTopics(paper: Paper, { db, loaders }: Context, info: GraphQLResolveInfo) {
  const load = (ids: readonly number[]) => topicCountsByPapers(db, ids)
  return (await loaders.load(info, 'count', paper.id, load)) ?? 0
}

builder.queryFields((t) => ({
  paper: t.field({
    type: PaperRef,
    nullable: true,
    description:
      'The paper a reference leads to, or null when it is not in the catalogue. What is no reference is an error.',
    args: {
      ref: t.arg.string({
        ...atMost(REFERENCE),
        required: true,
        description:
          "A paper's `id`, or an identifier in any spelling: `10.18653/v1/…`, `arXiv:2305.18290`, an ACL Anthology, OpenReview, PMLR, PubMed, DBLP, OpenAlex or Semantic Scholar id, or the URL of one; also the URL of a code repository that one paper is linked to.",
      }),
    },
    ...needs({ answers: ({ ref }: { ref: string }) => paperAt(ref), cost: { each: 0.5 } }),
    resolve: (_, { ref }, { db }, info) => findPaper(db, ref, selectionOf(info)),
  }),
  papers: t.field({
    type: PaperConnection.connection,
    nullable: true,
    description:
      'All papers, the latest published first unless ordered otherwise. Null only with an error.',
    args: paperListArgs,
    ...needs({
      answers: pageOfAllPapers,
      cost: {
        each: listPoints(1, 10, 1),
        list: { count: whenGiven('filter', 60, 50), facet: 75 },
      },
    }),
    resolve: (_, args, context, info) => allPapers(context, args, info),
  }),
}))

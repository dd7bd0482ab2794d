import type { GraphQLResolveInfo } from 'graphql'
import type { Sql } from 'sql-template-tag'
import { AUTHORSHIP_ORDER, authorshipList } from '../../domain/entity/authorship.ts'
import { type Paper, topicCountsByPapers } from '../../domain/entity/paper.ts'
import { PAPER_REPOSITORY_ORDER, paperRepositoryList } from '../../domain/entity/repository.ts'
import { PAPER_TOPIC_ORDER, paperTopicList } from '../../domain/entity/topic.ts'
import {
  institutionCountsByPapers,
  PAPER_INSTITUTION_ORDER,
  paperInstitutionList,
} from '../../domain/institutions/institution.ts'
import { findPaper, paperAt } from '../../domain/papers/resolution.ts'
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
  PaperInstitutionConnection,
  PaperRepositoryConnection,
  PaperTopicConnection,
} from '../papers/connections.ts'
import { allPapers, pageOfAllPapers, paperListArgs } from '../papers/list.ts'
import { answeredBy } from '../plan/declare.ts'
import { rowSelectionOf, selectionOf } from '../plan/plan-rows.ts'
import { IdentifierRef, NodeRef, PaperRef, PublicationRef, VenueRef } from '../refs.ts'
import { nodeId } from '../relay/by-id.ts'
import { type PageArguments, pageArgs, parsePage, shortConnection } from '../relay/connection.ts'

PaperRef.implement({
  description:
    'A scholarly paper, merged from all its imported records; `sources` lists them in order of precedence.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id(nodeId('Paper')),
    title: t.exposeString('title', { ...costs({ bytes: 90 }), description: 'Title, as printed.' }),
    abstract: t.exposeString('abstract', {
      ...costs({ bytes: 1300 }),
      nullable: true,
      description:
        'Full abstract, from the source with the highest precedence; null when not stated.',
    }),
    tldr: t.exposeString('tldr', {
      ...costs({ bytes: 200 }),
      nullable: true,
      description:
        'One-sentence summary written by a model of Semantic Scholar or Hugging Face; null when neither has one.',
    }),
    kind: t.expose('kind', { type: PaperKindEnum, description: 'Kind of publication.' }),
    publishedOn: t.expose('publishedOn', {
      type: 'Date',
      nullable: true,
      description:
        'Day of publication; parts beyond `publishedPrecision` are 01. Null when unknown.',
    }),
    publishedPrecision: t.expose('publishedPrecision', {
      type: DatePrecisionEnum,
      nullable: true,
      description: 'Precision of `publishedOn`; null when the date is unknown.',
    }),
    year: t.exposeInt('year', {
      nullable: true,
      description: 'Year of publication; null when unknown.',
    }),
    eventYear: t.exposeInt('eventYear', {
      nullable: true,
      description: 'Year of the conference; null when it did not appear at one.',
    }),
    language: t.exposeString('language', {
      nullable: true,
      description: 'Language of the text as a BCP 47 tag; null when not stated.',
    }),
    licence: t.exposeString('licence', {
      nullable: true,
      description:
        'SPDX id of the licence of its metadata, from the record with the highest precedence that states one; `sources` has the licence of each record. Null when not stated.',
    }),
    isRetracted: t.exposeBoolean('isRetracted', {
      description: 'Whether a source states that it was retracted.',
    }),
    url: t.expose('landingUrl', {
      type: 'URL',
      nullable: true,
      description: 'Page of the paper at its publisher or archive; null when unknown.',
    }),
    pdfUrl: t.expose('pdfUrl', {
      type: 'URL',
      nullable: true,
      description: 'URL of the PDF; null when unknown.',
    }),
    authorCount: t.exposeInt('authorCount', {
      description:
        'Number of names in the byline; the paper has more authors when `hasMoreAuthors` is true.',
    }),
    hasMoreAuthors: t.exposeBoolean('hasMoreAuthors', {
      description:
        'Whether the paper has authors that `authorships` lacks: true when the record that the byline is taken from ends it with "et al.", "and others" or an ellipsis. Complete bylines of other records precede it.',
    }),
    citationCount: t.exposeInt('citationCount', {
      description:
        'Number of citations: the largest of `citationCounts`, because each source misses some.',
    }),
    upvoteCount: t.exposeInt('upvoteCount', {
      nullable: true,
      description:
        'Upvotes at Hugging Face when last read; null when it was never on a daily list.',
    }),
    ownUpvoteCount: t.exposeInt('ownUpvoteCount', {
      description: 'Upvotes in this catalogue, by people who signed in and holders of API keys.',
    }),
    repositoryCount: t.exposeInt('repositoryCount', {
      description: 'Number of linked code repositories.',
    }),
    starCount: t.exposeInt('starCount', {
      description: 'Largest number of stars among linked repositories; 0 when unknown.',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'Time when the paper was added to this catalogue.',
    }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      description:
        'Time of its newest entry in `changes`, whatever changed what it shows: imports, merges, votes, decisions. That of CREATED when nothing changed since.',
    }),
    venue: t.field({
      type: VenueRef,
      nullable: true,
      description: 'Venue; null when unknown.',
      ...answeredBy({ one: 'venue' }),
      resolve: ({ venue }) => venue,
    }),
    publication: t.field({
      type: PublicationRef,
      nullable: true,
      description:
        'Journal, book or proceedings with volume, pages and publisher; null when not stated for the version shown.',
      ...answeredBy({ one: 'publication' }),
      resolve: ({ publication }) => publication,
    }),
    identifiers: t.field({
      type: [IdentifierRef],
      description: 'Identifiers in all schemes, in the order of the schemes.',
      args: {
        schemes: t.arg({
          type: [IdentifierSchemeEnum],
          description: 'Only identifiers of these schemes; all when absent.',
        }),
      },
      ...answeredBy({ list: 'identifiers' }, { size: 4 }),
      resolve: ({ identifiers = [] }, { schemes }) =>
        // Filters by id, which is present even if `scheme` is not selected.
        schemes
          ? identifiers.filter(({ id }) => schemes.some((scheme) => id.startsWith(`${scheme}:`)))
          : identifiers,
    }),
    authorships: t.field({
      type: AuthorshipConnection.connection,
      description: 'The byline, in its order.',
      args: pageArgs,
      ...answeredBy({ page: { relation: 'authorships', count: 'authorCount' } }, { usualPage: 10 }),
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
      description: 'Topics, highest score first.',
      args: pageArgs,
      ...answeredBy({ page: { relation: 'topics' } }, { usualPage: 5 }),
      resolve: (paper, args, context, info) =>
        shortList(paper, paper.topics, PAPER_TOPIC_ORDER, paperTopicList, {
          args,
          context,
          info,
          countAll: () => countTopics(paper, context, info),
        }),
    }),
    keywords: t.exposeStringList('keywords', {
      ...costs({ bytes: 200 }),
      description:
        'Keywords as the sources print them, those of the source with the highest precedence first. Keywords that enough papers use are `topics`, too.',
    }),
    institutions: t.field({
      type: PaperInstitutionConnection.connection,
      description:
        'Institutions of its authors, in the order of the byline, last those of which no source says whose they are. The edges say how each is known; empty when none is.',
      args: pageArgs,
      ...answeredBy({ page: { relation: 'institutions' } }, { usualPage: 4 }),
      resolve: (paper, args, context, info) =>
        shortList(paper, paper.institutions, PAPER_INSTITUTION_ORDER, paperInstitutionList, {
          args,
          context,
          info,
          countAll: () => countInstitutions(paper, context, info),
        }),
    }),
    repositories: t.field({
      type: PaperRepositoryConnection.connection,
      description: 'Linked code repositories: official ones first, then by stars.',
      args: pageArgs,
      ...answeredBy(
        { page: { relation: 'repositories', count: 'repositoryCount' } },
        { usualPage: 3 },
      ),
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
        'The paper as a citation, in a format of reference managers or as text. Keys of BibTeX, RIS and CSL-JSON are stable: they do not depend on what else is cited.',
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

/** A short list of a paper: its embedded beginning if the statement of the query read it, otherwise loaded for all papers at once. */
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

async function countInstitutions(paper: Paper, { db, loaders }: Context, info: GraphQLResolveInfo) {
  const load = (ids: readonly number[]) => institutionCountsByPapers(db, ids)
  return (await loaders.load(info, 'count', paper.id, load)) ?? 0
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
      'The paper with this reference; null when not in the catalogue. An unparsable reference is an error.',
    args: {
      ref: t.arg.string({
        ...atMost(REFERENCE),
        required: true,
        description:
          "A paper's `id`, or an identifier in any spelling: `10.18653/v1/…`, `arXiv:2305.18290`, an ACL Anthology, OpenReview, PMLR, PubMed, DBLP, OpenAlex or Semantic Scholar id, or the URL of one; also the URL of a code repository linked to exactly one paper.",
      }),
    },
    ...answeredBy({ source: ({ ref }: { ref: string }) => paperAt(ref) }, { each: 0.5 }),
    resolve: (_, { ref }, { db }, info) => findPaper(db, ref, selectionOf(info)),
  }),
  papers: t.field({
    type: PaperConnection.connection,
    nullable: true,
    description: 'All papers, latest first unless `order` is given. Null only with an error.',
    args: paperListArgs,
    ...answeredBy(
      { source: pageOfAllPapers },
      {
        each: listPoints(1, 10, 1),
        list: { count: whenGiven('filter', 60, 50), facet: 75 },
      },
    ),
    resolve: (_, args, context, info) => allPapers(context, args, info),
  }),
}))

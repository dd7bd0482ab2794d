import { institutionAuthorLists } from '../../domain/analysis/institution-people.ts'
import { type TopicYear, topicYearsByInstitutions } from '../../domain/analysis/topic-year.ts'
import {
  type Institution,
  type InstitutionOrder,
  institutionEntity,
  institutionList,
  institutionOrder,
  institutionsByIds,
  institutionsNamed,
} from '../../domain/institutions/institution.ts'
import { findInstitutions, institutionAt } from '../../domain/institutions/reference.ts'
import { badInput } from '../../errors.ts'
import { readOne } from '../../sql/list.ts'
import { LeadingTopicRef, leadingField } from '../analysis/leading.ts'
import { papersPerYear } from '../analysis/year-count.ts'
import { builder } from '../builder.ts'
import { costs, listPoints, whenGiven } from '../cost.ts'
import { atMost, REFERENCE } from '../input-limits.ts'
import { InstitutionConnection, PaperConnection } from '../papers/connections.ts'
import { paperListArgs, paperListNeeds, papersOf } from '../papers/list.ts'
import { answeredBy } from '../plan/declare.ts'
import { selectionOf } from '../plan/plan-rows.ts'
import { InstitutionRef, NodeRef, TopicRef } from '../refs.ts'
import { loadById, nodeId } from '../relay/by-id.ts'
import { assertSize, type PageArguments, pageArgs } from '../relay/connection.ts'
import { namedList, parentList, type RootList, rootList, rootPage } from '../relay/list.ts'
import { type OrderArgument, orderInput } from '../relay/order.ts'
import { InstitutionAuthorConnection } from './people.ts'

/** Maximum range of years for which topics are counted. */
const MOST_YEARS = 50
const DEFAULT_YEARS = 10

const TopicYearRef = builder.objectRef<TopicYear>('TopicYear')
TopicYearRef.implement({
  description: 'A topic of many papers of a year.',
  fields: (t) => ({
    year: t.exposeInt('year', { description: 'The year.' }),
    topic: t.field({
      type: TopicRef,
      description: 'The topic.',
      ...answeredBy({ one: 'topic' }),
      resolve: ({ topic }) => topic,
    }),
    paperCount: t.exposeInt('paperCount', {
      description: 'Number of papers of the year that are about the topic.',
    }),
  }),
})

InstitutionRef.implement({
  description:
    'A university, company or other place where authors of papers worked: one for each ROR id, and one for each name for which no ROR id is known.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id(nodeId('Institution')),
    slug: t.exposeString('slug', {
      description: 'Slug, used in URLs and filters, such as `stanford-university`.',
    }),
    ror: t.expose('ror', {
      type: 'URL',
      nullable: true,
      description:
        'Address in the Research Organization Registry, such as `https://ror.org/042nb2s44`; null when no source states it.',
    }),
    name: t.exposeString('name', {
      description: 'Name in its ROR record, else as sources write it.',
    }),
    acronyms: t.exposeStringList('acronyms', {
      description:
        'Short forms of the name that sources state, such as `MIT`; another institution may have the same. Empty when none is known.',
      ...costs({ bytes: 20 }),
    }),
    country: t.exposeString('country', {
      nullable: true,
      description: 'ISO 3166 country code, such as `CH`, of its ROR record; null without one.',
    }),
    domain: t.exposeString('domain', {
      nullable: true,
      description: 'Host name of its home page, such as `stanford.edu`; null when not stated.',
    }),
    parent: t.field({
      type: InstitutionRef,
      nullable: true,
      description:
        'The institution that it is a part of, by its ROR record; null without one, and when no paper names that.',
      ...answeredBy({ resolver: ['parentId'] }),
      resolve: ({ parentId }, _, context, info) =>
        parentId === null ? null : loadById(institutionsByIds, parentId, context, info),
    }),
    paperCount: t.exposeInt('paperCount', { description: 'Number of papers in this catalogue.' }),
    papers: t.field({
      type: PaperConnection.connection,
      description: 'Papers of its authors, latest first unless `order` is given.',
      args: paperListArgs,
      ...paperListNeeds({
        each: listPoints(0.3, 4, 20),
        list: { count: whenGiven('filter', 10, 0), facet: 40 },
      }),
      resolve: (institution, args, context, info) =>
        papersOf('institution', institution, context, args, info),
    }),
    authors: t.field({
      ...costs({ each: 40, list: { count: 17, facet: 0 } }),
      type: InstitutionAuthorConnection.connection,
      description:
        'Authors by number of their papers here, then by name. Based on the newest 10,000 papers.',
      args: pageArgs,
      resolve: (institution, args, context, info) =>
        parentList(institution, args, context, info, institutionAuthorLists),
    }),
    papersPerYear: t.field(papersPerYear('institution', { each: 2.5, size: 40 })),
    topicsPerYear: t.field({
      ...costs({ each: 40, size: 30 }),
      type: [TopicYearRef],
      description:
        'Topics by number of papers in each year of publication: the earliest year first, in each the most frequent topic first.',
      args: {
        first: t.arg.int({
          defaultValue: 3,
          description: 'Number of topics of each year, 0 to 20.',
        }),
        from: t.arg.int({ description: 'First year; nine years before the last when absent.' }),
        to: t.arg.int({ description: 'Last year; the current year when absent.' }),
      },
      resolve: async ({ id }, args, { db, loaders }, info) => {
        const range = yearsOf(args)
        const load = (ids: readonly number[]) =>
          topicYearsByInstitutions(db, selectionOf(info), range, ids)
        return (await loaders.load(info, 'topics per year', id, load)) ?? []
      },
    }),
    leadingTopics: t.field(
      leadingField(
        LeadingTopicRef,
        'institution',
        'topic',
        'Topics by number of papers of the institution.',
        40,
      ),
    ),
  }),
})

interface YearArguments {
  first?: number | null | undefined
  from?: number | null | undefined
  to?: number | null | undefined
}

function yearsOf({ first, from, to }: YearArguments) {
  const last = to ?? new Date().getUTCFullYear()
  const earliest = from ?? last - DEFAULT_YEARS + 1
  assertSize('first', first ?? 0, 20)
  for (const [name, year] of [
    ['from', earliest],
    ['to', last],
  ] as const)
    if (year < 1 || year > 9999)
      throw badInput(`${name}: ${year} is not a year; expected a number from 1 to 9999.`)
  if (earliest > last) throw badInput(`from: ${earliest} is later than to: ${last}.`)
  if (last - earliest >= MOST_YEARS)
    throw badInput(
      `from ${earliest} to ${last} is more than ${MOST_YEARS} years; expected at most as many.`,
    )
  return { first: first ?? 3, from: earliest, to: last }
}

const InstitutionOrderInput = orderInput('Institution', 'institutions', {
  paper_count: 'Number of papers in this catalogue.',
  name: 'Name, ignoring case and accents.',
})

interface InstitutionListArguments extends PageArguments {
  name?: string | null | undefined
  country?: readonly string[] | null | undefined
  hasRor?: boolean | null | undefined
  order?: OrderArgument<InstitutionOrder>
}

function institutionsThat(args: InstitutionListArguments): RootList {
  const { name, country: countries, hasRor, order } = args
  const named = namedList(args, institutionEntity, (one) =>
    institutionsNamed({ name: one, countries, hasRor }),
  )
  if (named) return named
  return {
    list: institutionList({ name, countries, hasRor }),
    entity: institutionEntity,
    order: institutionOrder(order?.field ?? 'paper_count', order?.direction ?? 'desc'),
  }
}

builder.queryFields((t) => ({
  institution: t.field({
    type: InstitutionRef,
    nullable: true,
    description:
      'The institution with this reference; null when not in the catalogue. A name or short form that several institutions have is an error whose `extensions.candidates` lists them, each with its `ref`, ROR id, country and number of papers, unless one has ten times the papers of the others.',
    args: {
      ref: t.arg.string({
        ...atMost(REFERENCE),
        required: true,
        description:
          "An institution's `id`, its ROR id or the URL of that, its slug, one of its names, or a short form such as `MIT`.",
      }),
    },
    ...answeredBy({ source: ({ ref }: { ref: string }) => institutionAt(ref) }, { each: 1 }),
    resolve: async (_, { ref }, { db }, info) => {
      const at = institutionAt(ref)
      if (at) return readOne<Institution>(db, at, selectionOf(info))
      const id = (await findInstitutions(db, [ref], 'ref')).get(ref)
      if (id === undefined) return null
      return (await institutionsByIds(db, selectionOf(info), [id])).get(id) ?? null
    },
  }),
  institutions: t.field({
    type: InstitutionConnection.connection,
    nullable: true,
    description:
      'All institutions, most papers first unless `order` is given; by `name`, whole names first, then whole words. Null only with an error.',
    args: {
      ...pageArgs,
      name: t.arg.string({
        description:
          'Only institutions with this short form, or a name with words that begin with all of these.',
      }),
      country: t.arg.stringList({
        description:
          'Only institutions in one of these countries, by ISO 3166 codes such as `CH`, or English names.',
      }),
      hasRor: t.arg.boolean({
        description: 'true: only institutions with a ROR id; false: without.',
      }),
      order: t.arg({ type: InstitutionOrderInput, description: 'Sort order.' }),
    },
    ...answeredBy(
      { source: (args: InstitutionListArguments) => rootPage(args, institutionsThat(args)) },
      { each: whenGiven('name', 5, 1), list: { count: 3, facet: 0 } },
    ),
    resolve: (_, args, context, info) =>
      rootList<Institution>(context, args, info, institutionsThat(args)),
  }),
}))

import type { VenueKind } from '../../db/tables/vocabulary.ts'
import {
  findVenue,
  type Venue,
  type VenueOrder,
  venueAt,
  venueEntity,
  venueList,
  venueOrder,
  venuesNamed,
} from '../../domain/entity/venue.ts'
import { LeadingAuthorRef, LeadingTopicRef, leadingField } from '../analysis/leading.ts'
import { papersPerYear } from '../analysis/year-count.ts'
import { builder } from '../builder.ts'
import { listPoints, whenGiven } from '../cost.ts'
import { VenueKindEnum } from '../enums.ts'
import { PaperConnection, VenueConnection } from '../papers/connections.ts'
import { paperListArgs, paperListNeeds, papersOf } from '../papers/list.ts'
import { answeredBy } from '../plan/declare.ts'
import { selectionOf } from '../plan/plan-rows.ts'
import { NodeRef, VenueRef } from '../refs.ts'
import { nodeId } from '../relay/by-id.ts'
import { type PageArguments, pageArgs } from '../relay/connection.ts'
import { namedList, type RootList, rootList, rootPage } from '../relay/list.ts'
import { type OrderArgument, orderInput } from '../relay/order.ts'

VenueRef.implement({
  description: 'A conference, journal or other series in which papers appear, without a year.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id(nodeId('Venue')),
    slug: t.exposeString('slug', { description: 'Slug, used in URLs and filters, such as `acl`.' }),
    name: t.exposeString('name', { description: 'Full name.' }),
    acronym: t.exposeString('acronym', {
      nullable: true,
      description: 'Acronym, such as `ACL`; null when it has none.',
    }),
    kind: t.expose('kind', { type: VenueKindEnum, description: 'Kind of venue.' }),
    paperCount: t.exposeInt('paperCount', { description: 'Number of papers in this catalogue.' }),
    papers: t.field({
      type: PaperConnection.connection,
      description: 'Papers of the venue, latest first unless `order` is given.',
      args: paperListArgs,
      ...paperListNeeds({
        each: listPoints(0.2, 5, 20),
        list: { count: whenGiven('filter', 10, 0), facet: 60 },
      }),
      resolve: (venue, args, context, info) => papersOf('venue', venue, context, args, info),
    }),
    papersPerYear: t.field(papersPerYear('venue', { each: 2.5, size: 40 })),
    leadingTopics: t.field(
      leadingField(
        LeadingTopicRef,
        'venue',
        'topic',
        'Topics by number of papers at the venue.',
        90,
      ),
    ),
    leadingAuthors: t.field(
      leadingField(
        LeadingAuthorRef,
        'venue',
        'author',
        'Authors by number of papers at the venue.',
        110,
      ),
    ),
  }),
})

const VenueOrderInput = orderInput('Venue', 'venues', {
  paper_count: 'Number of papers in this catalogue.',
  name: 'Name, ignoring case and accents.',
})

interface VenueListArguments extends PageArguments {
  name?: string | null | undefined
  kind?: readonly VenueKind[] | null | undefined
  order?: OrderArgument<VenueOrder>
}

function venuesThat(args: VenueListArguments): RootList {
  const { name, kind: kinds } = args
  const named = namedList(args, venueEntity, (one) => venuesNamed({ name: one, kinds }))
  if (named) return named
  return {
    list: venueList({ name, kinds }),
    entity: venueEntity,
    order: venueOrder(args.order?.field ?? 'paper_count', args.order?.direction ?? 'desc'),
  }
}

builder.queryFields((t) => ({
  venue: t.field({
    type: VenueRef,
    nullable: true,
    description:
      'The venue with this slug, or with this former name or usual acronym; null when there is none. `suggest` finds venues by names with typos.',
    args: {
      slug: t.arg.string({
        required: true,
        description:
          'Slug in any case, such as `acl`, or a former name or usual acronym, such as `nips` of NeurIPS.',
      }),
    },
    ...answeredBy({ source: ({ slug }: { slug: string }) => venueAt(slug) }, { each: 0.5 }),
    resolve: (_, { slug }, { db }, info) => findVenue(db, slug, selectionOf(info)),
  }),
  venues: t.field({
    type: VenueConnection.connection,
    nullable: true,
    description:
      'All venues, most papers first unless `order` is given; by `name`, whole names first, then whole words. Null only with an error.',
    args: {
      ...pageArgs,
      name: t.arg.string({
        description:
          'Only venues whose name or acronym contains this, and the one that it is a former name of.',
      }),
      kind: t.arg({ type: [VenueKindEnum], description: 'Only venues of these kinds.' }),
      order: t.arg({ type: VenueOrderInput, description: 'Sort order.' }),
    },
    ...answeredBy(
      { source: (args: VenueListArguments) => rootPage(args, venuesThat(args)) },
      { each: whenGiven('name', 5, 1), list: { count: 3, facet: 0 } },
    ),
    resolve: (_, args, context, info) => rootList<Venue>(context, args, info, venuesThat(args)),
  }),
}))

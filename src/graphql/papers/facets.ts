import type { GraphQLResolveInfo } from 'graphql'
import type {
  DecisionOutcome,
  EventKind,
  LinkKind,
  OpenAccessStatus,
  PaperKind,
  Presentation,
} from '../../db/tables/vocabulary.ts'
import {
  type Facet,
  type FacetRequest,
  type FacetValue,
  withoutOwn,
} from '../../domain/papers/facets.ts'
import type { PaperFilter } from '../../domain/papers/filter.ts'
import { builder, type Types } from '../builder.ts'
import { costs, type ListCost } from '../cost.ts'
import { TopicKindEnum } from '../enums.ts'
import { answeredBy } from '../plan/declare.ts'
import { selectionOf } from '../plan/plan-rows.ts'
import { assertSize } from '../relay/connection.ts'
import {
  AuthorFacet,
  EventKindFacet,
  InstitutionFacet,
  KindFacet,
  LanguageFacet,
  LinkKindFacet,
  NameFacet,
  OpenAccessFacet,
  OutcomeFacet,
  PaperLanguageFacet,
  PresentationFacet,
  RepositoryFacet,
  TopicFacet,
  VenueFacet,
  YearFacet,
} from './facet-types.ts'

/** The papers of a list, as input for facets. */
export interface FacetSource {
  filter: PaperFilter
  /** The values of a facet among the papers that meet `filter`: the list's filter, possibly without some conditions. */
  read: (
    request: FacetRequest,
    filter: PaperFilter,
    info: GraphQLResolveInfo,
  ) => Promise<FacetValue[]>
}

/** A connection of papers with facets. */
export interface Faceted {
  /** Called only when `facets` is selected. */
  facets: () => Promise<FacetSource> | FacetSource
}

interface FacetArguments {
  first?: number | null | undefined
  kind?: FacetRequest['topicKinds']
  ignoreOwnFilter?: boolean | null | undefined
}

/** More values than any facet has that is shown in full. */
const MOST = 100
const DEFAULT_SIZE = 10

async function values<Value>(
  source: FacetSource,
  facet: Facet,
  { first = MOST, kind, ignoreOwnFilter }: FacetArguments,
  info: GraphQLResolveInfo,
): Promise<(FacetValue & { value: Value })[]> {
  assertSize('first', first)
  const filter = ignoreOwnFilter ? withoutOwn(source.filter, facet) : source.filter
  const request = {
    facet,
    first: first ?? DEFAULT_SIZE,
    selection: selectionOf(info),
    topicKinds: kind,
    filter,
  }
  return (await source.read(request, filter, info)) as (FacetValue & { value: Value })[]
}

const firstArg = builder.args((t) => ({
  first: t.int({
    defaultValue: DEFAULT_SIZE,
    description: 'Number of most frequent values, 0 to 100.',
  }),
}))

/** The argument by which a facet ignores the list's filter on its own field. */
const ignoring = (fields: string) =>
  builder.args((t) => ({
    ignoreOwnFilter: t.boolean({
      defaultValue: false,
      description: `Counts as if ${fields} were not in the filter, to show the alternatives.`,
    }),
  }))

/** A facet is counted over the whole list. */
const facetPoints = (_: unknown, list: ListCost | undefined) => list?.facet ?? 75

const PaperFacetsRef = builder.objectRef<FacetSource>('PaperFacets')
PaperFacetsRef.implement({
  description:
    'Facet counts over a whole list of papers, not a page. Each facet is counted only when selected; most frequent value first unless stated otherwise.',
  fields: (t) => ({
    years: t.field({
      ...costs({ each: facetPoints }),
      type: [YearFacet],
      description: 'Years of publication, the latest first; papers without a date are not counted.',
      args: {
        first: t.arg.int({
          defaultValue: DEFAULT_SIZE,
          description: 'Number of latest years, 0 to 100.',
        }),
        ...ignoring('`year` and `published`'),
      },
      resolve: (source, args, _, info) => values<number>(source, 'years', args, info),
    }),
    topics: t.field({
      ...costs({ each: facetPoints }),
      type: [TopicFacet],
      description: 'Topics.',
      args: {
        ...firstArg,
        kind: t.arg({ type: [TopicKindEnum], description: 'Only topics of these kinds.' }),
        ...ignoring('`topics`'),
      },
      resolve: (source, args, _, info) => values<string>(source, 'topics', args, info),
    }),
    keywords: t.field({
      ...costs({ each: facetPoints }),
      type: [NameFacet],
      description: 'Keywords; several spellings of one count together.',
      args: { ...firstArg, ...ignoring('`keywords`') },
      resolve: (source, args, _, info) => values<string>(source, 'keywords', args, info),
    }),
    venues: t.field({
      ...costs({ each: facetPoints }),
      type: [VenueFacet],
      description: 'Venues; papers without one are not counted.',
      args: { ...firstArg, ...ignoring('`venues`') },
      resolve: (source, args, _, info) => values<string>(source, 'venues', args, info),
    }),
    authors: t.field({
      ...costs({ each: facetPoints }),
      type: [AuthorFacet],
      description: 'Authors.',
      args: { ...firstArg, ...ignoring('`authors`') },
      resolve: (source, args, _, info) => values<number>(source, 'authors', args, info),
    }),
    institutions: t.field({
      ...costs({ each: facetPoints }),
      type: [InstitutionFacet],
      description: 'Institutions of the authors; a paper can count for several.',
      args: { ...firstArg, ...ignoring('`institutions`') },
      resolve: (source, args, _, info) => values<string>(source, 'institutions', args, info),
    }),
    hasRepository: t.field({
      ...costs({ size: 2, each: facetPoints }),
      type: [RepositoryFacet],
      description: 'Papers with a linked code repository, then without.',
      args: ignoring('`hasRepository`'),
      resolve: (source, args, _, info) => values<boolean>(source, 'hasRepository', args, info),
    }),
    repositoryLanguages: t.field({
      ...costs({ each: facetPoints }),
      type: [LanguageFacet],
      description:
        'Main programming languages of linked repositories; a paper can count for several.',
      args: { ...firstArg, ...ignoring('`repositoryLanguage`') },
      resolve: (source, args, _, info) => values<string>(source, 'repositoryLanguages', args, info),
    }),
    kinds: t.field({
      ...costs({ size: 8, each: facetPoints }),
      type: [KindFacet],
      description: 'Kinds of publication.',
      args: ignoring('`kind`'),
      resolve: (source, args, _, info) => values<PaperKind>(source, 'kinds', args, info),
    }),
    outcomes: t.field({
      ...costs({ size: 6, each: facetPoints }),
      type: [OutcomeFacet],
      description:
        'Decisions of venues. As in the four facets below, a paper can count for several, and only decisions that meet `decisions` of the filter are counted.',
      args: ignoring('`decisions.outcome`'),
      resolve: (source, args, _, info) => values<DecisionOutcome>(source, 'outcomes', args, info),
    }),
    presentations: t.field({
      ...costs({ size: 4, each: facetPoints }),
      type: [PresentationFacet],
      description: 'Forms of presentation.',
      args: ignoring('`decisions.presentation`'),
      resolve: (source, args, _, info) => values<Presentation>(source, 'presentations', args, info),
    }),
    awards: t.field({
      ...costs({ each: facetPoints }),
      type: [NameFacet],
      description:
        'Awards and nominations in their usual form: `Best Paper Award` counts as `Best Paper`.',
      args: { ...firstArg, ...ignoring('`decisions.awards`') },
      resolve: (source, args, _, info) => values<string>(source, 'awards', args, info),
    }),
    sessions: t.field({
      ...costs({ each: facetPoints }),
      type: [NameFacet],
      description: 'Sessions of venues.',
      args: { ...firstArg, ...ignoring('`decisions.sessions`') },
      resolve: (source, args, _, info) => values<string>(source, 'sessions', args, info),
    }),
    areas: t.field({
      ...costs({ each: facetPoints }),
      type: [NameFacet],
      description: 'Subject areas of submissions.',
      args: { ...firstArg, ...ignoring('`decisions.areas`') },
      resolve: (source, args, _, info) => values<string>(source, 'areas', args, info),
    }),
    languages: t.field({
      ...costs({ each: facetPoints }),
      type: [PaperLanguageFacet],
      description:
        'Languages of the texts; papers whose language no source states are not counted.',
      args: { ...firstArg, ...ignoring('`language`') },
      resolve: (source, args, _, info) => values<string>(source, 'languages', args, info),
    }),
    linkKinds: t.field({
      ...costs({ size: 8, each: facetPoints }),
      type: [LinkKindFacet],
      description: 'Kinds of links that the papers have; a paper can count for several.',
      args: ignoring('`hasLink`'),
      resolve: (source, args, _, info) => values<LinkKind>(source, 'linkKinds', args, info),
    }),
    eventKinds: t.field({
      ...costs({ size: 6, each: facetPoints }),
      type: [EventKindFacet],
      description:
        'Kinds of events, such as retractions and corrections; a paper can count for several, and only events in `eventOn` of the filter are counted.',
      args: ignoring('`hasEvent`'),
      resolve: (source, args, _, info) => values<EventKind>(source, 'eventKinds', args, info),
    }),
    openAccess: t.field({
      ...costs({ size: 6, each: facetPoints }),
      type: [OpenAccessFacet],
      description: 'Open-access statuses; papers of which no source states one are not counted.',
      args: ignoring('`openAccess`'),
      resolve: (source, args, _, info) =>
        values<OpenAccessStatus>(source, 'openAccess', args, info),
    }),
  }),
})

/** The field `facets` of a connection of papers. */
export const facetsField = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, Faceted>) =>
  t.field({
    type: PaperFacetsRef,
    description: 'Facet counts over the whole list.',
    ...answeredBy({ resolverAside: true }),
    resolve: ({ facets }) => facets(),
  })

import type { GraphQLResolveInfo } from 'graphql'
import type { DecisionOutcome, PaperKind, Presentation } from '../../db/tables/vocabulary.ts'
import type { Author } from '../../domain/entity/author.ts'
import type { Topic } from '../../domain/entity/topic.ts'
import type { Venue } from '../../domain/entity/venue.ts'
import {
  type Facet,
  type FacetRequest,
  type FacetValue,
  withoutOwn,
} from '../../domain/papers/facets.ts'
import type { PaperFilter } from '../../domain/papers/filter.ts'
import { globalId } from '../../sql/global-id.ts'
import { builder, type Types } from '../builder.ts'
import { costs, type ListCost } from '../cost.ts'
import { DecisionOutcomeEnum, PaperKindEnum, PresentationEnum, TopicKindEnum } from '../enums.ts'
import { answeredBy } from '../plan/declare.ts'
import { selectionOf } from '../plan/plan-rows.ts'
import { AuthorRef, TopicRef, VenueRef } from '../refs.ts'
import { assertSize } from '../relay/connection.ts'

/** The papers of a list, as their facets see them. */
export interface FacetSource {
  filter: PaperFilter
  /** The values of a facet among the papers that meet `filter`, which is that of the list or less of it. */
  read: (
    request: FacetRequest,
    filter: PaperFilter,
    info: GraphQLResolveInfo,
  ) => Promise<FacetValue[]>
}

/** A connection of papers that can be counted by their values. */
export interface Faceted {
  /** Called only when `facets` is selected. */
  facets: () => Promise<FacetSource> | FacetSource
}

interface FacetArguments {
  first?: number | null | undefined
  kind?: FacetRequest['topicKinds']
  ignoreOwnFilter?: boolean | null | undefined
}

/** More than there are of any facet that is shown whole. */
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

/** The argument by which a facet leaves out what the list's filter asks of it. */
const ignoring = (fields: string) =>
  builder.args((t) => ({
    ignoreOwnFilter: t.boolean({
      defaultValue: false,
      description: `Counts as if ${fields} were not in the filter, to show the alternatives.`,
    }),
  }))

function facetType<Value>(name: string, description: string) {
  const ref = builder.objectRef<FacetValue & { value: Value }>(name)
  ref.implement({
    description,
    fields: (t) => ({
      count: t.exposeInt('count', { description: 'Number of papers in the list with this value.' }),
    }),
  })
  return ref
}

const YearFacet = facetType<number>('YearFacet', 'Facet value: a year of publication.')
builder.objectFields(YearFacet, (t) => ({
  value: t.exposeInt('value', { description: 'The year, as the filter takes it.' }),
  label: t.string({
    description: 'The year in digits.',
    ...answeredBy({ resolver: ['value'] }),
    resolve: ({ value }) => String(value),
  }),
}))

const TopicFacet = facetType<string>('TopicFacet', 'Facet value: a topic.')
builder.objectFields(TopicFacet, (t) => ({
  value: t.exposeString('value', { description: 'Slug, as the filter takes it.' }),
  label: t.exposeString('label', { description: 'Its name.' }),
  topic: t.field({
    type: TopicRef,
    description: 'The topic.',
    ...answeredBy({ one: 'topic' }),
    resolve: ({ topic }) => topic as Topic,
  }),
}))

const VenueFacet = facetType<string>('VenueFacet', 'Facet value: a venue.')
builder.objectFields(VenueFacet, (t) => ({
  value: t.exposeString('value', { description: 'Slug, as the filter takes it.' }),
  label: t.exposeString('label', { description: 'Full name.' }),
  venue: t.field({
    type: VenueRef,
    description: 'The venue.',
    ...answeredBy({ one: 'venue' }),
    resolve: ({ venue }) => venue as Venue,
  }),
}))

const AuthorFacet = facetType<number>('AuthorFacet', 'Facet value: an author.')
builder.objectFields(AuthorFacet, (t) => ({
  value: t.id({
    description: 'Id of the author, as the filter takes it.',
    ...answeredBy({ resolver: ['value'] }),
    resolve: ({ value }) => globalId('Author', value),
  }),
  label: t.exposeString('label', { description: 'Its name.' }),
  author: t.field({
    type: AuthorRef,
    description: 'The author.',
    ...answeredBy({ one: 'author' }),
    resolve: ({ author }) => author as Author,
  }),
}))

const RepositoryFacet = facetType<boolean>(
  'RepositoryFacet',
  'Facet value: papers with or without code.',
)
builder.objectFields(RepositoryFacet, (t) => ({
  value: t.exposeBoolean('value', {
    description: 'Value for `hasRepository` of the filter.',
  }),
  label: t.string({
    description: '`with code` or `without code`.',
    ...answeredBy({ resolver: ['value'] }),
    resolve: ({ value }) => (value ? 'with code' : 'without code'),
  }),
}))

const LanguageFacet = facetType<string>(
  'LanguageFacet',
  'Facet value: main programming language of a linked repository.',
)
builder.objectFields(LanguageFacet, (t) => ({
  value: t.exposeString('value', { description: 'Name of the language, as the filter takes it.' }),
  label: t.string({
    description: 'Its name.',
    ...answeredBy({ resolver: ['value'] }),
    resolve: ({ value }) => value,
  }),
}))

const KindFacet = facetType<PaperKind>('KindFacet', 'Facet value: a kind of publication.')
builder.objectFields(KindFacet, (t) => ({
  value: t.expose('value', {
    type: PaperKindEnum,
    description: 'The kind, as the filter takes it.',
  }),
  label: t.string({
    description: 'Name of the kind.',
    ...answeredBy({ resolver: ['value'] }),
    resolve: ({ value }) => value.replaceAll('_', ' '),
  }),
}))

const OutcomeFacet = facetType<DecisionOutcome>(
  'OutcomeFacet',
  'Facet value: a decision of a venue.',
)
builder.objectFields(OutcomeFacet, (t) => ({
  value: t.expose('value', {
    type: DecisionOutcomeEnum,
    description: 'The decision, as `decisions.outcome` of the filter takes it.',
  }),
  label: t.string({
    description: 'Name of the decision.',
    ...answeredBy({ resolver: ['value'] }),
    resolve: ({ value }) => value.replaceAll('_', ' '),
  }),
}))

const PresentationFacet = facetType<Presentation>(
  'PresentationFacet',
  'Facet value: a form of presentation.',
)
builder.objectFields(PresentationFacet, (t) => ({
  value: t.expose('value', {
    type: PresentationEnum,
    description: 'The form, as `decisions.presentation` of the filter takes it.',
  }),
  label: t.string({
    description: 'Name of the form.',
    ...answeredBy({ resolver: ['value'] }),
    resolve: ({ value }) => value,
  }),
}))

const NameFacet = facetType<string>('NameFacet', 'Facet value: a name, as sources print it.')
builder.objectFields(NameFacet, (t) => ({
  value: t.exposeString('value', { description: 'The name, as the filter takes it.' }),
  label: t.string({
    description: 'The name.',
    ...answeredBy({ resolver: ['value'] }),
    resolve: ({ value }) => value,
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

import type {
  DecisionOutcome,
  EventKind,
  LinkKind,
  OpenAccessStatus,
  PaperKind,
  Presentation,
} from '../../db/tables/vocabulary.ts'
import type { Author } from '../../domain/entity/author.ts'
import type { Topic } from '../../domain/entity/topic.ts'
import type { Venue } from '../../domain/entity/venue.ts'
import type { Institution } from '../../domain/institutions/institution.ts'
import type { FacetValue } from '../../domain/papers/facets.ts'
import { globalId } from '../../sql/global-id.ts'
import { builder } from '../builder.ts'
import {
  DecisionOutcomeEnum,
  EventKindEnum,
  LinkKindEnum,
  OpenAccessStatusEnum,
  PaperKindEnum,
  PresentationEnum,
} from '../enums.ts'
import { answeredBy } from '../plan/declare.ts'
import { AuthorRef, InstitutionRef, TopicRef, VenueRef } from '../refs.ts'

/** The type of a facet's values; `value` and `label` are added below. */
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

export const YearFacet = facetType<number>('YearFacet', 'Facet value: a year of publication.')
builder.objectFields(YearFacet, (t) => ({
  value: t.exposeInt('value', { description: 'The year, as the filter takes it.' }),
  label: t.string({
    description: 'The year in digits.',
    ...answeredBy({ resolver: ['value'] }),
    resolve: ({ value }) => String(value),
  }),
}))

export const TopicFacet = facetType<string>('TopicFacet', 'Facet value: a topic.')
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

export const VenueFacet = facetType<string>('VenueFacet', 'Facet value: a venue.')
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

export const AuthorFacet = facetType<number>('AuthorFacet', 'Facet value: an author.')
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

export const InstitutionFacet = facetType<string>(
  'InstitutionFacet',
  'Facet value: an institution.',
)
builder.objectFields(InstitutionFacet, (t) => ({
  value: t.exposeString('value', { description: 'Slug, as the filter takes it.' }),
  label: t.exposeString('label', { description: 'Its name.' }),
  institution: t.field({
    type: InstitutionRef,
    description: 'The institution.',
    ...answeredBy({ one: 'institution' }),
    resolve: ({ institution }) => institution as Institution,
  }),
}))

export const RepositoryFacet = facetType<boolean>(
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

export const LanguageFacet = facetType<string>(
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

export const KindFacet = facetType<PaperKind>('KindFacet', 'Facet value: a kind of publication.')
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

export const PaperLanguageFacet = facetType<string>(
  'PaperLanguageFacet',
  'Facet value: language of the text.',
)
const LANGUAGE_NAMES = new Intl.DisplayNames('en', { type: 'language' })
builder.objectFields(PaperLanguageFacet, (t) => ({
  value: t.exposeString('value', {
    description: 'ISO 639 code, as the filter takes it: `pt` also of papers in `pt-BR`.',
  }),
  label: t.string({
    description: 'English name of the language; its tag where it has none.',
    ...answeredBy({ resolver: ['value'] }),
    resolve: ({ value }) => nameOfLanguage(value),
  }),
}))

/** Sources may state values that are not language tags. */
function nameOfLanguage(tag: string): string {
  try {
    return LANGUAGE_NAMES.of(tag) ?? tag
  } catch {
    return tag
  }
}

export const LinkKindFacet = facetType<LinkKind>('LinkKindFacet', 'Facet value: a kind of links.')
builder.objectFields(LinkKindFacet, (t) => ({
  value: t.expose('value', {
    type: LinkKindEnum,
    description: 'The kind, as `hasLink` of the filter takes it.',
  }),
  label: t.string({
    description: 'Name of the kind.',
    ...answeredBy({ resolver: ['value'] }),
    resolve: ({ value }) => value.replaceAll('_', ' '),
  }),
}))

export const EventKindFacet = facetType<EventKind>(
  'EventKindFacet',
  'Facet value: a kind of events.',
)
builder.objectFields(EventKindFacet, (t) => ({
  value: t.expose('value', {
    type: EventKindEnum,
    description: 'The kind, as `hasEvent` of the filter takes it.',
  }),
  label: t.string({
    description: 'Name of the kind.',
    ...answeredBy({ resolver: ['value'] }),
    resolve: ({ value }) => value,
  }),
}))

export const OpenAccessFacet = facetType<OpenAccessStatus>(
  'OpenAccessFacet',
  'Facet value: an open-access status.',
)
builder.objectFields(OpenAccessFacet, (t) => ({
  value: t.expose('value', {
    type: OpenAccessStatusEnum,
    description: 'The status, as the filter takes it.',
  }),
  label: t.string({
    description: 'Name of the status.',
    ...answeredBy({ resolver: ['value'] }),
    resolve: ({ value }) => value,
  }),
}))

export const OutcomeFacet = facetType<DecisionOutcome>(
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

export const PresentationFacet = facetType<Presentation>(
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

export const NameFacet = facetType<string>('NameFacet', 'Facet value: a name, as sources print it.')
builder.objectFields(NameFacet, (t) => ({
  value: t.exposeString('value', { description: 'The name, as the filter takes it.' }),
  label: t.string({
    description: 'The name.',
    ...answeredBy({ resolver: ['value'] }),
    resolve: ({ value }) => value,
  }),
}))

import type { InputFieldBuilder } from '@pothos/core'
import { builder, type Types } from '../builder.ts'
import { EventKindEnum, LinkKindEnum, OpenAccessStatusEnum, PaperKindEnum } from '../enums.ts'
import { withObjectForm } from '../input-forms.ts'
import { atMost } from '../input-limits.ts'
import { DecisionFilterInput } from './decision-filter.ts'

const DateRangeInput = builder.inputType('DateRange', {
  description: 'A range of days, both ends included.',
  fields: (t) => ({
    from: t.field({ type: 'Date', description: 'First day; open when absent.' }),
    to: t.field({ type: 'Date', description: 'Last day; open when absent.' }),
  }),
})

/** The conditions of a filter and of each of its alternatives. */
const conditions = (t: InputFieldBuilder<Types, 'InputObject'>) => ({
  published: t.field({
    type: DateRangeInput,
    description:
      'Published in this range of days; a date known only to the year counts as 1 January.',
  }),
  year: t.intList({
    ...withObjectForm({ any: 'year' }),
    description: 'Published in one of these years.',
  }),
  topics: t.stringList({
    ...withObjectForm({
      any: 'topics',
      all: 'topicsAll',
      none: 'topicsNone',
      within: 'topicsWithin',
    }),
    description: 'About at least one of these topics, by their slugs.',
  }),
  topicsAll: t.stringList({ description: 'About all of these topics, by their slugs.' }),
  topicsNone: t.stringList({ description: 'About none of these topics, by their slugs.' }),
  topicsWithin: t.stringList({
    description: 'About at least one of these topics or of their subtopics, by their slugs.',
  }),
  keywords: t.stringList({
    ...withObjectForm({ any: 'keywords' }),
    description:
      'With at least one of these keywords, in any spelling: number, hyphens, case and British or American make no difference.',
  }),
  authors: t.stringList({
    ...withObjectForm({ any: 'authors' }),
    description:
      'By at least one of these authors: ids, ORCID iDs, names or other references that `author(ref:)` accepts. A name that fits several authors is an error that lists them.',
  }),
  institutions: t.stringList({
    ...withObjectForm({ any: 'institutions' }),
    description:
      'With an author at one of these institutions: ids, ROR ids, slugs, names or other references that `institution(ref:)` accepts.',
  }),
  venues: t.stringList({
    ...withObjectForm({ any: 'venues' }),
    description: 'At one of these venues, by their slugs.',
  }),
  hasRepository: t.boolean({
    description: 'true: with a linked code repository; false: without.',
  }),
  repositoryLanguage: t.stringList({
    ...withObjectForm({ any: 'repositoryLanguage' }),
    description:
      'With a repository whose main programming language is one of these, case-insensitive; one that no repository has is an error.',
  }),
  minCitations: t.int({ description: 'Minimum number of citations.' }),
  maxCitations: t.int({ description: 'Maximum number of citations.' }),
  minStars: t.int({ description: 'Minimum number of stars of a linked repository.' }),
  maxStars: t.int({
    description:
      'Maximum number of stars of any linked repository; 0 also finds papers without one.',
  }),
  minUpvotes: t.int({
    description:
      'Minimum number of upvotes: of the source with the most, and those in this catalogue.',
  }),
  maxUpvotes: t.int({
    description:
      'Maximum number of upvotes: of the source with the most, and those in this catalogue.',
  }),
  kind: t.field({
    ...withObjectForm({ any: 'kind' }),
    type: [PaperKindEnum],
    description: 'Of one of these kinds.',
  }),
  text: t.string({
    ...atMost({ characters: 1000 }),
    description:
      'With these words, in any inflection, in title, abstract or keywords. Supports "quoted phrases", `or` and `-` as in web searches.',
  }),
  language: t.stringList({
    ...withObjectForm({ any: 'language' }),
    description:
      'Written in one of these languages, as ISO 639 codes such as `en`, which also stands for `en-US`; papers whose language no source states are not found. English names are read, too; an unknown language is an error.',
  }),
  hasLink: t.field({
    ...withObjectForm({ any: 'hasLink' }),
    type: [LinkKindEnum],
    description:
      'With a link of at least one of these kinds; a demo may be DEMO or SPACE. For code use `hasRepository`.',
  }),
  hasEvent: t.field({
    ...withObjectForm({ any: 'hasEvent' }),
    type: [EventKindEnum],
    description:
      'With an event of at least one of these kinds, such as CORRECTION. A paper that was reinstated still has its RETRACTION: `isRetracted` says whether it is retracted now.',
  }),
  eventOn: t.field({
    type: DateRangeInput,
    description:
      'With an event in this range of days, of one of the kinds of `hasEvent` where that is given; a day known only to the year counts as 1 January.',
  }),
  openAccess: t.field({
    ...withObjectForm({ any: 'openAccess' }),
    type: [OpenAccessStatusEnum],
    description:
      'With one of these open-access statuses; papers of which no source states one are not found.',
  }),
  isRetracted: t.boolean({
    description: 'true: only papers that a source states to be retracted; false: only others.',
  }),
  decisions: t.field({
    type: DecisionFilterInput,
    description: 'With a decision that meets all of these conditions; any decision when empty.',
  }),
  updatedSince: t.field({
    type: 'DateTime',
    description:
      'Added or changed in this catalogue at this instant or later: `updatedAt` is not before it. `changes` lists the same changes with what changed, and deleted papers.',
  }),
})

const PaperAlternativeInput = builder.inputType('PaperAlternative', {
  description: 'One of the alternatives of a filter; a paper must meet all of its conditions.',
  fields: conditions,
})

export const PaperFilterInput = builder.inputType('PaperFilter', {
  description:
    'Conditions of a list of papers; a paper must meet all of them. The same for every list of papers. A list of one value may be written as the value; a name that the catalogue does not have is an error, except of a keyword, which is text.',
  fields: (t) => ({
    ...conditions(t),
    anyOf: t.field({
      ...atMost({ entries: 5 }),
      type: [PaperAlternativeInput],
      description:
        'Meets at least one of these alternatives as well as all other conditions; an empty list matches no paper.',
    }),
  }),
})

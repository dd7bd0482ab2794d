import {
  matchesOf,
  readSuggestions,
  type Suggestion,
  type TextRange,
} from '../../domain/find/suggestion.ts'
import { SUGGESTION_KINDS, type SuggestionKind } from '../../domain/find/suggestion-source.ts'
import type { NodeType } from '../../sql/global-id.ts'
import { builder } from '../builder.ts'
import { costs, lengthOf } from '../cost.ts'
import { enumOf } from '../enums.ts'
import { summaryOf } from '../identity/author-summary.ts'
import { atMost } from '../input-limits.ts'
import { selectionBelow } from '../plan/plan-rows.ts'
import { NodeRef } from '../refs.ts'
import { assertSize } from '../relay/connection.ts'

const SuggestionKindEnum = enumOf('SuggestionKind', 'Kind of a suggestion.', SUGGESTION_KINDS, {
  paper: 'A paper, by its title.',
  author: 'An author, by name.',
  topic: 'A topic, by name.',
  venue: 'A venue, by name or acronym.',
  institution: 'An institution, by name or short form.',
  repository: 'A code repository, by owner and name.',
})

const TYPES: Record<SuggestionKind, NodeType> = {
  paper: 'Paper',
  author: 'Author',
  topic: 'Topic',
  venue: 'Venue',
  institution: 'Institution',
  repository: 'Repository',
}

const TextRangeRef = builder.objectRef<TextRange>('TextRange')
TextRangeRef.implement({
  description: 'A range of a text in UTF-16 code units, as in JavaScript.',
  fields: (t) => ({
    start: t.exposeInt('start', { description: 'Start, from 0.' }),
    end: t.exposeInt('end', { description: 'End, exclusive.' }),
  }),
})

const SuggestionRef = builder.objectRef<Suggestion>('Suggestion')
SuggestionRef.implement({
  description: 'A completion of the typed prefix.',
  fields: (t) => ({
    kind: t.expose('kind', { type: SuggestionKindEnum, description: 'Kind of object.' }),
    label: t.exposeString('label', { description: 'Title or name to display.' }),
    value: t.exposeString('value', {
      description:
        'Value to pass on: an `id` for `paper(ref:)`, `author(ref:)` and `filter.authors`, a slug for `topic`, `venue`, `institution(ref:)` and their filters, a URL for `repository(ref:)`.',
    }),
    detail: t.field({
      ...costs({ each: 1 }),
      type: 'String',
      nullable: true,
      description:
        'Distinguishes it from others with the same label; to show beside it: affiliation, years and main topic of an author, and a co-author or a paper where these are the same for several; year of a paper, kind of a topic or venue, country and number of papers of an institution, host of a repository. Null when nothing is known.',
      resolve: async ({ kind, detail, node }, args, context) =>
        kind === 'author' ? (await summaryOf(node, args, context)).text : detail,
    }),
    use: t.exposeInt('use', {
      description:
        'Popularity: citations of a paper, stars of a repository, number of papers of other kinds.',
    }),
    isCorrected: t.exposeBoolean('isCorrected', {
      description: 'Whether the prefix was spell-corrected.',
    }),
    matches: t.field({
      ...costs({ size: 3 }),
      type: [TextRangeRef],
      description: 'Ranges of the label that match the prefix, in order.',
      resolve: ({ label, words }) => matchesOf(label, words),
    }),
    node: t.field({
      type: NodeRef,
      description: 'The object.',
      resolve: ({ kind, node }) => ({ ...node, __typename: TYPES[kind] }),
    }),
  }),
})

const DEFAULT_SIZE = 10
const MOST_SUGGESTIONS = 50
const PATHS = [[['Suggestion', 'node']]] as const

builder.queryField('suggest', (t) =>
  t.field({
    // Each word of the prefix is searched for.
    ...costs({ each: ({ prefix }) => 5 + 2 * lengthOf(prefix) }),
    type: [SuggestionRef],
    nullable: true,
    description:
      'Autocomplete: objects with words that start with the typed prefixes, in any order, ignoring accents and case. Exact matches rank first, then the most used. Typos are corrected when little is found. A name or words of a title with a year, as in `Vaswani et al. 2017`, lead to papers of that year. Null only with an error.',
    args: {
      prefix: t.arg.string({
        ...atMost({ characters: 200 }),
        required: true,
        description:
          'The typed text, at most 200 characters. Empty returns the most used of each kind.',
      }),
      kinds: t.arg({
        type: [SuggestionKindEnum],
        description: 'Only these kinds; all when absent.',
      }),
      first: t.arg.int({ description: 'Maximum number of results, 0 to 50; 10 when absent.' }),
    },
    resolve: (_, { prefix, kinds, first }, { db }, info) => {
      const size = first ?? DEFAULT_SIZE
      assertSize('first', size, MOST_SUGGESTIONS)
      return readSuggestions(db, {
        prefix,
        kinds: kinds ?? SUGGESTION_KINDS,
        first: size,
        selectionOf: (kind) => selectionBelow(info, TYPES[kind], PATHS),
      })
    },
  }),
)

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
import { atMost } from '../input-limits.ts'
import { selectionBelow } from '../plan/lookahead.ts'
import { NodeRef } from '../refs.ts'
import { assertSize } from '../relay/connection.ts'

const SuggestionKindEnum = enumOf(
  'SuggestionKind',
  'What sort of thing is suggested.',
  SUGGESTION_KINDS,
  {
    paper: 'A paper, by its title.',
    author: 'An author, by name.',
    topic: 'A topic, by name.',
    venue: 'A venue, by name or acronym.',
    repository: 'A code repository, by owner and name.',
  },
)

const TYPES: Record<SuggestionKind, NodeType> = {
  paper: 'Paper',
  author: 'Author',
  topic: 'Topic',
  venue: 'Venue',
  repository: 'Repository',
}

const TextRangeRef = builder.objectRef<TextRange>('TextRange')
TextRangeRef.implement({
  description: 'A stretch of a text, counted in UTF-16 code units, as JavaScript counts.',
  fields: (t) => ({
    start: t.exposeInt('start', { description: 'Where it begins, from 0.' }),
    end: t.exposeInt('end', { description: 'Where it ends: the place behind its last character.' }),
  }),
})

const SuggestionRef = builder.objectRef<Suggestion>('Suggestion')
SuggestionRef.implement({
  description: 'Something that what was typed may become.',
  fields: (t) => ({
    kind: t.expose('kind', { type: SuggestionKindEnum, description: 'What sort of thing it is.' }),
    label: t.exposeString('label', { description: 'Its title or name, for people.' }),
    value: t.exposeString('value', {
      description:
        'What stands for it elsewhere: an `id` for `paper(ref:)`, `author(ref:)` and `filter.authors`, a slug for `topic`, `venue` and their filters, a URL for `repository(ref:)`.',
    }),
    use: t.exposeInt('use', {
      description:
        'How much it is used: citations of a paper, stars of a repository, papers of the others.',
    }),
    isCorrected: t.exposeBoolean('isCorrected', {
      description:
        'Whether it was found by words that resemble those typed, as those found little.',
    }),
    matches: t.field({
      ...costs({ size: 3 }),
      type: [TextRangeRef],
      description: 'The parts of the label that match what was typed, in order.',
      resolve: ({ label, words }) => matchesOf(label, words),
    }),
    node: t.field({
      type: NodeRef,
      description: 'The thing itself.',
      resolve: ({ kind, node }) => ({ ...node, __typename: TYPES[kind] }),
    }),
  }),
})

const DEFAULT_SIZE = 10
const MOST_SUGGESTIONS = 50
const PATHS = [[['Suggestion', 'node']]] as const

builder.queryField('suggest', (t) =>
  t.field({
    // Each word that was typed is looked for.
    ...costs({ each: ({ prefix }) => 5 + 2 * lengthOf(prefix) }),
    type: [SuggestionRef],
    nullable: true,
    description:
      'What may be meant by what was typed so far, for the list below a search box: what holds words with these beginnings, in any order, without regard to accents and case; mistyped words are corrected where little is found. The most used come first, and what begins as was typed or is just that. Null only with an error.',
    args: {
      prefix: t.arg.string({
        ...atMost({ characters: 200 }),
        required: true,
        description:
          'What was typed, at most 200 characters. Empty for the most used of each kind.',
      }),
      kinds: t.arg({
        type: [SuggestionKindEnum],
        description: 'Only of these kinds; all when absent.',
      }),
      first: t.arg.int({ description: 'How many at most, 0 to 50. 10 when absent.' }),
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

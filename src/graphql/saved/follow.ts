import { papersByIds } from '../../domain/entity/paper.ts'
import {
  ENTRY_OUTCOMES,
  type FollowedBibliography,
  type FollowedEntry,
  followEntries,
  MOST_ENTRIES,
} from '../../domain/saved/bibliography.ts'
import { followAuthor, followPaper, followRepository } from '../../domain/saved/saved-query.ts'
import { builder } from '../builder.ts'
import { costs, lengthOf } from '../cost.ts'
import { enumOf } from '../enums.ts'
import { atMost, REFERENCE } from '../input-limits.ts'
import { PaperRef } from '../refs.ts'
import { loadByIds } from '../relay/by-id.ts'
import { limitSaving, SAVING_LIMIT } from './limit.ts'
import { readBibliography } from './read-bibliography.ts'
import { LONGEST_NAME, SavedQueryRef } from './saved-query.ts'

const EntryOutcomeEnum = enumOf(
  'BibliographyOutcome',
  'Outcome for an entry of a bibliography.',
  ENTRY_OUTCOMES,
  {
    followed: 'It is a paper of the catalogue, which is followed.',
    ambiguous: 'It belongs to several papers of the catalogue, which are all followed.',
    not_found: 'No paper of the catalogue has its identifiers, or its title and authors.',
    unreadable: 'It is not an entry of a paper: see `reason`.',
  },
)

const EntryRef = builder.objectRef<FollowedEntry>('BibliographyEntry')
EntryRef.implement({
  description: 'An entry of a bibliography that is followed.',
  fields: (t) => ({
    key: t.exposeString('key', {
      nullable: true,
      description: 'Its citation key; null when it has none.',
    }),
    title: t.exposeString('title', {
      nullable: true,
      description: 'Its title; null when it could not be read.',
    }),
    outcome: t.expose('outcome', { type: EntryOutcomeEnum, description: 'Outcome.' }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'Why it could not be read; null for other outcomes.',
    }),
    papers: t.field({
      ...costs({ size: 1 }),
      type: [PaperRef],
      description: 'The papers that it belongs to: one, or several when it is ambiguous.',
      resolve: ({ paperIds }, _, context, info) => loadByIds(papersByIds, paperIds, context, info),
    }),
  }),
})

const FollowedBibliographyRef = builder.objectRef<FollowedBibliography>('FollowedBibliography')
FollowedBibliographyRef.implement({
  description: 'A bibliography that is followed, with the outcome for each entry.',
  fields: (t) => ({
    savedQuery: t.expose('savedQuery', {
      ...costs({ isOnce: true }),
      type: SavedQueryRef,
      nullable: true,
      description: 'The papers that are followed; null when none of the entries was found.',
    }),
    entries: t.expose('entries', {
      // Their number is counted by the mutation field.
      ...costs({ size: 1 }),
      type: [EntryRef],
      description: 'All entries, in their order.',
    }),
  }),
})

/** Usual minimum length of an entry in characters. */
const SHORTEST_ENTRY = 200

const name = {
  ...atMost({ characters: LONGEST_NAME }),
  description:
    'A name, for example as the title of its feed. It is part of the query: with another name, the query has another id.',
}

const FOLLOWS = `Equal follows have one id. ${SAVING_LIMIT} Null only with an error.`

builder.mutationFields((t) => ({
  followPaper: t.field({
    type: SavedQueryRef,
    nullable: true,
    ...costs({ each: 2 }),
    description: `Follows a paper, also when it is merged into another: its changes are in \`changes\` of the saved query. ${FOLLOWS}`,
    args: {
      ref: t.arg.string({
        ...atMost(REFERENCE),
        required: true,
        description:
          'The paper, as in `paper(ref:)`. One that is not in the catalogue is an error.',
      }),
      name: t.arg.string(name),
    },
    resolve: async (_, input, context) => {
      await limitSaving(context)
      return followPaper(context.db, input)
    },
  }),
  followAuthor: t.field({
    type: SavedQueryRef,
    nullable: true,
    ...costs({ each: 2 }),
    description: `Follows an author, also after a merge with another: the saved query finds all their papers. ${FOLLOWS}`,
    args: {
      ref: t.arg.string({
        ...atMost(REFERENCE),
        required: true,
        description:
          'The author, as in `author(ref:)`. One who is not in the catalogue is an error, and so is a name that fits several authors.',
      }),
      name: t.arg.string(name),
    },
    resolve: async (_, input, context) => {
      await limitSaving(context)
      return followAuthor(context.db, input)
    },
  }),
  followRepository: t.field({
    type: SavedQueryRef,
    nullable: true,
    ...costs({ each: 2 }),
    description: `Follows a repository, also when it is renamed: the saved query finds all papers that are linked to it. ${FOLLOWS}`,
    args: {
      ref: t.arg.string({
        ...atMost(REFERENCE),
        required: true,
        description:
          'The repository, as in `repository(ref:)`. One that is not in the catalogue is an error.',
      }),
      name: t.arg.string(name),
    },
    resolve: async (_, input, context) => {
      await limitSaving(context)
      return followRepository(context.db, input)
    },
  }),
  followBibliography: t.field({
    type: FollowedBibliographyRef,
    nullable: true,
    ...costs({
      each: 50,
      entry: 0.5,
      size: ({ text }) => Math.min(MOST_ENTRIES, Math.ceil(lengthOf(text) / SHORTEST_ENTRY)),
    }),
    description: `Follows all papers of a \`.bib\` file. An entry is matched to the paper that an import would join it with: by identifiers, else by title, byline and year. Only the papers are kept, not the file. ${FOLLOWS}`,
    args: {
      text: t.arg.string({
        ...atMost({ characters: 90_000 }),
        required: true,
        description: `The file, in BibTeX or BibLaTeX: at most 90,000 characters and ${MOST_ENTRIES} entries.`,
      }),
      name: t.arg.string(name),
    },
    resolve: async (_, { text, name }, context) => {
      await limitSaving(context)
      return followEntries(context.db, await readBibliography(text), name)
    },
  }),
}))

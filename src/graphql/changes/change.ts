import { CHANGE_KINDS } from '../../db/tables/vocabulary.ts'
import { PAPER_FIELDS } from '../../domain/changes/fields.ts'
import { type Change, type ChangePage, readChanges } from '../../domain/changes/read.ts'
import { papersByIds } from '../../domain/entity/paper.ts'
import { repositoriesByIds } from '../../domain/entity/repository.ts'
import { globalId } from '../../sql/global-id.ts'
import { builder } from '../builder.ts'
import { costs, type GivenArguments } from '../cost.ts'
import { enumOf } from '../enums.ts'
import { PaperFilterInput } from '../papers/filter.ts'
import { PaperRef, RepositoryRef } from '../refs.ts'
import { loadById } from '../relay/by-id.ts'
import { assertSize } from '../relay/connection.ts'

export const ChangeKindEnum = enumOf(
  'ChangeKind',
  'What happened to a paper. CREATED, UPDATED, MERGED, SPLIT and DELETED are all that a copy of the catalogue needs; the others come in addition to an UPDATED.',
  CHANGE_KINDS,
  {
    created: 'It was added to the catalogue.',
    updated: 'Values that it shows changed: `fields` names them.',
    merged:
      'It was merged into `otherPaperId`. Its id still resolves to that paper. Reported again when the id leads to another paper after a split.',
    split: 'It was made of records of `otherPaperId`, or came back from there.',
    deleted: 'The paper has no records left.',
    got_code: 'It got its first code repository.',
    published: 'A preprint got a venue.',
    new_version:
      'A newer version of it appeared than any that was known: `version` and `on` say which, and `fields` what changed with it.',
    retracted: 'A source states that it was retracted.',
    repository_gone: 'The host no longer knows `repository`, or it is private now.',
    repository_archived: 'The owner archived `repository`.',
    citation_milestone:
      'It reached 10, 100 or 1,000 citations: `citationCount` has the highest of these that was passed.',
  },
)

export const ChangeRef = builder.objectRef<Change>('Change')
ChangeRef.implement({
  description: 'An entry of the log of changes.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', {
      description: 'Position in the log: pass it as `since` to get what follows.',
    }),
    kind: t.expose('kind', { type: ChangeKindEnum, description: 'What happened.' }),
    at: t.expose('at', { type: 'DateTime', description: 'Time of the change.' }),
    paperId: t.id({
      description: '`id` of the paper at that time. It may have been merged or deleted since.',
      resolve: ({ paperId }) => globalId('Paper', paperId),
    }),
    paper: t.field({
      type: PaperRef,
      nullable: true,
      description:
        'The paper as it is now, or the paper that it was merged into; null when it was deleted.',
      resolve: ({ paperId }, _, context, info) => loadById(papersByIds, paperId, context, info),
    }),
    otherPaperId: t.id({
      nullable: true,
      description: '`id` of the paper that it was merged into or split from; null for other kinds.',
      resolve: ({ otherPaperId }) => otherPaperId && globalId('Paper', otherPaperId),
    }),
    version: t.exposeInt('version', {
      nullable: true,
      description:
        'Number of the version of NEW_VERSION; null for other kinds, and where the source states only its day.',
    }),
    on: t.expose('happenedOn', {
      type: 'Date',
      nullable: true,
      description:
        'Day of the version (NEW_VERSION) or of the retraction (RETRACTED); null for other kinds and when no source states the whole day.',
    }),
    fields: t.exposeStringList('fields', {
      description: `For UPDATED and NEW_VERSION: names of the fields of \`Paper\` that changed, alphabetically, out of ${PAPER_FIELDS.map((name) => `\`${name}\``).join(', ')}. Empty for other kinds.`,
    }),
    repository: t.field({
      type: RepositoryRef,
      nullable: true,
      description:
        'Repository of REPOSITORY_GONE and REPOSITORY_ARCHIVED; null for other kinds, and when it is no longer in the catalogue.',
      resolve: ({ repositoryId }, _, context, info) =>
        repositoryId === null ? null : loadById(repositoriesByIds, repositoryId, context, info),
    }),
    citationCount: t.exposeInt('citationCount', {
      nullable: true,
      description: 'The milestone of CITATION_MILESTONE: 10, 100 or 1000; null for other kinds.',
    }),
  }),
})

export const ChangePageRef = builder.objectRef<ChangePage>('ChangePage')
ChangePageRef.implement({
  description: 'A page of the log of changes.',
  fields: (t) => ({
    nodes: t.expose('changes', {
      // Their number is counted by the query field.
      ...costs({ size: 1 }),
      type: [ChangeRef],
      description: 'Changes in the order in which they were committed.',
    }),
    endCursor: t.exposeString('endCursor', {
      description:
        'Cursor of the end of this page: pass it as `since` to read on. Set even when the page is empty: it is then past the changes that `kinds` and `filter` left out.',
    }),
    hasMore: t.exposeBoolean('hasMore', {
      description:
        'Whether there are changes after this page. With `kinds` or `filter` a page can be short or empty although this is true: read on from `endCursor`.',
    }),
  }),
})

const DEFAULT_SIZE = 100
export const MOST_CHANGES = 1_000

/** Page size that the arguments ask for. */
export const changePageSize = ({ first }: GivenArguments): number =>
  typeof first === 'number' ? first : DEFAULT_SIZE

/** Arguments that select changes. */
export const changeArgs = builder.args((t) => ({
  kinds: t.field({
    type: [ChangeKindEnum],
    description: 'Only changes of these kinds; all when absent.',
  }),
  filter: t.field({
    type: PaperFilterInput,
    description:
      'Only changes of papers that meet these conditions now. MERGED and DELETED are always given, since the paper is gone.',
  }),
}))

builder.queryField('changes', (t) =>
  t.field({
    ...costs({
      each: ({ filter }) => (filter == null ? 2 : 20),
      size: changePageSize,
    }),
    type: ChangePageRef,
    nullable: true,
    description:
      'Changes of the catalogue after a cursor, in the order of their commits: each exactly once, also while others are written. Null only with an error: CONFLICT when the cursor is too old or of another catalogue, so that changes would be missing.',
    args: {
      ...changeArgs,
      since: t.arg.string({
        description:
          'Only changes after this cursor: `endCursor`, the `cursor` of a change, or `changes` in the first line of `paperql export jsonl`. From the oldest change that is kept when absent.',
      }),
      first: t.arg.int({
        required: true,
        defaultValue: DEFAULT_SIZE,
        description: 'Page size, 0 to 1000.',
      }),
    },
    resolve: (_, args, { db }) => {
      assertSize('first', args.first, MOST_CHANGES)
      return readChanges(db, args)
    },
  }),
)

import type { GraphQLResolveInfo } from 'graphql'
import { contestedByPapers } from '../../domain/entity/contested-identifier.ts'
import type { Paper } from '../../domain/entity/paper.ts'
import {
  citationCountsByPapers,
  conflictsAmong,
  MOST_CLAIMS,
  PAPER_FIELDS,
  type PaperConflict,
  type PaperSource,
  paperSourceList,
  type SourceCitationCount,
} from '../../domain/entity/paper-source.ts'
import { recordUrl, sourceName } from '../../domain/entity/source.ts'
import { readTopLists } from '../../sql/list.ts'
import type { Selection } from '../../sql/selection.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { costs } from '../cost.ts'
import { enumOf } from '../enums.ts'
import { needs, selectionOf } from '../plan/lookahead.ts'
import { PaperRef } from '../refs.ts'
import { assertSize } from '../relay/connection.ts'
import { toInstant } from '../scalars.ts'
import { asConflicts, ContestedIdentifierRef } from './contested-identifier.ts'

const PaperFieldEnum = enumOf(
  'PaperField',
  'What a source may say of a paper, and how the value is written.',
  PAPER_FIELDS,
  {
    title: 'The title.',
    authors: `The byline: the first ${MOST_CLAIMS} names, with "; " between them.`,
    abstract: 'The abstract.',
    tldr: 'The summary of a sentence.',
    kind: 'A `PaperKind`.',
    published_on:
      'Day of publication as far as the source states it: `2021`, `2021-05` or `2021-05-03`.',
    event_year: 'Year of the conference.',
    venue: 'Name of the venue.',
    language: 'A BCP 47 tag.',
    url: 'Page of the paper.',
    pdf_url: 'The paper as PDF.',
    is_retracted: '`true`; sources that do not say so say nothing.',
    citation_count: 'How often it is cited.',
    upvote_count: 'How many people upvoted it.',
    reference_count: 'Number of works that the source says it cites.',
    identifier: 'One of its identifiers, with the scheme before it: `arxiv:2305.18290`.',
    topic: 'Name of a topic of it, as the source has it.',
    repository: 'URL of a linked code repository.',
  },
)

interface SourceValue {
  claim: PaperSource['claims'][number]
}

const SourceValueRef = builder.objectRef<SourceValue>('PaperSourceValue')
SourceValueRef.implement({
  description: 'One thing that a source says of a paper.',
  fields: (t) => ({
    field: t.field({
      type: PaperFieldEnum,
      description: 'What it is about; several values may be about IDENTIFIER, TOPIC or REPOSITORY.',
      resolve: ({ claim: [field] }) => field,
    }),
    value: t.string({
      description: 'What is said, as text; see `PaperField`.',
      resolve: ({ claim: [, value] }) => value,
    }),
    isShown: t.boolean({
      description:
        'Whether the paper shows this: true for every source that says what is shown, so that of several the first is where it comes from.',
      resolve: ({ claim: [, , isShown] }) => isShown,
    }),
  }),
})

const PaperSourceRef = builder.objectRef<PaperSource>('PaperSource')
PaperSourceRef.implement({
  description: 'A record of a paper that a source has, and that the paper was merged from.',
  fields: (t) => ({
    source: t.exposeString('source', { description: 'Short name of the source, such as `arxiv`.' }),
    name: t.string({
      description: 'Whom to name where the data is shown.',
      ...needs({ reads: ['source'] }),
      resolve: ({ source }) => sourceName(source),
    }),
    key: t.exposeString('key', { description: "The record's own key, unique within its source." }),
    url: t.field({
      type: 'URL',
      nullable: true,
      description: 'Page of the record at its source; null when it has none.',
      ...needs({ reads: ['source', 'key', 'identifiers'] }),
      resolve: ({ source, key, identifiers }) => recordUrl(source, key, identifiers),
    }),
    licence: t.exposeString('licence', {
      nullable: true,
      description: "SPDX id of the licence of the record's metadata; null when none is stated.",
    }),
    fetchedAt: t.field({
      type: 'DateTime',
      description:
        'When the record was last read with anything new in it; reading it again unchanged does not count.',
      ...needs({ reads: ['fetchedAt'] }),
      resolve: ({ fetchedAt }) => toInstant(fetchedAt),
    }),
    values: t.field({
      type: [SourceValueRef],
      description: `All that the record says, in the order of \`PaperField\`; of identifiers, topics and repositories the first ${MOST_CLAIMS} each.`,
      args: {
        fields: t.arg({
          type: [PaperFieldEnum],
          description: 'Only what is about these; all when absent.',
        }),
      },
      ...needs({ reads: ['claims'] }),
      resolve: ({ claims = [] }, { fields }) => {
        const wanted = fields ? claims.filter(([field]) => fields.includes(field)) : claims
        return wanted.map((claim) => ({ claim }))
      },
    }),
  }),
})

const ConflictValueRef = builder.objectRef<PaperConflict['values'][number]>('PaperConflictValue')
ConflictValueRef.implement({
  description: 'One of several answers to the same question.',
  fields: (t) => ({
    value: t.exposeString('value', { description: 'What is said, as text; see `PaperField`.' }),
    isShown: t.exposeBoolean('isShown', { description: 'Whether the paper shows this.' }),
    sources: t.exposeStringList('sources', {
      description: 'Short names of the sources that say so, the most believed first.',
    }),
  }),
})

const ConflictRef = builder.objectRef<PaperConflict>('PaperConflict')
ConflictRef.implement({
  description:
    'A field of which the sources of a paper say different things, or an identifier that other papers claim as well.',
  fields: (t) => ({
    field: t.expose('field', { type: PaperFieldEnum, description: 'What they disagree on.' }),
    values: t.field({
      type: [ConflictValueRef],
      description: 'What they say, by the most believed source that says it.',
      resolve: ({ values }) => values,
    }),
    contested: t.field({
      type: ContestedIdentifierRef,
      nullable: true,
      description:
        'Of an identifier that other papers claim as well: who they are, and why they were not merged; null for other fields.',
      resolve: ({ contested }) => contested ?? null,
    }),
  }),
})

const CitationCountRef = builder.objectRef<SourceCitationCount>('SourceCitationCount')
CitationCountRef.implement({
  description: 'How often a paper is cited, as one source counts.',
  fields: (t) => ({
    source: t.exposeString('source', {
      description:
        'Short name of the source; `paperql` for the papers of this catalogue that cite it.',
    }),
    count: t.exposeInt('count', { description: 'Number of citations.' }),
    asOf: t.field({
      type: 'DateTime',
      description:
        "When the source's record was read; for `paperql` when the citations were last counted, or the paper was added where none was ever known.",
      resolve: ({ asOf }) => toInstant(asOf),
    }),
  }),
})

const MOST_SOURCES = 100
const CONFLICTING: Selection = { columns: new Set(['source', 'claims']), relations: new Map() }

/** Most papers have few; those that have more are not on one page. */
const USUAL_SOURCES = 5

builder.objectFields(PaperRef, (t) => ({
  sources: t.field({
    ...costs({ each: 0.1, size: ({ first }) => Math.min(Number(first) || 0, USUAL_SOURCES) }),
    type: [PaperSourceRef],
    description:
      'The records it was merged from, the most believed first: that of the published version, that which names the venue, that of the better source (see the README).',
    args: {
      first: t.arg.int({
        required: true,
        defaultValue: 20,
        description: 'How many from the beginning, 0 to 100.',
      }),
    },
    resolve: (paper, { first }, context, info) => {
      assertSize('first', first)
      return sourcesOf(paper, first, selectionOf(info), context, info)
    },
  }),
  conflicts: t.field({
    ...costs({ each: 0.1, size: 3 }),
    type: [ConflictRef],
    description: `On what its first ${MOST_SOURCES} sources disagree: title, byline, abstract, kind, dates, venue or language. What differs only in case, accents or punctuation agrees, and so do a year and a day in it, and a byline or an abstract and its beginning. Also each identifier that other papers claim: its \`field\` is IDENTIFIER.`,
    resolve: async (paper, _, context, info) => {
      const { db, loaders } = context
      const contested = await loaders.load(info, 'contested', paper.id, (ids) =>
        contestedByPapers(db, ids),
      )
      const sources = await sourcesOf(paper, MOST_SOURCES, CONFLICTING, context, info)
      return [...conflictsAmong(sources), ...asConflicts(contested)]
    },
  }),
  citationCounts: t.field({
    ...costs({ each: 0.05, size: 3 }),
    type: [CitationCountRef],
    description:
      'How often each source, and this catalogue itself, counts it as cited, the most first. `citationCount` is the first of them.',
    resolve: async ({ id }, _, { db, loaders }, info) =>
      (await loaders.load(info, 'counts', id, (ids) => citationCountsByPapers(db, ids))) ?? [],
  }),
}))

/** The records of one paper; read for all papers of the query at once. */
async function sourcesOf(
  { id }: Paper,
  first: number,
  selection: Selection,
  { db, loaders }: Context,
  info: GraphQLResolveInfo,
): Promise<PaperSource[]> {
  const load = (ids: readonly number[]) =>
    readTopLists<PaperSource>(db, paperSourceList, selection, first, ids)
  return (await loaders.load(info, 'sources', id, load)) ?? []
}

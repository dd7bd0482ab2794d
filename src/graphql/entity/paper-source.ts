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
import { answeredBy } from '../plan/declare.ts'
import { selectionOf } from '../plan/plan-rows.ts'
import { PaperRef } from '../refs.ts'
import { assertSize } from '../relay/connection.ts'
import { asConflicts, ContestedIdentifierRef } from './contested-identifier.ts'

const PaperFieldEnum = enumOf(
  'PaperField',
  'Fields of a source record and how their values are written.',
  PAPER_FIELDS,
  {
    title: 'The title.',
    authors: `Byline: the first ${MOST_CLAIMS} names, separated by "; ", and \`et al.\` where the source says that there are more.`,
    abstract: 'The abstract.',
    tldr: 'One-sentence summary.',
    author_summary: "The authors' one-sentence summary.",
    kind: 'A `PaperKind`.',
    published_on:
      'Date of publication in the precision of the source: `2021`, `2021-05` or `2021-05-03`.',
    event_year: 'Year of the conference.',
    venue: 'Name of the venue.',
    language: 'A BCP 47 tag.',
    url: 'Page of the paper.',
    pdf_url: 'URL of the PDF.',
    is_retracted: 'Always `true`; absent when the source does not state a retraction.',
    citation_count: 'Citation count.',
    upvote_count: 'Number of upvotes.',
    reference_count: 'Number of references stated by the source.',
    identifier: 'An identifier, prefixed with its scheme: `arxiv:2305.18290`.',
    topic: 'Name of a topic, as the source writes it.',
    keyword: 'A keyword, as the source prints it.',
    repository: 'URL of a linked code repository.',
    institution:
      'Name of an institution of an author, where the source names it apart from the printed affiliation.',
    decision: 'Venue, year and what is stated of it: `ICLR 2024: Accept (Oral), rating 7.5`.',
    link: 'A `LinkKind` and a URL.',
    event:
      'An `EventKind`, version number, day and URL, as far as stated: `RETRACTION 2024-02-14 https://doi.org/…`.',
    open_access: 'An `OpenAccessStatus`, and the URL of the best location.',
  },
)

interface SourceValue {
  claim: PaperSource['claims'][number]
}

const SourceValueRef = builder.objectRef<SourceValue>('PaperSourceValue')
SourceValueRef.implement({
  description: 'A value stated by a source record.',
  fields: (t) => ({
    field: t.field({
      type: PaperFieldEnum,
      description:
        'Field of the value. IDENTIFIER, TOPIC, KEYWORD, REPOSITORY, INSTITUTION, DECISION, LINK and EVENT may occur several times.',
      resolve: ({ claim: [field] }) => field,
    }),
    value: t.string({
      description: 'Value as text; see `PaperField`.',
      resolve: ({ claim: [, value] }) => value,
    }),
    isShown: t.boolean({
      description:
        'Whether the paper shows this value. True for every source that states it; the first of them is its origin.',
      resolve: ({ claim: [, , isShown] }) => isShown,
    }),
  }),
})

const PaperSourceRef = builder.objectRef<PaperSource>('PaperSource')
PaperSourceRef.implement({
  description: 'A source record that the paper was merged from.',
  fields: (t) => ({
    source: t.exposeString('source', { description: 'Short name of the source, such as `arxiv`.' }),
    name: t.string({
      description: 'Name to credit when you show the data.',
      ...answeredBy({ resolver: ['source'] }),
      resolve: ({ source }) => sourceName(source),
    }),
    key: t.exposeString('key', { description: 'Key of the record, unique within its source.' }),
    url: t.field({
      type: 'URL',
      nullable: true,
      description: 'Page of the record at its source; null when it has none.',
      ...answeredBy({ resolver: ['source', 'key', 'identifiers'] }),
      resolve: ({ source, key, identifiers }) => recordUrl(source, key, identifiers),
    }),
    licence: t.exposeString('licence', {
      nullable: true,
      description: "SPDX id of the licence of the record's metadata; null when not stated.",
    }),
    fetchedAt: t.expose('fetchedAt', {
      type: 'DateTime',
      description:
        'Time when this version of the record was read; re-reading it unchanged does not count.',
    }),
    values: t.field({
      type: [SourceValueRef],
      description: `Values of the record in the order of \`PaperField\`; at most ${MOST_CLAIMS} of each field.`,
      args: {
        fields: t.arg({
          type: [PaperFieldEnum],
          description: 'Only these fields; all when absent.',
        }),
      },
      ...answeredBy({ resolver: ['claims'] }),
      resolve: ({ claims = [] }, { fields }) => {
        const wanted = fields ? claims.filter(([field]) => fields.includes(field)) : claims
        return wanted.map((claim) => ({ claim }))
      },
    }),
  }),
})

const ConflictValueRef = builder.objectRef<PaperConflict['values'][number]>('PaperConflictValue')
ConflictValueRef.implement({
  description: 'One of the conflicting values.',
  fields: (t) => ({
    value: t.exposeString('value', { description: 'Value as text; see `PaperField`.' }),
    isShown: t.exposeBoolean('isShown', { description: 'Whether the paper shows this value.' }),
    sources: t.exposeStringList('sources', {
      description: 'Short names of the sources with this value, in order of precedence.',
    }),
  }),
})

const ConflictRef = builder.objectRef<PaperConflict>('PaperConflict')
ConflictRef.implement({
  description:
    'A field on which sources of a paper disagree, or an identifier that other papers also claim.',
  fields: (t) => ({
    field: t.expose('field', { type: PaperFieldEnum, description: 'Field in conflict.' }),
    values: t.field({
      type: [ConflictValueRef],
      description: 'Conflicting values, in order of precedence.',
      resolve: ({ values }) => values,
    }),
    contested: t.field({
      type: ContestedIdentifierRef,
      nullable: true,
      description:
        'For a contested identifier: the other papers and why they were not merged; null for other fields.',
      resolve: ({ contested }) => contested ?? null,
    }),
  }),
})

const CitationCountRef = builder.objectRef<SourceCitationCount>('SourceCitationCount')
CitationCountRef.implement({
  description: 'Citation count of one source.',
  fields: (t) => ({
    source: t.exposeString('source', {
      description: 'Short name of the source; `paperql` for citing papers in this catalogue.',
    }),
    count: t.exposeInt('count', { description: 'Number of citations.' }),
    asOf: t.expose('asOf', {
      type: 'DateTime',
      description:
        "Time when the source's record was read; for `paperql` when citations were last counted, or when the paper was added.",
    }),
  }),
})

const MOST_SOURCES = 100
const CONFLICTING: Selection = { columns: new Set(['source', 'claims']), relations: new Map() }

/** Most papers have few records, and those with more do not fill a page. */
const USUAL_SOURCES = 5

builder.objectFields(PaperRef, (t) => ({
  sources: t.field({
    ...costs({ each: 0.1, size: ({ first }) => Math.min(Number(first) || 0, USUAL_SOURCES) }),
    type: [PaperSourceRef],
    description:
      'Records it was merged from, in order of precedence: published version first, then records with a venue, then by source.',
    args: {
      first: t.arg.int({
        required: true,
        defaultValue: 20,
        description: 'Page size from the start of the list, 0 to 100.',
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
    description: `Disagreements among its first ${MOST_SOURCES} sources on title, byline, abstract, kind, dates, venue or language. Differences in case, accents or punctuation do not count, nor do a year and a day within it, or a byline or abstract and its beginning. Also lists each identifier that other papers claim, with \`field\` IDENTIFIER.`,
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
      'Citation counts by source, including this catalogue, largest first. `citationCount` is the first of them.',
    resolve: async ({ id }, _, { db, loaders }, info) =>
      (await loaders.load(info, 'counts', id, (ids) => citationCountsByPapers(db, ids))) ?? [],
  }),
}))

/** The records of a paper; read for all papers of the query at once. */
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

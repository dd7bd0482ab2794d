import type { GraphQLResolveInfo } from 'graphql'
import { CITATION_POINTS, FRESHNESS_POINTS, FULL_QUALITY_TERMS } from '../../db/ranking.ts'
import type { Paper } from '../../domain/entity/paper.ts'
import { readFacet } from '../../domain/papers/facets.ts'
import { type PaperFilter, resolveNames } from '../../domain/papers/filter.ts'
import type { PaperOrder } from '../../domain/papers/list.ts'
import { FIELD_EXAMPLES } from '../../domain/search/fields/fields.ts'
import type { Highlights } from '../../domain/search/highlight.ts'
import { MOST_CHARACTERS, type SearchWarning } from '../../domain/search/query.ts'
import {
  countSearch,
  foundPapers,
  type Hit,
  planSearch,
  readSearch,
  searchOrder,
} from '../../domain/search/search.ts'
import { institutionsRead, unfoundNames } from '../../domain/search/similar-names.ts'
import type { QueryMode } from '../../domain/search/tokens.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { costs } from '../cost.ts'
import { enumOf } from '../enums.ts'
import { atMost } from '../input-limits.ts'
import { bibliographyField } from '../papers/bibliography.ts'
import { type Faceted, facetsField } from '../papers/facets.ts'
import { PaperFilterInput } from '../papers/filter.ts'
import { PaperOrderInput } from '../papers/list.ts'
import { answeredBy } from '../plan/declare.ts'
import { rowSelectionOf } from '../plan/plan-rows.ts'
import { PaperRef } from '../refs.ts'
import {
  type Connection,
  connectionType,
  NO_ROWS,
  type PageArguments,
  pageArgs,
  parsePage,
} from '../relay/connection.ts'

const SearchModeEnum = enumOf(
  'SearchMode',
  'How a search query is interpreted.',
  ['lenient', 'strict'],
  {
    lenient:
      'For people. Unknown words are spell-corrected; when few papers have all words, papers with the rarest words follow. A query that is an identifier or a URL, as `paper(ref:)` reads it, finds its paper alone.',
    strict:
      'For tools: finds exactly what the query says; an invalid query is an error with its position.',
  },
)

const HighlightsRef = builder.objectRef<Highlights>('SearchHighlights')
HighlightsRef.implement({
  description:
    'Texts of a paper with the query words marked. Safe to insert as HTML: the text is escaped, and `<mark>` is the only tag.',
  fields: (t) => ({
    title: t.exposeString('title', { description: 'The whole title.' }),
    abstract: t.exposeString('abstract', {
      ...costs({ bytes: 350 }),
      nullable: true,
      description:
        'Passage of the abstract with most of the words, at most 320 characters, with `…` where it is cut; null without an abstract.',
    }),
  }),
})

const WarningRef = builder.objectRef<SearchWarning>('SearchWarning')
WarningRef.implement({
  description:
    'A part of a query that LENIENT read as something else than it looks like, a word that was spell-corrected, an institution by another name, or a name that no paper has.',
  fields: (t) => ({
    message: t.exposeString('message', {
      description: 'What is wrong, what was expected, and the position, as STRICT would report it.',
    }),
    character: t.exposeInt('character', {
      description: 'Position of the part in the query, in characters from 1.',
    }),
  }),
})

interface Searched extends Faceted {
  warnings: () => Promise<SearchWarning[]>
}

const SearchConnection = connectionType<Paper, Hit, Searched>({
  name: 'PaperSearch',
  edgeName: 'PaperSearchHit',
  plural: 'papers found',
  node: PaperRef,
})

builder.objectField(SearchConnection.connection, 'facets', facetsField)
builder.objectField(SearchConnection.connection, 'bibliography', bibliographyField)

builder.objectField(SearchConnection.connection, 'warnings', (t) =>
  t.field({
    ...costs({ size: 1, each: 5 }),
    type: [WarningRef],
    description:
      'What LENIENT ignored or reinterpreted: unknown fields (read as a similar field or as words), invalid values of fields, operators of other search engines, and an identifier that no paper has; STRICT refuses these. Words that were spell-corrected, with the words searched for instead, or too where hardly any paper has them. For `oral papers`: that these are searched for as words, and which field finds such papers. In both modes: institutions that `affiliation:` was read as, when their names do not show it (an acronym); names that no paper has, of authors, topics, venues and other things that fields name; and queries of stop words only, such as `to be or not to be`.',
    ...answeredBy({ resolverAside: true }),
    resolve: ({ warnings }) => warnings(),
  }),
)

builder.objectFields(SearchConnection.edge, (t) => ({
  score: t.float({
    description:
      'Score in points, the sum of the three parts; the sort key of RELEVANCE. Comparable within one query only.',
    ...answeredBy({ column: 'score' }),
    resolve: ({ row }) => row.score,
  }),
  textScore: t.float({
    description:
      'Part of the score from the text: 10 when the title has every term, more when they are adjacent and the title has no other words.',
    ...answeredBy({ column: 'textScore' }),
    resolve: ({ row }) => row.textScore,
  }),
  citationScore: t.float({
    description: `Part of the score from citations: ${CITATION_POINTS} × ln(1 + citations); less for a query of more than ${FULL_QUALITY_TERMS} terms.`,
    ...answeredBy({ column: 'citationScore' }),
    resolve: ({ row }) => row.citationScore,
  }),
  freshnessScore: t.float({
    description: `Part of the score from the day of publication: ${FRESHNESS_POINTS} per year since 1990, less for a query of more than ${FULL_QUALITY_TERMS} terms; 0 without a date.`,
    ...answeredBy({ column: 'freshnessScore' }),
    resolve: ({ row }) => row.freshnessScore,
  }),
  highlights: t.field({
    type: HighlightsRef,
    description: 'Title and abstract with the query words marked.',
    ...answeredBy({ resolver: ['title', 'abstract', 'highlights'] }, { entry: 0.3 }),
    resolve: ({ row }) => row.highlights as Highlights,
  }),
}))

interface SearchArguments extends PageArguments {
  query: string
  mode: QueryMode
  filter?: PaperFilter | null | undefined
  order?: PaperOrder | null | undefined
}

/** The papers that match a query, as a connection. */
export async function search(
  { db }: Context,
  args: SearchArguments,
  info: GraphQLResolveInfo,
): Promise<Connection<Hit> & Searched> {
  const { query, mode, filter, order } = args
  const request = { query, mode, filter: filter ?? {}, order: order ?? null }
  const keyset = searchOrder(request)
  const page = parsePage(args, keyset)
  const selection = rowSelectionOf(info)
  const named = await resolveNames(db, request.filter)
  const planned = await planSearch(db, { ...request, filter: named })
  const rows = selection ? await readSearch(db, planned, page, selection) : NO_ROWS
  return {
    ...rows,
    order: keyset,
    warnings: async () => {
      const [read, unfound] = await Promise.all([
        institutionsRead(db, query, planned.tree),
        unfoundNames(db, query, planned.tree),
      ])
      return [...planned.warnings, ...read, ...unfound]
    },
    countAll: () => countSearch(db, planned),
    facets: () => ({
      filter: named,
      read: (one, kept) => readFacet(db, foundPapers(planned, kept), one),
    }),
  }
}

const FIELDS = FIELD_EXAMPLES.map(([query]) => `\`${query}\``).join(' ')

builder.queryField('search', (t) =>
  t.field({
    ...costs({ each: 100, list: { count: 30, facet: 100 } }),
    type: SearchConnection.connection,
    nullable: true,
    description:
      'Full-text search, best first. Ordered by relevance, the list ends after the best few hundred; `totalCount` and `facets` count up to 10,000. Null only with an error.',
    args: {
      query: t.arg.string({
        ...atMost({ characters: MOST_CHARACTERS }),
        required: true,
        description: `Words in any inflection, \`"phrases"\`, \`prefix*\`, \`patt?rn\`, AND, OR, NOT or \`-\`, parentheses, and fields: ${FIELDS}. Accents, case, hyphens and LaTeX make no difference; an empty query finds all papers.`,
      }),
      mode: t.arg({
        type: SearchModeEnum,
        required: true,
        defaultValue: 'lenient',
        description: 'How the query is interpreted.',
      }),
      filter: t.arg({
        type: PaperFilterInput,
        description: 'Conditions that results must meet; all papers when absent.',
      }),
      order: t.arg({
        type: PaperOrderInput,
        description:
          'Sort order; by relevance when absent. In any other order only papers with all words are found, in both modes.',
      }),
      ...pageArgs,
    },
    resolve: (_, args, context, info) => search(context, args, info),
  }),
)

import { alias, assigns, columns, join, raw, recordset, type Sql, sql } from '../../db/sql.ts'
import { papers as papersTable, venues } from '../../db/tables/papers.ts'
import type { Transaction } from '../../db/transaction.ts'
import type { PaperField } from '../changes/fields.ts'
import { highestRating } from '../record/merge/decisions.ts'
import {
  distinctRepositories,
  type References,
  repositoryKey,
  type TargetPaper,
} from './relations/relations.ts'

const t = alias(papersTable, 't')
const r = alias(papersTable, 'r')
const v = alias(venues, 'v')

/** The written columns of a paper; the others are counted or generated. */
const PAPER_KEYS = [
  'title',
  'titleKey',
  'abstract',
  'tldr',
  'authorSummary',
  'keywordText',
  'kind',
  'publishedOn',
  'publishedPrecision',
  'eventYear',
  'language',
  'licence',
  'isRetracted',
  'venueId',
  'publication',
  'landingUrl',
  'pdfUrl',
  'authorCount',
  'hasMoreAuthors',
  'statedCitationCount',
  'upvoteCount',
  'ratingSort',
  'appearedOn',
  'repositoryCount',
  'starCount',
] as const

/** A written row: inserted, or updated with the fields that changed. */
export interface WrittenRow {
  id: number
  isNew: boolean
  /** Names of the changed fields, separated by spaces. */
  fields: string
  gotCode: boolean
  /** Whether a preprint got a venue. */
  isPublished: boolean
  isRetracted: boolean
  citationsBefore: number
  citationsNow: number
}

/** The field of `Paper` that exposes a column; null for columns that follow from others. */
const FIELD_OF: Record<(typeof PAPER_KEYS)[number], PaperField | null> = {
  title: 'title',
  titleKey: null,
  abstract: 'abstract',
  tldr: 'tldr',
  authorSummary: 'authorSummary',
  // Follows from `keywords`, which are noted separately.
  keywordText: null,
  kind: 'kind',
  publishedOn: 'publishedOn',
  publishedPrecision: 'publishedOn',
  eventYear: 'eventYear',
  language: 'language',
  licence: 'licence',
  isRetracted: 'isRetracted',
  venueId: 'venue',
  publication: 'publication',
  landingUrl: 'url',
  pdfUrl: 'pdfUrl',
  authorCount: 'authorships',
  hasMoreAuthors: 'authorships',
  // Handled below, because only the larger of two counts is shown.
  statedCitationCount: null,
  upvoteCount: 'upvoteCount',
  // Follows from `decisions`, which are noted separately.
  ratingSort: null,
  appearedOn: null,
  repositoryCount: 'repositories',
  starCount: 'starCount',
}

const CITATIONS_NOW = sql`greatest(${r.statedCitationCount}, ${t.linkedCitationCount})`

/** The names of the fields in which `t` and `r` differ, as a text. */
const CHANGED_FIELDS = join(
  [
    ...PAPER_KEYS.flatMap((key) => {
      const field = FIELD_OF[key]
      return field
        ? [sql`case when ${t[key]} is distinct from ${r[key]} then ${raw(`'${field}'`)} end`]
        : []
    }),
    sql`case when ${t.citationCount} <> ${CITATIONS_NOW} then 'citationCount' end`,
  ],
  ', ',
)

/**
 * Inserts new papers and updates those that differ. Does not use ON CONFLICT, which would compute the search vectors of a row for the insert
 * and again for the update: by far the most expensive part of both. Differences are read from the rows before the update, as a statement
 * does not see its own writes.
 */
export async function upsertPapers(
  tx: Transaction,
  papers: TargetPaper[],
  refs: References,
): Promise<WrittenRow[]> {
  const rows = papers.map((paper) => paperRow(paper, refs))
  return tx.query<WrittenRow>(sql`
    with given as materialized (
      select * from ${recordset(papersTable, 'r', ['id', ...PAPER_KEYS], rows)}
    ), differing as materialized (
      select ${r.id}, array_to_string(array[${CHANGED_FIELDS}], ' ') as fields,
        ${t.repositoryCount} = 0 and ${r.repositoryCount} > 0 as got_code,
        ${t.kind} = 'preprint' and not ${hasVenue(t.venueId)} and ${hasVenue(r.venueId)} as is_published,
        ${r.isRetracted} and not ${t.isRetracted} as is_retracted,
        ${t.citationCount} as citations_before, ${CITATIONS_NOW} as citations_now
      from given r join ${t} on ${t.id} = ${r.id}
      where (${columns(t, ...PAPER_KEYS)}) is distinct from (${columns(r, ...PAPER_KEYS)})
    ), changed as (
      update ${t} set ${assigns(papersTable, r, ...PAPER_KEYS)}
      from given r join differing f on f.id = ${r.id} where ${t.id} = ${r.id}
    ), added as (
      insert into ${papersTable} (${columns(papersTable, 'id', ...PAPER_KEYS)}) overriding system value
      select ${columns(r, 'id', ...PAPER_KEYS)} from given r where not exists (select from ${t} where ${t.id} = ${r.id})
      returning ${papersTable.id}
    )
    select id, false as "isNew", fields, got_code as "gotCode", is_published as "isPublished", is_retracted as "isRetracted",
      citations_before as "citationsBefore", citations_now as "citationsNow" from differing
    union all
    select id, true, '', false, false, false, 0, 0 from added`)
}

/** Whether a venue publishes papers, unlike a preprint archive. */
const hasVenue = (id: Sql) =>
  sql`exists (select from ${v} where ${v.id} = ${id} and ${v.kind} <> 'repository')`

/** Maximum length of the searched keyword text, in characters. */
const MOST_KEYWORD_TEXT = 5_000

const keywordText = (keywords: readonly string[]): string | null =>
  keywords.length === 0
    ? null
    : keywords
        .join('\n')
        .slice(0, MOST_KEYWORD_TEXT)
        .replace(/[\ud800-\udbff]$/, '')

function paperRow({ paperId, merged }: TargetPaper, refs: References) {
  const stars = merged.repositories.map((r) => refs.repositories.get(repositoryKey(r))?.stars ?? 0)
  return {
    id: paperId,
    title: merged.title,
    titleKey: merged.titleKey,
    abstract: merged.abstract,
    tldr: merged.tldr,
    authorSummary: merged.authorSummary,
    keywordText: keywordText(merged.keywords),
    kind: merged.kind,
    publishedOn: merged.published?.on ?? null,
    publishedPrecision: merged.published?.precision ?? null,
    eventYear: merged.eventYear,
    language: merged.language,
    licence: merged.licence,
    isRetracted: merged.isRetracted,
    venueId: merged.venue ? (refs.venueIds.get(merged.venue.slug) ?? null) : null,
    publication: merged.publication,
    landingUrl: merged.landingUrl,
    pdfUrl: merged.pdfUrl,
    authorCount: merged.authors.length,
    hasMoreAuthors: merged.hasMoreAuthors,
    statedCitationCount: merged.citationCount,
    upvoteCount: merged.upvoteCount,
    ratingSort: highestRating(merged.decisions),
    appearedOn: merged.appearedOn,
    repositoryCount: distinctRepositories(merged, refs.repositories).length,
    starCount: Math.max(0, ...stars),
  }
}

import { alias, type Sql, sql } from '../../db/sql.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import type { PaperKind } from '../../db/tables/vocabulary.ts'
import type { PaperRecord } from './paper-record.ts'

const s = alias(sourceRecords, 's')

/** A claim of a record that the precedence compares. */
type Ranked = Pick<PaperRecord, 'source' | 'key' | 'kind' | 'venue'>

/** Raise this with every change of what is shown for the same records, so that existing catalogues are updated. */
export const PRECEDENCE_VERSION = 17

/**
 * The precedence of sources, field by field. Sources that are not listed come last, by name. The README has the same
 * table, with the reasons.
 */
export const PRECEDENCE = {
  /**
   * Title, kind, date, year of the event, venue, byline, language, page, summary. The ACL corrects its own papers in its
   * Anthology. Publishers register with Crossref and write bibliographies; lists of conferences and arXiv hold what authors
   * submitted; indexes collect from these; the last ones have a title and little else.
   */
  facts: [
    'acl-anthology',
    'crossref',
    'jats',
    'datacite',
    'bibtex',
    'csl-json',
    'ris',
    'pubmed-xml',
    'nbib',
    'endnote-xml',
    'paperlists',
    'openreview',
    'arxiv',
    'arxiv-oai',
    'arxiv-atom',
    'oai-dc',
    'openalex',
    's2',
    's2-abstracts',
    's2-tldrs',
    'pwc',
    'hf-daily',
    'hf-listing',
    'cv-daily',
    'pwc-links',
    'pwc-methods',
    'crossref-notices',
    'retraction-watch',
  ],
  /**
   * Authors keep arXiv's abstracts up to date; those of a conference are as submitted. Publishers' abstracts went
   * through several formats, and indexes reconstruct or cut theirs.
   */
  abstract: [
    'arxiv',
    'arxiv-oai',
    'arxiv-atom',
    'acl-anthology',
    'paperlists',
    'openreview',
    'bibtex',
    'jats',
    'crossref',
    'datacite',
    'hf-daily',
    'pwc',
    'csl-json',
    'ris',
    'pubmed-xml',
    'nbib',
    'endnote-xml',
    'oai-dc',
    's2-abstracts',
    's2',
    'openalex',
    'hf-listing',
  ],
  /** PDFs of conferences and arXiv are free; those that Crossref links to are mostly for subscribers. */
  pdf: [
    'acl-anthology',
    'bibtex',
    'paperlists',
    'openreview',
    'arxiv',
    'arxiv-oai',
    'arxiv-atom',
    'openalex',
    's2',
    'pwc',
    'csl-json',
    'ris',
    'endnote-xml',
    'oai-dc',
    'crossref',
  ],
} as const satisfies Record<string, readonly string[]>

/** A group of fields with one precedence of sources. */
export type PrecedenceGroup = keyof typeof PRECEDENCE

/**
 * Records of a reviewed and published version precede those of a version that was only put online. Records without a kind
 * come last: they only add to others.
 */
const VERSION: Record<PaperKind, number> = {
  journal_article: 0,
  conference_paper: 0,
  book: 0,
  chapter: 0,
  thesis: 0,
  workshop_paper: 0,
  demo: 0,
  report: 1,
  preprint: 1,
  other: 2,
}

/** Order of kinds for two published versions in one source. */
const KINDS: PaperKind[] = [
  'journal_article',
  'conference_paper',
  'book',
  'chapter',
  'thesis',
  'workshop_paper',
  'demo',
  'report',
  'preprint',
  'other',
]

/**
 * Compares two records for the `facts` fields; negative if the first takes precedence. By version, then venue named, then source, then
 * kind, then key.
 */
export function byPrecedence(a: Ranked, b: Ranked): number {
  return (
    VERSION[a.kind] - VERSION[b.kind] ||
    Number(b.venue !== null) - Number(a.venue !== null) ||
    bySource('facts')(a, b) ||
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
    compare(a.key, b.key)
  )
}

/** Compares two records by their sources alone. */
export function bySource(group: PrecedenceGroup) {
  return (a: Pick<Ranked, 'source'>, b: Pick<Ranked, 'source'>): number =>
    rankOf(group, a.source) - rankOf(group, b.source) || compare(a.source, b.source)
}

function rankOf(group: PrecedenceGroup, source: string): number {
  const rank = (PRECEDENCE[group] as readonly string[]).indexOf(source)
  return rank === -1 ? PRECEDENCE[group].length : rank
}

/** Order of two texts by code units, the same everywhere. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** `byPrecedence` in SQL: ascending sort keys over `source_records` with the alias `s`. */
export const PRECEDENCE_KEYS: readonly Sql[] = [
  sql`coalesce((${JSON.stringify(VERSION)}::text::jsonb->>(${s.record}->>'kind'))::int, 2)`,
  sql`(${s.record}->>'venue' is null)::int`,
  sql`coalesce(array_position(${[...PRECEDENCE.facts]}::text[], ${s.source}), 1000)`,
  sql`${s.source} collate "C"`,
  sql`array_position(${KINDS}::text[], ${s.record}->>'kind')`,
  sql`${s.key}`,
]

import { alias, type Sql, sql } from '../../db/sql.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import type { PaperKind } from '../../db/tables/vocabulary.ts'
import type { PaperRecord } from './paper-record.ts'

const s = alias(sourceRecords, 's')

/** A claim of a record that the precedence compares. */
type Ranked = Pick<PaperRecord, 'source' | 'key' | 'kind' | 'venue'>

/** Raised with every change of what is shown of the same records, so that catalogues made before are made again. */
export const PRECEDENCE_VERSION = 16

/**
 * In which order sources are believed, field by field; where none of a row's sources says anything, those that are not
 * listed follow by name. The README has the same table, with the reasons.
 */
export const PRECEDENCE = {
  /**
   * Title, kind, date, year of the event, venue, byline, language, page, summary. The ACL corrects its own papers in its
   * Anthology. Who published it registers it with Crossref or writes it into a bibliography; lists of a conference and the archive
   * come from those who submitted it; indexes gather from these; the last have a title and little else.
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
   * Authors keep arXiv's up to date, and their own text; that of a conference is what was submitted. Publishers' went
   * through several formats, and indexes rebuild theirs from words, or cut it.
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
  /** Open to everybody at a conference and at arXiv; what Crossref links to is most often for subscribers. */
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

/** A group of fields for which sources are believed in one order. */
export type PrecedenceGroup = keyof typeof PRECEDENCE

/**
 * Of a version that was reviewed and published more can be said than of one that was only put online; records of no kind
 * only add to others.
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

/** Of two published versions by one source. */
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
 * Which of two records is believed, of the facts: that of the published version, that which names the venue, that of the
 * better source, of the better kind, of the first key. Negative for the first.
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

/** Which of two records comes first by its source alone. */
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

/** `byPrecedence` in SQL, of the columns of `source_records` under the alias `s`: what comes first, smallest first. */
export const PRECEDENCE_KEYS: readonly Sql[] = [
  sql`coalesce((${JSON.stringify(VERSION)}::text::jsonb->>(${s.record}->>'kind'))::int, 2)`,
  sql`(${s.record}->>'venue' is null)::int`,
  sql`coalesce(array_position(${[...PRECEDENCE.facts]}::text[], ${s.source}), 1000)`,
  sql`${s.source} collate "C"`,
  sql`array_position(${KINDS}::text[], ${s.record}->>'kind')`,
  sql`${s.key}`,
]

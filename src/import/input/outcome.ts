import type { Decision } from '../../domain/curation/restore.ts'
import type { PaperRecord, RepositoryClaim } from '../../domain/record/paper-record.ts'
import type { ProfileRecord } from '../../domain/record/profile-record.ts'
import { findRepositoryLinks } from '../../domain/reference/repository-ref.ts'
import type { RepositoryStars } from '../../domain/repositories/facts.ts'
import type { RepositoryState } from '../../domain/repositories/restore.ts'
import type { CitationEdge } from '../../domain/write/relations/edges.ts'
import type { Written } from './encoding/undeclared.ts'

/** Why an entry is rejected. It quotes only the key of the entry, none of its text. */
export interface Refusal {
  key: string | null
  reason: string
}

/** A citation between two papers, from a source that states nothing else about them. */
export interface EdgeReading {
  source: string
  edge: CitationEdge
}

/** A record, and the stars of its repositories on a day. */
export interface StarredReading {
  record: PaperRecord
  stars: RepositoryStars[]
}

/** A record, and records of other papers in its entry, each with its own key. */
export interface AddingReading {
  record: PaperRecord
  also: PaperRecord[]
}

/** A record, and the citations of it by other papers that its entry lists, stated by the same source. */
export interface CitedReading {
  record: PaperRecord
  citedBy: CitationEdge[]
}

/** Data that only exports of another catalogue contain. */
export type Addition = { decision: Decision } | { repository: RepositoryState }

/** For a record from another catalogue: the time at which that catalogue fetched it, in ISO 8601. */
interface Restored {
  fetchedAt?: string | null
}

/**
 * The outcome of one entry: a record of a paper, person, topic or institution, a citation, or the reason of its rejection. The
 * position is a line counted from 1, or the index of an array element. `repairs` lists corrections.
 */
export type Outcome =
  | ({
      position: number
      record: PaperRecord
      repairs?: string[]
      stars?: RepositoryStars[]
      also?: PaperRecord[]
      citedBy?: CitationEdge[]
    } & Restored)
  | ({ position: number; profile: ProfileRecord; repairs?: string[] } & Restored)
  | ({ position: number } & EdgeReading)
  | { position: number; addition: Addition }
  | { position: number; reject: Refusal }

/** An entry that was found and is not parsed yet. */
export interface Unread {
  position: number
  /** 32 hexadecimal digits: hash of the raw entry and of everything else that affects its parsing. */
  hash: string
  /** Size in bytes. */
  size: number
  read(): Outcome
}

/** An adapter: reads a text in its format. `file` is the name of the text, for messages and keys. */
export interface Adapter {
  (text: AsyncIterable<Buffer>, file: string): AsyncGenerator<Outcome>
  /**
   * Reads as the adapter does, but leaves the parsing of entries to the caller. Their hashes include `code`. Absent for formats whose
   * entries cannot be separated without parsing.
   */
  unread?(text: AsyncIterable<Buffer>, file: string, code: string): AsyncGenerator<Outcome | Unread>
}

/** Repairs of texts in any format. */
export const REPAIRS = {
  encoding: 'bytes that are not UTF-8 were replaced',
  windows: 'bytes that are not UTF-8 were read as Windows-1252',
  otherEncoding: 'bytes in UTF-8 were read as UTF-8, although the file declares another encoding',
  unreadable: 'it contains unreadable characters (U+FFFD)',
  nul: 'NUL characters were removed',
  /** Entries with this repair or the next are rejected. */
  foreign:
    'written neither in UTF-8 nor in Windows-1252, maybe in GBK, Big5, Shift-JIS or a Cyrillic encoding: convert the file to UTF-8, or declare its encoding',
  hole: 'NUL bytes replace a part of it, and maybe other entries',
} as const

/** Repairs to report for bytes in each encoding. */
export const REPAIRS_OF: Readonly<Record<Written, readonly string[]>> = {
  utf8: [],
  damaged: [REPAIRS.encoding],
  windows: [REPAIRS.windows],
  foreign: [REPAIRS.foreign],
}

/** Joins hard newlines and runs of white space; null when nothing is left. */
export function cleanText(text: unknown): string | null {
  if (typeof text !== 'string') return null
  // NUL is the only character that Postgres cannot store.
  const clean = text
    .replaceAll('\0', '')
    .replace(/[^\S ]\s*| \s+/g, ' ')
    .trim()
  return clean === '' ? null : clean
}

/** Repositories to which the text of a paper links. */
export function repositoriesIn(text: string | null): RepositoryClaim[] {
  return findRepositoryLinks(text ?? '').map((ref) => ({
    ...ref,
    isOfficial: true,
    evidence: 'in_paper',
    framework: null,
  }))
}

/** A record of an adapter. `lost` lists values of the entry that could not be used; they are reported as repairs. */
export type ReadRecord = PaperRecord & { lost?: string[] }

/**
 * Title that a publisher or index marks as that of a retracted paper: `RETRACTED: …`, `Retracted Article: …`, `[Retracted] …`, and
 * `… (Retracted article. See vol. 5, pg. 12, 2012)` of Web of Science. `Retracted: …` is also the title of notices.
 */
const RETRACTED_TITLE =
  /^\W*RETRACTED(?: [A-Z]+)?\s*[:\]\u2013\u2014-]|^\W*(?:[Rr]etracted (?:[Aa]rticle|[Pp]aper|[Cc]hapter)\s*[:\]]|(?<=\[)[Rr]etracted\])|\([Rr]etracted [Aa]rticle\b[^()]*\)\W*$/

export const isRetractedTitle = (title: string): boolean => RETRACTED_TITLE.test(title)

type Claims = Pick<PaperRecord, 'source' | 'key' | 'licence' | 'title' | 'kind'> &
  Partial<ReadRecord>

/**
 * Makes a record of the fields that an adapter found; the other fields are empty. A paper whose title says that it was retracted is
 * retracted; a notice, which is of no other kind, may have such a title too.
 */
export function recordOf({ lost = [], ...claims }: Claims): ReadRecord {
  const isMarked = claims.kind !== 'other' && isRetractedTitle(claims.title)
  return {
    abstract: null,
    published: null,
    eventYear: null,
    language: null,
    isRetracted: false,
    landingUrl: null,
    pdfUrl: null,
    citationCount: null,
    identifiers: [],
    authors: [],
    venue: null,
    topics: [],
    repositories: [],
    ...claims,
    ...(isMarked && { isRetracted: true }),
    ...(lost.length > 0 && { lost: [...new Set(lost)] }),
  }
}

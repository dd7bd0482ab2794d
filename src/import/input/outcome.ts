import type { Decision } from '../../domain/curation/restore.ts'
import type { PaperRecord, RepositoryClaim } from '../../domain/record/paper-record.ts'
import type { ProfileRecord } from '../../domain/record/profile-record.ts'
import { findRepositoryLinks } from '../../domain/reference/repository-ref.ts'
import type { RepositoryStars } from '../../domain/repositories/facts.ts'
import type { RepositoryState } from '../../domain/repositories/restore.ts'
import type { CitationEdge } from '../../domain/write/relations/edges.ts'

/** Why an entry of a source is not a paper. It quotes nothing of the entry but its key. */
export interface Refusal {
  key: string | null
  reason: string
}

/** That one paper cites another, from a source that tells nothing else of them. */
export interface EdgeReading {
  source: string
  edge: CitationEdge
}

/** A record, and the stars of its repositories on a day. */
export interface StarredReading {
  record: PaperRecord
  stars: RepositoryStars[]
}

/** What only another catalogue tells. */
export type Addition = { decision: Decision } | { repository: RepositoryState }

/** Of a record that comes from another catalogue: the ISO instant at which it had come from its source. */
interface Restored {
  fetchedAt?: string | null
}

/**
 * What an adapter makes of one entry of its source: a record of a paper, a person or a topic, a citation, or the reason why it is none. The position is a line,
 * counted from 1, or for an element of a list its place, counted from 0. `repairs` tells what had to be mended.
 */
export type Outcome =
  | ({
      position: number
      record: PaperRecord
      repairs?: string[]
      stars?: RepositoryStars[]
    } & Restored)
  | ({ position: number; profile: ProfileRecord; repairs?: string[] } & Restored)
  | ({ position: number } & EdgeReading)
  | { position: number; addition: Addition }
  | { position: number; reject: Refusal }

/** An entry that was found, but not read yet. */
export interface Unread {
  position: number
  /** 32 hexadecimal digits: of the entry as it stands in its source, and of all that its reading depends on. */
  hash: string
  /** In bytes. */
  size: number
  read(): Outcome
}

/** An adapter: reads a text in its format. `file` is its name, without a meaning of its own. */
export interface Adapter {
  (text: AsyncIterable<Buffer>, file: string): AsyncGenerator<Outcome>
  /**
   * As the adapter itself, but leaves the reading of entries to whoever wants to know what they hold. `code` is what
   * else their hashes are to depend on. Not of formats whose entries cannot be told apart without being read.
   */
  unread?(text: AsyncIterable<Buffer>, file: string, code: string): AsyncGenerator<Outcome | Unread>
}

/** What had to be mended in a text, whatever its format. */
export const REPAIRS = {
  encoding: 'bytes that are not UTF-8 were replaced',
  nul: 'NUL characters were removed',
} as const

/** Joins hard newlines and runs of white space; null when nothing is left. */
export function cleanText(text: unknown): string | null {
  if (typeof text !== 'string') return null
  // NUL is the one character that Postgres cannot hold.
  const clean = text
    .replaceAll('\0', '')
    .replace(/[^\S ]\s*| \s+/g, ' ')
    .trim()
  return clean === '' ? null : clean
}

/** The repositories that a paper's own text links to. */
export function repositoriesIn(text: string | null): RepositoryClaim[] {
  return findRepositoryLinks(text ?? '').map((ref) => ({
    ...ref,
    isOfficial: true,
    evidence: 'in_paper',
    framework: null,
  }))
}

type Claims = Pick<PaperRecord, 'source' | 'key' | 'licence' | 'title' | 'kind'> &
  Partial<PaperRecord>

/** A record of what an adapter found; all else is what a source without a word on it claims. */
export function recordOf(claims: Claims): PaperRecord {
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
  }
}

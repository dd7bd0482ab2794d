import type { TopicKind } from '../../db/tables/vocabulary.ts'

/** Fields of all records that are not about papers. */
interface SourceRecord {
  /** Unique together with `key` among the records of one type. */
  source: string
  key: string
  /** SPDX id of the licence of the record; null if the source states none. */
  licence: string | null
  /** Page of the person, topic or institution at the source. */
  url: string | null
}

/** An institution at which a person works or worked, from a registry. */
export interface Workplace {
  name: string
  /** ROR id, such as `05a28rw58`. */
  ror: string | null
  /** ISO date to the known precision: `2019`, `2019-05` or `2019-05-01`. */
  from: string | null
  /** ISO date like `from`; null if it has not ended, or the end is unknown. */
  to: string | null
}

/** What one source says about one person. All its identifiers belong to that person. */
export interface AuthorRecord extends SourceRecord {
  type: 'author'
  name: string
  /** Other forms of the name. */
  aliases: string[]
  /** At least one; only strong identifiers, as in a byline. */
  identifiers: { scheme: string; value: string }[]
  /** Names of the person's institutions, the latest first. */
  affiliations: string[]
  /** The same with ROR ids and dates, in the same order; absent if the source has names only. */
  workplaces?: Workplace[]
  homepage: string | null
  /** Counts by the source. */
  paperCount: number | null
  citationCount: number | null
  hIndex: number | null
}

/** What one source says about one topic. */
export interface TopicRecord extends SourceRecord {
  type: 'topic'
  slug: string
  name: string
  kind: TopicKind
  description: string | null
  /** The wider topics, the nearest first. */
  parents: { slug: string; name: string; kind: TopicKind }[]
}

/** What one source says about one institution. */
export interface InstitutionRecord extends SourceRecord {
  type: 'institution'
  /** ROR id, such as `042nb2s44`. */
  ror: string
  name: string
  /** Names in other languages, and other names except short forms. */
  aliases: string[]
  acronyms: string[]
  /** ISO 3166 code, such as `CH`. */
  country: string | null
  /** Host name of its home page, without `www`. */
  domain: string | null
  /** ROR id of the parent institution. */
  parent: string | null
  /** Whether the registry withdrew it: papers may state its id, but its names belong to others. */
  isWithdrawn: boolean
}

export type ProfileRecord = AuthorRecord | TopicRecord | InstitutionRecord

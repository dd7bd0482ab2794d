import type { TopicKind } from '../../db/tables/vocabulary.ts'

/** What all records have that are not about a paper. */
interface SourceRecord {
  /** Unique together with `key` among the records of one type. */
  source: string
  key: string
  /** SPDX id of the licence of the record, or null when the source states none. */
  licence: string | null
  /** Page of the person, topic or institution at the source. */
  url: string | null
}

/** Where a person works or worked, as a registry has it. */
export interface Workplace {
  name: string
  /** Such as `05a28rw58`. */
  ror: string | null
  /** ISO date, as far as it is known: `2019`, `2019-05` or `2019-05-01`. */
  from: string | null
  /** Likewise; null where it has not ended, or nobody says when. */
  to: string | null
}

/** What one source says of one person. Its identifiers are of one and the same person. */
export interface AuthorRecord extends SourceRecord {
  type: 'author'
  name: string
  /** Other forms of the name. */
  aliases: string[]
  /** At least one; strong ones only, as in a byline. */
  identifiers: { scheme: string; value: string }[]
  /** Where the person works, the latest first. */
  affiliations: string[]
  /** Where the person works or worked, in the same order, where the source says more of it than names. */
  workplaces?: Workplace[]
  homepage: string | null
  /** What the source counts itself. */
  paperCount: number | null
  citationCount: number | null
  hIndex: number | null
}

/** What one source says of one topic. */
export interface TopicRecord extends SourceRecord {
  type: 'topic'
  slug: string
  name: string
  kind: TopicKind
  description: string | null
  /** The wider topics, the nearest first. */
  parents: { slug: string; name: string; kind: TopicKind }[]
}

/** What one source says of one institution. */
export interface InstitutionRecord extends SourceRecord {
  type: 'institution'
  /** Such as `042nb2s44`. */
  ror: string
  name: string
  /** Names in other languages, and others that are not short forms. */
  aliases: string[]
  acronyms: string[]
  /** ISO 3166 code, such as `CH`. */
  country: string | null
  /** Host name of its home page, without `www`. */
  domain: string | null
  /** ROR id of the institution that it is a part of. */
  parent: string | null
  /** Whether the register took it back: papers may state its id, but its names are those of others. */
  isWithdrawn: boolean
}

export type ProfileRecord = AuthorRecord | TopicRecord | InstitutionRecord

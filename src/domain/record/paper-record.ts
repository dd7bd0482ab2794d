import type {
  CitationIntent,
  DatePrecision,
  DecisionOutcome,
  EventKind,
  IdentifierScheme,
  LinkKind,
  OpenAccessStatus,
  PaperKind,
  Presentation,
  RepositoryEvidence,
  TextVersion,
  TopicKind,
  VenueKind,
} from '../../db/tables/vocabulary.ts'

/** What one source says of one paper, in paperql's own terms: what every adapter yields. */
export interface PaperRecord {
  /** The source that claims all this, e.g. `paperlists`. Unique together with `key`. */
  source: string
  /** The record's own key within its source; the same key read again is the same record. */
  key: string
  /** SPDX id of the licence of the record's metadata, or null when the source states none. */
  licence: string | null
  /** Empty in a record that only adds to a paper of which others tell, such as a source's file of abstracts. */
  title: string
  abstract: string | null
  /** The paper in a sentence, as a model wrote it; absent where the source has none. */
  tldr?: string
  /** The paper in a sentence, as its authors wrote it for reviewers; absent where the source has none. */
  authorSummary?: string
  kind: PaperKind
  /** ISO day; the parts finer than `precision` are 01. */
  published: { on: string; precision: DatePrecision } | null
  eventYear: number | null
  /** BCP 47 tag. */
  language: string | null
  isRetracted: boolean
  landingUrl: string | null
  pdfUrl: string | null
  citationCount: number | null
  /** How many people found it worth reading, where the source counts that. */
  upvoteCount?: number
  /** Data of a list of recommended papers about the paper. */
  listing?: ListingClaim
  identifiers: PaperIdentifier[]
  /** In the order of the byline. */
  authors: AuthorClaim[]
  /** Where authors worked of whom the source does not say which; absent where it says whose each affiliation is. */
  affiliations?: AffiliationClaim[]
  venue: VenueClaim | null
  /** Where in its journal, book or proceedings it appeared; absent where the source says nothing of that. */
  publication?: PublicationClaim
  topics: TopicClaim[]
  /** As printed, in order; absent where the source has none. */
  keywords?: string[]
  repositories: RepositoryClaim[]
  /** Versions that are papers of their own; absent where the source states none. */
  versions?: VersionClaim[]
  /** What became of it at venues; absent where the source says nothing of that. */
  decisions?: DecisionClaim[]
  /** What the paper cites, in the order of its bibliography where the source keeps it. */
  references?: ReferenceClaim[]
  /** Besides `pdfUrl`, the listing and the abstract, whose links need not be repeated here: see `linksOf`. */
  links?: LinkClaim[]
  events?: EventClaim[]
  /** Absent where the source says nothing of it. */
  openAccess?: OpenAccessClaim
}

/** A page or file about the paper. */
export interface LinkClaim {
  kind: LinkKind
  /** With `http:` or `https:`. */
  url: string
  /** What the source calls it, where that says more than the kind. */
  label?: string
}

/** A version of the paper, or a notice about it. */
export interface EventClaim {
  kind: EventKind
  /** ISO day; the parts finer than `precision` are 01. Null when the source names none. */
  on: string | null
  /** Absent when the whole day is known. */
  precision?: Exclude<DatePrecision, 'day'>
  /** Of a version, from 1. */
  number?: number
  /** As the source words it. */
  reason?: string
  /** URL of the version, or of the notice. */
  notice?: string
}

/** Whether everybody may read the paper, and where best. */
export interface OpenAccessClaim {
  status: OpenAccessStatus
  url: string | null
  /** Licence of the text at that place, as the source names it. */
  licence: string | null
  version: TextVersion | null
}

/** What became of a paper at one venue in one year: only what the source states. */
export interface DecisionClaim {
  /** Where it was submitted, also where it was not accepted. */
  venue: VenueClaim | null
  year: number | null
  outcome?: DecisionOutcome
  presentation?: Presentation
  /** Decision and form of presentation as printed, such as `Accept (Oral)`. */
  status?: string
  /** Part of the programme as printed, other than the main one. */
  track?: string
  /** As printed; several are separated by semicolons. `Award` where the source only says that it got one. */
  award?: string
  session?: string
  /** Subject area of the submission. */
  area?: string
  rating?: RatingClaim
}

/** Ratings by reviewers, on the scale of the venue. */
export interface RatingClaim {
  mean: number
  /** Null where only the mean is stated. */
  count: number | null
}

export interface ListingClaim {
  /** The day of the list in UTC, as an ISO day. */
  on: string | null
  organisation: string | null
  projectUrl: string | null
  /** Pictures and videos. */
  mediaUrls: string[]
  commentCount: number | null
}

/** Another paper that is the same work, as a source states it. */
export interface VersionClaim {
  /** Kind of the other paper: original of this translation, translation, or another version. */
  relation: 'original' | 'translation' | 'version'
  identifier: PaperIdentifier
}

export interface PaperIdentifier {
  scheme: IdentifierScheme
  value: string
}

export interface AuthorClaim extends AffiliationClaim {
  /** As printed. */
  name: string
  /** The part of the name that is the family name; absent where the source does not state it apart. */
  familyName?: string
  /** Strong identifiers only (orcid, acl, openreview, dblp …); never an e-mail address. */
  identifiers: { scheme: string; value: string }[]
}

export interface AffiliationClaim {
  /** As printed. */
  affiliation: string | null
  /** Where the person worked, as the source itself tells it from the text; absent where it does not. */
  institutions?: InstitutionClaim[]
}

/** An institution as a source names it; `affiliation` is what the paper prints. */
export interface InstitutionClaim {
  /** As the source calls it, or as the paper prints it: see `isPrinted`. */
  name: string
  /** Whether the name is the printed affiliation, of a source that states nothing but the ROR id. */
  isPrinted?: boolean
  /** Id of the Research Organization Registry, such as `042nb2s44`. */
  ror?: string
  /** Host name of its home page, without `www`. */
  domain?: string
  /** A short form of the name, such as `MIT`. */
  acronym?: string
}

export interface VenueClaim {
  slug: string
  name: string
  acronym: string | null
  kind: VenueKind
}

/** Bibliographic data of where a paper appeared: as printed, and only what the source states. */
export interface PublicationClaim {
  /** Title of the journal, book or proceedings. */
  container?: string
  series?: string
  volume?: string
  /** Issue of a journal, or number of a volume within its series. */
  number?: string
  /** With an en dash between first and last: `436–444`. */
  pages?: string
  /** Of journals that number their articles in place of pages. */
  articleNumber?: string
  edition?: string
  /** Of the book or the proceedings, in order. */
  editors?: string[]
  /** School of a thesis, institution of a report. */
  institution?: string
  publisher?: string
  publisherPlace?: string
  /** Ten or thirteen digits, without hyphens. */
  isbns?: string[]
  issns?: string[]
  reportNumber?: string
  /** What sort of thesis or report it is, such as `Master's thesis`. */
  workType?: string
  /** What authors wrote at arXiv of the published version, where that could not be taken apart. */
  journalRef?: string
  /** Year of the published version, where `published` is the date of its preprint. */
  year?: number
}

export interface TopicClaim {
  slug: string
  name: string
  kind: TopicKind
  /** 0 to 1, or null when the source gives none. */
  score: number | null
  /** Who asserts it: the source, `keywords` of the record, or `text` for a term found in title or abstract. */
  source: string
}

export interface RepositoryClaim {
  host: string
  owner: string
  name: string
  url: string
  isOfficial: boolean
  evidence: RepositoryEvidence
  framework: string | null
}

/** One work that a paper cites, whether it is in the catalogue or not. */
export interface ReferenceClaim {
  /** All that the source gives; may be empty, where only a title or the printed text is known. */
  identifiers: PaperIdentifier[]
  title?: string | null
  /** The reference as printed. */
  text?: string | null
  /** Whether the cited work shaped the paper, where the source judges that. */
  isInfluential?: boolean | null
  /** What the work is cited for, where the source says so. */
  intents?: CitationIntent[]
  /** The sentences in which the paper cites the work. */
  contexts?: string[]
}

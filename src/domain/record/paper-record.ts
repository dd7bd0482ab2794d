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

/** What one source says about one paper, in paperql's terms. Every adapter yields these. */
export interface PaperRecord {
  /** The source of the record, such as `paperlists`. Unique together with `key`. */
  source: string
  /** The key of the record within its source; a record read again has the same key. */
  key: string
  /** SPDX id of the licence of the record's metadata; null if the source states none. */
  licence: string | null
  /** Empty in a record that only adds to a paper described by others, such as a record from a source's file of abstracts. */
  title: string
  abstract: string | null
  /** A one-sentence summary written by a model; absent if the source has none. */
  tldr?: string
  /** A one-sentence summary that the authors wrote for reviewers; absent if the source has none. */
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
  /** Number of upvotes at the source; absent if it does not count them. */
  upvoteCount?: number
  /** Data of a list of recommended papers about the paper. */
  listing?: ListingClaim
  identifiers: PaperIdentifier[]
  /** In the order of the byline. */
  authors: AuthorClaim[]
  /** Whether the source says that the byline has more names than it states, as by `et al.`; absent if it does not. */
  hasMoreAuthors?: boolean
  /** Affiliations that the source does not assign to one of the authors; absent if it assigns all. */
  affiliations?: AffiliationClaim[]
  venue: VenueClaim | null
  /** Its place in a journal, book or proceedings; absent if the source does not state it. */
  publication?: PublicationClaim
  topics: TopicClaim[]
  /** As printed, in order; absent if the source has none. */
  keywords?: string[]
  repositories: RepositoryClaim[]
  /** Versions that are separate papers; absent if the source states none. */
  versions?: VersionClaim[]
  /** Decisions of venues on the paper; absent if the source states none. */
  decisions?: DecisionClaim[]
  /** Works that the paper cites, in the order of its bibliography if the source has that order. */
  references?: ReferenceClaim[]
  /** Further links. Those of `pdfUrl`, the listing and the abstract need not be repeated: see `linksOf`. */
  links?: LinkClaim[]
  events?: EventClaim[]
  /** Absent if the source does not state it. */
  openAccess?: OpenAccessClaim
}

/** A page or file about the paper. */
export interface LinkClaim {
  kind: LinkKind
  /** Begins with `http:` or `https:`. */
  url: string
  /** The source's name for it, if that says more than the kind. */
  label?: string
}

/** A version of the paper, or a notice about it. */
export interface EventClaim {
  kind: EventKind
  /** ISO day; the parts finer than `precision` are 01. Null if the source states none. */
  on: string | null
  /** Absent if the whole day is known. */
  precision?: Exclude<DatePrecision, 'day'>
  /** Number of the version, from 1. */
  number?: number
  /** In the words of the source. */
  reason?: string
  /** URL of the version, or of the notice. */
  notice?: string
}

/** Whether the paper is open access, and the best place to read it. */
export interface OpenAccessClaim {
  status: OpenAccessStatus
  url: string | null
  /** Licence of the text at that place, in the source's words. */
  licence: string | null
  version: TextVersion | null
}

/** The decision on a paper at one venue in one year. Holds only what the source states. */
export interface DecisionClaim {
  /** The venue to which it was submitted, whether accepted or not. */
  venue: VenueClaim | null
  year: number | null
  outcome?: DecisionOutcome
  presentation?: Presentation
  /** Decision and form of presentation as printed, such as `Accept (Oral)`. */
  status?: string
  /** Part of the programme as printed, other than the main one. */
  track?: string
  /** As printed; several are separated by semicolons. `Award` if the source only says that there was one. */
  award?: string
  session?: string
  /** Subject area of the submission. */
  area?: string
  rating?: RatingClaim
}

/** Ratings by reviewers, on the scale of the venue. */
export interface RatingClaim {
  mean: number
  /** Null if only the mean is stated. */
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

/** Another paper that is the same work according to a source. */
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
  /** The family name within the name; absent if the source does not state it separately. */
  familyName?: string
  /** Strong identifiers only (orcid, acl, openreview, dblp …); never an e-mail address. */
  identifiers: { scheme: string; value: string }[]
}

export interface AffiliationClaim {
  /** As printed. */
  affiliation: string | null
  /** Institutions that the source identified in the affiliation; absent if it did not. */
  institutions?: InstitutionClaim[]
}

/** An institution in the words of a source; `affiliation` holds those of the paper. */
export interface InstitutionClaim {
  /** The source's name for it, or the printed affiliation: see `isPrinted`. */
  name: string
  /** Whether the name is the printed affiliation, because the source only states the ROR id. */
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

/** Bibliographic data of the publication, as printed. Holds only what the source states. */
export interface PublicationClaim {
  /** Title of the journal, book or proceedings. */
  container?: string
  series?: string
  volume?: string
  /** Issue of a journal, or number of a volume within its series. */
  number?: string
  /** First and last page with an en dash: `436–444`. */
  pages?: string
  /** For journals that number articles instead of pages. */
  articleNumber?: string
  edition?: string
  /** Editors of the book or the proceedings, in order. */
  editors?: string[]
  /** School of a thesis, institution of a report. */
  institution?: string
  publisher?: string
  publisherPlace?: string
  /** Ten or thirteen digits, without hyphens. */
  isbns?: string[]
  issns?: string[]
  reportNumber?: string
  /** Kind of thesis or report, such as `Master's thesis`. */
  workType?: string
  /** The authors' reference to the published version at arXiv, if it could not be parsed. */
  journalRef?: string
  /** Year of the published version, if `published` is the date of its preprint. */
  year?: number
}

export interface TopicClaim {
  slug: string
  name: string
  kind: TopicKind
  /** 0 to 1; null if the source states none. */
  score: number | null
  /** Origin of the claim: the source, `keywords` of the record, or `text` for a term found in title or abstract. */
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

/** A work that a paper cites, whether or not it is in the catalogue. */
export interface ReferenceClaim {
  /** All identifiers that the source states; empty if only a title or the printed text is known. */
  identifiers: PaperIdentifier[]
  title?: string | null
  /** The reference as printed. */
  text?: string | null
  /** Whether the cited work influenced the paper strongly, if the source says so. */
  isInfluential?: boolean | null
  /** Purposes of the citation, if the source states them. */
  intents?: CitationIntent[]
  /** The sentences in which the paper cites the work. */
  contexts?: string[]
}

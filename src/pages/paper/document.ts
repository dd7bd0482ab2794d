import type { Dated } from '../parts/card.ts'
import { ROW, type Row } from '../parts/row.ts'
import type { StarCount } from '../parts/sparkline.ts'
import { VOTE, type Voted } from '../parts/vote.ts'

/** Maximum names of a byline on one page. */
const MOST_AUTHORS = 100
/**
 * Maximum names that are not folded. Only these are checked against their authors: that reads each author's papers, and takes a few
 * milliseconds per name.
 */
export const MOST_NAMES = 20

export const PAPER = /* GraphQL */ `
  query Paper($ref: String!, $authorsAfter: String, $withText: Boolean!, $withVotes: Boolean! = false) {
    paper(ref: $ref) {
      id
      title
      abstract
      tldr
      authorSummary
      kind
      language
      isRetracted
      links { kind url label }
      events { kind on precision number reason notice }
      openAccess { status url licence version }
      publishedOn
      publishedPrecision
      eventYear
      url
      pdfUrl
      authorCount
      hasMoreAuthors
      authorships(first: ${MOST_AUTHORS}, after: $authorsAfter) {
        nodes { position name familyName affiliation author { id } }
        pageInfo { hasNextPage endCursor }
      }
      checked: authorships(first: ${MOST_NAMES}, after: $authorsAfter) { nodes { position confidence } }
      institutions(first: 20) { nodes { slug name } }
      venue { slug name acronym kind }
      publication {
        container volume number pages articleNumber publisher series isbns issns institution reportNumber year journalRef
      }
      decisions {
        venue { slug name acronym }
        year outcome presentation status track award isAwarded session area sources
        rating { mean count }
      }
      identifiers { scheme value url }
      topics(first: 20) { nodes { slug name } }
      keywords
      repositories(first: 10) {
        totalCount
        edges { isOfficial node {
          url owner name description stars forks language licence isArchived isGone pushedAt
          starHistory { on stars }
        } }
      }
      ${VOTE}
      citationCount
      citationCounts { source count asOf }
      citations(first: 5, order: { field: CITATIONS }) { totalCount nodes { ...Row } }
      referenceCount
      references(first: 5, order: { field: CITATIONS }) { totalCount nodes { ...Row } }
      related(first: 6) { reasons { kind detail count } paper { ...Row } }
      otherVersions { kind sources paper { ...Row } }
      listings { source day upvotes }
      sources(first: 20) { source name key url licence fetchedAt }
      conflicts {
        field
        values { value isShown sources }
        contested { identifier reason papers { ...Row } }
      }
      bibtex: citation(format: BIBTEX)
      ris: citation(format: RIS)
      cslJson: citation(format: CSL_JSON)
      apa: citation(format: TEXT, style: "apa") @include(if: $withText)
      harvard: citation(format: TEXT, style: "harvard1") @include(if: $withText)
      vancouver: citation(format: TEXT, style: "vancouver") @include(if: $withText)
    }
  }
  ${ROW}
`

export interface Repository {
  url: string
  owner: string
  name: string
  description: string | null
  stars: number | null
  forks: number | null
  language: string | null
  licence: string | null
  isArchived: boolean
  isGone: boolean
  pushedAt: string | null
  starHistory: StarCount[]
}

interface Publication {
  container: string | null
  volume: string | null
  number: string | null
  pages: string | null
  articleNumber: string | null
  publisher: string | null
  series: string | null
  isbns: string[]
  issns: string[]
  institution: string | null
  reportNumber: string | null
  year: number | null
  journalRef: string | null
}

export interface RelationReason {
  kind: 'AUTHOR' | 'CITED_BY' | 'CITES' | 'CO_CITED' | 'SHARED_REFERENCES' | 'TEXT' | 'TOPIC'
  detail: string | null
  count: number | null
}

export interface Conflict {
  field: string
  values: { value: string; isShown: boolean; sources: string[] }[]
  contested: { identifier: string; reason: string; papers: Row[] } | null
}

export interface Decision {
  venue: { slug: string; name: string; acronym: string | null } | null
  year: number | null
  outcome: string | null
  presentation: string | null
  status: string | null
  track: string | null
  award: string | null
  isAwarded: boolean
  session: string | null
  area: string | null
  rating: { mean: number; count: number | null } | null
  sources: string[]
}

export interface PaperEvent {
  kind: string
  on: string | null
  precision: 'DAY' | 'MONTH' | 'YEAR' | null
  number: number | null
  reason: string | null
  notice: string | null
}

interface Identifier {
  scheme: string
  value: string
  url: string | null
}

export interface Authorship {
  position: number
  name: string
  familyName: string | null
  affiliation: string | null
  author: { id: string }
}

export interface Paper extends Dated, Voted {
  abstract: string | null
  tldr: string | null
  authorSummary: string | null
  kind: string
  language: string | null
  isRetracted: boolean
  links: { kind: string; url: string; label: string | null }[]
  events: PaperEvent[]
  openAccess: {
    status: string
    url: string | null
    licence: string | null
    version: string | null
  } | null
  eventYear: number | null
  url: string | null
  pdfUrl: string | null
  authorCount: number
  hasMoreAuthors: boolean
  authorships: {
    nodes: Authorship[]
    pageInfo: { hasNextPage: boolean; endCursor: string | null }
  }
  /** Confidence that the first names belong to their authors; null if a name does not belong to one person. */
  checked: { nodes: { position: number; confidence: number | null }[] }
  institutions: { nodes: { slug: string; name: string }[] }
  venue: { slug: string; name: string; acronym: string | null; kind: string } | null
  publication: Publication | null
  decisions: Decision[]
  identifiers: Identifier[]
  topics: { nodes: { slug: string; name: string }[] }
  keywords: string[]
  repositories: { totalCount: number; edges: { isOfficial: boolean; node: Repository }[] }
  citationCount: number
  citationCounts: { source: string; count: number; asOf: string }[]
  citations: { totalCount: number; nodes: Row[] }
  referenceCount: number
  references: { totalCount: number; nodes: Row[] }
  related: { reasons: RelationReason[]; paper: Row }[]
  otherVersions: { kind: string; sources: string[]; paper: Row | null }[]
  listings: { source: string; day: string | null; upvotes: number | null }[]
  sources: {
    source: string
    name: string
    key: string
    url: string | null
    licence: string | null
    fetchedAt: string
  }[]
  conflicts: Conflict[]
  bibtex: string
  ris: string
  cslJson: string
  /** Texts in citation styles, which are slow to produce; selected only if requested. */
  apa?: string
  harvard?: string
  vancouver?: string
}

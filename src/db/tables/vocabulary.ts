/** The closed vocabularies of the catalogue: the tables, the importers and the GraphQL enums read them from here. */

export const PAPER_KINDS = [
  'conference_paper',
  'journal_article',
  'preprint',
  'workshop_paper',
  'demo',
  'book',
  'chapter',
  'thesis',
  'report',
  'other',
] as const
export type PaperKind = (typeof PAPER_KINDS)[number]

export const IDENTIFIER_SCHEMES = [
  'doi',
  'arxiv',
  'openalex',
  's2',
  'corpusid',
  'pmid',
  'pmcid',
  'acl',
  'dblp',
  'openreview',
  'pmlr',
  'neurips',
  'pwc',
  'hf',
] as const
export type IdentifierScheme = (typeof IDENTIFIER_SCHEMES)[number]

export const TOPIC_KINDS = ['category', 'task', 'method', 'field', 'keyword'] as const
export type TopicKind = (typeof TOPIC_KINDS)[number]

/** Why a spelling leads to a topic. */
export const TOPIC_REASONS = ['vocabulary', 'stated', 'use', 'acronym', 'decision'] as const
export type TopicReason = (typeof TOPIC_REASONS)[number]

export const VENUE_KINDS = ['conference', 'journal', 'workshop', 'repository', 'other'] as const
export type VenueKind = (typeof VENUE_KINDS)[number]

export const REPOSITORY_EVIDENCES = ['in_paper', 'in_readme', 'curated', 'heuristic'] as const
export type RepositoryEvidence = (typeof REPOSITORY_EVIDENCES)[number]

/** How an institution of a paper is known, the best first. */
export const INSTITUTION_EVIDENCES = ['ror', 'named', 'printed'] as const
export type InstitutionEvidence = (typeof INSTITUTION_EVIDENCES)[number]

export const CITATION_INTENTS = ['background', 'methodology', 'result'] as const
export type CitationIntent = (typeof CITATION_INTENTS)[number]

/** What a venue decided on a submission. */
export const DECISION_OUTCOMES = [
  'accepted',
  'workshop',
  'rejected',
  'desk_rejected',
  'withdrawn',
  'pending',
] as const
export type DecisionOutcome = (typeof DECISION_OUTCOMES)[number]

/** How a paper was presented at a venue, the most prominent form first. */
export const PRESENTATIONS = ['oral', 'spotlight', 'highlight', 'poster'] as const
export type Presentation = (typeof PRESENTATIONS)[number]
/** What a link of a paper leads to, the best known kinds first: the order in which links are shown. */
export const LINK_KINDS = [
  'pdf',
  'supplement',
  'video',
  'slides',
  'poster',
  'project_page',
  'demo',
  'space',
  'model',
  'dataset',
  'other',
] as const
export type LinkKind = (typeof LINK_KINDS)[number]

export const EVENT_KINDS = [
  'version',
  'retraction',
  'withdrawal',
  'concern',
  'correction',
  'reinstatement',
] as const
export type EventKind = (typeof EVENT_KINDS)[number]

/** From the freest; `open` is of a source that does not say in which way. */
export const OPEN_ACCESS_STATUSES = [
  'diamond',
  'gold',
  'hybrid',
  'bronze',
  'green',
  'open',
  'closed',
] as const
export type OpenAccessStatus = (typeof OPEN_ACCESS_STATUSES)[number]

export const TEXT_VERSIONS = ['published', 'accepted', 'submitted'] as const
export type TextVersion = (typeof TEXT_VERSIONS)[number]

/** What is written of an import; that one was interrupted is known without anybody writing it. */
export const IMPORT_STATES = ['running', 'stopped', 'failed', 'done'] as const
/** As they are shown: also that one is done but for what could not be read, and that the process of one that runs is gone. */
export const SHOWN_IMPORT_STATES = [...IMPORT_STATES, 'partial', 'interrupted'] as const
export type ShownImportState = (typeof SHOWN_IMPORT_STATES)[number]

/** Name for the licence of records that state none. */
export const UNKNOWN_LICENCE = 'unknown'

export type DatePrecision = 'year' | 'month' | 'day'

/** Why papers that claim one identifier are kept apart. */
export const APART_REASONS = [
  'contradiction',
  'other_identifier',
  'other_place',
  'doubt',
  'decision',
] as const
export type ApartReason = (typeof APART_REASONS)[number]

/** What happened to a paper: the first five keep a copy right, the others are what people wait for. */
export const CHANGE_KINDS = [
  'created',
  'updated',
  'merged',
  'split',
  'deleted',
  'got_code',
  'published',
  'new_version',
  'retracted',
  'repository_gone',
  'repository_archived',
  'citation_milestone',
] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]

export const WEBHOOK_STATES = ['active', 'paused', 'disabled'] as const

export const WEBHOOK_MESSAGE_STATES = ['pending', 'delivered', 'dead'] as const

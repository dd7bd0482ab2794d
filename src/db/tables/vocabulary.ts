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

/** Reasons why a spelling leads to a topic. */
export const TOPIC_REASONS = ['vocabulary', 'stated', 'use', 'acronym', 'decision'] as const
export type TopicReason = (typeof TOPIC_REASONS)[number]

export const VENUE_KINDS = ['conference', 'journal', 'workshop', 'repository', 'other'] as const
export type VenueKind = (typeof VENUE_KINDS)[number]

export const REPOSITORY_EVIDENCES = ['in_paper', 'in_readme', 'curated', 'heuristic'] as const
export type RepositoryEvidence = (typeof REPOSITORY_EVIDENCES)[number]

/** Evidence for an institution of a paper, the best first. */
export const INSTITUTION_EVIDENCES = ['ror', 'named', 'printed'] as const
export type InstitutionEvidence = (typeof INSTITUTION_EVIDENCES)[number]

export const CITATION_INTENTS = ['background', 'methodology', 'result'] as const
export type CitationIntent = (typeof CITATION_INTENTS)[number]

/** Decisions of venues on submissions. */
export const DECISION_OUTCOMES = [
  'accepted',
  'workshop',
  'rejected',
  'desk_rejected',
  'withdrawn',
  'pending',
] as const
export type DecisionOutcome = (typeof DECISION_OUTCOMES)[number]

/** Forms of presentation at a venue, the most prominent first. */
export const PRESENTATIONS = ['oral', 'spotlight', 'highlight', 'poster'] as const
export type Presentation = (typeof PRESENTATIONS)[number]
/** Kinds of links of a paper, the best known first: the order in which links are shown. */
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

/** From the freest; `open` is for sources that do not say in which way. */
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

/** Stored states of an import. Interruption is not stored, but derived. */
export const IMPORT_STATES = ['running', 'stopped', 'failed', 'done'] as const
/** Shown states. `partial`: done, except for what could not be read. `interrupted`: stored as running, but the process has ended. */
export const SHOWN_IMPORT_STATES = [...IMPORT_STATES, 'partial', 'interrupted'] as const
export type ShownImportState = (typeof SHOWN_IMPORT_STATES)[number]

/** Name of the licence of records that state none. */
export const UNKNOWN_LICENCE = 'unknown'

export type DatePrecision = 'year' | 'month' | 'day'

/** Reasons why papers that claim one identifier are kept apart. */
export const APART_REASONS = [
  'contradiction',
  'other_identifier',
  'other_place',
  'doubt',
  'decision',
] as const
export type ApartReason = (typeof APART_REASONS)[number]

/** Changes of a paper: the first five keep a copy correct, the others are for notifications. */
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

import { uniqBy } from 'es-toolkit'
import { TOPIC_KINDS, VENUE_KINDS } from '../../../db/tables/vocabulary.ts'
import { isReinstated, type MergedEvent, mergeEvents, mergeOpenAccess } from '../events.ts'
import { type MergedLink, mergeLinks } from '../links.ts'
import type {
  OpenAccessClaim,
  PaperRecord,
  PublicationClaim,
  RepositoryClaim,
  TopicClaim,
  VenueClaim,
} from '../paper-record.ts'
import { byPrecedence, bySource, compare } from '../precedence.ts'
import { slugify, titleKey } from '../title-key.ts'
import {
  type MergedAffiliation,
  type MergedAuthor,
  mergeAffiliations,
  mergeAuthors,
} from './authors.ts'
import { type MergedDecision, mergeDecisions } from './decisions.ts'
import { type MergedReference, mergeReferences } from './references.ts'

type MergedRepository = RepositoryClaim & { source: string }

/** The displayed values of a paper, chosen from all its records. */
export type MergedPaper = Omit<
  PaperRecord,
  | 'source'
  | 'key'
  | 'authors'
  | 'hasMoreAuthors'
  | 'affiliations'
  | 'tldr'
  | 'authorSummary'
  | 'publication'
  | 'keywords'
  | 'citationCount'
  | 'upvoteCount'
  | 'repositories'
  | 'references'
  | 'decisions'
  | 'links'
  | 'events'
  | 'openAccess'
> & {
  tldr: string | null
  authorSummary: string | null
  publication: PublicationClaim | null
  authors: MergedAuthor[]
  /** Whether the record that the byline is taken from says that it is incomplete. */
  hasMoreAuthors: boolean
  /** Affiliations that no source assigns to an author, from all sources; absent if there are none. */
  affiliations?: MergedAffiliation[]
  /** As printed, those of the preferred source first; the first of several spellings of one keyword. */
  keywords: string[]
  /** Each with the source that asserts the link. */
  repositories: MergedRepository[]
  references: MergedReference[]
  decisions: MergedDecision[]
  links: MergedLink[]
  events: MergedEvent[]
  openAccess: (OpenAccessClaim & { source: string }) | null
  titleKey: string
  citationCount: number
  upvoteCount: number | null
  /** The day on which it first appeared, if no source listed it on a day: see `appearedOn`. */
  appearedOn: string | null
}

/** Maximum length of an abstract in characters. A longer one is the full text of the paper in the wrong field. */
const LONGEST_ABSTRACT = 10_000

/**
 * Merges the records of one paper. Each field comes from the first record that has it, by `PRECEDENCE`, so that the order of
 * the input does not matter. Identifiers, topics, repositories and identifiers of authors come from all records.
 */
export function mergeRecords(records: PaperRecord[]): MergedPaper {
  const ranked = records.toSorted(byPrecedence)
  const first = ranked.find(({ title }) => title !== '')
  if (!first) throw new Error('a paper needs a record with a title')
  const dated = ranked.find((record) => record.published !== null)
  const events = mergeEvents(ranked)
  const affiliations = mergeAffiliations(ranked)
  return {
    title: first.title,
    titleKey: titleKey(first.title),
    abstract: bestAbstract(ranked),
    tldr: firstOf(ranked, (record) => record.tldr || null),
    authorSummary: firstOf(ranked, (record) => record.authorSummary || null),
    kind: first.kind,
    published: dated?.published ?? null,
    eventYear: firstOf(ranked, (record) => record.eventYear),
    language: firstOf(ranked, (record) => record.language),
    licence: firstOf(ranked, (record) => record.licence),
    isRetracted: ranked.some((record) => record.isRetracted) && !isReinstated(events),
    landingUrl: firstOf(ranked, (record) => record.landingUrl),
    pdfUrl: firstOf(ranked.toSorted(bySource('pdf')), (record) => record.pdfUrl),
    citationCount: Math.max(0, ...ranked.map((record) => record.citationCount ?? 0)),
    appearedOn: appearedOn(ranked, dated?.published ?? null),
    upvoteCount: most(ranked.flatMap((record) => record.upvoteCount ?? [])),
    identifiers: uniqBy(
      ranked.flatMap((record) => record.identifiers),
      (id) => `${id.scheme}:${id.value}`,
    ),
    ...mergeAuthors(ranked),
    ...(affiliations.length > 0 && { affiliations }),
    venue: mergeVenue(ranked),
    publication: choosePublication(ranked, first),
    topics: mergeTopics(
      ranked.flatMap((record) => record.topics).filter((topic) => !isKeyword(topic)),
    ),
    keywords: mergeKeywords(ranked),
    repositories: mergeRepositories(
      ranked.flatMap(({ source, repositories }) => repositories.map((r) => ({ ...r, source }))),
    ),
    references: mergeReferences(ranked),
    decisions: mergeDecisions(ranked),
    links: mergeLinks(ranked),
    events,
    openAccess: mergeOpenAccess(ranked),
  }
}

/** Sources of preprints whose date is the day of submission. */
const ARCHIVES = ['arxiv', 'arxiv-atom', 'arxiv-oai']

/**
 * The day on which a paper first appeared: that of its submission to an archive, else the earliest day of a preprint, else that of
 * its publication; null if the day is unknown. Also null if a source listed the paper on a day, which counts instead.
 */
function appearedOn(ranked: PaperRecord[], published: PaperRecord['published']): string | null {
  if (ranked.some(({ listing }) => listing?.on != null)) return null
  const preprints = ranked.filter(({ kind }) => kind === 'preprint')
  const archived = preprints.filter(({ source }) => ARCHIVES.includes(source))
  const days = [archived, preprints].map((records) => records.flatMap(dayOf).sort()[0])
  return days.find(Boolean) ?? dayOf({ published })[0] ?? null
}

const dayOf = ({ published }: Pick<PaperRecord, 'published'>) =>
  published?.precision === 'day' ? [published.on] : []

const most = (counts: number[]) => (counts.length > 0 ? Math.max(...counts) : null)

function firstOf<T>(records: PaperRecord[], read: (record: PaperRecord) => T | null): T | null {
  for (const record of records) {
    const value = read(record)
    if (value !== null) return value
  }
  return null
}

/** The abstract of the preferred source, and its longest one, unless it is only the start of another: some sources cut abstracts. */
function bestAbstract(ranked: PaperRecord[]): string | null {
  const all = ranked
    .toSorted((a, b) => bySource('abstract')(a, b) || length(b) - length(a))
    .flatMap(({ abstract }) => abstract ?? [])
  const sensible = all.filter((text) => text.length <= LONGEST_ABSTRACT)
  const [first] = sensible
  if (first === undefined) return all[0] ?? null
  if (sensible.length === 1) return first
  const start = uncut(first)
  const whole = sensible.filter(
    (text) => text.length > first.length && uncut(text).startsWith(start),
  )
  return whole.toSorted((a, b) => b.length - a.length)[0] ?? first
}

const length = ({ abstract }: PaperRecord) => abstract?.length ?? 0

/** The text with white space normalised and without an ellipsis at the end. */
const uncut = (text: string) =>
  text
    .replace(/\s*(?:\.{3}|…)\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim()

/**
 * The publication data of the first record that states any for the displayed version: a record of the same kind and, if both
 * name a venue, with the same venue. Taken whole, so that volume and pages of one version do not mix with the journal or year of another.
 */
function choosePublication(ranked: PaperRecord[], shown: PaperRecord): PublicationClaim | null {
  const venue = ranked.find((record) => record.venue !== null)?.venue
  const isShownVersion = (record: PaperRecord) =>
    record.kind === shown.kind && (!record.venue || !venue || record.venue.slug === venue.slug)
  return ranked.find((record) => record.publication && isShownVersion(record))?.publication ?? null
}

/** The venue of the preferred record, with the best name that any record has for it. */
function mergeVenue(ranked: PaperRecord[]): VenueClaim | null {
  const venues = ranked.flatMap(({ venue }) => venue ?? [])
  const same = venues.filter(({ slug }) => slug === venues[0]?.slug)
  return same.toSorted(compareVenueNames)[0] ?? null
}

/** Indexes print names in capitals: `NATURE`. Only ASCII letters count, because the database applies the same rule. */
const isShouted = (name: string) => !/[a-z]/.test(name)

/** Order of names of a venue, the best first: names with an acronym first, names in capitals last, otherwise as in `compareTopicNames`. */
export function compareVenueNames(a: VenueClaim, b: VenueClaim): number {
  return (
    Number(a.acronym === null) - Number(b.acronym === null) ||
    VENUE_KINDS.indexOf(a.kind) - VENUE_KINDS.indexOf(b.kind) ||
    Number(isShouted(a.name)) - Number(isShouted(b.name)) ||
    compare(a.name, b.name) ||
    compare(a.acronym ?? '', b.acronym ?? '')
  )
}

/** Records read by versions without stored keywords have those that are not in the vocabulary among their topics. */
const isKeyword = ({ kind, source }: TopicClaim) => kind === 'keyword' && source === 'keywords'

function mergeKeywords(ranked: PaperRecord[]): string[] {
  const printed = ranked.flatMap(
    ({ keywords, topics }) => keywords ?? topics.filter(isKeyword).map(({ name }) => name),
  )
  return uniqBy(printed, slugify).filter((name) => slugify(name) !== '')
}

/** Merges claims about topics: the score of the strongest claim, with the best name and kind of any claim. */
function mergeTopics(topics: TopicClaim[]): TopicClaim[] {
  const strongest = topics.toSorted(
    (a, b) => (b.score ?? -1) - (a.score ?? -1) || compare(a.source, b.source),
  )
  const named = new Map(
    topics.toSorted((a, b) => compareTopicNames(b, a)).map((topic) => [topic.slug, topic]),
  )
  return uniqBy(strongest, (topic) => topic.slug).map((topic) => {
    const { name, kind } = named.get(topic.slug) ?? topic
    return { ...topic, name, kind }
  })
}

/**
 * Order of the names and kinds that sources have for one topic, the best first: by kind in the order of `TOPIC_KINDS`, with
 * `keyword` last, then by name in code units, so that the order of imports does not matter.
 */
export function compareTopicNames(
  a: Pick<TopicClaim, 'name' | 'kind'>,
  b: Pick<TopicClaim, 'name' | 'kind'>,
): number {
  return TOPIC_KINDS.indexOf(a.kind) - TOPIC_KINDS.indexOf(b.kind) || compare(a.name, b.name)
}

const EVIDENCE_RANK = { in_paper: 0, curated: 1, in_readme: 2, heuristic: 3 }

function mergeRepositories(claims: MergedRepository[]): MergedRepository[] {
  const best = claims.toSorted(
    (a, b) =>
      Number(b.isOfficial) - Number(a.isOfficial) ||
      EVIDENCE_RANK[a.evidence] - EVIDENCE_RANK[b.evidence] ||
      compare(a.framework ?? '~', b.framework ?? '~') ||
      compare(a.url, b.url) ||
      bySource('facts')(a, b),
  )
  return uniqBy(best, (claim) => `${claim.host}/${claim.owner}/${claim.name}`)
}

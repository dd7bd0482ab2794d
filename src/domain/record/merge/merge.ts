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

/** What the catalogue shows of a paper: chosen from all its records. */
export type MergedPaper = Omit<
  PaperRecord,
  | 'source'
  | 'key'
  | 'authors'
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
  /** Of authors of whom no source says which, those of all sources; absent where there are none. */
  affiliations?: MergedAffiliation[]
  /** As printed, those of the best source first; of several spellings of one the first. */
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
  /** The day whose list it is on, where it was on no list of a source: see `appearedOn`. */
  appearedOn: string | null
}

/** Longer than this, an "abstract" is a paper's full text put into the wrong field. */
const LONGEST_ABSTRACT = 10_000

/**
 * The one paper that several records describe. Fields come from the first record that has them, in an order that is
 * the records' own (see `PRECEDENCE`), so that of the input does not matter; identifiers, topics, repositories and author
 * identifiers are joined.
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
    authors: mergeAuthors(ranked),
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

/** Archives whose date is that of the submission. */
const ARCHIVES = ['arxiv', 'arxiv-atom', 'arxiv-oai']

/**
 * The day on which it first appeared: that of its submission to an archive, else the earliest of its preprint, else that of
 * its publication, where the day is known. Null where a source listed it on a day, which counts instead.
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

/** That of the best source, unless it is only the start of another's, as some cut them; of one source the longest. */
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

/** Ignores white space and an ellipsis at the end. */
const uncut = (text: string) =>
  text
    .replace(/\s*(?:\.{3}|…)\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim()

/**
 * Whole from the first record that states it of the version that is shown: one of the same kind whose venue, where both
 * name one, is the same. So volume and pages of one version never meet the journal or the year of another.
 */
function choosePublication(ranked: PaperRecord[], shown: PaperRecord): PublicationClaim | null {
  const venue = ranked.find((record) => record.venue !== null)?.venue
  const isShownVersion = (record: PaperRecord) =>
    record.kind === shown.kind && (!record.venue || !venue || record.venue.slug === venue.slug)
  return ranked.find((record) => record.publication && isShownVersion(record))?.publication ?? null
}

/** The best record's venue, by the best name that any of them has for it. */
function mergeVenue(ranked: PaperRecord[]): VenueClaim | null {
  const venues = ranked.flatMap(({ venue }) => venue ?? [])
  const same = venues.filter(({ slug }) => slug === venues[0]?.slug)
  return same.toSorted(compareVenueNames)[0] ?? null
}

/** Indexes print names in capitals: `NATURE`. By letters of ASCII alone, as the database tells it the same way. */
const isShouted = (name: string) => !/[a-z]/.test(name)

/** As `compareTopicNames`, of venues: a name with an acronym is the best, and one in capitals the worst. */
export function compareVenueNames(a: VenueClaim, b: VenueClaim): number {
  return (
    Number(a.acronym === null) - Number(b.acronym === null) ||
    VENUE_KINDS.indexOf(a.kind) - VENUE_KINDS.indexOf(b.kind) ||
    Number(isShouted(a.name)) - Number(isShouted(b.name)) ||
    compare(a.name, b.name) ||
    compare(a.acronym ?? '', b.acronym ?? '')
  )
}

/** Records that were read before keywords were kept as such have those that the vocabulary does not know among their topics. */
const isKeyword = ({ kind, source }: TopicClaim) => kind === 'keyword' && source === 'keywords'

function mergeKeywords(ranked: PaperRecord[]): string[] {
  const printed = ranked.flatMap(
    ({ keywords, topics }) => keywords ?? topics.filter(isKeyword).map(({ name }) => name),
  )
  return uniqBy(printed, slugify).filter((name) => slugify(name) !== '')
}

/** A topic's score is the strongest claim's, its name and kind the best that any claim has. */
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
 * Sources call one topic by several names and kinds. The better kind comes first, in the order of `TOPIC_KINDS` (a
 * keyword is the least that can be said), then the name by code point: so that all orders of import agree.
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

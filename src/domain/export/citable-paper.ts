import type { Database } from '../../db/client.ts'
import { alias, empty, type Sql, sql } from '../../db/sql.ts'
import { authorships } from '../../db/tables/authors.ts'
import { paperDecisions } from '../../db/tables/decisions.ts'
import { paperEvents } from '../../db/tables/events.ts'
import { institutions, paperInstitutions } from '../../db/tables/institutions.ts'
import { paperKeywords } from '../../db/tables/keywords.ts'
import { paperLinks, paperOpenAccess } from '../../db/tables/links.ts'
import { paperIdentifiers, papers, venues } from '../../db/tables/papers.ts'
import { paperRepositories, repositories } from '../../db/tables/repositories.ts'
import { paperTopics, topics } from '../../db/tables/topics.ts'
import type {
  DatePrecision,
  DecisionOutcome,
  EventKind,
  IdentifierScheme,
  LinkKind,
  PaperKind,
  Presentation,
  TopicKind,
  VenueKind,
} from '../../db/tables/vocabulary.ts'
import type { OpenAccessClaim, PublicationClaim } from '../record/paper-record.ts'

const a = alias(authorships, 'a')
const q = alias(papers, 'q')
const t = alias(topics, 't')
const xPaperTopics = alias(paperTopics, 'x')
const xPaperRepositories = alias(paperRepositories, 'x')
const p = alias(papers, 'p')
const r = alias(repositories, 'r')
const v = alias(venues, 'v')
const k = alias(paperKeywords, 'k')
const i = alias(paperIdentifiers, 'i')
const d = alias(paperDecisions, 'd')
const l = alias(paperLinks, 'l')
const o = alias(paperOpenAccess, 'o')
const e = alias(paperEvents, 'e')
const y = alias(paperInstitutions, 'y')
const w = alias(institutions, 'w')

/** A paper as a reference to it, or a row of a table, needs it: all that the catalogue shows but its citations. */
export interface CitablePaper {
  id: number
  title: string
  /** Null also where it was not asked for. */
  abstract: string | null
  kind: PaperKind
  published: { on: string; precision: DatePrecision } | null
  eventYear: number | null
  language: string | null
  licence: string | null
  isRetracted: boolean
  landingUrl: string | null
  pdfUrl: string | null
  citationCount: number
  starCount: number
  /** At Hugging Face; null when it was never listed there. */
  upvoteCount: number | null
  venue: { name: string; acronym: string | null; kind: VenueKind } | null
  publication: PublicationClaim | null
  identifiers: { scheme: IdentifierScheme; value: string }[]
  /** In the order of the byline. */
  authors: CitableAuthor[]
  /** The surest first; empty where they were not asked for, as are repositories. */
  topics: { slug: string; name: string; kind: TopicKind; score: number | null }[]
  /** As printed; empty where links were not asked for. */
  keywords: string[]
  repositories: { url: string; isOfficial: boolean }[]
  /** By its authors; null also where it was not asked for, as with the abstract. */
  authorSummary: string | null
  /** By a model; null also where it was not asked for, as with the abstract. */
  tldr: string | null
  /** The latest first; empty where links were not asked for. */
  decisions: CitableDecision[]
  /** By kind, without the PDF; empty where links were not asked for. */
  links: CitableLink[]
  /** Null also where links were not asked for. */
  openAccess: OpenAccessClaim | null
  /** The latest first; empty where links were not asked for. */
  events: CitableEvent[]
  /** By name, each with its places in the byline, from 1; empty where links were not asked for. */
  institutions: CitableInstitution[]
  keyParts: CitationKeyParts
}

/** One name of the byline. */
export interface CitableAuthor {
  name: string
  /** The part of the name that is the family name; null or absent where no source states it. */
  familyName?: string | null
  affiliation: string | null
}

/** What became of a paper at a venue, as a table has room for it. */
export interface CitableDecision {
  /** By its acronym, or else by its name. */
  venue: string | null
  year: number | null
  outcome: DecisionOutcome | null
  presentation: Presentation | null
  status: string | null
  track: string | null
  award: string | null
  session: string | null
  area: string | null
  rating: number | null
  ratingCount: number | null
}

/** A page or file about the paper. */
interface CitableLink {
  kind: LinkKind
  url: string
  label: string | null
}

/** A version or a notice, as a table has room for it. */
export interface CitableEvent {
  kind: EventKind
  on: string | null
  precision: DatePrecision | null
  number: number | null
  reason: string | null
  notice: string | null
}

export interface CitableInstitution {
  name: string
  ror: string | null
  positions: number[]
}

/** The parts of a citation key. */
interface CitationKeyParts {
  /** The first author's family name in lower case, without accents, particles and spaces; empty when there is none. */
  family: string
  year: number | null
  /** The first three words of the title, likewise, without an article before them. */
  title: string
  /** Whether a paper that came into the catalogue before has the same of all three. */
  isTaken: boolean
}

export interface CitableColumns {
  abstract: boolean
  /** Topics, keywords, repositories, decisions, links, access, events and institutions. */
  links: boolean
}

/** Titles of the same first words lie together in the index of titles, but for an article before them. */
const ARTICLES = ['', 'a ', 'an ', 'the ']

const stem = (key: Sql) =>
  sql`coalesce(substring(regexp_replace(${key}, '^(?:an?|the) ', '') from '^\\S+(?: \\S+){0,2}'), '')`
const family = (paperId: Sql) =>
  sql`coalesce((select lower(unaccent(regexp_replace(coalesce(regexp_replace(${a.familyName} collate paperql, '^([[:lower:]]\\S*\\s+)+', ''),
      substring(regexp_replace(${a.name}, ',?\\s+((Jr|Sr)\\.?|II|III|IV)$', '') from '\\S+$')) collate paperql, '[^[:alnum:]]', '', 'g')))
    from ${a} where ${a.paperId} = ${paperId} and ${a.position} = 1), '')`

/** `+ 0`: with the id the planner takes an index that begins with the citations, and reads all of it for each paper. */
const KEY_PARTS = sql`(
  select json_build_object('family', k.family, 'year', extract(year from ${p.publishedOn}), 'title', k.stem,
    'isTaken', exists (
      select from unnest(${ARTICLES}::text[]) as x(article) cross join lateral (
        select from ${q} where ${q.titleKey} >= x.article || k.stem and ${q.titleKey} < x.article || k.stem || '!'
          and ${q.id} + 0 < ${p.id} and ${stem(q.titleKey)} = k.stem
          and extract(year from ${q.publishedOn}) is not distinct from extract(year from ${p.publishedOn})
          and ${family(q.id)} = k.family limit 1) same))
  from (select ${stem(p.titleKey)} as stem, ${family(p.id)} as family offset 0) k)`

const LINKS = sql`, 'keywords', coalesce((
    select json_agg(${k.name} order by ${k.position}) from ${k} where ${k.paperId} = ${p.id}), '[]'),
  'topics', coalesce((
    select json_agg(json_build_object('slug', ${t.slug}, 'name', ${t.name}, 'kind', ${t.kind}, 'score', ${xPaperTopics.score})
      order by ${xPaperTopics.score} desc nulls last, ${t.slug})
    from ${xPaperTopics} join ${t} on ${t.id} = ${xPaperTopics.topicId} where ${xPaperTopics.paperId} = ${p.id}), '[]'),
  'repositories', coalesce((
    select json_agg(json_build_object('url', ${r.url}, 'isOfficial', ${xPaperRepositories.isOfficial})
      order by ${xPaperRepositories.isOfficial} desc, ${r.starsSort} desc, ${r.url} collate "C")
    from ${xPaperRepositories} join ${r} on ${r.id} = ${xPaperRepositories.repositoryId} where ${xPaperRepositories.paperId} = ${p.id}), '[]'),
  'decisions', coalesce((
    select json_agg(json_build_object('venue', coalesce(${v.acronym}, ${v.name}), 'year', ${d.year}, 'outcome', ${d.outcome},
      'presentation', ${d.presentation}, 'status', ${d.status}, 'track', ${d.track}, 'award', ${d.award},
      'session', ${d.session}, 'area', ${d.area}, 'rating', ${d.ratingMean}, 'ratingCount', ${d.ratingCount}) order by ${d.position})
    from ${d} left join ${v} on ${v.id} = ${d.venueId} where ${d.paperId} = ${p.id}), '[]'),
  'links', coalesce((
    select json_agg(json_build_object('kind', ${l.kind}, 'url', ${l.url}, 'label', ${l.label}) order by ${l.place})
    from ${l} where ${l.paperId} = ${p.id} and ${l.url} is distinct from ${p.pdfUrl}), '[]'),
  'openAccess', (select json_build_object('status', ${o.status}, 'url', ${o.url}, 'licence', ${o.licence}, 'version', ${o.version}) from ${o} where ${o.paperId} = ${p.id}),
  'events', coalesce((
    select json_agg(json_build_object('kind', ${e.kind}, 'on', ${e.happenedOn}, 'precision', ${e.precision}, 'number', ${e.number},
      'reason', ${e.reason}, 'notice', ${e.notice}) order by ${e.place}) from ${e} where ${e.paperId} = ${p.id}), '[]'),
  'institutions', coalesce((
    select json_agg(json_build_object('name', ${w.name}, 'ror', ${w.ror}, 'positions', ${y.positions}) order by ${w.name} collate "C")
    from ${y} join ${w} on ${w.id} = ${y.institutionId} where ${y.paperId} = ${p.id}), '[]')`

/** Papers by id, in one statement, as to be cited. Ids without a paper are missing. */
export async function citablePapersByIds(
  db: Pick<Database, 'query'>,
  ids: readonly number[],
  columns: CitableColumns,
): Promise<Map<number, CitablePaper>> {
  const rows = await db.query<{ paper: CitablePaper }>(sql`
    select json_build_object('id', ${p.id}, 'title', ${p.title}, 'kind', ${p.kind}, 'eventYear', ${p.eventYear},
      'published', case when ${p.publishedOn} is not null then
        json_build_object('on', ${p.publishedOn}, 'precision', ${p.publishedPrecision}) end,
      'language', ${p.language}, 'licence', ${p.licence}, 'isRetracted', ${p.isRetracted},
      'landingUrl', ${p.landingUrl}, 'pdfUrl', ${p.pdfUrl},
      'citationCount', ${p.citationCount}, 'starCount', ${p.starCount}, 'upvoteCount', ${p.upvoteCount},
      'abstract', ${columns.abstract ? sql`${p.abstract}` : sql`null`},
      'authorSummary', ${columns.abstract ? sql`${p.authorSummary}` : sql`null`},
      'tldr', ${columns.abstract ? sql`${p.tldr}` : sql`null`},
      'venue', (select json_build_object('name', ${v.name}, 'acronym', ${v.acronym}, 'kind', ${v.kind})
        from ${v} where ${v.id} = ${p.venueId}),
      'publication', ${p.publication},
      'identifiers', coalesce((select json_agg(json_build_object('scheme', ${i.scheme}, 'value', ${i.value})
        order by ${i.scheme}, ${i.value}) from ${i} where ${i.paperId} = ${p.id}), '[]'),
      'authors', coalesce((select json_agg(json_build_object('name', ${a.name}, 'familyName', ${a.familyName},
        'affiliation', ${a.affiliation}) order by ${a.position}) from ${a} where ${a.paperId} = ${p.id}), '[]'),
      'keyParts', ${KEY_PARTS}${columns.links ? LINKS : empty}) as paper
    from ${p} where ${p.id} = any(${ids}::bigint[])`)
  return new Map(
    rows.map(({ paper }) => [
      paper.id,
      {
        ...{ topics: [], keywords: [], repositories: [], decisions: [] },
        ...{ links: [], openAccess: null, events: [], institutions: [] },
        ...paper,
      },
    ]),
  )
}

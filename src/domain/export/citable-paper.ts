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

/** A paper with the data for a reference to it or a row of a table: everything that the catalogue shows except citations. */
export interface CitablePaper {
  id: number
  title: string
  /** Also null if it was not requested. */
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
  /** Upvotes at Hugging Face; null if it was never listed there. */
  upvoteCount: number | null
  venue: { name: string; acronym: string | null; kind: VenueKind } | null
  publication: PublicationClaim | null
  identifiers: { scheme: IdentifierScheme; value: string }[]
  /** In the order of the byline. */
  authors: CitableAuthor[]
  /** Whether the byline has further authors. */
  hasMoreAuthors: boolean
  /** The highest score first; empty if links were not requested, as are `repositories`. */
  topics: { slug: string; name: string; kind: TopicKind; score: number | null }[]
  /** As printed; empty if links were not requested. */
  keywords: string[]
  repositories: { url: string; isOfficial: boolean }[]
  /** Summary by its authors; also null if the abstract was not requested. */
  authorSummary: string | null
  /** Summary by a model; also null if the abstract was not requested. */
  tldr: string | null
  /** The latest first; empty if links were not requested. */
  decisions: CitableDecision[]
  /** By kind, without the PDF; empty if links were not requested. */
  links: CitableLink[]
  /** Also null if links were not requested. */
  openAccess: OpenAccessClaim | null
  /** The latest first; empty if links were not requested. */
  events: CitableEvent[]
  /** By name, each with the positions of its authors in the byline, from 1; empty if links were not requested. */
  institutions: CitableInstitution[]
  keyParts: CitationKeyParts
}

/** One name of the byline. */
export interface CitableAuthor {
  name: string
  /** The family name within the name; null or absent if no source states it. */
  familyName?: string | null
  affiliation: string | null
}

/** A decision of a venue on a paper, in the form for a table. */
export interface CitableDecision {
  /** The acronym of the venue, or else its name. */
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

/** A version or a notice, in the form for a table. */
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
  /** The first author's family name in lower case, without accents, particles and spaces; empty if there is none. */
  family: string
  year: number | null
  /** The first three words of the title in lower case, without accents and without an article before them. */
  title: string
  /** Whether a paper added to the catalogue earlier has the same family name, year and title words. */
  isTaken: boolean
}

export interface CitableColumns {
  abstract: boolean
  /** Topics, keywords, repositories, decisions, links, access, events and institutions. */
  links: boolean
}

/** Articles before titles. Titles with the same first words are adjacent in the index of titles, except for an article before them. */
const ARTICLES = ['', 'a ', 'an ', 'the ']

const stem = (key: Sql) =>
  sql`coalesce(substring(regexp_replace(${key}, '^(?:an?|the) ', '') from '^\\S+(?: \\S+){0,2}'), '')`
const family = (paperId: Sql) =>
  sql`coalesce((select lower(unaccent(regexp_replace(coalesce(regexp_replace(${a.familyName} collate paperql, '^([[:lower:]]\\S*\\s+)+', ''),
      substring(regexp_replace(${a.name}, ',?\\s+((Jr|Sr)\\.?|II|III|IV)$', '') from '\\S+$')) collate paperql, '[^[:alnum:]]', '', 'g')))
    from ${a} where ${a.paperId} = ${paperId} and ${a.position} = 1), '')`

/** `+ 0` keeps the planner from an index that begins with the citation count, all of which it would read for each paper. */
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

/** Papers by id, in the form for citing. One statement. Ids without a paper are missing. */
export async function citablePapersByIds(
  db: Pick<Database, 'query'>,
  ids: readonly number[],
  columns: CitableColumns,
): Promise<Map<number, CitablePaper>> {
  const rows = await db.query<{ paper: CitablePaper }>(sql`
    select json_build_object('id', ${p.id}, 'title', ${p.title}, 'kind', ${p.kind}, 'eventYear', ${p.eventYear},
      'published', case when ${p.publishedOn} is not null then
        json_build_object('on', ${p.publishedOn}, 'precision', ${p.publishedPrecision}) end,
      'language', ${p.language}, 'licence', ${p.licence}, 'isRetracted', ${p.isRetracted}, 'hasMoreAuthors', ${p.hasMoreAuthors},
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

import type { Database } from '../../db/client.ts'
import { alias, join, pick, type Sql, type Stored, sql } from '../../db/sql.ts'
import { authorships } from '../../db/tables/authors.ts'
import { citationCounts } from '../../db/tables/citations.ts'
import { paperOpenAccess } from '../../db/tables/links.ts'
import { papers, venues } from '../../db/tables/papers.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import type { Entity, JsonList } from '../../sql/selection.ts'
import type { PaperIdentifier } from '../record/paper-record.ts'
import { PRECEDENCE_KEYS } from '../record/precedence.ts'
import { slugify } from '../record/title-key.ts'
import type { ContestedIdentifier } from './contested-identifier.ts'

const p = alias(papers, 'p')
const a = alias(authorships, 'a')
const v = alias(venues, 'v')
const s = alias(sourceRecords, 's')
const n = alias(citationCounts, 'n')
const oa = alias(paperOpenAccess, 'oa')

/** Fields that a source may state about a paper, in output order. */
export const PAPER_FIELDS = [
  'title',
  'authors',
  'abstract',
  'tldr',
  'author_summary',
  'kind',
  'published_on',
  'event_year',
  'venue',
  'language',
  'url',
  'pdf_url',
  'is_retracted',
  'citation_count',
  'upvote_count',
  'reference_count',
  'identifier',
  'topic',
  'keyword',
  'repository',
  'institution',
  'decision',
  'link',
  'event',
  'open_access',
] as const
type PaperField = (typeof PAPER_FIELDS)[number]

/** One record of a paper, with the selected columns. */
export interface PaperSource {
  source: string
  key: string
  licence: string | null
  fetchedAt: string
  identifiers: PaperIdentifier[]
  claims: Claim[]
}

/** A value in a record, and whether the paper shows the same. */
type Claim = [field: PaperField, value: string, isShown: boolean]

/** Maximum number of entries shown for one list of a record, such as its repositories. */
export const MOST_CLAIMS = 100
const MOST = sql`${MOST_CLAIMS}::int`

/** Stands behind the names of a byline that the source says is incomplete. */
const OTHERS = '; et al.'

/** `on` cut to its precision: a year, a month or a day. */
const known = (on: Sql, precision: Sql) =>
  sql`left(${on}, case ${precision} when 'year' then 4 when 'month' then 7 else 10 end)`

/** The single values of a record `x.r`, each with whether the paper `p` shows it. */
const SINGLE: Partial<Record<PaperField, [value: Sql, isShown: Sql]>> = {
  title: same(sql`x.r->>'title'`, sql`${p.title}`),
  authors: same(
    byline(
      sql`(select string_agg(a.v->>'name', '; ' order by a.n)
        from jsonb_array_elements(x.r->'authors') with ordinality a(v, n) where a.n <= ${MOST})`,
      sql`x.r->>'hasMoreAuthors' = 'true'`,
    ),
    byline(
      sql`(select string_agg(${a.name}, '; ' order by ${a.position})
        from ${a} where ${a.paperId} = ${p.id} and ${a.position} <= ${MOST})`,
      p.hasMoreAuthors,
    ),
  ),
  abstract: same(sql`x.r->>'abstract'`, sql`${p.abstract}`),
  tldr: same(sql`x.r->>'tldr'`, sql`${p.tldr}`),
  author_summary: same(sql`x.r->>'authorSummary'`, sql`${p.authorSummary}`),
  kind: same(sql`nullif(upper(x.r->>'kind'), 'OTHER')`, sql`upper(${p.kind}::text)`),
  published_on: same(
    known(sql`x.r->'published'->>'on'`, sql`x.r->'published'->>'precision'`),
    known(sql`${p.publishedOn}::text`, sql`${p.publishedPrecision}::text`),
  ),
  event_year: same(sql`x.r->>'eventYear'`, sql`${p.eventYear}::text`),
  venue: [sql`x.r->'venue'->>'name'`, sql`x.r->'venue'->>'slug' = ${v.slug}`],
  language: same(sql`x.r->>'language'`, sql`${p.language}`),
  url: same(sql`x.r->>'landingUrl'`, sql`${p.landingUrl}`),
  pdf_url: same(sql`x.r->>'pdfUrl'`, sql`${p.pdfUrl}`),
  is_retracted: same(sql`nullif(x.r->>'isRetracted', 'false')`, sql`${p.isRetracted}::text`),
  upvote_count: same(sql`x.r->>'upvoteCount'`, sql`${p.upvoteCount}::text`),
  citation_count: same(sql`x.r->>'citationCount'`, sql`${p.citationCount}::text`),
  reference_count: [sql`nullif(x.references, 0)::text`, sql`true`],
  open_access: [
    sql`(select concat_ws(' ', upper(o.v->>'status'), o.v->>'url') from (values (x.r->'openAccess')) as o(v))`,
    sql`exists (select from ${oa} where ${oa.paperId} = ${p.id} and ${oa.source} = ${s.source})`,
  ],
}

function byline(names: Sql, hasMore: Sql): Sql {
  return sql`${names} || case when ${hasMore} then ${OTHERS} else '' end`
}

function same(value: Sql, shown: Sql): [Sql, Sql] {
  return [value, sql`${value} = ${shown}`]
}

/** Fields of a record that may have several values, all of which are shown. */
const SEVERAL: Partial<Record<PaperField, Sql>> = {
  identifier: sql`select e.v->>'scheme' || ':' || (e.v->>'value') from ${elements('identifiers')}`,
  topic: sql`select e.v->>'name' from ${elements('topics')}`,
  keyword: sql`select e.v #>> '{}' from ${elements('keywords')}`,
  repository: sql`select e.v->>'url' from ${elements('repositories')}`,
  institution: sql`select i.name from (
      select distinct on (i.name) i.name, a.n, i.m from jsonb_array_elements(x.r->'authors') with ordinality a(v, n)
        cross join lateral (select e.v->>'name', e.m from jsonb_array_elements(a.v->'institutions') with ordinality e(v, m)) i(name, m)
      order by i.name, a.n, i.m
    ) i order by i.n, i.m limit ${MOST}`,
  decision: sql`select concat_ws(': ',
      nullif(concat_ws(' ', coalesce(e.v->'venue'->>'acronym', e.v->'venue'->>'name'), e.v->>'year'), ''),
      nullif(concat_ws(', ', coalesce(e.v->>'status', replace(e.v->>'outcome', '_', ' ')), e.v->>'track', e.v->>'award',
        e.v->>'session', e.v->>'area', 'rating ' || (e.v->'rating'->>'mean')), '')) from ${elements('decisions')}`,
  link: sql`select upper(e.v->>'kind') || ' ' || (e.v->>'url') from ${elements('links')}`,
  event: sql`select concat_ws(' ', upper(e.v->>'kind'), e.v->>'number', e.v->>'on', e.v->>'notice') from ${elements('events')}`,
}

function elements(list: string): Sql {
  return sql`jsonb_array_elements(x.r->${list}::text) with ordinality e(v, n) where e.n <= ${MOST} order by e.n`
}

const single = Object.entries(SINGLE).map(
  ([field, [value, isShown]]) => sql`(${field}::text, ${value}, ${isShown})`,
)
const several = Object.entries(SEVERAL).map(
  ([field, values]) => sql`select ${field}::text, y.value, true from (${values}) as y(value)`,
)
/** The values of a record. `offset 0` makes PostgreSQL decompress it once; references are removed because they are large and not shown. */
const CLAIMS = sql`(
  select json_agg(json_build_array(c.field, c.value, coalesce(c.is_shown, false)))
  from (select ${s.record} - 'references' as r,
      jsonb_array_length(coalesce(${s.record}->'references', '[]')) as "references" offset 0) as x
  cross join lateral (
    select * from (values ${join(single)}) as one(field, value, is_shown)
    union all ${join(several, ' union all ')}
  ) as c(field, value, is_shown) where c.value <> '')`

const paperSourceEntity: Entity = {
  id: sql`${s.key}`,
  columns: {
    ...pick(s, 'source', 'key', 'licence', 'fetchedAt'),
    identifiers: sql`${s.record}->'identifiers'`,
    claims: CLAIMS,
  },
  relations: {},
}

/** The records of the paper `paperId`, in order of precedence. */
export function paperSourceList(paperId: Sql): JsonList {
  return {
    entity: paperSourceEntity,
    from: sql`${s} join ${p} on ${p.id} = ${s.paperId} left join ${v} on ${v.id} = ${p.venueId}`,
    condition: sql`${s.paperId} = ${paperId}`,
    order: {
      name: 'paper-sources',
      direction: 'asc',
      keys: PRECEDENCE_KEYS.map((column) => ({ column, type: 'text' })),
      valuesOf: () => [],
    },
  }
}

/** A field on which the records of a paper disagree. */
export interface PaperConflict {
  field: PaperField
  values: { value: string; isShown: boolean; sources: string[] }[]
  /** Present for an identifier that other papers also claim. */
  contested?: ContestedIdentifier
}

const asIs = (value: string) => value

/** Comparison keys for values of a field: equal keys agree. Fields without one cannot contradict each other. */
const KEYS: Partial<Record<PaperField, (value: string) => string>> = {
  title: slugify,
  authors: (value) => slugify(value.endsWith(OTHERS) ? value.slice(0, -OTHERS.length) : value),
  abstract: slugify,
  kind: asIs,
  published_on: asIs,
  event_year: asIs,
  venue: slugify,
  language: (value) => value.toLowerCase(),
}

/** Fields of which some sources have only the beginning, which does not contradict the whole. */
const CUT: ReadonlySet<PaperField> = new Set(['authors', 'abstract', 'published_on'])

/**
 * The fields on which records disagree; `sources` are in order of precedence. Values that differ only in case, accents or
 * punctuation agree, and so do a year and a day in it, and a byline or an abstract and its beginning.
 */
export function conflictsAmong(sources: readonly PaperSource[]): PaperConflict[] {
  return PAPER_FIELDS.flatMap((field) => {
    const keyOf = KEYS[field]
    if (!keyOf) return []
    const claims = sources.flatMap(({ source, claims: all }) =>
      all.flatMap(([of, value, isShown]) =>
        of === field ? [{ source, value, isShown, key: keyOf(value) }] : [],
      ),
    )
    const keys = claims.map(({ key }) => key).sort((a, b) => b.length - a.length)
    const values = new Map<string, PaperConflict['values'][number]>()
    for (const { source, value, isShown, key } of claims) {
      const whole = CUT.has(field) ? (keys.find((other) => other.startsWith(key)) ?? key) : key
      const known = values.get(whole)
      if (!known) values.set(whole, { value, isShown, sources: [source] })
      else {
        known.isShown ||= isShown
        if (!known.sources.includes(source)) known.sources.push(source)
      }
    }
    return values.size > 1 ? [{ field, values: [...values.values()] }] : []
  })
}

/** The citation count of a paper by one source. */
export interface SourceCitationCount {
  source: string
  count: number
  asOf: string
}

/** Source name of this catalogue's own count. */
const OWN = 'paperql'

/** The citation counts by sources and by this catalogue, the largest first. Every paper has an entry. One statement for all. */
export async function citationCountsByPapers(
  db: Database,
  paperIds: readonly number[],
): Promise<Map<number, SourceCitationCount[]>> {
  const rows = await db.query<Stored<typeof papers, 'id'> & { counts: SourceCitationCount[] }>(sql`
    select parent.id, (
      select json_agg(json_build_object('source', c.source, 'count', c.count, 'asOf', c.as_of)
        order by c.count desc, c.source) from (
        (select distinct on (${s.source}) ${s.source}, (${s.record}->>'citationCount')::bigint as count, ${s.fetchedAt} as as_of
        from ${s}
        where ${s.paperId} = parent.id and ${s.record}->>'citationCount' is not null
        order by ${s.source}, (${s.record}->>'citationCount')::bigint desc, ${s.fetchedAt} desc)
        union all
        select ${OWN}::text, coalesce(${n.count}, 0), coalesce(${n.countedAt}, ${p.createdAt})
        from ${p} left join ${n} on ${n.paperId} = ${p.id} where ${p.id} = parent.id
      ) c) as counts
    from unnest(${paperIds}::bigint[]) as parent(id)`)
  return new Map(rows.map(({ id, counts }) => [id, counts]))
}

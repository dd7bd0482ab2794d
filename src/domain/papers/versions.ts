import type { Database } from '../../db/client.ts'
import { alias, columns, raw, type Sql, sql } from '../../db/sql.ts'
import { paperIdentifiers, papers } from '../../db/tables/papers.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import type { PaperKind } from '../../db/tables/vocabulary.ts'
import type { PaperRecord, VersionClaim } from '../record/paper-record.ts'
import { type Comparable, comparable } from '../record/same/comparable.ts'
import { MOST_COMPARED } from '../record/same/match-hashes.ts'
import { versionOf } from '../record/same/version.ts'

const s = alias(sourceRecords, 's')
const r = alias(sourceRecords, 'r')
const i = alias(paperIdentifiers, 'i')
const p = alias(papers, 'p')

export const PAPER_VERSION_KINDS = [
  'conference',
  'journal',
  'preprint',
  'original',
  'translation',
  'other',
] as const
type PaperVersionKind = (typeof PAPER_VERSION_KINDS)[number]

/** Another paper of the same work. */
export interface PaperVersion {
  paperId: number
  kind: PaperVersionKind
  /** Names of the sources that state it; empty if it was found by comparing records. */
  sources: string[]
}

/** Maximum number of versions listed for a paper. */
export const MOST_VERSIONS = 20

/**
 * The other versions of each paper, in two statements. Computed from the current records on each request, so imports, merges and splits cannot
 * leave wrong ones behind. Papers without any are missing.
 */
export async function versionsByPapers(
  db: Database,
  paperIds: readonly number[],
): Promise<Map<number, PaperVersion[]>> {
  const [compared, stated] = await Promise.all([
    comparedVersions(db, paperIds),
    statedVersions(db, paperIds),
  ])
  const byPaper = new Map<number, Map<number, PaperVersion>>()
  // A stated version has its sources; a compared one, whether it is the journal's.
  for (const { id, ...version } of [...stated, ...compared]) {
    const versions = byPaper.get(id) ?? new Map<number, PaperVersion>()
    byPaper.set(id, versions)
    if (!versions.has(version.paperId)) versions.set(version.paperId, version)
  }
  return new Map([...byPaper].map(([id, versions]) => [id, ordered([...versions.values()])]))
}

const ordered = (versions: PaperVersion[]) =>
  versions
    .sort(
      (a, b) =>
        PAPER_VERSION_KINDS.indexOf(a.kind) - PAPER_VERSION_KINDS.indexOf(b.kind) ||
        a.paperId - b.paperId,
    )
    .slice(0, MOST_VERSIONS)

type FoundVersion = PaperVersion & { id: number }

/** The compared fields of a record. */
const COMPARED = sql`${s.record} - array['abstract', 'references', 'topics', 'repositories', 'tldr', 'listing', 'decisions']`

interface Row {
  id: number
  /** Null for a record of the paper itself. */
  other_id: number | null
  record: PaperRecord
}

async function comparedVersions(
  db: Database,
  paperIds: readonly number[],
): Promise<FoundVersion[]> {
  const rows = await db.query<Row>(sql`
    with own as materialized (
      select ${columns(s, 'paperId', 'matchHash', 'bylineHash')}, ${COMPARED} as record from ${s}
      where ${s.paperId} = any(${paperIds}::bigint[])
    ), near as (${sharing('match_hash')} union ${sharing('byline_hash')})
    select paper_id as id, null as other_id, record from own
    union all
    select n.id, n.other_id, ${COMPARED} from near n
    join ${s} on ${s.source} = n.source and ${s.key} = n.key`)
  const byPaper = new Map<number, Row[]>()
  for (const row of rows) {
    const known = byPaper.get(row.id)
    if (known) known.push(row)
    else byPaper.set(row.id, [row])
  }
  return [...byPaper].flatMap(([id, all]) => versionsAmong(id, all))
}

/** Records of other papers that share a hash which not too many records have. */
function sharing(name: 'match_hash' | 'byline_hash'): Sql {
  const hash = raw(name)
  return sql`
    select o.id, f.other_id, f.source, f.key
    from (select distinct paper_id as id, nullif(${hash}, 0) as hash from own) o cross join lateral (
      select t.*, count(*) over () as records from (
        select ${r.paperId} as other_id, ${r.source}, ${r.key} from ${r}
        where r.${hash} = o.hash limit ${MOST_COMPARED + 1}::int) t) f
    where f.records <= ${MOST_COMPARED}::int and f.other_id <> o.id`
}

function versionsAmong(id: number, rows: Row[]): FoundVersion[] {
  const prepared = rows.map(({ other_id: paperId, record }) => ({
    paperId,
    compared: comparable({ ...NO_CLAIMS, ...record }),
  }))
  const own = prepared.flatMap(({ paperId, compared }) => (paperId === null ? compared : []))
  return prepared.flatMap(({ paperId, compared }) => {
    if (paperId === null) return []
    const kind = kindAmong(own, compared)
    return kind === null ? [] : { id, paperId, kind, sources: [] }
  })
}

const NO_CLAIMS = { abstract: null, topics: [], repositories: [] }

function kindAmong(own: Comparable[], other: Comparable) {
  for (const one of own) {
    const kind = versionOf(one, other)
    if (kind !== null) return kind
  }
  return null
}

interface StatedRow {
  id: number
  other_id: number
  relation: VersionClaim['relation']
  is_reverse: boolean
  kind: PaperKind
  sources: string[]
}

async function statedVersions(db: Database, paperIds: readonly number[]): Promise<FoundVersion[]> {
  const rows = await db.query<StatedRow>(sql`
    with said as (
      select ${s.paperId} as id, ${i.paperId} as other_id, v.relation, false as is_reverse, ${s.source}
      from ${s}
      cross join lateral jsonb_to_recordset(${s.record}->'versions') as v(relation text, identifier jsonb)
      join ${i} on ${i.scheme} = (v.identifier->>'scheme')::identifier_scheme
        and ${i.value} = v.identifier->>'value'
      where ${s.paperId} = any(${paperIds}::bigint[]) and ${s.record} ? 'versions'
      union all
      select ${i.paperId}, ${s.paperId}, v.relation, true, ${s.source}
      from ${i}
      join ${s} on ${s.record} ? 'versions' and ${s.record}->'versions' @> jsonb_build_array(
        jsonb_build_object('identifier', jsonb_build_object('scheme', ${i.scheme}, 'value', ${i.value})))
      cross join lateral jsonb_to_recordset(${s.record}->'versions') as v(relation text, identifier jsonb)
      where ${i.paperId} = any(${paperIds}::bigint[])
        and v.identifier = jsonb_build_object('scheme', ${i.scheme}, 'value', ${i.value})
    )
    select d.id, d.other_id, d.relation, d.is_reverse, ${p.kind}, array_agg(distinct d.source order by d.source) as sources
    from said d join ${p} on ${p.id} = d.other_id
    where d.other_id <> d.id group by 1, 2, 3, 4, 5
    order by d.id, d.other_id, d.relation desc, d.is_reverse`)
  return rows.map(({ id, other_id: paperId, relation, is_reverse: isReverse, kind, sources }) => ({
    ...{ id, paperId, sources },
    kind: relation === 'version' ? kindOfVersion(kind) : isReverse ? REVERSE[relation] : relation,
  }))
}

const REVERSE = { original: 'translation', translation: 'original' } as const

function kindOfVersion(kind: PaperKind): PaperVersionKind {
  if (kind === 'journal_article') return 'journal'
  if (kind === 'conference_paper' || kind === 'workshop_paper') return 'conference'
  return kind === 'preprint' ? 'preprint' : 'other'
}

import sql, { raw } from 'sql-template-tag'
import type { Database } from '../../src/db/client.ts'
import type { PaperRecord } from '../../src/domain/record/paper-record.ts'

/** A small record to write; `over` sets the fields under test. */
export function paperRecord(over: Partial<PaperRecord> = {}): PaperRecord {
  return {
    source: 'test',
    key: '1',
    licence: null,
    title: 'A Paper of Its Own',
    abstract: null,
    kind: 'preprint',
    published: { on: '2021-01-01', precision: 'year' },
    eventYear: null,
    language: null,
    isRetracted: false,
    landingUrl: null,
    pdfUrl: null,
    citationCount: null,
    identifiers: [],
    authors: [{ name: 'Ada Lovelace', identifiers: [], affiliation: null }],
    venue: null,
    topics: [],
    repositories: [],
    ...over,
  }
}

const ROOTS = [
  ...['papers', 'authors', 'topics', 'venues', 'repositories', 'citation_edges', 'citations'],
  ...['citation_recounts', 'import_jobs', 'source_records', 'author_records', 'topic_records'],
  ...['curation_decisions', 'institutions', 'affiliations', 'institution_records'],
  'unsettled_names',
  'identity_changes',
  'changed_topic_keys',
  'replaced_readings',
  ...['former_ids', 'former_authorships', 'author_redirects'],
]

/** Kilobytes up to which deleting rows is faster than new files for each table and index. */
const SMALL = 4_096

/**
 * Deletes everything from the catalogue: row by row if it is small, because truncating 60 tables takes a hundred times as long. Neither
 * checks foreign keys or runs triggers, which only a superuser may do. A transaction that meets the end of work left running by a test is
 * run again.
 */
export async function emptyCatalogue(db: Database): Promise<void> {
  const tables = await db.query<{ name: string; size: number; isSuperuser: boolean }>(sql`
    with recursive emptied as (
      select v::regclass::oid as id from unnest(${ROOTS}::text[]) v
      union
      select c.conrelid from emptied e join pg_constraint c on c.confrelid = e.id and c.contype = 'f'
    )
    select id::regclass::text as name, (pg_relation_size(id) / 1024)::int as size,
      current_setting('is_superuser')::boolean as "isSuperuser"
    from emptied`)
  const isSmall = tables.reduce((sum, { size }) => sum + size, 0) <= SMALL
  if (isSmall && tables.every(({ isSuperuser }) => isSuperuser)) {
    // A table with an empty file has never had a row.
    const filled = tables.filter(({ size }) => size > 0)
    const deletions = filled.map(({ name }) => `delete from ${name};`)
    await db.transaction((tx) =>
      tx.query(
        sql`do ${raw(`$$ begin
      set local session_replication_role = replica;
      ${deletions.join(' ')}
    end $$`)}`,
      ),
    )
  } else await db.transaction((tx) => tx.query(sql`truncate ${raw(ROOTS.join(', '))} cascade`))
}

type Row = Record<string, unknown>

/** The whole catalogue without ids and times, in a fixed order: equal catalogues give equal dumps. */
export async function dumpCatalogue(
  db: Database,
): Promise<
  Record<
    'papers' | 'authors' | 'topics' | 'repositories' | 'venues' | 'citations' | 'waiting',
    Row[]
  >
> {
  const papers = await db.query<Row>(sql`
    select p.title, p.title_key, p.abstract, p.kind, p.published_on, p.published_precision, p.event_year,
      p.licence, p.landing_url, p.pdf_url, p.author_count, p.citation_count,
      p.repository_count,
      (select slug from venues v where v.id = p.venue_id) as venue,
      array(select scheme || ':' || value from paper_identifiers i where i.paper_id = p.id order by 1) as ids,
      array(select concat_ws('|', a.position, a.name, a.affiliation, u.name)
        from authorships a join authors u on u.id = a.author_id where a.paper_id = p.id
        order by a.position) as byline,
      array(select concat_ws('|', o.slug, t.score, t.source, t.published_sort)
        from paper_topics t join topics o on o.id = t.topic_id where t.paper_id = p.id order by 1) as topics,
      array(select concat_ws('|', k.position, k.name, k.key, k.acronym, k.said, k.author_group)
        from paper_keywords k where k.paper_id = p.id order by k.position) as keywords,
      array(select concat_ws('|', r.url, e.is_official, e.evidence, e.source)
        from paper_repositories e join repositories r on r.id = e.repository_id where e.paper_id = p.id
        order by 1) as repositories,
      array(select concat_ws('|', f.place, f.variant, f.scheme, f.value, f.title, f.text, f.sources, f.is_influential,
        f.intents) from paper_references f where f.paper_id = p.id order by f.place, f.variant) as "references",
      array(select source || ':' || key from source_records s where s.paper_id = p.id order by 1) as records
    from papers p order by p.title_key, records`)
  const authors = await db.query<Row>(sql`
    select name, name_key, paper_count,
      array(select scheme || ':' || value from author_identifiers i where i.author_id = a.id order by 1) as ids,
      array(select p.title_key from authorships s join papers p on p.id = s.paper_id
        where s.author_id = a.id order by 1) as papers
    from authors a order by name_key, ids, papers`)
  const topics = await db.query<Row>(sql`
    select t.slug, t.name, t.kind, t.paper_count, p.slug as parent
    from topics t left join topics p on p.id = t.parent_id order by t.slug`)
  const repositories = await db.query<Row>(sql`
    select host, owner, name, url, paper_count from repositories order by host, owner, name`)
  const venues = await db.query<Row>(
    sql`select slug, name, acronym, kind, paper_count from venues order by slug`,
  )
  const recordsOf = (id: string) => sql`(select min(source || ':' || key) from source_records s
    where s.paper_id = ${raw(id)}) collate "C"`
  const citations = await db.query<Row>(sql`
    select ${recordsOf('c.citing_id')} as citing, ${recordsOf('c.cited_id')} as cited, c.sources,
      c.is_influential, c.intents, c.published_sort
    from citations c order by 1, 2`)
  const waiting = await db.query<Row>(sql`
    select source, key, array(select scheme || ':' || value from waiting_identifiers i
      where i.source = s.source and i.key = s.key order by 1) as ids
    from source_records s where paper_id is null
      or exists (select from waiting_identifiers i where i.source = s.source and i.key = s.key) order by 1, 2`)
  return { papers, authors, topics, repositories, venues, citations, waiting }
}

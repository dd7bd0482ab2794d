import { sql } from '../../../src/db/sql.ts'
import type { TestDatabase } from '../../helpers/database.ts'

/** Stars of a repository by day. */
type Counts = Record<string, number>

export interface MadePaper {
  title: string
  on: string | null
  precision?: 'day' | 'month' | 'year'
  topic?: string
  repository?: { name: string; isOfficial?: boolean; stars?: Counts }
  listings?: Record<string, number>
}

/** Writes papers in the state after an import. Returns their ids. */
export async function makePapers({ db }: TestDatabase, papers: MadePaper[]): Promise<number[]> {
  const ids: number[] = []
  for (const paper of papers) {
    const [row] = await db.query<{ id: number }>(sql`
      insert into papers (title, title_key, kind, published_on, published_precision, repository_count)
      values (${paper.title}, lower(${paper.title}), 'preprint', ${paper.on}::date, ${paper.precision ?? 'day'}::date_precision,
        ${paper.repository ? 1 : 0}::int)
      returning id`)
    const id = row?.id as number
    ids.push(id)
    if (paper.topic) await addTopic(db, id, paper.topic)
    const { repository } = paper
    if (repository) await linkRepository(db, id, repository.name, repository.isOfficial ?? true)
    if (repository?.stars) await countStars(db, repository.name, repository.stars)
    for (const [day, upvotes] of Object.entries(paper.listings ?? {}))
      await listPaper(db, id, day, upvotes)
  }
  return ids
}

type Db = TestDatabase['db']

async function addTopic(db: Db, paperId: number, slug: string): Promise<void> {
  await db.query(sql`
    insert into topics (slug, name, name_key, kind) values (${slug}, ${slug}, ${slug}, 'field') on conflict do nothing`)
  await db.query(sql`
    insert into paper_topics (paper_id, topic_id, source, published_sort)
    select p.id, t.id, 'test', p.published_sort from papers p, topics t where p.id = ${paperId} and t.slug = ${slug}`)
}

export async function linkRepository(
  db: Db,
  paperId: number,
  name: string,
  isOfficial = true,
): Promise<void> {
  await db.query(sql`
    insert into repositories (host, owner, name, url, paper_count) values ('github.com', 'made', ${name}::text,
      'https://github.com/made/' || ${name}::text, 1)
    on conflict (host, owner, name) do update set paper_count = repositories.paper_count + 1`)
  await db.query(sql`
    insert into paper_repositories (paper_id, repository_id, is_official, evidence, source)
    select ${paperId}::bigint, id, ${isOfficial}::boolean, 'curated', 'test' from repositories where name = ${name}`)
  await db.query(sql`update papers set repository_count = 1 where id = ${paperId}`)
}

export async function countStars(db: Db, name: string, counts: Counts): Promise<void> {
  await db.query(sql`
    insert into repository_stars (repository_id, observed_on, stars)
    select r.id, c.key::date, c.value::int from repositories r, jsonb_each_text(${JSON.stringify(counts)}::text::jsonb) c
    where r.name = ${name}
    on conflict (repository_id, observed_on) do update set stars = excluded.stars`)
}

export async function listPaper(
  db: Db,
  paperId: number,
  day: string,
  upvotes: number,
): Promise<void> {
  await db.query(sql`
    insert into source_records (source, key, paper_id, content_hash, listed_on, record)
    values ('hf-daily', ${`${paperId}/${day}`}, ${paperId}, ${`${day} ${upvotes}`}, ${day}::date,
      ${JSON.stringify({ upvoteCount: upvotes, listing: { on: day } })}::text::jsonb)
    on conflict (source, key) do update set record = excluded.record, content_hash = excluded.content_hash`)
}

export async function cite(db: Db, citingId: number, citedId: number): Promise<void> {
  await db.query(sql`
    insert into citations (citing_id, cited_id, sources, intents, published_sort)
    select ${citingId}::bigint, ${citedId}::bigint, '{test}', '{}', published_sort from papers where id = ${citingId}`)
}

/** A count for each of `days` days from `from`; `at` returns that of the n-th day. */
export function daily(from: string, days: number, at: (day: number) => number): Counts {
  return Object.fromEntries(
    Array.from({ length: days }, (_, i) => [dayAfter(from, i), Math.round(at(i))]),
  )
}

export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

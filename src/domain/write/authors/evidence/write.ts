import { alias, overwrites, sql } from '../../../../db/sql.ts'
import { authorships } from '../../../../db/tables/authors.ts'
import { paperKeywords, topicClaims } from '../../../../db/tables/keywords.ts'
import { papers, venues } from '../../../../db/tables/papers.ts'
import { paperEvidence } from '../../../../db/tables/people.ts'
import { sourceRecords } from '../../../../db/tables/sources.ts'
import type { Transaction } from '../../../../db/transaction.ts'
import { evidenceText } from '../../../identity/paper-evidence.ts'
import type { TargetPaper } from '../../relations/relations.ts'
import type { PaperSubjects } from '../../topics/paper-topics.ts'

const t = alias(paperEvidence, 't')
const excluded = alias(paperEvidence, 'excluded')
const o = alias(authorships, 'o')
const p = alias(papers, 'p')
const v = alias(venues, 'v')
const k = alias(paperKeywords, 'k')
const c = alias(topicClaims, 'c')
const s = alias(sourceRecords, 's')

/**
 * Writes the evidence of each paper in one short row. Clustering a name reads all its papers; their own rows, bylines and keywords would be
 * several times as large. Returns the papers whose evidence changed.
 */
export async function writeEvidence(
  tx: Transaction,
  targets: readonly TargetPaper[],
  subjects: readonly PaperSubjects[],
): Promise<number[]> {
  const saidBy = new Map(
    subjects.map(({ paperId, keywords, claims }) => [
      paperId,
      [...keywords.filter(({ key }) => key !== null), ...claims].map(({ slug }) => slug),
    ]),
  )
  const texts = targets.map(({ paperId, merged }) =>
    evidenceText({
      publishedOn: merged.published?.on ?? null,
      titleKey: merged.titleKey,
      names: merged.authors.map(({ name }) => name),
      venueSlug: merged.venue?.slug ?? null,
      subjects: saidBy.get(paperId) ?? [],
      owners: merged.repositories.flatMap(({ isOfficial, owner }) => (isOfficial ? owner : [])),
    }),
  )
  return keepEvidence(
    tx,
    targets.map(({ paperId }) => paperId),
    texts,
  )
}

/** Like `writeEvidence`, for papers that older versions wrote, or whose topics changed with the rules. */
export async function fillEvidence(
  tx: Transaction,
  paperIds: readonly number[],
): Promise<number[]> {
  const rows = await tx.query<{
    id: number
    title_key: string
    published_on: string | null
    venue: string | null
    byline: string[] | null
    subjects: string[] | null
    owners: string[] | null
  }>(sql`
    select ${p.id}, ${p.titleKey}, ${p.publishedOn}, ${v.slug} as venue,
      (select array_agg(${o.name} order by ${o.position}) from ${o} where ${o.paperId} = ${p.id}) as byline,
      array(select ${k.slug} from ${k} where ${k.paperId} = ${p.id} and ${k.key} is not null
        union all select ${c.slug} from ${c} where ${c.paperId} = ${p.id}) as subjects,
      array(select r.owner from ${s} cross join lateral jsonb_to_recordset(${s.record}->'repositories') as r(owner text, "isOfficial" boolean)
        where ${s.paperId} = ${p.id} and r."isOfficial") as owners
    from ${p} left join ${v} on ${v.id} = ${p.venueId} where ${p.id} = any(${[...paperIds]}::bigint[])`)
  const texts = rows.map(({ title_key, published_on, venue, byline, subjects, owners }) =>
    evidenceText({
      publishedOn: published_on,
      titleKey: title_key,
      names: byline ?? [],
      venueSlug: venue,
      subjects: subjects ?? [],
      owners: owners ?? [],
    }),
  )
  return keepEvidence(
    tx,
    rows.map(({ id }) => id),
    texts,
  )
}

async function keepEvidence(tx: Transaction, ids: number[], texts: string[]): Promise<number[]> {
  if (ids.length === 0) return []
  const rows = await tx.query<{ paper_id: number }>(sql`
    insert into ${paperEvidence} as t (${paperEvidence.paperId}, ${paperEvidence.said})
    select r.id, r.said from unnest(${ids}::bigint[], ${texts}::text[]) as r(id, said)
    on conflict (${paperEvidence.paperId}) do update set ${overwrites(paperEvidence, 'said')}
    where ${t.said} <> ${excluded.said}
    returning ${t.paperId}`)
  return rows.map(({ paper_id }) => paper_id)
}

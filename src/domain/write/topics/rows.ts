import { alias, columns, overwrites, recordset, type Sql, sql } from '../../../db/sql.ts'
import { changedTopicKeys, paperKeywords, topicClaims } from '../../../db/tables/keywords.ts'
import type { Transaction } from '../../../db/transaction.ts'
import type { PaperSubjects } from './paper-topics.ts'

const KEYWORD_KEYS = [
  ...(['paperId', 'slug', 'name', 'position', 'key'] as const),
  ...(['acronym', 'said', 'authorGroup'] as const),
] as const
/** The columns whose change rewrites a keyword. */
const COMPARED = ['name', 'position', 'key', 'acronym', 'said', 'authorGroup'] as const
const CLAIM_KEYS = ['paperId', 'slug', 'name', 'kind', 'key', 'score', 'source'] as const

const k = alias(paperKeywords, 't')
const rk = alias(paperKeywords, 'r')
const c = alias(topicClaims, 't')
const rc = alias(topicClaims, 'r')

interface Touched {
  paper_id: number
  key: string | null
  acronym: string | null
  /** Whether a visible value changed, not only a count. */
  is_shown: boolean
}

/**
 * Writes the papers' keywords, and notes the keys whose topics may change. `cleared` are all papers that may have rows to delete. Returns the
 * papers whose visible keywords changed.
 */
export async function writeKeywords(
  tx: Transaction,
  subjects: readonly PaperSubjects[],
  cleared: readonly number[],
): Promise<number[]> {
  const rows = subjects.flatMap(({ paperId, authorGroup, keywords }) =>
    keywords.map((use, position) => ({ ...use, paperId, authorGroup, position })),
  )
  const given = recordset(paperKeywords, 'r', KEYWORD_KEYS, rows)
  const gone =
    cleared.length === 0
      ? []
      : await tx.query<Touched>(sql`
        delete from ${k} where ${k.paperId} = any(${cleared}::bigint[]) and not exists (
          select from ${given} where ${rk.paperId} = ${k.paperId} and ${rk.slug} = ${k.slug})
        returning ${k.paperId}, ${k.key}, ${k.acronym}, true as is_shown`)
  const written = rows.length === 0 ? [] : await upsertKeywords(tx, given, cleared.length > 0)
  await noteChangedKeys(tx, [
    ...[...gone, ...written].flatMap(({ key, acronym }) => [key, acronym]),
    ...written.flatMap(({ old_key, old_acronym }) => [old_key, old_acronym]),
  ])
  return [...new Set([...gone, ...written].flatMap((row) => (row.is_shown ? row.paper_id : [])))]
}

interface Rewritten extends Touched {
  old_key: string | null
  old_acronym: string | null
}

/** Writes the keywords in `given`; `mayBeThere` is whether any of the papers may have rows already. */
function upsertKeywords(tx: Transaction, given: Sql, mayBeThere: boolean): Promise<Rewritten[]> {
  const before = alias(paperKeywords, 'o')
  const excluded = alias(paperKeywords, 'excluded')
  return tx.query<Rewritten>(sql`
    with given as materialized (select ${columns(rk, ...KEYWORD_KEYS)} from ${given}),
    old as materialized (
      select ${columns(before, 'paperId', 'slug', 'name', 'position', 'key', 'acronym')} from given r
      join ${before} on ${before.paperId} = r.paper_id and ${before.slug} = r.slug
      where ${mayBeThere}::boolean
    ), written as (
      insert into ${paperKeywords} as t (${columns(paperKeywords, ...KEYWORD_KEYS)})
      select * from given
      on conflict (${paperKeywords.paperId}, ${paperKeywords.slug}) do update
      set ${overwrites(paperKeywords, ...COMPARED)}
      where (${columns(k, ...COMPARED)})
        is distinct from (${columns(excluded, ...COMPARED)})
      returning ${columns(k, 'paperId', 'slug', 'name', 'position', 'key', 'acronym')}
    )
    select w.paper_id, w.key, w.acronym, old.key as old_key, old.acronym as old_acronym,
      (w.name, w.position) is distinct from (old.name, old.position) as is_shown
    from written w left join old on old.paper_id = w.paper_id and old.slug = w.slug`)
}

/** Like `writeKeywords`, for topics that sources state. */
export async function writeClaims(
  tx: Transaction,
  subjects: readonly PaperSubjects[],
  cleared: readonly number[],
): Promise<void> {
  const rows = subjects.flatMap(({ paperId, claims }) =>
    claims.map((claim) => ({ ...claim, paperId })),
  )
  const given = recordset(topicClaims, 'r', CLAIM_KEYS, rows)
  const gone =
    cleared.length === 0
      ? []
      : await tx.query<{ key: string }>(sql`
        delete from ${c} where ${c.paperId} = any(${cleared}::bigint[]) and not exists (
          select from ${given} where ${rc.paperId} = ${c.paperId} and ${rc.slug} = ${c.slug})
        returning ${c.key}`)
  const excluded = alias(topicClaims, 'excluded')
  const written =
    rows.length === 0
      ? []
      : await tx.query<{ key: string }>(sql`
        insert into ${topicClaims} as t (${columns(topicClaims, ...CLAIM_KEYS)})
        select ${columns(rc, ...CLAIM_KEYS)} from ${given}
        on conflict (${topicClaims.paperId}, ${topicClaims.slug}) do update
        set ${overwrites(topicClaims, 'name', 'kind', 'key', 'score', 'source')}
        where (${columns(c, 'name', 'kind', 'key', 'score', 'source')})
          is distinct from (${columns(excluded, 'name', 'kind', 'key', 'score', 'source')})
        returning ${c.key}`)
  await noteChangedKeys(
    tx,
    [...gone, ...written].map(({ key }) => key),
  )
}

/** Notes keys whose topics have to be recomputed at the end of the job: see `refreshTopics`. */
export async function noteChangedKeys(
  tx: Transaction,
  keys: readonly (string | null)[],
): Promise<void> {
  const distinct = [...new Set(keys.flatMap((key) => key ?? []))]
  if (distinct.length === 0) return
  await tx.query(sql`
    insert into ${changedTopicKeys} (${changedTopicKeys.key}) select * from unnest(${distinct.sort()}::text[])
    on conflict do nothing`)
}

import { LOCKS, takeLock } from '../../../../db/locks/locks.ts'
import { alias, columns, type Stored, sql } from '../../../../db/sql.ts'
import { authorIdentifiers, authorships } from '../../../../db/tables/authors.ts'
import type { Transaction, Writer } from '../../../../db/transaction.ts'
import { isPageOfSeveral, nameOfSeveral } from '../../../identity/name-page.ts'
import { asRow } from '../known.ts'
import { regroup } from './regroup.ts'

const a = alias(authorships, 'a')
const i = alias(authorIdentifiers, 'i')

/** Authors that are split in one transaction. */
const AUTHORS_AT_ONCE = 500

/** Removes ACL Anthology pages that several people of a name share from authors that older versions joined by them. */
export async function forgetNamePages(
  writer: Writer,
  signal: AbortSignal | undefined,
): Promise<void> {
  const held = await writer.transaction((tx) =>
    tx.query<Stored<typeof authorIdentifiers, 'value' | 'author_id'>>(sql`
      select ${i.value}, ${i.authorId} from ${i} where ${i.scheme} = 'acl' order by ${i.authorId}`),
  )
  const ids = held.flatMap(({ value, author_id }) =>
    nameOfSeveral({ scheme: 'acl', value }) ? author_id : [],
  )
  for (let at = 0; at < ids.length && !signal?.aborted; at += AUTHORS_AT_ONCE)
    await writer.transaction(async (tx) => {
      await takeLock(tx, LOCKS.write)
      await forgetPagesOf(tx, ids.slice(at, at + AUTHORS_AT_ONCE))
    })
}

async function forgetPagesOf(tx: Transaction, authorIds: number[]): Promise<void> {
  const rows = await tx.query<
    Stored<typeof authorships, 'paper_id' | 'position' | 'name' | 'identifiers'>
  >(sql`
    select ${columns(a, 'paperId', 'position', 'name', 'identifiers')} from ${a}
    where ${a.authorId} = any(${authorIds}::bigint[]) and ${a.identifiers} is not null`)
  const changed = rows.flatMap(({ identifiers, name, ...place }) => {
    const kept = (identifiers ?? []).filter((id) => !isPageOfSeveral(asRow(id), name))
    return kept.length < (identifiers ?? []).length ? { ...place, kept } : []
  })
  if (changed.length === 0) return
  await tx.query(sql`
    update ${a} set ${authorships.identifiers} = string_to_array(r.identifiers, E'\\n')
    from unnest(${changed.map((row) => row.paper_id)}::bigint[], ${changed.map((row) => row.position)}::int[],
      ${changed.map(({ kept }) => (kept.length > 0 ? kept.join('\n') : null))}::text[]) as r(paper_id, position, identifiers)
    where ${a.paperId} = r.paper_id and ${a.position} = r.position`)
  await regroup(tx, { changes: [], authorIds })
}

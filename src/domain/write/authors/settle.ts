import { LOCKS, takeLock } from '../../../db/locks/locks.ts'
import { orm } from '../../../db/orm.ts'
import { alias, sql } from '../../../db/sql.ts'
import { catalogueRules } from '../../../db/tables/excluded.ts'
import { authorIdentifiers, authorships, papers } from '../../../db/tables/papers.ts'
import { unsettledNames } from '../../../db/tables/people.ts'
import { openWriter, type Transaction, type Writer } from '../../../db/transaction.ts'
import { CLUSTERING_VERSION } from '../../identity/cluster.ts'
import { nameBlock } from '../../identity/name-block.ts'
import { clusterBlocks, openShelf, type PaperShelf } from './blocks.ts'
import { refreshAuthors } from './people.ts'
import { regroup } from './regroup.ts'

const a = alias(authorships, 'a')
const p = alias(papers, 'p')
const u = alias(unsettledNames, 'u')

/** Names whose authorships are counted with one statement. */
const NAMES_AT_ONCE = 5_000
/** Authorships that are clustered in one transaction, during which other writers wait; a name with more has one of its own. */
const AUTHORSHIPS_AT_ONCE = 10_000

/**
 * Decides by evidence which authorships of the names that changed are one person's, and gives them their authors. If interrupted, it starts
 * over when called again; called again without a change it does nothing. Returns how many authorships have another author now.
 */
export async function settlePeople(url: string, signal?: AbortSignal): Promise<number> {
  const writer = openWriter(url)
  try {
    await followRules(writer, signal)
    const { names, through } = await writer.transaction(readUnsettled)
    const shelf = openShelf()
    let moved = 0
    for (let at = 0; at < names.length && !signal?.aborted; at += NAMES_AT_ONCE)
      moved += await settleNames(writer, names.slice(at, at + NAMES_AT_ONCE), shelf, signal)
    if (through > 0 && !signal?.aborted)
      await writer.transaction((tx) =>
        tx.query(
          sql`delete from ${unsettledNames} where ${unsettledNames.id} <= ${through}::bigint`,
        ),
      )
    return moved
  } finally {
    await writer.close()
  }
}

async function readUnsettled(tx: Transaction): Promise<{ names: string[]; through: number }> {
  const rows = await tx.query<{ name: string }>(sql`
    select distinct unnest(${u.names}) collate "C" as name from ${u} order by name`)
  const [last] = await tx.query<{ id: number | null }>(sql`select max(${u.id}) as id from ${u}`)
  return { names: rows.map(({ name }) => name), through: last?.id ?? 0 }
}

/** Under new rules all names are looked at again. */
async function followRules(writer: Writer, signal: AbortSignal | undefined): Promise<void> {
  const [rules] = await writer.transaction((tx) =>
    orm(tx).select({ version: catalogueRules.clusteringVersion }).from(catalogueRules),
  )
  if (rules?.version === CLUSTERING_VERSION) return
  let through: number | null = 0
  while (through !== null && !signal?.aborted) {
    const from: number = through
    through = await writer.transaction((tx) => nameSome(tx, from))
  }
  await nameAll(writer, signal)
  if (signal?.aborted) return
  await writer.transaction(async (tx) => {
    await takeLock(tx, LOCKS.write)
    await tx.query(sql`
      insert into ${unsettledNames} (${unsettledNames.names})
      select array_agg(distinct ${a.nameBlock}) from ${a} where ${a.nameBlock} <> '' having count(*) > 0`)
    await orm(tx).update(catalogueRules).set({ clusteringVersion: CLUSTERING_VERSION })
  })
}

const NAMED_AT_ONCE = 5_000

/** Gives authors whom papers print under several names the other ones: older versions kept one. */
async function nameAll(writer: Writer, signal: AbortSignal | undefined): Promise<void> {
  const rows = await writer.transaction((tx) =>
    tx.query<{ id: number }>(sql`
      select ${a.authorId} as id from ${a} group by ${a.authorId} having min(${a.name}) <> max(${a.name}) order by id`),
  )
  const ids = rows.map(({ id }) => id)
  for (let at = 0; at < ids.length && !signal?.aborted; at += NAMED_AT_ONCE)
    await writer.transaction(async (tx) => {
      await takeLock(tx, LOCKS.write)
      await refreshAuthors(tx, ids.slice(at, at + NAMED_AT_ONCE))
    })
}

/**
 * Gives authorships of papers after `from` their names anew, and those of older versions the identifiers that were kept with their authors
 * alone. Returns the last of these papers; null after the last of all.
 */
async function nameSome(tx: Transaction, from: number): Promise<number | null> {
  await takeLock(tx, LOCKS.write)
  const rows = await tx.query<{
    paper_id: number
    position: number
    name: string
    count: number
  }>(sql`
    select ${a.paperId}, ${a.position}, ${a.name}, ${p.authorCount} as count
    from (select ${papers.id} from ${papers} where ${papers.id} > ${from}::bigint order by ${papers.id} limit ${NAMED_AT_ONCE}::int) n
    join ${p} on ${p.id} = n.id join ${a} on ${a.paperId} = n.id`)
  const [last] = await tx.query<{ id: number | null }>(sql`
    select max(n.id) as id from (
      select ${papers.id} from ${papers} where ${papers.id} > ${from}::bigint order by ${papers.id} limit ${NAMED_AT_ONCE}::int) n`)
  const blocks = rows.map(({ name, count }) => nameBlock(name, count))
  if (rows.length > 0)
    await tx.query(sql`
      update ${a} set ${authorships.nameBlock} = r.block, ${authorships.identifiers} = case when ${a.nameBlock} is null
        then coalesce(${a.identifiers}, (
          select array_agg(i.scheme || ':' || i.value) from ${authorIdentifiers} i where i.author_id = ${a.authorId}))
        else ${a.identifiers} end
      from unnest(${rows.map((row) => row.paper_id)}::bigint[], ${rows.map((row) => row.position)}::int[],
        ${blocks}::text[]) as r(paper_id, position, block)
      where ${a.paperId} = r.paper_id and ${a.position} = r.position and ${a.nameBlock} is distinct from r.block`)
  return last?.id ?? null
}

async function settleNames(
  writer: Writer,
  names: string[],
  shelf: PaperShelf,
  signal: AbortSignal | undefined,
): Promise<number> {
  const counted = await writer.transaction((tx) =>
    tx.query<{ name: string; count: number }>(sql`
      select ${a.nameBlock} as name, count(*)::int as count from ${a}
      where ${a.nameBlock} = any(${names}::text[]) and ${a.nameBlock} <> ''
      group by ${a.nameBlock} having count(*) > 1 order by ${a.nameBlock}`),
  )
  let moved = 0
  for (const chunk of chunksOf(counted))
    if (!signal?.aborted) moved += await writer.transaction((tx) => settleSome(tx, chunk, shelf))
  return moved
}

function chunksOf(counted: { name: string; count: number }[]): string[][] {
  const chunks: string[][] = []
  let size = AUTHORSHIPS_AT_ONCE
  for (const { name, count } of counted) {
    if (size + count > AUTHORSHIPS_AT_ONCE) {
      chunks.push([])
      size = 0
    }
    chunks.at(-1)?.push(name)
    size += count
  }
  return chunks
}

async function settleSome(tx: Transaction, names: string[], shelf: PaperShelf): Promise<number> {
  await takeLock(tx, LOCKS.write)
  return regroup(tx, await clusterBlocks(tx, names, shelf))
}

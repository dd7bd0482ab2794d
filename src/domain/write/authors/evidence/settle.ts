import { LOCKS, takeLock } from '../../../../db/locks/locks.ts'
import { orm } from '../../../../db/orm.ts'
import { alias, sql } from '../../../../db/sql.ts'
import { authorIdentifiers, authorships } from '../../../../db/tables/authors.ts'
import { catalogueRules } from '../../../../db/tables/excluded.ts'
import { papers } from '../../../../db/tables/papers.ts'
import { unsettledNames } from '../../../../db/tables/people.ts'
import { openWriter, type Transaction, type Writer } from '../../../../db/transaction.ts'
import { beginStep, type PassOptions } from '../../../../sql/progress.ts'
import { CLUSTERING_VERSION } from '../../../identity/cluster.ts'
import { nameBlock } from '../../../identity/name-block.ts'
import { lastPaper } from '../../../papers/last-paper.ts'
import { renameAuthors } from '../author-rows.ts'
import { clusterAhead } from './ahead.ts'
import { clusterBlocks, type PersonsOf } from './blocks.ts'
import { forgetNamePages } from './name-pages.ts'
import { regroup } from './regroup.ts'
import { fillEvidence } from './write.ts'

const a = alias(authorships, 'a')
const p = alias(papers, 'p')
const u = alias(unsettledNames, 'u')

/** Names that are read at once; one statement counts their authorships. */
const NAMES_READ = 200_000
const NAMES_AT_ONCE = 5_000
/** Authorships that are written in one transaction, while other writers wait. A name with more has a transaction of its own. */
const AUTHORSHIPS_AT_ONCE = 5_000

/**
 * Decides by evidence which authorships of the changed names belong to one person, and assigns their authors. Starts over when called again
 * after an interruption; does nothing if nothing changed. Returns how many authorships changed their author. `authorshipsAtOnce` bounds the authorships
 * of a transaction.
 */
export async function settlePeople(
  url: string,
  options: PassOptions & { authorshipsAtOnce?: number } = {},
): Promise<number> {
  const [writer, reader] = [openWriter(url), openWriter(url)]
  const { authorshipsAtOnce: atOnce = AUTHORSHIPS_AT_ONCE } = options
  try {
    await followRules(writer, options)
    return await settleAll({ writer, reader, atOnce, signal: options.signal }, options.onStep)
  } finally {
    await Promise.all([writer.close(), reader.close()])
  }
}

interface Pass {
  writer: Writer
  /** Reads the next names while the writer writes. */
  reader: Writer
  atOnce: number
  signal: AbortSignal | undefined
}

async function settleAll(pass: Pass, onStep: PassOptions['onStep']): Promise<number> {
  const { writer, signal } = pass
  const found = await writer.transaction(findUnsettled)
  if (found === null) return 0
  const { through, names: all } = found
  const told = beginStep(onStep, 'Grouping authors')
  let moved = 0
  let done = 0
  let after: string | undefined = ''
  while (after !== undefined && !signal?.aborted) {
    const from: string = after
    const names = await writer.transaction((tx) => readUnsettled(tx, through, from))
    for (let at = 0; at < names.length && !signal?.aborted; at += NAMES_AT_ONCE) {
      const some = names.slice(at, at + NAMES_AT_ONCE)
      moved += await settleNames(pass, some)
      done += some.length
      told(done / all)
    }
    after = names.length === NAMES_READ ? names.at(-1) : undefined
  }
  if (!signal?.aborted)
    await writer.transaction((tx) =>
      tx.query(sql`delete from ${unsettledNames} where ${unsettledNames.id} <= ${through}::bigint`),
    )
  return moved
}

/** The last id of the noted names, and how many different names there are; null if there are none. */
async function findUnsettled(tx: Transaction): Promise<{ through: number; names: number } | null> {
  const [last] = await tx.query<{ through: number | null; names: number }>(sql`
    select max(${u.id}) as through, count(distinct n.name)::int as names from ${u} cross join unnest(${u.names}) n(name)`)
  return last && last.through !== null ? { through: last.through, names: last.names } : null
}

/** The next names, in their order, of those noted up to an id. */
async function readUnsettled(tx: Transaction, through: number, after: string): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(sql`
    select distinct n.name from ${u} cross join unnest(${u.names}) x(name) cross join lateral (select x.name collate "C" as name) n
    where ${u.id} <= ${through}::bigint and n.name > ${after}::text order by n.name limit ${NAMES_READ}::int`)
  return rows.map(({ name }) => name)
}

/** Notes all names again after a change of the rules. */
async function followRules(writer: Writer, { signal, onStep }: PassOptions): Promise<void> {
  const [rules] = await writer.transaction((tx) =>
    orm(tx).select({ version: catalogueRules.clusteringVersion }).from(catalogueRules),
  )
  if (rules?.version === CLUSTERING_VERSION) return
  const told = beginStep(onStep, 'Reading names by the rules of this version')
  const last = await writer.transaction(lastPaper)
  let through: number | null = 0
  while (through !== null && !signal?.aborted) {
    const from: number = through
    through = await writer.transaction((tx) => nameSome(tx, from))
    told(through === null ? 1 : through / last)
  }
  await nameAll(writer, signal)
  await forgetNamePages(writer, signal)
  if (signal?.aborted) return
  await writer.transaction(async (tx) => {
    await takeLock(tx, LOCKS.write)
    await tx.query(sql`
      insert into ${unsettledNames} (${unsettledNames.names})
      select array_agg(n.name order by n.name) from (
        select name, row_number() over (order by name) / ${NAMES_AT_ONCE}::int as part from (
          select distinct ${a.nameBlock} as name from ${a} where ${a.nameBlock} <> '') d) n group by n.part`)
    await orm(tx).update(catalogueRules).set({ clusteringVersion: CLUSTERING_VERSION })
  })
}

const NAMED_AT_ONCE = 5_000

/** A pattern of names for which `otherSpellings` may find other spellings. */
const SPELT_OTHERWISE = '[äöøåüđ\u0308\u030a]|[ou]e'

/** Adds other printed names and spellings to authors of older versions, which stored only one name. */
async function nameAll(writer: Writer, signal: AbortSignal | undefined): Promise<void> {
  const rows = await writer.transaction((tx) =>
    tx.query<{ id: number }>(sql`
      select ${a.authorId} as id from ${a} group by ${a.authorId} having min(${a.name}) <> max(${a.name}) or bool_or(${a.name} ~* ${SPELT_OTHERWISE}) order by id`),
  )
  const ids = rows.map(({ id }) => id)
  for (let at = 0; at < ids.length && !signal?.aborted; at += NAMED_AT_ONCE)
    await writer.transaction(async (tx) => {
      await takeLock(tx, LOCKS.write)
      await renameAuthors(tx, ids.slice(at, at + NAMED_AT_ONCE))
    })
}

/**
 * Recomputes the name blocks of authorships of papers after `from`. For rows of older versions, also writes the evidence, and the identifiers
 * that only their authors had. Returns the last paper of the batch; null when all are done.
 */
async function nameSome(tx: Transaction, from: number): Promise<number | null> {
  await takeLock(tx, LOCKS.write)
  const found = await tx.query<{ id: number }>(sql`
    select ${papers.id} from ${papers} where ${papers.id} > ${from}::bigint order by ${papers.id} limit ${NAMED_AT_ONCE}::int`)
  const ids = found.map(({ id }) => id)
  const rows = await tx.query<{
    paper_id: number
    position: number
    name: string
    count: number
  }>(sql`
    select ${a.paperId}, ${a.position}, ${a.name}, ${p.authorCount} as count
    from ${p} join ${a} on ${a.paperId} = ${p.id} where ${p.id} = any(${ids}::bigint[])`)
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
  await fillEvidence(tx, ids)
  return ids.at(-1) ?? null
}

async function settleNames(pass: Pass, names: string[]): Promise<number> {
  const { writer, reader, signal } = pass
  const counted = await writer.transaction((tx) =>
    tx.query<{ name: string; count: number }>(sql`
      select ${a.nameBlock} as name, count(*)::int as count from ${a}
      where ${a.nameBlock} = any(${names}::text[]) and ${a.nameBlock} <> ''
      group by ${a.nameBlock} having count(*) > 1 order by ${a.nameBlock}`),
  )
  const chunks = chunksOf(counted, pass.atOnce)
  let moved = 0
  let personsOf: PersonsOf | undefined
  for (const [at, chunk] of chunks.entries()) {
    if (signal?.aborted) break
    const next = chunks[at + 1]
    const [count, ahead] = await Promise.all([
      writer.transaction((tx) => settleSome(tx, chunk, personsOf)),
      next && clusterAhead(reader, next, signal),
    ])
    moved += count
    personsOf = ahead
  }
  return moved
}

function chunksOf(counted: { name: string; count: number }[], most: number): string[][] {
  const chunks: string[][] = []
  let size = most
  for (const { name, count } of counted) {
    if (size + count > most) {
      chunks.push([])
      size = 0
    }
    chunks.at(-1)?.push(name)
    size += count
  }
  return chunks
}

async function settleSome(
  tx: Transaction,
  names: string[],
  personsOf: PersonsOf | undefined,
): Promise<number> {
  await takeLock(tx, LOCKS.write)
  return regroup(tx, await clusterBlocks(tx, names, personsOf))
}

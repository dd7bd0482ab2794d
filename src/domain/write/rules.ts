import { isEqual } from 'es-toolkit'
import { LOCKS, takeLock } from '../../db/locks/locks.ts'
import { orm } from '../../db/orm.ts'
import { alias, columns, fields, type Sql, type Stored, sql } from '../../db/sql.ts'
import { citationEdges } from '../../db/tables/citations.ts'
import {
  catalogueRules,
  hiddenCitationEdges,
  hiddenProfileRecords,
  hiddenRecords,
} from '../../db/tables/excluded.ts'
import { institutionRecords } from '../../db/tables/institutions.ts'
import { paperIdentifiers } from '../../db/tables/papers.ts'
import { authorRecords, topicRecords } from '../../db/tables/profiles.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import { UNKNOWN_LICENCE } from '../../db/tables/vocabulary.ts'
import { type Transaction, transaction } from '../../db/transaction.ts'
import { noteFields } from '../changes/note.ts'
import { edgeLicence } from '../entity/source.ts'
import { withFoundTopics } from '../record/keywords/found-topics.ts'
import { isAmong, isAmongSql } from '../record/merge/licence.ts'
import { settlePeople } from './authors/evidence/settle.ts'
import { restoreRecords, takeOut } from './catalogue.ts'
import {
  dateProfiles,
  hideProfiles,
  type ProfileType,
  takeHiddenProfiles,
} from './excluded/profiles.ts'
import { dropHidden, hideRecords, readHidden } from './excluded/records.ts'
import {
  authorsOfRecords,
  forgetAuthorIdentifiers,
  forgetCauses,
  forgetNames,
  identifiersIn,
} from './forget.ts'
import type { RecordKey } from './match/candidates.ts'
import { writeProfiles } from './profiles.ts'
import { recountCitations } from './relations/citation-count.ts'
import { linkCitations } from './relations/citations.ts'
import { writeEdges } from './relations/edges.ts'
import { forgetProfiles } from './relink-authors.ts'
import { refreshTopics } from './topics/refresh.ts'

const i = alias(paperIdentifiers, 'i')

/** Records hidden or restored in one transaction, while other writers wait. */
const BATCH_SIZE = 300
const PROFILE_BATCH_SIZE = 1_000
const EDGE_BATCH_SIZE = 5_000
/** Pages of the table `citation_edges` that are scanned in one transaction. */
const EDGE_PAGES = 500

/** The form in which `catalogue_rules` stores licences. */
const normalised = (licences: readonly string[]) =>
  [...new Set(licences.map((licence) => licence.toLowerCase()))].sort()

/** Whether the catalogue excludes exactly these licences. */
export async function leavesOut(url: string, licences: readonly string[]): Promise<boolean> {
  const wanted = normalised(licences)
  return transaction(url, async (tx) => {
    const [row] = await orm(tx).select().from(catalogueRules)
    const licences = row?.excludedLicences ?? []
    return isEqual(licences, wanted) && row?.isSettled !== false
  })
}

/**
 * Hides records under these licences, restores hidden ones under other licences, and rebuilds what depends on them. The catalogue must not be
 * read meanwhile. If interrupted, it must be called again, with the same or other licences.
 */
export async function leaveOut(url: string, licences: readonly string[]): Promise<void> {
  const excluded = normalised(licences)
  // From now on, writers follow the new rule, so there will be no more records to hide or restore.
  const plan = await locked(url, async (tx) => {
    await orm(tx).update(catalogueRules).set({ excludedLicences: excluded, isSettled: false })
    return planOf(tx, excluded)
  })
  for (const origin of plan.shown) await inBatches(url, BATCH_SIZE, (tx) => hideSome(tx, origin))
  for (const { type, ...origin } of plan.shownProfiles)
    await inBatches(url, PROFILE_BATCH_SIZE, (tx) => hideSomeProfiles(tx, type, origin))
  // In physical order: the table has no index by source, and no row moves meanwhile.
  for (let page = 0; excluded.length > 0 && page < plan.edgePages; page += EDGE_PAGES)
    await locked(url, (tx) => hideEdges(tx, page, excluded))
  for (const origin of plan.hidden)
    await inBatches(url, BATCH_SIZE, (tx) => restoreSome(tx, origin))
  for (const { type, ...origin } of plan.hiddenProfiles)
    await inBatches(url, PROFILE_BATCH_SIZE, (tx) => restoreSomeProfiles(tx, type, origin))
  for (const source of plan.hiddenEdges)
    await inBatches(url, EDGE_BATCH_SIZE, (tx) => restoreEdges(tx, source))
  await settlePeople(url)
  await refreshTopics(url)
  await locked(url, async (tx) => {
    await forgetNames(tx, sql`select ${hiddenRecords.record} from ${hiddenRecords}`)
    // Words that occur only in hidden records must no longer count.
    await tx.query(sql`truncate search_lexemes, search_words, search_statistics`)
    await orm(tx).update(catalogueRules).set({ isSettled: true })
  })
  await recountCitations(url)
}

/** Runs `work` in a transaction that excludes other writers. */
function locked<T>(url: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return transaction(url, async (tx) => {
    await takeLock(tx, LOCKS.write)
    return work(tx)
  })
}

/** Repeats `step`, each time in its own transaction, until it processes less than a whole batch. */
async function inBatches(
  url: string,
  size: number,
  step: (tx: Transaction) => Promise<number>,
): Promise<void> {
  let done = size
  while (done === size) done = await locked(url, step)
}

interface Origin {
  source: string
  licence: string | null
}

type ProfileOrigin = Origin & { type: ProfileType }

/** The records to hide and those to restore. */
async function planOf(tx: Transaction, excluded: string[]) {
  const isOut = isAmongSql(sql`licence`, excluded)
  const origins = <O extends Origin>(columns: Sql, table: Sql, condition: Sql) =>
    tx.query<O>(sql`select distinct ${columns} from ${table} where ${condition}`)
  const [table] = await tx.query<{ pages: number }>(sql`
    select (pg_relation_size('citation_edges') / current_setting('block_size')::int)::int as pages`)
  const edges = await orm(tx)
    .selectDistinct({ source: hiddenCitationEdges.source })
    .from(hiddenCitationEdges)
  const byType = sql`type, source, licence`
  return {
    shown: await origins(sql`source, licence`, sql`${sourceRecords}`, isOut),
    shownProfiles: [
      ...(await origins<ProfileOrigin>(sql`'author' as ${byType}`, sql`${authorRecords}`, isOut)),
      ...(await origins<ProfileOrigin>(sql`'topic' as ${byType}`, sql`${topicRecords}`, isOut)),
      ...(await origins<ProfileOrigin>(
        sql`'institution' as ${byType}`,
        sql`${institutionRecords}`,
        isOut,
      )),
    ],
    edgePages: table?.pages ?? 0,
    hidden: await origins(sql`source, licence`, sql`${hiddenRecords}`, sql`not ${isOut}`),
    hiddenProfiles: await origins<ProfileOrigin>(
      byType,
      sql`${hiddenProfileRecords}`,
      sql`not ${isOut}`,
    ),
    hiddenEdges: edges
      .map(({ source }) => source)
      .filter((source) => !isAmong(edgeLicence(source), excluded)),
  }
}

/** A condition that uses the indexes of records. */
const isOf = ({ source, licence }: Origin) =>
  licence === null
    ? sql`source = ${source} and licence is null`
    : sql`source = ${source} and licence = ${licence}`

async function hideSome(tx: Transaction, origin: Origin): Promise<number> {
  const keys = await tx.query<RecordKey>(sql`
    select ${sourceRecords.source}, ${sourceRecords.key} from ${sourceRecords} where ${isOf(origin)} order by ${sourceRecords.paperId} limit ${BATCH_SIZE}::int`)
  if (keys.length === 0) return 0
  const authorIds = await authorsOfRecords(tx, keys)
  const gone = await hideRecords(tx, keys)
  await takeOut(tx, keys)
  await forgetAuthorIdentifiers(tx, authorIds, identifiersIn(gone))
  await forgetCauses(tx, gone)
  return keys.length
}

async function restoreSome(tx: Transaction, origin: Origin): Promise<number> {
  const keys = await tx.query<RecordKey>(sql`
    select ${hiddenRecords.source}, ${hiddenRecords.key} from ${hiddenRecords} where ${isOf(origin)} order by ${hiddenRecords.key} limit ${BATCH_SIZE}::int`)
  const hidden = await readHidden(tx, keys)
  // These records were hidden when the topics of all papers were last computed.
  await restoreRecords(
    tx,
    hidden.map((own) => ({ ...own, record: withFoundTopics(own.record) })),
  )
  await dropHidden(tx, keys)
  return keys.length
}

async function hideSomeProfiles(
  tx: Transaction,
  type: ProfileType,
  origin: Origin,
): Promise<number> {
  const gone = await hideProfiles(tx, type, isOf(origin), PROFILE_BATCH_SIZE)
  if (gone.length > 0) await forgetProfiles(tx, gone)
  return gone.length
}

async function restoreSomeProfiles(
  tx: Transaction,
  type: ProfileType,
  origin: Origin,
): Promise<number> {
  const back = await takeHiddenProfiles(tx, type, isOf(origin), PROFILE_BATCH_SIZE)
  await writeProfiles(
    tx,
    back.map(({ record }) => record),
  )
  await dateProfiles(tx, type, back)
  return back.length
}

async function hideEdges(tx: Transaction, page: number, excluded: string[]): Promise<void> {
  const [from, to] = [`(${page},0)`, `(${page + EDGE_PAGES},0)`]
  const within = sql`ctid >= ${from}::text::tid and ctid < ${to}::text::tid`
  const found = await tx.query<Stored<typeof citationEdges, 'source'>>(
    sql`select distinct ${citationEdges.source} from ${citationEdges} where ${within}`,
  )
  const sources = found
    .map(({ source }) => source)
    .filter((source) => isAmong(edgeLicence(source), excluded))
  if (sources.length === 0) return
  const citing = await tx.query<{ id: number }>(sql`
    with gone as (
      delete from ${citationEdges} where ${within} and ${citationEdges.source} = any(${sources}::text[]) returning *
    ), kept as (
      insert into ${hiddenCitationEdges}
        (${columns(hiddenCitationEdges, 'citingScheme', 'citingValue', 'citedScheme', 'citedValue', 'source', 'isInfluential', 'intents', 'contexts')})
      select citing_scheme, citing_value, cited_scheme, cited_value, source, is_influential, intents, contexts
      from gone on conflict do nothing
    )
    select distinct ${i.paperId} as id from gone g
    join ${i} on ${i.scheme} = g.citing_scheme and ${i.value} = g.citing_value`)
  const ids = citing.map(({ id }) => id)
  noteFields(tx, ids, 'references')
  await linkCitations(tx, { citing: ids, lost: [], added: [] })
}

async function restoreEdges(tx: Transaction, source: string): Promise<number> {
  const edges = await tx.query<Parameters<typeof writeEdges>[2][number]>(sql`
    delete from ${hiddenCitationEdges} where ctid = any(array(
      select ctid from ${hiddenCitationEdges} where ${hiddenCitationEdges.source} = ${source} limit ${EDGE_BATCH_SIZE}::int))
    returning jsonb_build_object('scheme', ${hiddenCitationEdges.citingScheme}, 'value', ${hiddenCitationEdges.citingValue}) as citing,
      jsonb_build_object('scheme', ${hiddenCitationEdges.citedScheme}, 'value', ${hiddenCitationEdges.citedValue}) as cited,
      ${fields(hiddenCitationEdges, 'isInfluential', 'intents')},
      coalesce(${hiddenCitationEdges.contexts}, '{}') as contexts`)
  if (edges.length > 0) await writeEdges(tx, source, edges)
  return edges.length
}

/**
 * A message about licences that no record of a paper has, hidden or not, because they may be misspelt; null if there are none.
 */
export async function missingLicences(
  url: string,
  licences: readonly string[],
): Promise<string | null> {
  if (licences.length === 0) return null
  const known = await licencesOf(url)
  const missing = licences.filter((licence) => !known.some((other) => isAmong(other, [licence])))
  if (missing.length === 0) return null
  const named = known.length > 0 ? known.join(', ') : 'none yet'
  return `no paper record is under ${missing.join(', ')}; licences in this catalogue: ${named}.`
}

/** The licences of records of papers, including hidden ones; `unknown` if any record states none. */
function licencesOf(url: string): Promise<string[]> {
  return transaction(url, async (tx) => {
    const rows = await tx.query<{ licence: string }>(sql`
      select distinct coalesce(licence, ${UNKNOWN_LICENCE}::text) as licence from (
        select ${sourceRecords.licence} from ${sourceRecords} union all select ${hiddenRecords.licence} from ${hiddenRecords}) r order by 1`)
    return rows.map(({ licence }) => licence)
  })
}

import { uniqBy } from 'es-toolkit'
import type { Database } from '../../db/client.ts'
import { alias, columns, raw, type Sql, sql } from '../../db/sql.ts'
import { paperIdentifiers, paperRedirects, papers as papersTable } from '../../db/tables/papers.ts'
import {
  paperRepositories,
  repositories as repositoriesTable,
} from '../../db/tables/repositories.ts'
import { badInput } from '../../errors.ts'
import { globalId } from '../../sql/global-id.ts'
import { type RowSource, readOne } from '../../sql/list.ts'
import { decodeItems, itemOf, type Selection } from '../../sql/selection.ts'
import { type Paper, paperEntity, papersByIds } from '../entity/paper.ts'
import { repositoryIdOf } from '../entity/repository.ts'
import type { RefFaultReason } from '../reference/identifier.ts'
import { type Identifier, registeredDois } from '../reference/identifier-scheme.ts'
import { type PaperRef, parsePaperRef, readPaperRef } from '../reference/paper-ref.ts'
import type { RepositoryRef } from '../reference/repository-ref.ts'

const d = alias(paperRedirects, 'd')

const p = alias(papersTable, 'p')
const i = alias(paperIdentifiers, 'i')
const r = alias(repositoriesTable, 'r')
const pr = alias(paperRepositories, 'pr')

/** The result of resolving a reference. */
export type PaperResolution =
  | { kind: 'found'; ref: string; candidate: PaperCandidate }
  | {
      kind: 'not_found'
      ref: string
      reason: RefFaultReason | 'absent'
      message: string
      /** The reference in its normal spelling; null if it could not be parsed. */
      readAs: string | null
    }
  | {
      kind: 'ambiguous'
      ref: string
      message: string
      /** Number of papers it may mean, which can exceed the number of candidates. */
      paperCount: number
      candidates: PaperCandidate[]
    }

/** A paper that a reference may mean. */
export interface PaperCandidate {
  paper: Paper
  means: 'id' | 'identifier' | 'repository'
  /** The spelling in the catalogue. */
  normalised: string
  /** For a repository: whether it is the official one of the paper's authors; otherwise null. */
  isOfficial: boolean | null
}

/** Maximum number of candidates for a repository. */
const MOST_CANDIDATES = 20

/** Resolves references, in their order: one statement for all. */
export async function resolvePapers(
  db: Pick<Database, 'query'>,
  selection: Selection,
  refs: readonly string[],
): Promise<PaperResolution[]> {
  const read = refs.map(readPaperRef)
  const readable = read.filter((one): one is PaperRef => !('reason' in one))
  const found = await lookUp(db, selection, readable)
  return read.map((one, i) => {
    const ref = refs[i] ?? ''
    if ('reason' in one) return { kind: 'not_found', ref, readAs: null, ...one }
    return conclude(ref, one, found)
  })
}

/**
 * The paper of a reference, resolved as in `resolvePapers`. If an identifier is ambiguous, the likeliest reading in the catalogue; null if there
 * is none. Throws BAD_USER_INPUT if it is not a reference, or is a repository of several papers.
 */
export async function findPaper(
  db: Database,
  ref: string,
  selection: Selection,
): Promise<Paper | null> {
  const read = parsePaperRef(ref)
  if (read.kind === 'id') return (await papersByIds(db, selection, [read.id])).get(read.id) ?? null
  if (read.kind === 'identifiers') return findByIdentifiers(db, read.meanings.flat(), selection)
  const result = conclude(ref, read, await lookUp(db, selection, [read]))
  if (result.kind === 'ambiguous')
    throw badInput(`${result.message} resolvePapers(refs:) lists them.`)
  return result.kind === 'found' ? result.candidate.paper : null
}

/** The row source that `findPaper` tries first; null for a repository, which may have several papers. */
export function paperAt(ref: string): RowSource | null {
  const read = parsePaperRef(ref)
  if (read.kind === 'repository') return null
  if (read.kind === 'id') return paperWith(sql`${p.id} = ${read.id}::bigint`)
  return paperWith(sql`${p.id} = ${idOfFirst(read.meanings.flat())}`)
}

function paperWith(condition: Sql): RowSource {
  return { entity: paperEntity, from: sql`${p}`, condition }
}

async function findByIdentifiers(
  db: Database,
  identifiers: Identifier[],
  selection: Selection,
): Promise<Paper | null> {
  const read = (some: Identifier[]) =>
    readOne<Paper>(db, paperWith(sql`${p.id} = ${idOfFirst(some)}`), selection)
  const found = await read(identifiers)
  if (found) return found
  const dois = identifiers.flatMap(registeredDois)
  return dois.length > 0 ? read(dois) : null
}

/** SQL for the id of the likeliest reading that is in the catalogue. */
function idOfFirst(identifiers: Identifier[]): Sql {
  const schemes = identifiers.map(({ scheme }) => scheme)
  const values = identifiers.map(({ value }) => value)
  return sql`(select ${i.paperId}
    from unnest(${schemes}::identifier_scheme[], ${values}::text[]) with ordinality as c(scheme, value, place)
    join ${i} on ${i.scheme} = c.scheme and ${i.value} = c.value order by c.place limit 1)`
}

/** The papers that references resolve to, keyed by the identifiers in the references. */
interface Found {
  papers: Map<number, Paper>
  byIdentifier: Map<string, number>
  byId: Map<number, number>
  byRepository: Map<string, { paperCount: number; links: [paperId: number, isOfficial: boolean][] }>
}

interface FoundRow {
  identifiers: [name: string, paperId: number][] | null
  ids: [id: number, paperId: number][] | null
  links: [name: string, paperId: number, isOfficial: boolean, paperCount: number][] | null
  items: unknown
}

const nameOf = ({ scheme, value }: Identifier) => `${scheme}:${value}`
const repositoryName = ({ host, owner, name }: RepositoryRef) => `${host}/${owner}/${name}`
const namesOf = (meaning: Identifier[]) => [...meaning, ...meaning.flatMap(registeredDois)]

async function lookUp(
  db: Pick<Database, 'query'>,
  selection: Selection,
  refs: PaperRef[],
): Promise<Found> {
  if (refs.length === 0) return asFound(selection, undefined)
  const identifiers = uniqBy(
    refs.flatMap((ref) => (ref.kind === 'identifiers' ? ref.meanings.flatMap(namesOf) : [])),
    nameOf,
  )
  const repositories = uniqBy(
    refs.flatMap((ref) => (ref.kind === 'repository' ? [ref.repository] : [])),
    repositoryName,
  )
  const ids = refs.flatMap((ref) => (ref.kind === 'id' ? [ref.id] : []))
  const [row] = await db.query<FoundRow>(sql`
    with named as materialized (${namedPapers(identifiers)}),
      known as materialized (select c.id, coalesce(${d.paperId}, c.id) as paper_id
        from unnest(${[...new Set(ids)]}::bigint[]) as c(id) left join ${d} on ${d.id} = c.id),
      linked as materialized (${linkedPapers(repositories)})
    select (select json_agg(json_build_array(scheme || ':' || value, paper_id)) from named) as identifiers,
      (select json_agg(json_build_array(id, paper_id)) from known) as ids,
      (select json_agg(json_build_array(name, paper_id, is_official, paper_count) order by place) from linked) as links,
      (select json_agg(${itemOf(paperEntity, selection)}) from ${p} where ${p.id} = any(array(
        select paper_id from named union select paper_id from known union select paper_id from linked))) as items`)
  return asFound(selection, row)
}

function namedPapers(identifiers: Identifier[]): Sql {
  const schemes = identifiers.map(({ scheme }) => scheme)
  const values = identifiers.map(({ value }) => value)
  return sql`select ${columns(i, 'scheme', 'value', 'paperId')}
    from unnest(${schemes}::identifier_scheme[], ${values}::text[]) as c(scheme, value)
    join ${i} on ${i.scheme} = c.scheme and ${i.value} = c.value`
}

/** Official links first, then the most cited papers. */
function linkedPapers(repositories: RepositoryRef[]): Sql {
  const hosts = repositories.map(({ host }) => host)
  const owners = repositories.map(({ owner }) => owner)
  const names = repositories.map(({ name }) => name)
  const id = repositoryIdOf(sql`c.host`, sql`c.owner`, sql`c.name`)
  return sql`select c.host || '/' || c.owner || '/' || c.name as name, l.*
    from unnest(${hosts}::text[], ${owners}::text[], ${names}::text[]) as c(host, owner, name)
    join ${r} on ${r.id} = ${id}
    cross join lateral (select ${pr.paperId}, ${pr.isOfficial}, count(*) over () as paper_count,
        row_number() over (order by ${pr.isOfficial} desc, ${p.citationCount} desc, ${p.id}) as place
      from ${pr} join ${p} on ${p.id} = ${pr.paperId}
      where ${pr.repositoryId} = ${r.id} order by place limit ${raw(String(MOST_CANDIDATES))}) l`
}

function asFound(selection: Selection, row: FoundRow | undefined): Found {
  const papers = decodeItems<Paper>(paperEntity, selection, row?.items)
  const byRepository: Found['byRepository'] = new Map()
  for (const [name, paperId, isOfficial, paperCount] of row?.links ?? []) {
    const { links } = byRepository.get(name) ?? { links: [] }
    byRepository.set(name, { paperCount, links: [...links, [paperId, isOfficial]] })
  }
  return {
    papers: new Map(papers.map((paper) => [paper.id, paper])),
    byIdentifier: new Map(row?.identifiers ?? []),
    byId: new Map(row?.ids ?? []),
    byRepository,
  }
}

/** The result for one reference, given the papers in the catalogue. */
function conclude(ref: string, read: PaperRef, found: Found): PaperResolution {
  const candidates = candidatesOf(read, found)
  const [first] = candidates
  if (!first) return absent(ref, read)
  if (candidates.length === 1) return { kind: 'found', ref, candidate: first }
  if (read.kind === 'repository') {
    const { url } = read.repository
    const paperCount = found.byRepository.get(repositoryName(read.repository))?.paperCount ?? 0
    const message = `${url} holds code of ${paperCount} papers.`
    return { kind: 'ambiguous', ref, message, paperCount, candidates }
  }
  const names = candidates.map(({ normalised }) => normalised).join(' and ')
  const message = `Without its scheme it may mean ${names}, which are different papers.`
  return { kind: 'ambiguous', ref, message, paperCount: candidates.length, candidates }
}

function candidatesOf(read: PaperRef, found: Found): PaperCandidate[] {
  const candidate = (
    means: PaperCandidate['means'],
    id: number | undefined,
    normalised: string,
    isOfficial: boolean | null = null,
  ): PaperCandidate[] => {
    const paper = id === undefined ? undefined : found.papers.get(id)
    return paper ? [{ paper, means, normalised, isOfficial }] : []
  }
  if (read.kind === 'id') {
    const id = found.byId.get(read.id) ?? read.id
    return candidate('id', id, globalId('Paper', id))
  }
  if (read.kind === 'repository') {
    const { links = [] } = found.byRepository.get(repositoryName(read.repository)) ?? {}
    const { url } = read.repository
    return links.flatMap(([id, isOfficial]) => candidate('repository', id, url, isOfficial))
  }
  const named = read.meanings.flatMap((meaning) => {
    const name = namesOf(meaning)
      .map(nameOf)
      .find((one) => found.byIdentifier.has(one))
    return name ? candidate('identifier', found.byIdentifier.get(name), name) : []
  })
  return uniqBy(named, ({ paper }) => paper.id)
}

function absent(ref: string, read: PaperRef): PaperResolution {
  const because = (readAs: string, message: string): PaperResolution => ({
    kind: 'not_found',
    ref,
    reason: 'absent',
    readAs,
    message,
  })
  if (read.kind === 'id') {
    const id = globalId('Paper', read.id)
    return because(id, `No paper has the id ${id}.`)
  }
  if (read.kind === 'repository') {
    const { url } = read.repository
    return because(url, `No paper in the catalogue is linked to ${url}.`)
  }
  const names = read.meanings.flatMap((meaning) => meaning.slice(0, 1)).map(nameOf)
  return because(
    names[0] ?? '',
    `No paper in the catalogue has the identifier ${names.join(' or ')}.`,
  )
}

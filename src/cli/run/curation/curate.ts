import type { Config } from '../../../config.ts'
import type { Database } from '../../../db/client.ts'
import { type Transaction, transaction } from '../../../db/transaction.ts'
import { authorsOfDecision, type DecidedAuthors } from '../../../domain/curation/authors.ts'
import {
  type Decided,
  mergePapers,
  splitPaper,
  undoDecision,
} from '../../../domain/curation/curation.ts'
import { authorsByIds } from '../../../domain/entity/author.ts'
import { type Paper, papersByIds } from '../../../domain/entity/paper.ts'
import { resolvePapers } from '../../../domain/papers/resolution.ts'
import { refreshSearchWords } from '../../../domain/search/dictionary.ts'
import { settlePeople } from '../../../domain/write/authors/evidence/settle.ts'
import type { RecordKey } from '../../../domain/write/match/candidates.ts'
import { refreshCitationCounts } from '../../../domain/write/relations/citation-count.ts'
import { type AppError, badInput, quote } from '../../../errors.ts'
import { globalId } from '../../../sql/global-id.ts'
import { type DecisionOptions, deciderOf } from '../../base/decision.ts'
import { withDatabase } from '../../base/with-catalogue.ts'

export function runMerge(config: Config, refs: string[], options: DecisionOptions): Promise<void> {
  const decider = deciderOf(options)
  return decideOn(config, options, async (db, decide) => {
    const papers = await findPapers(db, refs)
    const ids = papers.map(({ id }) => id)
    return decide('Merged', (tx) => mergePapers(tx, ids, decider))
  })
}

export function runSplit(
  config: Config,
  ref: string,
  records: string[],
  options: DecisionOptions,
): Promise<void> {
  const [off, decider] = [records.map(readRecordKey), deciderOf(options)]
  return decideOn(config, options, async (db, decide) => {
    const [paper] = await findPapers(db, [ref])
    return decide('Split', (tx) => splitPaper(tx, paper?.id ?? 0, off, decider))
  })
}

export function runUndo(config: Config, id: number, options: DecisionOptions): Promise<void> {
  const decider = deciderOf(options)
  return decideOn(config, options, (_, decide) =>
    decide('Undone', (tx) => undoDecision(tx, id, decider)),
  )
}

type Decide = (done: string, work: (tx: Transaction) => Promise<Decided>) => Promise<Outcome>
type Outcome = Decided & { done: string }

async function decideOn(
  config: Config,
  options: DecisionOptions,
  work: (db: Database, decide: Decide) => Promise<Outcome>,
): Promise<void> {
  await withDatabase(config, async (db, { url }) => {
    const { done, ...decided } = await work(db, async (name, step) => ({
      done: name,
      ...(await transaction(url, step)),
    }))
    await settle(url)
    if (decided.authorIds)
      return printAuthors(db, done, { ...decided, contradictions: [] }, options)
    const columns = new Set(['title'])
    const papers = await papersByIds(db, { columns, relations: new Map() }, decided.paperIds)
    const told = decided.paperIds.flatMap((id) => papers.get(id) ?? [])
    console.log(
      options.json ? JSON.stringify(asJson(decided, told)) : describe(done, decided, told),
    )
  })
}

/** The steps with which an import also ends. */
export async function settle(url: string): Promise<void> {
  await settlePeople(url)
  await refreshCitationCounts(url)
  await refreshSearchWords(url)
}

/** The papers with these references, which must be different papers. */
export async function findPapers(db: Database, refs: string[]): Promise<Paper[]> {
  const columns = new Set(['title'])
  const results = await resolvePapers(db, { columns, relations: new Map() }, refs)
  const found = results.map((result) => {
    if (result.kind === 'found') return result.candidate.paper
    if (result.kind === 'not_found') throw badInput(result.message)
    const names = result.candidates.map(({ paper }) => paperName(paper)).join(' or ')
    throw badInput(`${quote(result.ref)} is ambiguous: ${result.message} Expected one of ${names}.`)
  })
  for (const [i, { id, title }] of found.entries()) {
    const first = found.findIndex((other) => other.id === id)
    if (first < i) throw alreadyOne('paper', [refs[first], refs[i]], title)
  }
  return found
}

/** The error for two references to the same paper or author, with its name. */
export const alreadyOne = (
  what: 'paper' | 'author',
  [one, other]: [string | undefined, string | undefined],
  name: string,
): AppError =>
  badInput(
    one === other
      ? `${quote(other)} is given twice; expected different ${what}s.`
      : `${quote(one)} and ${quote(other)} are already one ${what}: ${quote(name)}.`,
  )

const paperName = ({ id, title }: Paper) => `${quote(title)} (${globalId('Paper', id)})`

function readRecordKey(text: string): RecordKey {
  const [, source, key] = /^([^:]+):(.+)$/s.exec(text) ?? []
  if (!source || !key)
    throw badInput(`${quote(text)} is not a record; expected source:key, such as arxiv:2305.18290.`)
  return { source, key }
}

function asJson({ id, overridden, topics }: Decided, papers: Paper[]) {
  if (topics) return { decision: id, overridden, topics }
  const told = papers.map((paper) => ({ id: globalId('Paper', paper.id), title: paper.title }))
  return { decision: id, overridden, papers: told }
}

function describe(done: string, { id, overridden, topics }: Decided, papers: Paper[]): string {
  if (topics) return describeTopics(`${done} (decision ${id}).`, topics)
  const names = papers.map((paper) => `  ${paperName(paper)}`)
  const what =
    papers.length === 1
      ? 'Its records now belong to one paper:'
      : 'Its records now belong to these papers:'
  const lines = [`${done} (decision ${id}). ${what}`, ...names]
  return [...lines, ...overriding(overridden, 'records')].join('\n')
}

export const describeTopics = (done: string, topics: readonly { slug: string; name: string }[]) =>
  [done, ...topics.map(({ slug, name }) => `  ${quote(name)} (${slug})`)].join('\n')

/** Columns of authors that the output shows. */
export const AUTHOR_SELECTION = { columns: new Set(['name', 'paperCount']), relations: new Map() }

/** Prints the result of a decision on authors. */
export async function printAuthors(
  db: Database,
  done: string,
  { id, overridden, contradictions }: Omit<DecidedAuthors, 'authorIds'>,
  options: DecisionOptions,
): Promise<void> {
  const authorIds = await authorsOfDecision(db, id)
  const byId = await authorsByIds(db, AUTHOR_SELECTION, authorIds)
  const authors = authorIds.flatMap((authorId) => byId.get(authorId) ?? [])
  if (options.json) {
    const told = authors.map((author) => ({
      id: globalId('Author', author.id),
      name: author.name,
      paperCount: author.paperCount,
    }))
    console.log(JSON.stringify({ decision: id, overridden, contradictions, authors: told }))
    return
  }
  const what =
    authors.length === 1
      ? 'Its bylines now belong to one author:'
      : 'Its bylines now belong to these authors:'
  const lines = authors.map(
    ({ id: authorId, name, paperCount }) =>
      `  ${name} (${globalId('Author', authorId)}), ${paperCount} ${paperCount === 1 ? 'paper' : 'papers'}`,
  )
  console.log(
    [
      `${done} (decision ${id}). ${what}`,
      ...lines,
      ...overriding(overridden, 'bylines'),
      ...doubting(id, contradictions),
    ].join('\n'),
  )
}

const doubting = (id: number, contradictions: string[]) =>
  contradictions.length === 0
    ? []
    : ['But:', ...contradictions.map((one) => `  ${one}`), `To reverse it, run: paperql undo ${id}`]

function overriding(ids: number[], what: string): string[] {
  if (ids.length === 0) return []
  return [
    `Overrides decision${ids.length > 1 ? 's' : ''} ${ids.join(', ')} about the same ${what}.`,
  ]
}

import { userInfo } from 'node:os'
import { type Command, InvalidArgumentError } from 'commander'
import type { Config } from '../config.ts'
import { connect, type Database } from '../db/client.ts'
import { type Transaction, transaction } from '../db/transaction.ts'
import type { DecidedAuthors } from '../domain/curation/authors.ts'
import { type Decided, mergePapers, splitPaper, undoDecision } from '../domain/curation/curation.ts'
import type { Decider } from '../domain/curation/decider.ts'
import { type Decision, listDecisions } from '../domain/curation/list.ts'
import type { TopicDecision } from '../domain/curation/topics.ts'
import { authorsByIds } from '../domain/entity/author.ts'
import { type Paper, papersByIds } from '../domain/entity/paper.ts'
import { resolvePapers } from '../domain/papers/resolution.ts'
import { refreshSearchWords } from '../domain/search/dictionary.ts'
import { settlePeople } from '../domain/write/authors/settle.ts'
import type { RecordKey } from '../domain/write/match/candidates.ts'
import { refreshCitationCounts } from '../domain/write/relations/citation-count.ts'
import { badInput, quote } from '../errors.ts'
import { globalId } from '../sql/global-id.ts'
import { exitHelp } from './base/exit.ts'
import type { WithCatalogue } from './base/with-catalogue.ts'

/** What the commands need of the program they belong to. */
export interface CurateTools {
  config: () => Config
  withCatalogue: WithCatalogue
}

export const REF_HELP = 'an identifier, a URL or an id of a paper, as in paper(ref:)'

/** Adds the commands by which operators decide on which records are one paper. */
export function addCurate(program: Command, tools: CurateTools): void {
  addDecision(program, 'merge', 'merge papers (undo reverses it)')
    .argument('<ref>', REF_HELP)
    .argument('<refs...>', 'the papers to merge into it, given in the same way')
    .addHelpText('after', NEWEST_HELP + exitHelp(130))
    .action((ref: string, refs: string[], options: DecisionOptions) => {
      const decider = deciderOf(options)
      return run(tools, options, async (db, decide) => {
        const papers = await findPapers(db, [ref, ...refs])
        const ids = papers.map(({ id }) => id)
        return decide('Merged', (tx) => mergePapers(tx, ids, decider))
      })
    })
  addDecision(program, 'split', 'split records into a new paper (undo reverses it)')
    .argument('<ref>', REF_HELP)
    .argument('<records...>', 'as source:key, such as arxiv:2305.18290; Paper.sources lists both')
    .addHelpText('after', NEWEST_HELP + exitHelp(130))
    .action((ref: string, records: string[], options: DecisionOptions) => {
      const [off, decider] = [records.map(readRecordKey), deciderOf(options)]
      return run(tools, options, async (db, decide) => {
        const [paper] = await findPapers(db, [ref])
        return decide('Split', (tx) => splitPaper(tx, paper?.id ?? 0, off, decider))
      })
    })
  addDecision(
    program,
    'undo',
    'undo a decision; older decisions or the rules apply to its records again',
  )
    .argument('<decision>', 'number of the decision', readNumber)
    .addHelpText('after', exitHelp(130))
    .action((id: number, options: DecisionOptions) => {
      const decider = deciderOf(options)
      return run(tools, options, (_, decide) =>
        decide('Undone', (tx) => undoDecision(tx, id, decider)),
      )
    })
  command(
    program,
    'decisions',
    'list decisions on papers, authors and topics: who decided, when and why',
  )
    .argument('[ref]', `only decisions about one paper: ${REF_HELP}`)
    .addHelpText('after', exitHelp(130))
    .action((ref: string | undefined, options: { json?: boolean }) => {
      const work = async (db: Database) => {
        const [paper] = ref === undefined ? [] : await findPapers(db, [ref])
        const decisions = await listDecisions(db, paper?.id)
        if (options.json)
          for (const one of decisions) console.log(JSON.stringify(withGlobalIds(one)))
        else console.log(decisions.map(describeDecision).join('\n\n') || 'There are no decisions.')
      }
      return withDatabase(tools, work, { writes: false })
    })
}

export const NEWEST_HELP = `
Decisions are stored apart from the records and still apply after records are imported again. The newest decision about a
record wins. paperql undo reverses a decision.
`

/** A command that makes a decision. */
export function addDecision(program: Command, name: string, description: string): Command {
  return command(program, name, description)
    .option('--reason <text>', 'reason, shown by paperql decisions')
    .option('--by <name>', 'name of the person who decides; the current user when absent')
}

function command(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--json', 'print the result as JSON, one decision per line')
}

export interface DecisionOptions {
  reason?: string
  by?: string
  json?: boolean
}

type Decide = (done: string, work: (tx: Transaction) => Promise<Decided>) => Promise<Outcome>
type Outcome = Decided & { done: string }

async function run(
  tools: CurateTools,
  options: DecisionOptions,
  work: (db: Database, decide: Decide) => Promise<Outcome>,
): Promise<void> {
  await withDatabase(tools, async (db, url) => {
    const { done, ...decided } = await work(db, async (name, step) => ({
      done: name,
      ...(await transaction(url, step)),
    }))
    await settle(url)
    if (decided.authorIds)
      return printAuthors(db, done, { ...decided, authorIds: decided.authorIds }, options)
    const columns = new Set(['title'])
    const papers = await papersByIds(db, { columns, relations: new Map() }, decided.paperIds)
    const told = decided.paperIds.flatMap((id) => papers.get(id) ?? [])
    console.log(
      options.json ? JSON.stringify(asJson(decided, told)) : describe(done, decided, told),
    )
  })
}

/** What an import does at its end, too. */
export async function settle(url: string): Promise<void> {
  await settlePeople(url)
  await refreshCitationCounts(url)
  await refreshSearchWords(url)
}

export function withDatabase(
  tools: CurateTools,
  work: (db: Database, url: string) => Promise<void>,
  options?: { writes?: boolean },
): Promise<void> {
  const connected = async ({ url }: { url: string }) => {
    const db = connect(url)
    try {
      await work(db, url)
    } finally {
      await db.close()
    }
  }
  return tools.withCatalogue(tools.config(), connected, options)
}

/** The papers of the references, which must be different papers. */
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
    if (first < i)
      throw badInput(
        `${quote(refs[first])} and ${quote(refs[i])} are already one paper: ${quote(title)}.`,
      )
  }
  return found
}

const paperName = ({ id, title }: Paper) => `${quote(title)} (${globalId('Paper', id)})`

function readRecordKey(text: string): RecordKey {
  const [, source, key] = /^([^:]+):(.+)$/s.exec(text) ?? []
  if (!source || !key)
    throw badInput(`${quote(text)} is not a record; expected source:key, such as arxiv:2305.18290.`)
  return { source, key }
}

function readNumber(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text))
    throw new InvalidArgumentError(
      'Expected the number of a decision; "paperql decisions" lists them.',
    )
  return Number(text)
}

export function deciderOf({ by, reason }: DecisionOptions): Decider {
  if (by?.trim() === '')
    throw badInput('--by is empty; expected the name of the person who decides.')
  return { by: by ?? userName(), reason: reason?.trim() || null }
}

/** A container may run under a number that no user has. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`
  }
}

function asJson({ id, overridden }: Decided, papers: Paper[]) {
  const told = papers.map((paper) => ({ id: globalId('Paper', paper.id), title: paper.title }))
  return { decision: id, overridden, papers: told }
}

function withGlobalIds({ records, ...decision }: Decision) {
  const told = records.map(({ paperId, ...record }) => ({
    ...record,
    paper: paperId === null ? null : globalId('Paper', paperId),
  }))
  return { ...decision, records: told }
}

function describe(done: string, { id, overridden }: Decided, papers: Paper[]): string {
  const names = papers.map((paper) => `  ${paperName(paper)}`)
  const what =
    papers.length === 1
      ? 'Its records now belong to one paper:'
      : 'Its records now belong to these papers:'
  // A decision on topics has no papers of its own.
  if (papers.length === 0) return `${done} (decision ${id}).`
  const lines = [`${done} (decision ${id}). ${what}`, ...names]
  return [...lines, ...overriding(overridden, 'records')].join('\n')
}

/** Columns of authors that the output shows. */
export const AUTHOR_SELECTION = { columns: new Set(['name', 'paperCount']), relations: new Map() }

/** Tells what a decision on authors did. */
export async function printAuthors(
  db: Database,
  done: string,
  { id, authorIds, overridden }: DecidedAuthors,
  options: DecisionOptions,
): Promise<void> {
  const byId = await authorsByIds(db, AUTHOR_SELECTION, authorIds)
  const authors = authorIds.flatMap((authorId) => byId.get(authorId) ?? [])
  if (options.json) {
    const told = authors.map((author) => ({
      id: globalId('Author', author.id),
      name: author.name,
      paperCount: author.paperCount,
    }))
    console.log(JSON.stringify({ decision: id, overridden, authors: told }))
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
    [`${done} (decision ${id}). ${what}`, ...lines, ...overriding(overridden, 'bylines')].join(
      '\n',
    ),
  )
}

function overriding(ids: number[], what: string): string[] {
  if (ids.length === 0) return []
  return [
    `Overrides decision${ids.length > 1 ? 's' : ''} ${ids.join(', ')} about the same ${what}.`,
  ]
}

function describeTopics({ topics, into, name, under }: TopicDecision): string {
  const slugs = topics.map(({ slug }) => slug).join(', ')
  if (into) return `${slugs} → ${into.slug}`
  if (name !== undefined) return `${slugs}: ${name}`
  return under === undefined ? slugs : `${slugs} under ${under ?? 'no topic'}`
}

function describeDecision(decision: Decision): string {
  const { id, kind, decidedBy, decidedAt, reason, undone, records, recordsInForce } = decision
  const why = reason ? `: ${reason}` : ''
  const lines = [
    `${id}  ${kind}  ${decidedAt.slice(0, 16).replace('T', ' ')} by ${decidedBy}${why}`,
  ]
  if (decision.topic) lines.push(`     ${describeTopics(decision.topic)}`)
  for (const { source, key, part, name, title } of records) {
    const place = kind.startsWith('merge') ? '' : part === 1 ? 'moved ' : 'kept  '
    const whose = name === null ? '' : `${name}: `
    lines.push(`     ${place}${source}:${key}  ${whose}${title === null ? '(deleted)' : title}`)
  }
  if (undone)
    lines.push(
      `     undone ${undone.at.slice(0, 16).replace('T', ' ')} by ${undone.by}${undone.reason ? `: ${undone.reason}` : ''}`,
    )
  else if (recordsInForce < records.length)
    lines.push(
      `     ${records.length - recordsInForce} of ${records.length} records follow newer decisions`,
    )
  return lines.join('\n')
}

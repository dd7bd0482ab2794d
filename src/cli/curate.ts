import { userInfo } from 'node:os'
import { type Command, InvalidArgumentError } from 'commander'
import type { Config } from '../config.ts'
import { connect, type Database } from '../db/client.ts'
import { type Transaction, transaction } from '../db/transaction.ts'
import {
  type Decided,
  type Decider,
  mergePapers,
  splitPaper,
  undoDecision,
} from '../domain/curation/curation.ts'
import { type Decision, listDecisions } from '../domain/curation/list.ts'
import { type Paper, papersByIds } from '../domain/entity/paper.ts'
import { resolvePapers } from '../domain/papers/resolution.ts'
import { refreshSearchWords } from '../domain/search/dictionary.ts'
import type { RecordKey } from '../domain/write/match/candidates.ts'
import { refreshCitationCounts } from '../domain/write/relations/citation-count.ts'
import { badInput, quote } from '../errors.ts'
import { globalId } from '../sql/global-id.ts'
import type { WithCatalogue } from './with-catalogue.ts'

/** What the commands need of the program they belong to. */
export interface CurateTools {
  config: () => Config
  withCatalogue: WithCatalogue
  exitHelp: string
}

const REF_HELP = 'an identifier, a URL or an id of a paper, as paper(ref:) takes it'

/** Adds the commands by which operators decide on which records are one paper. */
export function addCurate(program: Command, tools: CurateTools): void {
  const decision = (name: string, description: string) =>
    command(program, name, description)
      .option('--reason <text>', 'why; told by paperql decisions')
      .option('--by <name>', 'who decides; the user of this machine when absent')
  decision('merge', 'make several papers one, for good, whatever their sources say')
    .argument('<ref>', REF_HELP)
    .argument('<refs...>', 'the others')
    .addHelpText('after', NEWEST_HELP + tools.exitHelp)
    .action((ref: string, refs: string[], options: DecisionOptions) => {
      const decider = deciderOf(options)
      return run(tools, options, async (db, decide) => {
        const papers = await findPapers(db, [ref, ...refs])
        const ids = papers.map(({ id }) => id)
        return decide('Merged', (tx) => mergePapers(tx, ids, decider))
      })
    })
  decision('split', 'take records off a paper and make another of them, for good')
    .argument('<ref>', REF_HELP)
    .argument('<records...>', 'as source:key, e.g. arxiv:2305.18290; Paper.sources has both')
    .addHelpText('after', NEWEST_HELP + tools.exitHelp)
    .action((ref: string, records: string[], options: DecisionOptions) => {
      const [off, decider] = [records.map(readRecordKey), deciderOf(options)]
      return run(tools, options, async (db, decide) => {
        const [paper] = await findPapers(db, [ref])
        return decide('Split', (tx) => splitPaper(tx, paper?.id ?? 0, off, decider))
      })
    })
  decision('undo', 'take a decision back: its records follow older decisions, or the rules')
    .argument('<decision>', 'its number', readNumber)
    .addHelpText('after', tools.exitHelp)
    .action((id: number, options: DecisionOptions) => {
      const decider = deciderOf(options)
      return run(tools, options, (_, decide) =>
        decide('Undone', (tx) => undoDecision(tx, id, decider)),
      )
    })
  command(program, 'decisions', 'list who merged and split which papers, when and why')
    .argument('[ref]', `only those on the records of one paper: ${REF_HELP}`)
    .addHelpText('after', tools.exitHelp)
    .action((ref: string | undefined, options: { json?: boolean }) => {
      const work = async (db: Database) => {
        const [paper] = ref === undefined ? [] : await findPapers(db, [ref])
        const decisions = await listDecisions(db, paper?.id)
        if (options.json)
          for (const one of decisions) console.log(JSON.stringify(withGlobalIds(one)))
        else console.log(decisions.map(describeDecision).join('\n\n') || 'No decision was made.')
      }
      return withDatabase(tools, work, { writes: false })
    })
}

const NEWEST_HELP = `
Decisions are kept apart from the records and hold for records that are read again. Of several on one record the newest
holds; paperql undo takes one back.
`

function command(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--json', 'tell the outcome as JSON, one decision a line')
}

interface DecisionOptions {
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
    await refreshCitationCounts(url)
    await refreshSearchWords(url)
    const columns = new Set(['title'])
    const papers = await papersByIds(db, { columns, relations: new Map() }, decided.paperIds)
    const told = decided.paperIds.flatMap((id) => papers.get(id) ?? [])
    console.log(
      options.json ? JSON.stringify(asJson(decided, told)) : describe(done, decided, told),
    )
  })
}

function withDatabase(
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

/** The papers of the references, each another. */
async function findPapers(db: Database, refs: string[]): Promise<Paper[]> {
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
        `${quote(refs[first])} and ${quote(refs[i])} are one paper already: ${quote(title)}.`,
      )
  }
  return found
}

const paperName = ({ id, title }: Paper) => `${quote(title)} (${globalId('Paper', id)})`

function readRecordKey(text: string): RecordKey {
  const [, source, key] = /^([^:]+):(.+)$/s.exec(text) ?? []
  if (!source || !key)
    throw badInput(`${quote(text)} is no record; expected source:key, e.g. arxiv:2305.18290.`)
  return { source, key }
}

function readNumber(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text))
    throw new InvalidArgumentError(
      'Expected the number of a decision, as paperql decisions tells it.',
    )
  return Number(text)
}

function deciderOf({ by, reason }: DecisionOptions): Decider {
  if (by?.trim() === '') throw badInput('--by is empty; expected the name of who decides.')
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
  const what = papers.length === 1 ? 'Its records are one paper now:' : 'Its records are now:'
  const lines = [`${done} (decision ${id}). ${what}`, ...names]
  if (overridden.length > 0)
    lines.push(
      `It holds instead of decision${overridden.length > 1 ? 's' : ''} ${overridden.join(', ')} on the same records.`,
    )
  return lines.join('\n')
}

function describeDecision(decision: Decision): string {
  const { id, kind, decidedBy, decidedAt, reason, undone, records, recordsInForce } = decision
  const why = reason ? `: ${reason}` : ''
  const lines = [
    `${id}  ${kind}  ${decidedAt.slice(0, 16).replace('T', ' ')} by ${decidedBy}${why}`,
  ]
  for (const { source, key, part, title } of records) {
    const place = kind === 'merge' ? '' : part === 1 ? 'off   ' : 'stays '
    lines.push(`     ${place}${source}:${key}  ${title === null ? '(not there)' : title}`)
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

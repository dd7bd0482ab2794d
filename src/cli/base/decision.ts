import { userInfo } from 'node:os'
import type { Command } from 'commander'
import type { Decider } from '../../domain/curation/decider.ts'
import { badInput } from '../../errors.ts'

export const REF_HELP = 'an identifier, a URL or an id of a paper, as in paper(ref:)'

export const AUTHOR_HELP =
  'an id of an author, an identifier such as orcid:0000-0002-1825-0097, or a name that only one author has'

export const NEWEST_HELP = `
Decisions are stored apart from the records and still apply after records are imported again. The newest decision about a
record wins. paperql undo reverses a decision.
`

export interface DecisionOptions {
  reason?: string
  by?: string
  json?: boolean
}

/** Adds a command that records a decision. */
export function addDecision(program: Command, name: string, description: string): Command {
  return addJsonCommand(program, name, description)
    .option('--reason <text>', 'reason, shown by paperql decisions')
    .option('--by <name>', 'name of the person who decides; the current user when absent')
}

export function addJsonCommand(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--json', 'print the result as JSON, one decision per line')
}

export function deciderOf({ by, reason }: DecisionOptions): Decider {
  if (by?.trim() === '')
    throw badInput('--by is empty; expected the name of the person who decides.')
  return { by: by ?? userName(), reason: reason?.trim() || null }
}

/** In a container, the user id may belong to no user. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`
  }
}

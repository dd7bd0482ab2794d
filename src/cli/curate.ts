import type { Command } from 'commander'
import {
  AUTHOR_HELP,
  addDecision,
  addJsonCommand,
  type DecisionOptions,
  NEWEST_HELP,
  REF_HELP,
} from './base/decision.ts'
import { exitHelp } from './base/exit.ts'
import { numberOf } from './base/options.ts'
import type { ReadConfig } from './base/read-config.ts'

/** Adds the commands with which operators decide which records are one paper. */
export function addCurate(program: Command, readConfig: ReadConfig): void {
  addMerge(program, readConfig)
  addSplit(program, readConfig)
  addUndo(program, readConfig)
  addDecisions(program, readConfig)
}

function addMerge(program: Command, readConfig: ReadConfig): void {
  addDecision(program, 'merge', 'merge papers (undo reverses it)')
    .argument('<ref>', REF_HELP)
    .argument('<refs...>', 'the papers to merge into it, given in the same way')
    .addHelpText('after', NEWEST_HELP + exitHelp(130))
    .action(async (ref: string, refs: string[], options: DecisionOptions) => {
      const config = await readConfig()
      const { runMerge } = await import('./run/curation/curate.ts')
      return runMerge(config, [ref, ...refs], options)
    })
}

function addSplit(program: Command, readConfig: ReadConfig): void {
  addDecision(program, 'split', 'split records into a new paper (undo reverses it)')
    .argument('<ref>', REF_HELP)
    .argument('<records...>', 'as source:key, such as arxiv:2305.18290; Paper.sources lists both')
    .addHelpText('after', NEWEST_HELP + exitHelp(130))
    .action(async (ref: string, records: string[], options: DecisionOptions) => {
      const config = await readConfig()
      const { runSplit } = await import('./run/curation/curate.ts')
      return runSplit(config, ref, records, options)
    })
}

function addUndo(program: Command, readConfig: ReadConfig): void {
  addDecision(
    program,
    'undo',
    'undo a decision; older decisions or the rules apply to its records again',
  )
    .argument('<decision>', 'number of the decision', numberOf('a decision', 'decisions'))
    .addHelpText('after', exitHelp(130))
    .action(async (id: number, options: DecisionOptions) => {
      const config = await readConfig()
      const { runUndo } = await import('./run/curation/curate.ts')
      return runUndo(config, id, options)
    })
}

function addDecisions(program: Command, readConfig: ReadConfig): void {
  addJsonCommand(
    program,
    'decisions',
    'list decisions on papers, authors and topics: who decided, when and why',
  )
    .argument('[ref]', `only decisions about one paper: ${REF_HELP}`)
    .addHelpText('after', exitHelp(130))
    .action(async (ref: string | undefined, options: { json?: boolean }) => {
      const config = await readConfig()
      const { runDecisions } = await import('./run/curation/decisions.ts')
      return runDecisions(config, ref, options)
    })
}

/** Adds the commands with which operators decide which bylines belong to one person. */
export function addCurateAuthors(program: Command, readConfig: ReadConfig): void {
  addDecision(program, 'merge-authors', 'merge authors who are one person (undo reverses it)')
    .argument('<author>', AUTHOR_HELP)
    .argument(
      '<authors...>',
      'the others, given in the same way: the oldest id stays, and all lead to it',
    )
    .addHelpText('after', NEWEST_HELP + exitHelp(130))
    .action(async (ref: string, refs: string[], options: DecisionOptions) => {
      const config = await readConfig()
      const { runMergeAuthors } = await import('./run/curation/curate-authors.ts')
      return runMergeAuthors(config, [ref, ...refs], options)
    })
  addDecision(
    program,
    'split-author',
    'give some papers of an author to another (undo reverses it)',
  )
    .argument('<author>', AUTHOR_HELP)
    .argument('<papers...>', `papers of somebody else of that name: ${REF_HELP}`)
    .addHelpText('after', NEWEST_HELP + exitHelp(130))
    .action(async (ref: string, refs: string[], options: DecisionOptions) => {
      const config = await readConfig()
      const { runSplitAuthor } = await import('./run/curation/curate-authors.ts')
      return runSplitAuthor(config, ref, refs, options)
    })
}

import type { Command } from 'commander'
import type { Database } from '../db/client.ts'
import { transaction } from '../db/transaction.ts'
import { mergeAuthors, splitAuthor } from '../domain/curation/authors.ts'
import type { Author } from '../domain/entity/author.ts'
import { findAuthorOrNamesakes } from '../domain/identity/resolution.ts'
import { badInput, quote } from '../errors.ts'
import { exitHelp } from './base/exit.ts'
import {
  AUTHOR_SELECTION,
  addDecision,
  type CurateTools,
  type DecisionOptions,
  deciderOf,
  findPapers,
  NEWEST_HELP,
  printAuthors,
  REF_HELP,
  settle,
  withDatabase,
} from './curate.ts'

const AUTHOR_HELP =
  'an id of an author, an identifier such as orcid:0000-0002-1825-0097, or a name that only one author has'

/** Adds the commands by which operators decide on which bylines are one person's. */
export function addCurateAuthors(program: Command, tools: CurateTools): void {
  addDecision(program, 'merge-authors', 'merge authors who are one person (undo reverses it)')
    .argument('<author>', AUTHOR_HELP)
    .argument('<authors...>', 'the authors to merge into it, given in the same way')
    .addHelpText('after', NEWEST_HELP + exitHelp(130))
    .action((ref: string, refs: string[], options: DecisionOptions) => {
      const decider = deciderOf(options)
      return withDatabase(tools, async (db, url) => {
        const authors = await findAuthors(db, [ref, ...refs])
        const ids = authors.map(({ id }) => id)
        const decided = await transaction(url, (tx) => mergeAuthors(tx, ids, decider))
        await settle(url)
        await printAuthors(db, 'Merged', decided, options)
      })
    })
  addDecision(
    program,
    'split-author',
    'give some papers of an author to another (undo reverses it)',
  )
    .argument('<author>', AUTHOR_HELP)
    .argument('<papers...>', `papers of somebody else of that name: ${REF_HELP}`)
    .addHelpText('after', NEWEST_HELP + exitHelp(130))
    .action((ref: string, refs: string[], options: DecisionOptions) => {
      const decider = deciderOf(options)
      return withDatabase(tools, async (db, url) => {
        const [author] = await findAuthors(db, [ref])
        const papers = await findPapers(db, refs)
        const ids = papers.map(({ id }) => id)
        const decided = await transaction(url, (tx) =>
          splitAuthor(tx, author?.id ?? 0, ids, decider),
        )
        await settle(url)
        await printAuthors(db, 'Split', decided, options)
      })
    })
}

/** The authors of the references, which must be different authors. */
async function findAuthors(db: Database, refs: string[]): Promise<Author[]> {
  const found: Author[] = []
  for (const ref of refs) {
    const author = await findAuthorOrNamesakes(db, ref, AUTHOR_SELECTION)
    if (!author) throw badInput(`No author matches ${quote(ref)}; expected ${AUTHOR_HELP}.`)
    const first = found.findIndex(({ id }) => id === author.id)
    if (first >= 0)
      throw badInput(
        `${quote(refs[first])} and ${quote(ref)} are already one author: ${quote(author.name)}.`,
      )
    found.push(author)
  }
  return found
}

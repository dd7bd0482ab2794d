import type { Config } from '../../../config.ts'
import type { Database } from '../../../db/client.ts'
import { type Transaction, transaction } from '../../../db/transaction.ts'
import { type DecidedAuthors, mergeAuthors, splitAuthor } from '../../../domain/curation/authors.ts'
import type { Author } from '../../../domain/entity/author.ts'
import { findAuthorOrNamesakes } from '../../../domain/identity/lookup/resolution.ts'
import { badInput, quote } from '../../../errors.ts'
import { AUTHOR_HELP, type DecisionOptions, deciderOf } from '../../base/decision.ts'
import { withDatabase } from '../../base/with-catalogue.ts'
import { AUTHOR_SELECTION, alreadyOne, findPapers, printAuthors, settle } from './curate.ts'

export function runMergeAuthors(
  config: Config,
  refs: string[],
  options: DecisionOptions,
): Promise<void> {
  const decider = deciderOf(options)
  return decideOnAuthors(config, options, 'Merged', async (db) => {
    const authors = await findAuthors(db, refs)
    const ids = authors.map(({ id }) => id)
    return (tx) => mergeAuthors(tx, ids, decider)
  })
}

export function runSplitAuthor(
  config: Config,
  ref: string,
  refs: string[],
  options: DecisionOptions,
): Promise<void> {
  const decider = deciderOf(options)
  return decideOnAuthors(config, options, 'Split', async (db) => {
    const [author] = await findAuthors(db, [ref])
    const papers = await findPapers(db, refs)
    const ids = papers.map(({ id }) => id)
    const typed = new Map(ids.map((id, i) => [id, refs[i] ?? '']))
    return (tx) => splitAuthor(tx, author?.id ?? 0, ids, decider, typed)
  })
}

type Decide = (tx: Transaction) => Promise<DecidedAuthors>

function decideOnAuthors(
  config: Config,
  options: DecisionOptions,
  done: string,
  prepare: (db: Database) => Promise<Decide>,
): Promise<void> {
  return withDatabase(config, async (db, { url }) => {
    const decided = await transaction(url, await prepare(db))
    await settle(url)
    await printAuthors(db, done, decided, options)
  })
}

/** The authors with these references, which must be different authors. */
async function findAuthors(db: Database, refs: string[]): Promise<Author[]> {
  const found: Author[] = []
  for (const ref of refs) {
    const author = await findAuthorOrNamesakes(db, ref, AUTHOR_SELECTION)
    if (!author) throw badInput(`No author matches ${quote(ref)}; expected ${AUTHOR_HELP}.`)
    const first = found.findIndex(({ id }) => id === author.id)
    if (first >= 0) throw alreadyOne('author', [refs[first], ref], author.name)
    found.push(author)
  }
  return found
}

import { AppError, badInput } from '../../errors.ts'
import { parseGlobalId } from '../../sql/global-id.ts'
import { type Meanings, type RefFault, readRef } from './identifier.ts'
import { MAX_REF } from './identifier-scheme.ts'
import { parseRepositoryRef, type RepositoryRef } from './repository-ref.ts'

/** A parsed reference to a paper: identifiers, a global id, or a repository with its code. */
export type PaperRef =
  | { kind: 'identifiers'; meanings: Meanings }
  | { kind: 'id'; id: number }
  | { kind: 'repository'; repository: RepositoryRef }

/** Parses a reference to a paper in any spelling, or returns its fault. */
export function readPaperRef(ref: string): PaperRef | RefFault {
  const id = readGlobalId(ref)
  if (typeof id === 'object' && id !== null) return id
  if (id !== null) return { kind: 'id', id }
  const meanings = readRef(ref)
  if (!('reason' in meanings)) return { kind: 'identifiers', meanings }
  const isReadable = ref.length <= MAX_REF && !ref.includes('\0')
  const repository = isReadable ? parseRepositoryRef(ref) : null
  if (repository) return { kind: 'repository', repository }
  return TITLE.test(ref) ? { ...meanings, message: `${meanings.message} ${FOR_TITLES}` } : meanings
}

/** Like `readPaperRef`; throws BAD_USER_INPUT for a text that is not a reference. */
export function parsePaperRef(ref: string): PaperRef {
  const found = readPaperRef(ref)
  if ('reason' in found) throw badInput(found.message)
  return found
}

/** A text of at least three words. */
const TITLE = /^\s*\S+(?:\s+\S+){2,50}\s*$/

const FOR_TITLES = 'To find a paper by its title, use matchPaper(title:) or search(query:).'

function readGlobalId(ref: string): number | null | RefFault {
  try {
    return parseGlobalId('Paper', ref)
  } catch (error) {
    if (error instanceof AppError) return { reason: 'malformed', message: error.message }
    throw error
  }
}

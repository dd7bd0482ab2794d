import leven, { closestMatch } from 'leven'

/** The closed set of codes a client may see in `extensions.code`. */
export type ErrorCode =
  | 'BAD_USER_INPUT'
  | 'NOT_FOUND'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'QUERY_TOO_COMPLEX'
  | 'UNAVAILABLE'

/**
 * An error whose message is written for the person at the other end: it names the value and what was
 * expected. Everything that is not an `AppError` is masked before it leaves the process.
 */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  /** Further members of `extensions`, by which a program can go on. */
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: ErrorCode,
    message: string,
    { details = {}, ...options }: ErrorOptions & { details?: Record<string, unknown> } = {},
  ) {
    super(message, options)
    this.code = code
    this.details = details
  }
}

/** Whether an error is an `AppError` with a certain code. */
export const isAppError = (error: unknown, code: ErrorCode): error is AppError =>
  error instanceof AppError && error.code === code

/** Shorthand for the commonest `AppError`: the caller sent something that cannot be understood. */
export function badInput(message: string, options?: ErrorOptions): AppError {
  return new AppError('BAD_USER_INPUT', message, options)
}

const QUOTED_LENGTH = 80

/** A value as it may be repeated in a message: quoted, and cut so that it cannot flood a log or an answer. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return JSON.stringify(text.length > QUOTED_LENGTH ? `${text.slice(0, QUOTED_LENGTH)}…` : text)
}

const CHOICES = new Intl.ListFormat('en-GB', { type: 'disjunction' })

/** Words of which one is expected, such as `a, b or c`. */
export const oneOf = (words: Iterable<string>): string => CHOICES.format(words)

/** Names are compared up to this length. */
const LONGEST_COMPARED = 40

/** Whether a name may be meant by a misspelt one: it begins with it, or a third of the letters are wrong at most, or two are swapped. */
export function isNear(name: string, other: string): boolean {
  const [wanted, known] = [name.trim().toLowerCase(), other.toLowerCase()]
  if (wanted.length > 1 && known.startsWith(wanted)) return true
  const distance = leven(wanted, known)
  const sorted = (text: string) => [...text].sort().join('')
  return (
    distance <= Math.max(1, Math.round(wanted.length / 3)) ||
    (distance === 2 && sorted(wanted) === sorted(known))
  )
}

/** The known name that a misspelt one is most similar to, in any case; null where none is. */
export function nearestName(name: string, known: readonly string[]): string | null {
  const wanted = name.trim().toLowerCase()
  if (wanted.length > LONGEST_COMPARED) return null
  const names = new Map(known.map((one) => [one.toLowerCase(), one]))
  const near =
    [...names.keys()].find((one) => wanted.length > 1 && one.startsWith(wanted)) ??
    closestMatch(wanted, [...names.keys()])
  return near !== undefined && isNear(wanted, near) ? (names.get(near) ?? null) : null
}

/** A hint such as ` Did you mean bibtex?` for a misspelt name; empty where no known name is similar. */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = nearestName(name, known)
  return near === null ? '' : ` Did you mean ${near}?`
}

/** The code of an error of the system, of PostgreSQL or of a library, such as `ENOENT`; empty where it has none. */
export const codeOf = (error: unknown): string =>
  String((error as { code?: unknown } | null | undefined)?.code ?? '')

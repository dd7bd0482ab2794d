import leven, { closestMatch } from 'leven'

/** The closed set of codes that clients may see in `extensions.code`. */
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
 * An error whose message is meant for the user: it names the value and what was expected. Other errors are masked before they leave the
 * process.
 */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  /** Further members of `extensions`, for programs. */
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

/** Shorthand for the most common `AppError`: the input is invalid. */
export function badInput(message: string, options?: ErrorOptions): AppError {
  return new AppError('BAD_USER_INPUT', message, options)
}

const QUOTED_LENGTH = 80

/** A value for a message: quoted, and cut so that it cannot flood a log or an answer. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return JSON.stringify(text.length > QUOTED_LENGTH ? `${text.slice(0, QUOTED_LENGTH)}…` : text)
}

const CHOICES = new Intl.ListFormat('en-GB', { type: 'disjunction' })

/** A list of the expected words, such as `a, b or c`. */
export const oneOf = (words: Iterable<string>): string => CHOICES.format(words)

/** Maximum length of compared names. */
const LONGEST_COMPARED = 40

/** Whether `other` resembles a misspelt name: it starts with it, at most a third of the letters are wrong, or two letters are swapped. */
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

/** The known name most similar to a misspelt one, ignoring case; null if none is similar. */
export function nearestName(name: string, known: readonly string[]): string | null {
  const wanted = name.trim().toLowerCase()
  if (wanted.length > LONGEST_COMPARED) return null
  const names = new Map(known.map((one) => [one.toLowerCase(), one]))
  const near =
    [...names.keys()].find((one) => wanted.length > 1 && one.startsWith(wanted)) ??
    closestMatch(wanted, [...names.keys()])
  return near !== undefined && isNear(wanted, near) ? (names.get(near) ?? null) : null
}

/** A hint such as ` Did you mean bibtex?` for a misspelt name; empty if no known name is similar. */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = nearestName(name, known)
  return near === null ? '' : ` Did you mean ${near}?`
}

/** The code of an error of the system, PostgreSQL or a library, such as `ENOENT`; empty if it has none. */
export const codeOf = (error: unknown): string =>
  String((error as { code?: unknown } | null | undefined)?.code ?? '')

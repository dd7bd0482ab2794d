import { AppError, type ErrorCode } from '../../errors.ts'
import type { PageOptions } from '../../html/page.ts'
import { type RouteServices, withoutVariable } from '../../server/routes.ts'

export interface Answer<Data> {
  data: Data
  /** For the link "this page as a query". */
  operation: NonNullable<PageOptions['operation']>
}

/** Error codes that a page passes on. Any other error is the server's fault. */
const PASSED_ON = new Set<ErrorCode>([
  'BAD_USER_INPUT',
  'NOT_FOUND',
  'UNAUTHENTICATED',
  'RATE_LIMITED',
  'QUERY_TOO_COMPLEX',
  'UNAVAILABLE',
])

/** Runs the document of a page. Throws the first error: a page with a missing part would look complete. */
export async function ask<Data>(
  { runDocument }: RouteServices,
  document: string,
  variables: Record<string, unknown> = {},
): Promise<Answer<Data>> {
  const { data, errors } = await runDocument<Data>(document, variables)
  const [error] = errors
  const { code: given, ...details } = error?.extensions ?? {}
  const code = given as ErrorCode | undefined
  if (error && code !== undefined && PASSED_ON.has(code))
    throw new AppError(code, withoutVariable(error.message), { details })
  if (error || data === null) throw new Error(error?.message ?? 'The document has no answer')
  return { data, operation: { document, variables } }
}

import type { Variables } from './operations.ts'

/** What a body of JSON asks for. */
export interface Parameters {
  query: string
  variables?: Variables
  operationName?: string | null
  extensions?: Record<string, unknown> | null
}

/** Keys that clients add for servers which keep documents; they say nothing that `query` does not say as well. */
export const IGNORED_KEYS = ['id', 'documentId', 'doc_id', 'key']

const KNOWN_KEYS = new Set(['query', 'variables', 'operationName', 'extensions', ...IGNORED_KEYS])

/** Whether a body is one that Yoga would accept as well. */
export function isParameters(value: unknown): value is Parameters {
  if (!isRecord(value)) return false
  for (const key in value) if (!KNOWN_KEYS.has(key) && value[key] != null) return false
  const { query, variables, operationName, extensions } = value
  return (
    typeof query === 'string' &&
    (operationName == null || typeof operationName === 'string') &&
    (variables == null || isRecord(variables)) &&
    (extensions == null || isRecord(extensions))
  )
}

/** Whether a request names a document that the server is to know by its hash, without the document. */
export function isOnlyHash({ query, extensions }: Partial<Parameters>): boolean {
  return query == null && isRecord(extensions) && isRecord(extensions.persistedQuery)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

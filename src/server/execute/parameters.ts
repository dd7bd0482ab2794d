import { isRecord } from '../../graphql/input-forms.ts'
import type { Variables } from './operations.ts'

/** The parameters in a JSON body. */
export interface Parameters {
  query: string
  variables?: Variables
  operationName?: string | null
  extensions?: Record<string, unknown> | null
}

/** Keys that clients send to servers with persisted documents; they are ignored. */
export const IGNORED_KEYS = ['id', 'documentId', 'doc_id', 'key']

const KNOWN_KEYS = new Set(['query', 'variables', 'operationName', 'extensions', ...IGNORED_KEYS])

/** Whether Yoga would also accept the body. */
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

/** Whether a request refers to a persisted document by its hash and does not contain it. */
export function isOnlyHash({ query, extensions }: Partial<Parameters>): boolean {
  return query == null && isRecord(extensions) && isRecord(extensions.persistedQuery)
}

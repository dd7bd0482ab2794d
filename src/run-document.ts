/** Executes a GraphQL document in this process. Rejects only for an operation that must not run this way. */
export type RunDocument = <Data = Record<string, unknown>>(
  document: string,
  variables?: Record<string, unknown> | null,
) => Promise<DocumentAnswer<Data>>

/** The answer to a document as over HTTP: with paperql's codes and messages, and other errors masked. */
interface DocumentAnswer<Data> {
  /** Null if there is no data at all. A failed field is null. */
  data: Data | null
  /** Empty if there were no errors. */
  errors: PublicError[]
}

/** An error as clients see it. */
export interface PublicError {
  message: string
  locations?: unknown
  path?: unknown
  extensions: { code: string; requestId?: string }
}

/** Executes a GraphQL document in this process. Rejects only for an operation that may not be run like this. */
export type RunDocument = <Data = Record<string, unknown>>(
  document: string,
  variables?: Record<string, unknown> | null,
) => Promise<DocumentAnswer<Data>>

/** The answer to a document as a client would get it over HTTP: with the codes and messages of paperql, and other errors masked. */
interface DocumentAnswer<Data> {
  /** Null when nothing could be answered. A field that failed is null. */
  data: Data | null
  /** Empty when everything was answered. */
  errors: PublicError[]
}

/** An error as clients see it. */
export interface PublicError {
  message: string
  locations?: unknown
  path?: unknown
  extensions: { code: string; requestId?: string }
}

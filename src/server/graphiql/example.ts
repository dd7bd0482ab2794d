/** A query shown as an example. */
export interface ExampleQuery {
  /** The title, a few words. */
  title: string
  query: string
  /** The values of its variables as JSON, if it has any. */
  variables?: string
  /** Whether it needs the demonstration data. The others return data for every field on the sample. */
  isOnDemo?: boolean
}

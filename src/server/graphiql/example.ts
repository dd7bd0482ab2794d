/** A query that is shown to people. */
export interface ExampleQuery {
  /** What it shows, in a few words. */
  title: string
  query: string
  /** JSON with the values of its variables, where it has some. */
  variables?: string
  /** Whether it needs the demonstration data; the others have an answer on the sample, without an empty field. */
  isOnDemo?: boolean
}

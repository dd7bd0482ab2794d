import type { Head } from '../input/head.ts'
import type { Adapter } from '../input/outcome.ts'

/** A source format, for help texts and for choosing its adapter. */
export interface ImportFormat {
  name: string
  description: string
}

/** A format, with its adapter and the means to detect it. */
export interface Format extends ImportFormat {
  /** Loaded on demand, because some adapters have large tables. */
  load: () => Promise<Adapter>
  /** Kind of text of every file in this format. */
  kind: Head['kind']
  /** Contents of a file, for messages: "expected …". */
  expected: string
  /** Whether a text with this start is in this format and no other. */
  recognises: (head: Head) => boolean | Promise<boolean>
}

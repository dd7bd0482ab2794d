import type { Head } from '../input/head.ts'
import type { Adapter } from '../input/outcome.ts'

/** A source format, for help texts and for choosing its adapter. */
export interface ImportFormat {
  name: string
  description: string
}

/** A format with all that choosing it needs. */
export interface Format extends ImportFormat {
  /** Loaded on demand, because some adapters have large tables. */
  load: () => Promise<Adapter>
  /** The kind of text; a text of another kind cannot be in this format. */
  kind: Head['kind']
  /** What the files contain, for messages. */
  expected: string
  /** Whether a text with this start is in this format and no other. */
  recognises: (head: Head) => boolean | Promise<boolean>
}

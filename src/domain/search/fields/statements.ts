import { alias, sql } from '../../../db/sql.ts'
import { paperDecisions } from '../../../db/tables/decisions.ts'
import { paperEvents } from '../../../db/tables/events.ts'
import { paperLinks, paperOpenAccess } from '../../../db/tables/links.ts'
import {
  type EventKind,
  type LinkKind,
  OPEN_ACCESS_STATUSES,
  type OpenAccessStatus,
} from '../../../db/tables/vocabulary.ts'
import { oneOf } from '../../../errors.ts'
import { type Meaning, plainValue, type SearchField } from './field.ts'

const l = alias(paperLinks, 'x')
const e = alias(paperEvents, 'x')
const o = alias(paperOpenAccess, 'x')
const d = alias(paperDecisions, 'd')
const w = alias(paperEvents, 'w')

const linked =
  (...kinds: LinkKind[]) =>
  (): Meaning => ({ from: sql`${l}`, where: sql`${l.kind} = any(${kinds}::link_kind[])` })

const noted = (kind: EventKind) => (): Meaning => ({
  from: sql`${e}`,
  where: sql`${e.kind} = ${kind}::event_kind`,
})

/** Values of `has:` for links of papers. */
export const LINKED = {
  pdf: { papers: 'with a link to a PDF', meaning: linked('pdf') },
  supplement: { papers: 'with a supplement', meaning: linked('supplement') },
  video: { papers: 'with a video', meaning: linked('video') },
  slides: { papers: 'with slides', meaning: linked('slides') },
  poster: { papers: 'with a link to a poster', meaning: linked('poster') },
  'project-page': { papers: 'with a project page', meaning: linked('project_page') },
  demo: { papers: 'with a demo, or a space that runs one', meaning: linked('demo', 'space') },
  space: { papers: 'with a space', meaning: linked('space') },
  model: { papers: 'with a model to download', meaning: linked('model') },
  dataset: { papers: 'with a dataset to download', meaning: linked('dataset') },
}

/** Values of `has:` for notices and versions. */
export const NOTED = {
  correction: { papers: 'that were corrected', meaning: noted('correction') },
  concern: { papers: 'with an expression of concern', meaning: noted('concern') },
  versions: { papers: 'with known versions', meaning: noted('version') },
}

/** The value of `is:` for withdrawn papers. */
export const WITHDRAWN = {
  papers: 'that were withdrawn, from a venue or as a preprint',
  meaning: (): Meaning => ({
    from: sql`(select ${d.paperId} from ${d} where ${d.outcome} = 'withdrawn'
      union all select ${w.paperId} from ${w} where ${w.kind} = 'withdrawal') as x`,
    where: sql`true`,
  }),
}

const accessible = (statuses: readonly OpenAccessStatus[]): Meaning => ({
  from: sql`${o}`,
  where: sql`${o.status} = any(${statuses}::open_access_status[])`,
})

/** The value of `is:` for open-access papers. */
export const OPEN = {
  papers: 'that everybody may read',
  meaning: () => accessible(OPEN_ACCESS_STATUSES.filter((status) => status !== 'closed')),
}

export const access: SearchField<OpenAccessStatus> = {
  expected: oneOf(OPEN_ACCESS_STATUSES),
  examples: [['access:gold', 'of this open-access status']],
  read(term) {
    const wanted = plainValue(term).toLowerCase()
    return OPEN_ACCESS_STATUSES.find((status) => status === wanted) ?? null
  },
  print: (status) => status,
  meaning: (status) => accessible([status]),
}

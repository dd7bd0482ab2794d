import { builder } from '../builder.ts'
import { answeredBy } from '../plan/declare.ts'
import type { Edge } from '../relay/connection.ts'

interface Years {
  firstYear: number | null
  lastYear: number | null
}

/** Adds the first and last year to edges that represent papers of an author. */
export const addYears = <Row extends Years>(
  edge: ReturnType<typeof builder.objectRef<Edge<Row>>>,
) =>
  builder.objectFields(edge, (t) => ({
    firstYear: t.int({
      nullable: true,
      description: 'Year of the first of these papers; null when none has a date.',
      ...answeredBy({ column: 'firstYear' }),
      resolve: ({ row }) => row.firstYear,
    }),
    lastYear: t.int({
      nullable: true,
      description: 'Year of the latest of these papers; null when none has a date.',
      ...answeredBy({ column: 'lastYear' }),
      resolve: ({ row }) => row.lastYear,
    }),
  }))

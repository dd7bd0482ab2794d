import { alias, fields, type Sql, sql } from '../../db/sql.ts'
import { authorships } from '../../db/tables/authors.ts'
import { paperInstitutions } from '../../db/tables/institutions.ts'
import { papers } from '../../db/tables/papers.ts'
import { paperRepositories } from '../../db/tables/repositories.ts'
import { paperTopics } from '../../db/tables/topics.ts'
import type { Transaction } from '../../db/transaction.ts'
import type { PaperField } from './fields.ts'
import { noteEvents, noteFields } from './note.ts'

const a = alias(authorships, 'a')
const p = alias(papers, 'p')
const x = alias(paperTopics, 'x')
const r = alias(paperRepositories, 'r')
const i = alias(paperInstitutions, 'i')

/** Statements that find the papers which show values of other entities. */
const SHOWN_BY = {
  authorships: (ids: number[]) =>
    sql`select distinct ${a.paperId} as id from ${a} where ${a.authorId} = any(${ids}::bigint[])`,
  venue: (ids: number[]) =>
    sql`select ${p.id} from ${p} where ${p.venueId} = any(${ids}::bigint[])`,
  topics: (ids: number[]) =>
    sql`select distinct ${x.paperId} as id from ${x} where ${x.topicId} = any(${ids}::bigint[])`,
  institutions: (ids: number[]) =>
    sql`select distinct ${i.paperId} as id from ${i} where ${i.institutionId} = any(${ids}::bigint[])`,
  repositories: (ids: number[]) =>
    sql`select distinct ${r.paperId} as id from ${r} where ${r.repositoryId} = any(${ids}::bigint[])`,
} satisfies Partial<Record<PaperField, (ids: number[]) => Sql>>

/** Notes a changed name or description of authors, venues, topics or repositories on all their papers. */
export async function noteShown(
  tx: Transaction,
  field: keyof typeof SHOWN_BY,
  ids: number[],
): Promise<void> {
  if (ids.length === 0) return
  const rows = await tx.query<{ id: number }>(SHOWN_BY[field](ids))
  noteFields(
    tx,
    rows.map(({ id }) => id),
    field,
  )
}

/** A row of an upsert, and whether it existed before and so was renamed. */
export interface Renamed {
  id: number
  was_there: boolean
}

/** Like `noteShown`, for the rows of an upsert that were renamed. */
export async function noteRenamed(
  tx: Transaction,
  field: keyof typeof SHOWN_BY,
  rows: Renamed[],
): Promise<void> {
  await noteShown(
    tx,
    field,
    rows.flatMap(({ id, was_there }) => (was_there ? id : [])),
  )
}

/** Notes changes of repositories on all their papers. */
export async function noteRepositories(
  tx: Transaction,
  kind: 'repository_gone' | 'repository_archived',
  ids: number[],
): Promise<void> {
  if (ids.length === 0) return
  const rows = await tx.query<{ paperId: number; repositoryId: number }>(sql`
    select ${fields(r, 'paperId', 'repositoryId')} from ${r}
    where ${r.repositoryId} = any(${ids}::bigint[]) order by ${r.repositoryId}, ${r.paperId}`)
  noteEvents(
    tx,
    rows.map((row) => ({ kind, ...row })),
  )
}

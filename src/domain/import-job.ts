import sql from 'sql-template-tag'
import type { Database } from '../db/client.ts'
import { LOCKS } from '../db/locks.ts'

/**
 * The numbers of the imports that a process is at. It holds a lock for each, which falls with it: so an import that is said to
 * be running, and is not among these, was interrupted.
 */
export const LIVE_JOBS = sql`(select l.objid::bigint from pg_locks l
  where l.locktype = 'advisory' and l.granted and l.classid = ${LOCKS.import}::oid and l.objsubid = 2
    and l.database = (select oid from pg_database where datname = current_database()))`

/** Whether the last import of a file did not come to its end, and nobody is at it. The path is absolute. */
export async function isUnfinished(db: Database, path: string): Promise<boolean> {
  const [row] = await db.query<{ isUnfinished: boolean }>(sql`
    select j.state <> 'done' and j.id not in ${LIVE_JOBS} as "isUnfinished"
    from import_jobs j join import_files f on f.job_id = j.id and f.path = ${path}::text
    order by j.id desc limit 1`)
  return row?.isUnfinished ?? false
}

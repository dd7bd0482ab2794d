import sql from 'sql-template-tag'
import { LOCKS } from '../db/locks.ts'

/**
 * The numbers of the imports that a process is at. It holds a lock for each, which falls with it: so an import that is said to
 * be running, and is not among these, was interrupted.
 */
export const LIVE_JOBS = sql`(select l.objid::bigint from pg_locks l
  where l.locktype = 'advisory' and l.granted and l.classid = ${LOCKS.import}::oid and l.objsubid = 2
    and l.database = (select oid from pg_database where datname = current_database()))`

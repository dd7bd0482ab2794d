/** Drops the indexes that no constraint needs, and returns the statements that recreate them. */
export async function dropIndexes(sql) {
  const rows = await sql`
    select c.relname as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i join pg_class c on c.oid = i.indexrelid
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public'
      and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`
  for (const row of rows) await sql.unsafe(`drop index "${row.name}"`)
  return rows.map((row) => row.definition)
}

/** The rows are consistent by construction: checking each foreign key would double the time. */
export const CONNECTION = { session_replication_role: 'replica', maintenance_work_mem: '512MB' }

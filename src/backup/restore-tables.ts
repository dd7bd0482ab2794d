import pg from 'pg'

/**
 * Runs `work` on tables without indexes, foreign keys and triggers, which are recreated afterwards. This is faster than updating them
 * with each row, and allows rows in any order. Primary keys and other constraints are checked as always.
 */
export async function withBareTables(
  client: pg.ClientBase,
  tables: string[],
  work: () => Promise<void>,
): Promise<void> {
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i join pg_class c on c.oid = i.indrelid
     where c.relnamespace = 'public'::regnamespace and c.relname = any($1)
       and not exists (select from pg_constraint where conindid = i.indexrelid)`,
    [tables],
  )
  const { rows: keys } = await client.query<{ table: string; name: string; definition: string }>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
  )
  const { rows: triggers } = await client.query<{ table: string; name: string }>(
    `select tgrelid::regclass::text as table, quote_ident(tgname) as name from pg_trigger
     where not tgisinternal and tgrelid in
       (select oid from pg_class where relnamespace = 'public'::regnamespace)`,
  )
  // Rows that migrations inserted are also in the backup.
  await client.query(
    `truncate ${tables.map((name) => `public.${pg.escapeIdentifier(name)}`).join(', ')}`,
  )
  for (const { table, name } of triggers)
    await client.query(`alter table ${table} disable trigger ${name}`)
  for (const { table, name } of keys)
    await client.query(`alter table ${table} drop constraint ${name}`)
  for (const { name } of indexes) await client.query(`drop index ${name}`)
  await work()
  for (const { definition } of indexes) await client.query(definition)
  for (const { table, name, definition } of keys)
    await client.query(`alter table ${table} add constraint ${name} ${definition}`)
  for (const { table, name } of triggers)
    await client.query(`alter table ${table} enable trigger ${name}`)
}

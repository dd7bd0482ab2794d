import type pg from 'pg'
import { AppError } from '../errors.ts'

/**
 * Drops everything that migrations created, in the transaction of `client`: tables, views, functions, types and the list of migrations.
 * Extensions stay. Throws CONFLICT when the schema public has tables of other programs, which may depend on dropped objects.
 */
export async function wipe(
  client: pg.ClientBase,
  found: string[],
  expected: string[],
): Promise<void> {
  const others = found.filter((name) => !expected.includes(name))
  if (others.length > 0)
    throw new AppError(
      'CONFLICT',
      `The database also holds tables of another program (${others.slice(0, 5).join(', ')}). Restore into a database of its own.`,
    )
  await client.query('drop schema if exists drizzle cascade')
  await client.query(DROP_ALL)
}

/** Drops all objects in the schema public, except those of extensions. */
const DROP_ALL = `
do $$
declare
  one record;
begin
  for one in
    select format('drop %s if exists %s cascade',
      case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'f' then 'foreign table' when 'c' then 'type' else 'table' end,
      format('public.%I', relname)) as command
    from pg_class c
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'c', 'f')
      and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e')
  loop execute one.command; end loop;
  for one in
    select format('drop routine if exists public.%I(%s) cascade', proname,
      pg_get_function_identity_arguments(p.oid)) as command
    from pg_proc p
    where pronamespace = 'public'::regnamespace
      and not exists (select from pg_depend where classid = 'pg_proc'::regclass and objid = p.oid and deptype = 'e')
  loop execute one.command; end loop;
  for one in
    select format('drop type if exists public.%I cascade', typname) as command
    from pg_type t
    where typnamespace = 'public'::regnamespace and typtype in ('e', 'd')
      and not exists (select from pg_depend where classid = 'pg_type'::regclass and objid = t.oid and deptype = 'e')
  loop execute one.command; end loop;
  for one in
    select format('drop text search configuration if exists public.%I cascade', cfgname) as command
    from pg_ts_config c
    where cfgnamespace = 'public'::regnamespace
      and not exists (select from pg_depend where classid = 'pg_ts_config'::regclass and objid = c.oid and deptype = 'e')
  loop execute one.command; end loop;
end $$`

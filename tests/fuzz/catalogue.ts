import sql from 'sql-template-tag'
import { createCitedDatabase } from '../graphql/cited-catalogue.ts'
import type { TestDatabase } from '../helpers/database.ts'

/** Numbers whose text differs between PostgreSQL and JavaScript, or nearly does. */
const SCORES = [
  ...['1e-7', '1e-6', '0.00001234', '0.0001', '0.1', '0.3', '-0', '0', '1', '16777216', '1e6'],
  ...['123456.7', '1234567.9', '1e20', '1e21', '3.4e38', '1.2e-38', '0.33333334', '-2.5e-8'],
]

const AWKWARD_TEXT = `'"\\ \b\f\n\r\t\u0001\u001f\u007f</script>\u2028 \u{1f600} é '' $1 \\u0001 {"a":1}`

/** The catalogue with citations, with values whose text depends on the writer. */
export async function createFuzzedDatabase(): Promise<TestDatabase> {
  const { t } = await createCitedDatabase()
  await t.db.query(sql`
    update paper_topics set score = (${SCORES}::text[])[1 + (paper_id * 7 + topic_id) % ${SCORES.length}::int]::real
    where paper_id % 3 <> 0`)
  await t.db.query(sql`
    update papers set title = ${AWKWARD_TEXT}, landing_url = 'https://EXAMPLE.org/a b/../c' where id % 17 = 5`)
  await t.db.query(
    sql`update papers set pdf_url = 'https://example.org/a/b.pdf?x=1' where id % 5 = 1`,
  )
  await t.db.query(sql`
    with job as (
      insert into import_jobs (format, state, read_count) values
        ('arxiv', 'done', 2147483647), ('jsonl', 'failed', 1), ('bibtex', 'running', 0) returning id)
    insert into import_files (job_id, place, name, size_bytes, read_count, bytes_read)
      select id, place, 'file ' || place, nullif(place, 1) * 9007199254740991 / 2, place, place
      from job, generate_series(1, 2) as place`)
  return t
}

import { chunk } from 'es-toolkit'
import { alias, columns, recordset, type Sql, sql } from '../../../db/sql.ts'
import { acronyms, paperNames } from '../../../db/tables/naming.ts'
import { papers } from '../../../db/tables/papers.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { type Naming, UNNAMED } from './definitions.ts'

const a = alias(acronyms, 'a')
const n = alias(paperNames, 'n')
const p = alias(papers, 'p')

/** The usual long form of an acronym: in several papers, and in most of those that explain it. */
interface UsualForm {
  key: string
  long_query: string
}

/** The condition of `acronyms_usual_idx`. */
const IS_USUAL = sql`${a.paperCount} >= 3 and ${a.share} >= 0.5`

/** Acronyms by their usual long form, as `spelt` writes it. */
export type UsualForms = ReadonlyMap<string, readonly string[]>

/** Maximum number of words of a long form searched in titles. */
const MOST_WORDS = 6
const BATCH = 5_000

/** The usual long forms of all acronyms, or of some. */
export async function readUsual(tx: Transaction, keys: Sql | null): Promise<UsualForm[]> {
  return tx.query<UsualForm>(sql`
    select ${a.key}, ${a.longQuery} from ${a}
    where ${IS_USUAL} and ${keys ? sql`${a.key} = any(${keys})` : sql`true`}
    order by ${a.key}, ${a.longQuery}`)
}

export function byLongForm(forms: readonly UsualForm[]): UsualForms {
  const keys = new Map<string, string[]>()
  for (const { key, long_query: query } of forms)
    keys.set(spelt(query), [...(keys.get(spelt(query)) ?? []), key])
  return keys
}

/** Spells "net" as "network". */
const spelt = (query: string) => query.replaceAll("'net'", "'network'")
const inEitherSpelling = (query: string) =>
  spelt(query).replaceAll("'network'", "('network' | 'net')")

/** The acronyms whose long form a title (given as its vector) has: the paper may have introduced it before others abbreviated it. */
export function unnamedIn(vector: string, usual: UsualForms): Naming[] {
  if (usual.size === 0) return []
  const words = [...vector.matchAll(/('(?:[^']|'')*'):([\d,]+)/g)]
    .flatMap(([, word = '', places = '']) =>
      places.split(',').map((place) => ({ word: spelt(word), place: Number(place) })),
    )
    .sort((x, y) => x.place - y.place)
  const found = new Map<string, Naming>()
  for (const [from, first] of words.entries()) {
    // After a distinguishing word it is a variant. Stop words leave only a gap.
    const before = words[from - 1]
    if (before && first.place - before.place === 1 && !BETWEEN.has(before.word)) continue
    let query = first.word
    let at = first.place
    for (const { word, place } of words.slice(from + 1, from + MOST_WORDS)) {
      query += place - at === 1 ? ` <-> ${word}` : ` <${place - at}> ${word}`
      at = place
      for (const key of usual.get(query) ?? [])
        if (!found.has(key))
          found.set(key, {
            ...{ key, long: null },
            strength: from === 0 ? UNNAMED.ahead : UNNAMED.within,
          })
    }
  }
  return [...found.values()]
}

/** Words, other than stop words, that may precede a name without belonging to it. */
const BETWEEN = new Set(["'via'", "'use'", "'toward'", "'beyond'", "'introduc'"])

/** Adds the titles with long forms that became usual, and deletes those of long forms that are no longer usual. */
export async function followUsual(
  tx: Transaction,
  before: readonly UsualForm[],
  now: readonly UsualForm[],
): Promise<void> {
  const nameOf = ({ key, long_query }: UsualForm) => `${key} ${long_query}`
  const [old, current] = [new Set(before.map(nameOf)), new Set(now.map(nameOf))]
  const gone = before.filter((form) => !current.has(nameOf(form))).map(({ key }) => key)
  const added = now.filter((form) => !old.has(nameOf(form)))
  if (gone.length > 0)
    await tx.query(sql`
      delete from ${n} where ${n.key} = any(${gone}::text[])
        and ${n.strength} in (${UNNAMED.within}::smallint, ${UNNAMED.ahead}::smallint)`)
  if (added.length === 0) return
  const usual = byLongForm(added)
  const queries = [...new Set(added.map(({ long_query }) => inEitherSpelling(long_query)))]
  for (const some of chunk(queries, BATCH)) {
    const titles = await tx.query<{ id: number; words: string }>(sql`
      select distinct on (x.id) x.id, x.words from unnest(${some}::text[]) as q(query)
      cross join lateral (
        select ${p.id}, ${p.titleSearch}::text as words from ${p} where ${p.titleSearch} @@ q.query::tsquery offset 0) x
      order by x.id`)
    const rows = titles.flatMap(({ id, words }) =>
      unnamedIn(words, usual).map((naming) => ({ ...naming, paperId: id })),
    )
    for (const part of chunk(rows, BATCH)) await insertUnnamed(tx, part)
  }
}

/** Inserts names found in titles. Stronger evidence of the same paper stays. */
async function insertUnnamed(tx: Transaction, rows: readonly (Naming & { paperId: number })[]) {
  const keys = ['paperId', 'key', 'long', 'strength'] as const
  await tx.query(sql`
    insert into ${paperNames} (${columns(paperNames, ...keys)})
    select r.paper_id, r.key, r.long, r.strength from ${recordset(paperNames, 'r', keys, rows)}
    on conflict do nothing`)
}

import type { Database } from '../../../db/client.ts'
import { alias, columns, raw, sql } from '../../../db/sql.ts'
import { authorIdentifiers, authors } from '../../../db/tables/authors.ts'
import { givenNamesByFamily, indexedBlock } from '../name-block.ts'
import { familyKey } from '../name-fit.ts'
import { parsePersonName } from '../person-name.ts'
import { type Named, rivalsAmong } from './rivals.ts'

/** Limits for one family name and initial: names read, and authors read as possible rivals, including the author. */
const [NAMES, OTHERS] = [raw('1000'), raw('51')]

const a = alias(authors, 'a')
const c = alias(authors, 'c')
const r = alias(authors, 'r')
const i = alias(authorIdentifiers, 'i')
const j = alias(authorIdentifiers, 'j')

/** Other authors with the family name and initial of an author. */
interface Namesakes {
  /** Number of different given names with the author's family name and initial. */
  givenNames: number
  /** Authors who may have written some of the papers. */
  rivals: number[]
}

interface NamesakesRow {
  id: number
  name: string
  other_names: string
  paper_count: number
  block: string
  identifiers: string[]
  /** Set for the first author of a block only: all its authors have the same. */
  names: string[] | null
  others: Named[] | null
}

/** Others with the family name and initial of each author: those with the most papers, for authors who have several papers. One statement for all. */
export async function readNamesakes(
  db: Database,
  authorIds: readonly number[],
): Promise<Map<number, Namesakes>> {
  const rows = await db.query<NamesakesRow>(sql`
    select own.id, own.name, own.other_names, own.paper_count, own.block,
      array(select ${i.scheme} || ':' || ${i.value} from ${i} where ${i.authorId} = own.id) as identifiers,
      case when own.nth = 1 then array(select ${c.name} from ${c} where ${indexedBlock(c)} = own.block
        order by ${c.paperCount} desc, ${c.id} limit ${NAMES}) end as names,
      case when own.nth = 1 and own.most > 1 then (
        select json_agg(json_build_object('id', o.id, 'name', o.name, 'identifiers', o.identifiers)) from (
          select ${r.id}, ${r.name}, array(select ${j.scheme} || ':' || ${j.value} from ${j} where ${j.authorId} = ${r.id}) as identifiers
          from ${r} where ${indexedBlock(r)} = own.block order by ${r.paperCount} desc, ${r.id} limit ${OTHERS}) o) end as others
    from (
      select ${columns(a, 'id', 'name', 'otherNames', 'paperCount')}, ${indexedBlock(a)} as block,
        row_number() over (partition by ${indexedBlock(a)}) as nth, max(${a.paperCount}) over (partition by ${indexedBlock(a)}) as most
      from ${a} where ${a.id} = any(${[...authorIds]}::bigint[])) own`)
  const blocks = new Map(
    rows.flatMap(({ block, names, others }) => {
      if (!names) return []
      const given = givenNamesByFamily(names.flatMap((printed) => parsePersonName(printed) ?? []))
      return [[block, { given, others: others ?? [] }]]
    }),
  )
  return new Map(
    rows.flatMap(({ id, name: printed, other_names, paper_count, block, identifiers }) => {
      const name = parsePersonName(printed)
      const known = blocks.get(block)
      if (!name || !known) return []
      const own = { name: printed, identifiers, otherNames: other_names.split(' / ') }
      const others = paper_count > 1 ? known.others.filter((other) => other.id !== id) : []
      const givenNames = known.given.get(familyKey(name.family))?.size ?? 0
      return [[id, { givenNames, rivals: rivalsAmong(own, others) }]]
    }),
  )
}

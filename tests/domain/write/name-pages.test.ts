import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { resolveAuthors } from '../../../src/domain/identity/lookup/resolution.ts'
import { withAuthorIds } from '../../../src/domain/papers/author-filter.ts'
import type { AuthorClaim, PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { countSearch, planSearch } from '../../../src/domain/search/search.ts'
import { settlePeople } from '../../../src/domain/write/authors/evidence/settle.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { NOTHING } from '../../../src/sql/selection.ts'
import { drawn } from '../../fuzz/random.ts'
import { emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { catalogueOfFile } from '../../helpers/writer.ts'

const random = drawn()

const t = catalogueOfFile()

const LABS = ['Institute of Lakes, Kleve', 'School of Reptiles, Bergen']

/** An author on their page of the ACL Anthology. */
const onPage = (name: string, affiliation: string, page: string): AuthorClaim => ({
  name,
  affiliation,
  identifiers: [{ scheme: 'acl', value: page }],
})

/** Two papers of each of two labs, by the keys `a0`, `a1`, `b0` and `b1`; those of a lab share their co-authors. */
function papersOfLabs(name: string, page: string): PaperRecord[] {
  return LABS.flatMap((lab, i) => {
    const coAuthors = ['Zebulon', 'Philomena'].map((given) => ({
      name: `${given} ${i === 0 ? 'Quirrell' : 'Sandvoort'}`,
      affiliation: lab,
      identifiers: [],
    }))
    return [0, 1].map((place) =>
      paperRecord({
        key: `${'ab'[i]}${place}`,
        title: i === 0 ? `Perch in winter ${place}` : `Lizards of the dunes ${place}`,
        authors: [onPage(name, lab, page), ...coAuthors],
      }),
    )
  })
}

async function read(records: PaperRecord[]): Promise<void> {
  await t.run((tx) => writeRecords(tx, records))
  await settlePeople(t.url)
}

/** The papers of each author with this name. */
async function peopleCalled(name: string): Promise<string[]> {
  const rows = await t.db.query<{ keys: string }>(sql`
    select string_agg(s.key, ' ' order by s.key) as keys
    from authorships a join source_records s on s.paper_id = a.paper_id
    where a.name = ${name} group by a.author_id`)
  return rows.map(({ keys }) => keys).sort()
}

test.each([
  ['Wei Wang', 'wei-wang'],
  ['Jie Zhou', 'jie-zhou'],
  ['Lei Li', 'lei-li'],
])(
  '%s of two labs are two people, although they share a page, in any order',
  async (name, page) => {
    for (const size of [4, 2, 1]) {
      await emptyCatalogue(t.db)
      const records = random.shuffled(papersOfLabs(name, page))
      for (let at = 0; at < records.length; at += size) await read(records.slice(at, at + size))
      expect(await peopleCalled(name)).toEqual(['a0 a1', 'b0 b1'])
    }
  },
)

test.each([
  ['Maosong Sun', 'maosong-sun'],
  ['Dan Roth', 'dan-roth'],
  ['Wei Wang', 'wei-wang-ucla'],
])('%s on the page %s is one person', async (name, page) => {
  await emptyCatalogue(t.db)
  await read(papersOfLabs(name, page))
  expect(await peopleCalled(name)).toEqual(['a0 a1 b0 b1'])
})

const STRICT = { mode: 'strict', filter: {}, order: null } as const

test('the page of several authors leads to all of them, also by its URL', async () => {
  await emptyCatalogue(t.db)
  await read(papersOfLabs('Wei Wang', 'wei-wang'))
  const refs = ['acl:wei-wang', 'https://aclanthology.org/people/w/wei-wang/', 'Wei Wang']
  for (const found of await resolveAuthors(t.db, NOTHING, refs))
    expect(found).toMatchObject({ kind: 'ambiguous', authorCount: 2 })
  for (const ref of refs)
    await expect(withAuthorIds(t.db, { authors: [ref] })).rejects.toThrow('may mean 2 authors')
  for (const query of ['author:acl:wei-wang', 'author:"Wei Wang"'])
    expect(await countSearch(t.db, await planSearch(t.db, { ...STRICT, query }))).toBe(4)
})

test('people whom an older version joined by their page are separated at the next start', async () => {
  await emptyCatalogue(t.db)
  await read(papersOfLabs('Wei Wang', 'wei-wang'))
  const [one] = await t.db.query<{ id: number }>(
    sql`select min(author_id)::int as id from authorships where name = 'Wei Wang'`,
  )
  await t.run(async (tx) => {
    await tx.query(
      sql`update authorships set author_id = ${one?.id}::bigint, person = null, identifiers = '{acl:wei-wang}' where name = 'Wei Wang'`,
    )
    await tx.query(
      sql`insert into author_identifiers (scheme, value, author_id) values ('acl', 'wei-wang', ${one?.id}::bigint)`,
    )
    await tx.query(
      sql`delete from authors u where not exists (select from authorships a where a.author_id = u.id)`,
    )
    await tx.query(sql`update catalogue_rules set clustering_version = 0`)
  })
  expect(await peopleCalled('Wei Wang')).toEqual(['a0 a1 b0 b1'])
  await settlePeople(t.url)
  expect(await peopleCalled('Wei Wang')).toEqual(['a0 a1', 'b0 b1'])
  expect(await t.db.query(sql`select value from author_identifiers where scheme = 'acl'`)).toEqual(
    [],
  )
})

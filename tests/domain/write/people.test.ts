import sql from 'sql-template-tag'
import { describe, expect, test } from 'vitest'
import { mergeAuthors, splitAuthor } from '../../../src/domain/curation/authors.ts'
import { undoDecision } from '../../../src/domain/curation/curation.ts'
import { listDecisions } from '../../../src/domain/curation/list.ts'
import { type Decision, restoreDecisions } from '../../../src/domain/curation/restore.ts'
import { readProfiles } from '../../../src/domain/identity/profiles.ts'
import type { AuthorClaim, PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { settlePeople } from '../../../src/domain/write/authors/evidence/settle.ts'
import { removeRecords, writeRecords } from '../../../src/domain/write/catalogue.ts'
import { drawn } from '../../fuzz/random.ts'
import { emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { hasRealData, realRecords } from '../../helpers/real-records.ts'
import { atLeast } from '../../helpers/thorough.ts'
import { catalogueOfFile } from '../../helpers/writer.ts'

const random = drawn()

const t = catalogueOfFile()
const { run } = t

const KLEVE = 'Institute of Lakes, Kleve'

const by = { by: 'ada', reason: 'asked them' }

/** An import of these records, and the grouping of authors at its end. */
async function read(...records: PaperRecord[]): Promise<number> {
  await run((tx) => writeRecords(tx, records))
  return settlePeople(t.url)
}

const person = (name: string, affiliation: string | null = null, orcid?: string): AuthorClaim => ({
  name,
  affiliation,
  identifiers: orcid ? [{ scheme: 'orcid', value: orcid }] : [],
})

function paper(key: string, authors: AuthorClaim[], title = `The ${key} of ${key.repeat(4)}`) {
  return paperRecord({ key, title, authors })
}

/** A decision of this catalogue in the form for another one. */
function decisionFor(
  made: Awaited<ReturnType<typeof listDecisions>>[number] | undefined,
): Decision {
  return {
    kind: (made?.kind ?? 'merge-authors') as Decision['kind'],
    records: made?.records.map(({ paperId: _, title: __, ...record }) => record) ?? [],
    ...{ reason: null, decidedBy: 'ada', decidedAt: '2026-01-01T00:00:00Z' },
    ...{ undoneBy: null, undoneAt: null, undoneReason: null },
  }
}

/** The papers of each author with this word in a name, by the keys of their records. */
async function peopleCalled(word: string): Promise<string[]> {
  const rows = await t.db.query<{ keys: string[] }>(sql`
    select array(select s.key from authorships a join source_records s on s.paper_id = a.paper_id
      where a.author_id = u.id order by 1) as keys
    from authors u where name_key like ${`%${word}%`}`)
  return rows.map(({ keys }) => keys.join(' ')).sort()
}

async function authorOf(key: string, word: string): Promise<number> {
  const [row] = await t.db.query<{ id: number }>(sql`
    select a.author_id as id from authorships a join source_records s on s.paper_id = a.paper_id
    where s.key = ${key} and lower(a.name) like ${`%${word}%`}`)
  return row?.id ?? 0
}

/** Ids that redirect to another author. */
const redirects = () =>
  t.db.query<{ id: number; author_id: number }>(
    sql`select id, author_id from author_redirects where id <> author_id order by id`,
  )

describe('evidence', () => {
  test('joins nobody by the name alone, however rare it is, and joins a rare name by one thing in common', async () => {
    await read(
      paper('a', [person('Zebulon Quirrell', KLEVE)]),
      paper('b', [person('Zebulon Quirrell')]),
    )
    expect(await peopleCalled('quirrell')).toEqual(['a', 'b'])
    await read(paper('b', [person('Zebulon Quirrell', KLEVE)]))
    expect(await peopleCalled('quirrell')).toEqual(['a b'])
  })

  test('joins bylines into one author at the end of an import if it takes more than the name, and the old id redirects', async () => {
    const at = (key: string, name: string) => paper(key, [person(name, KLEVE)])
    await read(at('a', 'Zebulon Quirrell'))
    await run((tx) => writeRecords(tx, [at('b', 'Z. Quirrell')]))
    const [first, second] = [await authorOf('a', 'quirrell'), await authorOf('b', 'quirrell')]
    expect(second).not.toBe(first)
    await settlePeople(t.url)
    expect(await peopleCalled('quirrell')).toEqual(['a b'])
    expect(await redirects()).toEqual([{ id: second, author_id: first }])
    expect(await settlePeople(t.url)).toBe(0)
  })

  test('the official code of two papers in one account is evidence, whenever its records arrive, also under new rules', async () => {
    const known = (key: string) => ({
      title: `The ${key} of quantum lakes and turbid rivers`,
      identifiers: [{ scheme: 'doi' as const, value: `10.1/${key}` }],
    })
    const coded = (key: string, owner: string, isOfficial: boolean) => {
      const code = {
        host: 'github.com',
        owner,
        name: key,
        url: `https://github.com/${owner}/${key}`,
      }
      return paperRecord({
        ...{ source: 'pwc', key: `${key} code`, authors: [], ...known(key) },
        repositories: [{ ...code, isOfficial, evidence: 'curated', framework: null }],
      })
    }
    const titled = (key: string) =>
      paperRecord({ key, authors: [person('Zeyu Zhang')], ...known(key) })
    await read(...['a', 'b', 'c', 'd'].map(titled), coded('c', 'others', true))
    expect(await peopleCalled('zeyu')).toHaveLength(4)
    await read(coded('a', 'Kleve', true), coded('b', 'kleve', true), coded('d', 'kleve', false))
    expect(await peopleCalled('zeyu')).toEqual(['a a code b b code', 'c c code', 'd d code'])
    const id = await authorOf('a', 'zeyu')
    const places = (await readProfiles(t.db, [id])).get(id)?.places ?? []
    expect(places.map(({ owners }) => [...owners])).toEqual([['kleve'], ['kleve']])
    const said = () =>
      t.db.query<{ said: string }>(sql`select * from paper_evidence order by paper_id`)
    const before = await said()
    expect(before.map(({ said }) => said.split('\t')[5])).toEqual(['Kleve', 'kleve', 'others', ''])
    await t.db.query(sql`update paper_evidence set said = ''`)
    await t.db.query(sql`update catalogue_rules set clustering_version = 0`)
    expect(await settlePeople(t.url)).toBe(0)
    expect(await said()).toEqual(before)
  })

  test('gives the same authors as before until the end of an import, in any order and any batches', async () => {
    const records = [
      paper('a', [person('Zebulon Quirrell'), person('Yang Yang', KLEVE)]),
      paper('b', [person('Zebulon Quirrell', KLEVE), person('Yang Yang', KLEVE)]),
      paper('c', [person('Zébulon Quirrell'), person('Zebulon Quirrell')]),
      paper('d', [person('Zebulon Quirrell', null, '0000-0001'), person('Ada Quimby')]),
      paper('e', [person('Zebulon Quirrell', KLEVE, '0000-0002'), person('Ada Quimby')]),
      paper('f', [person('Z. Quirrell', KLEVE), person('Quimby, Ada')]),
      paper('g', [person('Zebulon Quirrell', KLEVE), person('Ada Quimby', null, '0000-0003')]),
    ]
    const found = []
    for (const size of [7, 3, 2, 1, 1]) {
      await emptyCatalogue(t.db)
      const mixed = random.shuffled(records)
      for (let at = 0; at < mixed.length; at += size)
        await run((tx) => writeRecords(tx, mixed.slice(at, at + size)))
      const unsettled = [await partition(), await peopleCalled('')]
      await settlePeople(t.url)
      found.push([unsettled, await partition()])
    }
    for (const one of found) expect(one).toEqual(found[0])
  })

  test('includes a whole byline, so that what joined somebody late in it is shown too', async () => {
    const crowd = Array.from({ length: 60 }, (_, i) =>
      person(`Ann Crowd${'abcdef'.charAt(i % 6).repeat(2 + i / 6)}`),
    )
    await read(...['a', 'b'].map((key) => paper(key, [...crowd, person('Zebulon Quirrell')])))
    const id = await authorOf('a', 'quirrell')
    const profile = (await readProfiles(t.db, [id])).get(id)
    expect(profile?.places.map(({ coAuthors }) => coAuthors.size)).toEqual([60, 60])
  })

  test('keeps two Yang Yangs apart who share a co-author, and joins the one who shares more', async () => {
    const [hong, qian] = [person('Ziyi Hong'), person('Fumin Qian')]
    await read(
      paper('a', [person('Yang Yang', 'UESTC Chengdu'), hong, qian]),
      paper('b', [person('Yang Yang', 'Haizhi Hospital'), hong]),
      paper('c', [person('Yang Yang', 'UESTC Chengdu'), hong, qian]),
    )
    expect(await peopleCalled('yang')).toEqual(['a c', 'b'])
  })

  test('never joins groups, single words, two scripts, capitals that may be initials, or long bylines', async () => {
    const crowd = Array.from({ length: 101 }, (_, i) => person(`Member Nr${i}`))
    const odd = [
      ...['Zebulon QUIRRELL 张伟', 'QUIRRELL ZB', 'The Quirrell Laboratory'],
      ...['Quirrell', 'Anonymous Quirrell', 'Z Q', 'Quirrell et al.'],
    ]
    await read(
      ...['a', 'b'].flatMap((key) => [
        ...odd.map((name, i) =>
          paper(`${key}${i}`, [person(name, KLEVE)], `${key} ${name} ${i} of many`),
        ),
        paper(
          `${key}${odd.length}`,
          [person('Zebulon Quirrell', KLEVE), ...crowd],
          `${key} by a crowd`,
        ),
      ]),
    )
    expect((await peopleCalled('')).filter((keys) => keys.includes(' '))).toEqual([])
  })

  test('is overruled by a later identifier', async () => {
    const same = [person('Zebulon Quirrell', KLEVE), person('Zebulon Quirrell', KLEVE)]
    await read(...same.map((one, i) => paper(`a${i}`, [one])))
    expect(await peopleCalled('quirrell')).toEqual(['a0 a1'])
    const old = await authorOf('a0', 'quirrell')
    await read(
      paper('a0', [person('Zebulon Quirrell', null, '0000-0001')]),
      paper('a1', [person('Zebulon Quirrell', null, '0000-0002')]),
    )
    expect(await peopleCalled('quirrell')).toEqual(['a0', 'a1'])
    expect([await authorOf('a0', 'quirrell'), await authorOf('a1', 'quirrell')]).toContain(old)
    await read(paper('a1', [person('Zebulon Quirrell', null, '0000-0001')]))
    expect(await peopleCalled('quirrell')).toEqual(['a0 a1'])
  })

  test('follows changed and deleted papers', async () => {
    const hong = [person('Ziyi Hong'), person('Fumin Qian')]
    const yang = (key: string, more: AuthorClaim[]) =>
      paper(key, [person('Yang Yang', 'UESTC Chengdu'), ...more])
    await read(yang('a', hong), yang('b', hong))
    expect(await peopleCalled('yang')).toEqual(['a b'])
    await read(yang('b', []))
    expect(await peopleCalled('yang')).toEqual(['a', 'b'])
    await read(yang('b', hong))
    await run((tx) => removeRecords(tx, [{ source: 'test', key: 'a' }]))
    await settlePeople(t.url)
    expect(await peopleCalled('yang')).toEqual(['b'])
  })
})

test('catalogues of older versions are regrouped, with the identifiers of their authors', async () => {
  await read(
    paper('a', [person('Zebulon Quirrell', null, '0000-0001')]),
    paper('b', [person('Zebulon Quirrell')]),
    paper('c', [person('Ada Quimby')]),
  )
  const before = await peopleCalled('')
  await run(async (tx) => {
    await tx.query(sql`update authorships set name_block = null, person = null, identifiers = null`)
    await tx.query(sql`update catalogue_rules set clustering_version = 0`)
  })
  await settlePeople(t.url)
  expect(await peopleCalled('')).toEqual(before)
  const [row] = await t.db.query(sql`
    select count(*)::int as named, count(person)::int as joined from authorships where name_block <> ''`)
  expect(row).toEqual({ named: 3, joined: 0 })
})

describe('decisions on authors', () => {
  test('hold whatever is read later, until they are undone', async () => {
    const wang = (key: string, orcid?: string) => paper(key, [person('Wei Wang', null, orcid)])
    await read(wang('a', '0000-0001'), wang('b', '0000-0002'), wang('c'))
    const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((key) => authorOf(key, 'wang')))
    const merged = await run((tx) => mergeAuthors(tx, [a ?? 0, b ?? 0, c ?? 0], by))
    await settlePeople(t.url)
    expect(merged.authorIds).toEqual([a])
    expect(await peopleCalled('wang')).toEqual(['a b c'])
    // Like each later import: the papers change, are deleted and return.
    await run((tx) => removeRecords(tx, [{ source: 'test', key: 'c' }]))
    await read(
      { ...wang('b', '0000-0003'), abstract: 'New.' },
      wang('c', '0000-0002'),
      wang('d', '0000-0002'),
    )
    expect(await peopleCalled('wang')).toEqual(['a b c d'])
    const split = await run(async (tx) => {
      const [row] = await tx.query<{ id: number }>(
        sql`select paper_id as id from source_records where key = 'a'`,
      )
      return splitAuthor(tx, a ?? 0, [row?.id ?? 0], by)
    })
    expect(split.overridden).toEqual([merged.id])
    expect(split.authorIds[0]).toBe(a)
    expect(await peopleCalled('wang')).toEqual(['a', 'b c d'])
    await run((tx) => undoDecision(tx, split.id, by))
    expect(await peopleCalled('wang')).toEqual(['a b c d'])
    const undone = await run((tx) => undoDecision(tx, merged.id, by))
    expect(undone.authorIds).toHaveLength(3)
    await settlePeople(t.url)
    expect(await peopleCalled('wang')).toEqual(['a', 'b', 'c d'])
    expect((await listDecisions(t.db)).map(({ kind, undone }) => [kind, undone?.by])).toEqual([
      ['split-author', 'ada'],
      ['merge-authors', 'ada'],
    ])
  })

  test('a split holds against evidence and identifiers', async () => {
    const quirrell = (key: string, orcid?: string) =>
      paper(key, [person('Zebulon Quirrell', KLEVE, orcid)])
    await read(quirrell('a'), quirrell('b'), quirrell('c'))
    const author = await authorOf('a', 'quirrell')
    const [row] = await t.db.query<{ id: number }>(
      sql`select paper_id as id from source_records where key = 'b'`,
    )
    await run((tx) => splitAuthor(tx, author, [row?.id ?? 0], by))
    await settlePeople(t.url)
    expect(await peopleCalled('quirrell')).toEqual(['a c', 'b'])
    await read(quirrell('a', '0000-0001'), quirrell('b', '0000-0001'))
    expect(await peopleCalled('quirrell')).toEqual(['a c', 'b'])
  })

  test('a split makes a new author of papers in several spellings, joined later only by fitting papers', async () => {
    const quirrell = (key: string, given: string, { orcid = '', ben = false } = {}) =>
      paper(key, [
        person(
          `${given} Quirrell`,
          ben || orcid === '0000-0001' ? KLEVE : null,
          orcid || undefined,
        ),
        ...(ben ? [person('Ben Orchardson')] : []),
      ])
    const spun = ['Zebulon', 'Z. Q.', 'Zebulon Q.'].map((given, i) =>
      quirrell(`s${i}`, given, { ben: true }),
    )
    const named = ['0000-0001', '0000-0002'].map((orcid) =>
      quirrell(orcid.slice(-1), 'Zebulon Q.', { orcid }),
    )
    await read(...named, ...spun)
    expect(await peopleCalled('quirrell')).toHaveLength(2)
    const rows = await t.db.query<{ id: number }>(
      sql`select paper_id as id from source_records where key like 's%'`,
    )
    const author = await authorOf('s0', 'quirrell')
    await run((tx) =>
      splitAuthor(
        tx,
        author,
        rows.map(({ id }) => id),
        by,
      ),
    )
    await settlePeople(t.url)
    expect(await peopleCalled('quirrell')).toEqual(['1', '2', 's0 s1 s2'])
    const [made] = await listDecisions(t.db)
    await emptyCatalogue(t.db)
    await run((tx) => restoreDecisions(tx, [decisionFor(made)]))
    for (const record of [...spun, ...named].toReversed()) await read(record)
    expect(await peopleCalled('quirrell')).toEqual(['1', '2', 's0 s1 s2'])
    await read(quirrell('n', 'Zebulon', { ben: true }), quirrell('m', 'Zebulon'))
    expect(await peopleCalled('quirrell')).toEqual(['1', '2', 'm', 'n s0 s1 s2'])
    const kept = await listDecisions(t.db)
    await run((tx) => undoDecision(tx, kept[0]?.id ?? 0, by))
    await settlePeople(t.url)
    expect(await peopleCalled('quirrell')).toEqual(['1 n s0 s1 s2', '2', 'm'])
    const [changes] = await t.db.query<{ count: number }>(
      sql`select count(*)::int as count from identity_changes`,
    )
    expect(changes?.count).toBe(0)
  })

  test('are kept for another catalogue, even if its records arrive later', async () => {
    const wang = (key: string) => paper(key, [person('Wei Wang')])
    await read(wang('a'), wang('b'))
    const ids = [await authorOf('a', 'wang'), await authorOf('b', 'wang')]
    await run((tx) => mergeAuthors(tx, ids, by))
    const [decision] = await listDecisions(t.db)
    const kept = decisionFor(decision)
    await emptyCatalogue(t.db)
    await run((tx) => restoreDecisions(tx, [kept]))
    await read(wang('a'))
    await read(wang('b'))
    expect(await peopleCalled('wang')).toEqual(['a b'])
    expect(await run((tx) => restoreDecisions(tx, [kept]))).toEqual({
      created: 0,
      updated: 0,
      unchanged: 1,
    })
  })

  test.each([1, 2])('affect one of two people of a name on one paper: place %i', async (place) => {
    const twins = (key: string) => paper(key, [person('Wei Wang'), person('Wei Wang')])
    await read(twins('a'), paper('b', [person('Wei Wang')]))
    const wangs = async () => {
      const rows = await t.db.query<{ place: number; id: number }>(sql`
        select a.position::int as place, a.author_id as id from authorships a
        join source_records s on s.paper_id = a.paper_id order by s.key, a.position`)
      return rows.map(({ id }) => id)
    }
    const ids = await wangs()
    const decided = await run((tx) => mergeAuthors(tx, [ids[place - 1] ?? 0, ids[2] ?? 0], by))
    expect(decided.authorIds).toEqual([ids[place - 1]])
    const merged = ids.with(2, ids[place - 1] ?? 0)
    expect(await wangs()).toEqual(merged)
    await read(twins('a'))
    expect(await wangs()).toEqual(merged)
    await run((tx) => undoDecision(tx, decided.id, by))
    await settlePeople(t.url)
    expect(await wangs()).toEqual(ids)
    expect(await redirects()).toEqual([])
  })

  test("are refused for authors of one paper, for one author and for all of an author's papers", async () => {
    await read(paper('a', [person('Wei Wang'), person('Wei Wang')]), paper('b', [person('Bo Li')]))
    const both = await t.db.query<{ id: number }>(
      sql`select id from authors where name = 'Wei Wang'`,
    )
    const ids = both.map(({ id }) => id)
    await expect(run((tx) => mergeAuthors(tx, ids, by))).rejects.toThrow('names two of these')
    await expect(run((tx) => mergeAuthors(tx, ids.slice(1), by))).rejects.toThrow('two or more')
    const [a, b] = await t.db.query<{ id: number }>(sql`select id from papers order by title_key`)
    const split = (paperIds: number[]) => run((tx) => splitAuthor(tx, ids[0] ?? 0, paperIds, by))
    await expect(split([a?.id ?? 0])).rejects.toThrow(
      /^"[^"]+" \(\w+=*\) has one paper; expected an author of two or more/,
    )
    await expect(split([b?.id ?? 0])).rejects.toThrow(
      /^"\w+=*" is not a paper of "[^"]+" \(\w+=*\); expected/,
    )
  })
})

/** The bylines of each author. */
async function partition(): Promise<string[]> {
  const rows = await t.db.query<{ own: string }>(sql`
    select string_agg(k.records || ' ' || a.position, ', ' order by k.records, a.position) as own
    from authorships a join (select paper_id, min(source || ':' || key) as records from source_records
      where paper_id is not null group by 1) k on k.paper_id = a.paper_id
    group by a.author_id`)
  return rows.map(({ own }) => own).sort()
}

/** Like a change of each paper that leaves it unchanged. */
const lookAgain = () =>
  run((tx) =>
    tx.query(sql`
      insert into unsettled_names (names) select array_agg(distinct name_block) from authorships where name_block <> ''`),
  )

test('a keyword that becomes a topic later changes no author', async () => {
  const on = (key: string, name: string, keywords: string[]) => ({
    ...paper(key, [person(name, 'UESTC Chengdu')], `${key} graph lakes ${key.repeat(5)}`),
    keywords,
  })
  const shared = ['Graph Lakes', 'Lake Graphs']
  await read(on('a', 'Yang Yang', shared), on('b', 'Yang Yang', shared))
  const before = await partition()
  await read(
    ...['c', 'd', 'e', 'f', 'g', 'h'].map((key) => on(key, `Ada Quimby${key}`, ['Graph Lakes'])),
  )
  await lookAgain()
  expect(await settlePeople(t.url)).toBe(0)
  expect((await partition()).filter((own) => /[ab] /.test(own))).toEqual(before)
})

test.skipIf(!hasRealData)(
  'real records give the same people in any order and any number of imports',
  async () => {
    const records = await realRecords(5)
    await read(...records)
    const expected = await partition()
    await lookAgain()
    expect(await settlePeople(t.url)).toBe(0)
    expect(expected.filter((own) => own.includes(',')).length).toBeGreaterThan(5)
    const sizes = [Math.ceil(records.length / 3), ...atLeast([], [records.length])]
    for (const size of sizes) {
      await emptyCatalogue(t.db)
      const mixed = random.shuffled(records)
      for (let at = 0; at < mixed.length; at += size) await read(...mixed.slice(at, at + size))
      expect(await partition()).toEqual(expected)
    }
  },
)

test('catalogues of older rules get the new spellings of names', async () => {
  await emptyCatalogue(t.db)
  const names = ['Ivo Hatündrik', 'Ivo Patuendrik', 'Ivo Hatu\u0308nk', 'Ivo Sandor']
  await run((tx) =>
    writeRecords(
      tx,
      names.map((name, i) =>
        paperRecord({
          ...{ key: String(i), title: `Looms of the ${'abcd'[i]?.repeat(6)}` },
          authors: [{ name, affiliation: null, identifiers: [] }],
        }),
      ),
    ),
  )
  const read = () => t.db.query(sql`select other_names from authors order by id`)
  const before = await read()
  expect(before).toEqual(
    [' / ivo hatuendrik', ' / ivo patundrik', ' / ivo hatuenk', ''].map((other_names) => ({
      other_names,
    })),
  )
  await t.db.query(sql`update authors set other_names = ''`)
  await t.db.query(sql`update catalogue_rules set clustering_version = 0`)
  await settlePeople(t.url)
  expect(await read()).toEqual(before)
})

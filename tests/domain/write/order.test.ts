import fc from 'fast-check'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { mergePapers, splitPaper, undoDecision } from '../../../src/domain/curation/curation.ts'
import type { PaperIdentifier, PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { settlePeople } from '../../../src/domain/write/authors/evidence/settle.ts'
import { removeRecords, writeRecords } from '../../../src/domain/write/catalogue.ts'
import { createRandom } from '../../fuzz/random.ts'
import { dumpCatalogue, emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { atLeast } from '../../helpers/thorough.ts'
import { catalogueOfFile } from '../../helpers/writer.ts'

const t = catalogueOfFile()
const { run } = t

/** Number of cases of each property; more cases find more. */
const RUNS = Number(process.env.ORDER_RUNS ?? atLeast(4, 8))

const identifier = fc.oneof(
  fc
    // The last two are versions of one preprint.
    .constantFrom('10.1/a', '10.1/b', '10.1/c', '10.21203/rs.3.rs-1/v1', '10.21203/rs.3.rs-1/v2')
    .map((value): PaperIdentifier => ({ scheme: 'doi', value })),
  fc
    .constantFrom('2101.00001', '2101.00002')
    .map((value): PaperIdentifier => ({ scheme: 'arxiv', value })),
)
const authorIdentifier = fc.oneof(
  fc.constantFrom('1', '2', '3').map((value) => ({ scheme: 's2', value })),
  fc.constantFrom('A1', 'A2').map((value) => ({ scheme: 'openalex', value })),
  fc.constantFrom('0000-0001', '0000-0002').map((value) => ({ scheme: 'orcid', value })),
)
const author = fc.record({
  name: fc.constantFrom('Ada Lovelace', 'A. Lovelace', 'Alan Turing', 'Emmy Noether'),
  identifiers: fc.uniqueArray(authorIdentifier, {
    maxLength: 3,
    // No source gives a person two ORCID iDs.
    selector: ({ scheme, value }) => (scheme === 'orcid' ? scheme : `${scheme}:${value}`),
  }),
  affiliation: fc.option(fc.constantFrom('Royal Society', 'Cambridge')),
})
const repository = fc.constantFrom('one', 'two').map((name) => ({
  host: 'github.com',
  owner: 'ada',
  name,
  url: `https://github.com/ada/${name}`,
  isOfficial: name === 'one',
  evidence: 'curated' as const,
  framework: null,
}))
const venue = fc.constantFrom('acl', 'tacl').map((slug) => ({
  slug,
  name: slug.toUpperCase(),
  acronym: slug === 'acl' ? 'ACL' : null,
  kind: 'conference' as const,
}))
const topic = fc.record({
  slug: fc.constantFrom('parsing', 'merging'),
  // The best name ever read stays, so the names that sources give topics do not matter here.
  name: fc.constant('Merging'),
  kind: fc.constant('keyword' as const),
  score: fc.option(fc.constantFrom(0.5, 1)),
  source: fc.constantFrom('text', 'keywords'),
})

/** A version of a record: most have a title, some wait for their paper. */
const version: fc.Arbitrary<Partial<PaperRecord>> = fc
  .record({
    title: fc.constantFrom(
      'On the merging of many catalogues',
      'On the Merging of many Catalogues.',
      'On the merging of many catalogs',
      'On the merging of many catalogues: a survey',
      'A second paper of the same sort',
      'Short title',
      '',
    ),
    kind: fc.constantFrom('preprint' as const, 'journal_article' as const),
    published: fc.constantFrom(
      null,
      { on: '2019-01-01', precision: 'year' as const },
      { on: '2020-05-01', precision: 'month' as const },
      { on: '2021-01-01', precision: 'year' as const },
    ),
    abstract: fc.option(fc.constantFrom('One abstract.', 'An other abstract.')),
    citationCount: fc.option(fc.constantFrom(1, 5)),
    identifiers: fc.uniqueArray(identifier, { maxLength: 2, selector: ({ value }) => value }),
    authors: fc.array(author, { maxLength: 3 }),
    venue: fc.option(venue),
    topics: fc.uniqueArray(topic, { maxLength: 2, selector: ({ slug }) => slug }),
    repositories: fc.uniqueArray(repository, { maxLength: 2, selector: ({ name }) => name }),
    references: fc.array(
      fc.record({
        identifiers: fc.array(identifier, { maxLength: 2 }),
        title: fc.constant('Cited'),
      }),
      { maxLength: 2 },
    ),
  })
  .map((record) =>
    // The guard refuses a record without both.
    record.title === '' && record.identifiers.length === 0
      ? { ...record, identifiers: [{ scheme: 'doi' as const, value: '10.1/a' }] }
      : record,
  )

const SOURCES = ['arxiv', 'crossref', 's2']
/** Versions of up to eight records; the last one of each is the newest. */
const history = fc
  .array(fc.array(version, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 7 })
  .map((records) =>
    records.map((versions, i) =>
      versions.map((over) =>
        paperRecord({ ...over, source: SOURCES[i % SOURCES.length] ?? '', key: `k${i}` }),
      ),
    ),
  )

const newest = (records: PaperRecord[][]) => records.flatMap((versions) => versions.at(-1) ?? [])

/** Some of the batches end an import, where people are grouped by evidence, as they are at the end. */
async function freshDump(batches: PaperRecord[][]) {
  await emptyCatalogue(t.db)
  for (const [i, batch] of batches.entries()) {
    if (batch.length > 0) await run((tx) => writeRecords(tx, batch))
    if (i % 3 === 1) await settlePeople(t.url)
  }
  return settledDump()
}

async function settledDump() {
  await settlePeople(t.url)
  const dump = await dumpCatalogue(t.db)
  expect(await settlePeople(t.url)).toBe(0)
  return dump
}

/** All versions, those of one record in their order, shuffled and divided into batches by the seed. */
function shuffled(records: PaperRecord[][], seed: number): PaperRecord[][] {
  const random = createRandom(seed)
  const left = records.map((versions) => [...versions])
  const batches: PaperRecord[][] = [[]]
  while (left.some(({ length }) => length > 0)) {
    const open = left.filter(({ length }) => length > 0)
    const record = random.pick(open).shift()
    if (!record) break
    const batch = batches.at(-1) ?? []
    if (random.chance(1 / 2) || batch.some(({ key }) => key === record.key)) batches.push([record])
    else batch.push(record)
  }
  return batches
}

test('the catalogue depends only on the newest records', async () => {
  await fc.assert(
    fc.asyncProperty(history, fc.nat(), async (records, seed) => {
      const expected = await freshDump([newest(records)])
      const batches = shuffled(records, seed)
      expect(await freshDump(batches)).toEqual(expected)
      await run((tx) => writeRecords(tx, newest(records)))
      expect(await settledDump()).toEqual(expected)
    }),
    { numRuns: RUNS },
  )
}, 2_000_000)

test('removed records leave nothing behind', async () => {
  await fc.assert(
    fc.asyncProperty(history, fc.nat(), fc.nat({ max: 127 }), async (records, seed, mask) => {
      const kept = records.filter((_, i) => (mask >> i) % 2 === 0)
      const gone = records.filter((_, i) => (mask >> i) % 2 === 1).flatMap(([one]) => one ?? [])
      const expected = await freshDump([newest(kept)])
      await freshDump(shuffled(records, seed))
      await run((tx) => removeRecords(tx, gone))
      expect(await settledDump()).toEqual(expected)
    }),
    { numRuns: RUNS },
  )
}, 2_000_000)

type Step = { kind: 'merge' | 'split'; pick: number; other: number }
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('merge' as const, 'split' as const),
  pick: fc.nat(),
  other: fc.nat(),
})
const by = { by: 'ada', reason: null }

/** Makes a decision on some papers of the catalogue; null if it is impossible, as for a paper of one record. */
async function decide({ kind, pick, other }: Step): Promise<number | null> {
  const rows = await t.db.query<{ id: number; keys: { source: string; key: string }[] }>(sql`
    select paper_id as id, json_agg(json_build_object('source', source, 'key', key) order by source, key) as keys
    from source_records where paper_id is not null group by paper_id order by min(source || key)`)
  const at = <T>(list: T[], n: number) => list[n % Math.max(1, list.length)]
  const [one, two] = [at(rows, pick), at(rows, other)]
  if (!one || !two || (kind === 'merge' && one === two)) return null
  const off = at(one.keys, other)
  try {
    const { id } = await run((tx) =>
      kind === 'merge'
        ? mergePapers(tx, [one.id, two.id], by)
        : splitPaper(tx, one.id, off ? [off] : [], by),
    )
    return id
  } catch (error) {
    if ((error as { code?: string }).code === 'BAD_USER_INPUT') return null
    throw error
  }
}

test('decisions hold whatever the order of the records, and leave nothing behind when undone', async () => {
  await fc.assert(
    fc.asyncProperty(
      history,
      fc.nat(),
      fc.array(step, { minLength: 1, maxLength: 4 }),
      async (records, seed, steps) => {
        const undecided = await freshDump([newest(records)])
        const decisions: number[] = []
        for (const one of steps)
          decisions.push(...([await decide(one)].filter((id) => id !== null) as number[]))
        const decided = await settledDump()
        await run((tx) => writeRecords(tx, newest(records)))
        expect(await settledDump()).toEqual(decided)
        await run((tx) => removeRecords(tx, newest(records)))
        for (const batch of shuffled(records, seed))
          if (batch.length > 0) await run((tx) => writeRecords(tx, batch))
        expect(await settledDump()).toEqual(decided)
        const order = decisions.toSorted(
          (a, b) => ((a * 7919 + seed) % 11) - ((b * 7919 + seed) % 11),
        )
        for (const id of order) await run((tx) => undoDecision(tx, id, by))
        expect(await settledDump()).toEqual(undecided)
      },
    ),
    { numRuns: RUNS },
  )
}, 2_000_000)

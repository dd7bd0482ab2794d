import fc from 'fast-check'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { type EvidenceKind, measure, weighed } from '../../../src/domain/identity/evidence.ts'
import { type PrintedPlace, readProfiles } from '../../../src/domain/identity/profiles.ts'
import { readIdentities } from '../../../src/domain/identity/reasons/identity.ts'
import { readSimilarAuthors } from '../../../src/domain/identity/similar/similar.ts'
import { settlePeople } from '../../../src/domain/write/authors/evidence/settle.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { atLeast } from '../../helpers/thorough.ts'
import { catalogueOfFile } from '../../helpers/writer.ts'

const t = catalogueOfFile()

/** Weights by the kind of reason under which they are shown. */
const WEIGHED: Record<string, EvidenceKind[]> = {
  co_authors: ['coAuthor', 'coAuthorOfCommon', 'moreCoAuthors', 'coAuthorOfMany'],
  affiliation: ['affiliation', 'otherAffiliation', 'initialAffiliation'],
  title_words: ['titleWord'],
  topics: ['topic'],
  venue: ['venue'],
}
/** Minimum share of the logarithm of the odds for a reason. */
const SAYS = 0.3

/** The data of a person's paper, in one of the forms in which papers print them. */
const paper = fc.record({
  name: fc.constantFrom('Zebulon Quirrell', 'Z. Quirrell', 'Zebulon B. Quirrell'),
  affiliation: fc.constantFrom(
    null,
    'Kleve University',
    'School of Software, Kleve University',
    'Dept. of Lakes, Kleve University',
    'Dept. of Lakes, Kleve University, 47533 Kleve, Germany',
    'Norderney Tide Lab',
    'School of Software',
  ),
  coAuthors: fc.subarray(
    [
      ['Jürgen Ørsted', 'Jurgen Ørsted', 'JÜRGEN ØRSTED'],
      ['Anne-Marie Vandermoor', 'Anne Marie Vandermoor'],
    ].map((ways) => fc.constantFrom(...ways)),
  ),
  keywords: fc.subarray(['Brackish lakes', 'brackish lake', 'eels']),
  title: fc.constantFrom('Of Ferns', 'Glaciers of Svalbard', 'Moraines, Svalbard', 'Editorial'),
  venue: fc.constantFrom(null, 'Annals of Water'),
})

const drawn = paper.chain(({ coAuthors, ...rest }) =>
  fc.tuple(...coAuthors).map((names) => ({ ...rest, coAuthors: names as string[] })),
)
interface Drawn {
  name: string
  affiliation: string | null
  coAuthors: string[]
  keywords: string[]
  title: string
  venue: string | null
}

const slugOf = (venue: string) => venue.toLowerCase().replaceAll(' ', '-')

const recordOf = (papers: readonly Drawn[], n: number, hasOrcid = false) => {
  const { name, affiliation, coAuthors, keywords, title, venue } = papers[n] as Drawn
  return paperRecord({
    ...{ key: String(n), title, keywords },
    identifiers: [{ scheme: 'doi', value: `10.5555/${n}` }],
    published: { on: `${2001 + n}-01-01`, precision: 'year' },
    venue:
      venue === null ? null : { slug: slugOf(venue), acronym: null, name: venue, kind: 'journal' },
    authors: [
      {
        ...{ name, affiliation },
        identifiers: hasOrcid ? [{ scheme: 'orcid' as const, value: '0000-0001' }] : [],
      },
      ...coAuthors.map((one) => ({ name: one, affiliation: null, identifiers: [] })),
    ],
  })
}

async function write(papers: readonly Drawn[], orcids: readonly boolean[] = []): Promise<void> {
  const records = papers.map((_, n) => recordOf(papers, n, orcids[n]))
  await t.run((tx) => writeRecords(tx, records))
  await settlePeople(t.url)
}

async function ids(): Promise<number[]> {
  const rows = await t.db.query<{ id: number }>(sql`select id from authors order by id`)
  return rows.map(({ id }) => id)
}

/** Kinds of evidence that make the best agreeing other place likely to be the same person. */
function decisiveOf(place: PrintedPlace, places: readonly PrintedPlace[]): string[] {
  const pairs = places.flatMap((other) => {
    const measured = measure(place, other, 1)
    return measured ? weighed(measured) : []
  })
  const score = (parts: Record<EvidenceKind, number>) =>
    Object.values(parts).reduce((sum, one) => sum + one, 0)
  const [best] = pairs.sort((x, y) => score(y) - score(x))
  return Object.entries(WEIGHED).flatMap(([kind, parts]) =>
    best && parts.reduce((sum, part) => sum + best[part], 0) > SAYS ? kind : [],
  )
}

test('the evidence of an author lists everything that joined the papers, by evidence or identifier', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(drawn, { minLength: 2, maxLength: 5 }),
      fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
      async (papers, orcids) => {
        await emptyCatalogue(t.db)
        await write(papers, orcids)
        const all = await ids()
        const [identities, profiles] = [
          await readIdentities(t.db, all),
          await readProfiles(t.db, all),
        ]
        for (const [id, { places }] of profiles) {
          const evidence = identities.get(id)?.evidence ?? []
          const shown = new Map(evidence.map((one) => [one.kind as string, one]))
          for (const { detail, papers: count } of evidence) {
            expect(detail).not.toBe('')
            expect(count).toBeLessThanOrEqual(places.length)
          }
          const known = places.filter(({ identifiers }) => identifiers.length > 0)
          if (known.length > 1)
            expect(shown.get('identifier')).toMatchObject({
              detail: 'orcid:0000-0001',
              papers: known.length,
            })
          if (places.length < 2) continue
          for (const place of places.filter((one) => !known.includes(one)))
            for (const kind of decisiveOf(place, places))
              expect({ kind, places, shown: [...shown.keys()] }).toMatchObject({
                shown: expect.arrayContaining([kind]),
              })
        }
      },
    ),
    { numRuns: atLeast(20, 200) },
  ))

const WET: Drawn = {
  ...{ name: 'Zebulon Quirrell', affiliation: 'Kleve University', coAuthors: ['Jürgen Ørsted'] },
  ...{ keywords: ['brackish lakes'], title: 'Of Ferns', venue: null },
}

test('gives one reason for a value that papers print in several ways', async () => {
  await write([
    WET,
    {
      ...{ ...WET, title: 'Glaciers of Svalbard', coAuthors: ['Jurgen Ørsted'] },
      ...{ affiliation: 'Dept. of Lakes, Kleve University', keywords: ['Brackish Lake'] },
    },
  ])
  const [id = 0] = await ids()
  const evidence = (await readIdentities(t.db, [id])).get(id)?.evidence ?? []
  expect(evidence).toEqual([
    { kind: 'name', detail: 'Zebulon Quirrell is a rare name', papers: 2 },
    { kind: 'co_authors', detail: 'Jurgen Ørsted', papers: 2 },
    {
      kind: 'affiliation',
      detail: 'Dept. of Lakes, Kleve University / Kleve University',
      papers: 2,
    },
    { kind: 'topics', detail: expect.stringMatching(/^brackish lakes?$/i), papers: 2 },
    { kind: 'years', detail: '2001 to 2002', papers: 2 },
  ])
})

test('gives separate entries for what two groups of papers do not share', async () => {
  const HALVES = [
    { affiliation: 'Kleve University', coAuthors: ['Jürgen Ørsted'], venue: 'Annals of Water' },
    { affiliation: 'Norderney Tide Lab', coAuthors: ['Anne Vandermoor'], venue: 'Annals of Air' },
  ]
  const HALVED = { co_authors: 'coAuthors', affiliation: 'affiliation', venue: 'venue' } as const
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: 4 }),
      fc.integer({ min: 2, max: 4 }),
      async (a, b) => {
        await emptyCatalogue(t.db)
        const papers = [...Array(a).fill(0), ...Array(b).fill(1)].map((half, n) => ({
          ...{ name: 'Zebulon Quirrell', keywords: [], ...(HALVES[half] as (typeof HALVES)[0]) },
          title: `${half === 0 ? 'Of Ferns' : 'Moraines'}, a study of number ${n}`,
        }))
        await write(papers, Array(papers.length).fill(true))
        const [id = 0] = await ids()
        const evidence = (await readIdentities(t.db, [id])).get(id)?.evidence ?? []
        for (const [kind, key] of Object.entries(HALVED)) {
          const entries = evidence.filter((one) => one.kind === kind)
          const wanted = [a, b].map((count, half) => ({
            kind,
            detail: String(HALVES[half]?.[key]),
            papers: count,
          }))
          expect(entries).toHaveLength(2)
          expect(entries).toEqual(expect.arrayContaining(wanted))
        }
        const words = evidence.filter(({ kind }) => kind === 'title_words')
        expect(words.map(({ detail, papers: count }) => [detail, count])).toEqual(
          expect.arrayContaining([
            ['ferns', a],
            ['moraines', b],
          ]),
        )
      },
    ),
    { numRuns: 4 },
  )
})

test('names every identifier that connects papers, but not a unit that all universities have', async () => {
  const SCHEMES = ['dblp', 'acl', 's2', 'openalex', 'ieee'] as const
  const papers = SCHEMES.map((_, n) => `Zebulon ${n}`).map((key, n) =>
    paperRecord({
      ...{ key, title: key, identifiers: [{ scheme: 'doi', value: `10.5555/${n}` }] },
      authors: [
        {
          ...{ name: 'Zebulon Quirrell', affiliation: 'School of Software' },
          // Each paper shares one identifier with the paper before it.
          identifiers: SCHEMES.slice(Math.max(0, n - 1), n + 1).map((scheme) => {
            return { scheme, value: '1' }
          }),
        },
      ],
    }),
  )
  await t.run((tx) => writeRecords(tx, papers))
  const [id = 0, ...others] = await ids()
  expect(others).toEqual([])
  const evidence = (await readIdentities(t.db, [id])).get(id)?.evidence ?? []
  const details = evidence.flatMap(({ kind, detail }) => (kind === 'identifier' ? detail : []))
  expect(details.sort()).toEqual(['acl:1', 'dblp:1', 'openalex:1', 's2:1'])
  expect(evidence.map(({ kind }) => kind)).not.toContain('affiliation')
})

test('names a fact in each reason for one person', () =>
  fc.assert(
    fc.asyncProperty(fc.array(drawn, { minLength: 2, maxLength: 4 }), async (papers) => {
      await emptyCatalogue(t.db)
      await write(papers)
      for (const [, list] of await readSimilarAuthors(t.db, await ids()))
        for (const { detail } of list.flatMap(({ evidence }) => evidence))
          expect(detail).not.toBe('')
    }),
    { numRuns: atLeast(10, 100) },
  ))

test('the confidence is independent of the order of papers', () => {
  // With only a year, none of them is the first by its date.
  const published = { on: '2001-01-01', precision: 'year' as const }
  return fc.assert(
    fc.asyncProperty(
      fc
        .array(drawn, { minLength: 4, maxLength: 7 })
        .chain((papers) =>
          fc.tuple(
            fc.constant(papers),
            fc.shuffledSubarray([...papers.keys()], { minLength: papers.length }),
          ),
        ),
      async ([papers, order]) => {
        const confidences: number[][] = []
        for (const keys of [[...papers.keys()], order]) {
          await emptyCatalogue(t.db)
          for (const key of keys)
            await t.run((tx) => writeRecords(tx, [{ ...recordOf(papers, key), published }]))
          await settlePeople(t.url)
          const found = await readIdentities(t.db, await ids())
          confidences.push([...found.values()].map(({ confidence }) => confidence).sort())
        }
        expect(confidences[1]).toEqual(confidences[0])
      },
    ),
    { numRuns: atLeast(6, 60) },
  )
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PaperRecord } from '../../../../src/domain/record/paper-record.ts'
import { comparable } from '../../../../src/domain/record/same/comparable.ts'
import { matchHashes } from '../../../../src/domain/record/same/match-hashes.ts'
import { isSamePaper, judge } from '../../../../src/domain/record/same/paper.ts'
import { withoutSite } from '../../../../src/domain/record/same/site-title.ts'
import { groupRecords } from '../../../../src/domain/write/match/group.ts'
import { paperRecord } from '../../../helpers/catalogue.ts'

const doi = (value: string) => ({ identifiers: [{ scheme: 'doi' as const, value }] })
const arxiv = (value: string) => ({ identifiers: [{ scheme: 'arxiv' as const, value }] })
const by = (...names: string[]) => ({
  authors: names.map((name) => ({ name, identifiers: [], affiliation: null })),
})
const in_ = (year: number) => ({
  published: { on: `${year}-01-01`, precision: 'year' as const },
})
const at = (name: string, kind: 'journal' | 'conference') => ({
  venue: { slug: name.toLowerCase(), name, acronym: null, kind },
  kind: kind === 'journal' ? ('journal_article' as const) : ('conference_paper' as const),
})
const PAPER = { ...by('Ann Smith', 'Bob Jones'), kind: 'conference_paper' as const, ...in_(2020) }

function same(a: Partial<PaperRecord>, b: Partial<PaperRecord>): boolean {
  const [one, other] = [paperRecord({ ...PAPER, ...a }), paperRecord({ ...PAPER, ...b })].map(
    comparable,
  )
  if (!one || !other) throw new Error('two records were given')
  const isSame = isSamePaper(one, other)
  expect(isSamePaper(other, one)).toBe(isSame)
  const ids = (record: Partial<PaperRecord>) => record.identifiers ?? []
  // Without a shared identifier, only records with a common hash find one another.
  if (isSame && ids(a).length + ids(b).length === 0) {
    const [x, y] = [matchHashes(one), matchHashes(other)]
    const isFound = (['title', 'byline', 'initials'] as const).some(
      (hash) => x[hash] !== null && x[hash] === y[hash],
    )
    expect(isFound).toBe(true)
  }
  return isSame
}

describe('titles of different papers', () => {
  test.each([
    ['Learning to Weave in C', 'Learning to Weave in C++'],
    ['Learning to Weave in C', 'Learning to Weave in C#'],
    ['A search for $D^+ \\to \\mu\\nu$ decays', 'A search for $D^- \\to \\mu\\nu$ decays'],
    ['A search for D⁺ mesons in jets', 'A search for D⁻ mesons in jets'],
    ['On sums of k<3 squares in fields', 'On sums of k>3 squares in fields'],
    ['On sums of k ≤ 3 squares in fields', 'On sums of k ≥ 3 squares in fields'],
    ['Routing robots with D* in grids', 'Routing robots with D in grids'],
    ['मराठी लेखन में की विधि', 'मराठी लेखन में का विधि'],
    ['がくの研究方法について', 'かくの研究方法について'],
    ['Weaving theory, Part I', 'Weaving theory, Part II'],
    ['Weaving theory 1: the loom', 'Weaving theory 2: the loom'],
    ['Findings of the 2021 Weaving Task', 'Findings of the 2022 Weaving Task'],
    ['Reply to: The loom of many threads', 'The loom of many threads'],
    ['Comment on "The loom of many threads"', 'The loom of many threads'],
    ['Erratum: The loom of many threads', 'The loom of many threads'],
    ['The loom of many threads: Corrigendum', 'The loom of many threads'],
    ['The loom of many threads: Reply to Smith and Jones', 'The loom of many threads'],
    ['The loom of many threads – a comment on the shuttle', 'The loom of many threads'],
    ['The loom of many threads. Supplementary information', 'The loom of many threads'],
    ['Weaving with threads in cold rooms', 'Weaving without threads in cold rooms'],
    ['Supervised weaving of silk', 'Unsupervised weaving of silk'],
    ['Hypertension in weavers of silk', 'Hypotension in weavers of silk'],
    ['Handbook of looms, 2nd edition', 'Handbook of looms, 3rd edition'],
    ['Maternal effects on weavers of silk', 'Paternal effects on weavers of silk'],
    ['Afferent nerves of weavers of silk', 'Efferent nerves of weavers of silk'],
    ['Adsorption of dyes in cloth of silk', 'Absorption of dyes in cloth of silk'],
    ['Dyeing silk with sulfates in cold rooms', 'Dyeing silk with sulfites in cold rooms'],
    ['Data from: The loom of many threads', 'The loom of many threads'],
    ['Publisher Correction: The loom of many threads', 'The loom of many threads'],
    ['Expression of concern: The loom of many threads', 'The loom of many threads'],
    ['織機の研究（上）', '織機の研究（下）'],
  ])('%s | %s', (one, other) => {
    expect(same({ title: one }, { title: other })).toBe(false)
  })
})

describe('titles of one paper', () => {
  test.each([
    ['Weaving β-stable nets of silk', 'Weaving $\\beta$-stable nets of silk'],
    ['Efﬁcient ﬂow of silk in looms', 'Efficient flow of silk in looms'],
    ['Wea\u00adving the cata\u200blogues of silk', 'Weaving the catalogues of silk'],
    ['THE LOOM OF MANY THREADS', 'The loom of many threads.'],
    ['The loom of <i>many</i> threads', 'The {L}oom of {\\em many} Threads'],
    ['Looms &amp; threads of the world', 'Looms and threads of the world'],
    ['Auto-weavers for silk and wool', 'Autoweavers for silk and wool'],
    ['RETRACTED: The loom of many threads', 'The loom of many threads'],
    ['The loom of many threads*', 'The loom of many threads'],
    ['The loom of many thraeds in use', 'The loom of many threads in use'],
    ['Looms: a theory of all threads', 'Looms – a theory of all threads'],
    ['The loom of many threads (Extended Abstract)', 'The loom of many threads'],
    ['The loom of many threads', 'The loom of many threads: weaving in the dark'],
    ['The loom of many threads', 'The loom of many threads; le métier aux fils d’or'],
    ['ON $\\ELL_1$ NORMS OF SILK LOOMS', 'On $\\ell_1$ norms of silk looms'],
    ['Looms of 3 (plus or minus) 1 threads of silk', 'Looms of 3 +/- 1 threads of silk'],
    ['Weaving in the cold north. North Loom Study Group', 'Weaving in the cold north'],
    ['The loom of many threads... includes discussion', 'The loom of many threads'],
    ['The loom of silk 06 Biological Sciences 0605 Microbiology', 'The loom of silk'],
  ])('%s | %s', (one, other) => {
    expect(same({ title: one }, { title: other })).toBe(true)
  })
})

describe('names', () => {
  test.each([
    ['Wei Zhang', 'W. Zhang', true],
    ['Wei Zhang', 'Zhang Wei', true],
    ['Wei Zhang', 'Zhang W', true],
    ['Wei Zhang', 'Xin Zhang', false],
    ['W. Zhang', 'X. Zhang', false],
    ['Wei Zhang', 'Wei Zheng', false],
    ['John A. Smith', 'Smith JA', true],
    ['John A. Smith', 'John B. Smith', false],
    ['Robert H. Gerber', 'Bob Gerber', true],
    ['Jian Li', 'Jianguo Li', false],
    ['Xiao-Ming Li', 'Xiaoming Li', true],
    ['Müller, Jürgen', 'Jurgen Muller', true],
    ['李四', 'Si Li', true],
    ['Wei Zhang; Yang Liu', 'Yang Liu; Wei Zhang', true],
    ['Wei Zhang; Yang Liu', 'Xin Zhang; Li Chen; Min Wu', false],
    ['Wei Zhang; Yang Liu; Li Chen', 'Wei Zhang et al.', true],
    ['The Loom Collaboration', 'The Loom Collaboration', true],
  ])('%s | %s: %s', (one, other, expected) => {
    const title = 'The loom of many threads'
    const [a, b] = [by(...one.split('; ')), by(...other.split('; '))]
    expect(same({ title, ...a }, { title, ...b })).toBe(expected)
  })
})

test('a shared identifier joins nothing that contradicts it', () => {
  const book = doi('10.4324/9780000000099')
  const chapter = (title: string, ...names: string[]) => ({ title, ...book, ...by(...names) })
  const preface = chapter('Preface', 'Ann Preface')
  expect(same(preface, chapter('Looms of the cold north', 'Bob Loom', 'Cy Knot'))).toBe(false)
  expect(same(preface, chapter('Looms of the cold north'))).toBe(false)
  expect(same(preface, chapter('Preface', 'Bob Loom'))).toBe(false)
  expect(same(preface, chapter('Introduction', 'Ann Preface'))).toBe(false)
  expect(same(chapter('Looms of silk', 'A. Loom'), chapter('Looms of silk', 'Ada Loom'))).toBe(true)
  const typo = { title: 'Looms of silk', ...arxiv('2101.00001') }
  expect(same(typo, { title: 'Quarks in the cold', ...arxiv('2101.00001'), ...by('Q. Ark') })).toBe(
    false,
  )
  // Authors change titles between versions.
  expect(same(typo, { title: 'Weaving with silk threads', ...arxiv('2101.00001') })).toBe(true)
})

test('ids of one publisher, and places in print, keep papers apart', () => {
  const title = 'The loom of many threads'
  expect(same({ title, ...doi('10.1000/1') }, { title, ...doi('10.1000/2') })).toBe(false)
  expect(same({ title, ...arxiv('2101.00001') }, { title, ...arxiv('2101.00002') })).toBe(false)
  const version = (v: number) => doi(`10.21203/rs.3.rs-1/v${v}`)
  expect(same({ title, ...version(1) }, { title, ...version(2) })).toBe(true)
  const place = (volume: string, number: string, pages: string) => ({
    title,
    ...at('Journal of Looms', 'journal'),
    publication: { volume, number, pages },
  })
  expect(same(place('1', '2', '3–9'), place('4', '5', '60–69'))).toBe(false)
  expect(same(place('1', '2', '3–9'), place('1', '2', '3-9'))).toBe(true)
  const online = { title, ...at('Journal of Looms', 'journal'), publication: { pages: '1–7' } }
  expect(same({ ...online, ...in_(2019) }, place('1', '2', '3–9'))).toBe(true)
  const other = { ...online, publication: { number: '6', pages: '1–7' }, ...in_(2019) }
  expect(same(other, place('1', '2', '3–9'))).toBe(false)
  const titled = (text: string) => ({ ...place('1', '2', '3–9'), title: text })
  expect(same(titled('Looms of the north'), titled('Loom of the norths'))).toBe(true)
})

test('editions and chapters of a book, and pieces of a column, are distinguished by their fields', () => {
  const title = 'The loom of many threads'
  const book = (edition: string) => ({ title, kind: 'book' as const, publication: { edition } })
  expect(same(book('1'), book('2'))).toBe(false)
  expect(same(book('Second'), book('2nd ed.'))).toBe(true)
  expect(same(book('2'), { title, kind: 'book' })).toBe(true)
  const part = (pages: string) => ({ title, kind: 'chapter' as const, publication: { pages } })
  expect(same(part('1–20'), part('21–40'))).toBe(false)
  expect(same(part('1–20'), part('1-20'))).toBe(true)
  const note = (pages: string) => ({
    ...{ title: 'Short Notices', ...at('Journal of Looms', 'journal') },
    publication: { volume: '3', pages },
  })
  expect(same(note('7'), note('67'))).toBe(false)
  expect(same(note('7'), note('7–9'))).toBe(true)
})

test('a paper of a meeting and of a journal are two, a preprint and its publication one', () => {
  const title = 'The loom of many threads'
  const meeting = { title, ...at('LoomConf', 'conference'), ...in_(2019) }
  const journal = { title, ...at('Journal of Looms', 'journal'), ...in_(2020) }
  expect(same(meeting, journal)).toBe(false)
  const preprint = { title, kind: 'preprint' as const, ...arxiv('1801.00001'), ...in_(2018) }
  expect(same(preprint, journal)).toBe(true)
  const abstract =
    'We weave silk on looms of many threads, and show that the cloth holds for a year in the cold, longer than any that was woven before, while it takes half of the time and a third of the silk.'
  const renamed = { ...preprint, title: 'The loom for all threads we know', abstract }
  expect(same(renamed, { ...journal, abstract })).toBe(true)
  expect(same(renamed, journal)).toBe(false)
  const anew = { ...renamed, title: 'Weaving it all' }
  expect(same(anew, { ...journal, abstract })).toBe(true)
  expect(same(anew, { ...journal, abstract, ...by('Ann Smith', 'Cy Young') })).toBe(false)
})

test('a rejected submission may return under another id', () => {
  const title = 'The loom of many threads'
  const submitted = (value: string, kind: 'preprint' | 'conference_paper') => ({
    ...{ title, kind, identifiers: [{ scheme: 'openreview' as const, value }] },
  })
  const rejected = submitted('rkA', 'preprint')
  const accepted = { ...submitted('rkB', 'conference_paper'), ...in_(2021) }
  expect(same(rejected, accepted)).toBe(true)
  expect(same(rejected, submitted('rkC', 'preprint'))).toBe(true)
  expect(same(submitted('rkD', 'conference_paper'), accepted)).toBe(false)
  expect(same(rejected, { ...accepted, ...by('Cy Young', 'Di Low') })).toBe(false)
  expect(same({ ...rejected, title: 'Withdrawn' }, { ...accepted, title: 'Withdrawn' })).toBe(false)
})

test('titles that recur every year need the venue too', () => {
  const note = (venue: string, year: number) => ({
    title: 'Introduction to the Special Issue',
    ...by('Jane Editor'),
    ...at(venue, 'journal'),
    ...in_(year),
  })
  expect(same(note('Journal of Looms', 2019), note('Journal of Knots', 2019))).toBe(false)
  expect(same(note('Journal of Looms', 2019), note('Journal of Looms', 2020))).toBe(false)
  const other = { ...note('J. Looms', 2019), key: 'another/1' }
  expect(same(note('Journal of Looms', 2019), other)).toBe(true)
})

/** The groups of records, as texts of their keys. */
function groupsOf(records: PaperRecord[]): string[] {
  const placed = records.map((record) => ({
    ...{ record, paperId: null, mintedId: null, decided: null, isMoving: true, isSplitOff: false },
  }))
  return groupRecords(placed)
    .map(({ members }) =>
      members
        .map(({ record }) => record.key)
        .sort()
        .join(' '),
    )
    .sort()
}

test('a record that fits two papers joins neither of them, nor one with the other', () => {
  const title = 'The loom of many threads in use'
  const all = [
    paperRecord({ key: 'a', title, ...by('Wei Zhang', 'Yang Liu') }),
    paperRecord({ key: 'b', title, ...by('Cy Young', 'Di Low') }),
    paperRecord({ key: 'none', title, authors: [] }),
  ]
  expect(groupsOf(all)).toEqual(['a', 'b', 'none'])
  expect(groupsOf(all.slice(1))).toEqual(['b none'])
  const both = paperRecord({
    ...{ key: 'both', title: '', authors: [] },
    identifiers: [...arxiv('2101.00001').identifiers, ...doi('10.1000/1').identifiers],
  })
  const named = [
    paperRecord({ ...all[0], ...arxiv('2101.00001') }),
    paperRecord({ ...all[1], ...doi('10.1000/1') }),
  ]
  expect(groupsOf([...named, both])).toHaveLength(2)
})

test('no group holds two records of different papers, whatever the order of the records', () => {
  const record = fc.record({
    title: fc.constantFrom(
      'The loom of many threads',
      'The loom of many thraeds',
      'The loom of many threads: a study',
      'Weaving in C',
      'Weaving in C++',
      'Editorial',
      '',
    ),
    authors: fc.subarray(['Wei Zhang', 'W. Zhang', 'Xin Zhang', 'Yang Liu', 'Min Wu'], {
      maxLength: 3,
    }),
    year: fc.constantFrom(2019, 2020, 2021),
    kind: fc.constantFrom('preprint' as const, 'journal_article' as const),
    identifiers: fc.subarray(['10.1000/1', '10.1000/2', '10.2000/1'], { maxLength: 2 }),
  })
  fc.assert(
    fc.property(fc.array(record, { minLength: 2, maxLength: 9 }), fc.nat(), (drafts, seed) => {
      const records = drafts.map(({ authors, year, identifiers, ...over }, i) =>
        paperRecord({
          ...{ key: `${i}`, ...over, ...by(...authors), ...in_(year) },
          identifiers: identifiers.map((value) => ({ scheme: 'doi' as const, value })),
        }),
      )
      const groups = groupsOf(records)
      for (const group of groups) {
        const members = group
          .split(' ')
          .map((key) => comparable(records[Number(key)] as PaperRecord))
        for (const [i, a] of members.entries())
          for (const b of members.slice(0, i)) expect(judge(a, b).isApart).toBe(false)
      }
      const shuffled = records
        .map((one, i) => ({ one, rank: (i * 7919 + seed) % 101 }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ one }) => one)
      expect(groupsOf(shuffled)).toEqual(groups)
    }),
    { numRuns: 300 },
  )
})

describe('a column in a journal', () => {
  const issue = (
    volume: string,
    number: string | undefined,
    pages: string,
    name = 'Looms Today',
  ) => ({
    ...at(name, 'journal'),
    publication: { container: name, volume, ...(number && { number }), pages },
  })
  const column = { title: 'From the president of the weavers', ...by('Ann Smith') }
  test.each([
    ['of two issues', issue('9', '1', '5–6'), issue('9', '2', '117–118'), false],
    ['of two issues, pages cut short', issue('9', '1', '230–5'), issue('9', '2', '236–41'), false],
    ['with pages that overlap', issue('9', '1', '676–682'), issue('9', '2', '678–684'), true],
    ['of two volumes', issue('9', '2', '77'), issue('10', '2', '145–146'), false],
    [
      'of one issue, its pages as the first alone',
      issue('9', '1', '5–6'),
      issue('9', '01', '5'),
      true,
    ],
    [
      'of one issue, its pages counted anew',
      issue('9', '1', '1–2'),
      issue('9', '1', '345–346'),
      true,
    ],
    ['without numbers of issues', issue('9', undefined, '5–6'), issue('9', undefined, '117'), true],
    ['with a number of an article', issue('9', '1', 'e17'), issue('9', '2', '1–12'), true],
  ])('%s', (_, a, b, isOne) => {
    expect(same({ ...column, ...a }, { ...column, ...b })).toBe(isOne)
    // A DOI outweighs numbers, which may be wrong.
    const shared = doi('10.5555/column')
    expect(same({ ...column, ...a, ...shared }, { ...column, ...b, ...shared })).toBe(true)
  })
})

test.each([
  ['Portable Worlds > Consumer Tech Aims', 'Portable Worlds Consumer Tech Aims'],
  ['Portable Worlds &gt; Consumer Tech Aims', 'Portable Worlds > Consumer Tech Aims'],
  ['Risk of p < 0.05 in many studies', 'Risk of p 0.05 in many studies'],
  ['<i>Loom</i> weaving of "threads"', 'Loom weaving of threads'],
])('titles that differ only in signs, entities or markup are one title: %s / %s', (a, b) => {
  expect(same({ title: a, ...doi('10.1/a') }, { title: b, ...doi('10.1/a') })).toBe(true)
})

/** Papers of one byline in one place in print: `pages` states whether it may have several. */
describe('papers of one place in print', () => {
  const SUBJECTS = ['Zinc', 'Copper', 'Lead', 'Cadmium', 'Nickel']
  const placed = (title: string, pages: string, ...names: string[]) => ({
    ...{ title, ...at('Archive of Looms', 'journal'), ...by(...names) },
    publication: { container: 'Archive of Looms', volume: '12', number: '3', pages },
  })
  const BYLINES = [
    ['Ann Smith'],
    ['Ann Smith', 'Bob Jones'],
    ['Ann Smith', 'Bob Jones', 'Cy Young'],
    ['Ann Smith', 'Bob Jones', 'Cy Young', 'Di Low'],
  ]
  const UNLIKE = [
    ['Zinc in the diet of trout', 'Genetic causes of long nights'],
    ['Review of a handbook of botany', 'Nomenclature of alpine orchids'],
    ['Bleeding after replacement of valves in adults', 'Genetic causes of long QT in children'],
    ['Correction: Mosses of Bohemia', 'Erratum to: Ferns from the east of Moravia'],
    ['Obituary of a colleague from Vienna', 'Kinetics of membranes of cells'],
    ['Looms', 'Threads'],
  ]

  test.each(
    UNLIKE.flatMap(([one = '', other = '']) =>
      BYLINES.flatMap((names) =>
        ['77', '77--77', 'A1124–A1124', '77-77', '99--100', 'S5–S9'].map(
          (pages) => [one, other, pages, names] as const,
        ),
      ),
    ),
  )('%s | %s (%s) of %j', (one, other, pages, names) => {
    expect(same(placed(one, pages, ...names), placed(other, pages, ...names))).toBe(false)
  })

  const SERIES = [
    (subject: string) => `${subject} in the diet of trout in cold water of the north`,
    (subject: string) => `Review of A handbook of ${subject} in looms`,
    (subject: string) => `Lowest plasma concentrations of ${subject} in weavers who receive esters`,
  ]
  test.each(
    SERIES.flatMap((titleOf) =>
      SUBJECTS.slice(1).map((subject) => [titleOf('Zinc'), titleOf(subject)] as const),
    ),
  )('of one page: %s | %s', (one, other) => {
    for (const names of BYLINES)
      for (const pages of ['77', '77-77', 'A77–A77'])
        expect(same(placed(one, pages, ...names), placed(other, pages, ...names))).toBe(false)
  })

  test.each([
    ['The weaving of silk in cold rooms for weavers', 'The weav. of silk in cold rooms'],
    ['Weaving of silk in cold rooms', 'Short report: weaving of silk in cold rooms'],
    [
      'The weaving of silk: effusions of dye in rooms',
      'The weaving of silk: effusing of dye in rooms',
    ],
    ['Weaving of silk. A study of rooms in the north', 'Weaving of silk'],
  ])('truncated or misprinted, of any pages: %s | %s', (one, other) => {
    for (const names of BYLINES.slice(1))
      for (const pages of ['77', '77–79'])
        expect(same(placed(one, pages, ...names), placed(other, pages, ...names))).toBe(true)
  })

  test('reworded, of several pages', () => {
    const [a, b] = [
      '[A new needle for ascites compared with the indwelling catheter. A randomized study]',
      'A new device for ascites compared with angiocath. A randomized study',
    ]
    const names = BYLINES[2] ?? []
    expect(same(placed(a, '77–80', ...names), placed(b, '77–80', ...names))).toBe(true)
    expect(same(placed(a, '77', ...names), placed(b, '77', ...names))).toBe(false)
  })

  test.each([
    ['Zink in der Nahrung der Forelle', 'Zinc in the diet of trout'],
    ['[Zinc in the diet of trout]', 'Le zinc dans la nourriture des truites'],
    ['El cinc en la dieta de las truchas', 'Zinc in the diet of trout'],
    ['Lo zinco nella dieta della trota', 'Zink in der Nahrung der Forelle'],
    ['Цинк в рационе форели', 'Zinc in the diet of trout'],
  ])('translated, with one DOI: %s | %s', (one, other) => {
    const shared = doi('10.5555/zinc')
    for (const names of BYLINES) {
      const [a, b] = [placed(one, '77–80', ...names), placed(other, '77–80', ...names)]
      expect(same({ ...a, ...shared }, { ...b, ...shared })).toBe(true)
      const moved = placed(other, '101–120', ...names)
      expect(same({ ...a, ...shared }, { ...moved, ...shared })).toBe(false)
      expect(same(a, b)).toBe(false)
    }
  })

  test('of another title in the same language, with the DOI of the issue', () => {
    const shared = doi('10.5555/issue')
    const [a, b] = ['Zinc in the diet of trout', 'Genetic causes of the long nights'].map(
      (title) => ({ ...placed(title, '1–80', 'Ann Smith', 'Bob Jones'), ...shared }),
    )
    expect(same(a ?? {}, b ?? {})).toBe(false)
  })
})

describe('a paper that a meeting shows at two events', () => {
  const event = (id: string, presentation?: 'poster' | 'oral' | 'spotlight') => ({
    ...at('NeurIPS', 'conference'),
    identifiers: [{ scheme: 'neurips' as const, value: `2020/${id}` }],
    key: `neurips2020/${id}`,
    source: 'paperlists',
    decisions: [
      {
        ...{ venue: at('NeurIPS', 'conference').venue, year: 2020, outcome: 'accepted' as const },
        ...(presentation && { presentation }),
      },
    ],
  })
  const title = 'A Unified Approach to Weaving'

  test.each([
    ['poster', 'oral', true],
    ['spotlight', 'poster', true],
    // Two posters with one title are of two papers, or it is unknown.
    ['poster', 'poster', false],
    ['oral', 'oral', false],
    ['poster', undefined, false],
  ] as const)('%s and %s: one paper is %s', (one, other, expected) => {
    const talk = { ...event('2', other), title: title.toLowerCase() }
    expect(same({ ...event('1', one), title }, talk)).toBe(expected)
  })

  test.each<[string, Partial<PaperRecord>]>([
    ['another title', { title: 'A Unified Approach to Knitting' }],
    ['a longer title', { title: 'A Unified Approach to Weaving: Looms' }],
    ['other people', by('Ann Smith', 'Eve Gee')],
    ['more people', by('Ann Smith', 'Bob Jones', 'Cy Young')],
    ['initials that fit', by('A. Smith', 'X. Jones')],
    ['another year', { ...in_(2023), decisions: [] }],
  ])('but not with %s', (_, over) => {
    expect(
      same({ ...event('1', 'poster'), title }, { ...event('2', 'oral'), title, ...over }),
    ).toBe(false)
  })

  test.each(['Editorial', 'Introduction'])('nor if many papers have the title: %s', (title) => {
    expect(same({ ...event('1', 'poster'), title }, { ...event('2', 'oral'), title })).toBe(false)
  })

  test('nor if its proceedings have two', () => {
    const hash = (value: string) => ({
      scheme: 'neurips' as const,
      value: `2020/${value.repeat(32)}`,
    })
    const [poster, talk] = [event('1', 'poster'), event('2', 'oral')]
    const one = { ...poster, title, identifiers: [...poster.identifiers, hash('a')] }
    expect(same(one, { ...talk, title, identifiers: [...talk.identifiers, hash('b')] })).toBe(false)
    expect(same(one, { ...talk, title })).toBe(true)
  })
})

describe('titles that share a DOI with an extended title', () => {
  const PEOPLE = by('Ann Smith', 'Bob Jones', 'Cy Young')
  const ID = doi('10.1000/loom.1')
  const printed = (volume: string, pages: string) => ({
    ...{ ...PEOPLE, ...ID, ...at('Loom Letters', 'journal') },
    publication: { container: 'Loom Letters', volume, pages },
  })
  const PLACE = printed('9', '287-297')
  const MAIN = [
    'Blind looms',
    'Looms',
    'Weaving many threads on looms',
    'The loom: weaving',
    'Loom 2.0',
    '织机研究',
  ]
  const SUBTITLES = [
    ': A virtual eye for guiding indoor and outdoor movement',
    '. Why silk is warmer than wool in winter',
    ' - a study of the hands of weavers, their looms and shuttles',
    ' — what nobody knows of spinning',
    '? No, as weavers of all the countries have known',
    ' (a theory of everything that is woven)',
    ': an overview of methods for looms that have no warp',
    ': not without the shuttles of the men of the north',
  ]
  const PIECES = [
    ': Part II',
    ', Part 2',
    ' II. The shuttle',
    ': Reply to Ann Smith and to others of the trade',
    ': Erratum',
    ' - Corrigendum to the figures of looms',
    ': a comment on the shuttles of the north',
    ': Response',
    ': Discussion of weavers by several weavers',
    '. Supplementary material',
    ': the authors’ reply to what was said',
    ': Volume 2',
    ': Chapter 7, the spindles of the men of the south',
    ' 2: the looms of many other weavers in the world',
  ]

  test.each(MAIN.flatMap((main) => SUBTITLES.map((more) => [main, more] as const)))(
    'are one paper with and without a subtitle: %s | %s',
    (main, more) => {
      expect(same({ title: main, ...PLACE }, { title: main + more, ...PLACE })).toBe(true)
    },
  )

  test.each(MAIN.flatMap((main) => PIECES.map((more) => [main, more] as const)))(
    'are two if one is a part of the other, or about it: %s | %s',
    (main, more) => {
      expect(same({ title: main, ...PLACE }, { title: main + more, ...PLACE })).toBe(false)
    },
  )

  test('are one with and without the number of a figure', () => {
    const title = 'The loom portal: an open platform for exploring data of several looms'
    expect(same({ title, ...PLACE }, { title: `${title}: Figure 1.`, ...PLACE })).toBe(true)
  })

  test.each([
    ['other pages', printed('9', '298-301')],
    ['another volume', printed('10', '287-297')],
    ['another byline', { ...PLACE, ...by('Dee Black') }],
    ['a part of the byline', { ...PLACE, ...by('Ann Smith', 'Bob Jones') }],
    ['no byline', { ...PLACE, authors: [] }],
    ['another day', { ...PLACE, ...in_(2016) }],
  ])('are not one for a short title with a subtitle with %s', (_, other) => {
    const short = { title: 'Blind looms', ...PLACE }
    expect(same(short, { title: `Blind looms${SUBTITLES[0]}`, ...other })).toBe(false)
  })

  test('are not one if a chapter states the DOI of its book', () => {
    const book = { ...PEOPLE, ...ID, kind: 'book' as const }
    const chapter = { ...book, kind: 'chapter' as const }
    const title = 'Looms'
    expect(same({ title, ...book }, { title: `Looms: Weavers and their tools`, ...chapter })).toBe(
      false,
    )
  })

  const PAGE = { ...ID, authors: [], kind: 'other' as const, published: null }
  test.each([
    'Blind looms: Loom Letters: Vol 48, No 6',
    'Blind looms - Ann Smith, Bob Jones, Cy Young, 2020',
    'Blind looms - Ann Smith, Cy Young, 2020',
    'Blind looms | Loom Letters',
    'Blind looms | Loom Letters | Oxford Academic',
    'Blind looms - Loom Letters, Volume 9',
    'Blind looms | SpringerLink',
    'Blind looms :: Loom Letters',
  ])('are one paper with the title of a page about it: %s', (title) => {
    expect(same({ title: 'Blind looms', ...PLACE }, { title, ...PAGE })).toBe(true)
  })

  test.each([
    'Blind looms: Weaving Letters: Vol 48, No 6',
    'Blind looms - Dee Black, 2020',
    'Blind looms | Reply',
    'Blind looms - Erratum',
    'Blind looms: Part II | Loom Letters',
    'Blind looms: 2',
    'Deaf looms | Loom Letters',
  ])('are two papers if the page is not only named after it: %s', (title) => {
    expect(same({ title: 'Blind looms', ...PLACE }, { title, ...PAGE })).toBe(false)
  })
})

describe('titles of pages of sites', () => {
  test.each([
    'The loom of threads | SpringerLink',
    'The loom of threads - ScienceDirect',
    '(PDF) The loom of threads',
    '[PDF] The loom of threads | Semantic Scholar',
    'The loom of threads | Request PDF',
    'The loom of threads - Wiley Online Library',
    'The loom of threads | IEEE Journals & Magazine | IEEE Xplore',
    'The loom of threads - PubMed',
    'The loom of threads - PMC',
    'The loom of threads on JSTOR',
    'The loom of threads | Nature',
    '[1706.03762] The loom of threads',
    'Full article: The loom of threads',
    'Project MUSE - The loom of threads',
    'The loom of threads | bioRxiv',
  ])('%s', (title) => {
    expect(withoutSite(title)).toBe('The loom of threads')
  })

  test.each([
    'The loom of nature',
    'Looms - Nature',
    'On looms and their PubMed',
    'Searching for looms: PubMed',
    'The (PDF) of looms',
    'PubMed',
    'Art - Science',
    '[2] rings of looms',
    'P(A | Nature) of looms',
    'The MIT Press',
  ])('stays unchanged: %s', (title) => {
    expect(withoutSite(title)).toBe(title)
  })
})

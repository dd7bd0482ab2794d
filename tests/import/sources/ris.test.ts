import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { idsOf, namesOf, readText } from '../../helpers/reading.ts'

const read = (text: string) => readText('ris', text)
const readOne = async (...lines: string[]) =>
  (await read(['TY  - JOUR', 'TI  - T', ...lines, 'ER  - '].join('\n'))).records[0]

test('single spaces, no spaces, tabs, spelled types, BOM and CRLF, missing ends and beginnings', async () => {
  const text = `Provider: x
TY  - JOUR
TI  - Two Spaces
AB  - A text,
UV - radiation is no tag
PY  - 2001
ER  - 

TY - JOUR
AU - Mix, Bob
TI - Single Spaces
PY - 2002
ER -
TY-CONF
TI-No Spaces
PY-2003
ER-
TY  - Journal Article
TI  - Spelled Type
PY  - 2004
TY  - Book Section
TI  - No End Before
PY  - 2005
ER  - 
T1  - No Beginning
AU  - Nobody, Ann
Y1  - 2006
ER  - 
1.
TY  - THES
ER  - 
`
  for (const form of [text, `\uFEFF${text}`.slice(1), text.replaceAll('\n', '\r\n')]) {
    const { records, rejects, repairs } = await read(form)
    expect(
      records.map(({ title, kind, published }) => [title, kind, published?.on.slice(0, 4)]),
    ).toEqual([
      ['Two Spaces', 'journal_article', '2001'],
      ['Single Spaces', 'journal_article', '2002'],
      ['No Spaces', 'conference_paper', '2003'],
      ['Spelled Type', 'journal_article', '2004'],
      ['No End Before', 'chapter', '2005'],
      ['No Beginning', 'other', '2006'],
    ])
    expect(records[0]?.abstract).toBe('A text, UV - radiation is no tag')
    expect(namesOf(records[1])).toEqual(['Bob Mix'])
    expect(rejects).toMatchObject([{ reason: 'the entry has no title (TI)' }])
    expect(repairs).toEqual(['the entry has no end (ER)', 'the entry has no beginning (TY)'])
  }
})

test('titles, containers and pages in any tag, translated titles last', async () => {
  expect(
    await readOne(
      'TT  - Le titre traduit',
      'T2  - Science &amp; Society',
      'JO  - Sci. Soc.',
      'VO  - 8',
      'IS  - 3',
      'SP  - 45',
      'EP  - 67',
      'SN  - 1234-5678',
    ),
  ).toMatchObject({
    title: 'T',
    venue: { name: 'Science & Society' },
    publication: {
      container: 'Science & Society',
      volume: '8',
      number: '3',
      pages: '45–67',
      issns: ['1234-5678'],
    },
  })
  expect(await readOne('JF  - Full Name', 'JA  - Full Nm', 'SP  - 45-67')).toMatchObject({
    publication: { container: 'Full Name', pages: '45–67' },
  })
  const { records } = await read(`TY  - CHAP
T1  - A Chapter
BT  - The Book
A2  - Editor, Ed
ER  -
TY  - BOOK
BT  - A Book's Own Title
ER  -
TY  - JOUR
ST  - A Short Title
N2  - bounds for n<k and <b>all</b> graphs
ER  -
TY  - JOUR
TT  - Only Translated
ER  -`)
  expect(records).toMatchObject([
    {
      title: 'A Chapter',
      kind: 'chapter',
      publication: { container: 'The Book', editors: ['Ed Editor'] },
    },
    { title: "A Book's Own Title", kind: 'book' },
    { title: 'A Short Title', abstract: 'bounds for n<k and all graphs' },
    { title: 'Only Translated' },
  ])
})

test.each([
  [['PY  - 1948/07//'], '1948-07-01', 'month'],
  [['Y1  - 2014///'], '2014-01-01', 'year'],
  [['PY  - 2021/08//Summer'], '2021-08-01', 'month'],
  [['PY  - 2018', 'DA  - 12 May 2018'], '2018-05-12', 'day'],
  [['PY  - 2018', 'DA  - May 5, 2018'], '2018-05-05', 'day'],
  [['PY  - 2018', 'DA  - 2018/05/12'], '2018-05-12', 'day'],
  [['PY  - 2018', 'DA  - 2020/01/31'], '2018-01-01', 'year'],
  [['DA  - 2018 Mar-Apr'], '2018-03-01', 'month'],
  [['DA  - 3. März 2018'], '2018-03-03', 'day'],
  [['DA  - 05/12/2018'], '2018-01-01', 'year'],
  [['PY  - 2018年5月12日'], '2018-05-12', 'day'],
])('the dates %s', async (lines, on, precision) => {
  expect((await readOne(...lines))?.published).toEqual({ on, precision })
})

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ')

test('Web of Science: the month and day belong to the year beside them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 11 }),
      fc.option(fc.integer({ min: 1, max: 28 })),
      fc.boolean(),
      async (month, day, isRange) => {
        const next = isRange && month < 11 ? `-${MONTHS[month + 1]}` : ''
        const date = next || day === null ? `${MONTHS[month]}${next}` : `${MONTHS[month]} ${day}`
        const { records, repairs } = await read(
          `TY  - JOUR\nTI  - T\nDA  - ${date}\nPY  - 2023\nER  - `,
        )
        const isDay = !next && day !== null
        const two = (number: number) => String(number).padStart(2, '0')
        expect(records[0]?.published).toEqual({
          on: `2023-${two(month + 1)}-${two(isDay ? day : 1)}`,
          precision: isDay ? 'day' : 'month',
        })
        expect(repairs).toEqual([])
      },
    ),
  )
})

test.each(['SPR', 'SUM', 'FAL', 'WIN'])(
  'Web of Science: a season gives no month: %s',
  async (season) => {
    const { records, repairs } = await read(
      `TY  - JOUR\nTI  - T\nDA  - ${season}\nPY  - 2023\nER  - `,
    )
    expect(records[0]?.published).toEqual({ on: '2023-01-01', precision: 'year' })
    expect(repairs).toEqual([])
  },
)

test('a day without a year is reported', async () => {
  const { records, repairs } = await read('TY  - JOUR\nTI  - T\nDA  - MAR 15\nER  - ')
  expect(records[0]?.published).toBeNull()
  expect(repairs).toEqual(['the date of publication cannot be read; left out'])
})

test.each([
  [['DO  - doi:10.1000/X'], ['doi:10.1000/x']],
  [['DO  - https://dx.doi.org/10.1000/x'], ['doi:10.1000/x']],
  [
    ['DO  - 10.1002/(SICI)1097(1998)49:8&lt;694::AID&gt;3.0.CO;2-#'],
    ['doi:10.1002/(sici)1097(1998)49:8<694::aid>3.0.co;2-#'],
  ],
  [['M3  - doi: 10.1000/x'], ['doi:10.1000/x']],
  [['UR  - http://example.com', 'UR  - https://doi.org/10.1000/x'], ['doi:10.1000/x']],
  [['UR  - http://example.com; https://arxiv.org/abs/2101.00001'], ['arxiv:2101.00001']],
  [['LK  - https://pubmed.ncbi.nlm.nih.gov/12345678/'], ['pmid:12345678']],
  [['AN  - arXiv:hep-th/9901001'], ['arxiv:hep-th/9901001']],
  [
    ['AN  - 12345678', 'DP  - NLM', 'C2  - PMC1234567'],
    ['pmid:12345678', 'pmcid:PMC1234567'],
  ],
  [['AN  - 12345678', 'DB  - Scopus'], []],
])('the identifiers of %s', async (lines, ids) => {
  expect(idsOf(await readOne(...lines))?.toSorted()).toEqual(ids.toSorted())
})

test('names in any order of their parts; several in a line; other values', async () => {
  const record = await readOne(
    'AU  - King, Martin, Jr.',
    'AU  - Shannon,Claude E.',
    'A1  - van der Berg, Jan; Lovelace, Ada',
    'AU  - Barnes and Noble, Inc.',
    'AU  - 李, 四',
    'AU  - et al.',
    'AU  - :',
  )
  expect(namesOf(record)).toEqual([
    'Martin King Jr.',
    'Claude E. Shannon',
    'Jan van der Berg',
    'Ada Lovelace',
    'Barnes and Noble, Inc.',
    '李四',
  ])
})

test.each([
  ['Jawahar, C. V.', 'C. V. Jawahar'],
  ['Vinodchandran, N.V.', 'N.V. Vinodchandran'],
  ['Brown, AG', 'AG Brown'],
  ['King, Martin Luther Jr', 'Martin Luther King Jr'],
  ['Barnes and Noble, Inc.', 'Barnes and Noble, Inc.'],
  ['and Bai, Lei*', 'Lei Bai'],
])('initials are not a suffix or a company: %s', async (printed, name) => {
  const { records } = await readText(
    'ris',
    `TY  - JOUR\r\nTI  - X\r\nAU  - ${printed}\r\nER  - \r\n`,
  )
  expect(namesOf(records[0])).toEqual([name])
})

test('entries without an id and with one title are distinguished by year and place', async () => {
  const entry = (year: number) => `TY  - JOUR\nTI  - Editorial\nPY  - ${year}\nER  - \n`
  const { records } = await read(entry(2001) + entry(2002) + entry(2001))
  expect(new Set(records.map(({ key }) => key)).size).toBe(2)
})

test('an entry in lower case is read like others; text outside entries is reported with its position', async () => {
  const entry = (title: string, end = '') =>
    `TY  - JOUR\nTI  - ${title}\nAU  - Bee, Ann\nER  - \n${end}`
  const lower = entry('Two').replace(/^..(?= {2}-)/gm, (tag) => tag.toLowerCase())
  const stray = 'Smith, A. Looms of the north. Weaving 2020, 3-9.\n'
  const head = 'Provider: a library of looms and threads\n\n'
  const text = `${head}${entry('One', '\n2.\n')}${lower}${entry('Three', stray)}${entry('Four', `${stray}${stray}`)}`
  const { records, rejects } = await read(text)
  expect(records.map(({ title }) => title)).toEqual(['One', 'Two', 'Three', 'Four'])
  expect(records.map(namesOf)).toEqual(Array(4).fill(['Ann Bee']))
  const reason = 'text outside an entry; expected TY before it'
  expect(rejects).toEqual([17, 22].map((position) => ({ position, key: null, reason })))
})

const DATA = fileURLToPath(new URL('../../../../shared/data/formats', import.meta.url))

test.skipIf(!existsSync(DATA)).each(['extraneous_data', 'full', 'multiline', 'urls', 'utf_chars'])(
  'all entries of example_%s are read or rejected (skipped without ../shared/data)',
  async (name) => {
    const text = readFileSync(`${DATA}/example_${name}.ris`, 'utf8').replace('\uFEFF', '')
    const { records, rejects, repairs } = await read(text)
    expect(records.length + rejects.length).toBe(text.match(/^TY {2}-/gm)?.length)
    expect(rejects.length).toBe(name === 'multiline' ? 3 : 0)
    expect(repairs).toEqual([])
  },
)

/** C3 holds the proceedings of a conference; Cochrane writes numbers of indexes there, Web of Science affiliations. */
test.each(
  ['T2', 'JF', 'JO', 'JA', 'J2'].flatMap((tag) => [
    [tag, 'PUBMED 28697043', ['pmid:28697043']] as const,
    [tag, 'PUBMED 28697043,EMBASE 617305812', ['pmid:28697043']] as const,
    [tag, 'EMBASE 617305812, PUBMED 28697043', ['pmid:28697043']] as const,
    [tag, 'EMBASE 617305812', []] as const,
    [tag, 'Iowa State University', []] as const,
  ]),
)('the journal is that of %s beside C3: %s', async (tag, numbers, ids) => {
  const record = await readOne(`C3  - ${numbers}`, `${tag}  - Menopause (New York, N.Y.)`)
  expect(record).toMatchObject({
    venue: { name: 'Menopause (New York, N.Y.)' },
    publication: { container: 'Menopause (New York, N.Y.)' },
  })
  expect(idsOf(record)).toEqual(ids)
  expect(await readOne(`C3  - ${numbers}`)).toMatchObject({ venue: null })
})

test.each([
  ['CONF', 'Proceedings of Looms', 'Proceedings of Looms'],
  ['CPAPER', 'Proceedings of Looms', 'Proceedings of Looms'],
  ['Conference Proceedings', 'Proceedings of Looms', 'Proceedings of Looms'],
  ['CONF', 'PUBMED 28697043', 'Looms'],
])('proceedings of %s: %s', async (type, printed, container) => {
  const { records } = await read(`TY  - ${type}\nTI  - T\nT2  - Looms\nC3  - ${printed}\nER  - \n`)
  expect(records[0]).toMatchObject({ venue: { name: 'Looms' }, publication: { container } })
})

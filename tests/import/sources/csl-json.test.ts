import { expect, test } from 'vitest'
import { idsOf, namesOf, readText } from '../../helpers/reading.ts'

const readOne = async (item: Record<string, unknown>) => {
  const items = [{ id: 'x', type: 'article-journal', title: 'T', author: [], ...item }]
  return (await readText('csl-json', JSON.stringify(items))).records[0]
}

test('names: both particles, suffixes, groups, texts, other values, Chinese in its order', async () => {
  const record = await readOne({
    author: [
      {
        family: 'Fontaine',
        given: 'Jean',
        'dropping-particle': 'de',
        'non-dropping-particle': 'La',
      },
      { family: 'King', given: 'Martin', suffix: 'Jr.' },
      { literal: 'Barnes and Noble, Inc.' },
      { family: 'The LIGO Collaboration' },
      'Lovelace, Ada',
      { family: '李', given: '四' },
      { family: 'Li', given: 'Si' },
      { literal: 'et al.' },
      { family: 'others' },
    ],
  })
  expect(namesOf(record)).toEqual([
    'Jean de La Fontaine',
    'Martin King Jr.',
    'Barnes and Noble, Inc.',
    'The LIGO Collaboration',
    'Ada Lovelace',
    '李四',
    'Si Li',
  ])
})

test.each([
  [{ 'date-parts': [['2021', '05', '7']] }, '2021-05-07', 'day'],
  [{ 'date-parts': [[2021, 15]] }, '2021-01-01', 'year'],
  [{ 'date-parts': [[2021]], season: 3 }, '2021-01-01', 'year'],
  [{ 'date-parts': [['2021-05-07']] }, '2021-05-07', 'day'],
  [{ 'date-parts': [[]], raw: '7 May 2021' }, '2021-05-07', 'day'],
  [{ raw: '2021-05' }, '2021-05-01', 'month'],
  [{ literal: 'Spring 2021' }, '2021-01-01', 'year'],
  ['2021-05-07', '2021-05-07', 'day'],
  [{ raw: '1997~' }, '1997-01-01', 'year'],
])('the date %j', async (issued, on, precision) => {
  expect((await readOne({ issued }))?.published).toEqual({ on, precision })
})

test.each([
  [{ DOI: 'https://doi.org/10.1000/X' }, ['doi:10.1000/x']],
  [{ DOI: 'doi:10.1000/x' }, ['doi:10.1000/x']],
  [
    { note: 'DOI: 10.1000/x\nPMID: 12345678\nPMCID: PMC1234567' },
    ['doi:10.1000/x', 'pmid:12345678', 'pmcid:PMC1234567'],
  ],
  [{ number: 'arXiv:2101.00001' }, ['arxiv:2101.00001']],
  [{ archive: 'arXiv', archive_location: '2101.00001v2' }, ['arxiv:2101.00001']],
  [{ note: 'arXiv:2101.00001 [cs]' }, ['arxiv:2101.00001']],
  [{ note: 'Comment on arXiv:2101.00001' }, []],
  [{ PMID: 12345678 }, ['pmid:12345678']],
])('the identifiers of %j', async (item, ids) => {
  expect(idsOf(await readOne(item))).toEqual(ids)
})

test('chapters keep their book, texts may be lists, markup is removed, other characters stay', async () => {
  expect(
    await readOne({
      type: 'chapter',
      title: ['When n<k: <i>E. coli</i> &amp; <object>'],
      'container-title': ['The Handbook'],
      page: '11-29',
      editor: [{ family: 'Itor', given: 'Ed' }],
    }),
  ).toMatchObject({
    title: 'When n<k: E. coli & <object>',
    kind: 'chapter',
    venue: null,
    publication: { container: 'The Handbook', pages: '11–29', editors: ['Ed Itor'] },
  })
  expect(await readOne({ 'container-title': 'arXiv' })).toMatchObject({ kind: 'preprint' })
  expect(await readOne({ type: 'article', 'container-title': 'J', volume: 3 })).toMatchObject({
    kind: 'journal_article',
  })
})

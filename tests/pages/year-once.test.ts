import { expect, test } from 'vitest'
import { paperRow } from '../../src/pages/parts/row.ts'

const PRECISIONS = ['DAY', 'MONTH', 'YEAR', null] as const
const ACL = { slug: 'acl', name: 'Annual Meeting of the ACL', acronym: 'ACL' }

/** The text of the line below the title. */
function lineOf(publishedPrecision: (typeof PRECISIONS)[number], eventYear: number | null) {
  const row = paperRow({
    ...{ id: '1', title: 'A title', isRetracted: false, citationCount: 0, identifiers: [] },
    ...{ authorCount: 0, hasMoreAuthors: false, authorships: { nodes: [] } },
    ...{ publishedOn: '2017-03-02', publishedPrecision, venue: ACL, eventYear },
  })
  const [, line = ''] = /<p class="names small">(.*?)<\/p>/s.exec(row.toString()) ?? []
  return line.replaceAll(/<[^>]+>/g, '')
}

test.each(PRECISIONS)('a list shows a year once, for a date with the precision %s', (precision) => {
  const isYear = precision === 'YEAR' || precision === null
  const date = { DAY: '2 Mar 2017', MONTH: 'Mar 2017', YEAR: '2017' }[precision ?? 'YEAR']
  expect(lineOf(precision, 2017)).toBe(isYear ? 'ACL 2017' : `ACL 2017 · ${date}`)
  expect(lineOf(precision, 2018)).toBe(`ACL 2018 · ${date}`)
  expect(lineOf(precision, null)).toBe(`ACL · ${date}`)
})

import { expect, test } from 'vitest'
import { IDENTIFIER_SCHEMES } from '../../../src/db/tables/vocabulary.ts'
import { lostIdentifier, readIdentifiers } from '../../../src/import/fields/identifiers.ts'

/** An identifier of each scheme. */
const GOOD: Record<(typeof IDENTIFIER_SCHEMES)[number], string> = {
  doi: '10.1000/x.1',
  arxiv: '2101.00001',
  openalex: 'W3000000001',
  s2: '0123456789abcdef0123456789abcdef01234567',
  corpusid: '230000001',
  pmid: '12345678',
  pmcid: 'PMC1234567',
  acl: '2021.acl-long.1',
  dblp: 'conf/acl/HopperT21',
  openreview: 'rJl-b3RcF7',
  pmlr: 'v97/hopper19a',
  neurips: '2019/0123456789abcdef0123456789abcdef',
  pwc: 'a-made-up-paper',
  hf: '2101.00001',
}
const BAD = ['?', 'not one', 'https://example.org/page']

test.each(IDENTIFIER_SCHEMES)(
  '%s: values of its form are kept, other text is dropped',
  (scheme) => {
    const good = readIdentifiers([`${scheme}:${GOOD[scheme]}`])
    expect(good.identifiers).toContainEqual({ scheme, value: GOOD[scheme] })
    expect(good.lost).toEqual([])
    for (const value of BAD) {
      const refs = [`${scheme}:${value}`, `${scheme}:${GOOD[scheme]}`]
      expect(readIdentifiers(refs)).toEqual({ ...good, lost: [lostIdentifier(scheme)] })
    }
  },
)

test('a URL in the place of a DOI is read, another URL is dropped there, and not elsewhere', () => {
  expect(readIdentifiers(['doi:https://doi.org/10.1000/X.1'])).toEqual({
    identifiers: [{ scheme: 'doi', value: '10.1000/x.1' }],
    lost: [],
  })
  expect(readIdentifiers(['https://example.org/page'])).toEqual({ identifiers: [], lost: [] })
})

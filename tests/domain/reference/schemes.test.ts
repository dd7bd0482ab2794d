import fc from 'fast-check'
import { expect, test } from 'vitest'
import { IDENTIFIER_SCHEMES, type IdentifierScheme } from '../../../src/db/tables/vocabulary.ts'
import { normaliseIdentifier, parseRef } from '../../../src/domain/reference/identifier.ts'
import { identifierUrl } from '../../../src/domain/reference/identifier-url.ts'
import { oddDoi } from '../../helpers/odd-doi.ts'

/** A value of each scheme, and a page of it if the value does not give one. The recipe is in src/domain/reference/README.md. */
const EXAMPLES: Record<IdentifierScheme, { value: string; page?: string }> = {
  doi: { value: '10.18653/v1/2024.xyz-long.1' },
  arxiv: { value: '2305.18290' },
  openalex: { value: 'W2741809807' },
  s2: { value: '649def34f8be52c8b66281af98ae884c09aef38b' },
  corpusid: { value: '215416146' },
  pmid: { value: '19872477' },
  pmcid: { value: 'PMC2323736' },
  acl: { value: '2024.acl-long.1' },
  dblp: { value: 'conf/acl/Smith24' },
  openreview: { value: 'B1abcdEfgH' },
  pmlr: { value: 'v235/smith24a' },
  neurips: {
    value: '2017/3f5ee243547dee91fbd053c1c4a845aa',
    page: 'https://papers.nips.cc/paper/2017/hash/3f5ee243547dee91fbd053c1c4a845aa-Abstract.html',
  },
  pwc: {
    value: 'attention-is-all-you-need',
    page: 'https://paperswithcode.com/paper/attention-is-all-you-need',
  },
  hf: { value: '2305.18290' },
}

test.each(IDENTIFIER_SCHEMES)('%s: its values are read with the scheme as prefix', (scheme) => {
  const { value } = EXAMPLES[scheme]
  expect(parseRef(`${scheme}:${value}`)).toContainEqual({ scheme, value })
})

/** Schemes whose values are only read with the scheme as prefix, each with the reason. */
const ONLY_WITH_SCHEME: Partial<Record<IdentifierScheme, string>> = {
  pwc: 'any words with hyphens between them look so',
  hf: 'it is an id of arXiv',
}

test.each(IDENTIFIER_SCHEMES)(
  '%s: its values are read alone, or the reason is listed',
  (scheme) => {
    const { value } = EXAMPLES[scheme]
    let found: unknown[] = []
    try {
      found = parseRef(value)
    } catch {}
    expect(found.some((one) => JSON.stringify(one) === JSON.stringify({ scheme, value }))).toBe(
      !(scheme in ONLY_WITH_SCHEME),
    )
  },
)

test.each(IDENTIFIER_SCHEMES)('%s: its pages are read', (scheme) => {
  const { value, page } = EXAMPLES[scheme]
  const url = identifierUrl(scheme, value)
  expect([url, page].filter(Boolean), 'a page of identifier-url.ts, or one here').toHaveLength(1)
  expect(parseRef(url ?? page ?? '')).toContainEqual({ scheme, value })
})

test('the page of a DOI is read as this DOI alone, whatever characters it has', () => {
  fc.assert(
    fc.property(oddDoi, (value) => {
      fc.pre(normaliseIdentifier('doi', value) === value)
      expect(parseRef(identifierUrl('doi', value) ?? '')).toEqual([{ scheme: 'doi', value }])
      expect(parseRef(value)).toEqual([{ scheme: 'doi', value }])
    }),
    { numRuns: 5000 },
  )
})

test('an unknown scheme is refused with the names of all known ones', () => {
  expect(() => parseRef('isbn:978-0262035613')).toThrow(
    new RegExp(IDENTIFIER_SCHEMES.map((scheme) => `(?=.*\\b${scheme}\\b)`).join('')),
  )
})

test('a DOI with a trailing slash is the same, in any spelling', () => {
  const doi = (text: string) => normaliseIdentifier('doi', text)
  fc.assert(
    fc.property(oddDoi, fc.constantFrom('/', '//', '/.', './'), (given, end) => {
      const value = doi(given)
      fc.pre(value !== null && doi(value) === value)
      expect(doi(`${value}${end}`)).toBe(value)
      expect(doi(`https://doi.org/${value}${end}`)).toBe(value)
      expect(parseRef(`${value}${end}`)).toEqual(parseRef(value ?? ''))
      expect(parseRef(`doi:${value}${end}`)).toEqual(parseRef(value ?? ''))
      expect(parseRef(`${identifierUrl('doi', value ?? '')}${end}`)).toEqual(parseRef(value ?? ''))
    }),
    { numRuns: 2000 },
  )
})

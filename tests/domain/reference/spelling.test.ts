import { expect, test } from 'vitest'
import { parseRef, readRef } from '../../../src/domain/reference/identifier.ts'

const PLAIN = {
  doi: '10.18653/v1/2025.coling-main.283',
  arxiv: '2305.18290',
  acl: '2025.coling-main.283',
  pmid: '19872477',
  openalex: 'W2741809807',
}
type Scheme = keyof typeof PLAIN
const SCHEMES = Object.keys(PLAIN) as Scheme[]

const wide = (text: string) =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))

/** Text that people add around a reference, or changes that they make. */
const AROUND: Record<string, (text: string) => string> = {
  'in round brackets': (text) => `(${text})`,
  'in square brackets': (text) => `[${text}]`,
  'in angle brackets': (text) => `<${text}>`,
  'in straight quotes': (text) => `"${text}"`,
  'in single quotes': (text) => `'${text}'`,
  'in backquotes': (text) => `\`${text}\``,
  'in English quotes': (text) => `“${text}”`,
  'in German quotes': (text) => `„${text}“`,
  'in French quotes': (text) => `« ${text} »`,
  'in Japanese quotes': (text) => `「${text}」`,
  'in full-width brackets': (text) => `（${text}）`,
  'in quotes and brackets, at the end of a sentence': (text) => `“(${text})”.`,
  'with encoded blanks': (text) => `%20${text}%20%0A`,
  'with encoded slashes': (text) => text.replaceAll('/', '%2F'),
  'in full width': wide,
  'with invisible signs': (text) => `\u200b${text}\ufeff`,
}

for (const [how, around] of Object.entries(AROUND)) {
  test.each(SCHEMES)(`%s ${how} has the same meaning as alone`, (scheme) => {
    const value = PLAIN[scheme]
    for (const text of [value, `${scheme}:${value}`]) {
      const read = readRef(around(text))
      expect(read, text).toEqual(expect.any(Array))
      expect((read as object[])[0], text).toContainEqual({ scheme, value })
    }
  })
}

test.each(SCHEMES)('%s in the namespace of a registry', (scheme) => {
  const value = PLAIN[scheme]
  const forms = [`urn:${scheme}:`, `info:${scheme}/`, `INFO:${scheme.toUpperCase()}/`]
  for (const form of [...forms, `info:eu-repo/semantics/altIdentifier/${scheme}/`])
    expect(parseRef(`${form}${value}`)).toContainEqual({ scheme, value })
})

test.each(['urn:isbn:9780262035613', 'info:sid/x', 'urn:nbn:de:101', 'info:eu-repo/grant/1'])(
  '%s has no known scheme',
  (ref) => expect(readRef(ref)).toMatchObject({ reason: 'unknown_scheme' }),
)

const AT_S2: [path: string, scheme: string, value: string][] = [
  ['www.semanticscholar.org/arxiv/2305.18290', 'arxiv', '2305.18290'],
  ['api.semanticscholar.org/arXiv:2305.18290', 'arxiv', '2305.18290'],
  ['api.semanticscholar.org/CorpusID:215416146', 'corpusid', '215416146'],
  ['api.semanticscholar.org/v1/paper/arXiv:2305.18290', 'arxiv', '2305.18290'],
  ...['', '/citations', '/references', '/authors'].map((end): [string, string, string] => [
    `api.semanticscholar.org/graph/v1/paper/DOI:${PLAIN.doi}${end}`,
    'doi',
    PLAIN.doi,
  ]),
  ['api.semanticscholar.org/graph/v1/paper/ACL:P18-1001', 'acl', 'P18-1001'],
  ['api.semanticscholar.org/graph/v1/paper/CorpusId:215416146', 'corpusid', '215416146'],
  ['api.semanticscholar.org/graph/v1/paper/PMID:19872477', 'pmid', '19872477'],
  ['api.semanticscholar.org/graph/v1/paper/MAG:2741809807', 'openalex', 'W2741809807'],
]
test.each(AT_S2)('%s', (path, scheme, value) => {
  expect(parseRef(`https://${path}`)).toContainEqual({ scheme, value })
})

test.each(['2025.coling-main.283v2', 'acl:2025.coling-main.283v1', 'P18-1001v2'])(
  '%s is the paper of that version',
  (ref) => {
    const [[first] = []] = readRef(ref) as { scheme: string; value: string }[][]
    expect(first).toEqual({ scheme: 'acl', value: ref.replace(/^acl:|v\d$/g, '') })
  },
)

test('a text that may be an identifier unchanged keeps that as a less likely meaning', () => {
  const doi = (value: string) => [{ scheme: 'doi', value }]
  expect(readRef('10.1000/x%20')).toEqual([doi('10.1000/x'), doi('10.1000/x%20')])
  expect(readRef('10.1000/(x)')).toEqual([doi('10.1000/(x)')])
  expect(readRef('10.1000/100%ab')).toEqual([doi('10.1000/100%ab')])
})

test.each(['10.', '10', '10.1', '10.x/', '10.18653', '10.18653/', '(10.)', '１０.', 'doi:10.'])(
  '%s is only partly a DOI',
  (ref) => {
    const read = readRef(ref)
    // A number alone may also be a PubMed id.
    if (ref === '10') expect(read).toHaveLength(2)
    else expect(read).toMatchObject({ reason: 'malformed' })
  },
)

test('a record is read literally, because the result becomes its key', () => {
  for (const ref of [`(${PLAIN.doi})`, `“${PLAIN.doi}”`, wide(PLAIN.doi), `${PLAIN.acl}v2`])
    expect(() => parseRef(ref), ref).toThrow(/not a paper reference/)
  expect(parseRef('10.1000/x%20')).toEqual([{ scheme: 'doi', value: '10.1000/x%20' }])
})

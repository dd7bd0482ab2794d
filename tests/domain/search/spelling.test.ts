import fc from 'fast-check'
import { expect, test } from 'vitest'
import { meantBy } from '../../../src/domain/search/fields/spelling.ts'
import { printSearchQuery } from '../../../src/domain/search/print.ts'
import { readSearchQuery } from '../../../src/domain/search/query.ts'
import { hasRealData, titlesWithColon } from '../../helpers/real-records.ts'

/** The query as LENIENT reads it, in printed form, and the fields in its warnings: the unknown one and the nearest. */
function read(query: string) {
  const { tree, warnings } = readSearchQuery(query, 'lenient')
  const hints = warnings.map(({ message }) => {
    const [, unknown, near] = /no field "([^"]+)"(?:; did you mean (\w+):\?)?/.exec(message) ?? []
    const [, known] = /expected .*(?:after|right after) (\w+):?, found/.exec(message) ?? []
    return unknown ? [unknown, ...(near ? [near] : [])].join(' → ') : (known ?? message)
  })
  return [tree && printSearchQuery(tree), ...hints]
}

const MEANT: [query: string, meant: string | null, ...hints: string[]][] = [
  // A slip in the name of a field.
  ['autor:hinton', 'author:hinton', 'autor → author'],
  ['auhtor:hinton', 'author:hinton', 'auhtor → author'],
  ['AUTOR:Hinton', 'author:Hinton', 'AUTOR → author'],
  ['authr:"Geoffrey Hinton"', 'author:"Geoffrey Hinton"', 'authr → author'],
  ['titel:graph deep', 'title:graph deep', 'titel → title'],
  ['abstrct:graph', 'abstract:graph', 'abstrct → abstract'],
  ['vanue:acl', 'venue:acl', 'vanue → venue'],
  ['yaer:2020', 'year:2020', 'yaer → year'],
  ['topics:parsing', 'topic:parsing', 'topics → topic'],
  ['affilation:MIT', 'affiliation:MIT', 'affilation → affiliation'],
  ['publisehd:2024', 'published:2024-01-01..2024-12-31', 'publisehd → published'],
  ['languge:de', 'language:de', 'languge → language'],
  // Another name for it, from other search engines.
  ['au:hinton', 'author:hinton', 'au → author'],
  ['by:hinton', 'author:hinton', 'by → author'],
  ['inauthor:hinton', 'author:hinton', 'inauthor → author'],
  ['ti:attention', 'title:attention', 'ti → title'],
  ['intitle:"graph networks"', 'title:"graph networks"', 'intitle → title'],
  ['abs:attention', 'abstract:attention', 'abs → abstract'],
  ['yr:2020', 'year:2020', 'yr → year'],
  ['year:2020 institution:MIT', 'year:2020 affiliation:MIT', 'institution → affiliation'],
  ['affil:"MIT"', 'affiliation:"MIT"', 'affil → affiliation'],
  ['conference:ICLR', 'venue:ICLR', 'conference → venue'],
  ['journal:nature', 'venue:nature', 'journal → venue'],
  ['kw:"few-shot"', 'keyword:"few-shot"', 'kw → keyword'],
  ['citations:>10', 'cites:>10', 'citations → cites'],
  ['date:2024', 'published:2024-01-01..2024-12-31', 'date → published'],
  ['status:retracted', 'is:retracted', 'status → is'],
  ['source:arxiv', 'venue:arxiv', 'source → venue'],
  // A slip in another name for it.
  ['jornal:nature', 'venue:nature', 'jornal → venue'],
  ['confrence:ICLR', 'venue:ICLR', 'confrence → venue'],
  ['institutoin:MIT', 'affiliation:MIT', 'institutoin → affiliation'],
  ['citatoins:>10', 'cites:>10', 'citatoins → cites'],
  ['summry:graph', 'abstract:graph', 'summry → abstract'],
  // Invalid values of the field are words, and so are values of names with another meaning.
  ['yr:soon', 'yr soon', 'yr → year'],
  ['status:great', 'status great', 'status → is'],
  ['since:2020', 'since 2020', 'since → published'],
  ['cat:cs.CL', 'cat cs.CL', 'cat → topic'],
  ['versoin:2', 'versoin 2', 'versoin'],
  ['foo:bar', 'foo bar', 'foo'],
  ['foo:"bar baz"', 'foo "bar baz"', 'foo'],
  ['doi:10.1/x', 'doi 10.1/x', 'doi'],
  ['deep learning in:title', 'deep learning', 'in → title'],
  // Something other than a colon directly after it.
  ['Author :ada deep', 'author:ada deep'],
  ['author : ada', 'author:ada'],
  ['venue=iclr', 'venue:iclr', 'venue'],
  ['year=2020', 'year:2020', 'year'],
  ['year>2020', 'year:2021..', 'year'],
  ['cites>=10', 'cites:>=10', 'cites'],
  ['author：李', 'author:李'],
  ['ＡＵＴＨＯＲ：李', 'author:李'],
  ['autor：李', 'author:李', 'autor → author'],
  // At all positions.
  ['-autor:hinton deep', 'NOT author:hinton deep', 'autor → author'],
  ['NOT foo:bar deep', 'NOT bar deep', 'foo'],
  [
    '(autor:hinton OR by:bengio) deep',
    '(author:hinton OR author:bengio) deep',
    'autor → author',
    'by → author',
  ],
  ['(foo:bar)', 'foo bar', 'foo'],
  ['deep autor:hinton', 'deep author:hinton', 'autor → author'],
  ['foo:(a OR b)', 'foo (a OR b)', 'foo'],
  ['-foo:(a OR b)', 'NOT (a OR b)', 'foo'],
  // At the beginning, followed by a space, it may also be a title.
  ['institution: MIT', 'institution: MIT', 'institution → affiliation'],
  ['Autor: Hinton', 'Autor: Hinton', 'autor → author'.replace('a', 'A')],
  ['title: attention', 'title:attention'],
  ['deep author: hinton', 'deep author:hinton'],
]

for (const [query, meant, ...hints] of MEANT) {
  test(`${query} is corrected, and the correction is reported`, () => {
    expect(read(query)).toEqual([meant, ...hints])
  })
}

const TEXTS = [
  '"autor:hinton"',
  '"title: x" deep',
  'https://arxiv.org/abs/1706.03762',
  'http://foo.org:8080/a?author=b',
  'doi.org/10.1/x',
  '10:30',
  '3:1',
  'C++: a survey',
  'BERT: pre-training of transformers',
  'BERT:pre-training',
  'AutoML:methods',
  'std::vector',
  'torch::nn::Module',
  're:zero',
  'a:b',
  'GPT-4: a report',
  'COVID-19:impact',
  'x=5',
  'p=0.05',
  'rating=high',
  'is=new',
  '深度学习：综述',
  'Natural Language: a survey',
  'parsing natural language: the state of the art',
  'Learning to Rate: On Rating: Methods',
  'what is an author: an essay',
  'the author is known',
  'Deep Learning for Topic: Models',
  'models of trust: trust me',
]

for (const query of TEXTS) {
  test(`${query} is text`, () => {
    expect(read(query)).toEqual([query])
  })
}

test.skipIf(!hasRealData)(
  'a title with a colon is not read as a field, unless it begins with a similar word',
  () => {
    const titles = titlesWithColon(2_000)
    const hints = titles.flatMap((title) => readSearchQuery(title, 'lenient').warnings)
    expect(titles.length).toBe(2_000)
    expect(
      hints.filter(({ message }) => !/^query, character 1: .*did you mean/.test(message)),
    ).toEqual([])
    expect(hints.length).toBeLessThan(10)
    const fields = titles.filter((title) => /\b[a-z]+:[^ ]/.test(read(title)[0] ?? ''))
    expect(fields).toEqual([])
  },
)

test('a field name with a slip at any place is read as the field, and reported as unknown', () => {
  fc.assert(
    fc.property(slipped, ([written, name]) => {
      const { tree, warnings } = readSearchQuery(`deep ${written}:2020`, 'lenient')
      expect(warnings.map(({ message }) => message)).toEqual([
        expect.stringContaining(`query, character 6: no field "${written}"`),
      ])
      expect(() => readSearchQuery(`deep ${written}:2020`, 'strict')).toThrow(warnings[0]?.message)
      const [near] = /(?<=did you mean )\w+/.exec(warnings[0]?.message ?? '') ?? []
      if (near === name && !['has', 'is'].includes(name))
        expect(JSON.stringify(tree)).toContain(`"field":"${name}"`)
    }),
    { numRuns: 500 },
  )
})

/** Names of at least five letters with a letter missing, doubled, replaced by `x`, or swapped with the next. */
const slipped = fc
  .constantFrom(
    'title',
    'abstract',
    'author',
    'affiliation',
    'topic',
    'keyword',
    'venue',
    'published',
    'updated',
  )
  .chain((name) => fc.tuple(fc.constant(name), fc.nat(name.length - 2), fc.nat(3)))
  .map(([name, at, how]) => {
    const [a, b] = [name[at] ?? '', name[at + 1] ?? '']
    const put = ['', a + a, 'x', b + a][how] ?? ''
    return [name.slice(0, at) + put + name.slice(at + (how === 3 ? 2 : 1)), name] as const
  })
  .filter(([written, name]) => written !== name && meantBy(written).by !== 'synonym')

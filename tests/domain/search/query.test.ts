import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SearchTerm } from '../../../src/domain/search/fields/field.ts'
import {
  FIELD_EXAMPLES,
  FIELD_NAMES,
  type FieldName,
  fieldOf,
  isTextField,
} from '../../../src/domain/search/fields/fields.ts'
import { meantBy } from '../../../src/domain/search/fields/spelling.ts'
import { printSearchQuery } from '../../../src/domain/search/print.ts'
import {
  parseSearchQuery,
  readSearchQuery,
  type SearchLeaf,
  type SearchNode,
} from '../../../src/domain/search/query.ts'
import { atLeast } from '../../helpers/thorough.ts'

type Tree = null | string | [string, ...unknown[]]

/** A tree without positions in a short notation: a word is its text, the rest are lists. */
function brief(node: SearchNode | null): Tree {
  if (!node) return null
  switch (node.kind) {
    case 'word':
      return node.text
    case 'prefix':
    case 'pattern':
    case 'phrase':
      return [node.kind, node.text]
    case 'text':
      return [node.field, brief(node.term)]
    case 'field':
      return [node.field, ...briefValue(node.value)]
    case 'not':
      return ['not', brief(node.node)]
    default:
      return [node.kind, ...node.nodes.map(brief)]
  }
}

function briefValue(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [value]
  return 'kind' in value ? [brief(value as SearchTerm)] : Object.values(value)
}

const lenient = (text: string) => brief(parseSearchQuery(text, 'lenient'))
const strict = (text: string) => brief(parseSearchQuery(text, 'strict'))

const LANGUAGE: [query: string, tree: Tree][] = [
  ['attention', 'attention'],
  ['  graph   neural networks ', ['and', 'graph', 'neural', 'networks']],
  ['"deep learning"', ['phrase', 'deep learning']],
  ['“deep learning”', ['phrase', 'deep learning']],
  ['transform*', ['prefix', 'transform']],
  ['cats AND dogs', ['and', 'cats', 'dogs']],
  ['cats OR dogs', ['or', 'cats', 'dogs']],
  ['a b OR c d', ['or', ['and', 'a', 'b'], ['and', 'c', 'd']]],
  ['(a OR b) c', ['and', ['or', 'a', 'b'], 'c']],
  ['((a)) AND (b AND (c d))', ['and', 'a', 'b', 'c', 'd']],
  ['NOT a', ['not', 'a']],
  [
    'a -b -"c d" -(e OR f)',
    ['and', 'a', ['not', 'b'], ['not', ['phrase', 'c d']], ['not', ['or', 'e', 'f']]],
  ],
  ['NOT -a', 'a'],
  ['NOT(a OR b)', ['not', ['or', 'a', 'b']]],
  ['cats and dogs or not', ['and', 'cats', 'and', 'dogs', 'or', 'not']],
  ['title:attention', ['title', 'attention']],
  ['Title:atten*', ['title', ['prefix', 'atten']]],
  ['author:"Ada Lovelace"', ['author', ['phrase', 'Ada Lovelace']]],
  ['-topic:parsing', ['not', ['topic', 'parsing']]],
  ['affiliation:"Bell Labs"', ['affiliation', ['phrase', 'Bell Labs']]],
  ['keyword:pars*', ['keyword', ['prefix', 'pars']]],
  ['abstract:AND', ['abstract', 'AND']],
  ['venue:ACL title:x', ['and', ['venue', 'ACL'], ['title', 'x']]],
  ['title:"a:b"', ['title', ['phrase', 'a:b']]],
  ['title:10.1/x(1)', ['title', '10.1/x(1)']],
  ['year:2020', ['year', 2020, 2020]],
  ['year:2020..2024', ['year', 2020, 2024]],
  ['year:2020-2024', ['year', 2020, 2024]],
  ['year:2020..', ['year', 2020, null]],
  ['year:..2024', ['year', null, 2024]],
  ['year:>2020', ['year', 2021, null]],
  ['year:>=2020', ['year', 2020, null]],
  ['year:<2020', ['year', null, 2019]],
  ['year:<=2020', ['year', null, 2020]],
  ['has:code', ['has', 'code']],
  ['-has:Code', ['not', ['has', 'code']]],
  ['stars:>100', ['stars', '>', 100]],
  ['stars:>=100', ['stars', '>=', 100]],
  ['cites:<10', ['cites', '<', 10]],
  ['cites:<=10', ['cites', '<=', 10]],
  ['cites:=10', ['cites', '=', 10]],
  ['cites:10', ['cites', '=', 10]],
  ['lang:python', ['lang', 'python']],
  ['lang:C++', ['lang', 'C++']],
  ['lang:"Jupyter Notebook"', ['lang', 'Jupyter Notebook']],
  ['is:oral', ['is', 'oral']],
  ['-is:Rejected', ['not', ['is', 'rejected']]],
  ['has:award', ['has', 'award']],
  ['award:"best paper"', ['award', ['phrase', 'best paper']]],
  ['session:vision area:optim*', ['and', ['session', 'vision'], ['area', ['prefix', 'optim']]]],
  ['rating:7', ['rating', '=', 7]],
  ['rating:>=7.25', ['rating', '>=', 7.25]],
  ['has:video has:Project_Page', ['and', ['has', 'video'], ['has', 'project-page']]],
  ['has:"project page"', ['has', 'project-page']],
  ['is:open access:Gold', ['and', ['is', 'open'], ['access', 'gold']]],
  ['language:de', ['language', 'de']],
  ['language:German', ['language', 'german']],
  ['published:2024-02-29', ['published', '2024-02-29', '2024-02-29']],
  ['published:2024-02', ['published', '2024-02-01', '2024-02-29']],
  ['published:2023..2024-05', ['published', '2023-01-01', '2024-05-31']],
  ['published:>2024-05', ['published', '2024-06-01', null]],
  ['updated:>=2025-01-31', ['updated', '2025-01-31', null]],
  ['updated:<2025', ['updated', null, '2024-12-31']],
  ['updated:..2025', ['updated', null, '2025-12-31']],
  // A field of several terms.
  ['title:(a OR b)', ['or', ['title', 'a'], ['title', 'b']]],
  ['title:(a "b c") d', ['and', ['title', 'a'], ['title', ['phrase', 'b c']], 'd']],
  ['-year:(2019 OR 2020)', ['not', ['or', ['year', 2019, 2019], ['year', 2020, 2020]]]],
  ['author:(a (b OR topic:c))', ['and', ['author', 'a'], ['or', ['author', 'b'], ['topic', 'c']]]],
  // Wildcards.
  ['mach*ne', ['pattern', 'mach*ne']],
  [
    'organi?ation title:m?chine',
    ['and', ['pattern', 'organi?ation'], ['title', ['pattern', 'm?chine']]],
  ],
  ['"neural net*"', ['prefix', 'neural net']],
  ['title:"neural net*"', ['title', ['prefix', 'neural net']]],
  ['stars:10..50 cites:10..*', ['and', ['stars', '..', 10, 50], ['cites', '>=', 10]]],
  ['rating:..7.5 year:2020..*', ['and', ['rating', '<=', 7.5], ['year', 2020, null]]],
  ['', null],
  [' \t\n', null],
  // Text that looks like syntax.
  ['C++ GPT-4 S^3c-Math α', ['and', 'C++', 'GPT-4', 'S^3c-Math', 'α']],
  ['state-of-the-art --verbose', ['and', 'state-of-the-art', '--verbose']],
  ['https://arxiv.org/abs/2305.18290?a=b&c=(d)', 'https://arxiv.org/abs/2305.18290?a=b&c=(d)'],
  ['10.1016/s0140-6736(20)30183-5', '10.1016/s0140-6736(20)30183-5'],
  ['ada@example.org', 'ada@example.org'],
  ['A: a study', ['and', 'A:', 'a', 'study']],
  ['std::vector', 'std::vector'],
  ['A* search', ['and', 'A*', 'search']],
  ['Wa*5=* title:(RL^2) title:RL^2', ['and', 'Wa*5=*', ['title', 'RL^2'], ['title', 'RL^2']]],
  ['"+word*" "stars:*"', ['and', ['prefix', '+word'], ['prefix', 'stars:']]],
  ['"paths by A*"', ['phrase', 'paths by A*']],
  ['L*ReLU C*-algebra why?', ['and', 'L*ReLU', 'C*-algebra', 'why?']],
  ['RL^2 P(A|B) |V_ub| !Kung', ['and', 'RL^2', 'P(A|B)', '|V_ub|', '!Kung']],
  ['GPT-[n] [RETRACTED] a ~b x~1', ['and', 'GPT-[n]', '[RETRACTED]', 'a', '~b', 'x~1']],
  ['O(n log n)', ['and', 'O', 'n', 'log', 'n']],
  ['f(x) (g(y))', ['and', 'f(x)', 'g(y)']],
  ['ANDROID NOTES ORACLE', ['and', 'ANDROID', 'NOTES', 'ORACLE']],
  ["O'Reilly 50% $x_1$", ['and', "O'Reilly", '50%', '$x_1$']],
]

for (const [query, tree] of LANGUAGE) {
  test(`${query} means the same in both modes`, () => {
    expect(strict(query)).toEqual(tree)
    expect(lenient(query)).toEqual(tree)
  })
}

const REPAIRED: [query: string, tree: Tree, complaint: string][] = [
  [
    'year:2024..2020',
    ['year', 2020, 2024],
    'query, character 6: expected the earlier end of 2024 and 2020 first after year:.',
  ],
  [
    'published:2024-05..2023',
    ['published', '2023-01-01', '2024-05-31'],
    'query, character 11: expected the earlier end of 2024-05 and 2023 first after published:.',
  ],
  [
    '"deep learning',
    ['and', 'deep', 'learning'],
    'query, character 1: expected a closing quote, found none.',
  ],
  ['5" disk', ['and', '5', 'disk'], 'query, character 2: expected a closing quote, found none.'],
  [
    'a (b OR c',
    ['and', 'a', ['or', 'b', 'c']],
    'query, character 3: expected a ")" that closes this "(", found none.',
  ],
  ['a) b', ['and', 'a', 'b'], 'query, character 2: expected a term or the end, found ")".'],
  [
    ':-) a',
    'a',
    'query, character 1: expected a term with a letter, a digit or a symbol, found ":-".',
  ],
  ['()', null, 'query, character 2: expected a term, found ")".'],
  ['a AND', 'a', 'query, character 6: expected a term after AND, found the end.'],
  ['AND a', 'a', 'query, character 1: expected a term, found "AND".'],
  ['a OR', 'a', 'query, character 5: expected a term after OR, found the end.'],
  ['OR', null, 'query, character 1: expected a term, found "OR".'],
  ['a OR AND b', ['or', 'a', 'b'], 'query, character 6: expected a term after OR, found "AND".'],
  ['a AND AND b', ['and', 'a', 'b'], 'query, character 7: expected a term after AND, found "AND".'],
  ['a NOT', 'a', 'query, character 6: expected a term after NOT or -, found the end.'],
  [
    'αβ NOT OR b',
    ['or', 'αβ', 'b'],
    'query, character 8: expected a term after NOT or -, found "OR".',
  ],
  ['😀 a (', ['and', '😀', 'a'], 'query, character 6: expected a term, found the end.'],
  [
    'a - b',
    ['and', 'a', 'b'],
    'query, character 3: expected a term with a letter, a digit or a symbol, found "-".',
  ],
  [
    'p < 0.05',
    ['and', 'p', '0.05'],
    'query, character 3: expected a term with a letter, a digit or a symbol, found "<".',
  ],
  [
    'a "" b',
    ['and', 'a', 'b'],
    'query, character 3: expected a term with a letter, a digit or a symbol, found "\\"\\"".',
  ],
  [
    '?!',
    null,
    'query, character 1: expected a term with a letter, a digit or a symbol, found "?!".',
  ],
  [
    'title:',
    null,
    'query, character 7: expected a word, a prefix* or a "phrase" after title:, found the end.',
  ],
  [
    'title: attention',
    ['title', 'attention'],
    'query, character 7: expected a word, a prefix* or a "phrase" right after title:, found a space.',
  ],
  ['title: -a', ['not', 'a'], 'right after title:, found a space.'],
  ['title: author: Ada', ['author', 'Ada'], 'right after title:, found a space.'],
  ['title:"a', 'a', 'query, character 7: expected a closing quote, found none.'],
  [
    'year:soon a',
    ['and', 'soon', 'a'],
    'query, character 6: expected years such as 2020, 2020..2024, 2020.., ..2024 or >2020 after year:, found "soon".',
  ],
  ['year: 2020', ['year', 2020, 2020], 'right after year:, found a space.'],
  ['year:>9999', '>9999', 'after year:, found ">9999".'],
  ['year:..', null, 'expected a term with a letter, a digit or a symbol, found "..".'],
  [
    'has:audio',
    'audio',
    'query, character 5: expected code, award, abstract, pdf, supplement, video, slides, poster, project-page, demo, space, model, dataset, correction, concern or versions after has:, found "audio".',
  ],
  ['is:green', 'green', 'after is:, found "green".'],
  ['rating:good', 'good', 'after rating:, found "good".'],
  ['access:free', 'free', 'bronze, green, open or closed after access:, found "free".'],
  ['published:2023-02-29', '2023-02-29', 'after published:, found "2023-02-29".'],
  ['published:>9999-12-31', '>9999-12-31', 'after published:, found ">9999-12-31".'],
  ['updated:soon', 'soon', 'expected a day, month or year such as 2024-05-31,'],
  ['language:python', 'python', '(for a programming language, write lang:) after language:'],
  [
    'stars:many',
    'many',
    'expected a number such as 10, or >10, >=10, <10, <=10, 10..20 after stars:, found "many".',
  ],
  ['cites:>99999999999', '>99999999999', 'after cites:, found ">99999999999".'],
  ['cites:>2147483648', '>2147483648', 'after cites:, found ">2147483648".'],
  ['lang:', null, 'expected a programming language after lang:, found the end.'],
  ['lang:py*', ['prefix', 'py'], 'expected a programming language after lang:, found "py*".'],
  ['lang:a*b:', 'a*b:', 'expected a programming language after lang:, found "a*b:".'],
  [
    'foo:bar',
    ['and', 'foo', 'bar'],
    'query, character 1: no field "foo". Fields are title, abstract, author, affiliation, topic, keyword, venue, year, has, is, stars, cites, lang, award, session, area, rating, published, updated, language, access. Put text that has a colon in quotes.',
  ],
  [
    'a titel:b',
    ['and', 'a', ['title', 'b']],
    'query, character 3: no field "titel"; did you mean title:? Fields are',
  ],
  ['since:2024', ['and', 'since', '2024'], 'no field "since"; did you mean published:? Fields are'],
  ['doi:10.1/x', ['and', 'doi', '10.1/x'], 'no field "doi"'],
  ['a:b', 'a:b', 'no field "a". Fields are'],
  ['author :ada', ['author', 'ada'], 'expected ":" right after author, found a space'],
  ['venue=acl', ['venue', 'acl'], 'expected ":" right after venue, found "="'],
]

for (const [query, tree, complaint] of REPAIRED) {
  test(`${query} finds something, or reports the error`, () => {
    expect(lenient(query)).toEqual(tree)
    expect(() => strict(query)).toThrow(complaint)
  })
}

const hasField = (query: string, name: string) => new RegExp(`\\b${name}:`, 'i').test(query)
/** A value that only fields of arbitrary words accept. */
const odd: SearchTerm = { kind: 'phrase', text: 'qx zx', start: 0, end: 7 }

test.each(FIELD_NAMES)('%s: is read above, and a wrong value of it, if there are any', (name) => {
  expect(LANGUAGE.some(([query]) => hasField(query, name))).toBe(true)
  const refuses = !isTextField(name) && fieldOf(name).read(odd) === null
  const isRefused = REPAIRED.some(([query]) => new RegExp(`^${name}:\\S`).test(query))
  expect(isRefused || !refuses).toBe(true)
})

test.each(FIELD_NAMES)('an empty %s: is an error in STRICT, and a warning in LENIENT', (name) => {
  for (const empty of ['', '""', '()', '( )', '(', '(())', '(a OR ())'])
    for (const query of [`${name}:${empty}`, `b ${name}:${empty}`, `-${name}:${empty}`]) {
      expect(() => strict(query), query).toThrow(': expected ')
      expect(readSearchQuery(query, 'lenient').warnings, query).not.toEqual([])
    }
})

test.each([
  ['oral papers of MIT', 'is:oral'],
  ['vision Spotlight talks', 'is:spotlight'],
  ['retracted papers', 'is:retracted'],
  ['poster presentations venue:ICLR', 'is:poster'],
  ['open papers', 'is:open'],
  ['oral cancer', null],
  ['"oral papers"', null],
  ['oral OR papers', null],
  ['oral author:papers', null],
  ['is:oral papers', null],
  ['papers', null],
])('words for decisions of venues are words, with a hint in LENIENT: %s', (query, meant) => {
  const { warnings, tree } = readSearchQuery(query, 'lenient')
  const hints = warnings.map(({ message }) => /write (\S+)\.$/.exec(message)?.[1])
  expect(hints).toEqual(meant ? [meant] : [])
  expect(readSearchQuery(query, 'strict')).toEqual({ tree, warnings: [] })
})

test('SQL and loose punctuation are text', () => {
  expect(lenient("'; drop table papers; --")).toEqual(['and', 'drop', 'table', 'papers;'])
  expect(lenient('a.*b [c] {d}? $1 \\')).toEqual(['and', 'a.*b', '[c]', '{d}?', '$1'])
})

test('a query is at most 5,000 characters and holds no NUL, in both modes', () => {
  for (const mode of ['lenient', 'strict'] as const) {
    expect(parseSearchQuery('ab '.repeat(100).padEnd(5000), mode)).toMatchObject({ kind: 'and' })
    expect(() => parseSearchQuery('word '.repeat(2000), mode)).toThrow(
      'query has 10000 characters; expected at most 5000.',
    )
    expect(() => parseSearchQuery('ab\0', mode)).toThrow(
      'query, character 3: a NUL character; expected text.',
    )
  }
})

test('the first 100 terms of a pasted text count; in STRICT it is an error', () => {
  const words = Array.from({ length: 150 }, (_, i) => `w${i}`)
  expect(lenient(words.join(' '))).toEqual(['and', ...words.slice(0, 100)])
  expect(strict(words.slice(0, 100).join(' '))).toEqual(['and', ...words.slice(0, 100)])
  expect(() => strict(words.join(' '))).toThrow('query, character 391: more than 100 terms.')
})

test('a word that no index holds is kept in STRICT', () => {
  const long = 'é'.repeat(501)
  expect(strict(`${'é'.repeat(500)} a`)).toEqual(['and', 'é'.repeat(500), 'a'])
  for (const text of [`a ${long}`, `a ${long}*`, `a "b ${long}"`, `a title:${long}`]) {
    expect(() => strict(text)).toThrow(/a word of 50[12] characters; expected at most 500\./)
    expect(lenient(text)).toBe('a')
  }
})

test('a thousand nested parentheses find the words in them; in STRICT they are an error', () => {
  const text = `${'('.repeat(1000)}a OR b${')'.repeat(1000)} c`
  expect(lenient(text)).toEqual(['and', ['or', 'a', 'b'], 'c'])
  expect(lenient(`${'(x '.repeat(99)}a${')'.repeat(99)}`)).toContain('a')
  expect(() => strict(text)).toThrow(
    'query, character 51: more than 50 parentheses within each other.',
  )
  expect(lenient(`${'NOT '.repeat(1001)}a`)).toEqual(['not', 'a'])
  expect(lenient('-('.repeat(1000))).toBeNull()
})

const SPECIAL = [
  '(',
  ')',
  '"',
  '“',
  '-',
  '*',
  ':',
  ' ',
  ' ',
  ' AND ',
  ' OR ',
  ' NOT ',
  '..',
  '>',
  '<',
  '=',
  '2020',
  '\n',
  '\\',
  '😀',
  '\ud800',
  'α',
  'a',
  'title:',
  'author:',
  'year:',
  'has:',
  'code',
  'stars:',
  'cites:',
  'lang:',
  'foo:',
  'autor:',
  'Author',
  'author',
  'in:',
  '：',
  'https://',
  'f(x)',
  "'",
]
/** Syntax of other search engines, which is rewritten before parsing. */
const FOREIGN = [
  '+',
  '!',
  '|',
  '&&',
  '~2',
  '^2',
  '[2019 TO *]',
  '2019..2020',
  '/a.b/',
  '[au]',
  'bcd',
  'NEAR/2',
  'TI=',
  '?',
]
const textOf = (special: string[]) =>
  fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 60 }).map((text) => text.replaceAll('\0', '')),
    fc.array(fc.constantFrom(...special), { maxLength: 40 }).map((parts) => parts.join('')),
  )
const anyText = textOf(SPECIAL)

function leavesOf(node: SearchNode): SearchLeaf[] {
  if ('nodes' in node) return node.nodes.flatMap(leavesOf)
  return node.kind === 'not' ? leavesOf(node.node) : [node]
}

test('a STRICT query is read equally after printing', () => {
  fc.assert(
    fc.property(textOf([...SPECIAL, ...FOREIGN]), (text) => {
      const tree = accepted(text)
      if (tree) expect(strict(printSearchQuery(tree))).toEqual(brief(tree))
    }),
    {
      numRuns: atLeast(3000, 30_000),
      examples: [
        ...['-author(：https://', 'NOT NOT year(:a', 'NOT -in:Author', '2020..(', '“(f(x)*“'],
        ...['"+zrn*"', '"author:*"', '>😀 "stars:author：*"', '\\(lang:":)*', '2020*f(x)author:*'],
        ...['lang:a*b:', 'title:(α~2) b', 'a: AND :?b:|^2', 'Wa*5=*', 'lang:F*'],
      ].map((text): [string] => [text]),
    },
  )
})

/** The tree of a valid text; null for others. */
function accepted(text: string): SearchNode | null {
  try {
    return parseSearchQuery(text, 'strict')
  } catch {
    return null
  }
}

test('LENIENT reads a valid STRICT query equally', () => {
  fc.assert(
    fc.property(textOf([...SPECIAL, ...FOREIGN]), (text) => {
      let tree: SearchNode | null
      try {
        tree = parseSearchQuery(text, 'strict')
      } catch (error) {
        expect(() => lenient(text)).not.toThrow()
        expect((error as Error).message).toMatch(/^query, character \d+: .*\.$/s)
        return
      }
      expect(parseSearchQuery(text, 'lenient')).toEqual(tree)
    }),
    { numRuns: atLeast(1000, 3000) },
  )
})

test('positions lead back to the text', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const tree = parseSearchQuery(text, 'lenient')
      for (const leaf of tree ? leavesOf(tree) : []) {
        const slice = text.slice(leaf.start, leaf.end)
        const term = 'term' in leaf ? leaf.term : leaf
        if (term.kind === 'word' || term.kind === 'pattern')
          expect(text.slice(term.start, term.end)).toBe(term.text)
        if (term.kind === 'prefix')
          expect(text.slice(term.start, term.end)).toContain(`${term.text}*`)
        // The plus of +word is not a part of the term.
        if (term.kind === 'phrase') expect(text.slice(term.start, term.end)).toContain(term.text)
        if ('term' in leaf && leaf.start < leaf.term.start) {
          const [name = ''] = /^\p{L}+/u.exec(slice) ?? []
          expect(meantBy(name).field).toBe(leaf.field)
        }
        expect(leaf.end).toBe(term.end)
      }
    }),
    { numRuns: atLeast(1000, 3000) },
  )
})

const range = { start: 0, end: 0 }
const word = fc.constantFrom('graph', 'α', 'C++', 'GPT-4', '--x', 'f(x)', 'and', 'A*', 'x:', '∞')
const term: fc.Arbitrary<SearchTerm> = fc.oneof(
  word.map((text) => ({ kind: 'word' as const, text, ...range })),
  fc.constantFrom('mach*ne', 'organi?ation', 'gr*ph*').map((text) => ({
    ...{ kind: 'pattern' as const, text, ...range },
  })),
  fc
    .constantFrom('neur', 'C++11', 'neural net')
    .map((text) => ({ kind: 'prefix' as const, text, ...range })),
  fc
    .constantFrom('deep learning', 'AND', '-a (b', 'title:x', ' a ')
    .map((text) => ({ kind: 'phrase' as const, text, ...range })),
)
const year = fc.option(fc.integer({ min: 1000, max: 9999 }))
const day = fc
  .date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const days = fc
  .tuple(fc.option(day), fc.option(day))
  .filter(([from, to]) => (from ?? to) !== null && (from ?? '') <= (to ?? '9999-12-31'))
  .map(([from, to]) => ({ from, to }))
const field = (name: string, value: fc.Arbitrary<unknown>) =>
  value.map(
    (value) => ({ kind: 'field', field: name, value, term: NO_TERM, ...range }) as SearchNode,
  )
const NO_TERM: SearchTerm = { kind: 'word', text: '', ...range }
const operator = fc.constantFrom('>', '>=', '<', '<=', '=')
const number = fc.oneof(
  fc.record({ operator, value: fc.nat(2 ** 31 - 1) }),
  fc
    .tuple(fc.nat(2 ** 31 - 1), fc.nat(2 ** 31 - 1))
    .map(([a, b]) => ({ operator: '..', value: Math.min(a, b), to: Math.max(a, b) })),
)
const named = term.filter(({ kind }) => kind !== 'pattern')
/** Values of each field. */
const VALUES: Record<FieldName, fc.Arbitrary<unknown>> = {
  ...{ author: named, affiliation: named, topic: named, keyword: named, venue: named },
  ...{ award: named, session: named, area: named },
  year: fc
    .tuple(year, year)
    .filter(([from, to]) => (from ?? to) !== null && (from ?? 0) <= (to ?? 9999))
    .map(([from, to]) => ({ from, to })),
  has: fc.constantFrom('code', 'award', 'abstract', 'project-page'),
  is: fc.constantFrom('retracted', 'oral', 'withdrawn', 'open'),
  access: fc.constantFrom('gold', 'closed'),
  language: fc.constantFrom('en', 'german', 'scottish gaelic'),
  published: days,
  updated: days,
  rating: fc.record({ operator, value: fc.nat(9_999).map((n) => n / 100) }),
  stars: number,
  cites: number,
  lang: fc.constantFrom('python', 'C++', 'Jupyter Notebook', 'F*', 'f("x")', 'A (b'),
}
const leaf: fc.Arbitrary<SearchNode> = fc.oneof(
  term,
  fc.record({
    kind: fc.constant('text' as const),
    field: fc.constantFrom('title', 'abstract'),
    term,
    start: fc.constant(0),
    end: fc.constant(0),
  }),
  ...Object.entries(VALUES).map(([name, value]) => field(name, value)),
)

/** Trees as the parser builds them: no group of one, none within one of its own kind, no double negation. */
const { tree } = fc.letrec<{ tree: SearchNode }>((tie) => {
  const nodes = fc.array(tie('tree'), { minLength: 2, maxLength: 4 })
  const group = (kind: 'and' | 'or') =>
    nodes.map(
      (parts): SearchNode => ({
        kind,
        nodes: parts.flatMap((node) => (node.kind === kind ? node.nodes : [node])),
      }),
    )
  const negation = tie('tree').map(
    (node): SearchNode => (node.kind === 'not' ? node.node : { kind: 'not', node }),
  )
  return { tree: fc.oneof({ maxDepth: 4 }, leaf, group('and'), group('or'), negation) }
})

test('STRICT reads a printed tree as that tree', () => {
  fc.assert(
    fc.property(
      tree.filter((node) => leavesOf(node).length <= 100),
      (node) => {
        const text = printSearchQuery(node)
        if (text.length <= 5000) expect(strict(text)).toEqual(brief(node))
      },
    ),
    { numRuns: atLeast(1000, 2000) },
  )
})

test('each field is documented by examples that both modes read as that field', () => {
  const readme = readFileSync(
    new URL('../../../src/domain/search/language.md', import.meta.url),
    'utf8',
  )
  for (const [query, papers] of FIELD_EXAMPLES) {
    expect(strict(query), query).toEqual(lenient(query))
    expect(strict(query)?.[0], query).toBe(query.split(':')[0])
    expect(readme).toMatch(
      new RegExp(`\\| \`${query.replace(/[.*>"=]/g, '\\$&')}\` +\\| ${papers}`),
    )
  }
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeRecords } from '../../../../src/domain/record/merge/merge.ts'
import type { PaperRecord } from '../../../../src/domain/record/paper-record.ts'
import { comparable } from '../../../../src/domain/record/same/comparable.ts'
import { matchHashes } from '../../../../src/domain/record/same/match-hashes.ts'
import { isSamePaper } from '../../../../src/domain/record/same/paper.ts'
import { familyKey, nameKey, titleKey } from '../../../../src/domain/record/title-key.ts'
import { findTopics, vocabularySize } from '../../../../src/domain/record/topic-vocabulary.ts'
import { paperRecord } from '../../../helpers/catalogue.ts'

const paper = (over: Partial<PaperRecord> = {}): PaperRecord =>
  paperRecord({
    ...{ source: 's', key: 'k', title: 'A Study of Many Things', kind: 'conference_paper' },
    ...{ published: { on: '2018-01-01', precision: 'year' }, eventYear: 2018 },
    ...over,
  })

const arbitrary = fc.record({
  source: fc.constantFrom('a', 'b'),
  kind: fc.constantFrom('conference_paper' as const, 'preprint' as const, 'demo' as const),
  title: fc.constantFrom('One Title', 'one title', 'Another'),
  abstract: fc.option(fc.string({ maxLength: 20 })),
  citationCount: fc.option(fc.nat(100)),
  landingUrl: fc.option(fc.webUrl()),
  hasMoreAuthors: fc.boolean(),
  authors: fc.array(
    fc.record({
      name: fc.constantFrom('Ada Lovelace', 'Lovelace, Ada', 'Alan Turing'),
      identifiers: fc.array(
        fc.record({ scheme: fc.constantFrom('orcid', 'acl'), value: fc.constantFrom('1', '2') }),
        { maxLength: 2 },
      ),
      affiliation: fc.option(fc.constantFrom('X', 'Y')),
    }),
    { maxLength: 3 },
  ),
  topics: fc.array(
    fc.record({
      slug: fc.constantFrom('t', 'u'),
      name: fc.constant('T'),
      kind: fc.constant('task' as const),
      score: fc.option(fc.constantFrom(0.5, 1)),
      source: fc.constantFrom('text', 'keywords'),
    }),
    { maxLength: 3 },
  ),
})

test('merging does not depend on the order of the records', () => {
  fc.assert(
    fc.property(fc.array(arbitrary, { minLength: 1, maxLength: 5 }), fc.nat(), (overs, seed) => {
      const records = overs.map((over, i) => paper({ ...over, key: `k${i}` }))
      const shuffled = records
        .map((record, i) => ({ record, rank: (i * 7919 + seed) % 101 }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ record }) => record)
      expect(mergeRecords(shuffled)).toEqual(mergeRecords(records))
      expect(mergeRecords(records.toReversed())).toEqual(mergeRecords(records))
    }),
  )
})

test('the published version supplies venue, kind and date; abstract, links and counts are joined', () => {
  const venue = { slug: 'v', name: 'V', acronym: null, kind: 'conference' as const }
  const repository = { host: 'github.com', owner: 'a', name: 'b', url: 'u', framework: null }
  const merged = mergeRecords([
    paper({
      kind: 'preprint',
      abstract: 'A long abstract.',
      citationCount: 9,
      published: { on: '2017-05-01', precision: 'month' },
      repositories: [{ ...repository, isOfficial: true, evidence: 'in_paper' }],
    }),
    paper({
      key: 'z',
      venue,
      abstract: 'Short.',
      repositories: [{ ...repository, isOfficial: false, evidence: 'curated' }],
    }),
  ])
  expect(merged).toMatchObject({
    kind: 'conference_paper',
    venue,
    published: { on: '2018-01-01' },
    abstract: 'A long abstract.',
    citationCount: 9,
  })
  expect(merged.repositories).toHaveLength(1)
  expect(merged.repositories[0]?.isOfficial).toBe(true)
})

test('sources take precedence in their order, unknown ones last and by name', () => {
  const from = (source: string, over: Partial<PaperRecord> = {}) =>
    paper({ source, title: source, abstract: `Of ${source}.`, pdfUrl: `u:${source}`, ...over })
  const shown = (...records: PaperRecord[]) => {
    const { title, abstract, pdfUrl } = mergeRecords(records)
    expect(mergeRecords(records.toReversed())).toMatchObject({ title, abstract, pdfUrl })
    return [title, abstract, pdfUrl]
  }
  expect(shown(from('arxiv'), from('crossref'), from('alpha'))).toEqual([
    'crossref',
    'Of arxiv.',
    'u:arxiv',
  ])
  expect(shown(from('zeta'), from('alpha'), from('pwc-methods'))).toEqual([
    'pwc-methods',
    'Of alpha.',
    'u:alpha',
  ])
  // The published version precedes the preprint, and records with a venue precede those without.
  const venue = { slug: 'v', name: 'V', acronym: null, kind: 'conference' as const }
  expect(shown(from('arxiv', { kind: 'preprint' }), from('zeta'))[0]).toBe('zeta')
  expect(shown(from('crossref'), from('s2', { venue }))[0]).toBe('s2')
})

test('a source that only states an award agrees with one that names it, in any order', () => {
  const venue = { slug: 'acl', name: 'ACL', acronym: 'ACL', kind: 'conference' as const }
  const decided = (source: string, award: string) =>
    paper({ source, decisions: [{ venue, year: 2022, outcome: 'accepted', award }] })
  const awardsOf = (...records: PaperRecord[]) =>
    mergeRecords(records).decisions.map(({ award, sources }) => [award, sources])
  const named = decided('b', 'Outstanding Paper')
  for (const source of ['a', 'c'])
    expect(awardsOf(decided(source, 'Award'), named)).toEqual([
      ['Outstanding Paper', [source, 'b'].sort()],
    ])
  expect(awardsOf(decided('a', 'Best Paper'), named)).toHaveLength(2)
})

test('a truncated abstract yields to the complete one, another does not', () => {
  const shown = (arxiv: string, s2: string) =>
    mergeRecords([
      paper({ source: 's2', abstract: s2 }),
      paper({ source: 'arxiv', abstract: arxiv }),
    ]).abstract
  expect(shown('We study\nmany …', 'We study many things. All of them.')).toBe(
    'We study many things. All of them.',
  )
  expect(shown('We study.', 'We study many things.')).toBe('We study.')
  expect(shown('We study.', 'x'.repeat(10_001))).toBe('We study.')
})

test('records of one paper', () => {
  const doi = (value: string) => ({ identifiers: [{ scheme: 'doi' as const, value }] })
  const by = (name: string) => ({ authors: [{ name, identifiers: [], affiliation: null }] })
  const same = (a: Partial<PaperRecord>, b: Partial<PaperRecord>) => {
    const [one, other] = [comparable(paper(a)), comparable(paper(b))]
    const isSame = isSamePaper(one, other)
    // Records that are one by their titles are found by the hash.
    if (isSame && (a.identifiers ?? []).length === 0)
      expect(matchHashes(one).title).toBe(matchHashes(other).title)
    return isSame
  }
  const year = (on: string) => ({ published: { on, precision: 'year' as const } })
  expect(same({}, { title: 'A study of many things.' })).toBe(true)
  expect(same({}, by('A. Lovelace'))).toBe(true)
  expect(same({}, by('Alan Turing'))).toBe(false)
  expect(same(doi('10.1/1'), doi('10.1/2'))).toBe(false)
  expect(same({}, year('2019-01-01'))).toBe(true)
  expect(same({}, year('2020-01-01'))).toBe(false)
  expect(same({}, { authors: [] })).toBe(true)
  expect(same({ title: 'Four words are few' }, { title: 'Four words are few', authors: [] })).toBe(
    false,
  )
  expect(same({ title: 'Introduction' }, { title: 'Introduction', ...by('B. Lovelace') })).toBe(
    false,
  )
  expect(same({ title: '!!!' }, { title: '!!!' })).toBe(false)
})

test('keys ignore case, accents, LaTeX and punctuation', () => {
  expect(titleKey('  The {BERT}-based $\\alpha$ Méthode: a "test"')).toBe(
    'the bert based alpha methode a test',
  )
  expect(titleKey('$\\ell_1$-regression')).toBe('l 1 regression')
  expect(nameKey('Mareček, David')).toBe('david marecek')
  expect(familyKey('Josef van Genabith')).toBe('genabith')
  expect(titleKey('word '.repeat(100)).length).toBeLessThanOrEqual(200)
})

test('topics are found at word boundaries, in any case or plural, the longest phrase first', () => {
  const slugs = findTopics(
    'Graph Neural Networks for machine translation',
    'We use GANs, not organs.',
  )
  expect(slugs.map(({ slug, score }) => [slug, score])).toEqual([
    ['graph-neural-networks', 1],
    ['machine-translation', 1],
    ['generative-adversarial-networks', 0.5],
  ])
  expect(vocabularySize()).toBeGreaterThanOrEqual(150)
})

test('keywords become curated topics if possible; others become none until papers use them', () => {
  const topics = findTopics('T', null, [
    'Reinforcement learning',
    ' Swarm  Behaviour ',
    '$x$',
    'a@b.org',
    '',
  ])
  expect(topics).toEqual([
    {
      slug: 'reinforcement-learning',
      name: 'Reinforcement Learning',
      kind: 'field',
      score: 1,
      source: 'keywords',
    },
  ])
})

test('keywords of all records are kept as printed; those of old records are among their topics', () => {
  const old = { slug: 'swarm-size', name: 'swarm size', kind: 'keyword' as const, score: 1 }
  const merged = mergeRecords([
    paperRecord({ source: 'bibtex', keywords: ['Swarm Behaviour', 'LLMs'] }),
    paperRecord({ source: 'arxiv', keywords: ['swarm behaviour', 'Bees'] }),
    paperRecord({ source: 'crossref', topics: [{ ...old, source: 'keywords' }] }),
  ])
  expect(merged.keywords).toEqual(['swarm size', 'Swarm Behaviour', 'LLMs', 'Bees'])
  expect(merged.topics).toEqual([])
})

const named = (source: string, names: string[], hasMoreAuthors = false) =>
  paper({
    ...{ source, key: source },
    authors: names.map((name) => ({ name, identifiers: [], affiliation: null })),
    ...(hasMoreAuthors && { hasMoreAuthors }),
  })
const ADA = 'Ada Lovelace'
const ALAN = 'Alan Turing'
const EMMY = 'Emmy Noether'

test.each<[string, PaperRecord[], string[], boolean]>([
  ['one record says it', [named('crossref', [ADA], true)], [ADA], true],
  ['none says it', [named('crossref', [ADA]), named('arxiv', [ADA])], [ADA], false],
  [
    'a complete byline wins',
    [named('crossref', [ADA], true), named('arxiv', ['A. Lovelace', ALAN])],
    [ADA, ALAN],
    false,
  ],
  [
    'also if it prints other names',
    [named('crossref', [ADA], true), named('arxiv', [EMMY, ALAN])],
    [EMMY, ALAN],
    false,
  ],
  [
    'no more names are not complete',
    [named('crossref', [ADA], true), named('arxiv', [ADA])],
    [ADA],
    true,
  ],
  [
    'a byline with fewer names is only its start',
    [named('crossref', [ADA]), named('arxiv', [ADA, ALAN], true)],
    [ADA, ALAN],
    true,
  ],
  [
    'another record that says it changes nothing',
    [named('crossref', [ADA, ALAN]), named('arxiv', [ADA], true)],
    [ADA, ALAN],
    false,
  ],
  [
    'the longest of several incomplete ones',
    [named('crossref', [ADA], true), named('arxiv', [ADA, ALAN], true)],
    [ADA, ALAN],
    true,
  ],
])('whether the byline has more authors: %s', (_, records, names, hasMoreAuthors) => {
  for (const order of [records, records.toReversed()]) {
    const merged = mergeRecords(order)
    expect(merged.authors.map(({ name }) => name)).toEqual(names)
    expect(merged.hasMoreAuthors).toBe(hasMoreAuthors)
  }
})

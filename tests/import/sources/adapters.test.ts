import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { withFoundTopics } from '../../../src/domain/record/keywords/found-topics.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import type { ProfileRecord } from '../../../src/domain/record/profile-record.ts'
import type { CitationEdge } from '../../../src/domain/write/relations/edges.ts'
import { findAdapter } from '../../../src/import/formats.ts'
import { guardProfile } from '../../../src/import/guard-profile.ts'
import { openInput } from '../../../src/import/input/input.ts'
import type { Refusal } from '../../../src/import/input/outcome.ts'

const fixture = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/import/${name}`, import.meta.url))

/** The entries that an adapter reads in a fixture, which it must also recognise. */
async function read(name: string, format: string) {
  const records: PaperRecord[] = []
  const profiles: ProfileRecord[] = []
  const edges: CitationEdge[] = []
  const rejects: (Refusal & { position: number })[] = []
  const repairs: [position: number, told: string[]][] = []
  const input = await openInput(fixture(name))
  const adapter = await findAdapter('auto', input)
  expect(adapter).toBe(await findAdapter(format, input))
  for await (const outcome of adapter(input.text, name)) {
    if ('repairs' in outcome && outcome.repairs?.length)
      repairs.push([outcome.position, outcome.repairs])
    if ('record' in outcome) {
      // An upgrade finds the same in stored records as importers find in texts.
      expect(withFoundTopics(outcome.record)).toEqual(outcome.record)
      records.push(outcome.record)
    } else if ('edge' in outcome) edges.push(outcome.edge)
    else if ('profile' in outcome) profiles.push(outcome.profile)
    else if ('reject' in outcome) rejects.push({ position: outcome.position, ...outcome.reject })
  }
  return { records, profiles, rejects, repairs, edges }
}

/** Identifiers of the paper in most fixtures. */
const SHARED_IDS = ['doi:10.18653/v1/2021.acl-long.1', 'acl:2021.acl-long.1', 'arxiv:2101.00001']

const names = (record: PaperRecord | undefined) => record?.authors.map(({ name }) => name)
const ids = (record: PaperRecord | undefined) =>
  record?.identifiers.map(({ scheme, value }) => `${scheme}:${value}`)
const links = (record: PaperRecord | undefined) =>
  record?.repositories.map((r) =>
    `${r.url} ${r.isOfficial} ${r.evidence} ${r.framework ?? ''}`.trim(),
  )
const topics = (record: PaperRecord | undefined, ...sources: string[]) =>
  record?.topics
    .filter(({ source }) => sources.includes(source))
    .map(({ name, kind, score }) => [name, kind, score])

test('arxiv: wrapped lines, LaTeX accents, the first version, DOIs, links in comments', async () => {
  const { records, rejects } = await read('arxiv.jsonl', 'arxiv')
  const [diphoton, shared, old] = records
  expect(rejects).toEqual([])
  expect(diphoton).toMatchObject({
    source: 'arxiv',
    key: '0704.0001',
    licence: 'CC0-1.0',
    title: 'Calculation of prompt diphoton production cross sections at Tevatron and LHC energies',
    kind: 'preprint',
    published: { on: '2007-04-02', precision: 'day' },
    pdfUrl: 'https://arxiv.org/pdf/0704.0001',
    venue: null,
  })
  expect(diphoton?.abstract).toMatch(/^A fully .* chromodynamics is presented for/)
  expect(names(diphoton)).toEqual(['C. Balázs', 'E. L. Berger', 'Ł. Górski', 'J. Müller Jr.'])
  expect(diphoton?.authors[1]?.affiliation).toBe('Argonne')
  expect(ids(diphoton)).toEqual(['arxiv:0704.0001', 'doi:10.1103/physrevd.76.013009'])
  expect(topics(diphoton, 'arxiv')).toEqual([
    ['High Energy Physics - Phenomenology (hep-ph)', 'category', 1],
  ])
  expect(shared).toMatchObject({ venue: { slug: 'acl' }, eventYear: 2021 })
  expect(shared?.abstract).toContain('Erdős and others')
  expect(links(shared)).toEqual(['https://github.com/invented/shared_papers true in_paper'])
  expect(topics(shared, 'arxiv')).toEqual([
    ['Computation and Language (cs.CL)', 'category', 1],
    ['Digital Libraries (cs.DL)', 'category', 0.5],
    ['Machine Learning (stat.ML)', 'category', 0.5],
  ])
  expect(old).toMatchObject({
    key: 'hep-th/9901001',
    title: 'On Invariants of $SU(2)\\times R^3$',
    published: { on: '1999-01-01', precision: 'month' },
  })
  expect(ids(old)).toEqual(['arxiv:hep-th/9901001', 'doi:10.1000/abc.1', 'doi:10.1000/abc.2'])
})

test('hf-daily: the day of the paper, its code, the hidden authors left out', async () => {
  const { records, rejects } = await read('hf-daily.json', 'hf-daily')
  const [shared, found] = records
  expect(rejects).toEqual([])
  expect(shared).toMatchObject({
    key: '2101.00001/2021-01-04',
    tldr: 'Records become one.',
    published: { on: '2021-01-01', precision: 'day' },
    landingUrl: 'https://huggingface.co/papers/2101.00001',
  })
  expect(names(shared)).toEqual(['Grace Hopper', 'Alan Turing'])
  expect(ids(shared)).toEqual(['arxiv:2101.00001', 'hf:2101.00001'])
  expect(links(shared)).toEqual(['https://github.com/invented/shared_papers true curated'])
  expect(topics(shared, 'keywords')).toEqual([['Knowledge Graphs', 'field', 1]])
  expect(shared?.keywords).toContain('record linkage')
  expect(found?.key).toBe('2101.00002/2021-01-05')
  expect(links(found)).toEqual([
    'https://github.com/Invented/Found false heuristic',
    'https://huggingface.co/datasets/Invented/Data true in_paper',
  ])
})

test('pwc papers: identifiers from addresses, tasks, methods without the advertisements', async () => {
  const { records, rejects } = await read('pwc-papers.json', 'pwc')
  const [shared, another] = records
  expect(rejects).toEqual([{ position: 2, key: 'untitled-9', reason: 'the entry has no title' }])
  expect(shared).toMatchObject({
    source: 'pwc',
    licence: 'CC-BY-SA-4.0',
    abstract: 'We study how records of one paper become one.',
    kind: 'conference_paper',
    venue: { slug: 'acl' },
    eventYear: 2021,
    published: { on: '2021-01-01', precision: 'day' },
  })
  expect(ids(shared)).toEqual([
    'pwc:shared-papers-become-one',
    'arxiv:2101.00001',
    'acl:2021.acl-long.1',
  ])
  expect(topics(shared, 'pwc')).toEqual([
    ['Classification', 'task', 1],
    ['Catalogue Merging', 'task', 1],
    ['Pre-Trained Language Models', 'method', 1],
    ['Catalogue Joining Network', 'method', 1],
  ])
  expect(ids(another)).toEqual(['pwc:another-one', 'openreview:B1abcdEfgH'])
  expect(another).toMatchObject({
    kind: 'workshop_paper',
    venue: { name: 'NeurIPS Workshop on Catalogues' },
  })
})

test('pwc links name their paper by its URL; methods the paper that introduced them', async () => {
  const { records, rejects } = await read('pwc-links.json', 'pwc')
  expect(records.map(links)).toEqual([
    ['https://github.com/Invented/Shared_Papers true in_paper pytorch'],
    ['https://github.com/someone/again false in_readme'],
  ])
  expect(ids(records[1])).toEqual(['pwc:shared-papers-become-one', 'arxiv:2101.00001'])
  expect(rejects).toMatchObject([{ position: 2, reason: 'the repo_url is not a repository' }])
  const methods = await read('pwc-methods.json', 'pwc')
  expect(methods.records).toMatchObject([
    { source: 'pwc-methods', title: expect.stringMatching(/^BERT: Pre-training/) },
  ])
  expect(topics(methods.records[0], 'pwc')).toEqual([['Pre-Trained Language Models', 'method', 1]])
  expect(methods.rejects.map(({ key, reason }) => [key, reason])).toEqual([
    ['call-now', 'the method is an advertisement'],
    ['year-9999', 'the year in which the method was introduced is impossible'],
  ])
})

test('cv-daily: a record for each topic, bars in titles, the day only if it is the first', async () => {
  const { records, rejects } = await read('cv-daily.json', 'cv-daily')
  expect(records.map(({ key, title }) => [key, title])).toEqual([
    ['Record Linkage/2101.00001', 'Shared Papers Become One: A Study of Catalogues'],
    ['Record Linkage/2101.00003', 'Bars | in Titles of $SU(2)\\times R^3$'],
    ['Object Detection/2101.00001', 'Shared Papers Become One: A Study of Catalogues'],
  ])
  expect(records.map(({ published }) => published)).toEqual([
    { on: '2021-01-01', precision: 'day' },
    { on: '2021-01-01', precision: 'month' },
    { on: '2021-01-01', precision: 'day' },
  ])
  expect(names(records[1])).toEqual(['Kurt Gödel'])
  expect(topics(records[0], 'cv-daily')).toEqual([['Record Linkage', 'task', 1]])
  expect(records.map(links)).toEqual([
    ['https://github.com/invented/shared_papers false curated'],
    [],
    [],
  ])
  expect(rejects).toMatchObject([{ position: 3, reason: 'the row has no title' }])
})

test('arxiv-atom: versions in ids, affiliations, the primary category, errors of the API', async () => {
  const { records, rejects } = await read('arxiv-atom.xml', 'arxiv-atom')
  expect(records).toMatchObject([
    {
      source: 'arxiv-atom',
      key: '2101.00001',
      title: 'Shared Papers Become One: A Study of Catalogues',
      published: { on: '2021-01-01', precision: 'day' },
      venue: { slug: 'acl' },
      authors: [
        { name: 'Grace Hopper', affiliation: 'Navy; Yale, grace@example.org' },
        { name: 'Alan Turing', affiliation: null },
      ],
    },
  ])
  expect(records[0]?.abstract).toMatch(/by Erdős & others, become one, if x < y\. Our code/)
  expect(ids(records[0])).toEqual([
    'arxiv:2101.00001',
    'doi:10.18653/v1/2021.acl-long.1',
    'acl:2021.acl-long.1',
  ])
  expect(topics(records[0], 'arxiv')?.map(([name]) => name)).toEqual([
    'Computation and Language (cs.CL)',
    'Machine Learning (stat.ML)',
  ])
  expect(links(records[0])).toEqual([
    'https://github.com/Invented/Extra true in_paper',
    'https://github.com/invented/shared_papers true in_paper',
  ])
  expect(rejects).toMatchObject([
    { position: 1, reason: expect.stringMatching(/error of the API/) },
  ])
})

test('crossref: JATS, dates with only a year or none, entries that are not papers', async () => {
  const { records, rejects } = await read('crossref.json', 'crossref')
  const [shared, threshold] = records
  expect(shared).toMatchObject({
    source: 'crossref',
    key: '10.18653/v1/2021.acl-long.1',
    title: 'Shared Papers Become One: A Study of Catalogues',
    abstract: 'We study how records of one paper become one, if p < 0.05 & n > 3.',
    kind: 'conference_paper',
    published: { on: '2021-01-01', precision: 'year' },
    venue: { slug: 'acl' },
    citationCount: 17,
    pdfUrl: 'https://aclanthology.org/2021.acl-long.1.pdf',
    landingUrl: 'https://aclanthology.org/2021.acl-long.1',
  })
  expect(shared?.authors[0]?.identifiers).toEqual([
    { scheme: 'orcid', value: '0000-0002-1825-0097' },
  ])
  expect(ids(shared)).toEqual(SHARED_IDS)
  expect(shared?.references).toEqual([
    { identifiers: [{ scheme: 'doi', value: '10.1000/abc.1' }], title: null, text: null },
    { identifiers: [], title: null, text: 'Noether, E. 1918.' },
  ])
  expect(threshold).toMatchObject({
    title: 'On P<0.05 & Other Thresholds',
    kind: 'journal_article',
    published: { on: '1999-01-01', precision: 'year' },
    isRetracted: true,
    venue: { slug: 'journal-of-invented-results', kind: 'journal' },
  })
  expect(names(threshold)).toEqual(['The Invented Collaboration'])
  expect(rejects.map(({ position, reason }) => [position, reason])).toEqual([
    [3, 'a work of the type component is not a paper'],
    [4, 'the work has no title'],
  ])
})

test('csl-json: particles, dates as text, identifiers in notes, keys of a library of its own', async () => {
  const { records, rejects } = await read('csl.json', 'csl-json')
  const [shared, dated] = records
  expect(shared).toMatchObject({
    key: expect.stringMatching(/^csl\.json\/hopper2021\/[0-9a-f]{8}$/),
    title: 'Shared Papers Become One: A Study of Catalogues',
    published: { on: '2021-08-01', precision: 'month' },
    venue: { slug: 'acl' },
  })
  expect(names(shared)).toEqual(['Grace Hopper', 'John von Neumann', 'The Invented Collaboration'])
  expect(ids(shared)).toEqual(SHARED_IDS)
  expect(links(shared)).toEqual(['https://github.com/invented/shared_papers true in_paper'])
  expect(dated).toMatchObject({ published: { on: '2019-03-01', precision: 'month' } })
  expect(ids(dated)).toEqual(['pmid:12345', 'pmcid:PMC67890'])
  expect(rejects).toEqual([{ position: 2, key: 'x', reason: 'the item has no title' }])
})

test('ris: wrapped texts, either generation of tags, dates with gaps, entries without an end', async () => {
  const { records, rejects, repairs } = await read('library.ris', 'ris')
  const [shared, old, thesis, odd, none, cut] = records
  expect(shared).toMatchObject({
    source: 'ris',
    key: expect.stringMatching(/^library\.ris\/hopper2021\/[0-9a-f]{8}$/),
    title: 'Shared Papers Become One: A Study - of Catalogues',
    abstract: 'We show how. Code: https://github.com/invented/shared_papers.git.',
    kind: 'conference_paper',
    published: { on: '2021-08-01', precision: 'month' },
    eventYear: 2021,
    venue: { slug: 'acl', acronym: 'ACL', kind: 'conference' },
    landingUrl: 'https://aclanthology.org/2021.acl-long.1',
    pdfUrl: 'https://aclanthology.org/2021.acl-long.1.pdf',
  })
  expect(names(shared)).toEqual([
    'Grace Hopper',
    'John von Neumann',
    'Martin King Jr.',
    'The Invented Collaboration',
  ])
  expect(ids(shared)).toEqual(SHARED_IDS)
  expect(links(shared)).toEqual(['https://github.com/invented/shared_papers true in_paper'])
  expect(shared?.keywords).toEqual(['record linkage', 'merging'])
  expect(old).toMatchObject({
    title: 'Üblicher Fall, ohne Ende',
    published: { on: '1918-07-26', precision: 'day' },
    venue: { name: 'Nachrichten', kind: 'journal' },
  })
  expect(names(old)).toEqual(['Emmy Noether'])
  expect(thesis).toMatchObject({ title: 'A Thesis \uFFFD of Bytes', kind: 'thesis' })
  expect(odd).toMatchObject({ title: 'A Type That Nobody Knows', kind: 'other' })
  expect(none).toMatchObject({ title: 'No Type at All', kind: 'other' })
  expect(cut).toMatchObject({ title: 'Cut off', kind: 'report' })
  expect(repairs).toEqual([
    [24, ['the entry has no end (ER)']],
    [33, ['bytes that are not UTF-8 were replaced']],
    [38, ['NUL characters were removed']],
    [46, ['the entry has no end (ER)']],
  ])
  expect(rejects).toEqual([
    { position: 29, key: 'untitled', reason: 'the entry has no title (TI)' },
  ])
})

test('bibtex: abbreviations, LaTeX, names in every form, an entry left open, days of a month', async () => {
  const { records, rejects } = await read('library.bib', 'bibtex')
  const [shared, goedel, days, corr] = records
  expect(shared).toMatchObject({
    key: expect.stringMatching(/^library\.bib\/hopper-turing-2021-shared\/[0-9a-f]{8}$/),
    title: 'Shared Papers Become One: A Study of Catalogues',
    kind: 'conference_paper',
    venue: { slug: 'acl' },
    published: { on: '2021-08-01', precision: 'month' },
    abstract: expect.stringContaining(
      "how 50% of the records “become” one, by Łukasiewicz's $x_{1} < 3$. @ a line of its own",
    ),
  })
  expect(names(shared)).toEqual(['Grace Hopper', 'Alan Turing'])
  expect(ids(shared)).toEqual(SHARED_IDS)
  expect(links(shared)).toEqual(['https://github.com/invented/shared_papers true in_paper'])
  expect(shared?.keywords).toEqual(['record linkage', 'merging'])
  expect(goedel).toMatchObject({
    title: 'Über formal unentscheidbare Sätze',
    kind: 'journal_article',
    venue: { name: 'Monatshefte für Mathematik', kind: 'journal' },
    published: { on: '1931-01-01', precision: 'month' },
  })
  expect(names(goedel)).toEqual([
    'Kurt Gödel',
    'The Invented, Collaboration',
    'John von Neumann Jr.',
    'Åke Škoda',
  ])
  expect(days).toMatchObject({
    venue: { slug: 'aistats' },
    published: { on: '2024-05-02', precision: 'day' },
    pdfUrl: 'https://proceedings.mlr.press/v1/x24a/x24a.pdf',
  })
  expect(ids(days)).toEqual(['pmlr:v1/x24a'])
  expect(corr).toMatchObject({ kind: 'preprint', venue: null })
  expect(ids(corr)).toEqual(['arxiv:2101.00009'])
  expect(rejects.map(({ position, key, reason }) => [position, key, reason])).toEqual([
    [21, 'missing-brace', 'a brace is missing'],
    [28, 'empty', 'the entry has no title'],
    [29, 'p2021', '@proceedings is not a paper'],
  ])
})

test('openalex: inverted abstracts, placeholders for authors, arXiv ids in locations, entries that are not papers', async () => {
  const { records, rejects, profiles } = await read('openalex.jsonl', 'openalex')
  const [shared, preprint] = records
  expect(shared).toMatchObject({
    key: 'W3000000001',
    licence: 'CC0-1.0',
    abstract: 'We study how the records of one paper become one and the paper stays one',
    kind: 'conference_paper',
    published: { on: '2021-01-01', precision: 'year' },
    language: 'en',
    venue: { slug: 'acl' },
    citationCount: 21,
    references: [
      { identifiers: [{ scheme: 'openalex', value: 'W3000000002' }] },
      { identifiers: [{ scheme: 'openalex', value: 'W999' }] },
    ],
  })
  expect(shared?.authors).toEqual([
    {
      name: 'Grace Hopper',
      identifiers: [
        { scheme: 'orcid', value: '0000-0002-1825-0097' },
        { scheme: 'openalex', value: 'A5000000001' },
      ],
      affiliation: 'Yale University, New Haven. Email: grace@example.org',
      institutions: [{ name: 'Yale University', ror: '03v76x132' }],
    },
    { name: 'Alan Turing', identifiers: [], affiliation: null },
  ])
  expect(ids(shared)).toEqual([
    'openalex:W3000000001',
    'doi:10.18653/v1/2021.acl-long.1',
    'acl:2021.acl-long.1',
    'pmid:12345678',
    'arxiv:2101.00001',
  ])
  expect(topics(shared, 'openalex')).toEqual([
    ['Natural Language Processing Techniques', 'field', 0.99],
    ['Data Quality and Management', 'field', 0.5],
  ])
  expect(shared?.keywords).toEqual(['Record linkage'])
  expect(ids(preprint)).toEqual(['openalex:W3000000002', 'arxiv:2101.00009'])
  expect(preprint).toMatchObject({ kind: 'preprint', isRetracted: true, authors: [] })
  expect(rejects.map(({ key, reason }) => [key, reason])).toEqual([
    ['W3000000003', 'the work has no title'],
    ['W3000000004', 'a work of the type paratext is not a paper'],
  ])
  expect(profiles).toMatchObject([{ type: 'author', key: 'A5000000001', paperCount: 3 }])
})

test('openalex authors and topics: placeholders left out, the ancestors in the tree, entities of other kinds', async () => {
  const authors = await read('openalex-authors.jsonl', 'openalex')
  expect(authors.profiles).toEqual([
    {
      type: 'author',
      source: 'openalex',
      key: 'A5000000007',
      licence: 'CC0-1.0',
      url: 'https://openalex.org/A5000000007',
      name: 'Grace Hopper',
      aliases: ['G. Hopper', 'Grace Hopper', 'g.hopper@invented.example'],
      identifiers: [
        { scheme: 'openalex', value: 'A5000000007' },
        { scheme: 'orcid', value: '0000-0002-1825-0097' },
      ],
      affiliations: ['Navy', 'Harvard University'],
      workplaces: [{ name: 'Harvard University', ror: '03vek6s52', from: '1944', to: '1949' }],
      homepage: null,
      paperCount: 3,
      citationCount: 120,
      hIndex: 2,
    },
  ])
  expect(authors.rejects).toEqual([
    { position: 2, key: 'A9999999999', reason: 'the entity is a placeholder for unknown authors' },
    { position: 3, key: 'A5000000002', reason: 'the author has no name' },
  ])
  const topicFile = await read('openalex-topics.jsonl', 'openalex')
  expect(topicFile.profiles).toMatchObject([
    {
      type: 'topic',
      key: 'T10028',
      slug: 'entity-deduplication-studies',
      description: 'This cluster of papers finds records that are one.',
      parents: [
        { slug: 'catalogue-science', name: 'Catalogue Science', kind: 'field' },
        { slug: 'computer-science', name: 'Computer Science', kind: 'field' },
        { slug: 'physical-sciences', name: 'Physical Sciences', kind: 'field' },
      ],
    },
  ])
  expect(topicFile.rejects).toEqual([
    { position: 2, key: 'S5', reason: 'the entity is not a work, author or topic' },
  ])
})

test('s2 authors: ORCID iDs in a list, an author without a number', async () => {
  const { profiles, rejects } = await read('s2-authors.jsonl', 's2')
  expect(profiles).toMatchObject([
    {
      source: 's2',
      key: '1741101',
      licence: 'ODC-BY-1.0',
      identifiers: [
        { scheme: 's2', value: '1741101' },
        { scheme: 'orcid', value: '0000-0002-1825-0097' },
      ],
      homepage: 'https://invented.example/hopper',
      hIndex: 3,
    },
  ])
  expect(rejects).toEqual([{ position: 2, key: null, reason: 'the author has no authorid' }])
})

test('ror: organisations of schema 2 and 1, with one parent and the host of the home page', async () => {
  const { profiles, rejects } = await read('ror.json', 'ror')
  expect(profiles).toEqual([
    {
      ...{ type: 'institution', source: 'ror', key: '05apxxy63', ror: '05apxxy63' },
      ...{ licence: 'CC0-1.0', url: 'https://ror.org/05apxxy63' },
      name: 'Korea Advanced Institute of Science and Technology',
      ...{ aliases: ['한국과학기술원'], acronyms: ['KAIST'], country: 'KR' },
      ...{ domain: 'kaist.ac.kr', parent: null, isWithdrawn: false },
    },
    expect.objectContaining({
      ...{ key: '022z6jk58', aliases: ['Lincoln Laboratory'], acronyms: [] },
      ...{ domain: 'll.mit.edu', parent: '042nb2s44' },
    }),
    expect.objectContaining({ key: '00madev45', isWithdrawn: true }),
  ])
  expect(rejects).toEqual([
    {
      ...{ position: 2, key: 'https://ror.org/05apxxy64' },
      reason: 'the organisation has no valid ROR id',
    },
    { position: 3, key: '00madew42', reason: 'the organisation has no name' },
  ])
  const old = await read('ror-v1.json', 'ror')
  expect(old.profiles).toMatchObject([
    {
      ...{ key: '042nb2s44', name: 'Massachusetts Institute of Technology', acronyms: ['MIT'] },
      aliases: ['Instituto de Tecnología de Massachusetts'],
      ...{ country: 'US', domain: 'web.mit.edu', parent: null },
    },
    {
      ...{ key: '05a28rw58', acronyms: ['ETH', 'ETHZ'], country: 'CH', parent: '02jx3x895' },
      aliases: expect.arrayContaining(['Eidgenössische Technische Hochschule Zürich']),
    },
  ])
  expect(JSON.stringify(old.profiles)).not.toContain('@')
  expect(old.rejects).toEqual([
    { position: 2, key: '00madex39', reason: 'the organisation has no name' },
  ])
})

test('s2: identifiers, years without a day, citations without ends, intents with nulls', async () => {
  const { records, rejects } = await read('s2-papers.jsonl', 's2')
  const [shared, preprint] = records
  expect(rejects).toEqual([])
  expect(shared).toMatchObject({
    licence: 'ODC-BY-1.0',
    kind: 'conference_paper',
    published: { on: '2021-01-01', precision: 'year' },
    venue: { slug: 'acl' },
    citationCount: 19,
  })
  expect(ids(shared)).toEqual([
    'corpusid:230000001',
    'doi:10.18653/v1/2021.acl-long.1',
    'acl:2021.acl-long.1',
    'arxiv:2101.00001',
    'dblp:conf/acl/HopperT21',
    's2:0123456789abcdef0123456789abcdef01234567',
  ])
  expect(shared?.authors.map(({ identifiers }) => identifiers)).toEqual([
    [{ scheme: 's2', value: '1741101' }],
    [],
  ])
  expect(topics(shared, 's2')).toEqual([['Computer Science', 'field', null]])
  expect(preprint).toMatchObject({ kind: 'preprint', published: { precision: 'day' }, venue: null })
  const citations = await read('s2-citations.jsonl', 's2')
  const corpus = (value: string) => ({ scheme: 'corpusid', value })
  const edge = { citing: corpus('230000002'), cited: corpus('230000001') }
  expect(citations.edges).toEqual([
    {
      ...{ ...edge, isInfluential: true, intents: ['background', 'methodology'] },
      contexts: ['as [1] shows', 'we follow [1]'],
    },
    { ...edge, isInfluential: false, intents: [] },
    {
      citing: corpus('230000001'),
      cited: corpus('230000777'),
      isInfluential: false,
      intents: [],
    },
  ])
  expect(citations.rejects).toMatchObject([
    { position: 3, key: '3', reason: 'the citation lacks one of its ends' },
  ])
})

test('an institution may have @ in its name; an address is not an institution', () => {
  const of = (name: string) =>
    guardProfile({
      ...{ type: 'institution', source: 'ror', key: '03hjh0h14', licence: null, url: null },
      ...{ ror: '03hjh0h14', name, aliases: ['CNRS@CREATE', 'a@example.org'], acronyms: [] },
      ...{ country: 'SG', domain: null, parent: null, isWithdrawn: false },
    })
  expect(of('CNRS@CREATE Ltd')).toMatchObject({
    profile: { name: 'CNRS@CREATE Ltd', aliases: ['CNRS@CREATE'] },
  })
  expect(of('a@example.org')).toMatchObject({ reason: 'the entry has no name' })
})

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { entryOf } from '../../../src/import/entry.ts'
import { findAdapter } from '../../../src/import/formats.ts'
import { openInput } from '../../../src/import/input/input.ts'
import { namesOf, readText } from '../../helpers/reading.ts'

const FIXTURES = fileURLToPath(new URL('../../fixtures/import', import.meta.url))

async function read(file: string) {
  const input = await openInput(join(FIXTURES, file))
  const adapter = await findAdapter('auto', input)
  const found = []
  for await (const outcome of adapter(input.text, input.name)) {
    const entry = entryOf(outcome)
    found.push('read' in entry ? entry.read() : entry)
  }
  return {
    records: found.flatMap((entry) => ('record' in entry ? [entry.record] : [])),
    also: found.flatMap((entry) => ('record' in entry ? entry.also : [])),
    profiles: found.flatMap((entry) => ('profile' in entry ? [entry.profile] : [])),
    rejects: found.flatMap((entry) => ('reject' in entry ? [entry.reject.reason] : [])),
  }
}

const ids = ({ identifiers }: PaperRecord) =>
  identifiers.map(({ scheme, value }) => `${scheme}:${value}`)

test('DataCite: versions of a deposit are one work, with their pages; ROR ids of authors; rights', async () => {
  const { records, rejects } = await read('datacite.json')
  const [deposit, arxiv, data] = records
  expect(deposit).toMatchObject({
    ...{ title: 'Weaving without a Loom: A Preprint', kind: 'preprint', language: 'en' },
    ...{ abstract: 'We weave by hand.', published: { on: '2023-04-05', precision: 'day' } },
    ...{ keywords: ['weaving'], venue: null },
    openAccess: { status: 'open', licence: 'cc-by', url: 'https://zenodo.example/records/102' },
  })
  expect(deposit && ids(deposit)).toEqual([
    'doi:10.5555/zenodo.102',
    'doi:10.5555/zenodo.100',
    'doi:10.5555/zenodo.101',
  ])
  expect(deposit?.events).toEqual([
    {
      ...{ kind: 'version', on: '2023-04-05', number: 2 },
      notice: 'https://doi.org/10.5555/zenodo.102',
    },
    { kind: 'version', on: null, notice: 'https://doi.org/10.5555/zenodo.101' },
  ])
  expect(deposit?.authors).toEqual([
    {
      name: 'Ada Lovelace',
      familyName: 'Lovelace',
      identifiers: [{ scheme: 'orcid', value: '0000-0001-5109-3700' }],
      affiliation: 'ETH Zürich, Department of Looms',
      institutions: [
        { name: 'ETH Zürich, Department of Looms', isPrinted: true, ror: '05a28rw58' },
      ],
    },
    { name: 'The Loom Collaboration', identifiers: [], affiliation: 'Somewhere' },
    // The GRID id of an institution is not its ROR id.
    { name: 'Alan Turing', familyName: 'Turing', identifiers: [], affiliation: 'Elsewhere' },
  ])
  expect(arxiv?.events).toEqual([
    {
      ...{ kind: 'version', on: '2021-01-01', number: 1 },
      notice: 'https://arxiv.org/abs/2101.00001v1',
    },
    {
      ...{ kind: 'version', on: '2021-02-03', number: 2 },
      notice: 'https://arxiv.org/abs/2101.00001v2',
    },
  ])
  expect(arxiv?.openAccess).toBeUndefined()
  // A data set is a link of the paper that it supplements.
  expect(data).toMatchObject({
    ...{ title: '', identifiers: [{ scheme: 'doi', value: '10.5555/zenodo.102' }] },
    links: [
      { kind: 'dataset', url: 'https://doi.org/10.5555/data.1', label: 'Looms of the World' },
    ],
  })
  expect(rejects).toEqual(['a work of the type Dataset is not a paper'])
})

test('JATS: byline with ROR ids, dates, licence, references, and notices on the article that they concern', async () => {
  const { records, also, rejects } = await read('jats.xml')
  const [article, notice] = records
  expect(article).toMatchObject({
    ...{ key: '10.5555/jats.1', kind: 'journal_article', language: 'en' },
    title: 'Looms & their weavers—a short history',
    abstract: 'Aim We look at looms. Result They weave.',
    published: { on: '2021-03-04', precision: 'day' },
    publication: { container: 'Journal of Invented Results', volume: '7', pages: '11–19' },
    ...{ keywords: ['looms', 'history'], landingUrl: 'https://doi.org/10.5555/jats.1' },
    openAccess: { status: 'open', licence: 'cc-by', version: 'published' },
    events: [{ kind: 'correction', on: null, notice: 'https://doi.org/10.5555/jats.2' }],
  })
  expect(article && ids(article)).toEqual([
    'doi:10.5555/jats.1',
    'pmid:12345678',
    'pmcid:PMC1234567',
  ])
  const eth = { name: 'ETH Zurich', isPrinted: true, ror: '05a28rw58' }
  expect(article?.authors).toEqual([
    {
      name: 'Ada Lovelace',
      familyName: 'Lovelace',
      identifiers: [{ scheme: 'orcid', value: '0000-0001-5109-3700' }],
      ...{ affiliation: expect.stringContaining('Zurich'), institutions: [eth] },
    },
    {
      ...{ name: 'Alan Turing', familyName: 'Turing', identifiers: [], institutions: [eth] },
      affiliation: expect.stringContaining('University of Invention, Nowhere'),
    },
    { name: 'The Loom Collaboration', identifiers: [], affiliation: null },
  ])
  expect(JSON.stringify(article)).not.toContain('example.org')
  expect(article?.references?.map(({ title, text }) => title ?? text)).toEqual([
    'On Weaving',
    'Noether, E. 1918.',
  ])
  expect(notice).toMatchObject({ kind: 'other', title: 'Correction: Looms and their weavers' })
  expect(also).toMatchObject([
    {
      ...{ source: 'jats', title: '', identifiers: [{ value: '10.5555/jats.1' }] },
      events: [{ kind: 'correction', on: '2021-06-01', notice: 'https://doi.org/10.5555/jats.2' }],
    },
  ])
  expect(rejects).toEqual(['the article has no DOI, PubMed or PubMed Central id'])
})

test('ORCID: names, employers with the present one first, no e-mail address', async () => {
  const { profiles } = await read('orcid.json')
  expect(profiles).toEqual([
    expect.objectContaining({
      ...{ type: 'author', source: 'orcid', key: '0000-0001-5109-3700' },
      ...{ name: 'Ada Lovelace', aliases: ['A. A. Lovelace'], homepage: 'https://ada.example/' },
      affiliations: ['ETH Zurich', 'University of Invention'],
      workplaces: [
        { name: 'ETH Zurich', ror: '05a28rw58', from: '2010-04', to: null },
        { name: 'University of Invention', ror: null, from: '2001', to: '2009' },
      ],
    }),
  ])
  expect(JSON.stringify(profiles)).not.toContain('@')
})

test('Crossref: a notice states an event of the named work', async () => {
  const { also } = await read('crossref.json')
  expect(also).toEqual([
    expect.objectContaining({
      ...{ source: 'crossref-notices', key: '10.1000/journal.3|10.1000/journal.2', title: '' },
      ...{ isRetracted: true, identifiers: [{ scheme: 'doi', value: '10.1000/journal.2' }] },
      events: [
        { kind: 'retraction', on: '2001-05-06', notice: 'https://doi.org/10.1000/journal.3' },
      ],
    }),
  ])
})

/** Content of a `<collab>` in JATS files beside the name of the group. */
const MEMBER =
  '<contrib><name><surname>Nott</surname><given-names>Graham</given-names></name><contrib-id contrib-id-type="orcid">0000-0002-1825-0097</contrib-id><aff><institution>Nott Enterprises</institution><country>Canada</country></aff></contrib>'
const BESIDE = {
  nothing: '',
  members: `<contrib-group>${MEMBER}${MEMBER}</contrib-group>`,
  'members in sections': `<contrib-group><role>Writing group</role>${MEMBER}</contrib-group><contrib-group>${MEMBER}</contrib-group>`,
  'a place': '<aff><institution>Nott Enterprises</institution></aff>',
  'marks and addresses':
    '<xref ref-type="aff" rid="a1"><sup>1</sup></xref><email>a@b.example</email>',
}
const FORMS: Record<string, (name: string) => string> = {
  plain: (name) => name,
  'in an institution': (name) => `<institution>${name}</institution>`,
  'in lines': (name) => `\n    ${name}\n    `,
  'in italics': (name) => `<italic>${name}</italic>`,
}

test.each(
  Object.entries(BESIDE).flatMap(([beside, xml]) =>
    Object.entries(FORMS).map(([form, of]) => [beside, form, xml, of] as const),
  ),
)('JATS: the name of a group with %s, %s', async (_, __, xml, of) => {
  const names = ['Loom Technology Group', 'Loom Production Group']
  const contribs = names.map(
    (name) => `<contrib contrib-type="author"><collab>${of(name)}${xml}</collab></contrib>`,
  )
  const both = `<contrib contrib-type="author">${names.map((name) => `<collab>${of(name)}${xml}</collab>`).join('')}</contrib>`
  for (const byline of [contribs.join(''), both]) {
    const text = `<article><front><article-meta><article-id pub-id-type="doi">10.5555/groups</article-id><title-group><article-title>Of groups</article-title></title-group><contrib-group>${byline}</contrib-group></article-meta></front></article>`
    const { records, repairs } = await readText('jats', text)
    expect(namesOf(records[0])).toEqual(names)
    expect(repairs.flat()).toEqual([])
  }
})

import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { titleKey } from '../../../src/domain/record/title-key.ts'
import { idsOf, namesOf, readText } from '../../helpers/reading.ts'
import { thinned } from '../../helpers/real-records.ts'
import { atLeast } from '../../helpers/thorough.ts'

const NBIB = `
PMID- 90000001
OWN - NLM
STAT- MEDLINE
IS  - 1234-5678 (Electronic)
VI  - 12
IP  - 3
DP  - 2019 Sep 18
TI  - Invented trial of p<0.05 and n > 3 in
      two wrapped lines.
PG  - 45-67
LID - 10.1000/nbib.one [doi]
LID - 45 [pii]
AB  - BACKGROUND: Kept whole.
      Code: https://github.com/invented/trial
FAU - Lovelace, Ada Augusta
AU  - Lovelace AA
AUID- ORCID: 0000-0002-1825-0097
AD  - Engine House, London. ada@example.org
FAU - King, Martin L Jr
AU  - King ML Jr
CN  - The Invented Study Group
FED - Editor, Not An
ED  - Editor NA
LA  - ger
PT  - Journal Article
PT  - Retracted Publication
TA  - J Invent
JT  - Journal of Invention
MH  - Humans
MH  - *Invention/methods
OT  - engines
PMC - PMC7000001
AID - 45 [pii]
AID - 10.1000/nbib.one [doi]

PMID- 90000002
OWN - NLM
DP  - 1998 Mar-Apr
TI  - [Short names only].
AU  - von Neumann J
AU  - et al.
PT  - Journal Article
TA  - J Invent

PMID- 90000003
OWN - NLM
DP  - 2001 Winter
PT  - Journal Article

PMID- 90000004
BTI - An Invented Handbook
FED - Editor, Ed
ED  - Editor E
DP  - 2011
PT  - Book
`

test('nbib: wrapped fields, full names, groups, dates in the form of PubMed, a record without a title', async () => {
  for (const text of [NBIB, NBIB.trimStart(), `\uFEFF${NBIB.trim().replaceAll('\n', '\r\n')}`]) {
    const { records, rejects } = await readText('nbib', text.replace('\uFEFF', ''))
    const [whole, short, book] = records
    expect(whole).toMatchObject({
      source: 'nbib',
      key: '90000001',
      title: 'Invented trial of p<0.05 and n > 3 in two wrapped lines',
      abstract: 'BACKGROUND: Kept whole. Code: https://github.com/invented/trial',
      kind: 'journal_article',
      published: { on: '2019-09-18', precision: 'day' },
      language: 'de',
      isRetracted: true,
      landingUrl: 'https://pubmed.ncbi.nlm.nih.gov/90000001/',
      venue: { name: 'Journal of Invention', kind: 'journal' },
      publication: {
        ...{ container: 'Journal of Invention', volume: '12', number: '3', pages: '45–67' },
        ...{ editors: ['Not An Editor'], issns: ['1234-5678'] },
      },
    })
    expect(idsOf(whole)).toEqual(['pmid:90000001', 'pmcid:PMC7000001', 'doi:10.1000/nbib.one'])
    expect(whole?.authors).toMatchObject([
      {
        name: 'Ada Augusta Lovelace',
        identifiers: [{ scheme: 'orcid', value: '0000-0002-1825-0097' }],
        affiliation: 'Engine House, London.',
      },
      { name: 'Martin L King Jr' },
      { name: 'The Invented Study Group' },
    ])
    expect(whole?.repositories).toMatchObject([{ owner: 'invented', name: 'trial' }])
    expect(whole?.keywords?.map((name) => name.toLowerCase())).toEqual(
      expect.arrayContaining(['humans', 'invention/methods', 'engines']),
    )
    expect(short).toMatchObject({
      title: '[Short names only]',
      published: { on: '1998-03-01', precision: 'month' },
      isRetracted: false,
    })
    expect(namesOf(short)).toEqual(['J von Neumann'])
    expect(book).toMatchObject({ title: 'An Invented Handbook', kind: 'book', authors: [] })
    expect(rejects).toMatchObject([{ key: '90000003', reason: 'the record has no title (TI)' }])
  }
})

const style = (text: string) => `<style face="normal" font="default" size="100%">${text}</style>`
const ENDNOTE = `<?xml version="1.0" encoding="UTF-8" ?><xml><records><record><database name="my.enl">my.enl</database>
<rec-number>7</rec-number><ref-type name="Journal Article">17</ref-type><contributors><authors>
<author>${style('Lovelace, Ada')}</author><author>Barnes and Noble, Inc.</author><author>et al.</author></authors>
<secondary-authors><author>Editor, Ed</author></secondary-authors></contributors>
<titles><title>${style('Growth of ')}<style face="italic">E. coli</style>${style(' when a &lt; b &amp; c')}</title>
<secondary-title>${style('Journal of Invention')}</secondary-title></titles>
<periodical><full-title>Journal of Invention</full-title></periodical><pages>45-67</pages><volume>12</volume><number>3</number>
<keywords><keyword>engines</keyword><keyword>*looms</keyword></keywords>
<dates><year>2019</year><pub-dates><date>Sep 18</date></pub-dates></dates><abstract>Kept\u0002 whole.&#xD;Twice.</abstract>
<isbn>1234-5678 (Print)&#xD;1234-567X</isbn><accession-num>90000001</accession-num><custom2>PMC7000001</custom2>
<electronic-resource-num>https://doi.org/10.1000/EN.one</electronic-resource-num>
<urls><related-urls><url>https://github.com/invented/looms</url></related-urls><pdf-urls><url>internal-pdf://1/x.pdf</url></pdf-urls></urls>
<remote-database-provider>NLM</remote-database-provider><language>English</language></record>
<record><rec-number>8</rec-number><ref-type>10</ref-type><titles><title>Talk & Tea</title>
<secondary-title>International Conference on Looms</secondary-title></titles><dates><year>2020</year></dates>
<accession-num>12345678</accession-num></record>
<record><rec-number>9</rec-number><ref-type name="Journal Article">17</ref-type><titles><title>Broken <b>tag</title></titles></record>
<record><rec-number>10</rec-number><titles><secondary-title>No title</secondary-title></titles></record>
<record><rec-number>11</rec-number><titles><title>Open to the next</title></titles>
<record><rec-number>12</rec-number><ref-type name="Thesis">32</ref-type><titles><title>The last thesis</title></titles></record>
</records></xml>`

test('endnote-xml: styled texts, groups, numbers of databases; a broken record spoils only itself', async () => {
  const { records, rejects } = await readText('endnote-xml', ENDNOTE)
  const [article, talk, thesis] = records
  expect(article).toMatchObject({
    source: 'endnote-xml',
    title: 'Growth of E. coli when a < b & c',
    abstract: 'Kept whole. Twice.',
    kind: 'journal_article',
    published: { on: '2019-09-18', precision: 'day' },
    language: 'en',
    pdfUrl: null,
    venue: { name: 'Journal of Invention' },
    publication: {
      ...{ container: 'Journal of Invention', volume: '12', number: '3', pages: '45–67' },
      ...{ editors: ['Ed Editor'], issns: ['1234-5678', '1234-567X'] },
    },
  })
  expect(namesOf(article)).toEqual(['Ada Lovelace', 'Barnes and Noble, Inc.'])
  expect(idsOf(article)).toEqual(['doi:10.1000/en.one', 'pmid:90000001', 'pmcid:PMC7000001'])
  expect(article?.repositories).toMatchObject([{ name: 'looms' }])
  expect(talk).toMatchObject({ title: 'Talk & Tea', kind: 'conference_paper', eventYear: 2020 })
  // The number of an unknown database.
  expect(idsOf(talk)).toEqual([])
  expect(thesis).toMatchObject({ title: 'The last thesis', kind: 'thesis' })
  expect(rejects).toMatchObject([
    { position: 2, reason: expect.stringMatching(/not well-formed XML/) },
    { position: 3, key: '10', reason: 'the record has no title' },
    { position: 4, reason: expect.stringMatching(/no end/) },
  ])
})

const DATA = fileURLToPath(new URL('../../../../shared/data/er', import.meta.url))

test.skipIf(!existsSync(DATA)).each([
  ['copper', 505],
  ['tafenoquine', 179],
  ['respiratory', 1988],
])('endnote-xml: all of %s is read (skipped without ../shared/data)', async (name, count) => {
  const share = Math.ceil(count / atLeast(100, count))
  const all = gunzipSync(readFileSync(`${DATA}/${name}.xml.gz`))
  const { records, rejects } = await readText('endnote-xml', thinned(all, count / share))
  expect(records.length + rejects.length).toBe(Math.ceil(count / share))
  expect(rejects).toEqual([])
  const years = records.filter(({ published }) => published !== null)
  expect(years.length).toBe(records.length)
  // A PubMed number or DOI identifies one paper; that of another field would identify many.
  const papers = new Map<string, Set<string>>()
  for (const record of records)
    for (const id of idsOf(record) ?? [])
      papers.set(id, (papers.get(id) ?? new Set()).add(titleKey(record.title).slice(0, 20)))
  expect([...papers].filter(([, titles]) => titles.size > 1).length).toBeLessThanOrEqual(1)
})

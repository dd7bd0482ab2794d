import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { idsOf, namesOf, readText } from '../../helpers/reading.ts'

const read = (text: string) => readText('bibtex', text)
/** The only record of an entry with these fields. */
const readOne = async (fields: string, type = 'article') => {
  const { records } = await read(`@${type}{k, title = {T}, ${fields}}`)
  return records[0]
}

test('children inherit the fields of later parents, of grandparents, and of xdata', async () => {
  const { records, rejects, repairs } = await read(`
@inproceedings{a, author={Ann Kid}, title={First Child}, crossref={P20}, xdata={common}}
@incollection{b, author={Bo Kid}, title={Second Child}, crossref={vol}, doi={10.1000/own}}
@article{c, author={Cy Kid}, title={Third Child}, crossref={issue}, year=1999}
@inproceedings{d, author={Di Kid}, title={Fourth Child}, crossref={nowhere}}
@proceedings{p20, title={Proceedings of the Tenth Conference on Inherited Fields}, subtitle={IF 2020}, date={2020-05}, editor={Ed Itor}, doi={10.1000/parent}, url={https://example.org/parent}}
@collection{vol, title={Volume Three}, crossref={whole}, volume=3}
@mvcollection{whole, title={All Volumes}, publisher={House}, date={2011}, editor={Ed Itor}}
@periodical{issue, title={Journal of Parents}, date={2001-04}, volume=7}
@xdata{common, publisher={Press}, location={Bath}}
@inproceedings{loop, title={Loop}, crossref={loop}}
`)
  const [fourth] = records.filter(({ title }) => title === 'Fourth Child')
  const [first, second, third] = ['First', 'Second', 'Third'].map((name) =>
    records.find(({ title }) => title === `${name} Child`),
  )
  expect(first).toMatchObject({
    kind: 'conference_paper',
    published: { on: '2020-05-01', precision: 'month' },
    venue: { kind: 'conference' },
    publication: {
      container: 'Proceedings of the Tenth Conference on Inherited Fields: IF 2020',
      editors: ['Ed Itor'],
      publisher: 'Press',
      publisherPlace: 'Bath',
    },
    landingUrl: null,
    identifiers: [],
  })
  expect(second).toMatchObject({
    kind: 'chapter',
    published: { on: '2011-01-01', precision: 'year' },
    publication: { container: 'Volume Three', volume: '3', publisher: 'House' },
  })
  expect(idsOf(second)).toEqual(['doi:10.1000/own'])
  // An own year does not combine with the parent's month.
  expect(third).toMatchObject({
    published: { on: '1999-01-01', precision: 'year' },
    venue: { name: 'Journal of Parents', kind: 'journal' },
  })
  expect(fourth).toMatchObject({ published: null, venue: null })
  expect(repairs).toEqual(['the entry that it refers to is not in the file: nowhere'])
  expect(records.map(({ title }) => title)).toContain('Loop')
  expect(rejects.map(({ key }) => key)).toEqual(['p20', 'issue', 'common'])
})

test('links of personal libraries by the names of their fields; file names are reported', async () => {
  const { records, repairs } = await read(`@article{k, title = {Looms},
    video = {https://looms.example/a\\_b}, slides = "https://looms.example/s.pdf",
    poster = {poster.pdf}, website = {looms.example}, supp = {supp.zip}}
    @inproceedings{l, title = {Threads}, crossref = {p}}
    @proceedings{p, title = {Proceedings of Looms}, website = {https://conference.example}}`)
  // The page of a conference is not a page of its papers.
  expect(records.find(({ title }) => title === 'Threads')?.links).toBeUndefined()
  expect(records.find(({ title }) => title === 'Looms')?.links).toEqual([
    { kind: 'video', url: 'https://looms.example/a_b' },
    { kind: 'slides', url: 'https://looms.example/s.pdf' },
    { kind: 'project_page', url: 'https://looms.example' },
  ])
  expect(repairs).toEqual(
    ['supplement', 'poster'].map(
      (kind) => `a link that is not a web address was left out (${kind})`,
    ),
  )
})

test('abbreviations are joined, and months are read in any language', async () => {
  const { records } = await read(`
@string{jinv = "Journal of " # inv}
@STRING(inv = {Invention})
@string{full = "The " # jinv}
@article{a, title={A}, journal=full, year=2018, month=jun # "~15"}
@article{b, title={B}, journal=inv # { Letters}, year=2019, month="23{--}27 " # may}
@article{c, title={C}, journal=elsewhere, year={{2018}}, month={15 } # dec}`)
  expect(records.map(({ publication }) => publication?.container)).toEqual([
    'The Journal of inv',
    'Invention Letters',
    'elsewhere',
  ])
  expect(records.map(({ published }) => published?.on)).toEqual([
    '2018-06-15',
    '2019-05-23',
    '2018-12-15',
  ])
})

test.each([
  ['sep', 9],
  ['Sept.', 9],
  ['März', 3],
  ['décembre', 12],
  ['enero', 1],
  ['травня', 5],
  ['6月', 6],
  ['5월', 5],
  ['Mai', 5],
  ['marraskuu', 11],
  ['październik', 10],
  ['10', 10],
  ['May/June', 5],
  ['Summer', undefined],
])('the month %s', async (month, number) => {
  const record = await readOne(`year = 2020, month = {${month}}`)
  expect(record?.published).toEqual(
    number === undefined
      ? { on: '2020-01-01', precision: 'year' }
      : { on: `2020-${String(number).padStart(2, '0')}-01`, precision: 'month' },
  )
})

test.each([
  ['1997~', '1997-01-01', 'year'],
  ['2004-06?', '2004-06-01', 'month'],
  ['2004-22', '2004-01-01', 'year'],
  ['1988/1992', '1988-01-01', 'year'],
  ['2000-05/2000-06', '2000-05-01', 'month'],
  ['1999/', '1999-01-01', 'year'],
  ['/1999-03', '1999-03-01', 'month'],
  ['../2004-01-02', '2004-01-02', 'day'],
  ['2004-06-01/..', '2004-06-01', 'day'],
  ['2016-07-18T20:26:06+10:00', '2016-07-18', 'day'],
  ['1999-uu', '1999-01-01', 'year'],
  ['1999-01-XX', '1999-01-01', 'month'],
  ['199u', null, null],
  ['-0876', null, null],
  ['y52000', null, null],
])('the date %s', async (date, on, precision) => {
  expect((await readOne(`date = {${date}}`))?.published).toEqual(on && { on, precision })
})

test('brackets around an entry, journals as commands of astronomers, article numbers', async () => {
  const { records } = await read(String.raw`
@inproceedings(a, title="Brackets (within) one", booktitle={Proc. of X (X'11)}, year="2011")
@article{b, title = {B}, journal = {\aap}, volume = 641, eid = {A6}, pages = {A6}, eprint = {1807.06209}, archivePrefix = {arXiv}, year = 2020}`)
  expect(records).toMatchObject([
    { title: 'Brackets (within) one', published: { on: '2011-01-01' } },
    {
      kind: 'journal_article',
      publication: { container: 'Astronomy & Astrophysics', articleNumber: 'A6' },
    },
  ])
  expect(records[1]?.publication?.pages).toBeUndefined()
})

test('entries without a key, of unknown types, in brackets, with stray commas and quotation marks', async () => {
  const { records, rejects } = await read(String.raw`
Write to ann@example.org {soon}.
@Manual{, title = {No Key}, year = {2017}, author = {{R Core Team}}}
@misc{title = {Not Even a Comma}, year = 2018}
@web_page{w, title = {A Web Page}, year = 2019,, }
@journal-paper(j, title = "A "quoted" word", journal = {J}, year = 2020)
@thesis{t
  , title = {Key on a Line}
  , type = {phdthesis}, institution = {Uni}
  , year = 2021 }
@comment{@article{no, title = {Within a Comment}}}
@preamble{"\newcommand{\noop}[1]{}"}
@software{s key, title = {A Key with a Space}, year = 2022}`)
  expect(rejects).toEqual([])
  expect(records.map(({ title, kind }) => [title, kind])).toEqual([
    ['No Key', 'other'],
    ['Not Even a Comma', 'other'],
    ['A Web Page', 'other'],
    ['A "quoted" word', 'journal_article'],
    ['Key on a Line', 'thesis'],
    ['A Key with a Space', 'other'],
  ])
  expect(records.map(({ published }) => published?.on.slice(0, 4))).toEqual([
    '2017',
    '2018',
    '2019',
    '2020',
    '2021',
    '2022',
  ])
})

test('a missing brace spoils only its entry, an extra one and escaped ones spoil nothing', async () => {
  const { records, rejects, repairs } = await read(String.raw`
@article{a, title = {One {Too Few}, year = 2001}
@article{b, title = {One}} Too Many}, year = 2002}
@article{c,
  title = {Path},
  file = {C:\dir\},
  year = 2003}
@article{d, title = {A lone \{ brace}, year = 2004}
@string{x = {y}
@article{e, title = {Last}, year = 2005}`)
  expect(rejects.map(({ key }) => key)).toEqual(['a'])
  expect(records.map(({ title, published }) => [title, published?.on.slice(0, 4)])).toEqual([
    ['One', '2002'],
    ['Path', '2003'],
    ['A lone { brace', '2004'],
    ['Last', '2005'],
  ])
  expect(repairs).toEqual(['an extra brace was left out'])
})

test.each([
  ['doi = {doi:10.1000/three}', ['doi:10.1000/three']],
  ['doi = {{10.1000/Wos.Five}}', ['doi:10.1000/wos.five']],
  ['doi = {https://dx.doi.org/10.1000/x}', ['doi:10.1000/x']],
  ['doi = {DOI: 10.1000/x.}', ['doi:10.1000/x']],
  [String.raw`doi = {10.1007/978-3{\_}54\_x}`, ['doi:10.1007/978-3_54_x']],
  [
    String.raw`doi = {10.1002/(SICI)1097(199806)49:8{\textless}694::AID{\textgreater}3.0.CO;2-O}`,
    ['doi:10.1002/(sici)1097(199806)49:8<694::aid>3.0.co;2-o'],
  ],
  [
    'doi = {10.1002/(SICI)1097(199806)49:8$<$695::AID$>$3.0.CO;2-O}',
    ['doi:10.1002/(sici)1097(199806)49:8<695::aid>3.0.co;2-o'],
  ],
  [
    'doi = {10.1002/(SICI)1097(199806)49:8&lt;695::AID&gt;3.0.CO;2-#}',
    ['doi:10.1002/(sici)1097(199806)49:8<695::aid>3.0.co;2-#'],
  ],
  [
    'doi = {10.1002/(SICI)1097(199806)49:8%3C695::AID%3E3.0.CO;2-%23}',
    ['doi:10.1002/(sici)1097(199806)49:8<695::aid>3.0.co;2-#'],
  ],
  [String.raw`url = {\url{https://doi.org/10.1000/a\_b}}`, ['doi:10.1000/a_b']],
  ['journal = {arXiv preprint arXiv:2101.00001}', ['arxiv:2101.00001']],
  ['journal = {arXiv preprint hep-th/9711200}', ['arxiv:hep-th/9711200']],
  ['journal = {CoRR}, volume = {abs/2101.00009}', ['arxiv:2101.00009']],
  ['journal = {Phys. Rev.}, eprint = {hep-ph/9809015}', ['arxiv:hep-ph/9809015']],
  ['eprint = {math.GT/0309136}', ['arxiv:math/0309136']],
  ['eprint = {0309136}, archiveprefix = {arXiv}, primaryclass = {math.GT}', ['arxiv:math/0309136']],
  ['eprint = {9711200}, archiveprefix = {hep-th}', ['arxiv:hep-th/9711200']],
  ['eprint = {arXiv:2101.00001v3 [cs.CL]}', ['arxiv:2101.00001']],
  ['note = {arXiv:2101.10007 [cs]}', ['arxiv:2101.10007']],
  [String.raw`howpublished = {\url{https://arxiv.org/abs/2101.10010}}`, ['arxiv:2101.10010']],
  ['howpublished = {Preprint, available at arXiv: 2101.10010}', ['arxiv:2101.10010']],
  // Ids of another archive or of other papers, and texts that only look like ids.
  ['eprint = {1234.5678}, eprinttype = {jstor}', []],
  ['note = {Comment on arXiv:2101.00001}', []],
  ['note = {See also arXiv:2101.00001}', []],
  ['eprint = {2199.00001}', []],
  ['eprint = {12345678}, eprinttype = {pubmed}', ['pmid:12345678']],
  ['pmid = {12345678}, pmcid = {PMC1234567}', ['pmid:12345678', 'pmcid:PMC1234567']],
])('the identifiers of %s', async (fields, ids) => {
  expect(idsOf(await readOne(fields))).toEqual(ids)
})

test.each([
  [
    String.raw`Using \href{https://example.org}{the portal}\footnote{Funded by {X}} in \textcolor{red}{colour}`,
    'Using the portal in colour',
  ],
  [String.raw`One \\ two, caret \^{} tilde \~{}, in\slash out`, 'One two, caret ^ tilde ~, in/out'],
  [
    String.raw`Nguy{\~{\^e}}n Th{\'{\^e}} {\'\^e}t{\'e} {\v S}koda \v{S}koda \L ukasz \'{\i} \c{c}`,
    'Nguyễn Thế ếté Škoda Škoda Łukasz í ç',
  ],
  [
    String.raw`{\noopsort{1973a}}Title \emph{of {BERT}} \& \textsc{More}\cite{x} \url{http://a_b}`,
    'Title of BERT & More http://a_b',
  ],
  [
    String.raw`$x_{1} < \alpha$ and \$5 {\textless}b{\textgreater} 10\,000 ${'``'}q'' a--b`,
    String.raw`$x_{1} < \alpha$ and $5 <b> 10 000 “q” a–b`,
  ],
  [
    String.raw`\texorpdfstring{$\alpha$}{alpha} \unknown{kept} \foreignlanguage{german}{\"Uber} <i>E. coli</i>`,
    'alpha kept Über E. coli',
  ],
])('the title %s', async (latex, title) => {
  const { records } = await read(`@misc{k, title = {${latex}}, year = 2020}`)
  expect(records[0]?.title).toBe(title)
})

test.each([
  ['Hopper, Grace and Turing, Alan and others', ['Grace Hopper', 'Alan Turing']],
  [
    '{Barnes and Noble, Inc.} and {NASA and ESA} AND {The LIGO Collaboration}',
    ['Barnes and Noble, Inc.', 'NASA and ESA', 'The LIGO Collaboration'],
  ],
  [
    'King, Jr., Martin Luther and Gates, William, III and John Smith',
    ['Martin Luther King Jr.', 'William Gates III', 'John Smith'],
  ],
  [
    "van der Berg, Jan and d' Almeida, Lu{\\'\\i}s and family=Duchamp, given=Philippe, prefix=du",
    ['Jan van der Berg', "Luís d'Almeida", 'Philippe du Duchamp'],
  ],
  ['李, 四 and 王小明 and 김, 민수 and Li, Si', ['李四', '王小明', '김민수', 'Si Li']],
  ['Ada Lovelace, Alan Turing, Grace Hopper', ['Ada Lovelace', 'Alan Turing', 'Grace Hopper']],
  ['Lovelace, Ada; Turing, Alan', ['Ada Lovelace', 'Alan Turing']],
  ['et al. and : and {others} and A. Person', ['A. Person']],
])('the byline %s', async (author, names) => {
  expect(namesOf(await readOne(`author = {${author}}`))).toEqual(names)
})

const DATA = fileURLToPath(new URL('../../../../shared/data/formats', import.meta.url))

test.skipIf(!existsSync(DATA)).each([
  [
    'biblatex-examples',
    3,
    [
      'of several languages the first was kept',
      'an eprint of an archive that is neither arXiv nor PubMed was left out',
    ],
  ],
  ['particles', 0, ['an unknown language was left out']],
  ['edtf', 0, []],
])('all entries of %s are read (skipped without ../shared/data)', async (name, rejected, told) => {
  const text = readFileSync(`${DATA}/${name}.bib`, 'utf8')
  const entries = text.match(/^@(?!string|comment|preamble)/gim) ?? []
  const { records, rejects, repairs } = await read(text)
  expect(records.length + rejects.length).toBe(entries.length)
  expect(rejects.length).toBe(rejected)
  // For example `199u`, and years before printing.
  const undated = 'the date of publication cannot be read; left out'
  expect(repairs.filter((one) => one !== undated)).toEqual(told)
  expect(records.filter(({ title }) => /[{}\\]/.test(title.replace(/\$[^$]*\$/g, '')))).toEqual([])
})

const XDATA = `@xdata{x-1,
  title = {Looms and their weavers},
  author = {Lovelace, Ada and Turing, Alan},
  keywords = {looms},
  year = {1843},
  publisher = {xdata=x-2-publisher},
}
@xdata{x-2, publisher = {The {Press and Sons}}}
`
const entryWith = (fields: Record<string, string>) =>
  `@book{k,\n${Object.entries({ title: 'Own', ...fields })
    .map(([name, value]) => `  ${name} = {${value}},\n`)
    .join('')}}\n`

test.each([
  [{ title: 'xdata=x-1-title' }, { title: 'Looms and their weavers' }],
  [
    { author: 'xdata=x-1-author' },
    { authors: [{ name: 'Ada Lovelace' }, { name: 'Alan Turing' }] },
  ],
  [
    { author: 'Hopper, Grace and xdata=x-1-author-2' },
    { authors: [{ name: 'Grace Hopper' }, { name: 'Alan Turing' }] },
  ],
  [{ year: 'xdata=x-1-year' }, { published: { on: '1843-01-01' } }],
  [{ keywords: 'xdata=x-1-keywords' }, { keywords: ['looms'] }],
  [{ publisher: 'xdata=x-1-publisher' }, { publication: { publisher: 'The Press and Sons' } }],
  [{ title: 'On xdata=x-1-title' }, { title: 'On xdata=x-1-title' }],
])('single values are taken from other entries, before or after: %j', async (fields, record) => {
  for (const text of [XDATA + entryWith(fields), entryWith(fields) + XDATA]) {
    const { records, repairs } = await read(text)
    expect(records).toMatchObject([record])
    expect(repairs).toEqual([])
  }
})

const MISSING = (key: string) => `the entry that it refers to is not in the file: ${key}`
const EMPTY = (name: string) => `the value that ${name} refers to is not in the file; left out`

test.each([
  [{ publisher: 'xdata=nowhere-title' }, [EMPTY('publisher'), MISSING('nowhere')]],
  [{ publisher: 'xdata=x-1-isbn' }, [EMPTY('publisher')]],
  [{ author: 'xdata=x-1-author-3' }, [EMPTY('author')]],
  [{ series: 'xdata=k-series' }, [EMPTY('series')]],
])('a reference to a missing value is reported, and dropped: %j', async (fields, told) => {
  const { records, repairs } = await read(XDATA + entryWith(fields))
  expect(JSON.stringify(records)).not.toContain('xdata')
  expect(repairs).toEqual(told)
  const { rejects } = await read(XDATA + entryWith({ title: Object.values(fields)[0] ?? '' }))
  expect(rejects.map(({ reason }) => reason)).toContain('the entry has no title')
})

test.each([
  [String.raw`Portable Worlds \&gt; Consumer Tech`, 'Portable Worlds > Consumer Tech'],
  [String.raw`\&quot;Maybe\&quot; \&#233;t\&eacute;`, '"Maybe" été'],
  [String.raw`Of \&lt;i\&gt;words\&lt;/i\&gt; and looms`, 'Of words and looms'],
  [String.raw`A \&lt; B {\&}amp; C \& D; E`, 'A < B & C & D; E'],
  [String.raw`M\&\#252;ller and M\&uuml;ller \&#x26; M\"uller`, 'Müller and Müller & Müller'],
  [String.raw`Sets \&#123;a\&#125; and \&#92;alpha`, 'Sets {a} and \\alpha'],
  [String.raw`Apples \& pears; all of \&them;`, 'Apples & pears; all of &them;'],
])('entities with an escaped ampersand are entities: %s', async (title, read_) => {
  const { records } = await read(`@article{k, title = {${title}}, author = {M\\&uuml;ller, Ann}}`)
  expect(records[0]?.title).toBe(read_)
  expect(namesOf(records[0])).toEqual(['Ann Müller'])
})

test.each([
  [
    'title=Unquoted title of looms, year=2020',
    'Unquoted title of looms',
    ['the title has neither braces nor quotation marks'],
  ],
  [
    'title=Unquoted title\n year=2020',
    'Unquoted title',
    ['the title has neither braces nor quotation marks'],
  ],
  ['title=Word year=2020', 'Word', []],
  ['title=Word, year=2020 month=may', 'Word', []],
  ['title={First}, title={Second}, year=2020', 'First', ['a second title was left out']],
  ['title={First}, title={First}, year=2020', 'First', []],
  [
    'title={First}, year=2020, year=2021, file={a}, file={b}',
    'First',
    ['a second year was left out'],
  ],
])('fields that BibTeX drops are read or reported: %s', async (fields, title, told) => {
  const { records, repairs } = await read(`@misc{k, ${fields}}`)
  expect(records[0]).toMatchObject({ title, published: { on: expect.stringMatching(/^2020/) } })
  expect(repairs).toEqual(told)
})

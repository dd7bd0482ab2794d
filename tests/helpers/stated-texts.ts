/** A right value of a field, and wrong ones that its reader cannot use. Free text has no wrong ones. */
type Field = readonly [right: string, ...wrong: string[]]

/** An entry of a format: its fields, and how to write them. An undefined field is omitted. */
interface StatedText {
  fields: Record<string, Field>
  write(fields: Record<string, string | undefined>): string
}

const DOI = ['10.1000/x.1', 'not a doi', '10.1000', 'https://example.org/1'] as const
const ISBN = ['978-3-16-148410-0', '978-3-16', '3-16-X', 'x5'] as const
const ISSN = ['2049-3630', '2049', '2049-36', 'x5'] as const
const LANGUAGE = ['German', 'Klingonish', '5', 'de_', 'German; Klingonish'] as const
const ORCID = ['0000-0002-1825-0097', '0000-0002-1825-0098', 'somebody'] as const
const LINK = ['https://example.org/1', 'www of example', 'ftp://example.org/1', '/1'] as const
const DAY = ['2021-03-04', '20x1-03-04', '2021-13-45', '2021-04-31', '3021-01-01', '0999'] as const
const YEAR = ['2021', '20x1', '3021', '0999', '12'] as const
const MONTH = ['mar', 'Foo', '13', '99'] as const
const COUNT = ['7', 'many', '-5', '1.5', '7 or 8'] as const
const PMID = ['12345678', 'number 5', '?'] as const
const ROR = ['https://ror.org/05a28rw58', 'https://ror.org/1'] as const
const REPOSITORY = ['https://github.com/ada/looms', 'https://github.com/', 'looms'] as const
const TITLE = ['Looms and their weavers'] as const
const NAMES = ['Lovelace, Ada'] as const

/** The text around a value, if there is one. */
const within = (before: string, value: string | undefined, after: string) =>
  value === undefined ? '' : `${before}${value}${after}`

const bibtex = (type: string) => (fields: Record<string, string | undefined>) =>
  `@${type}{key,\n${Object.entries(fields)
    .map(([name, value]) => within(`  ${name} = {`, value, '},\n'))
    .join('')}}\n`

/** Tags, one a line; several fields may have the same tag, with a number after a dot. */
const tagged =
  (begin: string, separator: string, end: string) => (fields: Record<string, string | undefined>) =>
    begin +
    Object.entries(fields)
      .map(([tag, value]) => within(`${tag.split('.')[0]}${separator}`, value, '\n'))
      .join('') +
    end

/** A table of one row, with quotes around cells. */
const table = (fields: Record<string, string | undefined>) => {
  const stated = Object.entries(fields).filter(([, value]) => value !== undefined)
  return `${stated.map(([name]) => name).join()}\n${stated.map(([, value]) => `"${value}"`).join()}\n`
}

const element = (name: string, value: string | undefined, attributes = '') =>
  within(`<${name}${attributes && ` ${attributes}`}>`, value, `</${name}>`)

export const STATED_TEXTS: Record<string, StatedText> = {
  bibtex: {
    fields: {
      title: TITLE,
      author: NAMES,
      journal: ['Journal of Invented Results'],
      year: YEAR,
      month: MONTH,
      day: ['4', '45', 'x', '32'],
      volume: ['7'],
      number: ['2'],
      pages: ['11--19'],
      doi: DOI,
      pmid: PMID,
      pmcid: ['PMC1234567', 'number 5', '?'],
      archiveprefix: ['arXiv'],
      eprint: ['2101.00001', '21x1.1', 'number 5'],
      url: LINK,
      pdf: ['https://example.org/1.pdf', 'www of example', '/1.pdf'],
      isbn: ISBN,
      issn: ISSN,
      language: LANGUAGE,
      abstract: ['They weave.'],
      keywords: ['looms, history'],
    },
    write: bibtex('article'),
  },
  biblatex: {
    fields: {
      title: TITLE,
      subtitle: ['a history'],
      author: NAMES,
      editor: ['Turing, Alan'],
      booktitle: ['Proceedings of Invention'],
      date: DAY,
      eventdate: ['2020-03-02/2020-03-04', '20x0', '3020-01-01'],
      eventtitle: ['Conference on Invention'],
      eprinttype: ['pubmed', 'jstor'],
      eprint: PMID,
      langid: ['ngerman', 'klingonish', '5'],
      publisher: ['The Press'],
      location: ['London'],
    },
    write: bibtex('inproceedings'),
  },
  ris: {
    fields: {
      TI: TITLE,
      AU: NAMES,
      T2: ['Journal of Invented Results'],
      PY: YEAR,
      DA: ['2021/03/04', '20x1/03/04', '2021/13/45', '2021/04/31', '31 April 2021', '3/4/2021'],
      VL: ['7'],
      IS: ['2'],
      SP: ['11'],
      DO: DOI,
      SN: ISSN,
      'SN.2': ISBN,
      LA: LANGUAGE,
      UR: LINK,
      L1: ['https://example.org/1.pdf', 'www of example', '/1.pdf'],
      AB: ['They weave.'],
      KW: ['looms'],
    },
    write: tagged('TY  - JOUR\n', '  - ', 'ER  - \n'),
  },
  'ris report': {
    fields: { TI: TITLE, SN: ['R-12'], 'SN.2': ISSN, 'SN.3': ISBN },
    write: tagged('TY  - RPRT\n', '  - ', 'ER  - \n'),
  },
  nbib: {
    fields: {
      PMID: PMID,
      'TI  ': TITLE,
      'FAU ': NAMES,
      AUID: ['ORCID: 0000-0002-1825-0097', 'ORCID: 0000-0002-1825-0098', 'somebody'],
      'AD  ': ['University of Invention'],
      'DP  ': ['2021 Mar 4', '20x1 Mar', '2021 Foo 4', '2021 Apr 31', '3021'],
      'DEP ': ['20210304', '20211345', '20x10304', '2021'],
      'JT  ': ['Journal of Invented Results'],
      'VI  ': ['7'],
      'PG  ': ['11-9'],
      'LID ': ['10.1000/x.1 [doi]', 'not a doi [doi]', '10.1000 [doi]'],
      'PMC ': ['PMC1234567', 'number 5', '?'],
      'IS  ': ['2049-3630 (Print)', '2049 (Print)', 'x5'],
      ISBN,
      'LA  ': ['ger', 'klingonish', '5'],
    },
    write: tagged('', '- ', '\n'),
  },
  'endnote-xml': {
    fields: {
      title: TITLE,
      author: NAMES,
      journal: ['Journal of Invented Results'],
      year: YEAR,
      day: ['Mar 4', 'Foo 4', 'Mar 45', '2021-04-31', '20x1-03-04'],
      doi: DOI,
      isbn: ISSN,
      language: LANGUAGE,
      url: LINK,
    },
    write: (f) =>
      `<xml><records><record><rec-number>1</rec-number><ref-type name="Journal Article">17</ref-type><titles>${element('title', f.title)}${element('secondary-title', f.journal)}</titles><contributors><authors>${element('author', f.author)}</authors></contributors><dates>${element('year', f.year)}<pub-dates>${element('date', f.day)}</pub-dates></dates>${element('electronic-resource-num', f.doi)}${element('isbn', f.isbn)}${element('language', f.language)}<urls><related-urls>${element('url', f.url)}</related-urls></urls></record></records></xml>\n`,
  },
  jats: {
    fields: {
      doi: DOI,
      pmid: PMID,
      title: TITLE,
      language: ['de', 'klingonish', '5'],
      journal: ['Journal of Invented Results'],
      issn: ISSN,
      surname: ['Lovelace'],
      orcid: ORCID,
      ror: ROR,
      year: ['2020', '20x1', '3021', '0999', '12'],
      month: ['3', '13', 'Foo'],
      day: ['4', '45', 'x'],
      iso: DAY,
      licence: ['http://creativecommons.org/licenses/by/4.0/', 'by', 'http://example.org/licence'],
      related: ['10.1000/x.2', 'not a doi', '10.1000'],
      cited: ['10.1000/x.3', 'not a doi', '10.1000'],
      citedTitle: ['On weaving'],
    },
    write: (f) =>
      `<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="research-article"${within(' xml:lang="', f.language, '"')}><front><journal-meta>${element('journal-title', f.journal)}${element('issn', f.issn)}</journal-meta><article-meta><article-id pub-id-type="pmcid">PMC1234567</article-id>${element('article-id', f.doi, 'pub-id-type="doi"')}${element('article-id', f.pmid, 'pub-id-type="pmid"')}<title-group>${element('article-title', f.title)}</title-group><contrib-group><contrib contrib-type="author">${element('contrib-id', f.orcid, 'contrib-id-type="orcid"')}<name>${element('surname', f.surname)}</name><aff><institution-wrap>${element('institution-id', f.ror, 'institution-id-type="ror"')}<institution>ETH Zurich</institution></institution-wrap></aff></contrib></contrib-group><pub-date pub-type="ppub">${element('year', f.year)}${element('month', f.month)}${element('day', f.day)}</pub-date>${within('<pub-date pub-type="epub" iso-8601-date="', f.iso, '"/>')}<permissions>${within('<license xlink:href="', f.licence, '"/>')}</permissions>${within('<related-article related-article-type="correction-forward" xlink:href="', f.related, '"/>')}</article-meta></front><back><ref-list><ref><element-citation>${element('article-title', f.citedTitle)}${element('pub-id', f.cited, 'pub-id-type="doi"')}</element-citation></ref></ref-list></back></article>\n`,
  },
  'pubmed-xml': {
    fields: {
      pmid: PMID,
      title: TITLE,
      journal: ['Journal of Invented Results'],
      issn: ISSN,
      volume: ['7'],
      year: ['2021', '20x1', '3021', '0999'],
      month: ['Mar', 'Foo', '13'],
      day: ['4', '45', '31 April'],
      online: ['2021', '20x1', '3021'],
      pages: ['11-9'],
      doi: DOI,
      abstract: ['They weave.'],
      last: ['Lovelace', ''],
      orcid: ORCID,
      affiliation: ['ETH Zurich'],
      ror: ROR,
      language: ['ger', 'klingonish', '5'],
      type: ['Retracted Publication'],
      mesh: ['Humans'],
      keyword: ['looms'],
      pmc: ['PMC1234567', 'number 5', '?'],
      erratum: ['90000002'],
      updated: ['90000003'],
      cited: ['10.1000/x.3', 'not a doi', '10.1000'],
      citation: ['Noether 1918'],
    },
    write: (f) =>
      `<PubmedArticleSet><PubmedArticle><MedlineCitation>${element('PMID', f.pmid)}<Article><Journal>${element('ISSN', f.issn)}<JournalIssue>${element('Volume', f.volume)}<PubDate>${element('Year', f.year)}${element('Month', f.month)}${element('Day', f.day)}</PubDate></JournalIssue>${element('Title', f.journal)}</Journal>${element('ArticleTitle', f.title)}<Pagination>${element('MedlinePgn', f.pages)}</Pagination>${element('ELocationID', f.doi, 'EIdType="doi"')}<Abstract>${element('AbstractText', f.abstract)}</Abstract><AuthorList><Author>${element('LastName', f.last)}${element('Identifier', f.orcid, 'Source="ORCID"')}<AffiliationInfo>${element('Affiliation', f.affiliation)}${element('Identifier', f.ror, 'Source="ROR"')}</AffiliationInfo></Author></AuthorList>${element('Language', f.language)}<PublicationTypeList>${element('PublicationType', f.type)}</PublicationTypeList>${within('<ArticleDate><Year>', f.online, '</Year><Month>03</Month><Day>05</Day></ArticleDate>')}</Article><CommentsCorrectionsList>${within('<CommentsCorrections RefType="ErratumIn"><RefSource>J. 2022;1:1</RefSource><PMID>', f.erratum, '</PMID></CommentsCorrections>')}${within('<CommentsCorrections RefType="UpdateIn"><RefSource>J. 2022;1:1</RefSource><PMID>', f.updated, '</PMID></CommentsCorrections>')}</CommentsCorrectionsList><MeshHeadingList>${within('<MeshHeading><DescriptorName>', f.mesh, '</DescriptorName></MeshHeading>')}</MeshHeadingList><KeywordList>${element('Keyword', f.keyword)}</KeywordList></MedlineCitation><PubmedData><ArticleIdList>${element('ArticleId', f.pmc, 'IdType="pmc"')}</ArticleIdList><ReferenceList><Reference>${element('Citation', f.citation)}<ArticleIdList>${element('ArticleId', f.cited, 'IdType="doi"')}</ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle></PubmedArticleSet>\n`,
  },
  'oai-pmh': {
    fields: {
      title: TITLE,
      creator: ['Lovelace, Ada (0000-0002-1825-0097)', 'Lovelace, Ada (0000-0002-1825-0098)'],
      subject: ['looms'],
      description: ['They weave. '.repeat(6)],
      date: ['2021-03-04', '20x1-03-04', '2021-13-45', '2021-04-31', '3021-01-01', '0999'],
      type: ['article'],
      doi: ['doi:10.1000/x.1', 'doi:10.1000'],
      page: ['https://example.org/1'],
      related: ['doi/10.1000/x.2', 'doi/not a doi', 'doi/10.1000'],
      source: ['Journal of Invention; Vol. 5 No. 2 (2010); 10-20'],
      issn: ISSN,
      publisher: ['The Press'],
      language: ['ger', 'klingonish', '5'],
      rights: ['http://creativecommons.org/licenses/by/4.0/'],
    },
    write: (f) =>
      `<record xmlns="http://www.openarchives.org/OAI/2.0/"><header><identifier>oai:a:1</identifier></header><metadata><oai_dc:dc>${element('dc:title', f.title)}${element('dc:creator', f.creator)}${element('dc:subject', f.subject)}${element('dc:description', f.description)}${element('dc:date', f.date)}${element('dc:type', f.type)}${element('dc:identifier', f.doi)}${element('dc:identifier', f.page)}${within('<dc:relation>info:eu-repo/semantics/altIdentifier/', f.related, '</dc:relation>')}${element('dc:source', f.source)}${within('<dc:source>ISSN: ', f.issn, '</dc:source>')}${element('dc:publisher', f.publisher)}${element('dc:language', f.language)}${element('dc:rights', f.rights)}</oai_dc:dc></metadata></record>\n`,
  },
  'oai-pmh arXiv': {
    fields: {
      title: TITLE,
      keyname: ['Lovelace'],
      forenames: ['Ada'],
      affiliation: ['Engine House'],
      created: ['2021-01-01', '20x1-01-01', 'nonsense', '3021-01-01'],
      updated: ['2021-02-01', '20x1-02-01', 'nonsense', '3021-01-01'],
      doi: DOI,
      'journal-ref': ['Nature 521 (7553), 436-444 (2015)'],
      comments: ['https://github.com/ada/looms'],
      categories: ['cs.CL', 'cs_CL', 'number 5'],
      abstract: ['They weave.'],
    },
    write: ({ keyname, forenames, affiliation, ...f }) =>
      `<record xmlns="http://www.openarchives.org/OAI/2.0/"><header><identifier>oai:arXiv.org:2101.00001</identifier></header><metadata><arXiv><authors><author>${element('keyname', keyname)}${element('forenames', forenames)}${element('affiliation', affiliation)}</author></authors>${Object.entries(
        f,
      )
        .map(([name, value]) => element(name, value))
        .join('')}</arXiv></metadata></record>\n`,
  },
  'oai-pmh arXivRaw': {
    fields: {
      title: TITLE,
      authors: ['Ada Lovelace'],
      version: ['v2', 'x'],
      date: ['Fri, 1 Jan 2021 00:00:00 GMT', 'nonsense', '3021-01-01'],
      doi: DOI,
      categories: ['cs.CL', 'cs_CL'],
      abstract: ['They weave.'],
    },
    write: ({ version, date, ...f }) =>
      `<record xmlns="http://www.openarchives.org/OAI/2.0/"><metadata><arXivRaw><id>2101.00001</id><version${within(' version="', version, '"')}>${element('date', date)}</version>${Object.entries(
        f,
      )
        .map(([name, value]) => element(name, value))
        .join('')}</arXivRaw></metadata></record>\n`,
  },
  'arxiv-atom': {
    fields: {
      id: ['http://arxiv.org/abs/2101.00001v2', 'http://arxiv.org/abs/21x1.1', 'number 5'],
      title: TITLE,
      name: ['Ada Lovelace'],
      published: ['2021-01-01T00:00:00Z', '20x1-01-01', 'nonsense', '3021-01-01T00:00:00Z'],
      updated: ['2021-02-01T00:00:00Z', '20x1-02-01', 'nonsense', '3021-01-01T00:00:00Z'],
      doi: DOI,
      journal: ['Nature 521 (7553), 436-444 (2015)'],
      comment: ['https://github.com/ada/looms'],
      category: ['cs.CL', 'cs_CL', 'number 5'],
    },
    write: (f) =>
      `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"><entry>${element('id', f.id)}${element('title', f.title)}<author>${element('name', f.name)}</author>${element('published', f.published)}${element('updated', f.updated)}${element('arxiv:doi', f.doi)}${element('arxiv:journal_ref', f.journal)}${element('arxiv:comment', f.comment)}${within('<category term="', f.category, '"/>')}</entry></feed>\n`,
  },
  'acl-anthology': {
    fields: {
      volumeYear: YEAR,
      volumeMonth: ['March', 'Foo', '13'],
      volumeIsbn: ISBN,
      title: TITLE,
      last: ['Lovelace'],
      authorId: ['ada-lovelace', 'Ada Lovelace?'],
      orcid: ORCID,
      language: LANGUAGE,
      url: ['2023.acl-long.1', '../1', 'x y'],
      doi: DOI,
      slides: ['2023.acl-long.1.slides.pdf', '../../1', 'x y'],
      revision: ['2', 'x', '-1'],
      revisionFile: ['2023.acl-long.1v2', '../1'],
      revisionDay: DAY,
      video: ['2023.acl-long.1.mp4', '../1'],
      code: REPOSITORY,
      retractedOn: DAY,
    },
    write: (f) =>
      `<collection id="2023.acl"><volume id="long"><meta><booktitle>Proceedings of Invention</booktitle>${element('year', f.volumeYear)}${element('month', f.volumeMonth)}${element('isbn', f.volumeIsbn)}</meta><paper id="1">${element('title', f.title)}<author${within(' id="', f.authorId, '"')}${within(' orcid="', f.orcid, '"')}>${element('last', f.last)}</author>${element('language', f.language)}${element('url', f.url)}${element('doi', f.doi)}${element('attachment', f.slides, 'type="slides"')}<revision${within(' id="', f.revision, '"')}${within(' href="', f.revisionFile, '"')}${within(' date="', f.revisionDay, '"')}>Corrected.</revision>${within('<video href="', f.video, '"/>')}${within('<pwccode url="', f.code, '"/>')}<retracted${within(' date="', f.retractedOn, '"')}>Wrong.</retracted></paper></volume></collection>\n`,
  },
  csv: {
    fields: {
      title: TITLE,
      authors: NAMES,
      'authorships.author.orcid': ORCID,
      'publication year': YEAR,
      'publication date': DAY,
      journal: ['Journal of Invented Results'],
      doi: DOI,
      pmid: PMID,
      pmcid: ['PMC1234567', 'number 5', '?'],
      'arxiv id': ['2101.00001', 'number 5'],
      issn: ISSN,
      isbn: ISBN,
      url: LINK,
      'pdf url': ['https://example.org/1.pdf', 'www of pdf', 'https://example.org/1'],
      'cited by count': COUNT,
      language: LANGUAGE,
      'is retracted': ['TRUE', 'perhaps', '2'],
    },
    write: table,
  },
  'csv in parts': {
    fields: { title: TITLE, year: YEAR, month: MONTH, day: ['4', '45', 'x'] },
    write: table,
  },
  'csv of paperql': {
    fields: {
      key: ['x'],
      title: TITLE,
      authors: ['Ada Lovelace'],
      affiliations: ['ETH Zurich', 'ETH Zurich;Nowhere'],
      institutions: ['ETH Zurich <https://ror.org/05a28rw58>', 'ETH Zurich <https://ror.org/1>'],
      published: DAY,
      event_year: ['2021', 'x', '3021'],
      kind: ['conference_paper', 'nonsense'],
      venue: ['Conference on Invention'],
      venue_kind: ['workshop', 'nonsense'],
      licence: ['CC0-1.0'],
      language: LANGUAGE,
      identifiers: ['doi:10.1000/x.1', 'doi:10.1000', 'pmid:x'],
      citations: COUNT,
      upvotes: COUNT,
      retracted: ['true', 'perhaps'],
      url: LINK,
      pdf_url: LINK,
      isbn: ISBN,
      issn: ISSN,
      publication_year: ['2020', 'x', '1.5'],
      repositories: REPOSITORY,
      links: ['slides: https://example.org/s', 'nonsense: https://example.org/s', 'slides: x y'],
      events: ['retraction 2021-03-04', 'nonsense 2021', 'retraction soon'],
      decisions: ['Conference on Invention 2021: accepted oral'],
      open_access: ['open', 'nonsense'],
      open_access_url: LINK,
      open_access_licence: ['CC-BY-4.0'],
      open_access_version: ['accepted', 'nonsense'],
      tldr: ['It is about looms.'],
    },
    write: table,
  },
}

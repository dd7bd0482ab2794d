import { type Head, someRecord } from '../input/head.ts'
import { isObject } from '../input/json.ts'
import type { Adapter } from '../input/outcome.ts'

/** A source format, for help texts and for choosing its adapter. */
export interface ImportFormat {
  name: string
  description: string
}

/** A format with all that choosing it needs. */
export interface Format extends ImportFormat {
  /** Loaded on demand, because some adapters have large tables. */
  load: () => Promise<Adapter>
  /** The kind of text; a text of another kind cannot be in this format. */
  kind: Head['kind']
  /** What the files contain, for messages. */
  expected: string
  /** Whether a text with this start is in this format and no other. */
  recognises: (head: Head) => boolean | Promise<boolean>
}

const isText = (value: unknown): value is string => typeof value === 'string'

const CSL_TYPE =
  /^(?:article|article-journal|article-magazine|article-newspaper|paper-conference|chapter|book|thesis|report|manuscript|speech|webpage|dataset|document|software|entry.*|post.*|review.*|collection|standard|periodical|patent|event)$/

/** Field names that only Semantic Scholar's API uses. */
const S2_API = ['paperId', 'citingPaper', 'citedPaper', 'authorId']

/** Metadata, a record that was deleted, an error, or a request for records in one of the formats. */
const OAI_RECORDS =
  /<(?:[\w.-]+:)?(?:(?:arXiv|arXivRaw|dc)[\s>]|record>\s*<(?:[\w.-]+:)?header\s[^<>]*status\s*=\s*["']deleted|error\s[^<>]*code\s*=|request(?![^<>]*ListIdentifiers)\s[^<>]*metadataPrefix\s*=\s*["'](?:oai_dc|arXiv|arXivRaw)["'])/i

/** In the order in which `auto` tries them. */
export const FORMATS: Format[] = [
  {
    name: 'paperql',
    description: 'what paperql export jsonl writes: records whole, of any source',
    kind: 'json',
    expected: 'lines that paperql export jsonl wrote',
    load: async () => (await import('../sources/paperql.ts')).readPaperql,
    recognises: (head) =>
      someRecord(
        head,
        (r) => 'paperql' in r || ('fetchedAt' in r && ('record' in r || 'profile' in r)),
      ),
  },
  {
    name: 'openreview',
    description: "OpenReview's submissions with decisions and reviews, as its API answers",
    kind: 'json',
    expected: "notes of OpenReview's API, with id, forum and content",
    load: async () => (await import('../sources/openreview.ts')).readOpenreview,
    recognises: (head) =>
      someRecord(
        head,
        (r) =>
          isText(r.id) &&
          ((isObject(r.content) && (isText(r.forum) || 'invitations' in r)) ||
            (isObject(r.note) && isText(r.invitation))),
      ),
  },
  {
    name: 'paperlists',
    description: 'Paper Copilot conference lists: a JSON array of papers',
    kind: 'json',
    expected: 'a JSON array of papers',
    load: async () => (await import('../sources/paperlists.ts')).readPaperlist,
    recognises: (head) =>
      head.isArray &&
      someRecord(
        head,
        (r) =>
          isText(r.title) &&
          !CSL_TYPE.test(String(r.type)) &&
          (isText(r.author) || isText(r.author_site) || 'track' in r),
      ),
  },
  {
    name: 'hf-listing',
    description: 'the text of a Hugging Face Papers listing page, with code links',
    kind: 'text',
    expected: 'the banner of the page, then titles and abstracts in turn',
    load: async () => (await import('../sources/hf-listing.ts')).readHfListing,
    recognises: (head) => /^\s*Get trending papers in your email inbox/m.test(head.text),
  },
  {
    name: 'arxiv',
    description: "arXiv's metadata snapshot (Kaggle): one JSON object a line",
    kind: 'json',
    expected: 'JSON objects with id, authors_parsed, categories and versions',
    load: async () => (await import('../sources/arxiv.ts')).readArxiv,
    recognises: (head) =>
      someRecord(head, (r) => isText(r.id) && ('authors_parsed' in r || isText(r.categories))),
  },
  {
    name: 'arxiv-atom',
    description: "answers of arXiv's API: Atom feeds",
    kind: 'xml',
    expected: 'an Atom feed with entries of arXiv',
    load: async () => (await import('../sources/arxiv-atom.ts')).readArxivAtom,
    recognises: (head) =>
      head.kind === 'xml' &&
      head.text.includes('http://www.w3.org/2005/Atom') &&
      /arxiv\.org/i.test(head.text),
  },
  {
    name: 'hf-daily',
    description: 'Hugging Face daily papers, as their API answers',
    kind: 'json',
    expected: 'JSON objects with a paper that has an arXiv id',
    load: async () => (await import('../sources/hf-daily.ts')).readHfDaily,
    recognises: (head) =>
      someRecord(head, (r) => {
        const paper = isObject(r.paper) ? r.paper : r
        return isText(paper.id) && ('upvotes' in paper || 'submittedOnDailyAt' in paper)
      }),
  },
  {
    name: 'pwc',
    description: 'Papers with Code dumps: papers-with-abstracts, links to code, methods',
    kind: 'json',
    expected: 'a JSON array of papers, links or methods with their paperswithcode.com address',
    load: async () => (await import('../sources/pwc.ts')).readPwc,
    recognises: (head) =>
      someRecord(
        head,
        (r) => isText(r.paper_url) || ('introduced_year' in r && isText(r.full_name)),
      ),
  },
  {
    name: 'cv-daily',
    description: '"arXiv daily" lists: topic → arXiv id → row of a Markdown table',
    kind: 'json',
    expected: 'a JSON object of topics, each with arXiv ids and rows of a Markdown table',
    load: async () => (await import('../sources/cv-daily.ts')).readCvDaily,
    recognises: (head) =>
      /^\s*\{\s*"[^"\n]{1,200}"\s*:\s*\{\s*(?:\}|"[\w./-]{1,40}"\s*:\s*"\s*\|)/.test(head.text),
  },
  {
    name: 'crossref',
    description: 'works of Crossref, as its API and its public data files write them',
    kind: 'json',
    expected: 'JSON objects with DOI, type and a list of titles',
    load: async () => (await import('../sources/crossref.ts')).readCrossref,
    recognises: (head) =>
      someRecord(head, (r) => {
        const work = isObject(r.message) ? r.message : r
        return isText(work.DOI) && (Array.isArray(work.title) || 'indexed' in work)
      }),
  },
  {
    name: 'datacite',
    description: 'works of DataCite: answers of its API, its data file, DataCite JSON of archives',
    kind: 'json',
    expected: 'JSON objects with a DOI and lists of titles and creators',
    load: async () => (await import('../sources/datacite.ts')).readDatacite,
    recognises: (head) =>
      someRecord(head, (r) => {
        const data = isObject(r.data) ? r.data : r
        const work = isObject(data.attributes) ? data.attributes : data
        return Array.isArray(work.titles) && (Array.isArray(work.creators) || isText(work.doi))
      }),
  },
  {
    name: 'orcid',
    description: 'persons of ORCID: records as its API answers them in JSON',
    kind: 'json',
    expected: 'JSON objects with orcid-identifier and person',
    load: async () => (await import('../sources/orcid.ts')).readOrcid,
    recognises: (head) => someRecord(head, (r) => isObject(r['orcid-identifier'])),
  },
  {
    name: 'openalex',
    description:
      'works, authors and topics of OpenAlex: parts of its snapshot and answers of its API',
    kind: 'json',
    expected: 'JSON objects with the id of a work, author or topic at openalex.org',
    load: async () => (await import('../sources/openalex.ts')).readOpenAlex,
    recognises: (head) =>
      someRecord(head, (r) => isText(r.id) && /^https:\/\/openalex\.org\/\w\d+$/.test(r.id)),
  },
  {
    name: 'ror',
    description: 'institutions of ROR: its data dump and answers of its API',
    kind: 'json',
    expected: 'JSON objects with the id of an organisation at ror.org',
    load: async () => (await import('../sources/ror.ts')).readRor,
    recognises: (head) =>
      someRecord(head, (r) => isText(r.id) && /^https?:\/\/ror\.org\/\w+$/.test(r.id)),
  },
  {
    name: 's2',
    description:
      'datasets of Semantic Scholar and answers of its API: papers, abstracts, tldrs, authors, citations',
    kind: 'json',
    expected: 'JSON objects with a corpusid, an authorid, or the ids of both ends of a citation',
    load: async () => (await import('../sources/s2.ts')).readS2,
    recognises: (head) =>
      someRecord(
        head,
        (r) =>
          'corpusid' in r ||
          'citingcorpusid' in r ||
          'authorid' in r ||
          S2_API.some((name) => name in r),
      ),
  },
  {
    name: 'bibtex',
    description: 'BibTeX and BibLaTeX',
    kind: 'bibtex',
    expected: 'entries such as @article{…}',
    load: async () => (await import('../sources/bibtex.ts')).readBibtex,
    recognises: (head) => head.kind === 'bibtex',
  },
  {
    name: 'retraction-watch',
    description: 'the table of retractions, concerns and corrections of Retraction Watch',
    kind: 'text',
    expected: 'a table with the columns RetractionNature and OriginalPaperDOI',
    load: async () => (await import('../sources/retraction-watch.ts')).readRetractionWatch,
    recognises: async ({ kind, text }) => {
      const { isRetractionHeader } = await import('../sources/retraction-watch.ts')
      return kind === 'text' && isRetractionHeader(text.slice(0, 2000))
    },
  },
  {
    name: 'csv',
    description: 'a table of papers: of paperql export csv, reference managers, indexes',
    kind: 'text',
    expected: 'a first line with the names of columns, title among them',
    load: async () => (await import('../sources/csv.ts')).readCsv,
    recognises: async ({ kind, text }) => {
      const { findHeaderIn } = await import('../sources/csv-columns.ts')
      return kind === 'text' && findHeaderIn(text) !== null
    },
  },
  {
    name: 'ris',
    description: 'RIS, as reference managers and publishers write it',
    kind: 'text',
    expected: 'entries that begin with a line such as TY  - JOUR',
    load: async () => (await import('../sources/ris.ts')).readRis,
    recognises: (head) =>
      head.kind === 'text' && /^\uFEFF?\s*TY[ \t]{0,4}-[ \t]*[\w /-]{2,40}$/m.test(head.text),
  },
  {
    name: 'tagged',
    description:
      'tagged text of Web of Science (.ciw), EndNote and Google Scholar (.enw), RefWorks',
    kind: 'text',
    expected:
      'entries that begin with a line such as PT J, %0 Journal Article or RT Journal Article',
    load: async () => (await import('../sources/tagged.ts')).readTagged,
    recognises: async ({ kind, text }) => {
      const { isTagged } = await import('../sources/tagged-entries.ts')
      return kind === 'text' && isTagged(text)
    },
  },
  {
    name: 'nbib',
    description: "PubMed's citations (nbib, MEDLINE)",
    kind: 'text',
    expected: 'records that begin with a line such as PMID- 12345678',
    load: async () => (await import('../sources/nbib.ts')).readNbib,
    recognises: (head) =>
      head.kind === 'text' && /^(?:PMID- ?\d|OWN {0,2}- |FAU {0,2}- )/m.test(head.text),
  },
  {
    name: 'pubmed-xml',
    description: "PubMed's XML: baseline and update files, answers of efetch",
    kind: 'xml',
    expected: 'XML with elements <PubmedArticle>, <PubmedBookArticle> or <MedlineCitation>',
    load: async () => (await import('../sources/pubmed-xml.ts')).readPubmedXml,
    recognises: (head) =>
      head.kind === 'xml' &&
      /<(?:Pubmed(?:Book)?Article(?:Set)?|MedlineCitation(?:Set)?|BookDocument(?:Set)?|DeleteCitation)[\s>]/i.test(
        head.text,
      ),
  },
  {
    name: 'acl-anthology',
    description: 'collections of the ACL Anthology: the XML files of its repository',
    kind: 'xml',
    expected: 'XML with elements <volume> with an id in a <collection> with an id',
    load: async () => (await import('../sources/acl-anthology.ts')).readAclAnthology,
    recognises: (head) =>
      head.kind === 'xml' &&
      /<collection\s[^<>]*\bid\s*=/i.test(head.text) &&
      /<(?:volume|event)\s[^<>]*\bid\s*=/i.test(head.text),
  },
  {
    name: 'jats',
    description: 'articles in JATS, the XML of publishers and PubMed Central',
    kind: 'xml',
    expected: 'XML with an element <article> that has <front> and <article-meta>',
    load: async () => (await import('../sources/jats.ts')).readJats,
    recognises: (head) =>
      head.kind === 'xml' &&
      /<article[\s>]/i.test(head.text) &&
      /<(?:journal-meta|article-meta|front)[\s>]/i.test(head.text),
  },
  {
    name: 'oai-pmh',
    description:
      'answers of repositories (OAI-PMH) in arXiv, arXivRaw and oai_dc, and records of them',
    kind: 'xml',
    expected: 'XML with records of OAI-PMH whose metadata is in <arXiv>, <arXivRaw> or <oai_dc:dc>',
    load: async () => (await import('../sources/oai-pmh.ts')).readOaiPmh,
    recognises: (head) =>
      head.kind === 'xml' &&
      /openarchives\.org\/OAI\/2\.0|arxiv\.org\/OAI\/|purl\.org\/dc\/elements/i.test(head.text) &&
      OAI_RECORDS.test(head.text),
  },
  {
    name: 'endnote-xml',
    description: "EndNote's XML export",
    kind: 'xml',
    expected: 'XML with elements <record> in <records>',
    load: async () => (await import('../sources/endnote-xml.ts')).readEndnoteXml,
    recognises: (head) =>
      head.kind === 'xml' &&
      /<record[\s>]/i.test(head.text) &&
      /<(?:ref-type|titles|rec-number)[\s>]/i.test(head.text),
  },
  {
    name: 'csl-json',
    description: 'CSL-JSON, as Zotero and other reference managers export it',
    kind: 'json',
    expected: 'a JSON array of items with a type and a title',
    load: async () => (await import('../sources/csl-json.ts')).readCslJson,
    recognises: (head) =>
      someRecord(
        head,
        (r) =>
          (isText(r.title) || Array.isArray(r.title)) &&
          (CSL_TYPE.test(String(r.type))
            ? ['issued', 'author', 'container-title', 'DOI', 'URL'].some((name) => name in r)
            : isText(r['container-title']) || (isObject(r.issued) && 'date-parts' in r.issued)),
      ),
  },
]

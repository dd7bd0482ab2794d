import { type Head, someRecord } from './input/head.ts'
import { isObject } from './input/json.ts'

/** A common format that paperql does not read. */
interface OtherFormat {
  /** Completes the message "<file> is …". */
  name: string
  /** What to use instead. */
  instead: string
  matches: (head: Head) => boolean
}

const inText =
  (kind: Head['kind'], form: RegExp): OtherFormat['matches'] =>
  (head) =>
    head.kind === kind && form.test(head.text.slice(0, LOOKED_AT))
const inXml = (form: RegExp) => inText('xml', form)
const inPlain = (form: RegExp) => inText('text', form)
/** Whether a JSON object has all of these names. */
const withNames =
  (...names: string[]): OtherFormat['matches'] =>
  (head) =>
    someRecord(head, (record) => names.every((name) => name in record))

/** Characters searched from the start of a file: namespaces are declared early. */
const LOOKED_AT = 20_000

const REFERENCE_MANAGER = 'export BibTeX, RIS or CSL-JSON from the program'

/** The first match counts, so an envelope, such as that of OAI-PMH, comes after the formats that it may contain. */
const OTHER_FORMATS: OtherFormat[] = [
  {
    name: 'a list of ids or summaries of PubMed',
    instead: 'fetch the citations with efetch and retmode=xml',
    matches: inXml(/<(?:eSearchResult|eSummaryResult|eLinkResult|ePostResult)[\s>]/),
  },
  {
    name: 'an OAI-PMH response without metadata of papers',
    instead: 'ask the repository for ListRecords with metadataPrefix=oai_dc',
    matches: inXml(
      /<OAI-PMH[\s>][\s\S]*<(?:Identify|ListSets|ListMetadataFormats|ListIdentifiers)[\s>]/,
    ),
  },
  {
    name: 'the XML of Crossref',
    instead: 'fetch the JSON of https://api.crossref.org/works',
    matches: inXml(
      /<(?:\w+:)?(?:crossref_result|crossref|doi_batch|doi_records)\b|crossref\.org\/(?:x?schema|qrschema)/i,
    ),
  },
  {
    name: 'the XML of DataCite',
    instead: 'fetch the JSON of https://api.datacite.org/dois',
    matches: inXml(/datacite\.org\/schema\/|schema\.datacite\.org/i),
  },
  {
    name: 'MODS',
    instead: 'convert it with bibutils: xml2bib or xml2ris',
    matches: inXml(/loc\.gov\/mods|<mods(?:Collection)?[\s>]/i),
  },
  {
    name: 'MARC',
    instead: 'export RIS or BibTeX from the catalogue of the library',
    matches: (head) =>
      inXml(/loc\.gov\/MARC21|info:lc\/xmlns\/marcxchange|<datafield[\s>]/i)(head) ||
      inPlain(/^\s*\d{5}[ acdnp][a-z][ a-z]{2}[\s\S]{1,4}22\d{5}/)(head),
  },
  {
    name: 'METS',
    instead: 'export RIS or BibTeX from the repository',
    matches: inXml(/loc\.gov\/METS/i),
  },
  {
    name: 'TEI, the XML of GROBID and HAL',
    instead: 'let GROBID or HAL write BibTeX',
    matches: inXml(/tei-c\.org\/ns|<TEI[\s>]/),
  },
  {
    name: 'the XML of DBLP',
    instead: 'fetch BibTeX from DBLP: append .bib to the address of a record, person or volume',
    matches: inXml(/<dblp[\s>]|<!DOCTYPE dblp|<dblpperson[\s>]|<bht[\s>]/i),
  },
  {
    name: 'the XML of ORCID',
    instead: 'fetch the record with Accept: application/json',
    matches: inXml(/orcid\.org\/ns\//i),
  },
  {
    name: 'the full-text XML of Elsevier',
    instead: 'export RIS or BibTeX from ScienceDirect or Scopus',
    matches: inXml(/elsevier\.com\/(?:xml|api)|<full-text-retrieval-response/i),
  },
  {
    name: 'the bibliography of Word',
    instead: 'convert it to BibTeX, for example with JabRef',
    matches: inXml(/officeDocument\/2006\/bibliography/i),
  },
  {
    name: 'RDF',
    instead: REFERENCE_MANAGER,
    matches: (head) =>
      inXml(/<rdf:RDF\b|22-rdf-syntax-ns/i)(head) || inPlain(/^\s*@prefix\s/m)(head),
  },
  {
    name: 'an OAI-PMH response in another metadata format',
    instead: 'ask the repository for metadataPrefix=oai_dc',
    matches: inXml(/openarchives\.org\/OAI\/2\.0/i),
  },
  {
    name: 'a web page',
    instead: 'save the file itself, not the page that shows or links it',
    matches: inXml(/^\s*(?:<!--[\s\S]*?-->\s*)?<(?:!doctype html|html)\b/i),
  },
  {
    name: 'a feed of articles',
    instead: 'only feeds of arXiv are read',
    matches: (head) =>
      inXml(/<rss[\s>]|2005\/Atom/i)(head) ||
      withNames('version', 'home_page_url', 'items')(head) ||
      withNames('content_html')(head),
  },
  {
    name: 'the tagged text of Ovid',
    instead: 'export RIS',
    matches: inPlain(/^\s*<\d+\. ?>|^ ?VN {1,2}- Ovid/m),
  },
  {
    name: 'a CITATION.cff file',
    instead: 'convert it to BibTeX with cffconvert',
    matches: inPlain(/^cff-version:/m),
  },
  {
    name: 'YAML',
    instead: 'convert it to CSL-JSON: pandoc --from=markdown --to=csljson reads metadata in YAML',
    matches: inPlain(/^(?:---\s*\n|references:\s*\n|- id:)/m),
  },
  {
    name: 'a PDF file',
    instead: 'let Zotero or GROBID find its metadata and export BibTeX',
    matches: inPlain(/^%PDF-/),
  },
  {
    name: 'an old Excel or Word file (.xls, .doc)',
    instead: 'save the table as CSV',
    matches: ({ text }) => text.startsWith('\uFFFD\uFFFD\u0011\uFFFD'),
  },
  {
    name: 'an SQLite database',
    instead: REFERENCE_MANAGER,
    matches: inPlain(/^SQLite format 3/),
  },
  {
    name: "Zotero's own JSON",
    instead: 'export CSL JSON or BibTeX; from its API, request format=csljson',
    matches: (head) =>
      withNames('itemType', 'creators')(head) ||
      someRecord(head, (r) => isObject(r.data) && 'itemType' in r.data),
  },
  {
    name: 'JSON of InvenioRDM, such as Zenodo',
    instead: 'export DataCite JSON or BibTeX',
    matches: (head) =>
      someRecord(
        head,
        (r) =>
          isObject(r.metadata) &&
          isObject(r.links) &&
          ('recid' in r || 'pids' in r || 'conceptrecid' in r || 'parent' in r),
      ),
  },
  {
    name: 'JSON of INSPIRE',
    instead: 'fetch it with format=bibtex',
    matches: (head) =>
      someRecord(head, (r) => {
        const work = isObject(r.metadata) ? r.metadata : r
        return ['control_number', '_collections', 'inspire_categories'].some((name) => name in work)
      }),
  },
  {
    name: 'an API response without works, such as an error',
    instead: 'request works from the API',
    matches: (head) =>
      withNames('status', 'message-type', 'message')(head) || withNames('errors')(head),
  },
  {
    name: 'JSON-LD of schema.org',
    instead:
      'fetch BibTeX or CSL-JSON for the DOI: curl -LH "Accept: application/vnd.citationstyles.csl+json" https://doi.org/…',
    matches: withNames('@context'),
  },
  {
    name: 'JSON of Unpaywall',
    instead: 'fetch the works from Crossref or OpenAlex, which also state open access',
    matches: withNames('doi', 'is_oa', 'oa_locations'),
  },
  {
    name: 'JSON of DOAJ',
    instead: 'fetch the works from Crossref or OpenAlex',
    matches: (head) =>
      someRecord(
        head,
        (r) => isObject(r.bibjson) || (isObject(r._source) && 'bibjson' in r._source),
      ),
  },
  {
    name: 'JSON of Europe PMC',
    instead: 'export RIS or BibTeX from Europe PMC',
    matches: (head) => withNames('resultList')(head) || withNames('pmcid', 'journalInfo')(head),
  },
]

/** Names the unsupported format of a text and what to use instead; null for an unknown format. */
export function otherFormat(head: Head): string | null {
  const found = OTHER_FORMATS.find(({ matches }) => matches(head))
  return found ? `${found.name}, which paperql does not read: ${found.instead}` : null
}

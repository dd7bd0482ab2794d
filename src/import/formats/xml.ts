import type { Format } from './format.ts'

/** OAI-PMH in a supported format: metadata, a deleted record, an error, or the echo of a request for records. */
const OAI_RECORDS =
  /<(?:[\w.-]+:)?(?:(?:arXiv|arXivRaw|dc)[\s>]|record>\s*<(?:[\w.-]+:)?header\s[^<>]*status\s*=\s*["']deleted|error\s[^<>]*code\s*=|request(?![^<>]*ListIdentifiers)\s[^<>]*metadataPrefix\s*=\s*["'](?:oai_dc|arXiv|arXivRaw)["'])/i

/** Formats of XML, in the order in which `auto` tries them. */
export const XML_FORMATS: Format[] = [
  {
    name: 'arxiv-atom',
    description: "responses of arXiv's API: Atom feeds",
    kind: 'xml',
    expected: 'an Atom feed with entries of arXiv',
    load: async () => (await import('../sources/arxiv-atom.ts')).readArxivAtom,
    recognises: (head) =>
      head.kind === 'xml' &&
      head.text.includes('http://www.w3.org/2005/Atom') &&
      /arxiv\.org/i.test(head.text),
  },
  {
    name: 'pubmed-xml',
    description: "PubMed's XML: baseline and update files, responses of efetch",
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
      'OAI-PMH responses of repositories in arXiv, arXivRaw and oai_dc, and single records',
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
]

import { expect, test } from 'vitest'
import { findAdapter } from '../../src/import/formats.ts'

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** The start of a file in an unsupported format, by its name in the message. */
const STARTS: [string, string][] = [
  ['ids or summaries of PubMed', `${XML}<!DOCTYPE eSearchResult PUBLIC "-//NLM">\n<eSearchResult>`],
  ['Crossref', `${XML}<crossref_result xmlns="http://www.crossref.org/qrschema/3.0">`],
  ['DataCite', `${XML}<resource xmlns="http://datacite.org/schema/kernel-4">`],
  ['MODS', `${XML}<mods xmlns="http://www.loc.gov/mods/v3">`],
  ['MARC', `${XML}<collection xmlns="http://www.loc.gov/MARC21/slim">`],
  ['MARC', '01841cam a2200385Ma 45e0001000800000'],
  ['TEI', `${XML}<TEI xmlns="http://www.tei-c.org/ns/1.0">`],
  ['DBLP', `${XML}<!DOCTYPE dblp SYSTEM "dblp.dtd">\n<dblp>`],
  [
    'Word',
    `${XML}<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography">`,
  ],
  ['RDF', `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">`],
  [
    'OAI-PMH response in another',
    `${XML}<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><didl>`,
  ],
  [
    'OAI-PMH response without',
    `${XML}<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListSets>`,
  ],
  ['web page', '<!doctype html>\n<style>\n@media (x) {a: b}\n</style>'],
  ['web page', '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">'],
  ['feed', `${XML}<rss version="2.0">`],
  ['PDF', '%PDF-1.7\n@article{'],
  ['CITATION.cff', '# comment\ncff-version: 1.2.0'],
  ['YAML', '---\nreferences:\n- id: a'],
  ['Zotero', '[{"key": "A", "version": 1, "data": {"itemType": "book", "title": "T"}}]'],
  ['Zenodo', '{"id": 1, "conceptrecid": "0", "links": {}, "metadata": {"title": "T"}}'],
  ['INSPIRE', '{"hits": 1}\n{"metadata": {"control_number": 1, "titles": []}}'],
  ['schema.org', '{"@context": "https://schema.org", "@type": "ScholarlyArticle", "name": "T"}'],
  ['Unpaywall', '{"doi": "10.5555/a", "is_oa": true, "oa_locations": []}'],
  ['error', '{"status": "failed", "message-type": "validation-failure", "message": []}'],
]

test.each(STARTS)(
  '%s is refused by its name, with a format to use instead',
  async (name, start) => {
    const input = {
      ...{ name: 'file', head: Buffer.from(start), bytesTotal: null, bytesRead: () => 0 },
      text: (async function* () {})(),
    }
    for (const format of ['auto', 'bibtex', 'nbib', 'crossref'])
      await expect(findAdapter(format, input), format).rejects.toThrow(
        new RegExp(`^file is .*${name}.*, which paperql does not read: .`),
      )
  },
)

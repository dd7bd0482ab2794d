import { peekBytes } from '../input/decompress.ts'
import type { Outcome, Refusal } from '../input/outcome.ts'
import { elementsAt, incompleteRecord, parseXmlEntry, readXmlParts } from '../input/xml-records.ts'
import { fieldsOfArticle, fieldsOfBook } from './pubmed-fields.ts'
import { readPubmedRecord } from './pubmed-record.ts'
import { pubmedReferences } from './pubmed-references.ts'

const WHOLE = ['PubmedArticle', 'PubmedBookArticle']
/** Elements within these, which files before 2016 have on their own. */
const BARE = ['MedlineCitation', 'BookDocument']
const DELETED = ['DeleteCitation', 'DeleteDocument']

/** Bytes at the start in which the first citation is searched. */
const HEAD_BYTES = 20_000

/** Reads PubMed's XML, one citation at a time: baseline and update files, and responses of efetch. */
export async function* readPubmedXml(
  text: AsyncIterable<Buffer>,
  file: string,
): AsyncGenerator<Outcome> {
  const { head, all } = await peekBytes(text, HEAD_BYTES)
  const found = new RegExp(`<(${[...WHOLE, ...BARE].join('|')})[\\s>]`, 'i')
  const [, first = ''] = found.exec(head.toString('latin1')) ?? []
  const isBare = BARE.some((name) => name.toLowerCase() === first.toLowerCase())
  const elements = [...(isBare ? BARE : WHOLE), ...DELETED]
  let position = 0
  for await (const part of readXmlParts(all, { elements })) {
    const { name, xml, repairs } = part
    if (/^delete/i.test(name) && xml !== null)
      for (const reject of deletedIn(xml)) yield { position: position++, reject }
    else {
      const reading =
        xml === null ? incompleteRecord(part, `citation (${name})`) : readCitation(xml, file)
      if ('reason' in reading) yield { position: position++, reject: reading }
      else yield { position: position++, ...reading, repairs }
    }
  }
}

const deletedIn = (xml: string): Refusal[] =>
  [...xml.matchAll(/<PMID[^<>]*>\s*(\d+)/gi)].map(([, key = null]) => ({
    key,
    reason: 'PubMed has deleted this citation; an imported record stays',
  }))

function readCitation(xml: string, file: string) {
  const root = parseXmlEntry(xml, 'citation')
  if ('reason' in root) return root
  const all = /^(?:medlinecitation|bookdocument)$/.test(root.name)
    ? { ...root, children: [root] }
    : root
  const lost: string[] = []
  const [book] = elementsAt(all, 'bookdocument')
  const fields = book ? fieldsOfBook(all, book, lost) : fieldsOfArticle(all, lost)
  const references = pubmedReferences(all, lost)
  return readPubmedRecord(fields, { source: 'pubmed-xml', file, references, lost })
}

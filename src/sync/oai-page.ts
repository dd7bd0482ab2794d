import { SaxesParser, type SaxesTagNS } from 'saxes'
import type { ArxivOaiRecord } from '../import/sources/arxiv-oai.ts'
import { Fault, textOf } from './http.ts'

const OAI = 'http://www.openarchives.org/OAI/2.0/'

/** An OAI-PMH record with the texts of its metadata. */
export interface OaiRecord extends ArxivOaiRecord {
  isDeleted: boolean
}

/** One response of an OAI-PMH 2.0 repository. */
export interface OaiPage {
  /** Time of the response by the clock of the repository. */
  responseDate: string
  records: OaiRecord[]
  /** Token of the next page; null on the last page. */
  resumptionToken: string | null
  /** Number of records in the whole list; null when not stated. */
  listSize: number | null
  /** Why there is no list, such as `noRecordsMatch`. */
  error: { code: string; message: string } | null
  /** First day of changes, in responses to Identify; otherwise null. */
  earliestDatestamp: string | null
}

/** Maximum characters kept of one text. Texts of papers are shorter. */
const LONGEST_TEXT = 1_000_000

/** Maximum size of a response. Pages of arXiv are smaller. */
const MOST_BYTES = 100_000_000

/** Characters that XML does not allow but authors' texts contain. */
const ILLEGAL = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu

/** Parses a response while it arrives. Throws a `Fault` when it is truncated, not well-formed or not OAI-PMH. */
export async function readOaiPage(response: Response): Promise<OaiPage> {
  const { parser, page } = createParser()
  for await (const text of textOf(response, MOST_BYTES)) parser.write(text.replace(ILLEGAL, ' '))
  parser.close()
  return page
}

type Parser = SaxesParser<{ xmlns: true }>

function createParser(): { parser: Parser; page: OaiPage } {
  const parser: Parser = new SaxesParser({ xmlns: true })
  const page: OaiPage = {
    ...{ responseDate: '', records: [], resumptionToken: null, listSize: null },
    ...{ error: null, earliestDatestamp: null },
  }
  let depth = 0
  let text = ''
  const reader = createReader(page)
  parser.on('error', (cause) => {
    throw new Fault(`the answer is truncated or not XML (${cause.message})`, null, { cause })
  })
  parser.on('doctype', () => {
    throw new Fault('the answer is not OAI-PMH: it has a DOCTYPE')
  })
  parser.on('opentag', (tag) => {
    if (depth++ === 0 && (tag.local !== 'OAI-PMH' || tag.uri !== OAI))
      throw new Fault(`the answer is not OAI-PMH: its root element is ${tag.name}`)
    text = ''
    reader.open(tag)
  })
  parser.on('text', (part) => {
    if (text.length < LONGEST_TEXT) text += part
  })
  parser.on('closetag', (tag) => {
    depth--
    reader.close(tag, text.trim())
    text = ''
  })
  return { parser, page }
}

/** Makes a reader that assigns the texts of elements to fields of a page. */
function createReader(page: OaiPage) {
  let record: OaiRecord | null = null
  let author: Map<string, string[]> | null = null
  let errorCode: string | null = null
  return {
    open({ local, uri, attributes }: SaxesTagNS) {
      if (uri === OAI && local === 'record')
        record = { identifier: '', isDeleted: false, texts: new Map(), authors: [] }
      else if (uri === OAI && local === 'header' && record)
        record.isDeleted = attributes.status?.value === 'deleted'
      else if (uri === OAI && local === 'error') errorCode = attributes.code?.value ?? ''
      else if (uri === OAI && local === 'resumptionToken')
        page.listSize = Number(attributes.completeListSize?.value) || null
      else if (record && local === 'author') author = new Map()
    },
    close({ local, uri }: SaxesTagNS, text: string) {
      if (uri === OAI) {
        if (local === 'record' && record) page.records.push(record)
        if (local === 'record') record = null
        else if (local === 'identifier' && record) record.identifier = text
        else if (local === 'error') page.error = { code: errorCode ?? '', message: text }
        else if (local === 'resumptionToken') page.resumptionToken = text || null
        else if (local === 'responseDate') page.responseDate = text
        else if (local === 'earliestDatestamp') page.earliestDatestamp = text
      } else if (record && local === 'author' && author) {
        record.authors.push(author)
        author = null
      } else if (author) author.set(local, [...(author.get(local) ?? []), text])
      else if (record && !record.texts.has(local)) record.texts.set(local, text)
    },
  }
}

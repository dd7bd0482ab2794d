import type { PaperRecord } from '../../domain/record/paper-record.ts'
import { withoutAddresses } from '../fields/addresses.ts'
import { peekBytes } from '../input/decompress.ts'
import { cleanText, type Outcome, type ReadRecord, type Refusal } from '../input/outcome.ts'
import {
  elementsAt,
  incompleteRecord,
  parseXmlEntry,
  readXmlParts,
  type XmlElement,
  type XmlPart,
} from '../input/xml-records.ts'
import { readArxivJson } from './arxiv.ts'
import { readArxivOai } from './arxiv-oai.ts'
import { readDublinCore } from './oai-dc.ts'

/** Bytes at the start in which the first record is searched. */
const HEAD_BYTES = 20_000

/** Start tag of a record, or of its metadata in files that contain only metadata. Names may have a prefix. */
const RECORD = /<((?:[\w.-]+:)?(?:record|arXiv|arXivRaw|dc))(?=[\s>])/i

/**
 * Reads OAI-PMH responses with records in `arXiv`, `arXivRaw` or `oai_dc`: complete responses, also several in sequence, and single
 * records that a harvester stored.
 */
export async function* readOaiPmh(
  text: AsyncIterable<Buffer>,
  file: string,
): AsyncGenerator<Outcome> {
  const { head, all } = await peekBytes(text, HEAD_BYTES)
  const [, record = 'record'] = RECORD.exec(head.toString('latin1')) ?? []
  const elements = [record, '(?:[\\w.-]+:)?error', '(?:[\\w.-]+:)?resumptionToken']
  let position = 0
  let last: Outcome | null = null
  let isContinued = false
  try {
    for await (const part of readXmlParts(all, { elements })) {
      const { name, xml, repairs } = part
      if (/resumptiontoken$/.test(name)) {
        isContinued = />[^<]*\S[^<]*</.test(xml ?? '')
        continue
      }
      if (last) yield last
      isContinued &&= /error$/.test(name)
      const reading = /error$/.test(name) ? errorIn(xml) : readRecord(part, file)
      const found = { position: position++ }
      last =
        'reason' in reading ? { ...found, reject: reading } : { ...found, record: reading, repairs }
    }
  } catch (fault) {
    if (last) yield last
    throw fault
  }
  if (last) yield isContinued ? withHint(last) : last
}

const CONTINUED = 'the list continues in further responses of the repository (resumptionToken)'

/** Reports with the last entry that the list is incomplete. */
function withHint(last: Outcome): Outcome {
  if ('record' in last) return { ...last, repairs: [...(last.repairs ?? []), CONTINUED] }
  if (!('reject' in last)) return last
  const reason = `${last.reject.reason}; ${CONTINUED}`
  return { ...last, reject: { ...last.reject, reason } }
}

const LONGEST_ERROR = 300

/** Rejects an error response of the repository, with its text. */
function errorIn(xml: string | null): Refusal {
  const code = /\bcode\s*=\s*["']([^"'<>]{1,40})/i.exec(xml ?? '')?.[1]
  const message = cleanText(xml?.replace(/<[^<>]*>/g, ' ')) ?? ''
  const text = [code, withoutAddresses(message)].filter(Boolean).join(': ')
  return {
    key: null,
    reason: `the repository answered with an error: ${text || 'without a text'}`.slice(
      0,
      LONGEST_ERROR,
    ),
  }
}

function readRecord(part: XmlPart, file: string): PaperRecord | Refusal {
  if (part.xml === null) return incompleteRecord(part, 'record')
  const parsed = parseXmlEntry(part.xml, 'record')
  if ('reason' in parsed) return parsed
  const root = withoutPrefixes(parsed)
  const isWhole = root.name === 'record'
  const [header] = elementsAt(root, 'header')
  const identifier = cleanText(header && elementsAt(header, 'identifier')[0]?.text) ?? ''
  const key = identifier === '' ? null : identifier
  if (/^deleted$/i.test(header?.attributes.status ?? ''))
    return { key, reason: 'the repository has deleted this record; an imported record stays' }
  const metadata = isWhole ? elementsAt(root, 'metadata')[0]?.children[0] : root
  if (!metadata) return { key, reason: 'the record has no metadata' }
  return readMetadata(metadata, { identifier, file })
}

const withoutPrefixes = (element: XmlElement): XmlElement => ({
  ...element,
  name: element.name.replace(/^.*:/, ''),
  children: element.children.map(withoutPrefixes),
})

function readMetadata(
  metadata: XmlElement,
  from: { identifier: string; file: string },
): PaperRecord | Refusal {
  if (metadata.name === 'arxiv')
    return readArxivOai('arxiv-oai', {
      identifier: from.identifier,
      texts: textsIn(metadata),
      authors: elementsAt(metadata, 'authors/author').map(allTextsIn),
    })
  if (metadata.name === 'arxivraw') return readRaw(metadata)
  if (metadata.name === 'dc') return readDublinCore(metadata, from)
  return {
    key: from.identifier || null,
    reason: `the metadata of the record is in an unsupported format: ${metadata.name.slice(0, 40)}`,
  }
}

/** Makes the record of a paper in `arXivRaw`, apart from that in `arXiv`, since each format states data that the other lacks. */
function readRaw(metadata: XmlElement): ReadRecord | Refusal {
  const raw = rawIn(metadata)
  const reading: ReadRecord | Refusal = readArxivJson('arxiv-oai', raw)
  if ('reason' in reading) return reading
  const isNumbered = raw.versions.every(({ version }) => /^v\d{1,3}$/.test(version ?? ''))
  const lost = [...(reading.lost ?? []), ...(isNumbered ? [] : [LOST_VERSION])]
  return { ...reading, key: `${reading.key}/raw`, ...(lost.length > 0 && { lost }) }
}

const LOST_VERSION = 'a version whose number cannot be read was left out'

function allTextsIn({ children }: XmlElement): Map<string, string[]> {
  const texts = new Map<string, string[]>()
  for (const { name, text } of children) texts.set(name, [...(texts.get(name) ?? []), text.trim()])
  return texts
}

const textsIn = (element: XmlElement): Map<string, string> =>
  new Map([...allTextsIn(element)].map(([name, [text = '']]) => [name, text]))

/** Puts the metadata into the shape of an entry in arXiv's snapshot. */
function rawIn(metadata: XmlElement) {
  const versions = elementsAt(metadata, 'version').map((version) => ({
    version: version.attributes.version,
    created: elementsAt(version, 'date')[0]?.text.trim(),
  }))
  return { ...Object.fromEntries(textsIn(metadata)), versions }
}

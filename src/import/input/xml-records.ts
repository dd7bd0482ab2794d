import { SaxesParser } from 'saxes'
import { hasHole } from './holes.ts'
import { MAX_RECORD_BYTES, TOO_LONG } from './lines.ts'
import { REPAIRS, type Refusal } from './outcome.ts'
import { xmlText } from './xml-text.ts'

/** An XML element with its content. */
export interface XmlElement {
  name: string
  attributes: Record<string, string>
  children: XmlElement[]
  /** Text of the element and of all elements in it, in order. */
  text: string
}

/** A record element as text. Positions count from 0. */
export interface XmlRecord {
  position: number
  /** Null if the element cannot be read: `incompleteRecord` gives the reason. */
  xml: string | null
  isTooLong: boolean
  /** Repairs of the text before it was parsed. */
  repairs: string[]
}

/**
 * Splits an XML text into the elements of one name, so that files of any size need little memory and an error spoils only one element.
 */
export async function* readXmlRecords(
  text: AsyncIterable<Buffer>,
  name: string,
): AsyncGenerator<XmlRecord> {
  let position = 0
  for await (const { xml, isTooLong, repairs } of readXmlParts(text, { elements: [name] }))
    yield { position: position++, xml, isTooLong, repairs }
}

/** Rejects a record without text; `called` is its name in messages. */
export const incompleteRecord = (
  { isTooLong }: Pick<XmlRecord, 'isTooLong'>,
  called: string,
): Refusal => ({
  key: null,
  reason: isTooLong ? TOO_LONG : `the ${called} has no start or no end`,
})

/** A complete element, or the start tag of a surrounding one. `xml` is null if an element cannot be read. */
export interface XmlPart {
  name: string
  xml: string | null
  isTooLong: boolean
  /** Repairs of the text. */
  repairs: string[]
}

/** Maximum length of a start tag; longer text after "<" is not treated as a tag. */
const LONGEST_TAG = 10_000

/**
 * Splits an XML text into elements of several names, which are not nested in each other, and start tags of surrounding elements, whose
 * attributes affect their meaning.
 */
export async function* readXmlParts(
  text: AsyncIterable<Buffer>,
  { elements, startTags = [] }: { elements: readonly string[]; startTags?: readonly string[] },
): AsyncGenerator<XmlPart> {
  const edge = edgeOf(elements, startTags)
  const cutting: Cutting = { edge, rest: '', open: null, held: '', dropped: null, isOther: false }
  const end = watchEnd()
  for await (const piece of xmlText(text)) {
    end.see(piece.text)
    cutting.rest += piece.text
    cutting.isOther ||= piece.isOther
    yield* takeParts(cutting)
    yield* dropRest(cutting)
  }
  if (cutting.open !== null) yield partOf(cutting, cutting.open, null)
  end.check()
}

/** State of splitting a text that arrives in pieces. */
interface Cutting {
  /** Matches the starts and ends of elements. */
  edge: RegExp
  /** Text that was not searched yet. */
  rest: string
  /** Name of the element that began before `rest`. */
  open: string | null
  /** Text of that element so far. It is never searched, as a search of a concatenated string copies all of it. */
  held: string
  /** Name of an element that was dropped as too long, whose end tag may still come. */
  dropped: string | null
  isOther: boolean
}

function partOf(cutting: Cutting, name: string, xml: string | null, isTooLong = false): XmlPart {
  const repairs = xmlRepairs(xml, cutting.isOther)
  cutting.isOther = false
  return { name, xml, isTooLong, repairs }
}

function* takeParts(cutting: Cutting): Generator<XmlPart> {
  for (;;) {
    const { edge, rest, open, held, dropped } = cutting
    edge.lastIndex = 0
    const found = edge.exec(rest)
    if (!found) return
    const to = found.index + found[0].length
    const [, start, empty, end, tag] = found.map((part) => part?.toLowerCase())
    // An end tag without a start belongs to an element whose start is damaged.
    const isOfDropped = dropped !== null && end === dropped
    if (open !== null || (end !== undefined && !isOfDropped))
      yield partOf(cutting, open ?? end ?? '', end === open ? held + rest.slice(0, to) : null)
    cutting.dropped = null
    if (tag !== undefined) yield { name: tag, xml: found[0], isTooLong: false, repairs: [] }
    if (start !== undefined && empty) yield partOf(cutting, start, found[0])
    const isOpened = start !== undefined && !empty
    cutting.open = isOpened ? start : null
    cutting.held = isOpened ? found[0] : ''
    cutting.rest = rest.slice(to)
  }
}

/** Drops text that cannot begin a part, and an element that is too long. */
function* dropRest(cutting: Cutting): Generator<XmlPart> {
  const { rest, open } = cutting
  const near = Math.max(0, rest.length - LONGEST_TAG)
  const last = rest.slice(near).lastIndexOf('<')
  // Start of a possible tag; text before it need not be searched again.
  const tag = last < 0 ? rest.length : near + last
  cutting.rest = rest.slice(tag)
  if (open === null) return
  cutting.held += rest.slice(0, tag)
  if (cutting.held.length + cutting.rest.length <= MAX_RECORD_BYTES) return
  yield partOf(cutting, open, null, true)
  Object.assign(cutting, { held: '', open: null, dropped: open })
}

/** Matches the root element, after any prolog: its name, and whether it is empty. */
const ROOT =
  /^\s*(?:<\?(?:(?!\?>)[\s\S])*\?>\s*|<!--(?:(?!-->)[\s\S])*-->\s*|<!DOCTYPE[^<>[]*>\s*)*<([a-z][\w:.-]*)(?:\s[^<>]*)?(\/?)>/i
/** Characters at the start and at the end of the text in which the tags of the root are searched. */
const NEAR = 2000

/** Detects a document that was truncated between two elements: the end tag of its root is missing. */
function watchEnd() {
  let [start, tail]: [string | null, string] = [null, '']
  return {
    see(piece: string) {
      start ??= piece.slice(0, NEAR)
      tail = (piece.length < NEAR ? tail + piece : piece).slice(-NEAR)
    },
    /** Throws a plain error if the document is truncated. */
    check() {
      const [, root, empty] = ROOT.exec(start ?? '') ?? []
      if (root === undefined || empty === '/') return
      if (!tail.toLowerCase().includes(`</${root.toLowerCase()}`))
        throw new Error(`the XML ends without </${root}>`)
    },
  }
}

/** Matches the start tag of an element, its end tag, or a surrounding start tag; the name is in group 1, 3 or 4. */
function edgeOf(elements: readonly string[], startTags: readonly string[]): RegExp {
  const names = elements.join('|')
  const tags = startTags.length === 0 ? [] : [`<(${startTags.join('|')})(?:\\s[^<>]*)?>`]
  return new RegExp(
    [`<(${names})(?:\\s[^<>]*?)?(/?)>`, `</(${names})\\s*>`, ...tags].join('|'),
    'gi',
  )
}

/** Repairs of the text of a record before it is parsed. */
export const xmlRepairs = (xml: string | null, isOther: boolean): string[] => [
  ...(isOther ? [REPAIRS.otherEncoding] : []),
  ...(xml?.includes('\uFFFD') ? [REPAIRS.unreadable] : []),
  ...(xml?.includes('\0') ? [hasHole(xml) ? REPAIRS.hole : REPAIRS.nul] : []),
]

const DEEPEST = 50

/** Removes control characters, which XML does not allow but programs write. */
function withoutControls(xml: string): string {
  return xml
    .replace(/(?![\t\n\r])\p{Cc}/gu, '')
    .replace(
      /&#(?:x0*([01]?[\da-f])|0*([0-2]?\d|3[01]));/gi,
      (whole, hex?: string, dec?: string) =>
        /^(?:9|10|13)$/.test(String(hex === undefined ? dec : Number.parseInt(hex, 16)))
          ? whole
          : '',
    )
}

/** Parses an element. Throws a plain error that describes the fault when the text is not well-formed. */
function parseXml(xml: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const parser = new SaxesParser<{ fragment: true; xmlns: false }>({ fragment: true, xmlns: false })
  parser.on('error', (cause) => {
    throw cause
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length > DEEPEST) throw new Error(`nested deeper than ${DEEPEST} elements`)
    const element: XmlElement = { name: name.toLowerCase(), attributes, children: [], text: '' }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  const add = (text: string) => {
    for (const element of open) element.text += text
  }
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('closetag', () => {
    open.pop()
  })
  const escaped = withoutControls(xml).replace(/&(?!#?\w{1,31};)/g, '&amp;')
  parser.write(escaped).close()
  return root.children[0] ?? root
}

/** Parses an entry, named `called` in messages; rejects it when it is not well-formed. */
export function parseXmlEntry(xml: string, called: string): XmlElement | Refusal {
  try {
    return parseXml(xml)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { key: null, reason: `the ${called} is not well-formed XML (${message.slice(0, 100)})` }
  }
}

/** The elements on a path below one, such as `contributors/authors/author`. */
export function elementsAt(element: XmlElement, path: string): XmlElement[] {
  return path
    .split('/')
    .reduce(
      (found, name) =>
        found.flatMap(({ children }) => children.filter((child) => child.name === name)),
      [element],
    )
}

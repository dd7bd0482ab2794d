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
  /** Its own text and that of the elements in it, in order. */
  text: string
}

/** A record element as text; its position counts from 0. */
export interface XmlRecord {
  position: number
  /** Null if it cannot be read: `notWhole` tells why. */
  xml: string | null
  isTooLong: boolean
  /** What was repaired in the text before it was parsed. */
  repairs: string[]
}

/**
 * Splits an XML text into the elements of one name, so that files of any size are read in little memory and an error spoils
 * only one element.
 */
export async function* readXmlRecords(
  text: AsyncIterable<Buffer>,
  name: string,
): AsyncGenerator<XmlRecord> {
  let position = 0
  for await (const { xml, isTooLong, repairs } of readXmlParts(text, { elements: [name] }))
    yield { position: position++, xml, isTooLong, repairs }
}

/** Why a record without text is refused; `called` is what messages call it. */
export const notWhole = ({ isTooLong }: Pick<XmlRecord, 'isTooLong'>, called: string): Refusal => ({
  key: null,
  reason: isTooLong ? TOO_LONG : `the ${called} has no start or no end`,
})

/** A whole element, or the start tag of one that holds others; of an element null as of a record. */
export interface XmlPart {
  name: string
  xml: string | null
  isTooLong: boolean
  /** What was repaired in its text. */
  repairs: string[]
}

/** No start tag is longer; what is may be anything. */
const LONGEST_TAG = 10_000

/**
 * As `readXmlRecords`, for elements of several names that do not hold each other, and for the start tags of those around them,
 * whose attributes their meaning depends on.
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

/** A text that comes in pieces, of which parts are taken. */
interface Cutting {
  /** Finds where elements begin and end. */
  edge: RegExp
  /** What was not looked at yet. */
  rest: string
  /** The element that has begun before `rest`. */
  open: string | null
  /** What was read of it. Never searched, as each search of a string that was put together copies all of it. */
  held: string
  /** The element whose start was dropped, as it is too long: its end may still come. */
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

/** Drops what no part can begin with, and an element that is too long. */
function* dropRest(cutting: Cutting): Generator<XmlPart> {
  const { rest, open } = cutting
  const near = Math.max(0, rest.length - LONGEST_TAG)
  const last = rest.slice(near).lastIndexOf('<')
  // Where a tag may have begun; what comes before need not be looked at again.
  const tag = last < 0 ? rest.length : near + last
  cutting.rest = rest.slice(tag)
  if (open === null) return
  cutting.held += rest.slice(0, tag)
  if (cutting.held.length + cutting.rest.length <= MAX_RECORD_BYTES) return
  yield partOf(cutting, open, null, true)
  Object.assign(cutting, { held: '', open: null, dropped: open })
}

/** The name of the element that holds all others, after what may come before it, and whether it is empty. */
const ROOT =
  /^\s*(?:<\?(?:(?!\?>)[\s\S])*\?>\s*|<!--(?:(?!-->)[\s\S])*-->\s*|<!DOCTYPE[^<>[]*>\s*)*<([a-z][\w:.-]*)(?:\s[^<>]*)?(\/?)>/i
/** How many characters from the start and from the end its tags are looked for. */
const NEAR = 2000

/** Tells a document that was cut between two of its elements: without its end tag, it is not whole. */
function watchEnd() {
  let [start, tail]: [string | null, string] = [null, '']
  return {
    see(piece: string) {
      start ??= piece.slice(0, NEAR)
      tail = (piece.length < NEAR ? tail + piece : piece).slice(-NEAR)
    },
    /** Throws a plain error. */
    check() {
      const [, root, empty] = ROOT.exec(start ?? '') ?? []
      if (root === undefined || empty === '/') return
      if (!tail.toLowerCase().includes(`</${root.toLowerCase()}`))
        throw new Error(`the XML ends without </${root}>`)
    },
  }
}

/** The start tag of an element, its end, or the whole of a start tag; the name is in the first, third or fourth group. */
function edgeOf(elements: readonly string[], startTags: readonly string[]): RegExp {
  const names = elements.join('|')
  const tags = startTags.length === 0 ? [] : [`<(${startTags.join('|')})(?:\\s[^<>]*)?>`]
  return new RegExp(
    [`<(${names})(?:\\s[^<>]*?)?(/?)>`, `</(${names})\\s*>`, ...tags].join('|'),
    'gi',
  )
}

/** What was repaired in the text of a record before it was parsed. */
export const xmlRepairs = (xml: string | null, isOther: boolean): string[] => [
  ...(isOther ? [REPAIRS.otherEncoding] : []),
  ...(xml?.includes('\uFFFD') ? [REPAIRS.unreadable] : []),
  ...(xml?.includes('\0') ? [hasHole(xml) ? REPAIRS.hole : REPAIRS.nul] : []),
]

const DEEPEST = 50

/** Without the control characters that XML cannot hold, which programs write all the same. */
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

/** Parses an element. Throws a plain error that says what is wrong when the text is not well-formed. */
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

/** As `parseXml`, of an entry that messages call so; what is wrong is why it is refused. */
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

import { SaxesParser } from 'saxes'
import { MAX_RECORD_BYTES } from './lines.ts'

/** An XML element with its content. */
export interface XmlElement {
  name: string
  attributes: Record<string, string>
  children: XmlElement[]
  /** Its own text and that of the elements in it, in order. */
  text: string
}

/** A record element as text; its position counts from 0. Null if it is too long, or lacks its start or end. */
export interface XmlRecord {
  position: number
  xml: string | null
}

/**
 * Splits an XML text into the elements of one name, so that files of any size are read in little memory and an error spoils
 * only one element.
 */
export async function* readXmlRecords(
  text: AsyncIterable<Buffer>,
  name: string,
): AsyncGenerator<XmlRecord> {
  const decoder = new TextDecoder()
  const edge = new RegExp(`<${name}(?=[\\s>])|</${name}\\s*>`, 'gi')
  const longestTag = name.length + 16
  let [rest, isOpen, from, position] = ['', false, 0, 0]
  const take = function* (): Generator<XmlRecord> {
    for (;;) {
      edge.lastIndex = from
      const found = edge.exec(rest)
      if (!found) break
      const isEnd = found[0].startsWith('</')
      const end = found.index + found[0].length
      // An end tag without a start belongs to a record whose start is damaged.
      if (isOpen || isEnd)
        yield { position: position++, xml: isOpen && isEnd ? rest.slice(0, end) : null }
      rest = rest.slice(isEnd ? end : found.index)
      isOpen = !isEnd
      from = isOpen ? found[0].length : 0
    }
    if (!isOpen) rest = rest.slice(-longestTag)
    else if (rest.length > MAX_RECORD_BYTES) {
      yield { position: position++, xml: null }
      ;[rest, isOpen] = ['', false]
    }
    from = isOpen ? Math.max(1, rest.length - longestTag) : 0
  }
  for await (const chunk of text) {
    rest += decoder.decode(chunk, { stream: true })
    yield* take()
  }
  rest += decoder.decode()
  yield* take()
  if (isOpen) yield { position, xml: null }
}

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
export function parseXml(xml: string): XmlElement {
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

import { type SaxesAttributeNS, SaxesParser } from 'saxes'
import type { AuthorClaim } from '../../domain/record/paper-record.ts'
import { badInput } from '../../errors.ts'
import { MAX_RECORD_BYTES, TOO_LONG } from '../input/lines.ts'
import { cleanText, type Outcome } from '../input/outcome.ts'
import { xmlRepairs } from '../input/xml-records.ts'
import { xmlText } from '../input/xml-text.ts'
import { nameOfParts } from '../names/names.ts'
import { readArxivEntry } from './arxiv-entry.ts'

const ATOM = 'http://www.w3.org/2005/Atom'

/** An entry of the feed while it is being parsed: the texts of its elements by name. */
interface AtomEntry {
  texts: Map<string, string>
  authors: AuthorClaim[]
  /** What was left out of their names. */
  lost: string[]
  categories: string[]
  /** Length of its texts in characters. */
  length: number
}

/**
 * Reads responses of arXiv's API: Atom feeds, also several in sequence. Positions count entries from 0. Throws BAD_USER_INPUT when the
 * XML is not well-formed, after reading the entries before the fault.
 */
export async function* readArxivAtom(
  text: AsyncIterable<Buffer>,
  file: string,
): AsyncGenerator<Outcome> {
  const ready: AtomEntry[] = []
  const parser = createParser(ready, file)
  let position = 0
  let isOther = false
  const outcomes = function* (): Generator<Outcome> {
    for (const entry of ready.splice(0)) {
      yield outcomeOf(entry, { position: position++, isOther })
      isOther = false
    }
  }
  try {
    for await (const piece of xmlText(text)) {
      isOther ||= piece.isOther
      parser.write(piece.text)
      yield* outcomes()
    }
    parser.close()
  } catch (fault) {
    yield* outcomes()
    throw fault
  }
  yield* outcomes()
}

function createParser(ready: AtomEntry[], file: string) {
  const parser = new SaxesParser({ xmlns: true })
  let entry: AtomEntry | null = null
  let author: { name: string; affiliation: string } | null = null
  let text = ''
  parser.on('error', (cause) => {
    const reason = cause.message.replace(/^(\d+):(\d+): (.*?)\.?$/s, '$3 at line $1, column $2')
    throw badInput(`${file} cannot be read to its end: ${reason}.`, { cause })
  })
  parser.on('doctype', () => {
    throw badInput(`${file} is not a feed of arXiv: it has a DOCTYPE.`)
  })
  parser.on('opentag', ({ local, uri, attributes }) => {
    text = ''
    if (local === 'entry' && uri === ATOM)
      entry = { texts: new Map(), authors: [], lost: [], categories: [], length: 0 }
    else if (local === 'author') author = { name: '', affiliation: '' }
    else if (local === 'primary_category') entry?.categories.unshift(termOf(attributes))
    else if (local === 'category') entry?.categories.push(termOf(attributes))
  })
  parser.on('text', (part) => {
    if (entry) entry.length += part.length
    if (text.length < MAX_RECORD_BYTES) text += part
  })
  parser.on('closetag', ({ local, uri }) => {
    if (entry === null) return
    if (local === 'entry' && uri === ATOM) {
      ready.push(entry)
      entry = null
    } else if (local === 'author' && author) {
      entry.authors.push(...asClaim(author, entry.lost))
      author = null
    } else if (author && (local === 'name' || local === 'affiliation')) {
      author[local] = [author[local], text].filter(Boolean).join('; ')
    } else if (!entry.texts.has(local)) entry.texts.set(local, text)
  })
  return parser
}

function termOf(attributes: Record<string, SaxesAttributeNS>): string {
  return attributes.term?.value ?? ''
}

function asClaim(author: { name: string; affiliation: string }, lost: string[]): AuthorClaim[] {
  const name = nameOfParts({ family: author.name, given: '' }, lost)
  return name === null
    ? []
    : [{ name, identifiers: [], affiliation: cleanText(author.affiliation) }]
}

/** Versions stated in a feed: the day of the first, and the day and number (in the id) of the newest. */
function versionsOf(id: string, published: string, updated: string) {
  const newest = Number(/v(\d{1,3})$/.exec(id)?.[1])
  if (!(newest > 0)) return []
  const first = { number: 1, on: new Date(published) }
  return newest === 1 ? [first] : [first, { number: newest, on: new Date(updated) }]
}

function outcomeOf(
  { texts, authors, lost, categories, length }: AtomEntry,
  { position, isOther }: { position: number; isOther: boolean },
): Outcome {
  const textOf = (name: string) => texts.get(name)?.trim() ?? ''
  if (length > MAX_RECORD_BYTES) return { position, reject: { key: null, reason: TOO_LONG } }
  // The response to a bad request is a feed with one entry of this title.
  if (textOf('id').includes('/api/errors'))
    return { position, reject: { key: null, reason: 'the entry reports an error of the API' } }
  const reading = readArxivEntry({
    source: 'arxiv-atom',
    id: textOf('id').replace(/^https?:\/\/(?:www\.|export\.)?arxiv\.org\/abs\//, ''),
    title: textOf('title'),
    abstract: textOf('summary'),
    authors,
    lost,
    firstOn: new Date(textOf('published')),
    // The primary category is separate, in the list, or both.
    categories: [...new Set(categories)].filter(Boolean),
    doi: textOf('doi'),
    comments: textOf('comment'),
    journalRef: textOf('journal_ref'),
    licence: '',
    versions: versionsOf(textOf('id'), textOf('published'), textOf('updated')),
    statedDays: [textOf('published'), textOf('updated')],
  })
  if ('reason' in reading) return { position, reject: reading }
  return { position, record: reading, repairs: xmlRepairs([...texts.values()].join(), isOther) }
}

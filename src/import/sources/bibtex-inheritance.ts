import type { BibtexEntry } from './bibtex-fields.ts'
import { xdataKeysIn } from './bibtex-xdata.ts'
import { isLinkName } from './links.ts'

/** Fields that are never inherited. */
const OWN = new Set(
  'ids crossref xref xdata entryset entrysubtype execute label options presort related relatedoptions relatedstring relatedtype shortauthor shorteditor shorthand shorthandintro shorttitle sortkey sorttitle sortyear sortname indextitle indexsorttitle doi eprint eprinttype eprintclass archiveprefix primaryclass url urldate pmid pmcid file abstract keywords pages pagetotal note annote annotation pdf code'.split(
    ' ',
  ),
)

/** Types of entries within a book or proceedings: the title of the parent becomes the title of the book. */
const CONTAINED = /^in|^conference$|^suppbook$|^suppcollection$|^bookinbook$/
const IN_PERIODICAL = /^article$|^suppperiodical$/
const DATES = ['date', 'year', 'month', 'day']

/** Maximum depth of inheritance. */
const DEEPEST = 10

/** Keys of the entries from which an entry inherits. */
export function parentsOf(entry: BibtexEntry): string[] {
  const { fields } = entry
  const whole = [...(fields.get('xdata') ?? '').split(','), fields.get('crossref') ?? '']
  return [...whole.flatMap((key) => key.trim() || []), ...xdataKeysIn(entry)]
}

/**
 * Adds the fields that an entry inherits from its parents by the rules of BibLaTeX, which include those of BibTeX: own fields take
 * precedence, and the title of a parent becomes the title of the book. `find` returns the entry with a key.
 */
export function withInherited(
  entry: BibtexEntry,
  find: (key: string) => BibtexEntry | undefined,
  depth = 0,
): BibtexEntry {
  const parents = parentsOf(entry)
  if (parents.length === 0 || depth > DEEPEST) return entry
  const fields = new Map(entry.fields)
  for (const key of (entry.fields.get('xdata') ?? '').split(',')) {
    const parent = find(key.trim())
    if (parent) addAll(fields, withInherited(parent, find, depth + 1).fields)
  }
  const parent = find((entry.fields.get('crossref') ?? '').trim())
  if (parent) {
    const { type, fields: inherited } = withInherited(parent, find, depth + 1)
    addAll(fields, renamed(inherited, type, entry.type))
  }
  return { ...entry, fields }
}

/** Adds missing fields. Date fields are inherited only together, since an own year does not belong to the month of a parent. */
function addAll(fields: Map<string, string>, from: Map<string, string>): void {
  const hasDate = DATES.some((name) => fields.has(name))
  for (const [name, value] of from)
    if (!fields.has(name) && !(hasDate && DATES.includes(name))) fields.set(name, value)
}

function renamed(from: Map<string, string>, parent: string, child: string): Map<string, string> {
  const fields = new Map<string, string>()
  const isBook = CONTAINED.test(child)
  for (const [name, value] of from) {
    // The page of a conference is not the page of its papers.
    if (OWN.has(name) || isLinkName(name)) continue
    if (name === 'author' && isBook && !/^(?:inbook|bookinbook|suppbook)$/.test(child)) continue
    const title = /^(?:title|subtitle|titleaddon)$/.test(name)
    if (title && isBook) setNew(fields, `book${name}`, value, from)
    else if (title && IN_PERIODICAL.test(child)) setNew(fields, `journal${name}`, value, from)
    else if (title && /^mv/.test(parent)) setNew(fields, `main${name}`, value, from)
    else fields.set(name, value)
  }
  return fields
}

/** Sets an inherited field unless the parent has it itself, as a parent in BibTeX has `booktitle` beside `title`. */
function setNew(
  fields: Map<string, string>,
  name: string,
  value: string,
  from: Map<string, string>,
) {
  if (!from.has(name)) fields.set(name, value)
}

/** Repair of entries that state neither book nor date. */
export const OF_VOLUME = 'book and date were taken from the @proceedings at the start of the file'

/**
 * Makes a function that adds a parent to entries of a volume as PMLR writes them: the only `@proceedings` begins the file, and a paper
 * states neither book, date nor parent.
 */
export function openVolume(): (entry: BibtexEntry) => void {
  let volume: string | null = null
  let isFirst = true
  return ({ type, key, fields, repairs }) => {
    if (type === 'proceedings') volume = isFirst ? key : null
    isFirst = false
    const isAlone =
      /^(?:inproceedings|conference)$/.test(type) && STATED.every((name) => !fields.has(name))
    if (!volume || !isAlone) return
    fields.set('crossref', volume)
    repairs.push(OF_VOLUME)
  }
}

const STATED = [...DATES, 'booktitle', 'journal', 'journaltitle', 'crossref', 'xdata', 'eventtitle']

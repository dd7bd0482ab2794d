import { plugins } from '@citation-js/core'
import '@citation-js/plugin-bibtex'
import type { PaperKind } from '../db/vocabulary.ts'
import type { AuthorClaim, PaperRecord } from '../domain/paper-record.ts'
import { findTopics } from '../domain/topic-vocabulary.ts'
import { type RawEntry, readEntries } from './bibtex-entries.ts'
import { libraryKey } from './csl-json.ts'
import { monthOf, publishedFromIso, publishedOf } from './dates.ts'
import { findIdentifiers } from './identifiers.ts'
import { latexToText } from './latex.ts'
import {
  cleanText,
  type Outcome,
  REPAIRS,
  type Refusal,
  recordOf,
  repositoriesIn,
} from './outcome.ts'
import { publicationOf } from './publication.ts'
import { venueNamed } from './venues.ts'

const KINDS: Record<string, PaperKind> = {
  article: 'journal_article',
  inproceedings: 'conference_paper',
  conference: 'conference_paper',
  phdthesis: 'thesis',
  mastersthesis: 'thesis',
  thesis: 'thesis',
  techreport: 'report',
  report: 'report',
  book: 'book',
  inbook: 'chapter',
  incollection: 'chapter',
  booklet: 'other',
  manual: 'other',
  misc: 'other',
  online: 'other',
  unpublished: 'preprint',
}

/** Entries that hold definitions for others, or remarks. */
const NO_ENTRIES = new Set(['comment', 'preamble', 'string'])

/** Reads BibTeX and BibLaTeX. Abbreviations that the file defines are resolved; LaTeX becomes Unicode. */
export async function* readBibtex(
  text: AsyncIterable<Buffer>,
  file: string,
): AsyncGenerator<Outcome> {
  const strings = new Map<string, string>()
  for await (const raw of readEntries(text)) {
    const { position } = raw
    if (raw.type === 'string') define(strings, raw.text)
    if (NO_ENTRIES.has(raw.type)) continue
    const reading = readEntry(raw, strings, file)
    if ('reason' in reading) yield { position, reject: reading }
    else {
      const isDamaged = raw.text.includes('\uFFFD')
      const repairs = isDamaged ? [REPAIRS.encoding] : []
      yield { position, record: reading, repairs }
    }
  }
}

const MOST_STRINGS = 10_000

function define(strings: Map<string, string>, text: string): void {
  const name = /^@\w+\s*[{(]\s*([^\s=]+)\s*=/.exec(text)?.[1]?.toLowerCase()
  if (name !== undefined && strings.size < MOST_STRINGS) strings.set(name, text)
}

/** The definitions that an entry uses, and those that these use. */
function definitionsFor(text: string, strings: Map<string, string>): string {
  const used = new Set<string>()
  const visit = (part: string) => {
    for (const [, word = ''] of part.matchAll(/[=#]\s*([a-zA-Z][^\s,#{}()"]*)/g)) {
      const name = word.toLowerCase()
      const definition = strings.get(name)
      if (definition === undefined || used.has(definition)) continue
      used.add(definition)
      visit(definition)
    }
  }
  if (strings.size > 0) visit(text)
  return [...used].reverse().join('\n')
}

/** `@article(…)` is as good as `@article{…}`, which the parser reads. */
const inBraces = (text: string) =>
  text.replace(/^(@\s*[a-zA-Z]+\s*)\(([\s\S]*)\)\s*$/, (_, type, body) => `${type}{${body}}`)

interface Parsed {
  type: string
  label: string
  properties: Record<string, string>
}

function parse(text: string): Parsed | null {
  try {
    const found = plugins.input.chain(text, {
      target: '@biblatex/entries+list',
      generateGraph: false,
    }) as Parsed[]
    const entry = found.at(-1)
    if (!entry) return null
    const texts = Object.entries(entry.properties).map(([name, value]) => [name, String(value)])
    return { ...entry, properties: Object.fromEntries(texts) }
  } catch {
    return null
  }
}

function readEntry(
  { type, text, fault }: RawEntry,
  strings: Map<string, string>,
  file: string,
): PaperRecord | Refusal {
  const label = cleanText(/[{(]\s*([^\s,{}()=]+)\s*,/.exec(text)?.[1])
  const reject = (reason: string): Refusal => ({ key: label, reason })
  if (fault !== null) return reject(fault)
  if (/^proceedings$|^periodical$|^set$|^xdata$/.test(type)) return reject(`@${type} is no paper`)
  const parsed = parse(`${definitionsFor(text, strings)}\n${inBraces(text)}`)
  if (!parsed) return reject('the entry is not valid BibTeX')
  return asRecord(parsed, file)
}

function asRecord({ type, label, properties }: Parsed, file: string): PaperRecord | Refusal {
  const field = (name: string) => cleanText(latexToText(properties[name] ?? ''))
  const title = field('title')
  if (title === null) return { key: label, reason: 'the entry has no title' }
  const verbatim = (name: string) => unescapeUrl(properties[name] ?? '')
  const abstract = field('abstract')
  const identifiers = findIdentifiers(refsOf(verbatim))
  const printed = field('journal') ?? field('journaltitle') ?? field('booktitle')
  const kind = kindOf(
    type,
    printed,
    identifiers.some(({ scheme }) => scheme === 'arxiv'),
  )
  const isInVenue = /^(?:journal_article|conference_paper|workshop_paper)$/.test(kind)
  const venue = isInVenue
    ? venueNamed(printed, kind === 'journal_article' ? 'journal' : 'conference')
    : null
  const published = dateOf(field)
  const links = ['code', 'note', 'howpublished', 'annote', 'url'].map(verbatim)
  return recordOf({
    source: 'bibtex',
    key: libraryKey(file, label, title),
    licence: null,
    title,
    abstract,
    kind,
    published,
    eventYear: venue?.kind === 'conference' && published ? Number(published.on.slice(0, 4)) : null,
    landingUrl: verbatim('url') || null,
    pdfUrl: verbatim('pdf') || null,
    identifiers,
    authors: namesIn(properties.author ?? '').map((name) => ({
      name,
      identifiers: [],
      affiliation: null,
    })),
    venue,
    ...publicationIn(type, field, namesIn(properties.editor ?? '')),
    topics: findTopics(title, abstract, (field('keywords') ?? '').split(/[,;]/)),
    repositories: repositoriesIn([abstract, ...links].join('\n')),
  })
}

const MASTERS = /^masters|^mastersthesis$/

function publicationIn(
  type: string,
  field: (name: string) => string | null,
  editors: readonly string[],
) {
  const isReport = /report$/.test(type)
  const number = field('number') ?? field('issue')
  return publicationOf({
    container: field('journal') ?? field('journaltitle') ?? field('booktitle'),
    series: field('series'),
    volume: field('volume'),
    number: isReport ? null : number,
    pages: field('pages'),
    articleNumber: field('eid') ?? field('articleno') ?? field('article-number'),
    edition: field('edition'),
    editors,
    institution: field('school') ?? field('institution'),
    publisher: field('publisher') ?? field('organization'),
    publisherPlace: field('address') ?? field('location'),
    isbns: [field('isbn')],
    issns: [field('issn')],
    reportNumber: isReport ? number : null,
    workType: field('type') ?? (MASTERS.test(type) ? "Master's thesis" : null),
  })
}

/** In addresses only the signs that LaTeX wants escaped are written otherwise than elsewhere. */
const unescapeUrl = (text: string) =>
  text
    .replace(/\\url\{([^}]*)\}/g, '$1')
    .replace(/\\([_%&#~$])|\{\\textasciitilde\}/g, (_, sign: string | undefined) => sign ?? '~')
    .trim()

function kindOf(type: string, printed: string | null, isOnArxiv: boolean): PaperKind {
  const isPreprint = /^(?:arxiv|corr$|(?:bio|med)rxiv|ssrn)/i.test(printed ?? '')
  const kind = KINDS[type] ?? 'other'
  if (isPreprint || (kind === 'other' && isOnArxiv)) return 'preprint'
  return kind === 'conference_paper' && /\bworkshop/i.test(printed ?? '') ? 'workshop_paper' : kind
}

function refsOf(verbatim: (name: string) => string): string[] {
  const isArxiv = /^arxiv$/i.test(verbatim('archiveprefix') || verbatim('eprinttype'))
  const inVolume = /^abs\/(\S+)$/.exec(verbatim('volume'))?.[1]
  const inJournal = /\barxiv[: ]\s*(\d{4}\.\d{4,5}|[a-z-]+\/\d{7})/i.exec(verbatim('journal'))?.[1]
  const eprint = verbatim('eprint')
  const isId = isArxiv || /^\d{4}\.\d{4,5}(?:v\d+)?$/.test(eprint)
  const doi = verbatim('doi')
  const arxiv = (isId && eprint) || inVolume || inJournal
  return [
    ...(doi === '' ? [] : [/^https?:/i.test(doi) ? doi : `doi:${doi}`]),
    ...(arxiv ? [`arxiv:${arxiv}`] : []),
    ...(verbatim('pmid') === '' ? [] : [`pmid:${verbatim('pmid')}`]),
    ...['url', 'pdf'].map(verbatim).filter(Boolean),
  ]
}

/** `date` of BibLaTeX; else year and month, of which PMLR writes the days as `02--04 May`. */
function dateOf(field: (name: string) => string | null): PaperRecord['published'] {
  const date = publishedFromIso(field('date') ?? '')
  if (date) return date
  const year = /\d{4}/.exec(field('year') ?? '')?.[0]
  if (year === undefined) return null
  const month = field('month') ?? ''
  const day = /^(\d{1,2})(?:\s*[\u2013-]+\s*\d{1,2})?\s+[a-z]/i.exec(month)?.[1] ?? field('day')
  return publishedOf(Number(year), monthOf(month), day === null ? undefined : Number(day))
}

/** The names of a byline, which stand in braces where they are not of a person, and often family name first. */
function namesIn(byline: string): AuthorClaim['name'][] {
  return splitOutside(byline.replace(/\s+/g, ' '), / and /gi).flatMap((printed) => {
    const [family = '', ...rest] = splitOutside(printed, /,/g).map((part) => part.trim())
    const given = rest.at(-1) ?? ''
    const suffix = rest.length > 1 ? (rest[0] ?? '') : ''
    const name = cleanText(latexToText([given, family, suffix].filter(Boolean).join(' ')))
    return name === null || /^(?:others|et al\.?)$/i.test(name) ? [] : [name]
  })
}

/** Splits where the separator stands outside of braces. */
function splitOutside(text: string, separator: RegExp): string[] {
  const parts: string[] = []
  let from = 0
  for (const match of text.matchAll(separator)) {
    const before = text.slice(from, match.index)
    const opened = (before.match(/(?<!\\)\{/g) ?? []).length
    if (opened !== (before.match(/(?<!\\)\}/g) ?? []).length) continue
    parts.push(before)
    from = match.index + match[0].length
  }
  return [...parts, text.slice(from)]
}

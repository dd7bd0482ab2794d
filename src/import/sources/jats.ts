import { decodeHTMLStrict } from 'entities'
import type { PaperKind } from '../../db/tables/vocabulary.ts'
import type { PaperRecord } from '../../domain/record/paper-record.ts'
import { findTopics } from '../../domain/record/topic-vocabulary.ts'
import { lostDate, monthOf } from '../fields/dates.ts'
import { type ReadIdentifiers, readIdentifiers } from '../fields/identifiers.ts'
import { languageIn } from '../fields/languages.ts'
import { publicationOf } from '../fields/publication.ts'
import { withSubtitle } from '../fields/titles.ts'
import { isPreprintServer, venueNamed } from '../fields/venues.ts'
import {
  cleanText,
  type Outcome,
  type ReadRecord,
  type Refusal,
  recordOf,
  repositoriesIn,
} from '../input/outcome.ts'
import {
  elementsAt,
  incompleteRecord,
  parseXmlEntry,
  readXmlRecords,
  type XmlElement,
} from '../input/xml-records.ts'
import { jatsAuthors } from './jats-authors.ts'
import {
  dayOf,
  jatsAccess,
  jatsEvents,
  jatsNotices,
  jatsReferences,
  preprintsOf,
} from './jats-related.ts'
import { asKeywords, separateKeywords } from './keywords.ts'
import { asEvents } from './links.ts'

/** Reads JATS articles of publishers and PubMed Central: one in a file, or several in an API response. */
export async function* readJats(text: AsyncIterable<Buffer>): AsyncGenerator<Outcome> {
  for await (const found of readXmlRecords(text, 'article')) {
    const { position, xml, repairs } = found
    const reading = xml === null ? incompleteRecord(found, 'article (<article>)') : readArticle(xml)
    if ('reason' in reading) yield { position, reject: reading }
    else yield { position, ...reading, repairs }
  }
}

/** Elements that are not read: the full text, which may be long, and its figures. */
const BODY = /<(body|floats-group)[\s>].*?<\/\1\s*>/gs
const PREDEFINED = /^&(?:amp|lt|gt|quot|apos);$/

/** Replaces entities of the DTD by characters. Entities of XML itself stay. */
const withCharacters = (xml: string) =>
  xml.replace(/&[a-z]\w{1,30};/gi, (entity) =>
    PREDEFINED.test(entity) ? entity : decodeHTMLStrict(entity).replace(/[&<]/g, ' '),
  )

function readArticle(xml: string): { record: ReadRecord; also: PaperRecord[] } | Refusal {
  const article = parseXmlEntry(withCharacters(xml.replace(BODY, '')), 'article')
  if ('reason' in article) return article
  const [meta] = elementsAt(article, 'front/article-meta')
  if (!meta) return { key: null, reason: 'the article has no <article-meta>' }
  const ids = idsOf(meta)
  const read = readIdentifiers([...ids, ...preprintsOf(meta)])
  const key = read.identifiers[0]?.value ?? null
  const title = withSubtitle(
    textAt(meta, 'title-group/article-title'),
    textAt(meta, 'title-group/subtitle'),
  )
  if (title === null) return { key, reason: 'the article has no title' }
  if (key === null) return { key, reason: 'the article has no DOI, PubMed or PubMed Central id' }
  const published = publishedIn(meta, read.lost)
  const also = jatsNotices({ article, meta, key, day: published }, read.lost)
  return { record: asRecord(article, meta, { key, title, ids, published, ...read }), also }
}

/** Data without which an article is rejected. */
interface Known extends ReadIdentifiers {
  key: string
  title: string
  ids: string[]
  published: PaperRecord['published']
}

function asRecord(
  article: XmlElement,
  meta: XmlElement,
  { key, title, ids, published, identifiers, lost }: Known,
): ReadRecord {
  const journal = textAt(
    article,
    'front/journal-meta/journal-title-group/journal-title',
    'front/journal-meta/journal-title',
  )
  const kind = kindOf((article.attributes['article-type'] ?? '').toLowerCase(), journal)
  const abstract = abstractOf(meta)
  const keywords = keywordsIn(meta)
  const events = jatsEvents(article, meta, lost)
  const landingUrl = landingOf(ids)
  const version = kind === 'preprint' ? 'submitted' : 'published'
  return recordOf({
    source: 'jats',
    key,
    licence: null,
    ...{ title, abstract, kind, published, landingUrl, pdfUrl: pdfIn(meta) },
    language: languageIn(article.attributes['xml:lang'] ?? '', lost),
    isRetracted: events.some((event) => event.kind === 'retraction'),
    identifiers,
    authors: jatsAuthors(meta, lost),
    venue: kind === 'journal_article' ? venueNamed(journal, 'journal') : null,
    ...publicationIn({ article, meta, journal: kind === 'preprint' ? null : journal }, lost),
    topics: findTopics(title, abstract, kind === 'preprint' ? [] : keywords),
    ...asKeywords(separateKeywords(keywords)),
    repositories: repositoriesIn(abstract),
    ...asEvents(events),
    ...jatsAccess(meta, { url: landingUrl, version }, lost),
    references: jatsReferences(article, lost),
    lost,
  })
}

/** URL of the PDF; publishers also state names of files, which are not URLs. */
const pdfIn = (meta: XmlElement) =>
  elementsAt(meta, 'self-uri')
    .map(({ attributes, text }) => ({
      type: attributes['content-type'] ?? '',
      url: (attributes['xlink:href'] ?? text).trim(),
    }))
    .find(
      ({ type, url }) => /^https?:\/\/\S+$/.test(url) && (/pdf/i.test(type) || /\.pdf$/i.test(url)),
    )?.url ?? null

const keywordsIn = (meta: XmlElement) =>
  elementsAt(meta, 'kwd-group')
    .flatMap((group) => elementsAt(group, 'kwd'))
    .flatMap(({ text }) => cleanText(text) ?? [])

/** Text of the first element at one of the paths, without footnotes and their marks. */
function textAt(element: XmlElement, ...paths: string[]): string | null {
  const [found] = paths.flatMap((path) => elementsAt(element, path))
  return found ? cleanText(plainText(found)) : null
}

const MARKS = new Set(['xref', 'fn', 'label', 'email', 'institution-id', 'tex-math'])

/** Text of an element without footnotes, their marks, labels, addresses, ids and LaTeX sources. */
function plainText(element: XmlElement): string {
  let { text } = element
  for (const child of element.children)
    if (MARKS.has(child.name) && child.text !== '') text = text.replace(child.text, ' ')
  return text
}

const SCHEMES: Record<string, string> = {
  doi: 'doi',
  pmid: 'pmid',
  pmc: 'pmcid',
  pmcid: 'pmcid',
  'pmc-aid': '',
}

function idsOf(meta: XmlElement): string[] {
  const ids = elementsAt(meta, 'article-id').flatMap(({ attributes, text }) => {
    const scheme = SCHEMES[(attributes['pub-id-type'] ?? '').toLowerCase()] ?? ''
    const value = text.trim()
    const id = scheme === 'pmcid' && /^\d+$/.test(value) ? `PMC${value}` : value
    return scheme === '' || id === '' ? [] : [`${scheme}:${id}`]
  })
  const rank = (id: string) => ['doi', 'pmid', 'pmci'].indexOf(id.split(':')[0]?.slice(0, 4) ?? '')
  return ids.toSorted((a, b) => rank(a) - rank(b))
}

const landingOf = (ids: string[]) => {
  const [first] = ids
  return first?.startsWith('doi:') ? `https://doi.org/${first.slice(4)}` : null
}

const NOTICES =
  /^(?:retraction|correction|expression-of-concern|addendum|partial-retraction|editorial|news|announcement|calendar|in-brief|letter|reply|obituary|book-review|product-review|meeting-report|collection)$/

function kindOf(type: string, journal: string | null): PaperKind {
  if (type === 'preprint' || isPreprintServer(journal)) return 'preprint'
  if (NOTICES.test(type)) return 'other'
  return journal === null ? 'other' : 'journal_article'
}

/** Abstract, with spaces between sections and paragraphs. Of several abstracts, the one without a type counts. */
function abstractOf(meta: XmlElement): string | null {
  const all = elementsAt(meta, 'abstract')
  const main = all.find(({ attributes }) => !attributes['abstract-type']) ?? all[0]
  return main ? cleanText(blocksOf(main).join(' ')) : null
}

function blocksOf(element: XmlElement): string[] {
  const isSplit = element.children.some(({ name }) => /^(?:p|sec|title)$/.test(name))
  if (!isSplit) return [plainText(element)]
  return element.children.flatMap((child) => {
    const isHeading = child.name === 'title' && element.name !== 'sec'
    return isHeading ? [] : blocksOf(child)
  })
}

/** Date of first publication. */
function publishedIn(meta: XmlElement, lost: string[]): PaperRecord['published'] {
  const dates = elementsAt(meta, 'pub-date').flatMap((date) => {
    const type = date.attributes['pub-type'] ?? date.attributes['date-type'] ?? ''
    const part = (name: string) => elementsAt(date, name)[0]?.text.trim() ?? ''
    const month = Number(part('month')) || monthOf(part('month'))
    const published = dayOf(date)
    lost.push(...lostDate(statedIn(date, month), published))
    return published ? [{ type, published }] : []
  })
  // The date of online publication ranks before the date of the issue and of archiving.
  const rank = (type: string) =>
    /^(?:epub|pub|epreprint)$/.test(type) ? 0 : /pmc|nihms|release/.test(type) ? 2 : 1
  return dates.toSorted((a, b) => rank(a.type) - rank(b.type))[0]?.published ?? null
}

/** Texts of a date for `lostDate`, with 99 in place of an invalid month or day. */
function statedIn(date: XmlElement, month: number | undefined): string[] {
  const part = (name: string) => elementsAt(date, name)[0]?.text.trim() ?? ''
  const numberOf = (printed: string, value = Number(printed)) =>
    printed === '' ? 0 : value >= 0 && value < 32 ? value : 99
  const day = numberOf(part('day'))
  const named = part('month') === '' || (month ?? 99) <= 12 ? (month ?? 0) : 99
  return [date.attributes['iso-8601-date'] ?? '', `${part('year')}-${named}-${day}`]
}

function publicationIn(
  { article, meta, journal }: { article: XmlElement; meta: XmlElement; journal: string | null },
  lost: string[],
) {
  const first = (path: string) => textAt(meta, path)
  const pages = [first('fpage'), first('lpage')].filter(Boolean)
  const parts = {
    container: journal,
    volume: first('volume'),
    number: first('issue'),
    pages: [...new Set(pages)].join('\u2013'),
    articleNumber: first('elocation-id'),
    publisher: textAt(article, 'front/journal-meta/publisher/publisher-name'),
    issns: elementsAt(article, 'front/journal-meta/issn').map(({ text }) => text.trim()),
  }
  return publicationOf(parts, lost)
}

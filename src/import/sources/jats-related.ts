import type { EventKind, IdentifierScheme, TextVersion } from '../../db/tables/vocabulary.ts'
import type {
  EventClaim,
  PaperIdentifier,
  PaperRecord,
  ReferenceClaim,
} from '../../domain/record/paper-record.ts'
import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import { identifierUrl } from '../../domain/reference/identifier-url.ts'
import { monthOf, publishedFromIso, publishedOf } from '../fields/dates.ts'
import { lostIdentifier, readIdentifiers } from '../fields/identifiers.ts'
import { citationText } from '../fields/journal-reference.ts'
import { cleanText, recordOf } from '../input/outcome.ts'
import { elementsAt, type XmlElement } from '../input/xml-records.ts'
import { eventDay } from './links.ts'
import { licenceNamed } from './open-access.ts'

/** Schemes of identifiers by the type of a link. */
const LINKED: Record<string, IdentifierScheme> = {
  ...{ pubmed: 'pmid', pmid: 'pmid', pmc: 'pmcid', pmcid: 'pmcid' },
}

/** Identifier of a related article, from an attribute or the text; a DOI unless the type of the link says otherwise. */
function identifierOf({ attributes, text }: XmlElement): PaperIdentifier | null {
  const href = (attributes['xlink:href'] ?? attributes.href ?? '').trim() || text.trim()
  const scheme = LINKED[(attributes['ext-link-type'] ?? '').toLowerCase()] ?? 'doi'
  const value = normaliseIdentifier(
    scheme,
    scheme === 'pmcid' && /^\d+$/.test(href) ? `PMC${href}` : href,
  )
  return value === null ? null : { scheme, value }
}

/** Types of notices about this article, which the article lists. */
const OWN: [RegExp, EventKind][] = [
  [/^(?:partial-)?retraction(?:-forward)?$|^retracted-by$/, 'retraction'],
  [/^(?:correction|corrigendum|erratum|addendum)(?:-forward)?$|^corrected-by$/, 'correction'],
  [/^expression-of-concern$|^(?:expression-of-)?concern-forward$/, 'concern'],
]

/** Types with which a notice lists notices about itself; its other types are those of the articles that it is about. */
const FORWARD = /-(?:forward|by)$/

/** Types of articles that this article, a notice, is about. */
const OTHERS: [RegExp, EventKind][] = [
  [/^retracted-article$|^(?:partial-)?retraction$/, 'retraction'],
  [/^corrected-article$|^addended-article$|^correction$/, 'correction'],
  [/^object-of-concern$|^article-of-concern$/, 'concern'],
]

const relatedIn = (meta: XmlElement, kinds: [RegExp, EventKind][], lost: string[]) =>
  elementsAt(meta, 'related-article').flatMap((related) => {
    const type = (related.attributes['related-article-type'] ?? '').toLowerCase()
    const kind = kinds.find(([form]) => form.test(type))?.[1]
    const id = identifierOf(related)
    if (kind !== undefined && id === null) lost.push(lostIdentifier('doi'))
    return kind === undefined || id === null
      ? []
      : [{ kind, id, type, isPartial: /partial/.test(type) }]
  })

const IS_NOTICE = /retraction|correction|concern|addendum|corrigendum|erratum/

const isNotice = (article: XmlElement) =>
  IS_NOTICE.test((article.attributes['article-type'] ?? '').toLowerCase())

const PARTIAL = 'partial retraction'

/**
 * Events of an article: notices that it lists, whose days are stated only in the notices, and versions in its history.
 */
export function jatsEvents(article: XmlElement, meta: XmlElement, lost: string[]): EventClaim[] {
  const found = relatedIn(meta, OWN, lost).filter(
    ({ type }) => !isNotice(article) || FORWARD.test(type),
  )
  const notices = found.map(
    ({ kind, id, isPartial }): EventClaim => ({
      ...{ kind, on: null },
      ...(isPartial && { reason: PARTIAL }),
      notice: identifierUrl(id.scheme, id.value) as string,
    }),
  )
  return [...notices, ...historyIn(meta, lost).map(({ event }) => event)]
}

/** DOIs of preprints of an article, which is the same paper. */
export const preprintsOf = (meta: XmlElement): string[] => [
  ...historyIn(meta, []).flatMap(({ preprint }) => preprint ?? []),
  ...elementsAt(meta, 'related-article')
    .filter(({ attributes }) => attributes['related-article-type'] === 'preprint')
    .flatMap((related) => {
      const id = identifierOf(related)
      return id?.scheme === 'doi' ? `doi:${id.value}` : []
    }),
]

/** Earlier versions in the history of a publication, such as preprints and reviewed preprints, with day and page. */
const historyIn = (meta: XmlElement, lost: string[]) =>
  elementsAt(meta, 'pub-history/event').flatMap((event) => {
    const [date] = elementsAt(event, 'date')
    const [page] = elementsAt(event, 'self-uri')
    const type = date?.attributes['date-type'] ?? ''
    const url = page?.attributes['xlink:href']?.trim() ?? ''
    if (!/preprint|version/i.test(`${type} ${page?.attributes['content-type']}`)) return []
    const day = date ? dayOf(date) : null
    if (day === null || !/^https?:\/\/\S+$/.test(url)) {
      lost.push('an earlier version without a day or page was left out')
      return []
    }
    const doi = type === 'preprint' ? normaliseIdentifier('doi', url) : null
    return [
      {
        event: {
          kind: 'version' as const,
          ...eventDay(day),
          notice: url,
        },
        preprint: doi === null ? null : `doi:${doi}`,
      },
    ]
  })

/** Reads a date in the notation of ISO 8601, or in parts. */
export function dayOf(date: XmlElement): PaperRecord['published'] {
  const part = (name: string) => elementsAt(date, name)[0]?.text.trim() ?? ''
  const month = Number(part('month')) || monthOf(part('month'))
  const iso = publishedFromIso(date.attributes['iso-8601-date'] ?? '')
  return iso ?? publishedOf(Number(part('year')), month, Number(part('day')) || undefined)
}

/** Makes records that add a notice to the papers that it is about. */
export function jatsNotices(
  {
    article,
    meta,
    key,
    day,
  }: { article: XmlElement; meta: XmlElement; key: string; day: PaperRecord['published'] },
  lost: string[],
): PaperRecord[] {
  if (!isNotice(article)) return []
  return relatedIn(meta, OTHERS, lost).flatMap(({ kind, id, isPartial }) =>
    id.value === key
      ? []
      : recordOf({
          ...{ source: 'jats', key: `${key}|${id.value}`, licence: null, title: '', kind: 'other' },
          isRetracted: kind === 'retraction',
          identifiers: [id],
          events: [
            {
              kind,
              ...eventDay(day),
              ...(isPartial && { reason: PARTIAL }),
              ...(key.startsWith('10.') && { notice: `https://doi.org/${key}` }),
            },
          ],
        }),
  )
}

/** Open access if the article has a Creative Commons licence, or its licence or permissions say so. */
export function jatsAccess(
  meta: XmlElement,
  { url, version }: { url: string | null; version: TextVersion },
  lost: string[],
): Pick<PaperRecord, 'openAccess'> {
  // The name has a prefix, such as `ali:`.
  const isFree = elementsAt(meta, 'permissions').some(({ children }) =>
    children.some(({ name }) => /(?:^|:)free_to_read$/.test(name)),
  )
  const found = elementsAt(meta, 'permissions/license').flatMap((licence) => {
    const refs = licence.children.flatMap(({ name, text }) =>
      /license[_-]ref$/.test(name) ? text.trim() : [],
    )
    const urls = [licence.attributes['xlink:href'] ?? '', ...refs, ...linksIn(licence)]
    const named = urls.flatMap((one) => licenceNamed(one) ?? [])
    if (named.length === 0 && urls.some((one) => one.trim() !== ''))
      lost.push('a licence that is not a Creative Commons licence was left out')
    return named
  })
  const isOpen = elementsAt(meta, 'permissions/license').some(({ attributes }) =>
    /^open[ -]?access$/i.test(attributes['license-type'] ?? ''),
  )
  const [licence = null] = found
  return licence !== null || isOpen || isFree
    ? { openAccess: { status: 'open', url, licence, version } }
    : {}
}

const linksIn = (element: XmlElement): string[] => [
  ...(element.name === 'ext-link' ? [element.attributes['xlink:href'] ?? ''] : []),
  ...element.children.flatMap(linksIn),
]

const SCHEMES: Record<string, string> = { doi: 'doi', pmid: 'pmid', pmc: 'pmcid', pmcid: 'pmcid' }

/** Reads the list of references, with identifiers tagged by the publisher. */
export function jatsReferences(article: XmlElement, lost: string[]): ReferenceClaim[] {
  return elementsAt(article, 'back/ref-list')
    .flatMap(refsIn)
    .flatMap((ref): ReferenceClaim[] => {
      const cited = ref.children.find(({ name }) => /citation|nlm-citation/.test(name))
      if (!cited) return []
      const ids = elementsAt(cited, 'pub-id').flatMap(({ attributes, text }) => {
        const scheme = SCHEMES[(attributes['pub-id-type'] ?? '').toLowerCase()]
        return scheme === undefined ? [] : [`${scheme}:${text.trim()}`]
      })
      const title = cleanText(elementsAt(cited, 'article-title')[0]?.text)
      const read = readIdentifiers(ids)
      lost.push(...read.lost)
      const isNamed = read.identifiers.length > 0 || title !== null
      const printed = cited.name === 'mixed-citation' ? cleanText(cited.text) : null
      const text = printed ?? (isNamed ? null : partsOfCitation(cited))
      return [{ identifiers: read.identifiers, title, text }]
    })
}

function partsOfCitation(cited: XmlElement): string | null {
  const first = (...paths: string[]) =>
    cleanText(paths.flatMap((path) => elementsAt(cited, path))[0]?.text)
  return citationText({
    author: first('person-group/name/surname', 'name/surname', 'person-group/collab', 'collab'),
    year: first('year'),
    containers: [first('source'), first('publisher-name')],
    volume: first('volume'),
    issue: first('issue'),
    page: first('fpage'),
  })
}

/** Finds references in a list, which may contain other lists. */
const refsIn = (list: XmlElement): XmlElement[] =>
  list.children.flatMap((child) =>
    child.name === 'ref' ? [child] : child.name === 'ref-list' ? refsIn(child) : [],
  )

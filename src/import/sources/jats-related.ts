import type { EventKind } from '../../db/tables/vocabulary.ts'
import type { EventClaim, PaperRecord, ReferenceClaim } from '../../domain/record/paper-record.ts'
import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import { publishedOf } from '../fields/dates.ts'
import { lostIdentifier, readIdentifiers } from '../fields/identifiers.ts'
import { citationText } from '../fields/journal-reference.ts'
import { cleanText, recordOf } from '../input/outcome.ts'
import { elementsAt, type XmlElement } from '../input/xml-records.ts'
import { licenceNamed } from './crossref-updates.ts'

/** DOI of a related article, from an attribute or the text. */
function doiOf({ attributes, text }: XmlElement): string | null {
  const href = attributes['xlink:href'] ?? attributes.href ?? ''
  return normaliseIdentifier('doi', (href || text).trim())
}

/** Types of notices about this article, which the article lists. */
const OWN: [RegExp, EventKind][] = [
  [/^retraction-forward$|^retracted-by$/, 'retraction'],
  [/^(?:correction|addendum)-forward$|^corrected-by$/, 'correction'],
  [/^(?:expression-of-)?concern-forward$/, 'concern'],
]

/** Types of articles that this article, a notice, is about. */
const OTHERS: [RegExp, EventKind][] = [
  [/^retracted-article$|^retraction$/, 'retraction'],
  [/^corrected-article$|^addended-article$|^correction$/, 'correction'],
  [/^object-of-concern$|^article-of-concern$/, 'concern'],
]

const relatedIn = (meta: XmlElement, kinds: [RegExp, EventKind][], lost: string[]) =>
  elementsAt(meta, 'related-article').flatMap((related) => {
    const type = (related.attributes['related-article-type'] ?? '').toLowerCase()
    const kind = kinds.find(([form]) => form.test(type))?.[1]
    const doi = doiOf(related)
    if (kind !== undefined && doi === null) lost.push(lostIdentifier('doi'))
    return kind === undefined || doi === null ? [] : [{ kind, doi }]
  })

/** Events for the notices that the article lists. Their days are stated only in the notices. */
export const jatsEvents = (meta: XmlElement, lost: string[]): EventClaim[] =>
  relatedIn(meta, OWN, lost).map(({ kind, doi }) => ({
    kind,
    on: null,
    notice: `https://doi.org/${doi}`,
  }))

const IS_NOTICE = /retraction|correction|concern|addendum|corrigendum|erratum/

/** Makes records that add a notice to the papers that it is about. */
export function jatsNotices(
  { article, meta, key }: { article: XmlElement; meta: XmlElement; key: string },
  lost: string[],
): PaperRecord[] {
  if (!IS_NOTICE.test((article.attributes['article-type'] ?? '').toLowerCase())) return []
  const [date] = elementsAt(meta, 'pub-date')
  const part = (name: string) => Number(date && elementsAt(date, name)[0]?.text) || undefined
  const day = publishedOf(part('year') ?? Number.NaN, part('month'), part('day'))
  return relatedIn(meta, OTHERS, lost).flatMap(({ kind, doi }) =>
    doi === key
      ? []
      : recordOf({
          ...{ source: 'jats', key: `${key}|${doi}`, licence: null, title: '', kind: 'other' },
          isRetracted: kind === 'retraction',
          identifiers: [{ scheme: 'doi', value: doi }],
          events: [
            {
              ...{ kind, on: day?.on ?? null },
              ...(day && day.precision !== 'day' && { precision: day.precision }),
              ...(key.startsWith('10.') && { notice: `https://doi.org/${key}` }),
            },
          ],
        }),
  )
}

/** Open access if the article has a Creative Commons licence. */
export function jatsAccess(
  meta: XmlElement,
  url: string | null,
  lost: string[],
): Pick<PaperRecord, 'openAccess'> {
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
  const [licence] = found
  return licence === undefined
    ? {}
    : { openAccess: { status: 'open', url, licence, version: 'published' } }
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

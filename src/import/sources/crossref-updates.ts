import type { EventKind, TextVersion } from '../../db/tables/vocabulary.ts'
import type { EventClaim, OpenAccessClaim, PaperRecord } from '../../domain/record/paper-record.ts'
import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import { identifierUrl } from '../../domain/reference/identifier-url.ts'
import { publishedFromParts } from '../fields/dates.ts'
import { type Json, object, objects, text } from '../input/json.ts'
import { recordOf } from '../input/outcome.ts'

export const isRetraction = (update: Json) =>
  /^(?:retraction|withdrawal|removal|partial[-_ ]retraction)$/i.test(text(update.type))

/** Whether an update is a notice about another work, and not a version of it. */
export const isNotice = (update: Json) =>
  isRetraction(update) ||
  /^(?:correction|corrigendum|erratum|addendum|clarification|expression[-_ ]of[-_ ]concern)$/i.test(
    text(update.type),
  )

const EVENTS: Record<string, EventKind> = {
  retraction: 'retraction',
  'partial retraction': 'retraction',
  removal: 'retraction',
  withdrawal: 'withdrawal',
  correction: 'correction',
  corrigendum: 'correction',
  erratum: 'correction',
  addendum: 'correction',
  clarification: 'correction',
  'expression of concern': 'concern',
  'new version': 'version',
  'new edition': 'version',
}

/**
 * The event of a work that a notice or new version with this DOI states. The publisher's label is kept if it is more specific than
 * the kind.
 */
export function eventOf(update: Json, printedDoi: string): EventClaim[] {
  const type = text(update.type).toLowerCase().replace(/[-_]/g, ' ')
  const kind = EVENTS[type]
  if (kind === undefined) return []
  const published = publishedFromParts(object(update.updated)['date-parts'])
  const doi = normaliseIdentifier('doi', printedDoi)
  const number = kind === 'version' ? Number(/\bv(\d{1,3})$/i.exec(doi ?? '')?.[1]) : 0
  return [
    {
      kind,
      on: published?.on ?? null,
      ...(published && published.precision !== 'day' && { precision: published.precision }),
      ...(number > 0 && { number }),
      ...(type !== kind && kind !== 'concern' && kind !== 'version' && { reason: type }),
      ...(doi && { notice: identifierUrl('doi', doi) as string }),
    },
  ]
}

/** Makes records that add events to the works that a notice names in `update-to`. */
export function noticesIn(work: Json, doi: string): PaperRecord[] {
  return objects(work['update-to']).flatMap((update) => {
    const value = normaliseIdentifier('doi', text(update.DOI))
    const events = eventOf(update, doi)
    if (value === null || value === doi || events.length === 0) return []
    return recordOf({
      source: 'crossref-notices',
      key: `${doi}|${value}`,
      licence: 'CC0-1.0',
      title: '',
      kind: 'other',
      isRetracted: isRetraction(update),
      identifiers: [{ scheme: 'doi', value }],
      events,
    })
  })
}

const TEXTS: Record<string, TextVersion | null> = {
  vor: 'published',
  am: 'accepted',
  unspecified: null,
}

/**
 * Open access if the publisher registered a Creative Commons licence for the text, valid from publication. Crossref does not state the
 * kind of open access. Other licences, and those for text mining, do not tell whether access is open.
 */
export function accessIn(work: Json): Pick<PaperRecord, 'openAccess'> {
  const found = objects(work.license).flatMap((licence): OpenAccessClaim[] => {
    const name = licenceNamed(text(licence.URL))
    const of = text(licence['content-version']) || 'unspecified'
    const isNow = licence['delay-in-days'] === 0 || licence['delay-in-days'] === undefined
    if (name === null || !isNow || !Object.hasOwn(TEXTS, of)) return []
    const { URL: page } = object(object(work.resource).primary)
    const isPublished = of !== 'am'
    return [
      {
        status: 'open',
        url: isPublished ? text(page) || text(work.URL) || null : null,
        licence: name,
        version: TEXTS[of] ?? null,
      },
    ]
  })
  const [best] = found.toSorted((a, b) => Number(a.url === null) - Number(b.url === null))
  return best ? { openAccess: best } : {}
}

/** The name of a Creative Commons licence, such as `cc-by-nc`, from its URL; null for other URLs. */
export function licenceNamed(url: string): string | null {
  const [, kind, terms] =
    /^https?:\/\/(?:www\.)?creativecommons\.org\/(licenses|publicdomain)\/([a-z-]+)/i.exec(url) ??
    []
  if (terms === undefined) return null
  if (kind?.toLowerCase() === 'licenses') return `cc-${terms.toLowerCase()}`
  return terms.toLowerCase() === 'zero' ? 'cc0' : 'public-domain'
}

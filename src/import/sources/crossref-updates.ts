import type { EventKind, TextVersion } from '../../db/tables/vocabulary.ts'
import type {
  EventClaim,
  LinkClaim,
  OpenAccessClaim,
  PaperRecord,
} from '../../domain/record/paper-record.ts'
import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import { identifierUrl } from '../../domain/reference/identifier-url.ts'
import { publishedFromParts } from '../fields/dates.ts'
import { type Json, object, objects, text } from '../input/json.ts'
import { recordOf } from '../input/outcome.ts'
import { eventDay, webAddress } from './links.ts'
import { licenceNamed } from './open-access.ts'

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
function eventOf(update: Json, printedDoi: string): EventClaim[] {
  const type = text(update.type).toLowerCase().replace(/[-_]/g, ' ')
  const kind = EVENTS[type]
  if (kind === undefined) return []
  const published = publishedFromParts(object(update.updated)['date-parts'])
  const doi = normaliseIdentifier('doi', printedDoi)
  const number = kind === 'version' ? Number(/\bv(\d{1,3})$/i.exec(doi ?? '')?.[1]) : 0
  return [
    {
      kind,
      ...eventDay(published),
      ...(number > 0 && { number }),
      ...(type !== kind && kind !== 'concern' && kind !== 'version' && { reason: type }),
      ...(doi && { notice: identifierUrl('doi', doi) as string }),
    },
  ]
}

/** Supplements that a work names by DOI or address. */
export function supplementsOf(work: Json): LinkClaim[] {
  return objects(object(work.relation)['is-supplemented-by']).flatMap((one): LinkClaim[] => {
    const id = text(one.id)
    const doi = normaliseIdentifier('doi', /^ur[il]$/i.test(text(one['id-type'])) ? '' : id)
    const url = webAddress(doi === null ? id : `https://doi.org/${doi}`)
    return url === null ? [] : [{ kind: 'supplement', url }]
  })
}

/** Number of a version at the end of a DOI: `…/v2`, `….v2`, `…-v2`, `…_v2`. */
const VERSION = /[/._-]v(\d{1,3})$/i

/** Versions of a preprint: this one, with the day on which it was posted, and others with their own DOIs. */
function postedVersions(work: Json, doi: string): EventClaim[] {
  if (text(work.type) !== 'posted-content') return []
  const number = (value: string) => Number(VERSION.exec(value)?.[1]) || undefined
  const claimOf = (value: string, day: PaperRecord['published']): EventClaim => {
    const stated = number(value)
    return {
      kind: 'version',
      ...eventDay(day),
      ...(stated !== undefined && { number: stated }),
      notice: identifierUrl('doi', value) as string,
    }
  }
  const others = ['has-version', 'is-version-of'].flatMap((name) => relatedDois(work, name))
  const known = others.flatMap((other) => normaliseIdentifier('doi', other) ?? [])
  if (known.length === 0 && number(doi) === undefined) return []
  const posted = [work.posted, work.issued].map((date) =>
    publishedFromParts(object(date)['date-parts']),
  )
  const own = claimOf(doi, posted.find((day) => day !== null) ?? null)
  return [own, ...known.filter((value) => value !== doi).map((value) => claimOf(value, null))]
}

/** Notices about a work, and for a preprint its versions. */
export const eventsIn = (work: Json, doi: string): EventClaim[] => [
  ...objects(work['updated-by']).flatMap((update) => eventOf(update, text(update.DOI))),
  ...postedVersions(work, doi),
]

/** DOIs to which a work states this relation. */
export const relatedDois = (work: Json, name: string) =>
  objects(object(work.relation)[name])
    .filter((relation) => /^(?:doi)?$/i.test(text(relation['id-type'])))
    .flatMap((relation) => text(relation.id) || [])

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

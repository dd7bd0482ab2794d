import type { LinkKind, PaperKind } from '../../db/tables/vocabulary.ts'
import type { EventClaim, PaperRecord } from '../../domain/record/paper-record.ts'
import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import { publishedFromIso } from '../fields/dates.ts'
import { type Json, objects, text } from '../input/json.ts'
import { recordOf } from '../input/outcome.ts'
import { licenceNamed } from './crossref-updates.ts'

/** DOIs to which a work states one of these relations. */
export const relatedDois = (work: Json, types: readonly string[]): string[] =>
  objects(work.relatedIdentifiers)
    .filter(
      (one) => types.includes(text(one.relationType)) && text(one.relatedIdentifierType) === 'DOI',
    )
    .map((one) => text(one.relatedIdentifier).replace(/^https?:\/\/(?:dx\.)?doi\.org\//i, ''))
    .filter((doi) => doi !== '')

const VERSIONS = ['IsVersionOf', 'HasVersion', 'IsNewVersionOf', 'IsPreviousVersionOf']
const SAME = ['IsIdenticalTo', 'IsVariantFormOf']

const prefixOf = (doi: string) => doi.split('/')[0]

/**
 * Other DOIs of the same work: versions in the same archive, and the DOI for all versions; for a preprint also versions in other
 * archives. Versions of a journal are not included, as they may be other texts.
 */
export function sameWork(work: Json, doi: string, kind: PaperKind): string[] {
  const isPreprint = kind === 'preprint' || kind === 'other'
  const versions = relatedDois(work, [...VERSIONS, ...SAME]).filter(
    (other) => prefixOf(other) === prefixOf(doi) || isPreprint,
  )
  const published = isPreprint ? relatedDois(work, ['IsPreprintOf', 'IsPublishedIn']) : []
  const arxiv = objects(work.relatedIdentifiers)
    .filter(
      (one) => SAME_TEXT.has(text(one.relationType)) && text(one.relatedIdentifierType) === 'arXiv',
    )
    .map((one) => `arxiv:${text(one.relatedIdentifier).replace(/^arxiv:/i, '')}`)
  return [...versions, ...published].map((other) => `doi:${other}`).concat(arxiv)
}

const SAME_TEXT = new Set([...VERSIONS, ...SAME])

/** Number of a version such as `v2`, `2` or `Version 2`; not of `1.0.3`, which is numbered differently. */
const numberOf = (version: string) => Number(/^(?:v|version )?\.?\s*(\d{1,3})$/i.exec(version)?.[1])

/**
 * Versions of a work. arXiv registers all with their days (`Updated`, `v2`). Other archives state the day of this version, and only the
 * DOIs of the others.
 */
export function dataciteEvents(work: Json, doi: string): EventClaim[] {
  const arxiv = /^10\.48550\/arxiv\.(.+)$/i.exec(doi)?.[1]
  if (arxiv !== undefined) return arxivVersions(work, arxiv)
  const others = relatedDois(work, ['IsNewVersionOf', 'IsPreviousVersionOf', 'HasVersion'])
  const isOne = others.length > 0 || relatedDois(work, ['IsVersionOf']).length > 0
  if (!isOne) return []
  const isWhole = relatedDois(work, ['HasVersion']).length > 0
  const number = numberOf(String(work.version ?? ''))
  const day = dayOf(work, ['Issued', 'Available', 'Created'])
  const own: EventClaim = {
    ...{ kind: 'version', on: day?.on ?? null },
    ...(day && day.precision !== 'day' && { precision: day.precision }),
    ...(number > 0 && { number }),
    notice: `https://doi.org/${doi}`,
  }
  const known = others.flatMap((other): EventClaim[] => {
    const value = normaliseIdentifier('doi', other)
    return value === null || value === doi
      ? []
      : [{ kind: 'version', on: null, notice: `https://doi.org/${value}` }]
  })
  return [...(isWhole ? [] : [own]), ...known]
}

function arxivVersions(work: Json, id: string): EventClaim[] {
  return objects(work.dates).flatMap(({ date, dateType, dateInformation }): EventClaim[] => {
    const number = Number(/^v(\d{1,3})$/.exec(text(dateInformation))?.[1])
    const day = publishedFromIso(text(date))
    const isVersion = /^(?:Submitted|Updated)$/.test(text(dateType)) && number > 0
    if (!isVersion || day?.precision !== 'day') return []
    return [
      { kind: 'version', on: day.on, number, notice: `https://arxiv.org/abs/${id}v${number}` },
    ]
  })
}

function dayOf(work: Json, types: readonly string[]) {
  const found = types.flatMap((type) =>
    objects(work.dates).flatMap(({ date, dateType }) =>
      text(dateType) === type ? (publishedFromIso(text(date)) ?? []) : [],
    ),
  )
  return found.find(({ precision }) => precision === 'day') ?? found[0] ?? null
}

const CLOSED = /info:eu-repo\/semantics\/(?:closed|restricted|embargoed)Access/i
const OPEN = /info:eu-repo\/semantics\/openAccess/i

/** Open access if a Creative Commons licence or the archive states it. DataCite does not state the kind of open access. */
export function accessOf(work: Json, doi: string): Pick<PaperRecord, 'openAccess'> {
  const rights = objects(work.rightsList)
  const stated = rights.map((one) => `${text(one.rightsUri)} ${text(one.rights)}`)
  const licence = rights.flatMap((one) => licenceNamed(text(one.rightsUri)) ?? [])[0] ?? null
  const isClosed = stated.some((one) => CLOSED.test(one))
  const isOpen = licence !== null || stated.some((one) => OPEN.test(one))
  if (!isClosed && !isOpen) return {}
  return {
    openAccess: {
      status: isClosed ? 'closed' : 'open',
      url: isClosed ? null : text(work.url) || `https://doi.org/${doi}`,
      licence: isClosed ? null : licence,
      version: null,
    },
  }
}

/** Kinds of links for types of works that supplement papers. */
const LINKS: Record<string, LinkKind> = {
  Dataset: 'dataset',
  Model: 'model',
  Audiovisual: 'video',
}

/** Makes records that add a data set, model or film as a link to the papers that it supplements. */
export function addingTo(work: Json, doi: string, type: string): PaperRecord[] {
  const kind = LINKS[type]
  if (kind === undefined) return []
  const label = text(objects(work.titles)[0]?.title).slice(0, 200)
  return relatedDois(work, ['IsSupplementTo']).flatMap((other) => {
    const value = normaliseIdentifier('doi', other)
    if (value === null || value === doi) return []
    return recordOf({
      ...{
        source: 'datacite',
        key: `${doi}|${value}`,
        licence: 'CC0-1.0',
        title: '',
        kind: 'other',
      },
      identifiers: [{ scheme: 'doi', value }],
      links: [{ kind, url: `https://doi.org/${doi}`, ...(label && { label }) }],
    })
  })
}

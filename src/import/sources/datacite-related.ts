import type { LinkKind, PaperKind } from '../../db/tables/vocabulary.ts'
import type {
  EventClaim,
  LinkClaim,
  PaperRecord,
  VersionClaim,
} from '../../domain/record/paper-record.ts'
import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import { parseRepositoryRef } from '../../domain/reference/repository-ref.ts'
import { publishedFromIso } from '../fields/dates.ts'
import { type Json, objects, text } from '../input/json.ts'
import { cleanText, recordOf } from '../input/outcome.ts'
import { eventDay, webAddress } from './links.ts'
import { accessClaim, accessOfRights, licenceOfId } from './open-access.ts'

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
export const dataciteEvents = (work: Json, doi: string): EventClaim[] => [
  ...withdrawalsOf(work),
  ...versionsOf(work, doi),
]

/** Withdrawals, which have a day among the dates, and maybe a reason. */
const withdrawalsOf = (work: Json): EventClaim[] =>
  objects(work.dates).flatMap(({ date, dateType, dateInformation }): EventClaim[] => {
    if (text(dateType) !== 'Withdrawn') return []
    const day = publishedFromIso(text(date))
    const reason = cleanText(dateInformation)
    return [
      {
        kind: 'withdrawal',
        ...eventDay(day),
        ...(reason !== null && { reason }),
      },
    ]
  })

function versionsOf(work: Json, doi: string): EventClaim[] {
  const arxiv = /^10\.48550\/arxiv\.(.+)$/i.exec(doi)?.[1]
  if (arxiv !== undefined) return arxivVersions(work, arxiv)
  const others = relatedDois(work, ['IsNewVersionOf', 'IsPreviousVersionOf', 'HasVersion'])
  const isOne = others.length > 0 || relatedDois(work, ['IsVersionOf']).length > 0
  if (!isOne) return []
  const isWhole = relatedDois(work, ['HasVersion']).length > 0
  const number = numberOf(String(work.version ?? ''))
  const day = dayOf(work, ['Issued', 'Available', 'Created'])
  const own: EventClaim = {
    kind: 'version',
    ...eventDay(day),
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

/** Open access if a Creative Commons licence or the archive states it. DataCite does not state the kind of open access. */
export function accessOf(work: Json, doi: string): Pick<PaperRecord, 'openAccess'> {
  const rights = objects(work.rightsList)
  const texts = rights.flatMap((one) => [one.rightsUri, one.rights, one.rightsIdentifier].map(text))
  const licence = texts.flatMap((one) => licenceOfId(one) ?? [])[0] ?? null
  const status = accessOfRights(texts, licence)
  if (status === null) return {}
  const url = text(work.url) || `https://doi.org/${doi}`
  return accessClaim({ status, url, licence, version: null })
}

/** Kinds of links for types of works that supplement papers. */
const LINKS: Record<string, LinkKind> = {
  Dataset: 'dataset',
  Model: 'model',
  Audiovisual: 'video',
  Poster: 'poster',
  Presentation: 'slides',
}

/** Supplements of a work, which it states by DOI or URL: repositories of code, and links of the kind that the work states. */
export function supplementsOf(
  work: Json,
): Pick<PaperRecord, 'repositories'> & { links: LinkClaim[] } {
  const found = objects(work.relatedIdentifiers)
    .filter((one) => text(one.relationType) === 'IsSupplementedBy')
    .flatMap((one) => {
      const id = text(one.relatedIdentifier)
      const type = text(one.relatedIdentifierType)
      const doi = type === 'DOI' ? normaliseIdentifier('doi', id) : null
      const page = doi === null ? (type === 'URL' ? id : '') : `https://doi.org/${doi}`
      const url = webAddress(page)
      const kind = LINKS[text(one.resourceTypeGeneral)] ?? 'supplement'
      return url === null ? [] : [{ link: { kind, url }, ref: parseRepositoryRef(url) }]
    })
  return {
    links: found.flatMap(({ link, ref }) => (ref === null ? link : [])),
    repositories: found.flatMap(({ ref }) =>
      ref === null
        ? []
        : { ...ref, isOfficial: true, evidence: 'curated' as const, framework: null },
    ),
  }
}

const TRANSLATIONS: Record<string, VersionClaim['relation']> = {
  IsTranslationOf: 'original',
  HasTranslation: 'translation',
}

/** Translations of a work, or the original of a translation, which are separate papers. */
export function translationsOf(work: Json): Pick<PaperRecord, 'versions'> {
  const versions = Object.entries(TRANSLATIONS).flatMap(([type, relation]) =>
    relatedDois(work, [type]).flatMap((printed): VersionClaim[] => {
      const value = normaliseIdentifier('doi', printed)
      return value === null ? [] : [{ relation, identifier: { scheme: 'doi', value } }]
    }),
  )
  return versions.length > 0 ? { versions } : {}
}

/** Makes records that add a data set, model, film, poster or slides as a link to the papers that they supplement. */
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

import type { LinkKind } from '../../db/tables/vocabulary.ts'
import { readAward } from '../../domain/record/decision.ts'
import { linkTo } from '../../domain/record/links.ts'
import type {
  DecisionClaim,
  EventClaim,
  LinkClaim,
  PaperRecord,
} from '../../domain/record/paper-record.ts'
import { parseRepositoryRef } from '../../domain/reference/repository-ref.ts'
import { lostDate, publishedFromIso } from '../fields/dates.ts'
import { cleanText } from '../input/outcome.ts'
import { elementsAt, type XmlElement } from '../input/xml-records.ts'
import type { AclVolume } from './acl-volume.ts'
import { eventDay } from './links.ts'

const SITE = 'https://aclanthology.org'

/** The URL of a file, which is stated as a name in the Anthology or as a URL elsewhere; null for invalid text. */
export function fileAt(name: string, { folder = '', ending = '' } = {}): string | null {
  const file = name.trim()
  if (/^https?:\/\/\S+$/i.test(file)) return URL.canParse(file) ? file : null
  return /^[\w.-]+$/.test(file) ? `${SITE}/${folder}${file}${ending}` : null
}

/** The URL of a file, as by `fileAt`; reports invalid text. */
export function fileIn(name: string, place: Parameters<typeof fileAt>[1], lost: string[]) {
  const file = fileAt(name, place)
  if (file === null && name.trim() !== '') lost.push('an invalid name of a file was left out')
  return file
}

/** Reads versions, errata, retractions and removals. */
export function eventsIn(paper: XmlElement, lost: string[]): EventClaim[] {
  const pdf = (name: string) => fileIn(name, { ending: '.pdf' }, lost)
  const eventOf = (kind: EventClaim['kind'], element: XmlElement, notice: string | null) =>
    eventIn({ kind, notice }, element, lost)
  const revisions = elementsAt(paper, 'revision').map((element): EventClaim => {
    const number = Number(element.attributes.id)
    if (!(number > 0)) lost.push('an invalid number of a version was left out')
    return {
      ...eventOf('version', element, pdf(element.attributes.href ?? '')),
      ...(Number.isInteger(number) && number > 0 && { number }),
    }
  })
  const errata = elementsAt(paper, 'erratum').map((element) => ({
    ...eventOf('correction', { ...element, text: '' }, pdf(element.text)),
  }))
  const taken = ['retracted', 'removed'].flatMap((name) =>
    elementsAt(paper, name).map((element) => eventOf('retraction', element, null)),
  )
  return [...taken, ...errata, ...revisions]
}

function eventIn(
  { kind, notice }: { kind: EventClaim['kind']; notice: string | null },
  { attributes, text }: XmlElement,
  lost: string[],
): EventClaim {
  const day = publishedFromIso(attributes.date ?? '')
  if (attributes.date && (day === null || lostDate([attributes.date], day).length > 0))
    lost.push('a day of a version or notice that cannot be read was left out')
  const reason = cleanText(text)
  return {
    kind,
    ...eventDay(day),
    ...(reason !== null && { reason }),
    ...(notice !== null && { notice }),
  }
}

/** Kinds of links by the type of an attachment. Attachments of other types are supplements. */
const KINDS: [RegExp, LinkKind][] = [
  [/^(?:presentation|slides)$/i, 'slides'],
  [/^poster$/i, 'poster'],
  [/^video$/i, 'video'],
  [/^data(?:set)?$/i, 'dataset'],
  [/^(?:copyright|source|document)$/i, 'other'],
]

/** Reads attachments and recordings. Recordings without permission are left out. */
export function linksIn(paper: XmlElement, lost: string[]): LinkClaim[] {
  const attachments = elementsAt(paper, 'attachment').flatMap(({ attributes, text }) => {
    const url = fileIn(text, { folder: 'attachments/' }, lost)
    const type = cleanText(attributes.type)
    const kind = KINDS.find(([form]) => form.test(type ?? ''))?.[1] ?? 'supplement'
    return url === null ? [] : [linkTo(url, kind, labelOf(type, kind))]
  })
  const videos = elementsAt(paper, 'video').flatMap(({ attributes }) => {
    const url = attributes.permission === 'false' ? null : fileIn(attributes.href ?? '', {}, lost)
    return url === null ? [] : [linkTo(url, 'video')]
  })
  return [...attachments, ...videos]
}

/** Label of a link, if its type is more specific than its kind: `Software` is, `poster` is not. */
function labelOf(type: string | null, kind: LinkKind): string | undefined {
  if (type === null || kind !== 'supplement' || /^(?:att?achment|supplementary)$/i.test(type))
    return undefined
  const words = type.replace(/(?<=[a-z])(?=[A-Z])|[_-]+/g, ' ').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Repositories that the Anthology lists: those of the authors first, then those of others. */
export const repositoriesOf = (paper: XmlElement, lost: string[]): PaperRecord['repositories'] =>
  elementsAt(paper, 'pwccode').flatMap(({ attributes }) => {
    const ref = parseRepositoryRef(attributes.url ?? '')
    if (ref === null && attributes.url) lost.push('an invalid repository was left out')
    return ref ? [{ ...ref, isOfficial: true, evidence: 'curated', framework: null }] : []
  })

/** Reads the awards of a paper at the venue of its volume. */
export function awardsIn(paper: XmlElement, { venue, published }: AclVolume): DecisionClaim[] {
  const award = readAward(
    elementsAt(paper, 'award').flatMap(({ text }) => cleanText(text)?.slice(0, 300) ?? []),
  )
  const year = published ? Number(published.on.slice(0, 4)) : null
  return award === null ? [] : [{ venue, year, outcome: 'accepted', award: award.slice(0, 300) }]
}

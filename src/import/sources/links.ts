import type { LinkKind } from '../../db/tables/vocabulary.ts'
import { linkTo } from '../../domain/record/links.ts'
import type { EventClaim, LinkClaim, PaperRecord } from '../../domain/record/paper-record.ts'

/** Name of a host, with or without a path, that lacks only `https://`. */
const BARE = /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}(?:[:/]\S*)?$/i
/** Name of a local file, which looks like the name of a host. */
const FILE =
  /^[^/:]*\.(?:pdf|zip|t?gz|pptx?|docx?|odp|key|mp4|mov|avi|mkv|webm|png|jpe?g|svg|html?|txt)$/i

/** Reads the links of this kind in a column, which may contain several. Other text stays unchanged, so that it is reported. */
export function linksOfColumn(
  column: string,
  kind: LinkKind,
  { base, label }: { base?: string; label?: string } = {},
): LinkClaim[] {
  return column
    .split(/\s*;\s*|\s+/)
    .filter((part) => part !== '')
    .map((part) => linkTo(addressOf(part, base), kind, label))
}

/** Kinds of links by names of fields in submission forms, lists and libraries. */
const NAMES: Record<string, LinkKind> = {
  supp: 'supplement',
  supplement: 'supplement',
  supplementary: 'supplement',
  supplementary_material: 'supplement',
  supplementary_materials: 'supplement',
  supplemental_material: 'supplement',
  video: 'video',
  video_url: 'video',
  video_link: 'video',
  youtube: 'video',
  slideslive: 'video',
  slides: 'slides',
  poster: 'poster',
  project_page: 'project_page',
  project_website: 'project_page',
  website: 'project_page',
  demo: 'demo',
  dataset: 'dataset',
  dataset_url: 'dataset',
}

/** Whether the name of a field states a kind of link. */
export const isLinkName = (name: string): boolean => Object.hasOwn(NAMES, name)

/** Reads links from fields named after their kind, such as `video`. `textOf` returns the text of a field. */
export const linksNamed = (
  textOf: (name: string) => string,
  options: { base?: string } = {},
): LinkClaim[] =>
  Object.entries(NAMES).flatMap(([name, kind]) => linksOfColumn(textOf(name), kind, options))

/** The text if it is the URL of a page or file, otherwise null. */
export const webAddress = (text: string): string | null =>
  /^https?:\/\/\S+$/.test(text) && URL.canParse(text) ? text : null

/** Day of an event, and its precision if it is a month or a year. */
export const eventDay = (day: PaperRecord['published']): Pick<EventClaim, 'on' | 'precision'> => ({
  on: day?.on ?? null,
  ...(day && day.precision !== 'day' && { precision: day.precision }),
})

/** Adds a missing scheme, or the missing host `base`, to a URL; returns any other text unchanged. */
export function addressOf(part: string, base?: string): string {
  if (part.startsWith('//')) return `https:${part}`
  if (part.startsWith('/') && base !== undefined) return `${base}${part}`
  return BARE.test(part) && !FILE.test(part) ? `https://${part}` : part
}

/** Makes a field of a record, which is absent without links. */
export const asLinks = (links: LinkClaim[]): Pick<PaperRecord, 'links'> =>
  links.length > 0 ? { links } : {}

export const asEvents = (
  events: NonNullable<PaperRecord['events']>,
): Pick<PaperRecord, 'events'> => (events.length > 0 ? { events } : {})

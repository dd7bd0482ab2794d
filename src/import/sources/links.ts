import type { LinkKind } from '../../db/tables/vocabulary.ts'
import { linkTo } from '../../domain/record/links.ts'
import type { LinkClaim, PaperRecord } from '../../domain/record/paper-record.ts'

/** A name of a host with a path or without, to which only `https://` is missing. */
const BARE = /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}(?:[:/]\S*)?$/i
/** The name of a file beside the list or library, not of a host. */
const FILE =
  /^[^/:]*\.(?:pdf|zip|t?gz|pptx?|docx?|odp|key|mp4|mov|avi|mkv|webm|png|jpe?g|svg|html?|txt)$/i

/** The links in a column of this kind, which may hold several. What is not a URL is left as it is, so that it is reported. */
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

/** What forms of submissions, columns of lists and fields of libraries call what they link to. */
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

/** Whether a field of this name holds such links. */
export const isLinkName = (name: string): boolean => Object.hasOwn(NAMES, name)

/** The links in fields whose names say what they lead to, such as `video`, given the text of a field by its name. */
export const linksNamed = (
  textOf: (name: string) => string,
  options: { base?: string } = {},
): LinkClaim[] =>
  Object.entries(NAMES).flatMap(([name, kind]) => linksOfColumn(textOf(name), kind, options))

/** A web address where only its scheme, or the host `base`, is missing; else the text as it is. */
export function addressOf(part: string, base?: string): string {
  if (part.startsWith('//')) return `https:${part}`
  if (part.startsWith('/') && base !== undefined) return `${base}${part}`
  return BARE.test(part) && !FILE.test(part) ? `https://${part}` : part
}

/** As a member of a record, which has none where there are none. */
export const asLinks = (links: LinkClaim[]): Pick<PaperRecord, 'links'> =>
  links.length > 0 ? { links } : {}

export const asEvents = (
  events: NonNullable<PaperRecord['events']>,
): Pick<PaperRecord, 'events'> => (events.length > 0 ? { events } : {})

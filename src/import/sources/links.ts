import type { LinkKind } from '../../db/tables/vocabulary.ts'
import { linkTo } from '../../domain/record/links.ts'
import type { LinkClaim, PaperRecord } from '../../domain/record/paper-record.ts'

/** A name of a host with a path or without, to which only `https://` is missing. */
const BARE = /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}(?:[:/]\S*)?$/i

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

function addressOf(part: string, base: string | undefined): string {
  if (part.startsWith('//')) return `https:${part}`
  if (part.startsWith('/') && base !== undefined) return `${base}${part}`
  return BARE.test(part) ? `https://${part}` : part
}

/** As a member of a record, which has none where there are none. */
export const asLinks = (links: LinkClaim[]): Pick<PaperRecord, 'links'> =>
  links.length > 0 ? { links } : {}

export const asEvents = (
  events: NonNullable<PaperRecord['events']>,
): Pick<PaperRecord, 'events'> => (events.length > 0 ? { events } : {})

import { type FeedFormat, FORMATS } from './formats.ts'
import { type FeedKindName, KINDS } from './kinds.ts'

/** The path of a feed below PUBLIC_URL. For `trending`, `ref` is a window; `daily` has none. */
export function feedPath(kind: FeedKindName, ref: string, format: FeedFormat): string {
  if (KINDS[kind].isNamed) return `/feeds/${kind}/${encodeURIComponent(ref)}.${format}`
  return `/feeds/${kind}.${format}${kind === 'trending' && ref !== '' ? `?window=${ref}` : ''}`
}

/** Links for `<link rel="alternate">`, by which browsers and feed readers find the feeds of a page. */
export function autodiscovery(
  publicUrl: string,
  kind: FeedKindName,
  ref: string,
): { type: string; title: string; href: string }[] {
  return Object.entries(FORMATS).map(([format, { mediaType, label }]) => ({
    type: mediaType,
    title: label,
    href: publicUrl + feedPath(kind, ref, format as FeedFormat),
  }))
}

export interface FeedAddress {
  kind: FeedKindName
  ref: string
  format: FeedFormat
}

const FEED_PATH = /^([a-z]+)(?:\/(.+))?\.(atom|rss|json)$/

/** Parses the path after `/feeds/`; null if no feed has such a path. */
export function parseFeedPath(path: string): FeedAddress | null {
  const [, kind = '', ref = '', format] = FEED_PATH.exec(path) ?? []
  if (!Object.hasOwn(KINDS, kind)) return null
  if (KINDS[kind as FeedKindName].isNamed !== (ref !== '')) return null
  return { kind: kind as FeedKindName, ref, format: format as FeedFormat }
}

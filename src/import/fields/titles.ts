/** A title with its subtitle, which stands behind a colon unless a sign ends the title; null where there is no title. */
export function withSubtitle(title: string | null, subtitle: string | null): string | null {
  if (title === null || subtitle === null) return title
  // Some sources repeat it.
  if (title.toLowerCase().includes(subtitle.toLowerCase())) return title
  return `${title}${/[?!:.\u2026\u2013\u2014-]$/.test(title) ? '' : ':'} ${subtitle}`
}

/** Joins a title and its subtitle by a colon, unless the title ends with a punctuation mark; null without a title. */
export function withSubtitle(title: string | null, subtitle: string | null): string | null {
  if (title === null || subtitle === null) return title
  // Some sources repeat the subtitle in the title.
  if (title.toLowerCase().includes(subtitle.toLowerCase())) return title
  return `${title}${/[?!:.\u2026\u2013\u2014-]$/.test(title) ? '' : ':'} ${subtitle}`
}

/** Whether the types that an index gives to a document say that it was retracted: `Article; Retracted Publication`, `Retracted`. */
export const isRetractedType = (types: string): boolean =>
  /(?:^|[;,|])\s*retracted(?: (?:publication|article|paper))?\s*(?:$|[;,|])/i.test(types)

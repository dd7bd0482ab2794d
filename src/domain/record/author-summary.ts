/** Texts that authors leave in the field for a summary. */
const NO_SUMMARY = /^(?:tl;?dr[:.]?|n\/?a|none|null|tbd|todo|we propose:?|\W*)$/i

/** The authors' summary in a sentence; undefined where they wrote none. */
export function authorSummaryOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const summary = value
    .replaceAll('\0', '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^tl;?dr\s*[:.-]\s*/i, '')
  return NO_SUMMARY.test(summary) ? undefined : summary
}

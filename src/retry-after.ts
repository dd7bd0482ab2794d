/** The instant that a header `Retry-After` states, in seconds from now or as a date, in milliseconds; null without one. */
export function retryAfter(header: string | null | undefined): number | null {
  const text = header?.trim() ?? ''
  const time = /^\d{1,9}$/.test(text) ? Date.now() + Number(text) * 1000 : Date.parse(text)
  return Number.isNaN(time) ? null : time
}

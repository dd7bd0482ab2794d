/** The time in a `Retry-After` header (seconds from now, or a date) as a timestamp in milliseconds; null without one. */
export function retryAfter(header: string | null | undefined): number | null {
  const text = header?.trim() ?? ''
  const time = /^\d{1,9}$/.test(text) ? Date.now() + Number(text) * 1000 : Date.parse(text)
  return Number.isNaN(time) ? null : time
}

import type { SubscriptionSettings } from '../domain/digest/subscription.ts'

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

export type Schedule = Pick<SubscriptionSettings, 'frequency' | 'weekday' | 'hour' | 'timeZone'>

/** The schedule of a digest in words: `every day at 08:00 (Europe/Berlin)`. */
export function describeSchedule({ frequency, weekday, hour, timeZone }: Schedule): string {
  const day = frequency === 'daily' ? 'every day' : `every ${WEEKDAYS[weekday - 1]}`
  return `${day} at ${String(hour).padStart(2, '0')}:00 (${timeZone.replaceAll('_', ' ')})`
}

/** The start of a text as one line, cut at a word. */
export function beginningOf(text: string, characters: number): string {
  const one = text.replace(/\s+/g, ' ').trim()
  if (one.length <= characters) return one
  const cut = one.slice(0, characters)
  const words = cut.slice(0, Math.max(cut.lastIndexOf(' '), characters * 0.7))
  return `${words.replace(/[\s,.;:(]+$/, '').replace(/[\ud800-\udbff]$/, '')}…`
}

import type { Subscription } from '../../domain/digest/subscription.ts'

/** Labels of the fields of forms, by the names in errors. */
const LABELS = new Map([
  ['email', 'E-mail address'],
  ['timeZone', 'Time zone'],
])

/** An error about a field of a form, which it calls as the form does. */
export const faultText = (message: string): string =>
  message.replace(/^\w+(?=:)/, (name) => LABELS.get(name) ?? name)

/** When the next digest comes, in the subscriber's zone: `Tuesday, 3 March 2026 at 08:00`. */
export function momentText({
  nextAt,
  timeZone,
}: Pick<Subscription, 'nextAt' | 'timeZone'>): string {
  if (nextAt === null) return 'no day'
  const at = new Date(nextAt)
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone }).format(at)
  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone }).format(at)
  return `${day} at ${time}`
}

import type { Subscription } from '../../domain/digest/subscription.ts'

/** Labels of form fields by their names in errors. */
const LABELS = new Map([
  ['email', 'E-mail address'],
  ['timeZone', 'Time zone'],
])

/** An error about a form field, with the field's label instead of its name. */
export const faultText = (message: string): string =>
  message.replace(/^\w+(?=:)/, (name) => LABELS.get(name) ?? name)

/** Time of the next digest in the subscriber's time zone: `Tuesday, 3 March 2026 at 08:00`. */
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

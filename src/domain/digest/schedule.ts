import { Temporal } from 'temporal-polyfill'
import { badInput, didYouMean, quote } from '../../errors.ts'

/** When digests are due. */
export interface DigestSchedule {
  frequency: 'daily' | 'weekly'
  /** 1 is Monday, 7 is Sunday; used when weekly. */
  weekday: number
  timeZone: string
  /** From 0 to 23. If a change of the clock skips the hour, the next one is used; if it repeats it, the first. */
  hour: number
}

/** A time at which a digest is due. */
interface Slot {
  at: Date
  /** The day in the subscriber's time zone, as YYYY-MM-DD. */
  localDate: string
}

/** Maximum delay of a digest that still counts for the day on which it was due, in milliseconds. */
const TOLERANCE_MS = 3 * 3_600_000

/** The day of a digest that is sent now. After an outage that is today, so that no second one follows today. */
export function dateOfDigest(schedule: DigestSchedule, now: Date): string {
  const { at, localDate } = lastSlot(schedule, now)
  if (now.getTime() - at.getTime() <= TOLERANCE_MS) return localDate
  return zoned(schedule, now).toPlainDate().toString()
}

/** When the first digest after an instant is due. */
export function nextDigestAt(schedule: DigestSchedule, after: Date): Date {
  const day = zoned(schedule, after).toPlainDate().subtract({ days: 1 })
  for (let days = 0; ; days++) {
    const slot = slotOn(schedule, day.add({ days }))
    if (slot && slot.at > after) return slot.at
  }
}

function lastSlot(schedule: DigestSchedule, now: Date): Slot {
  const day = zoned(schedule, now).toPlainDate().add({ days: 1 })
  for (let days = 0; ; days++) {
    const slot = slotOn(schedule, day.subtract({ days }))
    if (slot && slot.at <= now) return slot
  }
}

const zoned = ({ timeZone }: DigestSchedule, at: Date) =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone)

/** Null for a day without a digest. */
function slotOn(schedule: DigestSchedule, day: Temporal.PlainDate): Slot | null {
  const { frequency, weekday, timeZone, hour } = schedule
  if (frequency === 'weekly' && day.dayOfWeek !== weekday) return null
  const at = day.toZonedDateTime({ timeZone, plainTime: { hour } })
  // If a time zone skipped a day, as Samoa did with 30 December 2011, the next day is used.
  return { at: new Date(at.epochMilliseconds), localDate: at.toPlainDate().toString() }
}

/** The name of a time zone as the IANA database spells it. Throws BAD_USER_INPUT for what is not one. */
export function parseTimeZone(text: string): string {
  const name = text.trim()
  try {
    if (/^[A-Za-z]/.test(name)) return Temporal.Now.zonedDateTimeISO(name).timeZoneId
  } catch {}
  const hint = didYouMean(name, Intl.supportedValuesOf('timeZone'))
  throw badInput(
    `timeZone: ${quote(text)} is not a time zone; expected a name of the IANA database such as Europe/Berlin or UTC.${hint}`,
  )
}

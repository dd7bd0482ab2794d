import type { EventKind } from '../../db/tables/vocabulary.ts'
import type { EventClaim, OpenAccessClaim, PaperRecord } from './paper-record.ts'
import { bySource, compare } from './precedence.ts'

/** An event with the names of all sources that state it. */
export type MergedEvent = EventClaim & { sources: string[] }

type Claimed = EventClaim & { source: string }

/**
 * Merges the versions of a paper and the notices about it, the latest first. `ranked` are its records by precedence. Claims about the same
 * version or notice become one event, in which each source fills what the ones before it leave open.
 */
export function mergeEvents(ranked: readonly PaperRecord[]): MergedEvent[] {
  const claims = ranked.flatMap((record) =>
    eventsOf(record).map((claim): Claimed => ({ ...claim, source: record.source })),
  )
  const groups: Claimed[][] = []
  for (const claim of claims) {
    const group = groups.find((known) => known.every((other) => isSame(other, claim)))
    if (group) group.push(claim)
    else groups.push([claim])
  }
  return groups.map(asOne).toSorted(latestFirst)
}

/** The events in a record; a record that only calls the paper retracted yields one without a day. */
function eventsOf({ events = [], isRetracted }: PaperRecord): EventClaim[] {
  const isStated = !isRetracted || events.some(({ kind }) => TAKES_BACK.has(kind))
  return isStated ? events : [...events, { kind: 'retraction', on: null }]
}

const TAKES_BACK: ReadonlySet<EventKind> = new Set(['retraction', 'withdrawal'])

function isSame(a: EventClaim, b: EventClaim): boolean {
  if (a.kind !== b.kind) return false
  if (a.kind === 'version') return isSameVersion(a, b)
  if (a.notice && b.notice) return a.notice === b.notice
  // A claim without a notice does not contradict one, unless the days differ.
  return a.on === null || b.on === null || a.on === b.on
}

function isSameVersion(a: EventClaim, b: EventClaim): boolean {
  if (workOf(a) !== workOf(b)) return false
  if (a.number !== undefined && b.number !== undefined) return a.number === b.number
  // A reference to another event states only its page.
  if (a.notice !== undefined && a.notice === b.notice && (a.on === null || b.on === null))
    return true
  return a.on !== null && a.on === b.on
}

/** The page of a work without its version: preprints of a work at two archives have separate version numbers. */
const workOf = ({ notice }: EventClaim) => notice?.replace(/v\d+$/, '')

/** Order of claims about versions: a version's own page comes before that of all versions. */
const byNumber = (a: Claimed, b: Claimed) =>
  Number(a.number === undefined) - Number(b.number === undefined)

function asOne(claims: Claimed[]): MergedEvent {
  const dated = claims.find(({ on }) => on !== null)
  const numbered = claims.toSorted(byNumber)
  const first = <K extends 'number' | 'reason' | 'notice'>(key: K) => {
    const value = numbered.find((claim) => claim[key] !== undefined)?.[key]
    return value === undefined ? {} : { [key]: value }
  }
  return {
    kind: (claims[0] as Claimed).kind,
    on: dated?.on ?? null,
    ...(dated?.precision && { precision: dated.precision }),
    ...first('number'),
    ...first('reason'),
    ...first('notice'),
    sources: [...new Set(claims.map(({ source }) => source))].sort(),
  }
}

function latestFirst(a: MergedEvent, b: MergedEvent): number {
  return (
    compare(b.on ?? '', a.on ?? '') ||
    (b.number ?? 0) - (a.number ?? 0) ||
    compare(a.kind, b.kind) ||
    compare(a.notice ?? '', b.notice ?? '')
  )
}

/** Whether a retracted paper was reinstated later or on the same day: some are replaced on the day of their retraction. */
export function isReinstated(events: readonly EventClaim[]): boolean {
  const lastOf = (kinds: ReadonlySet<EventKind>) =>
    events
      .flatMap(({ kind, on }) => (kinds.has(kind) && on !== null ? [on] : []))
      .sort()
      .at(-1)
  const back = lastOf(new Set(['reinstatement']))
  return back !== undefined && back >= (lastOf(TAKES_BACK) ?? '')
}

/** The day of the last retraction; null if no source states it, or only its month or year. */
export function retractedOn(events: readonly EventClaim[]): string | null {
  const last = events.find(({ kind, on }) => TAKES_BACK.has(kind) && on !== null)
  return last ? wholeDay(last) : null
}

/** The day of an event; null if only its month or year is known. */
export const wholeDay = ({ on, precision }: Pick<EventClaim, 'on' | 'precision'>): string | null =>
  precision === undefined ? on : null

/** The preferred open-access statement, whole from one source: open before closed, then by precedence of sources. */
export function mergeOpenAccess(
  ranked: readonly PaperRecord[],
): (OpenAccessClaim & { source: string }) | null {
  const claims = ranked
    .toSorted(bySource('facts'))
    .flatMap(({ source, openAccess }) => (openAccess ? [{ ...openAccess, source }] : []))
  const rank = ({ status }: OpenAccessClaim) =>
    status === 'closed' ? 2 : status === 'open' ? 1 : 0
  return claims.toSorted((a, b) => rank(a) - rank(b))[0] ?? null
}

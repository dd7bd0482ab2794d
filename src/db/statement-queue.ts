import { AppError } from '../errors.ts'

/** Whoever asks for statements, such as one request: its statements share a fair part of the database. */
export interface Requester {
  /** How long its statements have run so far, in milliseconds. */
  servedMs: number
  running: number
  /** When nobody waits for its answer any more, by `performance.now()`. Default never. */
  deadlineAt?: number | undefined
}

/** The right to run one statement. */
interface Ticket {
  /** Gives it back, once the database is done with the statement. Returns how long that took, in milliseconds. */
  leave(): number
}

/** What is known of the time that a statement takes. */
export interface Expectation {
  /** In milliseconds. */
  expectedMs: number
  /** Whether it has run before, so that the time is more than a guess. */
  hasRun: boolean
}

export interface StatementQueue {
  /**
   * Waits for the turn of a statement. Rejects with the signal's reason when that is aborted first, and at once with
   * UNAVAILABLE where too many wait, or where its turn would come too late.
   */
  enter(requester: Requester, expectation: Expectation, signal?: AbortSignal): Promise<Ticket>
}

export interface QueueLimits {
  /** Most short statements at a time. */
  short: number
  /** Most long statements at a time while short ones come: about as many as the database has processors to spare. */
  long: number
  /** Most long statements at a time where no short one came lately. Default as many as `long`. */
  longAlone?: number
}

/** After this time without a short statement, in milliseconds, long ones may use what is kept free for those. */
const QUIET_MS = 5

/** From this expected time on, in milliseconds, a statement is a long one, which others do not wait behind. */
const LONG_MS = 15

/** A short statement that runs longer than this, in milliseconds, counts as long from then on. */
const OVERDUE_MS = 50

/** Maximum number of short statements counted as long at a time, which run beyond both limits. */
export const mostOverdue = (short: number) => Math.ceil(short / 2)

/**
 * How many of the short statements that may run at a time have run before: those that did not may turn out to take until
 * their deadline, and must not take all places.
 */
const keptForKnown = (short: number) => Math.min(2, Math.floor(short / 3))

/** Most statements of one requester that run at once; the others of a wide query wait their turn. */
const MOST_RUNNING_EACH = 4

/** Most requesters that wait for short statements, and for long ones. Those that come then are refused. */
const MOST_WAITING = { short: 1000, long: 100 }

const RANKS: Record<LaneName, (requester: Requester) => number> = {
  short: ({ servedMs }) => servedMs,
  long: ({ deadlineAt = Number.POSITIVE_INFINITY }) => deadlineAt,
}

type LaneName = 'short' | 'long'

interface Lane {
  limitNow(): number
  running: number
  /** Of those that run, how many never ran before, and the most there may be. */
  untried: number
  mostUntried: number
  mostWaiting: number
  /** Which of two requesters comes first: the one with the smaller number. */
  rankOf: (requester: Requester) => number
  waiting: Map<Requester, Waiter[]>
  /** Of those that wait, in milliseconds. */
  expectedMs: number
}

interface Waiter extends Expectation {
  start(): void
}

interface Lanes {
  short: Lane
  long: Lane
  /** Of the short statements that run, those counted as long, and the most there may be. */
  overdue: number
  mostOverdue: number
  /** When a short statement ended last. */
  lastShortAt: number
}

/**
 * Lets statements run in two lanes, so that short ones do not wait behind long ones. Of short ones those of the requester come
 * first that was served least: a new one does not wait behind the many statements of another. Of long ones those come first
 * whose answer is due first: were their time shared out, all would be late.
 */
export function createStatementQueue(limits: QueueLimits): StatementQueue {
  const lanes = createLanes(limits)
  return {
    enter(requester, expectation, signal) {
      const lane = expectation.expectedMs >= LONG_MS ? lanes.long : lanes.short
      const start = () => begin(lanes, lane, requester, expectation)
      if (lane.waiting.size === 0 && mayStart(lane, requester, expectation))
        return Promise.resolve(start())
      if (isHopeless(lane, requester)) return Promise.reject(busy())
      return wait(lane, requester, expectation, start, signal)
    },
  }
}

function createLanes(limits: QueueLimits): Lanes {
  const { longAlone = limits.long } = limits
  const isQuiet = () =>
    lanes.short.running === 0 && performance.now() - lanes.lastShortAt > QUIET_MS
  const lane = (name: LaneName, mostUntried: number, limitNow: () => number): Lane => ({
    ...{ limitNow, mostUntried, running: 0, untried: 0, expectedMs: 0 },
    mostWaiting: MOST_WAITING[name],
    rankOf: RANKS[name],
    waiting: new Map(),
  })
  const lanes: Lanes = {
    short: lane('short', limits.short - keptForKnown(limits.short), () => limits.short),
    long: lane('long', limits.short, () => (isQuiet() ? longAlone : limits.long)),
    overdue: 0,
    mostOverdue: mostOverdue(limits.short),
    lastShortAt: Number.NEGATIVE_INFINITY,
  }
  return lanes
}

function begin(lanes: Lanes, from: Lane, requester: Requester, { hasRun }: Expectation): Ticket {
  const { short, long } = lanes
  let current = from
  const count = (lane: Lane, by: 1 | -1) => {
    lane.running += by
    if (!hasRun) lane.untried += by
  }
  count(current, 1)
  requester.running++
  const startedAt = performance.now()
  const onOverdue = () => {
    if (lanes.overdue >= lanes.mostOverdue) return
    lanes.overdue++
    count(short, -1)
    count(long, 1)
    current = long
    pump(short)
  }
  const timer = from === short ? setTimeout(onOverdue, OVERDUE_MS).unref() : undefined
  return {
    leave() {
      clearTimeout(timer)
      count(current, -1)
      requester.running--
      if (current !== from) lanes.overdue--
      const now = performance.now()
      if (from === short) lanes.lastShortAt = now
      const ms = now - startedAt
      requester.servedMs += ms
      // Both, as its requester may have waited in the other lane for it alone.
      pump(current)
      pump(current === long ? short : long)
      return ms
    },
  }
}

/** Waits until `pump` starts it, or the signal is aborted. */
function wait(
  lane: Lane,
  requester: Requester,
  expectation: Expectation,
  start: () => Ticket,
  signal: AbortSignal | undefined,
): Promise<Ticket> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      drop(lane, requester, waiter)
      reject(signal?.reason)
    }
    const waiter: Waiter = {
      ...expectation,
      start() {
        signal?.removeEventListener('abort', onAbort)
        resolve(start())
      },
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    const others = lane.waiting.get(requester)
    if (others) others.push(waiter)
    else lane.waiting.set(requester, [waiter])
    lane.expectedMs += expectation.expectedMs
    pump(lane)
  })
}

const mayStart = (lane: Lane, requester: Requester, { hasRun }: Expectation) =>
  lane.running < lane.limitNow() &&
  requester.running < MOST_RUNNING_EACH &&
  (hasRun || lane.untried < lane.mostUntried)

/** Starts those that wait, as far as there is room. */
function pump(lane: Lane): void {
  while (lane.running < lane.limitNow()) {
    let next: Requester | undefined
    for (const [requester, [first]] of lane.waiting)
      if (
        first &&
        mayStart(lane, requester, first) &&
        (!next || lane.rankOf(requester) < lane.rankOf(next))
      )
        next = requester
    const waiter = next && lane.waiting.get(next)?.[0]
    if (!next || !waiter) return
    drop(lane, next, waiter)
    waiter.start()
  }
}

function drop(lane: Lane, requester: Requester, waiter: Waiter): void {
  const waiters = lane.waiting.get(requester) ?? []
  const place = waiters.indexOf(waiter)
  if (place < 0) return
  waiters.splice(place, 1)
  lane.expectedMs -= waiter.expectedMs
  if (waiters.length === 0) lane.waiting.delete(requester)
}

/** Whether a newcomer would wait in vain. One that waits already is let in: its answer is part made. */
function isHopeless(lane: Lane, requester: Requester): boolean {
  if (lane.waiting.has(requester)) return false
  if (lane.waiting.size >= lane.mostWaiting) return true
  const { deadlineAt = Number.POSITIVE_INFINITY } = requester
  return performance.now() + lane.expectedMs / lane.limitNow() > deadlineAt
}

function busy(): AppError {
  return new AppError('UNAVAILABLE', 'The server is busy; try again in some seconds.')
}

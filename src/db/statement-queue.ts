import { AppError } from '../errors.ts'

/** A source of statements, such as one request. Its statements get a fair share of the database. */
export interface Requester {
  /** Total duration of its statements so far, in milliseconds. */
  servedMs: number
  running: number
  /** When nobody waits for its answer any more, as of `performance.now()`. Default never. */
  deadlineAt?: number | undefined
}

/** The right to run one statement. */
interface Ticket {
  /** Ends the run when the database has finished the statement. Returns its duration, in milliseconds. */
  leave(): number
}

/** The expected duration of a statement. */
export interface Expectation {
  /** In milliseconds. */
  expectedMs: number
  /** Whether the statement has run before; otherwise the duration is a guess. */
  hasRun: boolean
}

export interface StatementQueue {
  /**
   * Waits for the turn of a statement. Rejects with the signal's reason if the signal is aborted first. Rejects with UNAVAILABLE at once if
   * too many requesters wait, or if the turn would come too late.
   */
  enter(requester: Requester, expectation: Expectation, signal?: AbortSignal): Promise<Ticket>
}

export interface QueueLimits {
  /** Maximum number of short statements at a time. */
  short: number
  /** Maximum number of long statements at a time while short ones arrive: about as many as the database has spare processors. */
  long: number
  /** Maximum number of long statements at a time when no short one arrived lately. Default: `long`. */
  longAlone?: number
}

/** Time without a short statement, in milliseconds, after which long ones may use the processors kept for those. */
const QUIET_MS = 5

/** Expected duration, in milliseconds, from which a statement is long, so that short ones do not wait behind it. */
const LONG_MS = 15

/** A short statement that runs longer than this, in milliseconds, counts as long from then on. */
const OVERDUE_MS = 50

/** Maximum number of short statements counted as long at a time, which run beyond both limits. */
export const mostOverdue = (short: number) => Math.ceil(short / 2)

/**
 * Number of places for short statements that only those that have run before may take. Others may turn out to run until their deadline, and
 * must not take all places.
 */
const keptForKnown = (short: number) => Math.min(2, Math.floor(short / 3))

/** Maximum number of statements of one requester at a time; the others of a wide query wait. */
const MOST_RUNNING_EACH = 4

/** Maximum number of requesters that wait for short statements, and for long ones. Later ones are refused. */
const MOST_WAITING = { short: 1000, long: 100 }

const RANKS: Record<LaneName, (requester: Requester) => number> = {
  short: ({ servedMs }) => servedMs,
  long: ({ deadlineAt = Number.POSITIVE_INFINITY }) => deadlineAt,
}

type LaneName = 'short' | 'long'

interface Lane {
  limitNow(): number
  running: number
  /** Number of running statements that never ran before, and its maximum. */
  untried: number
  mostUntried: number
  mostWaiting: number
  /** The requester with the smaller number comes first. */
  rankOf: (requester: Requester) => number
  waiting: Map<Requester, Waiter[]>
  /** Total expected duration of the waiting statements, in milliseconds. */
  expectedMs: number
}

interface Waiter extends Expectation {
  start(): void
}

interface Lanes {
  short: Lane
  long: Lane
  /** Number of running short statements that are counted as long, and its maximum. */
  overdue: number
  mostOverdue: number
  /** When the last short statement ended. */
  lastShortAt: number
}

/**
 * Runs statements in two lanes, so that short ones do not wait behind long ones. Among short ones, the requester served least comes first:
 * a new one does not wait behind the many statements of another. Among long ones, the earliest deadline comes first: if they shared the
 * time, all would be late.
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
      // Both lanes, because the requester may have waited in the other lane only for this statement.
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

/** Starts waiting statements while there is room. */
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

/** Whether a new statement would wait in vain. A requester that already waits is admitted: part of its answer is done. */
function isHopeless(lane: Lane, requester: Requester): boolean {
  if (lane.waiting.has(requester)) return false
  if (lane.waiting.size >= lane.mostWaiting) return true
  const { deadlineAt = Number.POSITIVE_INFINITY } = requester
  return performance.now() + lane.expectedMs / lane.limitNow() > deadlineAt
}

function busy(): AppError {
  return new AppError('UNAVAILABLE', 'The server is busy; try again in a few seconds.')
}

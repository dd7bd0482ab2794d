import { expect, test } from 'vitest'
import { createStatementQueue } from '../../src/db/statement-queue.ts'

/** Expected times, in milliseconds, of a statement of each lane. */
const TIMES = { short: 1, long: 100 }

test.each([
  ['long', 'short'],
  ['short', 'long'],
] as const)(
  'a %s statement runs when the %s ones of its request are over',
  async (last, first) => {
    const queue = createStatementQueue({ short: 10, long: 10 })
    const request = { servedMs: 0, running: 0 }
    const tickets = await Promise.all(
      Array.from({ length: 4 }, () => queue.enter(request, TIMES[first])),
    )
    let hasBegun = false
    const waiting = queue.enter(request, TIMES[last]).then((ticket) => {
      hasBegun = true
      return ticket
    })
    await Promise.resolve()
    expect(hasBegun).toBe(false)
    for (const ticket of tickets) ticket.leave()
    ;(await waiting).leave()
  },
  5000,
)

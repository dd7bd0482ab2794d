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

test('long statements take what is free while no short ones come, and give it back', async () => {
  const queue = createStatementQueue({ short: 10, long: 1, longAlone: 2 })
  const enter = (ms: number) => queue.enter({ servedMs: 0, running: 0 }, ms)
  const alone = await Promise.all([enter(TIMES.long), enter(TIMES.long)])
  for (const ticket of alone) ticket.leave()
  const short = await enter(TIMES.short)
  const first = await enter(TIMES.long)
  let hasBegun = false
  const second = enter(TIMES.long).then((ticket) => {
    hasBegun = true
    return ticket
  })
  // The end of a short one is not yet a time without any.
  short.leave()
  await Promise.resolve()
  expect(hasBegun).toBe(false)
  first.leave()
  ;(await second).leave()
})

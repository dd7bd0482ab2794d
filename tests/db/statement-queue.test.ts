import { expect, test } from 'vitest'
import { createStatementQueue, type Expectation } from '../../src/db/statement-queue.ts'

/** A statement of each lane. */
const KNOWN = {
  short: { expectedMs: 1, hasRun: true },
  long: { expectedMs: 100, hasRun: true },
}
const UNTRIED = { expectedMs: 1, hasRun: false }

test.each([
  ['long', 'short'],
  ['short', 'long'],
] as const)(
  'a %s statement runs when the %s ones of its request have finished',
  async (last, first) => {
    const queue = createStatementQueue({ short: 10, long: 10 })
    const request = { servedMs: 0, running: 0 }
    const tickets = await Promise.all(
      Array.from({ length: 4 }, () => queue.enter(request, KNOWN[first])),
    )
    let hasBegun = false
    const waiting = queue.enter(request, KNOWN[last]).then((ticket) => {
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

test('long statements use free places while no short ones arrive, and return them', async () => {
  const queue = createStatementQueue({ short: 10, long: 1, longAlone: 2 })
  const enter = (known: Expectation) => queue.enter({ servedMs: 0, running: 0 }, known)
  const alone = await Promise.all([enter(KNOWN.long), enter(KNOWN.long)])
  for (const ticket of alone) ticket.leave()
  const short = await enter(KNOWN.short)
  const first = await enter(KNOWN.long)
  let hasBegun = false
  const second = enter(KNOWN.long).then((ticket) => {
    hasBegun = true
    return ticket
  })
  // The end of a short statement does not yet begin a quiet time.
  short.leave()
  await Promise.resolve()
  expect(hasBegun).toBe(false)
  first.leave()
  ;(await second).leave()
})

test.each([1, 2, 3, 10])(
  'of %i places for short statements, untried ones leave some to known ones',
  async (short) => {
    const queue = createStatementQueue({ short, long: 1 })
    const enter = (known: Expectation) => queue.enter({ servedMs: 0, running: 0 }, known)
    let begun = 0
    const untried = Array.from({ length: 2 * short }, async () => {
      const ticket = await enter(UNTRIED)
      begun++
      return ticket
    })
    await Promise.resolve()
    expect(begun).toBe(short - Math.min(2, Math.floor(short / 3)))
    if (begun < short) (await enter(KNOWN.short)).leave()
    for (const ticket of untried) (await ticket).leave()
    expect(begun).toBe(2 * short)
  },
)

import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { logFault } from '../../../src/server/execute/fault-log.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('the first fault of a kind is logged at once, and others within 10 s in one line', () => {
  const lines: string[] = []
  const log = pino({ base: null }, { write: (line) => void lines.push(line) })
  const fail = (cause: string) =>
    logFault(
      log,
      'warn',
      { err: new Error('away', { cause: new Error(cause) }), requestId: 'r' },
      'm',
    )
  for (let i = 0; i < 50; i++) fail('one')
  fail('another')
  expect(lines).toHaveLength(2)
  vi.advanceTimersByTime(10_000)
  expect(lines.slice(2).map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ repeated: 49, seconds: 10, msg: 'm' }),
  ])
  fail('one')
  expect(lines).toHaveLength(4)
})

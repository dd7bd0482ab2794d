import sql from 'sql-template-tag'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startServe } from '../helpers/serve.ts'
import type { SmtpBehaviour } from '../helpers/smtp.ts'
import { createDigestWorld, type DigestWorld } from './fixture.ts'

/** Number of mails that a server sends at once. */
const AT_ONCE = 4
/** Ten times as many: each sender claims ten at a time, so nine of them are claimed and not tried. */
const PEOPLE = 40

let world: DigestWorld
beforeAll(async () => {
  world = await createDigestWorld()
})
afterAll(() => world?.close())
beforeEach(async () => {
  await world.reset()
  world.at = new Date()
})

/** Starts `serve`, waits until all mails that it sends at once hang, and stops it. */
async function serveAndStop(behaviour: SmtpBehaviour) {
  world.behave = () => behaviour
  for (let i = 0; i < PEOPLE; i++) await world.ask(`u${i}@example.org`)
  const server = await startServe({ DATABASE_URL: world.t.url, SMTP_URL: world.smtp.url })
  await expect.poll(() => world.smtp.attempts.size, { timeout: 60_000 }).toBe(AT_ONCE)
  const tried = new Set(world.smtp.attempts.keys())
  const code = await server.stop()
  return { code, log: server.log(), tried }
}

const claimsThatLast = () =>
  world.t.db.query(sql`select id from outbox where state in ('ready', 'sending')`)

test('a mail server that hangs before the message does not delay a stop, and each mail is sent later', async () => {
  const { code, tried } = await serveAndStop('hang')
  expect(code).toBe(0)
  expect([...world.smtp.attempts.keys()].filter((address) => !tried.has(address))).toEqual([])
  expect(await claimsThatLast()).toEqual([])
  world.behave = () => 'accept'
  world.at = new Date()
  expect(await world.send()).toEqual({ sent: PEOPLE })
  expect(new Set(world.smtp.taken.map(({ to }) => to)).size).toBe(PEOPLE)
})

test('one that hangs after the message is waited for, and a possibly accepted mail is not sent again', async () => {
  const { code, log } = await serveAndStop('hangAfterData')
  expect(code).toBe(0)
  expect(log).toContain('unknown whether a mail was taken; not sent again')
  expect(await claimsThatLast()).toEqual([])
  const had = world.smtp.taken.map(({ to }) => to)
  world.behave = () => 'accept'
  world.at = new Date()
  await world.send()
  const twice = had.filter((one) => world.smtp.taken.filter(({ to }) => to === one).length > 1)
  expect(had.length).toBeGreaterThan(0)
  expect(twice).toEqual([])
  expect(new Set(world.smtp.taken.map(({ to }) => to)).size).toBe(PEOPLE)
})

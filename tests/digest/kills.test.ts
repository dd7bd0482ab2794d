import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { spawnCli } from '../helpers/cli.ts'
import type { SmtpBehaviour } from '../helpers/smtp.ts'
import { atLeast } from '../helpers/thorough.ts'
import { createDigestWorld, type DigestWorld } from './fixture.ts'

/** `npm run bench:digest` uses 10,000. */
const COUNT = Number(process.env.DIGEST_SUBSCRIPTIONS ?? atLeast(40, 60))
const KILLS = atLeast(3, 4)
const MOST_ROUNDS = 8
/** Number of servers that send at a time. */
const SERVERS = 2

let world: DigestWorld
beforeAll(async () => {
  world = await createDigestWorld()
})
afterAll(() => world?.close())

/** The behaviour of the mail server for `u<number>@…`, on its first attempt and later. */
function behaviourOf(address: string, attempt: number): SmtpBehaviour {
  const kind = Number(/\d+/.exec(address)?.[0]) % 20
  if (kind === 1) return { reject: '550 5.1.1 No such user' }
  if (kind === 2) return attempt === 1 ? { reject: '451 4.7.1 Greylisted' } : 'accept'
  if (kind === 3) return attempt === 1 ? 'hang' : 'accept'
  if (kind === 4) return 'dropAfterData'
  if (kind === 5) return attempt === 1 ? 'drop' : 'accept'
  if (kind === 6) return { rejectMessage: '554 5.6.0 Not like this' }
  return kind === 7 ? { slow: 50 } : 'accept'
}

async function addSubscriptions(): Promise<void> {
  await world.t.db.query(sql`
    with people as (
      insert into subscribers (email, email_key) select a, a from (
        select 'u' || n || '@example.org' as a from generate_series(1, ${COUNT}::int) n) x
      returning id, split_part(substr(email, 2), '@', 1)::int as n)
    insert into subscriptions (subscriber_id, state, frequency, weekday, time_zone, hour, source, source_key, size,
      empty_days, next_at, news_since)
    select id, case n % 20 when 18 then 'pending' when 19 then 'ended' else 'active' end, 'daily', 1, 'UTC',
      extract(hour from now() at time zone 'UTC'), '{"kind":"trending","filter":{}}', '', 5, 'tell',
      case when n % 20 < 18 then now() end, now() - interval '1 day' from people`)
}

/** Starts servers, and kills them once the mail server has accepted this number of mails; null lets them finish. */
async function runServers(killAfter: number | null): Promise<void> {
  const env = {
    DATABASE_URL: world.t.url,
    SMTP_URL: `${world.smtp.url}?socketTimeout=300`,
    LOG_LEVEL: 'silent',
  }
  const children = Array.from({ length: SERVERS }, () => spawnCli(['digest', 'send'], { env }))
  let isOver = false
  const ends = Promise.all(children.map((child) => once(child, 'exit'))).then(() => {
    isOver = true
  })
  const enough = world.smtp.taken.length + (killAfter ?? Number.POSITIVE_INFINITY)
  while (!isOver && world.smtp.taken.length < enough) await Promise.race([delay(5), ends])
  for (const child of children) child.kill('SIGKILL')
  await ends
}

/** Simulates the passing of time: claims of killed servers expire, and deferred mails may be tried. */
const letTimePass = () =>
  world.t.db.query(sql`update outbox set try_at = now(), claimed_until = now() - interval '1 second'
    where state in ('ready', 'sending', 'deferred')`)

/** Whether there are unsent mails that were not given up, or digests to plan. */
async function areWaiting(): Promise<boolean> {
  const [row] = await world.t.db.query<{ found: boolean }>(sql`
    select exists (select from outbox where state in ('due', 'ready', 'sending', 'deferred'))
      or exists (select from subscriptions where state = 'active' and next_at <= now()) as found`)
  return row?.found ?? false
}

test(`${COUNT} subscriptions, faults and kills: none twice, all others once or accounted for`, async () => {
  world.behave = behaviourOf
  world.at = new Date()
  await world.addPapers(['A Paper for All', 'Another Paper for All'])
  await addSubscriptions()
  for (let kill = 1; kill <= KILLS; kill++) {
    await runServers(Math.ceil((COUNT / KILLS) * Math.random()))
    await letTimePass()
  }
  // As many rounds as needed: on a busy machine the mail server may seem to hang, and mails for it are deferred.
  for (let round = 0; round < MOST_ROUNDS && (await areWaiting()); round++) {
    await letTimePass()
    await runServers(null)
  }
  const rows = await world.t.db.query<{ email: string; state: string | null; wanted: string }>(sql`
    select s.email, o.state, u.state as wanted from subscribers s join subscriptions u on u.subscriber_id = s.id
    left join outbox o on o.subscription_id = u.id`)
  const counts = new Map<string, number>()
  for (const { to } of world.smtp.taken) counts.set(to, (counts.get(to) ?? 0) + 1)
  const wrong = rows.filter(({ email, state, wanted }) => {
    const count = counts.get(email) ?? 0
    if (wanted !== 'active') return count > 0 || state !== null
    if (state === 'sent') return count !== 1
    if (state === 'refused') return count !== 0
    return state !== 'unknown' || count > 1
  })
  expect(rows).toHaveLength(COUNT)
  expect(wrong).toEqual([])
}, 3_600_000)

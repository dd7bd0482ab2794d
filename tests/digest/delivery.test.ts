import sql from 'sql-template-tag'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { transaction } from '../../src/db/transaction.ts'
import { mergeAuthors } from '../../src/domain/curation/authors.ts'
import { undoDecision } from '../../src/domain/curation/curation.ts'
import { beginSending, claimMails, planDigests } from '../../src/domain/digest/outbox.ts'
import { unsubscribe } from '../../src/domain/digest/subscription.ts'
import type { PaperRecord } from '../../src/domain/record/paper-record.ts'
import { papersToFollow } from '../../src/domain/saved/document.ts'
import { followAuthor, followPaper, saveDocument } from '../../src/domain/saved/saved-query.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import { globalId } from '../../src/sql/global-id.ts'
import { paperRecord } from '../helpers/catalogue.ts'
import type { SmtpBehaviour } from '../helpers/smtp.ts'
import { createDigestWorld, type DigestWorld } from './fixture.ts'

let world: DigestWorld
beforeAll(async () => {
  world = await createDigestWorld({ patienceMs: 500 })
})
beforeEach(() => world.reset())
afterAll(() => world?.close())

const answer = (behaviour: SmtpBehaviour) => {
  world.behave = () => behaviour
}

const TELL = { emptyDays: 'tell' } as const
const subjectsOf = (digests: string[]) => digests.map((raw) => /^Subject: (.*)\r/m.exec(raw)?.[1])

test('a subscriber confirms, and gets a digest of new papers once a day', async () => {
  world.setClock('2026-03-01T12:00:00Z')
  await world.addPapers(['An Early Paper'])
  await world.join('ada@example.org')
  expect(world.smtp.taken).toHaveLength(1)
  expect(await world.send()).toEqual({})
  world.setClock('2026-03-02T08:00:00Z')
  await world.addPapers(['A Late Paper'])
  expect(await world.send()).toEqual({ planned: 1, sent: 1 })
  expect(await world.send()).toEqual({})
  const [digest] = world.digestsTo('ada@example.org')
  expect(digest).toContain('An Early Paper')
  expect(digest).toContain('A Late Paper')
  // The next day has nothing new, and no paper is sent twice.
  world.setClock('2026-03-03T08:00:30Z')
  expect(await world.send()).toEqual({ planned: 1, empty: 1 })
  world.setClock('2026-03-04T08:00:30Z')
  await world.addPapers(['A Third Paper'])
  expect(await world.send()).toEqual({ planned: 1, sent: 1 })
  const digests = world.digestsTo('ada@example.org')
  expect(digests).toHaveLength(2)
  expect(digests[1]).toContain('A Third Paper')
  expect(digests[1]).not.toContain('A Late Paper')
})

test.each([
  { on: '2026-01-01', precision: 'year', shown: '2026' },
  { on: '2026-02-01', precision: 'month', shown: 'Feb 2026' },
  { on: '2026-02-01', precision: 'day', shown: '1 Feb 2026' },
] as const)(
  'the known part of a publication date is shown: its $precision',
  async ({ shown, ...published }) => {
    world.setClock('2026-03-01T12:00:00Z')
    await world.join('ada@example.org')
    await transaction(world.t.url, (tx) => writeRecords(tx, [paperRecord({ published })]))
    await world.t.db.query(sql`update papers set created_at = '2026-03-01'`)
    world.setClock('2026-03-02T08:00:00Z')
    expect(await world.send()).toMatchObject({ sent: 1 })
    const [digest] = world.digestsTo('ada@example.org')
    expect(textOf(digest)).toContain(`· ${shown}\n`)
  },
)

/** As people read it. */
const textOf = (raw = '') =>
  raw
    .replace(/=\r\n/g, '')
    .replace(/\r/g, '')
    .replace(/=C2=B7/g, '·')

describe('outages and clocks', () => {
  test('after three days one mail is sent, not three, and none later that day', async () => {
    await world.join('ada@example.org')
    const days = ['02', '03', '04']
    for (const day of days) {
      world.setClock(`2026-03-${day}T06:00:00Z`)
      await world.addPapers([`A Paper of ${day}`])
    }
    world.setClock('2026-03-04T06:30:00Z')
    expect(await world.send()).toEqual({ planned: 1, sent: 1 })
    world.setClock('2026-03-04T09:00:00Z')
    await world.addPapers(['A Paper of Nine'])
    await world.send()
    const digests = world.digestsTo('ada@example.org')
    expect(digests).toHaveLength(1)
    for (const day of days) expect(digests[0]).toContain(`A Paper of ${day}`)
    world.setClock('2026-03-05T08:00:00Z')
    expect(await world.send()).toMatchObject({ sent: 1 })
  })

  test('a clock that steps back sends nothing twice, and one that was ahead delays nothing', async () => {
    await world.join('ada@example.org')
    world.setClock('2026-03-02T08:00:00Z')
    await world.addPapers(['One of March'])
    expect(await world.send()).toMatchObject({ sent: 1 })
    world.setClock('2026-03-02T07:59:00Z')
    await world.addPapers(['Another of March'])
    expect(await world.send()).toEqual({})
    world.setClock('2026-03-02T08:01:00Z')
    expect(await world.send()).toEqual({})
    // A year ahead, and back again.
    world.setClock('2027-03-02T08:00:00Z')
    await world.addPapers(['One of Next Year'])
    expect(await world.send()).toMatchObject({ sent: 1 })
    world.setClock('2026-03-02T09:00:00Z')
    await world.send()
    world.setClock('2026-03-03T08:00:00Z')
    await world.addPapers(['A Fourth'])
    expect(await world.send()).toMatchObject({ planned: 1 })
    const sent = (await world.mails()).filter(({ kind }) => kind === 'digest')
    expect(sent.map(({ date }) => date)).toEqual(['2026-03-02', '2027-03-02', '2026-03-03'])
    expect(subjectsOf(world.digestsTo('ada@example.org'))).toEqual([
      'One of March',
      'One of Next Year and 1 more paper',
      'A Fourth',
    ])
  })

  test('each subscriber gets the digest at the local hour, in any zone', async () => {
    const zones = ['Pacific/Kiritimati', 'Asia/Kolkata', 'Europe/Berlin', 'America/New_York']
    zones.push('Pacific/Pago_Pago')
    world.setClock('2026-03-06T00:00:00Z')
    for (const [at, timeZone] of zones.entries())
      await world.join(`u${at}@example.org`, { timeZone, ...TELL })
    // An hour at a time for three days, over the change of the clock in New York.
    for (let hour = 0; hour < 72; hour++) {
      world.setClock(new Date(Date.UTC(2026, 2, 7, hour, 30)).toISOString())
      await world.send()
    }
    const rows = await world.t.db.query<{ zone: string; times: string[] }>(sql`
      select time_zone as zone, array_agg(local_date || to_char(o.finished_at at time zone time_zone, ' DD HH24')
        order by o.id) as times
      from outbox o join subscriptions s on s.id = o.subscription_id
      where kind = 'digest' and local_date between '2026-03-08' and '2026-03-09'
      group by time_zone order by min(s.id)`)
    expect(rows.map(({ zone }) => zone)).toEqual(zones)
    for (const { times } of rows) expect(times).toEqual(['2026-03-08 08 08', '2026-03-09 09 08'])
  })
})

describe('behaviour of mail servers', () => {
  test('greylisting is retried, with one Message-ID', async () => {
    world.behave = (_, attempt) =>
      attempt > 1 && attempt < 4 ? { reject: '451 4.7.1 Later' } : 'accept'
    await world.join('grey@example.org')
    world.setClock('2026-03-02T08:00:00Z')
    await world.addPapers(['A Grey Paper'])
    expect(await world.send()).toEqual({ planned: 1, deferred: 1 })
    expect(await world.send()).toEqual({})
    world.setClock('2026-03-02T08:05:00Z')
    expect(await world.send()).toEqual({ deferred: 1 })
    world.setClock('2026-03-02T08:19:00Z')
    expect(await world.send()).toEqual({})
    world.setClock('2026-03-02T08:20:00Z')
    expect(await world.send()).toEqual({ sent: 1 })
    expect(world.digestsTo('grey@example.org')[0]).toContain('A Grey Paper')
    const [row] = await world.t.db.query<{ id: string }>(
      sql`select message_key::text as id from outbox where kind = 'digest'`,
    )
    expect(world.smtp.taken.at(-1)?.messageId).toBe(`${row?.id}@example.org`)
  })

  test('papers of an undeliverable mail go into the next one', async () => {
    await world.join('ada@example.org')
    world.setClock('2026-03-02T08:00:00Z')
    await world.addPapers(['The First Paper'])
    answer({ reject: '450 4.2.0 Mailbox busy' })
    for (const [time, state] of [
      ['08:00', 'deferred'],
      ['08:05', 'deferred'],
      ['08:20', 'deferred'],
      ['09:05', 'deferred'],
      ['11:05', 'deferred'],
      ['17:05', 'dropped'],
    ] as const) {
      world.setClock(`2026-03-02T${time}:00Z`)
      expect(await world.send()).toMatchObject({ [state]: 1 })
    }
    answer('accept')
    world.setClock('2026-03-03T08:00:00Z')
    await world.addPapers(['The Second Paper'])
    expect(await world.send()).toMatchObject({ sent: 1 })
    const digests = world.digestsTo('ada@example.org')
    expect(digests).toHaveLength(1)
    expect(digests[0]).toContain('The First Paper')
    expect(digests[0]).toContain('The Second Paper')
  })

  test.each(['dropAfterData', 'hangAfterData'] as const)(
    '%s: the mail is not sent again',
    async (fault) => {
      await world.join('ada@example.org')
      world.setClock('2026-03-02T08:00:00Z')
      await world.addPapers(['A Lost Paper'])
      answer(fault)
      expect(await world.send()).toEqual({ planned: 1, unknown: 1 })
      answer('accept')
      world.setClock('2026-03-02T20:00:00Z')
      expect(await world.send()).toEqual({})
      world.setClock('2026-03-03T08:00:00Z')
      expect(await world.send()).toEqual({ planned: 1, empty: 1 })
      expect(world.digestsTo('ada@example.org')).toHaveLength(1)
    },
  )

  test('an address that refuses mails gets none after the third refusal, and is served again after a success', async () => {
    await world.join('gone@example.org', TELL)
    answer({ reject: '550 5.1.1 <gone@example.org>: no such user' })
    const on = (day: string) => {
      world.setClock(`2026-${day}T08:00:00Z`)
      return world.send()
    }
    const refused = { planned: 1, refused: 1 }
    const suppressed = { planned: 1 }
    for (const day of ['03-02', '03-03', '03-04']) expect(await on(day)).toEqual(refused)
    for (const day of ['03-05', '03-06']) expect(await on(day)).toEqual(suppressed)
    const mails = await world.mails()
    expect(mails.at(-1)).toMatchObject({ state: 'dropped', reason: 'the address is suppressed' })
    // The server's text is stored without the address.
    expect(mails[1]?.reason).toContain('<…@…>: no such user')
    // After the suppression it is tried again: one more refusal is enough.
    expect(await on('04-04')).toEqual(refused)
    expect(await on('04-05')).toEqual(suppressed)
    answer('accept')
    expect(await on('05-06')).toEqual({ planned: 1, sent: 1 })
    answer({ reject: '550 5.1.1 no' })
    for (const day of ['05-07', '05-08', '05-09']) expect(await on(day)).toEqual(refused)
    expect(await on('05-10')).toEqual(suppressed)
  })

  test('an unreachable server ends the run, and no mail is given up because of it', async () => {
    for (let at = 0; at < 12; at++) await world.join(`u${at}@example.org`, TELL)
    answer('drop')
    for (let minute = 0; minute < 20; minute += 2) {
      world.setClock(new Date(Date.UTC(2026, 2, 2, 8, minute)).toISOString())
      await world.send()
    }
    const digests = (await world.mails()).filter(({ kind }) => kind === 'digest')
    const waiting = digests.filter(({ state }) => state === 'deferred' || state === 'due')
    expect(waiting).toHaveLength(12)
  })
})

describe('several servers', () => {
  test('send each mail once', async () => {
    const addresses = Array.from({ length: 20 }, (_, at) => `u${at}@example.org`)
    for (const email of addresses) await world.join(email, TELL)
    world.setClock('2026-03-02T08:00:00Z')
    await Promise.all([world.send(), world.send(), world.send(), world.send()])
    for (const email of addresses) expect(world.digestsTo(email)).toHaveLength(1)
  })

  test('a mail whose server died during sending is unknown; one that had not begun is sent', async () => {
    await world.join('sending@example.org', TELL)
    await world.join('ready@example.org', TELL)
    world.setClock('2026-03-02T08:00:00Z')
    const { db } = world.t
    await planDigests(db, world.at)
    const claimed = await claimMails(db, world.at, 2)
    const [sending, ready] = claimed
    if (!sending || !ready) throw new Error('Two mails were expected')
    expect(await beginSending(db, sending.mail)).toBe(true)
    // Another server waits until the claims of the lost one expire.
    expect(await world.send()).toEqual({})
    await db.query(sql`
      update outbox set claimed_until = now() - interval '1 second' where claimed_until is not null`)
    expect(await world.send()).toEqual({ lost: 1, sent: 1 })
    expect(world.digestsTo('sending@example.org')).toHaveLength(0)
    expect(world.digestsTo('ready@example.org')).toHaveLength(1)
    // The lost server must not continue if it returns.
    expect(await beginSending(db, ready.mail)).toBe(false)
  })
})

test('unconfirmed subscribers get nothing, nor do those who unsubscribe while the mail is made', async () => {
  const token = await world.join('left@example.org', TELL)
  await world.join('stays@example.org', TELL)
  await world.ask('never@example.org')
  await world.send()
  world.setClock('2026-03-02T08:00:00Z')
  const { db } = world.t
  await planDigests(db, world.at)
  const claimed = (await claimMails(db, world.at, 10)).toSorted((a, b) =>
    a.subscriber.email < b.subscriber.email ? -1 : 1,
  )
  await unsubscribe(db, token, {}, world.at)
  const begun = await Promise.all(claimed.map(({ mail }) => beginSending(db, mail)))
  expect(claimed.map(({ subscriber }) => subscriber.email)).toEqual([
    'left@example.org',
    'stays@example.org',
  ])
  expect(begun).toEqual([false, true])
  world.setClock('2026-03-03T08:00:00Z')
  await world.send()
  expect(world.digestsTo('left@example.org')).toHaveLength(0)
  expect(world.digestsTo('stays@example.org')).toHaveLength(1)
  expect(world.smtp.taken.filter(({ to }) => to === 'never@example.org')).toHaveLength(1)
  expect(world.digestsTo('never@example.org')).toHaveLength(0)
})

test('a digest of a deleted topic says why it was not made, and delays no other', async () => {
  world.setClock('2026-03-01T12:00:00Z')
  await world.join('gone@example.org', {}, { kind: 'trending', filter: { topics: ['gone'] } })
  await world.join('stays@example.org', TELL)
  world.setClock('2026-03-02T08:00:00Z')
  expect(await world.send()).toEqual({ planned: 2, deferred: 1, sent: 1 })
  const digest = (await world.mails()).find(
    ({ email, kind }) => email === 'gone@example.org' && kind === 'digest',
  )
  expect(digest).toMatchObject({
    state: 'deferred',
    reason: expect.stringMatching(/^the mail could not be made: .*no topic has the slug "gone"/),
  })
})

test('no person gets a paper twice: not across frequencies, nor after a merge', async () => {
  const { db } = world.t
  await world.join('ada@example.org')
  await world.join('ada@example.org', { frequency: 'weekly', weekday: 1 })
  world.setClock('2026-03-02T08:00:00Z')
  await world.addPapers(['A Paper to Merge', 'Some Other Paper'])
  await Promise.all([world.send(), world.send()])
  const digests = world.digestsTo('ada@example.org')
  for (const title of ['A Paper to Merge', 'Some Other Paper'])
    expect(digests.filter((raw) => raw.includes(`. ${title}`))).toHaveLength(1)
  // A new paper absorbs one that was sent.
  world.setClock('2026-03-03T07:00:00Z')
  await world.addPapers(['A Preprint of It'])
  await db.query(sql`
    insert into paper_redirects (id, paper_id)
    select a.id, b.id from papers a, papers b where a.title = 'A Paper to Merge' and b.title = 'A Preprint of It'`)
  world.setClock('2026-03-03T08:00:00Z')
  expect(await world.send()).toMatchObject({ empty: 1 })
})

test('a person followed by two ids appears in one mail after a merge, and in two again after undo', async () => {
  const { db } = world.t
  const by = (orcid: string) => ({
    authors: [
      { name: 'Wei Zhang', affiliation: null, identifiers: [{ scheme: 'orcid', value: orcid }] },
    ],
  })
  await world.addPapers(['Of Looms'], by('0000-0001'))
  await world.addPapers(['Of Threads'], by('0000-0002'))
  const authors = await db.query<{ id: number }>(sql`select id from authors order by id`)
  const ids = authors.map(({ id }) => id)
  const followed = []
  for (const id of ids) {
    const saved = await followAuthor(db, { ref: globalId('Author', id) })
    followed.push({ kind: 'saved' as const, id: saved.id })
  }
  for (const source of followed) await world.join('ada@example.org', TELL, source)
  const mailsOn = async (day: string) => {
    const before = world.digestsTo('ada@example.org').length
    world.setClock(`${day}T08:00:00Z`)
    await world.send()
    return world.digestsTo('ada@example.org').length - before
  }
  expect(await mailsOn('2026-03-02')).toBe(2)
  const merged = await transaction(world.t.url, (tx) =>
    mergeAuthors(tx, ids, { by: 'ada', reason: null }),
  )
  world.setClock('2026-03-03T07:00:00Z')
  await world.addPapers(['Of Wool'], by('0000-0002'))
  expect(await mailsOn('2026-03-03')).toBe(1)
  expect(world.digestsTo('ada@example.org').at(-1)).toContain('Of Wool')
  // Requesting it again returns it.
  await world.ask('ada@example.org', TELL, followed[1])
  expect(await db.query(sql`select from subscriptions`)).toHaveLength(2)
  await transaction(world.t.url, (tx) => undoDecision(tx, merged.id, { by: 'ada', reason: null }))
  expect(await mailsOn('2026-03-04')).toBe(2)
})

describe('followed papers', () => {
  const arxiv = [{ scheme: 'arxiv' as const, value: '2601.00001' }]
  const paper = {
    ...{ key: 'followed', title: 'A Followed Paper', identifiers: arxiv },
    ...{ kind: 'preprint' as const, published: { on: '2026-01-05', precision: 'day' as const } },
  }
  const ends = {
    host: 'github.com',
    owner: 'example',
    name: 'alpha',
    url: 'https://github.com/example/alpha',
  }
  const alpha = { ...ends, isOfficial: true, evidence: 'curated' as const, framework: null }
  const write = (...records: PaperRecord[]) =>
    transaction(world.t.url, (tx) => writeRecords(tx, records))

  /** The log uses the time of the database. */
  async function happensAt(time: string) {
    world.setClock(time)
    await world.t.db.query(
      sql`update changes set at = ${time}::timestamptz where at > now() - interval '1 hour'`,
    )
  }

  test('each event is reported once to each subscriber, in any of the subscriptions', async () => {
    const { db } = world.t
    await write(paperRecord(paper))
    await happensAt('2026-03-01T00:00:00Z')
    await db.query(sql`update papers set created_at = '2026-01-05'`)
    const [{ id: paperId } = { id: 0 }] = await db.query<{ id: number }>(sql`select id from papers`)
    const one = await followPaper(db, { ref: 'arXiv:2601.00001' })
    const two = await saveDocument(db, papersToFollow('bibliography', [paperId], 'My thesis'))
    await world.join('ada@example.org', {}, { kind: 'saved', id: one.id })
    await world.join('ada@example.org', {}, { kind: 'saved', id: two.id })
    await world.join('grace@example.org', {}, { kind: 'saved', id: two.id })
    await write(
      paperRecord({
        ...paper,
        ...{ isRetracted: true, citationCount: 120, repositories: [alpha] },
        ...{
          kind: 'journal_article',
          venue: { ...VENUE },
          identifiers: [...arxiv, { scheme: 'doi', value: '10.5555/x' }],
        },
      }),
    )
    await happensAt('2026-03-02T08:00:00Z')
    // The second subscription of Ada has nothing to report.
    expect(await world.send()).toEqual({ planned: 3, sent: 2, empty: 1 })
    for (const email of ['ada@example.org', 'grace@example.org']) {
      const digests = world.digestsTo(email)
      expect(digests).toHaveLength(1)
      for (const told of [
        'example/alpha',
        'Published in The Venue',
        'Retracted',
        'Reached 100 citations',
      ])
        expect(digests[0]).toContain(told)
    }
    world.setClock('2026-03-03T08:00:00Z')
    expect(await world.send()).toEqual({ planned: 3, empty: 3 })
  })

  test.each([
    {
      told: 'Version 2 of 26 Feb 2024, as became known on 2 Mar 2026',
      on: '2024-02-26',
      kind: 'version',
      number: 2,
    },
    {
      told: 'Retracted on 4 Mar 2021, as became known on 2 Mar 2026',
      on: '2021-03-04',
      kind: 'retraction',
    },
    {
      told: 'Retracted, as became known on 2 Mar 2026',
      on: '2021-03-01',
      kind: 'retraction',
      precision: 'month',
    },
    { told: 'Retracted, as became known on 2 Mar 2026', on: null, kind: 'retraction' },
  ] as const)(
    'an event is not dated by the day on which it became known: $kind of $on',
    async (event) => {
      const { db } = world.t
      const { told, ...claim } = event
      const first = { kind: 'version' as const, on: '2024-01-02', number: 1 }
      await write(paperRecord({ ...paper, events: [first] }))
      await happensAt('2026-03-01T00:00:00Z')
      await db.query(sql`update papers set created_at = '2026-01-05'`)
      const { id } = await followPaper(db, { ref: 'arXiv:2601.00001' })
      await world.join('ada@example.org', {}, { kind: 'saved', id })
      const isRetracted = claim.kind === 'retraction'
      await write(paperRecord({ ...paper, isRetracted, events: [first, claim] }))
      await happensAt('2026-03-02T08:00:00Z')
      expect(await world.send()).toMatchObject({ sent: 1 })
      expect(textOf(world.digestsTo('ada@example.org').at(-1))).toContain(`Why: ${told}`)
    },
  )

  test('events of a refused mail go into the next one', async () => {
    const { db } = world.t
    await write(paperRecord(paper))
    await happensAt('2026-03-01T00:00:00Z')
    await db.query(sql`update papers set created_at = '2026-01-05'`)
    const { id } = await followPaper(db, { ref: 'arXiv:2601.00001' })
    await world.join('ada@example.org', {}, { kind: 'saved', id })
    await write(paperRecord({ ...paper, repositories: [alpha] }))
    await happensAt('2026-03-02T08:00:00Z')
    answer({ reject: '550 5.1.1 no such user' })
    expect(await world.send()).toMatchObject({ refused: 1 })
    answer('accept')
    world.setClock('2026-03-03T08:00:00Z')
    expect(await world.send()).toMatchObject({ sent: 1 })
    expect(world.digestsTo('ada@example.org').at(-1)).toMatch(
      /Got code at example\/alpha, as became known on 2 Mar\s+2026/,
    )
  })
})

const VENUE = { name: 'The Venue', slug: 'the-venue', acronym: null, kind: 'journal' as const }

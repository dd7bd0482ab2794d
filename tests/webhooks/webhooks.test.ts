import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import sql from 'sql-template-tag'
import { Webhook as Verifier } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { connect } from '../../src/db/client.ts'
import { transaction } from '../../src/db/transaction.ts'
import { newestCursor } from '../../src/domain/changes/read.ts'
import { mergeAuthors } from '../../src/domain/curation/authors.ts'
import type { PaperRecord } from '../../src/domain/record/paper-record.ts'
import { settlePeople } from '../../src/domain/write/authors/evidence/settle.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import { createLog } from '../../src/log.ts'
import { type RunningServer, startServer } from '../../src/server/http.ts'
import { globalId } from '../../src/sql/global-id.ts'
import { startWebhooks, type WebhookWorker } from '../../src/webhooks/worker.ts'
import { emptyCatalogue, paperRecord } from '../helpers/catalogue.ts'
import { spawnCli } from '../helpers/cli.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { patientConfig } from '../helpers/patient-config.ts'
import { type Received, type Receiver, startReceiver } from './receiver.ts'

const KEY = 'a-key-of-sixteen-characters'
const log = createLog('silent')

let t: TestDatabase
let server: RunningServer
let receiver: Receiver
let workers: WebhookWorker[] = []

/** The answers of a receiver, by the path of the webhook. */
const ANSWERS: Record<string, (nth: number) => number> = {
  '/fails-twice': (nth) => (nth <= 2 ? 503 : 204),
  '/fails': () => 500,
  '/gone': () => 410,
}

beforeAll(async () => {
  t = await createTestDatabase()
  receiver = await startReceiver(({ path }, response, nth) => {
    if (path === '/redirect') response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
    else if (path === '/hangs-up') response.destroy()
    else if (path === '/stalls') return
    // Delayed, so that a server is killed before it has sent all.
    else if (path === '/killed') setTimeout(() => response.end('ok'), 150)
    else if (path === '/endless') pour(response)
    else response.writeHead(ANSWERS[path]?.(nth) ?? 200).end('ok')
  })
  const config = patientConfig({ PAPERQL_ADMIN_KEY: KEY, WEBHOOK_ALLOW: '127.0.0.1' })
  server = await startServer({ db: t.db, config, log })
})
afterAll(async () => {
  await server.stop()
  await receiver.close()
  await t.close()
})
beforeEach(() => {
  receiver.received.length = 0
})
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()))
  workers = []
  await emptyCatalogue(t.db)
  await t.db.query({ text: 'delete from webhooks', values: [] })
})

/** Ten gigabytes, as fast as the client reads them. */
function pour(response: import('node:http').ServerResponse): void {
  response.writeHead(200)
  const chunk = Buffer.alloc(1_000_000)
  let sent = 0
  const more = () => {
    while (sent < 10_000 && response.write(chunk)) sent++
    if (sent < 10_000 && !response.destroyed) response.once('drain', more)
  }
  more()
}

/** A server that checks often and retries soon. */
function work(db = t.db, options: { retrySeconds?: number[]; timeoutMs?: number } = {}) {
  const { runDocument } = server
  const publicUrl = 'https://papers.example.org'
  workers.push(
    startWebhooks({
      ...{ db, log, runDocument, publicUrl, allow: ['127.0.0.1'], intervalMs: 20 },
      ...{ retrySeconds: [0.02, 0.02, 0.02], timeoutMs: 60_000, ...options },
    }),
  )
}

const write = (...records: PaperRecord[]) => transaction(t.url, (tx) => writeRecords(tx, records))
const paper = (key: string, over: Partial<PaperRecord> = {}) =>
  paperRecord({ key, title: `The paper that is called ${key.repeat(4)}`, ...over })

interface Answer {
  data: Record<string, never> | null
  errors?: { message: string; extensions: { code: string } }[]
}

async function ask(
  query: string,
  variables: object = {},
  key: string | null = KEY,
): Promise<Answer> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
    body: JSON.stringify({ query, variables }),
  })
  return (await response.json()) as Answer
}

interface Made {
  webhook: { id: string; url: string; kinds: string[]; state: string }
  secret: string
}

async function create(path: string, over: object = {}): Promise<Made> {
  const { data, errors } = await ask(
    'mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { secret webhook { id url kinds state } } }',
    { input: { url: receiver.url + path, ...over } },
  )
  expect(errors).toBeUndefined()
  return (data as unknown as { createWebhook: Made }).createWebhook
}

interface Shown {
  state: string
  stateReason: string | null
  pendingCount: number
  deadLetterCount: number
  deadLetters: { id: string; lastError: string; attempts: number; replayFrom: string }[]
}

async function show(id: string): Promise<Shown> {
  const { data } = await ask(
    'query ($id: ID!) { webhook(id: $id) { state stateReason pendingCount deadLetterCount deadLetters { id lastError attempts replayFrom } } }',
    { id },
  )
  return (data as unknown as { webhook: Shown }).webhook
}

/** Waits until a condition holds, and fails if it never does. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(holds, { interval: 20 }).toBe(true)
}

const at = (path: string) => receiver.received.filter((one) => one.path === path)
const idOf = ({ headers }: Received) => String(headers['webhook-id'])

test('changes arrive signed, in a form that a library of Standard Webhooks verifies', async () => {
  const { secret, webhook } = await create('/all')
  expect(webhook).toMatchObject({ state: 'ACTIVE', url: `${receiver.url}/all` })
  await write(paper('a', { identifiers: [{ scheme: 'doi', value: '10.5555/a' }] }))
  work()
  await until(() => at('/all').length === 1)
  const [message] = at('/all') as [Received]
  const verified = new Verifier(secret).verify(message.body, message.headers as never)
  expect(verified).toMatchObject({
    type: 'paper.created',
    data: {
      kind: 'CREATED',
      fields: [],
      paper: {
        title: 'The paper that is called aaaa',
        url: expect.stringMatching(/^https:\/\/papers\.example\.org\/papers\//),
        identifiers: [{ scheme: 'DOI', value: '10.5555/a' }],
        authors: ['Ada Lovelace'],
      },
    },
  })
  expect(message.headers).toMatchObject({
    'content-type': 'application/json',
    'user-agent': expect.stringMatching(/^paperql\//),
  })
  const tampered = message.body.replace('aaaa', 'bbbb')
  expect(() => new Verifier(secret).verify(tampered, message.headers as never)).toThrow()
})

test('a new secret signs together with the former one', async () => {
  const { secret, webhook } = await create('/rotated')
  const { data } = await ask('mutation ($id: ID!) { rotateWebhookSecret(id: $id) { secret } }', {
    id: webhook.id,
  })
  const { secret: next } = (data as unknown as { rotateWebhookSecret: Made }).rotateWebhookSecret
  expect(next).not.toBe(secret)
  const tested = await ask(
    'mutation ($id: ID!) { testWebhook(id: $id) { isDelivered status error } }',
    {
      id: webhook.id,
    },
  )
  expect(tested.data?.testWebhook).toEqual({ isDelivered: true, status: 200, error: null })
  const [message] = at('/rotated') as [Received]
  for (const one of [secret, next])
    expect(new Verifier(one).verify(message.body, message.headers as never)).toMatchObject({
      type: 'webhook.test',
      data: { webhookId: webhook.id },
    })
})

test('a webhook of a saved query reports only papers that it finds', async () => {
  const saved = await ask(
    'mutation { saveQuery(input: { query: "quokka", filter: { published: { from: "2020-01-01" } } }) { id } }',
  )
  const { id } = (saved.data as unknown as { saveQuery: { id: string } }).saveQuery
  const { webhook } = await create('/saved', { savedQuery: id })
  expect(webhook.kinds).not.toContain('UPDATED')
  const old = { on: '2001-01-01', precision: 'year' as const }
  await write(
    paper('a', { title: 'On the habits of the quokka' }),
    paper('b', { title: 'On the habits of the wombat' }),
    paper('c', { title: 'Early notes on a quokka of old', published: old }),
  )
  work()
  await until(async () => (await show(webhook.id)).pendingCount === 0 && at('/saved').length > 0)
  expect(at('/saved').map(({ body }) => JSON.parse(body).data.paper.title)).toEqual([
    'On the habits of the quokka',
  ])
})

const FOLLOWED: Partial<PaperRecord> = {
  identifiers: [{ scheme: 'doi', value: '10.5555/followed' }],
}

test('a webhook of a followed paper reports its changes', async () => {
  await write(paper('a', FOLLOWED), paper('b'))
  const { data } = await ask('mutation { followPaper(ref: "10.5555/followed") { id } }')
  const { id } = (data as unknown as { followPaper: { id: string } }).followPaper
  await create('/followed', { savedQuery: id, kinds: ['UPDATED'] })
  for (const key of ['a', 'b'])
    await write(paper(key, { abstract: 'It has an abstract now.', ...(key === 'a' && FOLLOWED) }))
  work()
  await until(() => at('/followed').length === 1)
  const [{ body }] = at('/followed') as [Received]
  expect(JSON.parse(body).data).toMatchObject({
    kind: 'UPDATED',
    fields: expect.arrayContaining(['abstract']),
    paper: { title: 'The paper that is called aaaa' },
  })
})

test('webhooks follow a merged author, by either id and by a filter', async () => {
  const byline = (name: string) => ({ authors: [{ name, identifiers: [], affiliation: null }] })
  await write(paper('a', byline('Maria Mitchell')), paper('b', byline('Marie Michel')))
  const authors = await t.db.query<{ id: number; name: string }>(
    sql`select id, name from authors order by id`,
  )
  const [stays = 0, goes = 0] = authors.map(({ id }) => id)
  const { data } = await ask(`mutation {
    stays: followAuthor(ref: "${globalId('Author', stays)}") { id }
    goes: followAuthor(ref: "${globalId('Author', goes)}") { id }
    filter: saveQuery(input: { filter: { authors: ["${globalId('Author', goes)}"] } }) { id } }`)
  const saved = Object.entries(data as unknown as Record<string, { id: string }>)
  expect(saved.map(([name]) => name)).toEqual(['stays', 'goes', 'filter'])
  for (const [name, { id }] of saved)
    await create(`/${name}`, { savedQuery: id, kinds: ['UPDATED'] })
  await transaction(t.url, (tx) => mergeAuthors(tx, [stays, goes], { by: 'ada', reason: null }))
  await settlePeople(t.url)
  const abstract = 'It has an abstract now.'
  await write(
    paper('a', { ...byline('Maria Mitchell'), abstract }),
    paper('b', { ...byline('Marie Michel'), abstract }),
  )
  work()
  const told = (name: string) =>
    at(`/${name}`)
      .map(({ body }) => JSON.parse(body).data)
      .filter(({ fields }) => fields.includes('abstract'))
      .map(({ paper: { title } }) => title)
      .sort()
  const both = ['The paper that is called aaaa', 'The paper that is called bbbb']
  await until(() => saved.every(([name]) => told(name).length >= 2))
  for (const [name] of saved) expect(told(name)).toEqual(both)
})

test('a failed message is tried again with its id and a new time, until it is accepted', async () => {
  const { secret, webhook } = await create('/fails-twice', { kinds: ['CREATED'] })
  await write(paper('a'))
  work()
  await until(() => at('/fails-twice').length === 3)
  expect(new Set(at('/fails-twice').map(idOf)).size).toBe(1)
  for (const { body, headers } of at('/fails-twice'))
    expect(new Verifier(secret).verify(body, headers as never)).toBeDefined()
  await until(async () => (await show(webhook.id)).pendingCount === 0)
  expect(await show(webhook.id)).toMatchObject({ state: 'ACTIVE', deadLetterCount: 0 })
})

test('messages that fail for good are dead letters; five in a row disable a webhook, and a replay sends all again', async () => {
  const { webhook } = await create('/fails', { kinds: ['CREATED'] })
  await write(...'abcde'.split('').map((key) => paper(key)))
  work()
  await until(async () => (await show(webhook.id)).state === 'DISABLED')
  const shown = await show(webhook.id)
  expect(shown.stateReason).toBe(
    '5 messages in a row could not be delivered; the last attempt answered with status 500.',
  )
  expect(shown.deadLetters).toHaveLength(5)
  expect(shown.deadLetters[0]).toMatchObject({ attempts: 4, lastError: 'answered with status 500' })
  expect(at('/fails')).toHaveLength(20)
  const failed = new Set(at('/fails').map(idOf))
  ANSWERS['/fails'] = () => 200
  receiver.received.length = 0
  const from = shown.deadLetters.at(-1)?.replayFrom
  await ask(
    'mutation ($id: ID!, $from: String!) { replayWebhook(id: $id, from: $from) { cursor } }',
    {
      id: webhook.id,
      from,
    },
  )
  await ask('mutation ($id: ID!) { updateWebhook(id: $id, input: { isActive: true }) { state } }', {
    id: webhook.id,
  })
  await until(() => at('/fails').length === 5)
  expect(new Set(at('/fails').map(idOf))).toEqual(failed)
  await until(async () => (await show(webhook.id)).deadLetterCount === 0)
})

test('a receiver that answers 410 gets no more messages', async () => {
  const { webhook } = await create('/gone')
  await write(paper('a'))
  work()
  await until(async () => (await show(webhook.id)).state === 'DISABLED')
  expect((await show(webhook.id)).stateReason).toMatch(/^The receiver answered with status 410/)
  await delay(100)
  expect(at('/gone')).toHaveLength(1)
})

test('redirects, silence, hang-ups and endless answers end, and delay no other webhook', async () => {
  const bad = await Promise.all(['/redirect', '/stalls', '/hangs-up'].map((path) => create(path)))
  await create('/endless')
  await create('/good')
  await write(paper('a'))
  work(t.db, { timeoutMs: 3_000, retrySeconds: [] })
  await until(() => at('/good').length === 1)
  await until(async () => {
    const shown = await Promise.all(bad.map(({ webhook }) => show(webhook.id)))
    return shown.every(({ deadLetterCount }) => deadLetterCount === 1)
  })
  const errors = await Promise.all(
    bad.map(async ({ webhook }) => (await show(webhook.id)).deadLetters[0]?.lastError),
  )
  expect(errors[0]).toBe('answered with status 302; redirects are not followed')
  expect(errors[1]).toBe('did not answer within 3 s')
  expect(errors[2]).toMatch(/socket hang up|ECONNRESET/)
  await until(() => at('/endless').length === 1)
  await delay(100)
  expect(at('/endless')).toHaveLength(1)
})

test('several servers send each message once', async () => {
  await create('/once', { kinds: ['CREATED'] })
  const others = [connect(t.url, { poolSize: 3 }), connect(t.url, { poolSize: 3 })]
  try {
    for (const db of [t.db, ...others]) work(db)
    for (let batch = 0; batch < 6; batch++)
      await write(
        ...Array.from({ length: 20 }, (_, i) =>
          paper(`${batch}-${i}`, {
            title: `Number ${batch * 20 + i} in words ${'x'.repeat(batch * 20 + i + 1)}`,
          }),
        ),
      )
    await until(() => at('/once').length >= 120)
    await delay(300)
    expect([at('/once').length, new Set(at('/once').map(idOf)).size]).toEqual([120, 120])
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()))
    workers = []
    await Promise.all(others.map((db) => db.close()))
  }
})

test('a server that died with a message leaves it to another', async () => {
  const { webhook } = await create('/left', { kinds: ['CREATED'] })
  await write(paper('a'))
  work()
  await until(() => at('/left').length === 1)
  await until(async () => (await show(webhook.id)).pendingCount === 0)
  // The state left by a server that ended after the receiver's answer and before it recorded that.
  await t.db.query({
    text: "update webhook_messages set state = 'pending', finished_at = null, next_attempt_at = now()",
    values: [],
  })
  await until(() => at('/left').length === 2)
  expect(new Set(at('/left').map(idOf)).size).toBe(1)
})

test('a resumed webhook gets the changes that it missed; a deleted one gets none', async () => {
  const { webhook } = await create('/paused', { kinds: ['CREATED'] })
  await ask(
    'mutation ($id: ID!) { updateWebhook(id: $id, input: { isActive: false }) { state } }',
    webhook,
  )
  work()
  await write(paper('a'))
  await delay(200)
  expect(at('/paused')).toHaveLength(0)
  await ask(
    'mutation ($id: ID!) { updateWebhook(id: $id, input: { isActive: true }) { state } }',
    webhook,
  )
  await until(() => at('/paused').length === 1)
  const gone = await ask('mutation ($id: ID!) { deleteWebhook(id: $id) { state } }', webhook)
  expect(gone).toEqual({ data: { deleteWebhook: { state: 'ACTIVE' } } })
  expect(await show(webhook.id)).toBeNull()
})

test('a webhook whose changes are no longer kept is disabled, with that reason', async () => {
  const { webhook } = await create('/old')
  await t.db.query({ text: "update webhooks set cursor = '0000000000000000-0'", values: [] })
  await write(paper('a'))
  work()
  await until(async () => (await show(webhook.id)).state === 'DISABLED')
  expect((await show(webhook.id)).stateReason).toMatch(/is of another catalogue.*Resync/)
})

test('a webhook whose saved query names a deleted object is disabled, and delays no other', async () => {
  const topic = { slug: 'gone', name: 'Gone', kind: 'task' as const, score: null, source: 'test' }
  await write(paper('a', { topics: [topic] }))
  const saved = await ask('mutation { saveQuery(input: { filter: { topics: ["gone"] } }) { id } }')
  const { id } = (saved.data as unknown as { saveQuery: { id: string } }).saveQuery
  const { webhook } = await create('/topic', { savedQuery: id })
  await create('/other', { kinds: ['CREATED'] })
  await emptyCatalogue(t.db)
  await write(paper('b'))
  work()
  await until(() => at('/other').length === 1)
  await until(async () => (await show(webhook.id)).state === 'DISABLED')
  expect((await show(webhook.id)).stateReason).toMatch(/gone/)
})

const REFUSALS: [query: string, code: string, message: RegExp, key?: string | null][] = [
  [
    '{ webhooks { id } }',
    'UNAUTHENTICATED',
    /Webhooks are shown only to holders of the admin key/,
    null,
  ],
  ['{ webhooks { id } }', 'UNAUTHENTICATED', /not the admin key/, 'another-key-of-sixteen'],
  ...[
    'createWebhook(input: { url: "https://8.8.8.8/" }) { secret }',
    'updateWebhook(id: "1", input: {}) { id }',
    'deleteWebhook(id: "1") { id }',
    'rotateWebhookSecret(id: "1") { secret }',
    'testWebhook(id: "1") { status }',
  ].map((mutation): (typeof REFUSALS)[number] => [
    `mutation { ${mutation} }`,
    'UNAUTHENTICATED',
    /Webhooks are changed only by holders of the admin key/,
    null,
  ]),
  [
    'mutation { createWebhook(input: { url: "https://127.0.0.2/" }) { secret } }',
    'FORBIDDEN',
    /127\.0\.0\.2 is not a public address/,
  ],
  [
    'mutation { createWebhook(input: { url: "nope" }) { secret } }',
    'BAD_USER_INPUT',
    /"nope" is not a URL/,
  ],
  [
    'mutation { createWebhook(input: { url: "https://8.8.8.8/", kinds: [] }) { secret } }',
    'BAD_USER_INPUT',
    /^kinds is empty; expected/,
  ],
  [
    'mutation { createWebhook(input: { url: "https://8.8.8.8/", savedQuery: "x" }) { secret } }',
    'NOT_FOUND',
    /no saved query "x"/,
  ],
  [
    'mutation { createWebhook(input: { url: "https://8.8.8.8/", since: "x" }) { secret } }',
    'BAD_USER_INPUT',
    /"x" is not a cursor of changes/,
  ],
  ['mutation { updateWebhook(id: "999", input: {}) { id } }', 'NOT_FOUND', /no webhook "999"/],
  ['mutation { rotateWebhookSecret(id: "x") { secret } }', 'NOT_FOUND', /no webhook "x"/],
]

test.each(REFUSALS)('%s is refused with %s', async (query, code, message, key = KEY) => {
  const { errors } = await ask(query, {}, key)
  expect(errors?.[0]).toMatchObject({
    extensions: { code },
    message: expect.stringMatching(message),
  })
})

test('a replay needs a cursor of this log', async () => {
  const { webhook } = await create('/replay')
  const replay = (from: string) =>
    ask('mutation ($id: ID!, $from: String!) { replayWebhook(id: $id, from: $from) { id } }', {
      id: webhook.id,
      from,
    })
  expect((await replay('x')).errors?.[0]).toMatchObject({
    extensions: { code: 'BAD_USER_INPUT' },
    message: expect.stringMatching(/^from: "x" is not a cursor/),
  })
  expect((await replay('0000000000000000-1')).errors?.[0]?.extensions.code).toBe('CONFLICT')
  expect((await replay(await newestCursor(t.db))).errors).toBeUndefined()
})

test('an address that is refused later gets no connection', async () => {
  const { webhook } = await create('/moved', { kinds: ['CREATED'] })
  await t.db.query({
    text: "update webhooks set url = replace(url, '127.0.0.1', '127.0.0.2')",
    values: [],
  })
  await write(paper('a'))
  work(t.db, { retrySeconds: [] })
  await until(async () => (await show(webhook.id)).deadLetterCount === 1)
  expect((await show(webhook.id)).deadLetters[0]?.lastError).toMatch(/127\.0\.0\.2 is not a public/)
})

test('servers killed while sending lose no message, and a repeated one has its id', async () => {
  await create('/killed', { kinds: ['CREATED'] })
  const count = 60
  await write(
    ...Array.from({ length: count }, (_, i) => paper(`k${String.fromCodePoint(0x4e00 + i)}`)),
  )
  const env = {
    ...{ DATABASE_URL: t.url, PORT: '0', WEBHOOK_ALLOW: '127.0.0.1', LOG_LEVEL: 'silent' },
    PAPERQL_ADMIN_KEY: KEY,
  }
  for (const enough of [3, 12]) {
    const child = spawnCli(['serve'], { env })
    const ended = once(child, 'exit')
    await until(() => at('/killed').length >= enough)
    child.kill('SIGKILL')
    expect(await ended).toEqual([null, 'SIGKILL'])
    // Its claims expire.
    await t.db.query(
      sql`update webhook_messages set next_attempt_at = now() where state = 'pending'`,
    )
  }
  const known = new Set(at('/killed').map(idOf))
  expect(known.size).toBeLessThan(count)
  work()
  await until(() => new Set(at('/killed').map(idOf)).size === count)
  const papers = new Map<string, Set<string>>()
  for (const one of at('/killed')) {
    const { paperId } = JSON.parse(one.body).data
    papers.set(paperId, (papers.get(paperId) ?? new Set()).add(idOf(one)))
  }
  expect([papers.size, [...papers.values()].every((ids) => ids.size === 1)]).toEqual([count, true])
})

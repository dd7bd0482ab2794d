import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tokenHash } from '../../src/domain/access/token.ts'
import type { FieldCost } from '../../src/graphql/cost.ts'
import { schema } from '../../src/graphql/index.ts'
import type { TestDatabase } from '../helpers/database.ts'
import { askWell } from '../helpers/graphql.ts'
import { createSeededDatabase, ORCID } from './seeded-catalogue.ts'

const TOKEN = 'a'.repeat(43)

/** An operation for each field of Mutation, and its number of statements, without BEGIN and COMMIT. */
const TRIED: Record<string, [mutation: string, statements: number]> = {
  confirmSubscription: [`mutation { confirmSubscription(token: "${TOKEN}") { state } }`, 1],
  followAuthor: [`mutation { followAuthor(ref: "${ORCID}") { id } }`, 3],
  followBibliography: [
    'mutation { followBibliography(text: "@misc{x, title = {None of these}}") { entries { key } } }',
    3,
  ],
  followPaper: ['mutation { followPaper(ref: "arXiv:2101.00001") { id } }', 3],
  followRepository: ['mutation { followRepository(ref: "example/alpha") { id } }', 3],
  requestSignIn: ['mutation { requestSignIn(email: "ada@example.org") { message } }', 4],
  saveQuery: ['mutation { saveQuery(input: { filter: { minStars: 1 } }) { id } }', 1],
  subscribe: [
    `mutation { subscribe(input: { email: "ada@example.org", frequency: DAILY, timeZone: "UTC", hour: 8 }) { message } }`,
    7,
  ],
  updateSubscription: [
    `mutation { updateSubscription(token: "${TOKEN}", input: { hour: 9 }) { hour } }`,
    2,
  ],
  unsubscribe: [`mutation { unsubscribe(token: "${TOKEN}") { state } }`, 3],
}

const ADMIN = 'needs the admin key: webhooks.test.ts'
/** Mutations tested elsewhere, with the reason. */
const ELSEWHERE: Record<string, string> = {
  createWebhook: ADMIN,
  deleteWebhook: ADMIN,
  replayWebhook: ADMIN,
  rotateWebhookSecret: ADMIN,
  testWebhook: ADMIN,
  updateWebhook: ADMIN,
  signIn: 'needs a link: pages/votes.test.ts',
  signOut: 'needs a session: pages/votes.test.ts',
  removeUpvote: 'needs a voter: votes/upvote.test.ts',
  upvotePaper: 'needs a voter: votes/upvote.test.ts',
}

let t: TestDatabase
beforeAll(async () => {
  ;({ t } = await createSeededDatabase())
  await t.db.query(sql`
    with one as (insert into subscribers (email, email_key) values ('x@example.org', 'x@example.org') returning id),
    two as (insert into subscriptions (subscriber_id, state, frequency, weekday, time_zone, hour, source, source_key, size, empty_days)
      select id, 'active', 'daily', 1, 'UTC', 8, '{"kind":"trending","filter":{}}', '', 5, 'skip' from one returning id)
    insert into outbox (subscription_id, kind, state, due_at, try_at, token_hash)
    select id, 'confirm', 'sent', now(), now(), ${tokenHash(TOKEN)} from two`)
})
afterAll(() => t.close())

const fields = schema.getMutationType()?.getFields() ?? {}
const names = Object.keys(fields)

test('each field of Mutation is tested here', () => {
  expect(Object.keys({ ...TRIED, ...ELSEWHERE }).toSorted()).toEqual(names.toSorted())
})

test.each(Object.entries(TRIED))('%s takes a fixed number of statements', async (_, tried) => {
  const [mutation, count] = tried
  expect((await askWell(t, mutation)).statements).toHaveLength(count)
})

test.each(names)('%s has a cost, and its null does not null the whole answer', (name) => {
  const { cost } = (fields[name]?.extensions ?? {}) as { cost?: FieldCost }
  expect(cost).toBeDefined()
  expect(String(fields[name]?.type)).not.toMatch(/!$/)
})

const src = fileURLToPath(new URL('../../src/', import.meta.url))
const guides = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => readFileSync(`${src}${file}`, 'utf8'))
  .join('\n')

test.each(names)('%s is in a guide', (name) => {
  expect(guides).toMatch(new RegExp(`\`${name}[\`(]|\\b${name}\\s*[({]`))
})

import { and, asc, count, desc, eq, type InferSelectModel, inArray, sql } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { orm } from '../db/orm.ts'
import { CHANGE_KINDS, type ChangeKind } from '../db/tables/vocabulary.ts'
import { webhookMessages, webhooks } from '../db/tables/webhooks.ts'
import { wantedKinds } from '../domain/changes/kinds.ts'
import { newestCursor, readChanges } from '../domain/changes/read.ts'
import { findSavedQuery } from '../domain/saved/saved-query.ts'
import { AppError, quote } from '../errors.ts'
import type { AllowedHosts } from './address.ts'
import { createSecret } from './signature.ts'
import { parseWebhookUrl } from './url.ts'

export type Webhook = InferSelectModel<typeof webhooks>
export type WebhookMessage = InferSelectModel<typeof webhookMessages>

/** Time for which the former secret still signs, so that a receiver has time to adopt the new one. */
export const FORMER_SECRET_HOURS = 24

/** Maximum webhooks of a catalogue: each reads the change log. */
const MOST_WEBHOOKS = 1000

/** Default kinds: news about a paper itself. The other kinds matter to copies of the catalogue, but not to most receivers. */
const NEWS = CHANGE_KINDS.filter(
  (kind) => !['updated', 'merged', 'split', 'deleted'].includes(kind),
)

export interface WebhookInput {
  name?: string | null | undefined
  url: string
  savedQuery?: string | null | undefined
  kinds?: readonly ChangeKind[] | null | undefined
  since?: string | null | undefined
}

/** Adds a webhook. It receives changes from now on, or those after a cursor of the change log. */
export async function createWebhook(
  db: Database,
  { name, url, savedQuery, kinds, since }: WebhookInput,
  allowed: AllowedHosts,
): Promise<Webhook> {
  const [{ many = 0 } = {}] = await orm(db).select({ many: count() }).from(webhooks)
  if (many >= MOST_WEBHOOKS)
    throw new AppError('CONFLICT', `The limit of ${MOST_WEBHOOKS} webhooks is reached; delete one.`)
  const values = {
    name: name?.trim() || null,
    url: await parseWebhookUrl(url, allowed),
    savedQueryId: savedQuery == null ? null : await savedIdOf(db, savedQuery),
    kinds: wantedKinds(kinds) ?? (savedQuery == null ? [...CHANGE_KINDS] : NEWS),
    cursor: since == null ? await newestCursor(db) : await assertCursor(db, since, 'since'),
    secret: createSecret(),
  }
  const [made] = await orm(db).insert(webhooks).values(values).returning()
  return made as Webhook
}

export interface WebhookChanges {
  name?: string | null | undefined
  url?: string | null | undefined
  kinds?: readonly ChangeKind[] | null | undefined
  isActive?: boolean | null | undefined
}

/** Changes the given fields. A reactivated webhook continues where it stopped. */
export async function updateWebhook(
  db: Database,
  id: string,
  { name, url, kinds, isActive }: WebhookChanges,
  allowed: AllowedHosts,
): Promise<Webhook> {
  const known = await getWebhook(db, id)
  const values = {
    name: name === undefined ? known.name : name?.trim() || null,
    url: url == null ? known.url : await parseWebhookUrl(url, allowed),
    kinds: wantedKinds(kinds) ?? known.kinds,
    ...(isActive === true && { state: 'active' as const, stateReason: null, deadInARow: 0 }),
    ...(isActive === false && { state: 'paused' as const, stateReason: null }),
  }
  const [changed] = await orm(db)
    .update(webhooks)
    .set(values)
    .where(eq(webhooks.id, known.id))
    .returning()
  return changed ?? Promise.reject(unknown(id))
}

/** Deletes a webhook and its messages. */
export async function deleteWebhook(db: Database, id: string): Promise<Webhook> {
  const number = parseWebhookId(id)
  const [gone] =
    number === null ? [] : await orm(db).delete(webhooks).where(eq(webhooks.id, number)).returning()
  return gone ?? Promise.reject(unknown(id))
}

/** Replaces the secret of a webhook; messages are signed with both secrets for a day. */
export async function rotateSecret(db: Database, id: string): Promise<Webhook> {
  const known = await getWebhook(db, id)
  const [changed] = await orm(db)
    .update(webhooks)
    .set({
      secret: createSecret(),
      formerSecret: sql`${webhooks.secret}`,
      formerSecretUntil: sql`now() + make_interval(hours => ${FORMER_SECRET_HOURS}::int)`,
    })
    .where(eq(webhooks.id, known.id))
    .returning()
  return changed ?? Promise.reject(unknown(id))
}

/** Sends all changes after a cursor again, each with its original message id. */
export async function replayWebhook(db: Database, id: string, from: string): Promise<Webhook> {
  const known = await getWebhook(db, id)
  const cursor = await assertCursor(db, from, 'from')
  const [changed] = await orm(db)
    .update(webhooks)
    .set({ cursor })
    .where(eq(webhooks.id, known.id))
    .returning()
  return changed ?? Promise.reject(unknown(id))
}

/** Webhooks in the order in which they were added. */
export async function listWebhooks(db: Database): Promise<Webhook[]> {
  return await orm(db).select().from(webhooks).orderBy(asc(webhooks.createdAt), asc(webhooks.id))
}

/** The webhook with an id as clients write it; null if there is none. */
export async function findWebhook(db: Database, id: string): Promise<Webhook | null> {
  const number = parseWebhookId(id)
  if (number === null) return null
  const [found] = await orm(db).select().from(webhooks).where(eq(webhooks.id, number))
  return found ?? null
}

/** Like `findWebhook`. Throws NOT_FOUND if there is none. */
export async function getWebhook(db: Database, id: string): Promise<Webhook> {
  return (await findWebhook(db, id)) ?? Promise.reject(unknown(id))
}

function parseWebhookId(text: string): number | null {
  const number = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(number) ? number : null
}

const unknown = (id: string) => new AppError('NOT_FOUND', `id: there is no webhook ${quote(id)}.`)

/** Number of messages of webhooks in each state. */
export async function countMessages(
  db: Database,
  ids: readonly number[],
): Promise<Map<number, Record<string, number>>> {
  const rows = await orm(db)
    .select({ id: webhookMessages.webhookId, state: webhookMessages.state, many: count() })
    .from(webhookMessages)
    .where(inArray(webhookMessages.webhookId, [...ids]))
    .groupBy(webhookMessages.webhookId, webhookMessages.state)
  const counts = new Map<number, Record<string, number>>(ids.map((id) => [id, {}]))
  for (const { id, state, many } of rows) {
    const states = counts.get(id)
    if (states) states[state] = Number(many)
  }
  return counts
}

/** Dead messages, latest change first. */
export async function listDeadLetters(
  db: Database,
  webhookId: number,
  first: number,
): Promise<WebhookMessage[]> {
  return await orm(db)
    .select()
    .from(webhookMessages)
    .where(and(eq(webhookMessages.webhookId, webhookId), eq(webhookMessages.state, 'dead')))
    .orderBy(desc(webhookMessages.changeId))
    .limit(first)
}

/** The valid secrets, newest first. */
export function secretsOf({ secret, formerSecret, formerSecretUntil }: Webhook): string[] {
  const isValid = formerSecretUntil !== null && new Date(formerSecretUntil) > new Date()
  return formerSecret !== null && isValid ? [secret, formerSecret] : [secret]
}

async function savedIdOf(db: Database, id: string): Promise<string> {
  const saved = await findSavedQuery(db, id)
  if (saved) return saved.id
  throw new AppError('NOT_FOUND', `savedQuery: there is no saved query ${quote(id)}.`)
}

/** Throws if the change log cannot be read from a cursor. */
async function assertCursor(db: Database, cursor: string, argument: string): Promise<string> {
  await readChanges(db, { since: cursor, sinceName: argument, first: 1 })
  return cursor.trim()
}

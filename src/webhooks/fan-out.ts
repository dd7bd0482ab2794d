import { createHash } from 'node:crypto'
import { and, count, eq, ne, sql } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { orm } from '../db/orm.ts'
import { webhookMessages, webhooks } from '../db/tables/webhooks.ts'
import { changeCursor, parseChangeCursor } from '../domain/changes/cursor.ts'
import { type Change, newestCursor, readChanges } from '../domain/changes/read.ts'
import { changesOfSaved } from '../domain/saved/papers.ts'
import { findSavedQuery } from '../domain/saved/saved-query.ts'
import { AppError } from '../errors.ts'
import type { RunDocument } from '../run-document.ts'
import { payloadsOf } from './payload.ts'
import type { Webhook } from './webhook.ts'

/** No more messages are created while a webhook has this number pending: the change log keeps the rest. */
const MOST_PENDING = 1000

/** Changes read at a time: as many papers as one document may read. */
const CHANGES_AT_ONCE = 100

/** Pages of changes processed for one webhook before the next webhook's turn. */
const PAGES_AT_ONCE = 20

export interface FanOutOptions {
  db: Database
  runDocument: RunDocument
  publicUrl: string
  signal: AbortSignal
}

/** Creates the messages of all webhooks that are behind the change log. Resolves to their number. */
export async function fanOut(options: FanOutOptions): Promise<number> {
  const { db, signal } = options
  const behind = await orm(db)
    .select()
    .from(webhooks)
    .where(and(eq(webhooks.state, 'active'), ne(webhooks.cursor, await newestCursor(db))))
  let made = 0
  const faults: unknown[] = []
  for (const webhook of behind) {
    if (signal.aborted) break
    try {
      made += await catchUp(webhook, options)
    } catch (error) {
      // A failure must not hold up the others.
      faults.push(error)
    }
  }
  if (faults.length > 0) throw faults[0]
  return made
}

async function catchUp(webhook: Webhook, options: FanOutOptions): Promise<number> {
  let made = 0
  let { cursor } = webhook
  for (let page = 0; page < PAGES_AT_ONCE && !options.signal.aborted; page++) {
    if ((await countPending(options.db, webhook.id)) >= MOST_PENDING) break
    const step = await advance({ ...webhook, cursor }, options)
    if (!step) break
    made += step.made
    cursor = step.cursor
    if (!step.hasMore) break
  }
  return made
}

async function countPending(db: Database, webhookId: number): Promise<number> {
  const [row] = await orm(db)
    .select({ many: count() })
    .from(webhookMessages)
    .where(and(eq(webhookMessages.webhookId, webhookId), eq(webhookMessages.state, 'pending')))
  return Number(row?.many)
}

/** Creates the messages of the next changes. Null if another server did so, or if the webhook was disabled. */
async function advance(webhook: Webhook, { db, runDocument, publicUrl }: FanOutOptions) {
  const page = await nextChanges(db, webhook)
  if (!page) return null
  const { changes, endCursor, hasMore } = page
  const payloads = await payloadsOf(runDocument, publicUrl, changes)
  const rows = changes.map((change, i) => ({
    id: messageId(webhook.id, change),
    webhookId: webhook.id,
    changeId: change.id,
    replayFrom: cursorBefore(change),
    type: payloads[i]?.type ?? '',
    body: payloads[i]?.body ?? '',
  }))
  const isOurs = await db.transaction(async (tx) => {
    // Only one of several servers advances the cursor and inserts the messages.
    const moved = await orm(tx)
      .update(webhooks)
      .set({ cursor: endCursor })
      .where(and(eq(webhooks.id, webhook.id), eq(webhooks.cursor, webhook.cursor)))
      .returning({ id: webhooks.id })
    if (moved.length > 0 && rows.length > 0)
      await orm(tx)
        .insert(webhookMessages)
        .values(rows)
        .onConflictDoUpdate({
          target: webhookMessages.id,
          set: {
            state: 'pending',
            attempts: 0,
            body: sql`excluded.body`,
            nextAttemptAt: sql`now()`,
            finishedAt: null,
          },
        })
    return moved.length > 0
  })
  return isOurs ? { made: rows.length, cursor: endCursor, hasMore } : null
}

/**
 * The next changes to send to a webhook. If they are no longer kept, or the saved query refers to something deleted, disables the webhook
 * and returns null.
 */
async function nextChanges(db: Database, { id, cursor, kinds, savedQueryId }: Webhook) {
  const saved = savedQueryId === null ? null : await findSavedQuery(db, savedQueryId)
  const query = { since: cursor, kinds, first: CHANGES_AT_ONCE }
  try {
    return saved ? await changesOfSaved(db, saved.document, query) : await readChanges(db, query)
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'UNAVAILABLE') throw error
    await orm(db)
      .update(webhooks)
      .set({ state: 'disabled', stateReason: error.message })
      .where(eq(webhooks.id, id))
    return null
  }
}

/** Always the same for a change, so that receivers can recognise duplicates. */
function messageId(webhookId: number, { cursor }: Change): string {
  const hash = createHash('sha256').update(`${webhookId} ${cursor}`).digest('hex')
  return `msg_${hash.slice(0, 32)}`
}

function cursorBefore({ cursor }: Change): string {
  const { log, id } = parseChangeCursor(cursor, 'cursor')
  return changeCursor({ log, id: id - 1 })
}

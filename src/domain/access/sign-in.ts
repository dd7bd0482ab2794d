import { createHmac } from 'node:crypto'
import { and, eq, inArray, lt, lte, sql } from 'drizzle-orm'
import { DAY_MS } from '../../day.ts'
import type { Database } from '../../db/client.ts'
import { orm } from '../../db/orm.ts'
import { sessions, signIns } from '../../db/tables/access.ts'
import { catalogueIdentity } from '../../db/tables/identity.ts'
import { AppError } from '../../errors.ts'
import { parseEmailAddress } from './email-address.ts'
import { createToken, tokenHash } from './token.ts'

type SignIn = typeof signIns.$inferSelect

/** Validity of a link to sign in, in hours. */
export const SIGN_IN_HOURS = 2
/** Length of a session, in days. */
export const SESSION_DAYS = 180

/** Waits before each retry of a mail, in minutes: some servers refuse the first mail of an unknown sender. */
const WAITS_MIN = [2, 6, 15, 30]
/** Minutes that a server may take to send a mail before another server tries. */
const CLAIM_MIN = 5

/** Queues a mail with a link to an address. Takes the same time for known and unknown addresses. */
export async function requestSignIn(
  db: Database,
  { email, paper }: { email: string; paper: string | null },
  now: Date,
): Promise<void> {
  const { address, key } = parseEmailAddress(email)
  const at = now.toISOString()
  await orm(db)
    .insert(signIns)
    .values({
      ...{ email: address, paper, state: 'due', tryAt: at, createdAt: at },
      voter: await voterOf(db, key),
    })
}

/** The voter of an address: a hash, so that addresses need not be stored. Constant for the lifetime of the catalogue. */
async function voterOf(db: Database, emailKey: string): Promise<string> {
  await orm(db).insert(catalogueIdentity).values({}).onConflictDoNothing()
  const [row] = await orm(db).select({ id: catalogueIdentity.id }).from(catalogueIdentity)
  if (!row) throw new Error('The identity of the catalogue was not written')
  return `mail:${createHmac('sha256', row.id).update(emailKey).digest('hex')}`
}

/** A mail for this server to send, with the token of its link. */
export interface DueSignIn {
  signIn: SignIn
  email: string
  token: string
}

/** Claims a mail that is due, so that no other server sends it; null if there is none. A mail sent twice is harmless. */
export async function claimSignIn(db: Database, now: Date): Promise<DueSignIn | null> {
  const { token, hash } = createToken()
  const due = orm(db)
    .select({ id: signIns.id })
    .from(signIns)
    .where(and(inArray(signIns.state, ['due', 'sending']), lte(signIns.tryAt, now.toISOString())))
    .orderBy(signIns.tryAt)
    .limit(1)
    .for('update', { skipLocked: true })
  const [signIn] = await orm(db)
    .update(signIns)
    .set({ state: 'sending', tokenHash: hash, tryAt: after(now, CLAIM_MIN) })
    .where(inArray(signIns.id, due))
    .returning()
  return signIn?.email ? { signIn, email: signIn.email, token } : null
}

/**
 * Stores the outcome of a mail. A deferred mail is tried again as long as its link is valid. A mail that was not tried because the
 * server was stopped is due at once.
 */
export async function recordSignInMail(
  db: Database,
  { id, attempts, createdAt, tokenHash: hash }: SignIn,
  outcome: 'accepted' | 'deferred' | 'stopped' | 'refused' | 'unknown',
  now: Date,
): Promise<void> {
  const tries = outcome === 'stopped' ? attempts : attempts + 1
  const wait = outcome === 'stopped' ? 0 : outcome === 'deferred' ? WAITS_MIN[attempts] : undefined
  const isRetried = wait !== undefined && isValid(createdAt, now)
  const isTaken = outcome === 'accepted' || outcome === 'unknown'
  await orm(db)
    .update(signIns)
    .set(
      isRetried
        ? { state: 'due', attempts: tries, tryAt: after(now, wait) }
        : { state: isTaken ? 'sent' : 'failed', email: null },
    )
    // The link may have been used already, or another server may have claimed the mail.
    .where(and(eq(signIns.id, id), eq(signIns.state, 'sending'), eq(signIns.tokenHash, hash ?? '')))
}

/** The sign-in of a link. Throws NOT_FOUND for a link that is unknown, used or expired. Changes nothing. */
export async function getSignIn(db: Database, token: string, now: Date): Promise<SignIn> {
  const hash = tokenHash(token)
  const [signIn] = hash
    ? await orm(db).select().from(signIns).where(eq(signIns.tokenHash, hash))
    : []
  if (!signIn)
    throw new AppError(
      'NOT_FOUND',
      'This link is not valid: it is incomplete, or older than a day. Ask for a new one.',
    )
  assertUsable(signIn, now)
  return signIn
}

function assertUsable({ state, createdAt }: SignIn, now: Date): void {
  if (state === 'used')
    throw new AppError('NOT_FOUND', 'This link has been used. Ask for a new one.')
  if (!isValid(createdAt, now))
    throw new AppError(
      'NOT_FOUND',
      `This link has expired: it was valid for ${SIGN_IN_HOURS} hours. Ask for a new one.`,
    )
}

const isValid = (createdAt: string, now: Date) =>
  now.getTime() - new Date(createdAt).getTime() <= SIGN_IN_HOURS * 3_600_000

/** A new session. */
export interface Session {
  /** The token that the browser or program sends. It is not stored. */
  token: string
  expiresAt: Date
  /** The reference to the paper to return to, from `requestSignIn`. */
  paper: string | null
}

/** Signs in with a link, which becomes invalid. Throws NOT_FOUND like `getSignIn`. */
export async function signIn(db: Database, link: string, now: Date): Promise<Session> {
  const found = await getSignIn(db, link, now)
  const expiresAt = new Date(now.getTime() + SESSION_DAYS * DAY_MS)
  const { token, hash } = createToken()
  return db.transaction(async (tx) => {
    // If two requests use a link at once, the second finds it used.
    const [used] = await orm(tx)
      .update(signIns)
      .set({ state: 'used', email: null })
      .where(and(eq(signIns.id, found.id), sql`${signIns.state} <> 'used'`))
      .returning({ id: signIns.id })
    if (!used) assertUsable({ ...found, state: 'used' }, now)
    const { voter } = found
    await orm(tx)
      .insert(sessions)
      .values({
        ...{ tokenHash: hash, voter },
        createdAt: now.toISOString(),
        expiresAt: expiresAt.toISOString(),
      })
    return { token, expiresAt, paper: found.paper }
  })
}

/** The voter of a session's token; null if there is no such session. */
export async function voterOfSession(
  db: Database,
  token: string,
  now: Date,
): Promise<string | null> {
  const hash = tokenHash(token)
  if (hash === null) return null
  const [session] = await orm(db).select().from(sessions).where(eq(sessions.tokenHash, hash))
  return session && new Date(session.expiresAt) > now ? session.voter : null
}

/** Ends a session. Returns whether there was one. */
export async function signOut(db: Database, token: string): Promise<boolean> {
  const hash = tokenHash(token)
  if (hash === null) return false
  const ended = await orm(db)
    .delete(sessions)
    .where(eq(sessions.tokenHash, hash))
    .returning({ voter: sessions.voter })
  return ended.length > 0
}

/** Deletes links older than a day, with their addresses, and expired sessions. */
export async function forgetSignIns(db: Database, now: Date): Promise<void> {
  await orm(db)
    .delete(signIns)
    .where(lt(signIns.createdAt, after(now, -24 * 60)))
  await orm(db).delete(sessions).where(lt(sessions.expiresAt, now.toISOString()))
}

const after = (now: Date, minutes: number) =>
  new Date(now.getTime() + minutes * 60_000).toISOString()

import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { parse, serialize } from 'hono/utils/cookie'
import type { HeaderList } from './cors.ts'
import { prefixOf } from './origin.ts'

const COOKIE = 'paperql_session'

/** The session token in the cookie; null if there is none. */
export function sessionOf({ headers: { cookie } }: IncomingMessage): string | null {
  return cookie === undefined ? null : (parse(cookie, COOKIE)[COOKIE] ?? null)
}

/**
 * The cookie that stores a session token until it expires, or deletes it if `session` is null. Scripts cannot read it, and browsers do not
 * send it with forms and frames of other sites.
 */
export function sessionCookie(
  publicUrl: string,
  session: { token: string; expiresAt: Date } | null,
): HeaderList {
  const cookie = serialize(COOKIE, session?.token ?? '', {
    path: `${prefixOf(publicUrl)}/`,
    httpOnly: true,
    sameSite: 'Lax',
    secure: new URL(publicUrl).protocol === 'https:',
    expires: session?.expiresAt ?? new Date(0),
  })
  return ['set-cookie', cookie]
}

/** The token that forms of a session include. Pages of other sites cannot read our forms and so do not know it. */
export const formTokenOf = (session: string): string =>
  createHash('sha256').update(`form:${session}`).digest('base64url')

/** Whether a form was made for the session it was sent with. */
export function isFormOf(session: string, given: string | null): boolean {
  const [expected, sent] = [Buffer.from(formTokenOf(session)), Buffer.from(given ?? '')]
  return expected.length === sent.length && timingSafeEqual(expected, sent)
}

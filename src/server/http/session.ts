import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { parse, serialize } from 'hono/utils/cookie'
import type { HeaderList } from './cors.ts'
import { prefixOf } from './origin.ts'

const COOKIE = 'paperql_session'

/** The token of the session that a browser sends; null where it sends none. */
export function sessionOf({ headers: { cookie } }: IncomingMessage): string | null {
  return cookie === undefined ? null : (parse(cookie, COOKIE)[COOKIE] ?? null)
}

/**
 * Has a browser keep the token of a session until it expires, or forget it where there is none. No script gets to read it, and no
 * form or frame of another site has it sent.
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

/** What the forms of a session send with them: pages of other sites, which cannot read these, do not know it. */
export const formTokenOf = (session: string): string =>
  createHash('sha256').update(`form:${session}`).digest('base64url')

/** Whether a form was made for the session that it came with. */
export function isFormOf(session: string, given: string | null): boolean {
  const [expected, sent] = [Buffer.from(formTokenOf(session)), Buffer.from(given ?? '')]
  return expected.length === sent.length && timingSafeEqual(expected, sent)
}

import { createHash, timingSafeEqual } from 'node:crypto'
import { once } from 'es-toolkit'
import type { Database } from '../../db/client.ts'
import { voterOfSession } from '../../domain/access/sign-in.ts'
import type { Access } from '../../graphql/access.ts'
import { type Context, nobody } from '../../graphql/context.ts'

const BEARER = /^Bearer +(\S+) *$/i

/** Returns a function that maps an Authorization header to the access it grants. Keys are compared in constant time. */
export function createAccess(
  adminKey: string | undefined,
): (authorization: string | undefined) => Access {
  if (adminKey === undefined) return () => 'closed'
  const expected = digest(adminKey)
  return (authorization) => {
    if (authorization === undefined) return 'anonymous'
    const given = bearerOf(authorization) ?? ''
    return timingSafeEqual(digest(given), expected) ? 'admin' : 'stranger'
  }
}

/** Returns a function that maps a token to its voter: `key:` and the name of an API key, the voter of a session, or null. */
export function createVoters(
  keys: ReadonlyMap<string, string>,
): (db: Database, token: string | null) => Context['voter'] {
  const known = [...keys].map(([name, key]) => ({ voter: `key:${name}`, expected: digest(key) }))
  return (db, token) => {
    if (token === null) return nobody
    return once(async () => {
      const hash = digest(token)
      const found = known.find(({ expected }) => timingSafeEqual(hash, expected))
      return found?.voter ?? (await voterOfSession(db, token, new Date()))
    })
  }
}

/** The token after `Bearer` in an Authorization header; null if the header does not start with it. */
export function bearerOf(authorization: string | undefined): string | null {
  return BEARER.exec(authorization ?? '')?.[1] ?? null
}

/** A digest has the same length for every text, as `timingSafeEqual` requires. */
const digest = (text: string) => createHash('sha256').update(text).digest()

import { createHash, timingSafeEqual } from 'node:crypto'
import type { Access } from '../../graphql/access.ts'

const BEARER = /^Bearer +(\S+) *$/i

/** Tells what a request may do by its Authorization header. Keys are compared in a time that says nothing of them. */
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

/** Tells who votes by what a client sent as `Bearer`: `key:` and the name of an API key, or null. */
export function createVoters(
  keys: ReadonlyMap<string, string>,
): (bearer: string | null) => string | null {
  const known = [...keys].map(([name, key]) => ({ voter: `key:${name}`, expected: digest(key) }))
  return (bearer) => {
    if (bearer === null || known.length === 0) return null
    const hash = digest(bearer)
    return known.find(({ expected }) => timingSafeEqual(hash, expected))?.voter ?? null
  }
}

/** What follows `Bearer` in an Authorization header; null where it does not begin so. */
export function bearerOf(authorization: string | undefined): string | null {
  return BEARER.exec(authorization ?? '')?.[1] ?? null
}

/** Of one length, whatever the text's. */
const digest = (text: string) => createHash('sha256').update(text).digest()

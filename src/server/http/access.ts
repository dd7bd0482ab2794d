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
    const given = BEARER.exec(authorization)?.[1] ?? ''
    return timingSafeEqual(digest(given), expected) ? 'admin' : 'stranger'
  }
}

/** Of one length, whatever the text's. */
const digest = (text: string) => createHash('sha256').update(text).digest()

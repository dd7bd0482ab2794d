import { createHash, randomBytes } from 'node:crypto'

/** Random bytes of a token, enough that it cannot be guessed. */
const TOKEN_BYTES = 32

const TOKEN = /^[A-Za-z0-9_-]{43}$/

export interface Token {
  /** The token for the link. It is not stored. */
  token: string
  /** The stored form: SHA-256 of the token, in hexadecimal. */
  hash: string
}

/** A new random token for a link. */
export function createToken(): Token {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  return { token, hash: hashOf(token) }
}

/** The hash of a token that a client sent; null for text that cannot be one, such as a truncated link. */
export function tokenHash(token: string): string | null {
  return TOKEN.test(token) ? hashOf(token) : null
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

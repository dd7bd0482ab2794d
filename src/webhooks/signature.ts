import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'

/** Standard Webhooks requires 24 to 64 bytes. */
const SECRET_BYTES = 32

/** A new secret in the format of Standard Webhooks libraries. */
export function createSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64')
}

export interface SignedMessage {
  id: string
  /** Time of the attempt in seconds since 1970: receivers refuse old ones. */
  timestamp: number
  body: string
}

/** The value of the `webhook-signature` header, with one signature per secret. */
export function signatureOf({ id, timestamp, body }: SignedMessage, secrets: string[]): string {
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
      const hmac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`)
      return `v1,${hmac.digest('base64')}`
    })
    .join(' ')
}

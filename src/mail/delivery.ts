/** Outcome of an attempt to hand over a message. */
export type Delivery =
  /** The server accepted it. */
  | { outcome: 'accepted'; reason: string }
  /** It was not accepted, and may be accepted later. */
  | { outcome: 'deferred'; reason: string; fault: Fault }
  /** It was not accepted, and never will be. */
  | { outcome: 'refused'; reason: string; fault: Fault }
  /** The connection was lost during the transfer. The server may have accepted it, so it must not be sent again. */
  | { outcome: 'unknown'; reason: string }

/** Who is at fault: the recipient, the mail server and its settings, or nobody, because paperql was stopped. */
type Fault = 'recipient' | 'server' | 'stop'

/** An error of nodemailer. */
interface SmtpError extends Error {
  code?: string
  command?: string
  responseCode?: number
  response?: string
}

/** Enhanced status codes of a server that refuses the sender, not the recipient. */
const POLICY = /^\d{3}[ -]5\.7\./

/**
 * Maps an SMTP error to an outcome. `isUnderWay` is whether the server had allowed the transfer to begin: after that, an error without a
 * reply leaves open whether it accepted the message.
 */
export function deliveryOf(error: SmtpError, isUnderWay: boolean): Delivery {
  const { responseCode, response = '', command } = error
  const reason = withoutAddresses(error.message)
  if (isUnderWay && !responseCode) return { outcome: 'unknown', reason }
  const isAboutMail = command === 'RCPT TO' || command === 'DATA'
  if (!isAboutMail || !responseCode) return { outcome: 'deferred', reason, fault: 'server' }
  if (responseCode < 500) return { outcome: 'deferred', reason, fault: 'recipient' }
  return { outcome: 'refused', reason, fault: POLICY.test(response) ? 'server' : 'recipient' }
}

/** Outcome of a mail whose transfer had not begun when paperql was stopped: it is tried at the next start. */
export const STOPPED = {
  outcome: 'deferred',
  reason: 'paperql was stopped before',
  fault: 'stop',
} as const satisfies Delivery

const LONGEST_REASON = 300

/** Removes addresses, which servers repeat, from a server's text, so that it may be logged and stored. */
export function withoutAddresses(text: string): string {
  const told = text.replace(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, '…@…').replace(/\s+/g, ' ')
  return told.length > LONGEST_REASON ? `${told.slice(0, LONGEST_REASON)}…` : told
}

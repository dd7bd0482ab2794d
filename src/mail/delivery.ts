/** What became of an attempt to hand a message over. */
export type Delivery =
  /** The server took it. */
  | { outcome: 'accepted'; reason: string }
  /** It was not taken, and may be later. */
  | { outcome: 'deferred'; reason: string; fault: Fault }
  /** It was not taken, and will not be. */
  | { outcome: 'refused'; reason: string; fault: Fault }
  /** The connection was lost when the message was under way: it may have been taken, so it must not be sent again. */
  | { outcome: 'unknown'; reason: string }

/** Whether the recipient is at fault, or the mail server and its settings; or nobody, as paperql was stopped. */
type Fault = 'recipient' | 'server' | 'stop'

/** As nodemailer's errors. */
interface SmtpError extends Error {
  code?: string
  command?: string
  responseCode?: number
  response?: string
}

/** Enhanced status codes of a server that refuses the sender, not the recipient. */
const POLICY = /^\d{3}[ -]5\.7\./

/**
 * What an error of SMTP means. `isUnderWay` is whether the server had let the message begin: what fails then without a reply
 * of the server leaves open whether it took the message.
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

/** What becomes of a mail of which nothing was under way when paperql was stopped: the next start tries it. */
export const STOPPED = {
  outcome: 'deferred',
  reason: 'paperql was stopped before',
  fault: 'stop',
} as const satisfies Delivery

const LONGEST_REASON = 300

/** A text of a server as it may be logged and stored: servers repeat the address. */
export function withoutAddresses(text: string): string {
  const told = text.replace(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, '…@…').replace(/\s+/g, ' ')
  return told.length > LONGEST_REASON ? `${told.slice(0, LONGEST_REASON)}…` : told
}

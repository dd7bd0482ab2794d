import { badInput, quote } from '../errors.ts'

/** A mail to one person. */
export interface MailMessage {
  /** An address as `parseEmailAddress` gives it. */
  to: string
  subject: string
  html: string
  text: string
  /** Without angle brackets. The same for each attempt, so that a server or reader which got it twice can tell. */
  messageId: string
  /** Of the header Date. */
  date: Date
  /** How to end the subscription (RFC 8058); absent in mails that somebody asked for. */
  unsubscribe?: { url: string; mailto: string } | undefined
  /** Identifies the list in the header List-Id: `daily.example.org`. */
  listId?: string | undefined
}

/** Throws BAD_USER_INPUT where a value would end its header and begin another. */
export function assertHeaderSafe({
  to,
  subject,
  messageId,
  unsubscribe,
  listId,
}: MailMessage): void {
  const values = { to, subject, messageId, listId, ...unsubscribe }
  for (const [name, value] of Object.entries(values))
    if (value !== undefined && /[\r\n\0\u2028\u2029]/.test(value))
      throw badInput(`${name}: ${quote(value)} contains a line end; expected one line.`)
}

/** The headers of a message that goes to many: they make clients offer to unsubscribe, and robots not answer. */
export function headersOf({ unsubscribe, listId }: MailMessage): Record<string, string | object> {
  if (!unsubscribe) return { 'Auto-Submitted': 'auto-replied' }
  return {
    // Prepared, as a folded header breaks signatures that other servers make.
    'List-Unsubscribe': {
      prepared: true,
      value: `<${unsubscribe.url}>, <${unsubscribe.mailto}>`,
    },
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    ...(listId && { 'List-Id': `<${listId}>` }),
    'Auto-Submitted': 'auto-generated',
    Precedence: 'bulk',
  }
}

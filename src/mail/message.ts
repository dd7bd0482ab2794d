import { badInput, quote } from '../errors.ts'

/** A mail to one person. */
export interface MailMessage {
  /** An address as returned by `parseEmailAddress`. */
  to: string
  subject: string
  html: string
  text: string
  /** Without angle brackets. The same for each attempt, so that servers and mail programs can recognise duplicates. */
  messageId: string
  /** For the Date header. */
  date: Date
  /** How to end the subscription (RFC 8058); absent in mails that the recipient asked for. */
  unsubscribe?: { url: string; mailto: string } | undefined
  /** Identifies the list in the List-Id header: `daily.example.org`. */
  listId?: string | undefined
}

/** Throws BAD_USER_INPUT for a value that would end its header and start another. */
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

/** The headers of a bulk message: they make clients offer to unsubscribe, and keep autoresponders from replying. */
export function headersOf({ unsubscribe, listId }: MailMessage): Record<string, string | object> {
  if (!unsubscribe) return { 'Auto-Submitted': 'auto-replied' }
  return {
    // Set as prepared, because a folded header breaks signatures added by other servers.
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

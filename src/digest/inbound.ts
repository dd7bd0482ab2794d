import PostalMime, { type Email } from 'postal-mime'
import { withoutAddresses } from '../mail/delivery.ts'

/** What a mail to the bounce address is. */
export type InboundMail =
  | { kind: 'bounce'; messageId: string | undefined; address: string | undefined; reason: string }
  | { kind: 'unsubscribe'; token: string }
  /** A report of a delay, or anything else. */
  | { kind: 'other'; subject: string }

const UNSUBSCRIBE = /^(?:\w+: *)*unsubscribe +([\w-]{43})$/i

/** Parses a mail: a delivery failure report (RFC 3464), or a request to unsubscribe through the mailto link. */
export async function readInbound(raw: Uint8Array): Promise<InboundMail> {
  const mail = await PostalMime.parse(raw, { forceRfc822Attachments: true })
  const subject = mail.subject?.trim() ?? ''
  const token = UNSUBSCRIBE.exec(subject)?.[1]
  if (token !== undefined) return { kind: 'unsubscribe', token }
  const status = textOf(mail, /^message\/delivery-status$/i)
  const action = /^action: *(\w+)/im.exec(status)?.[1]?.toLowerCase()
  if (action !== 'failed') return { kind: 'other', subject }
  const recipient = /^(?:original|final)-recipient: *[^;\r\n]*; *(.+)$/im.exec(status)?.[1]
  const code = /^diagnostic-code: *(?:smtp;)? *(.+(?:\r?\n[ \t].+)*)/im.exec(status)?.[1]
  const returned = textOf(mail, /^(?:message\/rfc822|text\/rfc822-headers)$/i)
  return {
    kind: 'bounce',
    messageId: /^message-id: *(?:\r?\n[ \t]+)?<?([^>\s]+)>?/im.exec(returned)?.[1],
    address: recipient?.trim().replace(/^<|>$/g, ''),
    reason: withoutAddresses(code ?? /^status: *(.+)$/im.exec(status)?.[1] ?? 'reported'),
  }
}

function textOf({ attachments }: Email, type: RegExp): string {
  const part = attachments.find(({ mimeType }) => type.test(mimeType))
  if (!part) return ''
  return typeof part.content === 'string'
    ? part.content
    : Buffer.from(part.content as ArrayBuffer).toString('utf8')
}

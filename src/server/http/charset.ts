import { isUtf8 } from 'node:buffer'

/** The charset in a Content-Type, if it is not UTF-8; undefined otherwise. */
export function otherCharsetOf(contentType: string): string | undefined {
  const charset = CHARSET.exec(contentType)?.[1]?.replace(/["']/g, '').trim() ?? ''
  return charset === '' || isUtf8Label(charset) ? undefined : charset
}

const CHARSET = /;\s*charset\s*=([^;]*)/i

/**
 * Labels that need no decoder: what nearly all clients send, and ASCII, whose texts are UTF-8 although web decoders take these labels for
 * windows-1252.
 */
const USUAL = /^(?:utf-8|(?:us-?)?ascii)$/i

function isUtf8Label(label: string): boolean {
  try {
    return USUAL.test(label) || new TextDecoder(label).encoding === 'utf-8'
  } catch {
    return false
  }
}

const BYTE_ORDER_MARK = '\uFEFF'

/** Decodes UTF-8 without the byte order mark that Windows editors add; null if the bytes are not UTF-8. */
export function decodeUtf8(bytes: Buffer): string | null {
  if (!isUtf8(bytes)) return null
  const text = bytes.toString('utf8')
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text
}

/** Whether the percent-encoding of a query string or form is UTF-8. A percent sign without two hex digits after it stands for itself. */
export function isEncodedAsUtf8(text: string): boolean {
  try {
    decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, '%25'))
    return true
  } catch {
    return false
  }
}

/** The message for a query string that `isEncodedAsUtf8` refuses. */
export const NOT_ENCODED =
  'The percent-encoding of the address is not UTF-8. Encode its parameters in UTF-8.'

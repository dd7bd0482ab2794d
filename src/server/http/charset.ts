import { isUtf8 } from 'node:buffer'

/** The encoding that a Content-Type states for a body which is read as UTF-8, where that is another; undefined otherwise. */
export function otherCharsetOf(contentType: string): string | undefined {
  const charset = CHARSET.exec(contentType)?.[1]?.replace(/["']/g, '').trim() ?? ''
  return charset === '' || isUtf8Label(charset) ? undefined : charset
}

const CHARSET = /;\s*charset\s*=([^;]*)/i

/**
 * What nearly all clients say, for which no decoder is made; and names of ASCII, each text of which is UTF-8, too, while encoders of the
 * web take them for windows-1252.
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

/** The text of bytes in UTF-8, without the mark that editors of Windows put first; null where they are in no UTF-8. */
export function decodeUtf8(bytes: Buffer): string | null {
  if (!isUtf8(bytes)) return null
  const text = bytes.toString('utf8')
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text
}

/** Whether the percent-encoding of a query or a form is UTF-8. A percent sign without two digits behind it is itself. */
export function isEncodedAsUtf8(text: string): boolean {
  try {
    decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, '%25'))
    return true
  } catch {
    return false
  }
}

/** What is wrong with a query of an address that `isEncodedAsUtf8` refuses. */
export const NOT_ENCODED =
  'The percent-encoding of the address is not UTF-8. Encode its parameters in UTF-8.'

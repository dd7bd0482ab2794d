import { fromWindows } from './undeclared.ts'

/** Number of lines at the start of a file in which an encoding may be declared. */
export const MOST_HEAD_LINES = 20

/** An encoding that a file declares. */
export interface Declared {
  /** Name in the WHATWG standard. */
  name: string
  /** Decodes bytes; null if they are invalid in the encoding. */
  decode(bytes: Buffer): string | null
}

/**
 * A comment that declares the encoding: `% Encoding: Cp1252` of JabRef, `-*- coding: latin-9-unix -*-` of Emacs,
 * `% !TeX encoding = ISO-8859-1`.
 */
const IN_COMMENT =
  /^\s*%+\s*(?:!TeX\s+)?encoding\s*[:=]\s*([\w.:-]{2,30})|-\*-.{0,100}?\bcoding:\s*([\w.:-]{2,30}).{0,100}-\*-/i

/** The encoding that a line declares; null if there is none, if it is unknown, or if it is UTF-8, the default. */
export function declaredIn(line: Buffer): Declared | null {
  if (line.length > LONGEST_DECLARATION) return null
  const [, inComment, ofEmacs] = IN_COMMENT.exec(line.toString('latin1')) ?? []
  const label = inComment ?? ofEmacs
  return label === undefined ? null : encodingNamed(label)
}

const LONGEST_DECLARATION = 300

/** Parts of ISO 8859 for Latin-1, Latin-2 and so on. */
const LATIN = [1, 2, 3, 4, 9, 10, 13, 14, 15, 16]

const OTHERS: Record<string, string> = {
  macroman: 'macintosh',
  applemac: 'macintosh',
  mac: 'macintosh',
  ansinew: 'windows-1252',
  ascii: 'windows-1252',
  sjis: 'shift_jis',
  ms932: 'shift_jis',
  ms936: 'gbk',
}

/** Translates names of encodings in Java, Emacs and TeX to labels of `TextDecoder`. */
function labelOf(printed: string): string {
  const name = printed
    .toLowerCase()
    .replace(/-(?:unix|dos|mac)$/, '')
    .replaceAll('_', '-')
  const [, alphabet] = /^(?:iso-)?latin-?(\d{1,2})$/.exec(name) ?? []
  const part = alphabet === undefined ? undefined : LATIN[Number(alphabet) - 1]
  if (part !== undefined) return `iso-8859-${part}`
  return (
    OTHERS[name] ??
    name.replace(/^cp-?(?=125\d$)/, 'windows-').replace(/^iso-?8859-?(?=\d)/, 'iso-8859-')
  )
}

function encodingNamed(printed: string): Declared | null {
  let decoder: TextDecoder
  try {
    decoder = new TextDecoder(labelOf(printed), { fatal: true })
  } catch {
    return null
  }
  const name = decoder.encoding
  if (/^utf-/.test(name)) return null
  if (name === 'windows-1252') return { name, decode: fromWindows }
  const decode = (bytes: Buffer) => {
    try {
      const text = decoder.decode(bytes)
      // Node decodes bytes that are invalid in GBK and Big5 to characters of the private use area.
      return /[\uE000-\uF8FF]/.test(text) ? null : text
    } catch {
      return null
    }
  }
  return { name, decode }
}

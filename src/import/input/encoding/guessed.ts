import { isUtf8 } from 'node:buffer'
import { analyse } from 'chardet'
import { declaredIn, MOST_HEAD_LINES } from './declared.ts'
import { isMostlyUtf8, lengthOf } from './undeclared.ts'

/** Encodings that are guessed from bytes. Others of Europe differ from Windows-1252 in few letters and are not guessed. */
const TOLD = new Set([
  ...['GB18030', 'Big5', 'Shift_JIS', 'EUC-JP', 'EUC-KR', 'windows-1251', 'KOI8-R', 'ISO-8859-5'],
  ...['windows-1253', 'ISO-8859-7', 'windows-1255', 'ISO-8859-8', 'windows-1256', 'ISO-8859-6'],
])
/** Minimum number of bytes above ASCII: with fewer, one in five guesses is wrong. */
const LEAST_BYTES = 30
/**
 * Minimum share of the bytes above ASCII that are adjacent to another, with at most one ASCII byte between them, as the second byte of a
 * character may be ASCII. Few are adjacent in European words.
 */
const LEAST_BESIDE = 0.5
/** Maximum number of bytes analysed. */
const MOST = 256 * 1024

/**
 * Guesses, from its start, the encoding of a non-Latin text that is not UTF-8 and declares none: as Windows-1252 it would be gibberish.
 * Null for all other texts, and if some lines are UTF-8.
 */
export function guessedEncodingOf(head: Buffer): string | null {
  if (isUtf8(head)) return null
  const lines = head.toString('latin1').split('\n')
  const firsts = lines.slice(0, MOST_HEAD_LINES)
  if (firsts[0]?.startsWith('<?xml')) return null
  if (firsts.some((line) => declaredIn(Buffer.from(line, 'latin1')) !== null)) return null
  const foreign = lines.filter((line) => /[\x80-\xff]/.test(line))
  const text = foreign.join('\n').slice(0, MOST)
  const bytes = lengthOf(text, /[\x80-\xff]/g)
  const beside = lengthOf(text, /[\x80-\xff](?:[@-~]?[\x80-\xff])+/g)
  if (bytes < LEAST_BYTES || beside < LEAST_BESIDE * bytes) return null
  if (foreign.some((line) => line.length > LEAST_BYTES && isUtf8(Buffer.from(line, 'latin1'))))
    return null
  const start = Buffer.from(text, 'latin1')
  if (isMostlyUtf8(start)) return null
  const [best] = analyse(start)
  return best && TOLD.has(best.name) ? best.name : null
}

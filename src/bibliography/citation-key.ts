import { createHash } from 'node:crypto'
import type { CitablePaper } from '../domain/export/citable-paper.ts'

const SUFFIX_LENGTH = 6

/**
 * The key of a paper in a bibliography, such as `vaswani2017-attention-is-all`. It does not depend on what else is cited. If several papers
 * share name, year and words, the first in the catalogue gets the plain key; the others get a suffix derived from their best identifier, or
 * from their number in the catalogue, because columns of a journal may have no identifier and the same title and author. It consists of
 * ASCII letters, digits and hyphens.
 */
export function citationKey({ id, keyParts, title, authors, identifiers }: CitablePaper): string {
  const { family, year, title: words, isTaken } = keyParts
  const isAscii = /^[\x20-\x7e]*$/.test(`${family}${words}`)
  const name = ascii(family) || 'anon'
  const key = [`${name}${year ?? ''}`, ...words.split(' ').map(ascii).filter(Boolean)].join('-')
  if (!isTaken && isAscii) return key
  const [best] = identifiers
  const names = authors.map((author) => author.name)
  const own = [title, ...names, ...(isTaken ? [id] : [])].join('\n')
  const source = best ? `${best.scheme}:${best.value}` : own
  return `${key}-${createHash('sha256').update(source).digest('hex').slice(0, SUFFIX_LENGTH)}`
}

const ascii = (text: string) => text.replace(/[^a-z0-9]/g, '')

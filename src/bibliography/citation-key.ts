import { createHash } from 'node:crypto'
import type { CitablePaper } from '../domain/export/citable-paper.ts'

const SUFFIX_LENGTH = 6

/**
 * The key of a paper in a bibliography, such as `vaswani2017-attention-is-all`: the same whatever else is cited, as it
 * depends on the paper and, where several have the same name, year and words, on which came into the catalogue first:
 * the others have a suffix made of their best identifier, or of their number in the catalogue, as columns of a journal have none
 * and the same title and author. Letters, digits and hyphens of ASCII.
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

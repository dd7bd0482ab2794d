import { SaxesParser } from 'saxes'

/** Elements whose text is a heading or formula source, not part of what is read. */
const SKIPPED = new Set(['annotation', 'tex-math', 'script', 'style'])
/** Elements around which words end. */
const BLOCK = /^(?:p|sec|title|div|br|li|list-item|list|h[1-6]|label)$/

/** Names that HTML has and XML has not, as far as publishers write them. */
const ENTITIES: Record<string, string> = {
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  hellip: '…',
  minus: '−',
  times: '×',
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  deg: '°',
}

/**
 * The text of a fragment of JATS or HTML, as publishers write it into titles and abstracts: without its tags, with
 * its entities resolved, without a heading that only says "Abstract". Text that only looks like tags stays.
 */
export function markupToText(markup: string): string {
  if (!/[<&]/.test(markup)) return markup
  const parts: string[] = []
  const skipped: string[] = []
  const parser = new SaxesParser({ fragment: true })
  Object.assign(parser.ENTITIES, ENTITIES)
  // Publishers leave tags open and signs unescaped: what the parser makes of it is still the best reading.
  parser.on('error', () => {})
  parser.on('opentag', ({ name }) => {
    const local = localName(name)
    if (SKIPPED.has(local)) skipped.push(local)
    if (BLOCK.test(local)) parts.push(' ')
  })
  parser.on('closetag', ({ name }) => {
    const local = localName(name)
    if (skipped.at(-1) === local) skipped.pop()
    if (BLOCK.test(local)) parts.push(' ')
  })
  parser.on('text', (text) => {
    if (skipped.length === 0) parts.push(text)
  })
  // Titles such as `P<0.05`, `a < b` or `AT&T` have signs that open no tag and no entity.
  const escaped = markup.replace(/&(?!#?\w{1,31};)/g, '&amp;').replace(/<(?![/!?a-zA-Z])/g, '&lt;')
  parser.write(escaped).close()
  return parts
    .join('')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:abstract|summary)\b[\s.:]*(?=\p{Lu})/iu, '')
}

const localName = (name: string) => name.replace(/^.*:/, '').toLowerCase()

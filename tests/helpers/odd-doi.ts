import fc from 'fast-check'

/** Pieces that DOIs may contain, and that have another meaning in URLs, markup, LaTeX or tables. */
const PIECES = [
  ...['.', '..', '/', '//', '/./', '/../', '%', '%2e', '%2f', '%20', '%25', '%zz', '#', '?'],
  ...['&', '&amp;', '&lt', '<', '>', '<b>', '(', ')', '[2]', '{x}', '{', '}', '\\', '^', '|', '~'],
  ...[
    '_',
    '$5',
    '"',
    "'",
    ':',
    '::',
    ';',
    ',',
    '=',
    '+',
    '*',
    '!',
    '@',
    '-',
    '--',
    'é',
    '文',
    '😀',
  ],
  ...['v1', 'pdf', '/full', '.pdf', '.html', '/abstract', '10.1000/', '2-#', ';2-#', 'a', 'z', '7'],
]

/** A text in the form of a DOI; not each is one in its stored spelling. */
export const oddDoi = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 })
  .map((parts) => `10.1000/${parts.join('')}`)
